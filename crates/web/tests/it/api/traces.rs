//! What programs do leaves a trace, as what people do on pages does (`traces.rs`). An operation is sent as the tests of bad
//! input fill in the form that does the same.

use super::{idea, told};
use crate::bad_input::forms::{self, Form};
use crate::held_back::insisted;
use crate::traces::traces;
use serde_json::{Value, json};
use std::collections::HashMap;
use waymark_domain::ids::AccountId;
use waymark_testkit::{Program, TestApp};
use waymark_web::api::OPERATIONS;
use waymark_web::api::operation::{Does, Operation};

/// A service with what its programs send: who, where to, and what.
struct Samples {
    app: TestApp,
    forms: Vec<Form>,
    programs: HashMap<AccountId, Program>,
}

impl Samples {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let forms = forms::all(&app).await;
        Self { app, forms, programs: HashMap::new() }
    }

    /// A program of somebody's that may act.
    async fn program(&mut self, account: AccountId) -> Program {
        if let Some(known) = self.programs.get(&account) {
            return known.clone();
        }
        self.app.gives_password(account).await;
        let token = self.app.token_of(account, "write").await;
        let program = self.app.stray().with_token(&token);
        self.programs.insert(account, program.clone());
        program
    }

    async fn program_of(&mut self, name: &str) -> Program {
        let account = self.app.person(name);
        self.program(account).await
    }

    async fn sample(&mut self, op: &Operation) -> (Program, String, Value) {
        match op.does {
            Does::Tell => (self.program_of("ada").await, op.path.clone(), idea(&self.app)),
            Does::Done => (self.program_of("ada").await, op.path.clone(), self.done()),
            Does::Add => {
                let ada = self.program_of("ada").await;
                let reference = told(&self.app, &ada).await;
                let words =
                    json!({ "problem": "Ours is empty, too.", "unknown": true, "origin": "front-line" });
                (self.program_of("bea").await, op.path.replace("{reference}", &reference), words)
            }
            Does::TakeBackHeld => {
                let page = insisted(&mut self.app.signed_in("ada").await, &[]).await;
                let path = op.path.replace("{held}", page.address.trim_start_matches("/held/"));
                (self.program_of("ada").await, path, json!({}))
            }
            Does::Meeting(_) => {
                let (_, path, mut body) = self.of_form(op).await;
                body["on"] = json!(self.app.env.now().date_naive());
                body["minutes"] = json!("Ward meeting, 4");
                (self.program_of("hana").await, path, body)
            }
            _ => self.of_form(op).await,
        }
    }

    fn done(&self) -> Value {
        json!({
            "problem": "Trolleys squeaked.", "did": "We oiled them.", "changed": "They are quiet.",
            "origin": "front-line", "place": self.app.world.nodes["ward4"].to_string(),
        })
    }

    /// What whoever fills in the form that does the same would have a program of theirs send.
    async fn of_form(&mut self, op: &Operation) -> (Program, String, Value) {
        let name = form_of(op);
        let form = self.forms.iter().find(|form| (form.known.name, form.variant) == name).copied();
        let form = form.unwrap_or_else(|| panic!("{name:?} is no form"));
        let mut scene = Box::pin(form.scene(&self.app)).await;
        let fields = scene.fields().await;
        let sent = scene.filled(&fields);
        let account = scene.account.unwrap_or_else(|| panic!("nobody is signed in for {name:?}"));
        (self.program(account).await, path(op, &scene.to), body(op, &sent))
    }
}

/// The form that does the same as an operation, and its variant.
fn form_of(op: &Operation) -> (&'static str, &'static str) {
    match op.does {
        Does::Act(act) => return ("Act", act.name()),
        Does::Answer(kind) | Does::Meeting(kind) => return ("Answer", kind.name()),
        _ => {}
    }
    let name = match op.id.as_str() {
        "look" => "Look",
        "comment" => "Comment",
        "take-back-comment" => "TakeBackComment",
        "moderate-comment" => "ModerateComment",
        "moderate" => "Moderate",
        "report" => "Report",
        "mask" => "MaskWords",
        "mask-problem" => "MaskProblem",
        "mask-shared" => "MaskShared",
        "share-answer" => "ShareAnswer",
        "give-shared" => "SharedAnswer",
        "reread-shared" => "RereadShared",
        "write-news-round" => "NewsRound",
        "end-held" => "HeldBack",
        other => panic!("{other} has no sample: say here which form does the same"),
    };
    (name, "")
}

/// The path of an operation on what a form is sent to: its id is the second part of the address, that of a comment the
/// fourth.
fn path(op: &Operation, to: &str) -> String {
    let parts: Vec<&str> = to.split('/').collect();
    let part = |place: usize| parts.get(place).copied().unwrap_or_default();
    let fields = ["{reference}", "{shared}", "{problem}", "{held}"];
    let path = fields.iter().fold(op.path.clone(), |path, field| path.replace(field, part(2)));
    path.replace("{comment}", part(4))
}

/// The fields of a form as a body.
fn body(op: &Operation, sent: &[(String, String)]) -> Value {
    let mut body = json!({});
    for input in op.body.iter().flatten() {
        if let Some(value) = value(&input.schema(), (input.name, input.form), sent) {
            body[input.name] = value;
        }
    }
    body
}

/// The value of a field by its schema; nothing where the form has none.
fn value(schema: &Value, (name, form): (&str, &str), sent: &[(String, String)]) -> Option<Value> {
    let typed = |field: &str| sent.iter().find(|(own, _)| own == field).map(|(_, value)| value.as_str());
    let number = |text: &str| text.parse::<u32>().ok();
    if schema["format"] == "date" {
        let part = |part: &str| typed(&format!("{form}-{part}")).and_then(number);
        let (year, month, day) = (part("year")?, part("month")?, part("day")?);
        return Some(json!(format!("{year:04}-{month:02}-{day:02}")));
    }
    let of_list = &schema["items"]["properties"];
    if of_list["news"].is_object() {
        return Some(news(sent));
    }
    let text = typed(form).filter(|text| !text.is_empty())?;
    Some(match schema["type"].as_str() {
        Some("integer") if name == "pence" => json!(number(text)? * 100),
        Some("integer") => json!(number(text)?),
        Some("boolean") => json!(text == "yes"),
        Some("array") if of_list["version"].is_object() => {
            let (reference, version) = text.split_once(':')?;
            json!([{ "reference": reference, "version": number(version)? }])
        }
        Some("array") => json!([text]),
        _ => json!(text),
    })
}

/// The boxes of the news round that somebody wrote into.
fn news(sent: &[(String, String)]) -> Value {
    let boxes = sent.iter().filter_map(|(name, words)| Some((name.strip_prefix("news-")?, words)));
    let written = boxes.filter(|(_, words)| !words.is_empty());
    written.map(|(reference, words)| json!({ "reference": reference, "news": words })).collect()
}

/// What is wrong with the trace that an operation leaves. Three leave none here: a report and a look are rows of their own,
/// as on the page; and one's own words that nobody has read go back to one's own drafts.
async fn fault(samples: &mut Samples, op: &Operation) -> Option<String> {
    let (program, path, body) = samples.sample(op).await;
    let table = if op.does == Does::Look { "look" } else { "report" };
    let before = traces(&samples.app, Some(table)).await;
    let told = program.post(&path, &body).await;
    let after = traces(&samples.app, Some(table)).await;
    if told.status != op.done() {
        return Some(format!("{} is not done: {} {}, {body}", op.id, told.status, told.body));
    }
    let [in_journal, in_audit, in_table] = [0, 1, 2].map(|place| after[place] > before[place]);
    let is_right = match op.does {
        Does::Report | Does::Look => in_table && !in_journal && !in_audit,
        Does::TakeBackHeld => !in_journal && !in_audit,
        _ => in_journal || in_audit,
    };
    (!is_right).then(|| format!("{}: {before:?}, then {after:?}", op.id))
}

#[tokio::test]
async fn whatever_a_program_does_leaves_a_trace() {
    let (mut all, mut held) = (Samples::new().await, Samples::new().await);
    let mut faults = Vec::new();
    for op in OPERATIONS.iter().filter(|op| op.is_act()) {
        // In some samples days go by, and what is held back is to be read within one.
        let samples = if op.path.starts_with("/held/") { &mut held } else { &mut all };
        faults.extend(Box::pin(fault(samples, op)).await);
    }
    assert!(faults.is_empty(), "{}: {faults:#?}", faults.len());
}
