//! Day, month and year in three fields.

use askama::Template;

use super::field::{self, FieldGroup, FieldHead, part};
use super::{Content, ErrorMessage, Fieldset, FormGroup, Hint, Input, Label, Text};
use crate::filters;

options! {
    /// A date that people know, such as one from a letter.
    #[derive(Template)]
    #[template(source = "{{ self.group() }}", ext = "html")]
    pub struct DateInput {
        /// Id of the whole and beginning of the fields' ids.
        pub id: Text,
        /// Beginning of the fields' names.
        pub name_prefix: Text,
        /// The question.
        pub fieldset: Option<Fieldset>,
        /// The fields; day, month and year where none are given.
        pub items: Vec<DatePart>,
        /// Help.
        pub hint: Option<Hint>,
        /// What is wrong.
        pub error_message: Option<ErrorMessage>,
        /// Further classes.
        pub classes: Text,
        /// The element around it.
        pub form_group: FormGroup,
    }

    /// One field of a date.
    pub struct DatePart {
        /// Name, which also says what it is: `day`, `month`, `year`.
        pub name: Text,
        /// Label, if the name does not give it.
        pub label: Text,
        /// Id.
        pub id: Text,
        /// What is filled in.
        pub value: Option<Text>,
        /// Whether this field is wrong; the message marks all where none says so.
        pub error: Option<bool>,
        /// Further classes.
        pub classes: Text,
        /// Keyboard of a phone.
        pub inputmode: Text,
        /// What a browser may fill in.
        pub autocomplete: Option<Text>,
        /// Pattern of the value.
        pub pattern: Option<Text>,
    }
}
is_html!(DateInput);

impl DateInput {
    /// A date, sent as `<name>-day`, `<name>-month`, `<name>-year`.
    pub fn new(name: impl Into<Text>, question: impl Into<Fieldset>) -> Self {
        let name = name.into();
        Self {
            id: name.clone(),
            name_prefix: name,
            fieldset: Some(question.into()),
            items: usual_parts(),
            ..Self::default()
        }
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

    /// Fills in day, month and year as they were typed.
    pub fn values<T: Into<Text>>(mut self, values: [T; 3]) -> Self {
        for (item, value) in self.items.iter_mut().zip(values) {
            item.value = Some(value.into());
        }
        self
    }

    fn group(&self) -> FieldGroup {
        let head = FieldHead::new(&self.id, self.hint.as_ref(), self.error_message.as_ref());
        let given = self.fieldset.as_ref().map(|fieldset| fieldset.described_by.clone()).unwrap_or_default();
        let described_by = head.described_by(&given);
        let fieldset = self.fieldset.clone();
        FieldGroup::new(
            self.form_group.classes.clone(),
            self.error_message.is_some(),
            // JAWS reads the description of a fieldset of text fields only where its role is group.
            fieldset.map(|fieldset| Fieldset { described_by, role: "group".into(), ..fieldset }),
            DateBody { head, id: self.id.clone(), classes: self.classes.clone(), inputs: self.inputs() },
        )
    }

    fn inputs(&self) -> Vec<Input> {
        let usual = usual_parts();
        let items = if self.items.is_empty() { &usual } else { &self.items };
        let is_one_marked = items.iter().any(DatePart::is_marked);
        let all = self.error_message.is_some() && !is_one_marked;
        items
            .iter()
            .map(|item| self.input(item, item.is_marked() || (all && item.error != Some(false))))
            .collect()
    }

    fn input(&self, item: &DatePart, is_wrong: bool) -> Input {
        let prefix =
            if self.name_prefix.is_empty() { String::new() } else { format!("{}-", self.name_prefix) };
        Input {
            label: Label {
                html: Some(PartName { name: item.name.clone(), label: item.label.clone() }.into()),
                classes: "govuk-date-input__label".into(),
                ..Label::default()
            },
            id: if item.id.is_empty() { part(&self.id, item.name.as_str()) } else { item.id.clone() },
            name: format!("{prefix}{}", item.name).into(),
            classes: item.input_classes(is_wrong),
            value: item.value.clone(),
            inputmode: Some(if item.inputmode.is_empty() {
                "numeric".into()
            } else {
                item.inputmode.clone()
            }),
            autocomplete: item.autocomplete.clone(),
            pattern: item.pattern.clone(),
            ..Input::default()
        }
    }
}

impl DatePart {
    /// A field by its name.
    pub fn new(name: impl Into<Text>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    fn has_class(&self, start: &str) -> bool {
        self.classes.as_str().contains(start)
    }

    fn is_marked(&self) -> bool {
        self.error == Some(true) || self.has_class("govuk-input--error")
    }

    fn input_classes(&self, is_wrong: bool) -> Text {
        let mut classes = vec!["govuk-date-input__input"];
        if is_wrong && !self.has_class("govuk-input--error") {
            classes.push("govuk-input--error");
        }
        if !self.has_class("govuk-input--width-") {
            classes.push(if self.name.as_str() == "year" {
                "govuk-input--width-4"
            } else {
                "govuk-input--width-2"
            });
        }
        if !self.classes.is_empty() {
            classes.push(self.classes.as_str());
        }
        classes.join(" ").into()
    }
}

fn usual_parts() -> Vec<DatePart> {
    ["day", "month", "year"].map(DatePart::new).into()
}

#[derive(Clone, Debug, Template)]
#[template(path = "components/date-input.html")]
struct DateBody {
    head: FieldHead,
    id: Text,
    classes: Text,
    inputs: Vec<Input>,
}
is_html!(DateBody);

/// The label of a field: what a page gave, else the field's name in the reader's language.
#[derive(Clone, Debug, Template)]
#[template(path = "components/date-part-name.html")]
struct PartName {
    name: Text,
    label: Text,
}
is_html!(PartName);

impl PartName {
    fn key(&self) -> Option<&'static str> {
        match self.name.as_str() {
            "day" => Some("shell-day"),
            "month" => Some("shell-month"),
            "year" => Some("shell-year"),
            _ => None,
        }
    }

    fn capitalised(&self) -> String {
        let mut letters = self.name.as_str().chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }
}
