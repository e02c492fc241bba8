//! Radios: one of a few.

use askama::Template;

use super::field::{self, FieldGroup, FieldHead, part};
use super::{Content, ErrorMessage, Fieldset, FormGroup, Hint, Html, Label, Text};
use crate::filters;

options! {
    /// One answer out of a few. Nothing is chosen beforehand.
    #[derive(Template)]
    #[template(source = "{{ self.group() }}", ext = "html")]
    pub struct Radios {
        /// Name under which the answer is sent.
        pub name: Text,
        /// Beginning of the ids; the name where nothing is given.
        pub id_prefix: Text,
        /// The question.
        pub fieldset: Option<Fieldset>,
        /// The answers.
        pub items: Vec<Radio>,
        /// The value that is chosen.
        pub value: Text,
        /// Help.
        pub hint: Option<Hint>,
        /// What is wrong.
        pub error_message: Option<ErrorMessage>,
        /// Further classes.
        pub classes: Text,
        /// The element around it.
        pub form_group: FormGroup,
    }

    /// One answer, or a word between answers.
    pub struct Radio {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// What is sent.
        pub value: Text,
        /// Help for this answer.
        pub hint: Option<Hint>,
        /// Id.
        pub id: Text,
        /// Classes of the label.
        pub label: Label,
        /// Chosen, whatever the value of the whole says.
        pub checked: Option<bool>,
        /// Not to be chosen.
        pub disabled: bool,
        /// A word such as *or*, instead of an answer.
        pub divider: Text,
    }
}
is_html!(Radios);

impl Radios {
    /// A question with its answers.
    pub fn new(
        name: impl Into<Text>,
        question: impl Into<Fieldset>,
        answers: impl IntoIterator<Item = Radio>,
    ) -> Self {
        Self {
            name: name.into(),
            fieldset: Some(question.into()),
            items: answers.into_iter().collect(),
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

    /// Chooses the answer with this value.
    pub fn value(mut self, value: impl Into<Text>) -> Self {
        self.value = value.into();
        self
    }

    /// Puts the answers beside each other; for *yes* and *no* only.
    pub fn inline(mut self) -> Self {
        self.classes = "govuk-radios--inline".into();
        self
    }

    fn group(&self) -> FieldGroup {
        let prefix = field::id_or_name(&self.id_prefix, &self.name);
        let head = FieldHead::new(&prefix, self.hint.as_ref(), self.error_message.as_ref());
        let given = self.fieldset.as_ref().map(|fieldset| fieldset.described_by.clone()).unwrap_or_default();
        let described_by = head.described_by(&given);
        let body = RadiosBody { head, classes: self.classes.clone(), items: self.items_shown(&prefix) };
        FieldGroup::new(
            self.form_group.classes.clone(),
            self.error_message.is_some(),
            self.fieldset.clone().map(|fieldset| Fieldset { described_by, ..fieldset }),
            body,
        )
    }

    fn items_shown(&self, prefix: &Text) -> Vec<RadioShown> {
        let shown = |(place, item): (usize, &Radio)| {
            let id = field::item_id(&item.id, prefix, place);
            RadioShown {
                divider: item.divider.clone(),
                name: self.name.clone(),
                value: item.value.clone(),
                is_checked: self.is_checked(item),
                disabled: item.disabled,
                label: field::item_label(&item.label, "govuk-radios__label", &item.content(), &id),
                hint: item.hint.as_ref().map(|hint| field::item_hint(hint, "govuk-radios__hint", &id)),
                id,
            }
        };
        self.items.iter().enumerate().map(shown).collect()
    }

    fn is_checked(&self, item: &Radio) -> bool {
        item.checked.unwrap_or(!self.value.is_empty() && item.value == self.value)
    }
}

impl Radio {
    /// An answer.
    pub fn new(value: impl Into<Text>, content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        Self { value: value.into(), text, html, ..Self::default() }
    }

    /// A word between answers, such as *or*.
    pub fn divider(word: impl Into<Text>) -> Self {
        Self { divider: word.into(), ..Self::default() }
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
#[template(path = "components/radios.html")]
struct RadiosBody {
    head: FieldHead,
    classes: Text,
    items: Vec<RadioShown>,
}
is_html!(RadiosBody);

/// An answer with everything that depends on its place among the others.
#[derive(Clone, Debug)]
struct RadioShown {
    divider: Text,
    id: Text,
    name: Text,
    value: Text,
    is_checked: bool,
    disabled: bool,
    label: Label,
    hint: Option<Hint>,
}

impl RadioShown {
    fn described_by(&self) -> Text {
        if self.hint.is_some() { part(&self.id, "item-hint") } else { Text::default() }
    }
}
