//! Is a value as its schema says? Only the words that our own description uses; any other is a fault, so that nothing goes
//! unchecked.

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

/// What is wrong with a value by a schema of a description.
pub fn faults(description: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Looking { description, faults: &mut faults }.look(schema, value, "");
    faults
}

struct Looking<'a> {
    description: &'a Value,
    faults: &'a mut Vec<String>,
}

impl Looking<'_> {
    fn fault(&mut self, at: &str, what: &str) {
        self.faults.push(format!("{at}: {what}"));
    }

    fn look(&mut self, schema: &Value, value: &Value, at: &str) {
        let Some(words) = schema.as_object() else { return self.fault(at, "no schema") };
        for (word, says) in words {
            match word.as_str() {
                "description" | "required" | "additionalProperties" => {}
                "$ref" => self.look_there(says, value, at),
                "anyOf" => self.look_any(says, value, at),
                "type" => self.look_type(says, value, at),
                "enum" => {
                    let is_one = says.as_array().is_some_and(|all| all.contains(value));
                    self.holds(is_one, at, "none of the names");
                }
                "format" => self.holds(is_of(says, value), at, "not of its format"),
                "minimum" => self.holds(value.as_f64() >= says.as_f64(), at, "too small"),
                "properties" => self.look_object(words, value, at),
                "items" => {
                    for (place, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.look(says, item, &format!("{at}/{place}"));
                    }
                }
                other => self.fault(at, &format!("a word that is not looked at: {other}")),
            }
        }
    }

    fn holds(&mut self, holds: bool, at: &str, what: &str) {
        if !holds {
            self.fault(at, what);
        }
    }

    fn look_there(&mut self, says: &Value, value: &Value, at: &str) {
        let place = says.as_str().unwrap_or_default().trim_start_matches('#');
        let description = self.description;
        match description.pointer(place) {
            Some(schema) => self.look(schema, value, at),
            None => self.fault(at, "points nowhere"),
        }
    }

    fn look_any(&mut self, says: &Value, value: &Value, at: &str) {
        let all = says.as_array().into_iter().flatten();
        let is_any = all.into_iter().any(|schema| faults(self.description, schema, value).is_empty());
        self.holds(is_any, at, "none of what it may be");
    }

    fn look_type(&mut self, says: &Value, value: &Value, at: &str) {
        let is_type = match says.as_str() {
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("string") => value.is_string(),
            Some("integer") => value.is_i64() || value.is_u64(),
            Some("boolean") => value.is_boolean(),
            Some("null") => value.is_null(),
            _ => false,
        };
        self.holds(is_type, at, &format!("not a {says}"));
    }

    fn look_object(&mut self, words: &serde_json::Map<String, Value>, value: &Value, at: &str) {
        let Some(object) = value.as_object() else { return };
        let properties = &words["properties"];
        for name in words.get("required").and_then(Value::as_array).into_iter().flatten() {
            let is_there = name.as_str().is_some_and(|name| object.contains_key(name));
            self.holds(is_there, at, &format!("{name} is missing"));
        }
        for (name, value) in object {
            match properties.get(name) {
                Some(schema) => self.look(schema, value, &format!("{at}/{name}")),
                None => self.fault(at, &format!("{name} is not described")),
            }
        }
    }
}

fn is_of(format: &Value, value: &Value) -> bool {
    let Some(text) = value.as_str() else { return false };
    match format.as_str() {
        Some("date") => text.parse::<NaiveDate>().is_ok(),
        Some("date-time") => DateTime::parse_from_rfc3339(text).is_ok(),
        Some("uuid") => text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_as_described_is_found() {
        let part = json!({
            "type": "object",
            "properties": {
                "day": { "type": "string", "format": "date" },
                "list": { "type": "array", "items": { "anyOf": [{ "type": "integer" }, { "type": "null" }] } },
                "kind": { "enum": ["a", "b"] },
            },
            "required": ["day"],
            "additionalProperties": false,
        });
        let description = json!({ "components": { "schemas": { "Part": part } } });
        let schema = json!({ "$ref": "#/components/schemas/Part" });
        let count = |value: Value| faults(&description, &schema, &value).len();
        assert_eq!(count(json!({ "day": "2026-07-01", "list": [1, null], "kind": "a" })), 0);
        for bad in [
            json!({}),
            json!([]),
            json!({ "day": "2026-07-32" }),
            json!({ "day": null }),
            json!({ "day": "2026-07-01", "list": ["x"] }),
            json!({ "day": "2026-07-01", "kind": "c" }),
            json!({ "day": "2026-07-01", "more": 1 }),
        ] {
            assert!(count(bad.clone()) > 0, "{bad}");
        }
    }
}
