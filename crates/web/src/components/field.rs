//! What all fields share: the group around them, the head (label, hint, message) and what describes them.

use askama::Template;

use super::{Content, ErrorMessage, Fieldset, Hint, Html, Label, Text};
use crate::filters;

options! {
    /// The element around a field.
    pub struct FormGroup {
        /// Further classes.
        pub classes: Text,
    }
}

/// Label, hint and message above a field.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "components/field-head.html")]
pub(super) struct FieldHead {
    label: Option<Label>,
    hint: Option<Hint>,
    error_message: Option<ErrorMessage>,
}
is_html!(FieldHead);

impl FieldHead {
    /// The head of the field `id`; what a page gave is pointed at that field.
    pub(super) fn new(id: &Text, hint: Option<&Hint>, error_message: Option<&ErrorMessage>) -> Self {
        let hint = hint.map(|hint| Hint { id: part(id, "hint"), ..hint.clone() });
        let error_message =
            error_message.map(|message| ErrorMessage { id: part(id, "error"), ..message.clone() });
        Self { label: None, hint, error_message }
    }

    pub(super) fn labelled(self, label: &Label, id: &Text) -> Self {
        Self { label: Some(Label { field: id.clone(), ..label.clone() }), ..self }
    }

    /// The ids for `aria-describedby`: what the page gave, then hint, then message.
    pub(super) fn described_by(&self, given: &Text) -> Text {
        let hint = self.hint.iter().map(|hint| &hint.id);
        let message = self.error_message.iter().map(|message| &message.id);
        let ids = std::iter::once(given).chain(hint).chain(message);
        ids.filter(|id| !id.is_empty()).map(Text::as_str).collect::<Vec<_>>().join(" ").into()
    }
}

/// A group of several controls, in a fieldset where it has a question of its own.
#[derive(Clone, Debug, Template)]
#[template(path = "components/field-group.html")]
pub(super) struct FieldGroup {
    classes: Text,
    is_wrong: bool,
    fieldset: Option<Fieldset>,
    inside: Html,
}
is_html!(FieldGroup);

impl FieldGroup {
    /// A group with this inside, inside the fieldset if there is one.
    pub(super) fn new(
        classes: Text,
        is_wrong: bool,
        fieldset: Option<Fieldset>,
        inside: impl Into<Html>,
    ) -> Self {
        let inside = inside.into();
        let fieldset = fieldset.map(|fieldset| fieldset.around(inside.clone()));
        Self { classes, is_wrong, fieldset, inside }
    }
}

/// The id of an item by its place, counted from nought. The first has no number, so that the summary of errors
/// can link to it.
pub(super) fn item_id(own: &Text, prefix: &Text, place: usize) -> Text {
    match (own.is_empty(), place) {
        (false, _) => own.clone(),
        (true, 0) => prefix.clone(),
        (true, _) => part(prefix, &(place + 1).to_string()),
    }
}

/// The label of a radio or checkbox.
pub(super) fn item_label(given: &Label, class: &str, content: &Content, id: &Text) -> Label {
    let (text, html) = content.clone().into_options();
    let classes = format!("{class} {}", given.classes).trim().into();
    Label { text, html, classes, field: id.clone(), is_page_heading: false }
}

/// The hint of a radio or checkbox.
pub(super) fn item_hint(given: &Hint, class: &str, id: &Text) -> Hint {
    let classes = format!("{class} {}", given.classes).trim().into();
    Hint { classes, id: part(id, "item-hint"), ..given.clone() }
}

/// `<id>-<what>`.
pub(super) fn part(id: &Text, what: &str) -> Text {
    format!("{id}-{what}").into()
}

/// An id, or the name where none was given.
pub(super) fn id_or_name(id: &Text, name: &Text) -> Text {
    if id.is_empty() { name.clone() } else { id.clone() }
}

/// The message of a problem that a field may have.
pub(super) fn message(problem: Option<impl Into<Text>>) -> Option<ErrorMessage> {
    problem.map(ErrorMessage::new)
}
