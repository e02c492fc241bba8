//! Checkboxes: any of several.

use askama::Template;

use super::field::{self, FieldGroup, FieldHead};
use super::{Content, ErrorMessage, Fieldset, FormGroup, Hint, Html, Label, Text};
use crate::filters;

options! {
    /// Any number of answers out of several.
    #[derive(Template)]
    #[template(source = "{{ self.group() }}", ext = "html")]
    pub struct Checkboxes {
        /// Name under which the answers are sent.
        pub name: Text,
        /// Beginning of the ids; the name where nothing is given.
        pub id_prefix: Text,
        /// The question.
        pub fieldset: Option<Fieldset>,
        /// The answers.
        pub items: Vec<Checkbox>,
        /// The values that are chosen.
        pub values: Vec<Text>,
        /// Help.
        pub hint: Option<Hint>,
        /// What is wrong.
        pub error_message: Option<ErrorMessage>,
        /// Ids of what else describes them.
        pub described_by: Text,
        /// Further classes.
        pub classes: Text,
        /// The element around it.
        pub form_group: FormGroup,
    }

    /// One answer, or a word between answers.
    pub struct Checkbox {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// What is sent.
        pub value: Text,
        /// Name, where it differs from that of the others.
        pub name: Text,
        /// Help for this answer.
        pub hint: Option<Hint>,
        /// Id.
        pub id: Text,
        /// Classes of the label.
        pub label: Label,
        /// Chosen, whatever the values of the whole say.
        pub checked: Option<bool>,
        /// Not to be chosen.
        pub disabled: bool,
        /// A word such as *or*, instead of an answer.
        pub divider: Text,
    }
}
is_html!(Checkboxes);

impl Checkboxes {
    /// A question with its answers.
    pub fn new(
        name: impl Into<Text>,
        question: impl Into<Fieldset>,
        answers: impl IntoIterator<Item = Checkbox>,
    ) -> Self {
        Self {
            name: name.into(),
            fieldset: Some(question.into()),
            items: answers.into_iter().collect(),
            ..Self::default()
        }
    }

    /// One box with its own words and no question over it.
    pub fn single(name: impl Into<Text>, value: impl Into<Text>, content: impl Into<Content>) -> Self {
        Self { name: name.into(), items: vec![Checkbox::new(value, content)], ..Self::default() }
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

    /// Chooses the answers with these values.
    pub fn values<T: Into<Text>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        self.values = values.into_iter().map(Into::into).collect();
        self
    }

    fn group(&self) -> FieldGroup {
        let prefix = field::id_or_name(&self.id_prefix, &self.name);
        let head = FieldHead::new(&prefix, self.hint.as_ref(), self.error_message.as_ref());
        let described_by = head.described_by(self.given_description());
        let body = CheckboxesBody {
            head,
            classes: self.classes.clone(),
            items: self.items_shown(&prefix, &described_by),
        };
        FieldGroup::new(
            self.form_group.classes.clone(),
            self.error_message.is_some(),
            self.fieldset.clone().map(|fieldset| Fieldset { described_by, ..fieldset }),
            body,
        )
    }

    fn given_description(&self) -> &Text {
        let of_fieldset = self.fieldset.as_ref().map(|fieldset| &fieldset.described_by);
        of_fieldset.filter(|ids| !ids.is_empty()).unwrap_or(&self.described_by)
    }

    /// Without a fieldset nothing else carries hint and message, so each box does.
    fn items_shown(&self, prefix: &Text, described_by: &Text) -> Vec<CheckboxShown> {
        let shared = if self.fieldset.is_some() { Text::default() } else { described_by.clone() };
        let shown = |(place, item): (usize, &Checkbox)| {
            let id = field::item_id(&item.id, prefix, place);
            let hint = item.hint.as_ref().map(|hint| field::item_hint(hint, "govuk-checkboxes__hint", &id));
            let own = hint.as_ref().map(|hint| hint.id.clone()).unwrap_or_default();
            CheckboxShown {
                divider: item.divider.clone(),
                name: field::id_or_name(&item.name, &self.name),
                value: item.value.clone(),
                is_checked: item.checked.unwrap_or_else(|| self.values.contains(&item.value)),
                disabled: item.disabled,
                described_by: format!("{shared} {own}").trim().into(),
                label: field::item_label(&item.label, "govuk-checkboxes__label", &item.content(), &id),
                hint,
                id,
            }
        };
        self.items.iter().enumerate().map(shown).collect()
    }
}

impl Checkbox {
    /// An answer.
    pub fn new(value: impl Into<Text>, content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        Self { value: value.into(), text, html, ..Self::default() }
    }

    /// Adds a hint.
    pub fn hint(mut self, content: impl Into<Content>) -> Self {
        self.hint = Some(Hint::new(content));
        self
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}

#[derive(Clone, Debug, Template)]
#[template(path = "components/checkboxes.html")]
struct CheckboxesBody {
    head: FieldHead,
    classes: Text,
    items: Vec<CheckboxShown>,
}
is_html!(CheckboxesBody);

/// An answer with everything that depends on its place among the others.
#[derive(Clone, Debug)]
struct CheckboxShown {
    divider: Text,
    id: Text,
    name: Text,
    value: Text,
    is_checked: bool,
    disabled: bool,
    described_by: Text,
    label: Label,
    hint: Option<Hint>,
}
