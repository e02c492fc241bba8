//! Several lines of text.

use askama::Template;

use super::field::{self, FieldHead};
use super::{Content, ErrorMessage, FormGroup, Hint, Html, Label, Text};
use crate::filters;

options! {
    /// A field for several lines.
    #[derive(Template)]
    #[template(path = "components/textarea.html")]
    pub struct Textarea {
        /// Name under which it is sent.
        pub name: Text,
        /// Id; the name where nothing is given.
        pub id: Text,
        /// What it asks for.
        pub label: Label,
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
        /// What a browser may fill in.
        pub autocomplete: Text,
        /// Not to be filled in.
        pub disabled: bool,
        /// Ids of what else describes it.
        pub described_by: Text,
        /// Further classes.
        pub classes: Text,
        /// The element around it.
        pub form_group: FormGroup,
        /// What stands after the field; components set it themselves.
        #[cfg_attr(feature = "fixtures", serde(skip))]
        pub(super) after: Option<Html>,
        /// Attributes of the element around it; components set them themselves.
        #[cfg_attr(feature = "fixtures", serde(skip))]
        pub(super) group_attributes: Option<Html>,
    }
}
is_html!(Textarea);

impl Textarea {
    /// A field for several lines of text.
    pub fn new(name: impl Into<Text>, label: impl Into<Label>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
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

    fn rows_or_five(&self) -> u32 {
        self.rows.unwrap_or(5)
    }
}
