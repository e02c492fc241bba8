//! `waymark routes`: every address, for people and for tests.

use crate::command::Done;
use std::io::Write as _;
use waymark_app::routes::{self, Known};

/// Lists every address.
pub fn list(json: bool) -> Done {
    let mut out = std::io::stdout().lock();
    for known in routes::ALL.iter().filter(|_| !json) {
        writeln!(out, "{:24} {}", known.name, known.pattern)?;
    }
    if json {
        let all: Vec<_> = routes::ALL.iter().map(as_json).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    }
    Ok(())
}

fn as_json(known: &Known) -> serde_json::Value {
    let who = format!("{:?}", known.who).to_lowercase();
    serde_json::json!({ "name": known.name, "path": known.pattern, "as": who, "act": known.is_act })
}
