//! What an operation takes: each field is declared once; its schema, and how a value becomes the field of the page's form,
//! follow. Behind that pages and API are one: the same parsing, the same words for what is wrong.

use super::lists;
use crate::form::Form;
use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value, json};
use waymark_app::find::list::day_of;
use waymark_domain::limits::{COMMENT_CHARS, LINE_CHARS, PROSE_CHARS, TITLE_CHARS};

/// What kind of value a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A title.
    Title,
    /// One line.
    Line,
    /// A paragraph or a few.
    Prose,
    /// What is said about a record.
    Remark,
    /// A long text that is only read.
    Text,
    /// A day.
    Date,
    /// A whole number from 0, or from and to.
    Whole(u32, u32),
    /// Pence, which the page asks for in pounds.
    Pence,
    /// Yes or no; the page has a box to tick.
    Tick,
    /// Yes or no; the page has two buttons.
    YesNo,
    /// One of some names.
    OneOf(&'static [&'static str]),
    /// An id.
    Id,
    /// Where a list goes on.
    Cursor,
    /// People who share an idea: the places of the page's form.
    People,
    /// Somebody for whom it is typed, and that they agreed.
    Behalf,
    /// Texts of one line each, at most so many: the lines of a box.
    Lines(usize),
    /// Records, each in the version that was seen: boxes to tick.
    Records,
    /// Records, each with its news: a box for each.
    News,
}

/// A field of a body, or of a query.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// Its name.
    pub name: &'static str,
    /// The name of the form's field that it stands for.
    pub form: &'static str,
    /// What kind of value it has.
    pub kind: Kind,
    /// Must it be there?
    pub is_needed: bool,
    /// What it is.
    pub about: &'static str,
}

/// The most characters of a text that is only read.
const TEXT_CHARS: usize = 20_000;

/// A field that must be there.
pub const fn needed(name: &'static str, kind: Kind, about: &'static str) -> Input {
    Input { name, form: name, kind, is_needed: true, about }
}

/// A field that may be there.
pub const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Input {
    Input { is_needed: false, ..needed(name, kind, about) }
}

impl Input {
    /// The same where the form calls it otherwise.
    pub const fn form(self, form: &'static str) -> Self {
        Self { form, ..self }
    }

    /// Its schema.
    pub fn schema(&self) -> Value {
        self.kind.schema()
    }

    /// Puts a value of a body into a form.
    ///
    /// # Errors
    /// The key of the words for a value of another kind.
    pub fn put(&self, value: &Value, form: &mut Form) -> Result<(), &'static str> {
        match (self.kind, value) {
            // What is null is not there: what is missing is for the use case to say.
            (_, Value::Null) => {}
            (Kind::Date, Value::String(text)) => put_date(self.form, text, form)?,
            (Kind::Whole(..), Value::Number(number)) => {
                form.set(self.form, whole(number).ok_or(self.kind.wrong())?.to_string());
            }
            (Kind::Pence, Value::Number(number)) => {
                let pence = whole(number).ok_or(self.kind.wrong())?;
                form.set(self.form, format!("{}.{:02}", pence / 100, pence % 100));
            }
            (Kind::Tick | Kind::YesNo, Value::Bool(is_yes)) => put_yes(self, *is_yes, form),
            (Kind::People, Value::Array(people)) => super::people::put(people, form)?,
            (Kind::Behalf, Value::Object(person)) => super::people::put_behalf(person, form)?,
            (Kind::Records, Value::Array(records)) => lists::put_records(self.form, records, form)?,
            (Kind::News, Value::Array(records)) => lists::put_news(records, form)?,
            (Kind::Lines(_), Value::Array(lines)) => lists::put_lines(self.form, lines, form)?,
            (kind, Value::String(text)) if kind.is_text() => form.set(self.form, text),
            _ => return Err(self.kind.wrong()),
        }
        Ok(())
    }

    /// The key of what a value of another kind is told.
    pub const fn wrong(&self) -> &'static str {
        self.kind.wrong()
    }

    /// The value of a query, read as its kind asks; nothing for any other text.
    pub fn read(&self, text: &str) -> Option<String> {
        let is_good = match self.kind {
            Kind::Whole(least, most) => text.parse().is_ok_and(|number| (least..=most).contains(&number)),
            Kind::Tick | Kind::YesNo => matches!(text, "true" | "false"),
            Kind::OneOf(names) => names.contains(&text),
            Kind::Id => uuid::Uuid::try_parse(text).is_ok(),
            Kind::Date => day_of(text).is_some(),
            kind => kind.is_text() && !text.contains('\0'),
        };
        is_good.then(|| text.to_owned())
    }
}

fn put_yes(input: &Input, is_yes: bool, form: &mut Form) {
    match (input.kind, is_yes) {
        (_, true) => form.set(input.form, "yes"),
        (Kind::YesNo, false) => form.set(input.form, "no"),
        _ => {}
    }
}

fn put_date(field: &str, text: &str, form: &mut Form) -> Result<(), &'static str> {
    let day: NaiveDate = text.parse().map_err(|_| Kind::Date.wrong())?;
    form.set(&format!("{field}-day"), day.day().to_string());
    form.set(&format!("{field}-month"), day.month().to_string());
    form.set(&format!("{field}-year"), day.year().to_string());
    Ok(())
}

/// A whole number from 0, however it is written: JSON knows one kind of number, and 1.0 is 1.
pub fn whole(number: &serde_json::Number) -> Option<u32> {
    let whole = number.as_u64().or_else(|| {
        let real = number
            .as_f64()
            .filter(|real| real.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(real))?;
        format!("{real:.0}").parse().ok()
    })?;
    u32::try_from(whole).ok()
}

impl Kind {
    const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Title
                | Self::Line
                | Self::Prose
                | Self::Remark
                | Self::Text
                | Self::OneOf(_)
                | Self::Id
                | Self::Cursor
        )
    }

    /// The key of what a value of another kind is told.
    pub const fn wrong(self) -> &'static str {
        match self {
            Self::Date => "api-wrong-date",
            Self::Whole(..) | Self::Pence => "api-wrong-number",
            Self::Tick | Self::YesNo => "api-wrong-yes-no",
            Self::People => "api-wrong-people",
            Self::Behalf => super::people::WRONG_BEHALF,
            Self::Lines(_) => lists::WRONG_LINES,
            Self::Records => lists::WRONG_RECORDS,
            Self::News => lists::WRONG_NEWS,
            Self::OneOf(_) => "api-wrong-name",
            Self::Id => "api-wrong-id",
            Self::Cursor => "api-wrong-cursor",
            Self::Title | Self::Line | Self::Prose | Self::Remark | Self::Text => "api-wrong-text",
        }
    }

    fn schema(self) -> Value {
        let text = |most: usize| json!({ "type": "string", "minLength": 1, "maxLength": most });
        match self {
            Self::Title => text(TITLE_CHARS),
            Self::Line => text(LINE_CHARS),
            Self::Prose => text(PROSE_CHARS),
            Self::Remark => text(COMMENT_CHARS),
            Self::Text => text(TEXT_CHARS),
            Self::Date => json!({ "type": "string", "format": "date" }),
            Self::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
            Self::Pence => json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX }),
            Self::Tick | Self::YesNo => json!({ "type": "boolean" }),
            Self::OneOf(names) => json!({ "type": "string", "enum": names }),
            Self::Id => json!({ "type": "string", "format": "uuid" }),
            Self::Cursor => json!({ "type": "string", "minLength": 1, "maxLength": 200 }),
            Self::People => super::people::schema(),
            Self::Behalf => super::people::behalf_schema(),
            Self::Lines(most) => lists::lines_schema(most),
            Self::Records => lists::records_schema(),
            Self::News => lists::news_schema(),
        }
    }
}

/// The schema of a body of fields.
pub fn body_schema(fields: &[Input]) -> Value {
    let properties: Map<String, Value> = fields
        .iter()
        .map(|input| (input.name.to_owned(), super::schema::described(input.schema(), input.about)))
        .collect();
    let required: Vec<&str> = fields.iter().filter(|input| input.is_needed).map(|input| input.name).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}
