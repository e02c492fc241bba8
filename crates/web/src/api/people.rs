//! Whose an idea is: people who share it with whoever tells it (a list, which the page has as numbered places), or somebody
//! for whom it is typed.

use crate::form::Form;
use serde_json::{Map, Value, json};
use waymark_app::find::group::{PLACES, Whose};
use waymark_domain::limits::{LINE_CHARS, MAIL_CHARS};

/// The key of the words for a list of another kind.
const WRONG: &str = "api-wrong-people";
/// The key of the words for somebody of another kind.
pub const WRONG_BEHALF: &str = "api-wrong-behalf";
/// The key of the words for one that is both shared and told for somebody.
const BOTH: &str = "api-wrong-both";

/// The schema of the list.
pub fn schema() -> Value {
    json!({
        "type": "array",
        "maxItems": PLACES.len(),
        "items": {
            "type": "object",
            "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": LINE_CHARS },
                "mail": { "type": "string", "format": "email", "maxLength": MAIL_CHARS },
                "share_percent": { "type": "integer", "minimum": 1, "maximum": 99 },
            },
            "required": ["name", "mail"],
            "additionalProperties": false,
        },
    })
}

/// Puts the list into the places of the form.
///
/// # Errors
/// The key of the words for a list of another kind.
pub fn put(people: &[Value], form: &mut Form) -> Result<(), &'static str> {
    if people.len() > PLACES.len() {
        return Err(WRONG);
    }
    for (place, person) in PLACES.iter().zip(people) {
        for (key, value) in person.as_object().ok_or(WRONG)? {
            match (key.as_str(), value) {
                ("name", Value::String(name)) => form.set(place.name, name),
                ("mail", Value::String(mail)) => form.set(place.mail, mail),
                ("share_percent", Value::Number(share)) => form.set(place.share, share.to_string()),
                (_, Value::Null) => {}
                _ => return Err(WRONG),
            }
        }
    }
    if people.is_empty() { Ok(()) } else { choose(form, Whose::Group) }
}

/// The schema of somebody for whom it is typed.
pub fn behalf_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "name": { "type": "string", "minLength": 1, "maxLength": LINE_CHARS },
            "mail": { "type": "string", "format": "email", "maxLength": MAIL_CHARS },
            "agreed": { "type": "boolean", "enum": [true] },
        },
        "required": ["name", "mail", "agreed"],
        "additionalProperties": false,
    })
}

/// The fields of the form of somebody for whom it is typed, each with its name in a body.
const BEHALF: [(&str, &str); 3] = [("behalf-name", "name"), ("behalf-mail", "mail"), ("agreed", "agreed")];

/// Puts somebody for whom it is typed into the form.
///
/// # Errors
/// The key of the words for somebody of another kind.
pub fn put_behalf(person: &Map<String, Value>, form: &mut Form) -> Result<(), &'static str> {
    for (key, value) in person {
        let (field, _) = BEHALF.iter().find(|(_, own)| own == key).ok_or(WRONG_BEHALF)?;
        match (*field, value) {
            ("agreed", Value::Bool(true)) => form.set("agreed", "yes"),
            // Who did not agree is told of by the use case, as on the page.
            ("agreed", Value::Bool(false)) | (_, Value::Null) => {}
            ("behalf-name" | "behalf-mail", Value::String(text)) => form.set(field, text),
            _ => return Err(WRONG_BEHALF),
        }
    }
    choose(form, Whose::Behalf)
}

/// Says whose it is. One that is said twice would be one's own words against the other's.
fn choose(form: &mut Form, whose: Whose) -> Result<(), &'static str> {
    if !form.value("whose").is_empty() {
        return Err(BOTH);
    }
    form.set("whose", whose.name());
    Ok(())
}

/// Where in a body the field of a form is that one of these people has: `/people/0/mail`, `/behalf/mail`.
pub fn pointer(field: &str) -> Option<String> {
    if let Some((_, own)) = BEHALF.iter().find(|(own, _)| *own == field) {
        return Some(format!("/behalf/{own}"));
    }
    let one = PLACES.iter().enumerate().find_map(|(number, place)| {
        let parts = [(place.name, "name"), (place.mail, "mail"), (place.share, "share_percent")];
        let part = parts.into_iter().find(|(own, _)| *own == field)?.1;
        Some(format!("/people/{number}/{part}"))
    });
    one.or_else(|| (field == "share-own").then(|| "/own_share_percent".to_owned()))
}
