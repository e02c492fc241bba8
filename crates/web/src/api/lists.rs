//! Lists in a body, which the pages have as lines of one box, boxes to tick and a box for each record.

use crate::form::Form;
use serde_json::{Value, json};
use waymark_domain::limits::LINE_CHARS;

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
