//! What a page and the API say to the same act by the same person on a record in the same state: the same. The statuses
//! are a table beside this file, as those of the pages are.

use crate::authorisation::{PEOPLE, STATES, State, client, record};
use crate::held_back::insisted;
use axum::body::Body;
use axum::http::Method;
use serde_json::json;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use waymark_testkit::{Program, TestApp, assert_kept};
use waymark_web::api::OPERATIONS;
use waymark_web::api::operation::{Does, Operation};

/// A program for everybody who asks; nobody's has no token.
async fn programs(app: &TestApp) -> HashMap<&'static str, Program> {
    let mut programs = HashMap::new();
    for person in PEOPLE {
        let program = if person.is_empty() { app.stray() } else { app.program(person).await };
        programs.insert(person, program);
    }
    programs
}

/// What the API says, to a body without any field.
async fn by_api(program: &Program, op: &Operation, path: &str) -> u16 {
    let told = match op.body {
        Some(_) => program.post(path, &json!({})).await,
        None => program.call((Method::GET, path), &[], Body::empty()).await,
    };
    told.status.as_u16()
}

/// The page on which a person does the same, and what a form without any field is told there.
fn page(op: &Operation, reference: &str) -> Option<(String, Vec<(&'static str, &'static str)>)> {
    let of = |last: &str| format!("/records/{reference}{last}");
    match op.does {
        Does::Act(act) => Some((of(&format!("/{act}")), Vec::new())),
        Does::Answer(kind) => Some((of("/answer"), vec![("answer", kind.name()), ("sure", "yes")])),
        Does::Meeting(kind) => {
            Some((of("/answer"), vec![("answer", kind.name()), ("meeting", "yes"), ("sure", "yes")]))
        }
        Does::Look => Some((of("/look"), Vec::new())),
        Does::Comment => Some((of("/comments"), Vec::new())),
        Does::Moderate => Some((of("/moderate"), Vec::new())),
        Does::Report => Some((of("/report"), Vec::new())),
        Does::Mask => Some((of("/mask"), vec![("sure", "yes")])),
        _ => None,
    }
}

/// The same for what is about no record.
fn page_elsewhere(op: &Operation, path: &str) -> Option<(String, Vec<(&'static str, &'static str)>)> {
    match op.does {
        Does::ShareAnswer => Some(("/shared/new".to_owned(), vec![("sure", "yes")])),
        Does::GiveShared => Some((path.replace("/records", ""), vec![("sure", "yes")])),
        Does::RereadShared => Some((path.to_owned(), Vec::new())),
        Does::MaskIn(_) => Some((path.to_owned(), vec![("sure", "yes")])),
        Does::EndHeld => Some((path.replace("/end", ""), Vec::new())),
        _ => None,
    }
}

/// The status that a page has where the API has another for the same: done is a way back to the record there, and whoever
/// is not signed in is led to where one does.
const fn as_api(page: u16) -> u16 {
    match page {
        303 => 200,
        other => other,
    }
}

async fn row(app: &TestApp, programs: &HashMap<&str, Program>, (op, state): (&Operation, State)) -> String {
    let mut row = format!("{:38}", format!("{} {state:?}", op.id));
    for person in PEOPLE {
        let reference = record(app, state).await.told.reference.to_string();
        let mut path = op.path.replace("{reference}", &reference);
        if path.contains("{comment}") {
            path = path.replace("{comment}", &said(&programs[person], &reference).await);
        }
        let told = by_api(&programs[person], op, &path).await;
        if let Some((address, fields)) = page(op, &reference_of(app, (op, state), &reference).await) {
            let said = client(app, person).await.post(&address, &fields).await;
            assert_eq!(as_api(said.status.as_u16()), told, "{} {state:?} {person:?}: page and API", op.id);
        }
        let _ = write!(row, " {told}");
    }
    row
}

/// Something that a person said about a record; nobody's where they may not.
async fn said(program: &Program, reference: &str) -> String {
    let path = format!("/records/{reference}/comments");
    let said = program.post(&path, &json!({ "comment": "Since when?" })).await;
    if said.status != 200 {
        return NOTHING.to_owned();
    }
    program.get(&path).await.body["items"][0]["id"].as_str().expect("an id").to_owned()
}

/// The id of nothing.
const NOTHING: &str = "00000000-0000-4000-8000-000000000000";

/// What there is besides records: a shared answer of Len's, and a text of Ada's that is held back.
async fn besides(app: &TestApp, len: &Program) -> [(&'static str, String); 4] {
    let held = insisted(&mut client(app, "ada").await, &[]).await;
    let held = held.address.trim_start_matches("/held/").to_owned();
    let reference = record(app, State::Told).await.told.reference.to_string();
    let no = json!({
        "records": [{ "reference": reference, "version": 1 }], "reason": "R07", "words": "There is no room.",
        "would_change": "A field that is paved.", "until": (app.env.now() + chrono::Days::new(90)).date_naive(),
    });
    let shared = len.post("/shared", &no).await;
    assert_eq!(shared.status, 201, "{}", shared.body);
    [
        ("{place}", app.world.nodes["riverside"].to_string()),
        ("{problem}", NOTHING.to_owned()),
        ("{shared}", shared.text("id").to_owned()),
        ("{held}", held),
    ]
}

/// Another record in the same state where the act has changed the first.
async fn reference_of(app: &TestApp, (op, state): (&Operation, State), first: &str) -> String {
    let is_done_without_words =
        op.body.as_ref().is_some_and(|fields| fields.iter().all(|field| !field.is_needed));
    if is_done_without_words { record(app, state).await.told.reference.to_string() } else { first.to_owned() }
}

#[tokio::test]
async fn the_api_says_what_the_table_says_and_what_the_page_says_to_the_same_act() {
    let app = TestApp::new().await;
    let programs = programs(&app).await;
    let known = besides(&app, &programs["len"]).await;
    let mut table = format!(
        "{:38} nobody own same-unit other-unit other-body decider finder head top-head admin auditor\n",
        "operation, state"
    );
    for op in OPERATIONS.iter() {
        let is_of_record = op.path.contains("{reference}");
        for state in STATES.into_iter().filter(|state| is_of_record || *state == State::Told) {
            if is_of_record {
                table += &(row(&app, &programs, (op, state)).await + "\n");
                continue;
            }
            let path = known.iter().fold(op.path.clone(), |path, (name, value)| path.replace(name, value));
            let mut line = format!("{:38}", op.id);
            for person in PEOPLE {
                let told = by_api(&programs[person], op, &path).await;
                // Who sent what is held back is shown on that page how far it is, whatever they send.
                let is_sender = op.does == Does::EndHeld && person == "ada";
                if let Some((address, fields)) = page_elsewhere(op, &path).filter(|_| !is_sender) {
                    let said = client(&app, person).await.post(&address, &fields).await;
                    assert_eq!(as_api(said.status.as_u16()), told, "{} {person:?}: page and API", op.id);
                }
                let _ = write!(line, " {told}");
            }
            table += &(line + "\n");
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/api/verdicts.txt");
    assert_kept(&file, &table);
}
