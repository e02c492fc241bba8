//! Table.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// Facts that are compared with each other.
    #[derive(Template)]
    #[template(path = "components/table.html")]
    pub struct Table {
        /// What it shows.
        pub caption: Text,
        /// Further classes of the caption, mostly its size.
        pub caption_classes: Text,
        /// Heads of the columns.
        pub head: Vec<Head>,
        /// The rows.
        pub rows: Vec<Vec<Cell>>,
        /// The first cell of each row names it.
        pub first_cell_is_header: bool,
        /// Further classes.
        pub classes: Text,
    }

    /// Head of a column.
    pub struct Head {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// `numeric` for a column of numbers.
        pub format: Text,
        /// How many columns it spans.
        pub colspan: Option<u32>,
        /// How many rows it spans.
        pub rowspan: Option<u32>,
        /// Further classes.
        pub classes: Text,
    }

    /// A cell.
    pub struct Cell {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// `numeric` for a number.
        pub format: Text,
        /// How many columns it spans.
        pub colspan: Option<u32>,
        /// How many rows it spans.
        pub rowspan: Option<u32>,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(Table);

impl Table {
    /// A table of rows whose first cells name them.
    pub fn new(
        caption: impl Into<Text>,
        head: impl IntoIterator<Item = Head>,
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) -> Self {
        Self {
            caption: caption.into(),
            caption_classes: "govuk-table__caption--m".into(),
            head: head.into_iter().collect(),
            rows: rows.into_iter().collect(),
            first_cell_is_header: true,
            classes: Text::default(),
        }
    }
}

impl Head {
    /// Head of a column of words.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Head of a column of numbers.
    pub fn numeric(text: impl Into<Text>) -> Self {
        Self { format: "numeric".into(), ..Self::new(text) }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}

impl Cell {
    /// A cell of words, a link, a tag.
    pub fn new(content: impl Into<Content>) -> Self {
        let (text, html) = content.into().into_options();
        Self { text, html, ..Self::default() }
    }

    /// A cell with a number, already written for the reader's language.
    pub fn numeric(content: impl Into<Content>) -> Self {
        Self { format: "numeric".into(), ..Self::new(content) }
    }

    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}
