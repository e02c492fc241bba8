//! The description of the API (`OpenAPI` 3.1), made from the list of operations.

use super::input::{Input, body_schema};
use super::key::{HEADER, KEY_CHARS};
use super::operation::{BASE, Does, Operation};
use super::problem::{NAMES, PROBLEM_TYPE, detail};
use super::schema::{Parts, Shape as _, described};
use super::{OPERATIONS, shapes};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;
use waymark_app::words::Lang;

/// The description as it is served and checked in.
pub fn text() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", description()));
    &TEXT
}

/// The description.
pub fn description() -> Value {
    let mut parts = Parts::new();
    let paths = paths(&mut parts);
    shapes::Standing::schema(&mut parts);
    parts.insert("Problem".to_owned(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Waymark",
            "version": "1",
            "description": "What people do on the pages of Waymark, for their programs. A token acts as the person who \
                made it, with what that person may at that moment. Fields may be added to answers; none is taken away \
                or changed. How to begin: /api",
        },
        "servers": [{ "url": BASE }],
        "security": [{ "token": ["read"] }],
        "paths": paths,
        "components": {
            "schemas": parts,
            "responses": responses(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Made by a person under My account. What a person makes for reading (read) changes \
                        nothing; what they make for acting (write) reads, too.",
                },
            },
        },
    })
}

fn paths(parts: &mut Parts) -> Map<String, Value> {
    let mut paths: Map<String, Value> = Map::new();
    for op in OPERATIONS.iter() {
        let method = if op.body.is_some() { "post" } else { "get" };
        let path = paths.entry(op.path.clone()).or_insert_with(|| json!({}));
        path[method] = operation(op, parts);
    }
    paths
}

fn operation(op: &Operation, parts: &mut Parts) -> Value {
    let mut described = json!({
        "operationId": op.id,
        "summary": op.summary,
        "security": [{ "token": [op.scope.name()] }],
        "parameters": parameters(op),
        "responses": answers(op, parts),
    });
    if let Some(fields) = &op.body {
        described["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": body_schema(fields) } } });
    }
    described
}

fn parameters(op: &Operation) -> Vec<Value> {
    let one = |place: &str, input: &Input| {
        json!({
            "name": input.name,
            "in": place,
            "required": place == "path",
            "description": input.about,
            "schema": if input.name == "reference" { reference() } else { input.schema() },
        })
    };
    let path = op.path_inputs();
    let mut all: Vec<Value> = path.iter().map(|input| one("path", input)).collect();
    all.extend(op.query.iter().map(|input| one("query", input)));
    if op.is_act() {
        all.push(key());
    }
    all
}

/// The schema of what people call a record by.
pub(super) fn reference() -> Value {
    json!({ "type": "string", "pattern": "^WM-[0-9]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{3}$" })
}

fn key() -> Value {
    json!({
        "name": HEADER,
        "in": "header",
        "required": true,
        "description": "A text of your own choosing for this act. Sent again with the same key and body, it is answered \
            again and not done again, for two days. With another body it is refused.",
        "schema": { "type": "string", "minLength": 1, "maxLength": KEY_CHARS, "pattern": "^[!-~]+$" },
    })
}

fn answers(op: &Operation, parts: &mut Parts) -> Map<String, Value> {
    let schema = op.answer(parts);
    let done = json!({
        "description": "It is done.",
        "content": { "application/json": { "schema": schema } },
    });
    let mut all = Map::from_iter([(op.done().as_u16().to_string(), done)]);
    for status in statuses(op) {
        all.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{status}") }));
    }
    all
}

/// The statuses of what may be wrong with a call of an operation.
fn statuses(op: &Operation) -> Vec<u16> {
    let is_found = op.is_of_one() || op.is_act() || matches!(op.does, Does::Ideas | Does::Places);
    let is_some = [
        (400, true),
        (401, true),
        (403, true),
        (404, is_found),
        (406, true),
        (409, op.is_act()),
        (413, op.body.is_some()),
        (415, op.body.is_some()),
        (422, true),
        (429, true),
        (500, true),
        (503, true),
    ];
    is_some.into_iter().filter(|(_, is_there)| *is_there).map(|(status, _)| status).collect()
}

/// What is wrong, by status: every name of the problems that has it.
fn responses() -> Map<String, Value> {
    let mut all: Map<String, Value> = Map::new();
    for (name, status) in NAMES {
        let said = format!("`{name}`: {}", detail(Lang::En, name));
        let answer = all.entry(status.as_u16().to_string()).or_insert_with(|| {
            json!({
                "description": "",
                "content": { PROBLEM_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } },
            })
        });
        let before = answer["description"].as_str().unwrap_or_default();
        answer["description"] =
            if before.is_empty() { said.into() } else { format!("{before} {said}").into() };
    }
    all
}

fn problem() -> Value {
    let text = |about| described(json!({ "type": "string" }), about);
    json!({
        "type": "object",
        "description": "What was not done, and why (RFC 9457).",
        "properties": {
            "type": text("What kind of problem, as an address that explains it."),
            "title": text("The same in words."),
            "status": described(json!({ "type": "integer" }), "The status of the answer."),
            "detail": text("What is wrong, and how to mend it."),
            "errors": {
                "type": "array",
                "description": "Every value that is wrong.",
                "items": {
                    "type": "object",
                    "properties": {
                        "detail": text("What is wrong with it, and how to mend it."),
                        "pointer": text("Where in the body, as a JSON pointer."),
                        "parameter": text("Which parameter."),
                    },
                    "required": ["detail"],
                    "additionalProperties": false,
                },
            },
            "current": {
                "$ref": "#/components/schemas/Standing",
                "description": "Where the record stands, where somebody was quicker.",
            },
        },
        "required": ["type", "title", "status", "detail"],
        "additionalProperties": false,
    })
}
