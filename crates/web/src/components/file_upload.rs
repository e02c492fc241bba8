//! A file from the reader's device.

use askama::Template;

use super::field::{self, FieldHead};
use super::{Content, ErrorMessage, FormGroup, Hint, Label, Text};
use crate::filters;

options! {
    /// A field for a file. Say in the hint which kinds and how large.
    #[derive(Template)]
    #[template(path = "components/file-upload.html")]
    pub struct FileUpload {
        /// Name under which it is sent.
        pub name: Text,
        /// Id; the name where nothing is given.
        pub id: Text,
        /// What it asks for.
        pub label: Label,
        /// Help.
        pub hint: Option<Hint>,
        /// What is wrong with what was sent.
        pub error_message: Option<ErrorMessage>,
        /// More than one file.
        pub multiple: bool,
        /// Not to be filled in.
        pub disabled: bool,
        /// Ids of what else describes it.
        pub described_by: Text,
        /// Further classes.
        pub classes: Text,
        /// The element around it.
        pub form_group: FormGroup,
    }
}
is_html!(FileUpload);

impl FileUpload {
    /// A field for one file.
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
}
