//! How a figure is counted, in words: what stands in the one definition, and what is known of how it can be gamed.

use super::rows::Told;
use crate::components::{Html, Row, SummaryList};
use waymark_app::words::{text, text_with};

/// What is said of every figure, by the last part of its key.
const PARTS: [&str; 5] = ["numerator", "denominator", "complete", "gaming", "counter"];

pub(super) fn definition(told: &Told<'_>) -> Html {
    let definition = told.figure.id.definition();
    let parts =
        PARTS.iter().map(|part| Row::new(text(told.lang, &format!("figures-{part}")), told.text(part)));
    let sources = Row::new(text(told.lang, "figures-sources"), definition.sources.join(", "));
    let values = [
        ("figure", told.figure.id.name().into()),
        ("version", definition.version.into()),
        ("indicator", definition.indicator.unwrap_or_default().into()),
    ];
    let name = if definition.indicator.is_some() { "figures-number" } else { "figures-number-own" };
    let number = Row::new(text(told.lang, "figures-definition"), text_with(told.lang, name, &values));
    SummaryList::new(parts.chain([sources, number])).into()
}
