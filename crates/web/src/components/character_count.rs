//! Several lines with a limit that is said beforehand and counted while typing.

use askama::Template;

use super::field::{self, part};
use super::{Content, ErrorMessage, FormGroup, Hint, Label, Text, Textarea};
use crate::filters;

options! {
    /// A field for several lines with a limit. The server checks the limit too: the script only counts.
    #[derive(Template)]
    #[template(source = "{{ self.textarea() }}", ext = "html")]
    pub struct CharacterCount {
        /// Name under which it is sent.
        pub name: Text,
        /// Id; the name where nothing is given.
        pub id: Text,
        /// What it asks for.
        pub label: Label,
        /// Limit in characters.
        pub maxlength: Option<u32>,
        /// Limit in words.
        pub maxwords: Option<u32>,
        /// Percentage of the limit from which on the count is shown.
        pub threshold: Option<u32>,
        /// What is counted, where the limit does not say it: `words`, `characters` or `length`.
        pub count_type: Text,
        /// Help.
        pub hint: Option<Hint>,
        /// What is wrong with what was filled in.
        pub error_message: Option<ErrorMessage>,
        /// What is filled in.
        pub value: Text,
        /// Height in lines; 5 where nothing is given.
        pub rows: Option<u32>,
        /// Check the spelling.
        pub spellcheck: Option<bool>,
        /// Further classes.
        pub classes: Text,
        /// The element around it.
        pub form_group: FormGroup,
    }
}
is_html!(CharacterCount);

impl CharacterCount {
    /// A field for at most so many characters.
    pub fn new(name: impl Into<Text>, label: impl Into<Label>, maxlength: u32) -> Self {
        Self { name: name.into(), label: label.into(), maxlength: Some(maxlength), ..Self::default() }
    }

    /// Adds a hint.
    pub fn hint(mut self, content: impl Into<Content>) -> Self {
        self.hint = Some(Hint::new(content));
        self
    }

    /// Shows a problem, if there is one.
    pub fn error(mut self, problem: Option<impl Into<Text>>) -> Self {
        self.error_message = field::message(problem);
        self
    }

    /// Fills the field in.
    pub fn value(mut self, value: impl Into<Text>) -> Self {
        self.value = value.into();
        self
    }

    /// Sets its height in lines.
    pub fn rows(mut self, rows: u32) -> Self {
        self.rows = Some(rows);
        self
    }

    fn textarea(&self) -> Textarea {
        let id = field::id_or_name(&self.id, &self.name);
        let info = part(&id, "info");
        let classes = |own: &str, given: &Text| format!("{own} {given}").trim().into();
        Textarea {
            described_by: info.clone(),
            classes: classes("govuk-js-character-count", &self.classes),
            form_group: FormGroup { classes: classes("govuk-character-count", &self.form_group.classes) },
            after: Some(CountMessage { id: info, limit: self.limit() }.into()),
            group_attributes: Some(self.attributes().into()),
            name: self.name.clone(),
            id,
            label: self.label.clone(),
            hint: self.hint.clone(),
            error_message: self.error_message.clone(),
            value: self.value.clone(),
            rows: self.rows,
            spellcheck: self.spellcheck,
            ..Textarea::default()
        }
    }

    fn limit(&self) -> Option<Limit> {
        let counts_words = self.counted() == "words";
        self.maxwords.or(self.maxlength).map(|count| Limit { count, counts_words })
    }

    fn counted(&self) -> &str {
        match (self.count_type.is_empty(), self.maxwords) {
            (false, _) => self.count_type.as_str(),
            (true, Some(_)) => "words",
            (true, None) => "",
        }
    }

    fn attributes(&self) -> CountAttributes {
        CountAttributes {
            maxlength: self.maxlength,
            maxwords: self.maxwords,
            threshold: self.threshold,
            count_type: self.counted().into(),
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Limit {
    count: u32,
    counts_words: bool,
}

/// The sentence under the field that says the limit; the script replaces it by the count.
#[derive(Clone, Debug, Template)]
#[template(path = "components/count-message.html")]
struct CountMessage {
    id: Text,
    limit: Option<Limit>,
}
is_html!(CountMessage);

/// What the script reads: the limits and, in other languages than English, its sentences.
#[derive(Clone, Debug, Template)]
#[template(path = "components/count-attributes.html")]
struct CountAttributes {
    maxlength: Option<u32>,
    maxwords: Option<u32>,
    threshold: Option<u32>,
    count_type: Text,
}
is_html!(CountAttributes);

impl CountAttributes {
    /// Name of the attribute and key of the text, for each plural form that Welsh has.
    fn sentences(&self) -> Vec<(String, String)> {
        let unit = if self.count_type.as_str() == "words" { "words" } else { "characters" };
        let plural = |state: &str, form: &str| {
            (format!("data-i18n.{unit}-{state}-limit.{form}"), format!("shell-count-{unit}-{state}-{form}"))
        };
        let mut sentences = vec![(format!("data-i18n.{unit}-at-limit"), format!("shell-count-{unit}-at"))];
        for form in ["one", "two", "few", "many", "other"] {
            sentences.push(plural("under", form));
            sentences.push(plural("over", form));
        }
        sentences
    }
}
