//! One line of text.

use askama::Template;

use super::field::{self, FieldHead};
use super::{Content, ErrorMessage, FormGroup, Hint, Html, Label, Text};
use crate::filters;

options! {
    /// A field for one line.
    #[derive(Template)]
    #[template(path = "components/input.html")]
    pub struct Input {
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
        pub value: Option<Text>,
        /// `text` where nothing is given.
        #[cfg_attr(feature = "fixtures", serde(rename = "type"))]
        pub kind: Text,
        /// Keyboard of a phone: `numeric`, `decimal`, `email`, `tel`.
        pub inputmode: Option<Text>,
        /// What a browser may fill in (WCAG 1.3.5).
        pub autocomplete: Option<Text>,
        /// Capital letters on a phone.
        pub autocapitalize: Option<Text>,
        /// Pattern of the value.
        pub pattern: Option<Text>,
        /// Check the spelling.
        pub spellcheck: Option<bool>,
        /// Not to be filled in.
        pub disabled: bool,
        /// What stands before it, such as `£`.
        pub prefix: Option<Affix>,
        /// What stands after it, such as *days*.
        pub suffix: Option<Affix>,
        /// Ids of what else describes it.
        pub described_by: Text,
        /// Further classes, mostly a width.
        pub classes: Text,
        /// The element around it.
        pub form_group: FormGroup,
        /// The element around field, prefix and suffix.
        pub input_wrapper: InputWrapper,
        /// What stands after the field inside its wrapper; components set it themselves.
        #[cfg_attr(feature = "fixtures", serde(skip))]
        pub(super) after: Option<Html>,
        /// Attributes of the element around it; components set them themselves.
        #[cfg_attr(feature = "fixtures", serde(skip))]
        pub(super) group_attributes: Option<Html>,
    }

    /// A unit before or after a field. Screen readers do not hear it: the label says it too.
    pub struct Affix {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Further classes.
        pub classes: Text,
    }

    /// The element around field, prefix and suffix.
    pub struct InputWrapper {
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(Input);

impl Input {
    /// A field for one line of text.
    pub fn new(name: impl Into<Text>, label: impl Into<Label>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    /// A field for an e-mail address.
    pub fn email(name: impl Into<Text>, label: impl Into<Label>) -> Self {
        Self {
            kind: "email".into(),
            autocomplete: Some("email".into()),
            spellcheck: Some(false),
            ..Self::new(name, label)
        }
    }

    /// A field for whole numbers.
    pub fn whole_number(name: impl Into<Text>, label: impl Into<Label>) -> Self {
        Self {
            inputmode: Some("numeric".into()),
            classes: "govuk-input--width-5".into(),
            ..Self::new(name, label)
        }
    }

    /// A field for pounds.
    pub fn pounds(name: impl Into<Text>, label: impl Into<Label>) -> Self {
        Self {
            inputmode: Some("decimal".into()),
            classes: "govuk-input--width-10".into(),
            prefix: Some(Affix::new("£")),
            ..Self::new(name, label)
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

    /// Fills the field in.
    pub fn value(mut self, value: impl Into<Text>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Sets further classes.
    pub fn classes(mut self, classes: impl Into<Text>) -> Self {
        self.classes = classes.into();
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

    fn type_or_text(&self) -> &str {
        if self.kind.is_empty() { "text" } else { self.kind.as_str() }
    }

    fn shown(affix: Option<&Affix>) -> Option<&Affix> {
        affix.filter(|affix| !affix.content().is_empty())
    }

    fn prefix_shown(&self) -> Option<&Affix> {
        Self::shown(self.prefix.as_ref())
    }

    fn suffix_shown(&self) -> Option<&Affix> {
        Self::shown(self.suffix.as_ref())
    }

    fn is_wrapped(&self) -> bool {
        self.prefix_shown().is_some() || self.suffix_shown().is_some() || self.after.is_some()
    }
}

impl Affix {
    /// A unit.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
