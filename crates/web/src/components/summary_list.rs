//! Summary list: facts as pairs of a name and a value, each with what can be done about it.

use askama::Template;

use super::{Content, Html, Text};
use crate::filters;

options! {
    /// Facts about one thing.
    #[derive(Template)]
    #[template(path = "components/summary-list.html")]
    pub struct SummaryList {
        /// The facts.
        pub rows: Vec<Row>,
        /// A card around them, where a page shows several things.
        pub card: Option<Card>,
        /// Further classes.
        pub classes: Text,
    }

    /// One fact.
    pub struct Row {
        /// Its name.
        pub key: RowText,
        /// Its value.
        pub value: RowText,
        /// What can be done about it.
        pub actions: Option<Actions>,
        /// Further classes.
        pub classes: Text,
    }

    /// Name or value of a fact.
    pub struct RowText {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Further classes.
        pub classes: Text,
    }

    /// What can be done about a fact or a card.
    pub struct Actions {
        /// The links.
        pub items: Vec<Action>,
        /// Further classes.
        pub classes: Text,
    }

    /// A link such as *Change*.
    pub struct Action {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Where it leads.
        pub href: Text,
        /// What a screen reader says besides, so that it knows what *Change* changes.
        pub visually_hidden_text: Text,
        /// Further classes.
        pub classes: Text,
    }

    /// A card around the facts.
    pub struct Card {
        /// Its title.
        pub title: Option<CardTitle>,
        /// What can be done about the whole.
        pub actions: Option<Actions>,
        /// Further classes.
        pub classes: Text,
    }

    /// Title of a card.
    pub struct CardTitle {
        /// Words.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// Level of the heading; 2 where nothing is given.
        pub heading_level: Option<u32>,
        /// Further classes.
        pub classes: Text,
    }
}
is_html!(SummaryList);

impl SummaryList {
    /// A list of facts.
    pub fn new(rows: impl IntoIterator<Item = Row>) -> Self {
        Self { rows: rows.into_iter().collect(), ..Self::default() }
    }

    /// Puts a card with this title around it.
    pub fn in_card(self, title: impl Into<Text>) -> Self {
        let title = CardTitle { text: title.into(), ..CardTitle::default() };
        Self { card: Some(Card { title: Some(title), ..Card::default() }), ..self }
    }

    fn any_row_has_actions(&self) -> bool {
        self.rows.iter().any(|row| row.actions.as_ref().is_some_and(|actions| !actions.items.is_empty()))
    }

    /// A row without actions beside rows with some needs a class, or its line breaks off.
    fn lacks_actions(&self, row: &Row) -> bool {
        self.any_row_has_actions() && row.actions.is_none()
    }

    fn card_title(&self) -> Content {
        let title = self.card.as_ref().and_then(|card| card.title.as_ref());
        title.map_or_else(|| Content::from(""), CardTitle::content)
    }
}

impl Row {
    /// A fact.
    pub fn new(key: impl Into<Text>, value: impl Into<Content>) -> Self {
        let (text, html) = value.into().into_options();
        Self {
            key: RowText { text: key.into(), ..RowText::default() },
            value: RowText { text, html, ..RowText::default() },
            ..Self::default()
        }
    }

    /// Adds a link; `what` is what a screen reader says after its words.
    pub fn action(mut self, text: impl Into<Text>, href: impl Into<Text>, what: impl Into<Text>) -> Self {
        let action = Action {
            text: text.into(),
            href: href.into(),
            visually_hidden_text: what.into(),
            ..Action::default()
        };
        self.actions.get_or_insert_default().items.push(action);
        self
    }
}

impl RowText {
    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}

impl Action {
    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }
}

impl CardTitle {
    fn content(&self) -> Content {
        Content::of(&self.text, self.html.as_ref())
    }

    fn level(&self) -> u32 {
        self.heading_level.unwrap_or(2)
    }
}
