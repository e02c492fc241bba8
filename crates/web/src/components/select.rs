//! A choice from a list that is too long for radios.

use askama::Template;

use super::field::{self, FieldHead};
use super::{Content, ErrorMessage, FormGroup, Hint, Label, Text};
use crate::filters;

options! {
    /// A list that opens. Radios are better for fewer than about ten.
    #[derive(Template)]
    #[template(path = "components/select.html")]
    pub struct Select {
        /// Name under which it is sent.
        pub name: Text,
        /// Id; the name where nothing is given.
        pub id: Text,
        /// What it asks for.
        pub label: Label,
        /// The choices.
        pub items: Vec<SelectItem>,
        /// The value that is chosen.
        pub value: Text,
        /// Help.
        pub hint: Option<Hint>,
        /// What is wrong with what was filled in.
        pub error_message: Option<ErrorMessage>,
        /// Not to be filled in.
        pub disabled: bool,
        /// Ids of what else describes it.
        pub described_by: Text,
        /// Further classes.
        pub classes: Text,
        /// The element around it.
        pub form_group: FormGroup,
    }

    /// One choice.
    pub struct SelectItem {
        /// Words.
        pub text: Text,
        /// What is sent; the words where nothing is given.
        pub value: Option<Text>,
        /// Chosen, whatever the value of the whole says.
        pub selected: Option<bool>,
        /// Not to be chosen.
        pub disabled: bool,
    }
}
is_html!(Select);

impl Select {
    /// A list of choices as pairs of value and words.
    pub fn new<V: Into<Text>, T: Into<Text>>(
        name: impl Into<Text>,
        label: impl Into<Label>,
        choices: impl IntoIterator<Item = (V, T)>,
    ) -> Self {
        let item = |(value, text): (V, T)| SelectItem {
            text: text.into(),
            value: Some(value.into()),
            ..SelectItem::default()
        };
        Self {
            name: name.into(),
            label: label.into(),
            items: choices.into_iter().map(item).collect(),
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

    /// Chooses the item with this value.
    pub fn value(mut self, value: impl Into<Text>) -> Self {
        self.value = value.into();
        self
    }

    fn field_id(&self) -> Text {
        field::id_or_name(&self.id, &self.name)
    }

    fn head(&self) -> FieldHead {
        let id = self.field_id();
        FieldHead::new(&id, self.hint.as_ref(), self.error_message.as_ref()).labelled(&self.label, &id)
    }

    fn described(&self) -> Text {
        self.head().described_by(&self.described_by)
    }

    fn is_selected(&self, item: &SelectItem) -> bool {
        let is_value = !self.value.is_empty() && *item.value.as_ref().unwrap_or(&item.text) == self.value;
        item.selected.unwrap_or(is_value)
    }
}
