//! The API, through the router: every answer is held to the description (`testkit/src/program.rs`).

mod acts;
mod described;
mod held;
mod mask;
mod moderation;
mod reads;
mod refused;
mod shared;
mod talk;
mod tokens;
mod traces;
mod verdicts;

use serde_json::{Value, json};
use waymark_testkit::{Program, TestApp};

/// An idea as a program tells it.
fn idea(app: &TestApp) -> Value {
    json!({
        "problem": "Blood bottles run out each Friday.",
        "solution": "Order on Thursday.",
        "origin": "front-line",
        "who": "lead",
        "place": app.world.nodes["ward4"].to_string(),
    })
}

/// Tells an idea and gives its reference.
async fn told(app: &TestApp, program: &Program) -> String {
    let told = program.post("/ideas", &idea(app)).await;
    assert_eq!(told.status, 201, "{}", told.body);
    told.text("reference").to_owned()
}
