//! People who share an idea with whoever tells it: a list, which the page has as numbered places.

use crate::form::Form;
use serde_json::{Value, json};
use waymark_app::find::group::PLACES;
use waymark_domain::limits::{LINE_CHARS, MAIL_CHARS};

/// The key of the words for a list of another kind.
const WRONG: &str = "api-wrong-people";

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
    if !people.is_empty() {
        form.set("whose", "group");
    }
    Ok(())
}

/// Where in a body the field of a form is that one of these people has: `/people/0/mail`.
pub fn pointer(field: &str) -> Option<String> {
    let one = PLACES.iter().enumerate().find_map(|(number, place)| {
        let parts = [(place.name, "name"), (place.mail, "mail"), (place.share, "share_percent")];
        let part = parts.into_iter().find(|(own, _)| *own == field)?.1;
        Some(format!("/people/{number}/{part}"))
    });
    one.or_else(|| (field == "share-own").then(|| "/own_share_percent".to_owned()))
}
