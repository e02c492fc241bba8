//! What in somebody's words could tell who somebody is: pointed out before these are sent. It stops nobody.

use crate::components::Link;
use crate::filters;
use crate::form::Form;
use crate::pages::route::round::BOX;
use askama::Template;
use waymark_app::find::named::{self, Found};
use waymark_app::words::{Lang, text};
use waymark_app::{Ctx, Result};
use waymark_domain::ids::NodeId;
use waymark_domain::reference::Reference;

/// The fields of forms on a record into which words are typed that others read. Not those that ask for somebody's name.
const TEXTS: [&str; 11] = [
    "comment",
    "reply",
    "question",
    "news",
    "why",
    "did",
    "changed",
    "words",
    "awaited",
    "would-change",
    "line",
];

/// The part of a page that points it out.
#[derive(Debug, Template)]
#[template(path = "pages/find/named.html")]
pub struct PointedOut {
    found: Vec<(String, String)>,
    change: Option<Link>,
}
is_html!(PointedOut);

impl PointedOut {
    /// What was found, in words; nothing where nothing was.
    pub fn of(found: Vec<Found>, lang: Lang) -> Option<Self> {
        let looks = |found: Found| (found.words, text(lang, &format!("tell-named-{}", found.looks.name())));
        let found: Vec<_> = found.into_iter().map(looks).collect();
        (!found.is_empty()).then_some(Self { found, change: None })
    }

    /// With the way to where the words are changed.
    pub fn change(self, link: Link) -> Self {
        Self { change: Some(link), ..self }
    }
}

/// What in the words of a form on a record could tell who somebody is, if whoever sends it was not asked yet.
///
/// # Errors
/// What [`named::named_on`] says.
pub async fn in_form<K>(ctx: &mut Ctx<'_, K>, on: &Reference, form: &Form) -> Result<Vec<Found>> {
    if form.value("sure") == "yes" {
        return Ok(Vec::new());
    }
    named::named_on(ctx, on, &texts(form)).await
}

/// The same for a form on what stands at a place.
///
/// # Errors
/// What [`named::named_at`] says.
pub async fn in_form_at<K>(ctx: &mut Ctx<'_, K>, node: NodeId, form: &Form) -> Result<Vec<Found>> {
    if form.value("sure") == "yes" {
        return Ok(Vec::new());
    }
    named::named_at(ctx, Some(node), &texts(form)).await
}

/// The same for one field of a form, whatever its name.
///
/// # Errors
/// As [`in_form_at`].
pub async fn in_field_at<K>(
    ctx: &mut Ctx<'_, K>,
    node: NodeId,
    (form, field): (&Form, &str),
) -> Result<Vec<Found>> {
    if form.value("sure") == "yes" {
        return Ok(Vec::new());
    }
    named::named_at(ctx, Some(node), form.value(field)).await
}

/// The words of a form, whatever else is in it.
fn texts(form: &Form) -> String {
    // Whoever has nothing to add sends nothing of what they typed.
    if form.value("nothing") == "yes" {
        return String::new();
    }
    let is_text = |name: &str| TEXTS.contains(&name) || name.starts_with(BOX);
    let typed = form.pairs().filter(|(name, _)| is_text(name)).map(|(_, typed)| typed);
    typed.collect::<Vec<_>>().join("\n")
}
