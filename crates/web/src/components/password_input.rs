//! A password, with a button that shows it where the script runs.

use askama::Template;

use super::field;
use super::input::InputWrapper;
use super::{Content, ErrorMessage, FormGroup, Hint, Html, Input, Label, Text};
use crate::filters;

options! {
    /// A field for a password.
    #[derive(Template)]
    #[template(source = "{{ self.input() }}", ext = "html")]
    pub struct PasswordInput {
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
        /// What is filled in; pages never send a password back.
        pub(super) value: Option<Text>,
        /// `current-password` where nothing is given.
        pub autocomplete: Text,
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
is_html!(PasswordInput);

impl PasswordInput {
    /// A field for the password that someone has.
    pub fn new(name: impl Into<Text>, label: impl Into<Label>) -> Self {
        Self { name: name.into(), label: label.into(), ..Self::default() }
    }

    /// A field for a password that someone makes up now.
    pub fn for_new(name: impl Into<Text>, label: impl Into<Label>) -> Self {
        Self { autocomplete: "new-password".into(), ..Self::new(name, label) }
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

    fn input(&self) -> Input {
        let id = field::id_or_name(&self.id, &self.name);
        let classes = |own: &str, given: &Text| format!("{own} {given}").trim().into();
        let or_current =
            |given: &Text| if given.is_empty() { "current-password".into() } else { given.clone() };
        Input {
            kind: "password".into(),
            spellcheck: Some(false),
            autocapitalize: Some("none".into()),
            autocomplete: Some(or_current(&self.autocomplete)),
            classes: classes("govuk-password-input__input govuk-js-password-input-input", &self.classes),
            form_group: FormGroup { classes: classes("govuk-password-input", &self.form_group.classes) },
            input_wrapper: InputWrapper { classes: "govuk-password-input__wrapper".into() },
            group_attributes: Some(PasswordAttributes.into()),
            after: Some(Html::from(PasswordToggle { id: id.clone() })),
            name: self.name.clone(),
            id,
            label: self.label.clone(),
            hint: self.hint.clone(),
            error_message: self.error_message.clone(),
            value: self.value.clone(),
            disabled: self.disabled,
            described_by: self.described_by.clone(),
            ..Input::default()
        }
    }
}

/// What the script reads: its words, in other languages than English.
#[derive(Clone, Debug, Template)]
#[template(path = "components/password-attributes.html")]
struct PasswordAttributes;
is_html!(PasswordAttributes);

/// The button that shows the password.
#[derive(Clone, Debug, Template)]
#[template(path = "components/password-toggle.html")]
struct PasswordToggle {
    id: Text,
}
is_html!(PasswordToggle);
