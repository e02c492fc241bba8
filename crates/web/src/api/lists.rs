//! Lists in a body, which the pages have as lines of one box, boxes to tick and a box for each record.

use super::input::whole;
use crate::form::Form;
use crate::pages::route::round::name_of;
use serde_json::{Value, json};
use waymark_app::route::{round, shared};
use waymark_domain::limits::{LINE_CHARS, PROSE_CHARS};
use waymark_domain::reference::Reference;

/// The key of the words for a list of texts that is none.
pub const WRONG_LINES: &str = "api-wrong-lines";

/// The schema of a list of texts, each of one line.
pub fn lines_schema(most: usize) -> Value {
    json!({
        "type": "array",
        "minItems": 1,
        "maxItems": most,
        "items": { "type": "string", "minLength": 1, "maxLength": LINE_CHARS, "pattern": "^[^\\r\\n]+$" },
    })
}

/// Puts texts on lines of their own. How many there may be is for the use case to say.
///
/// # Errors
/// The key of the words for a list of another kind.
pub fn put_lines(field: &str, lines: &[Value], form: &mut Form) -> Result<(), &'static str> {
    let line = |line: &Value| line.as_str().filter(|line| !line.contains(['\r', '\n'])).map(str::to_owned);
    let lines: Option<Vec<String>> = lines.iter().map(line).collect();
    form.set(field, lines.ok_or(WRONG_LINES)?.join("\n"));
    Ok(())
}

/// The key of the words for a list of records that is none.
pub const WRONG_RECORDS: &str = "api-wrong-records";
/// The key of the words for a list of news that is none.
pub const WRONG_NEWS: &str = "api-wrong-news";

/// The schema of a list of records, each in the version that was seen.
pub fn records_schema() -> Value {
    let version = json!({ "type": "integer", "minimum": 1, "maximum": u32::MAX });
    listed(shared::MOST, ("version", version))
}

/// The schema of a list of records, each with its news.
pub fn news_schema() -> Value {
    listed(round::MOST, ("news", json!({ "type": "string", "minLength": 1, "maxLength": PROSE_CHARS })))
}

fn listed(most: i64, (name, schema): (&str, Value)) -> Value {
    json!({
        "type": "array",
        "minItems": 1,
        "maxItems": most,
        "items": {
            "type": "object",
            "properties": { "reference": super::openapi::reference(), name: schema },
            "required": ["reference", name],
            "additionalProperties": false,
        },
    })
}

/// Ticks records, each in the version that was seen.
///
/// # Errors
/// The key of the words for a list of another kind.
pub fn put_records(field: &str, records: &[Value], form: &mut Form) -> Result<(), &'static str> {
    let mut ticked = Vec::with_capacity(records.len());
    for (reference, version) in each(records, ("version", shared::MOST)).ok_or(WRONG_RECORDS)? {
        let version = version.as_number().and_then(whole).ok_or(WRONG_RECORDS)?;
        ticked.push(format!("{reference}:{version}"));
    }
    form.set(field, ticked.join(" "));
    Ok(())
}

/// Fills the box of each record in. What is blank or there twice would be left out in silence.
///
/// # Errors
/// The key of the words for a list of another kind.
pub fn put_news(records: &[Value], form: &mut Form) -> Result<(), &'static str> {
    for (reference, news) in each(records, ("news", round::MOST)).ok_or(WRONG_NEWS)? {
        let name = name_of(&reference);
        let news = news.as_str().filter(|news| !news.trim().is_empty() && form.value(&name).is_empty());
        form.set(&name, news.ok_or(WRONG_NEWS)?);
    }
    Ok(())
}

/// Records with one value each, at most so many; nothing where one of them is of another kind.
fn each<'v>(records: &'v [Value], (name, most): (&str, i64)) -> Option<Vec<(Reference, &'v Value)>> {
    let one = |record: &'v Value| {
        let fields = record.as_object().filter(|fields| fields.len() == 2)?;
        Some((Reference::parse(fields.get("reference")?.as_str()?)?, fields.get(name)?))
    };
    let is_few = i64::try_from(records.len()).is_ok_and(|count| count <= most);
    records.iter().filter(|_| is_few).map(one).collect::<Option<Vec<_>>>().filter(|_| is_few)
}
