//! Pagination: the pages of a list, or the page before and after.

use askama::Template;

use super::{Html, Text};
use crate::filters;

options! {
    /// Links to other pages of the same list.
    #[derive(Template)]
    #[template(path = "components/pagination.html")]
    pub struct Pagination {
        /// The page before.
        pub previous: Option<PaginationLink>,
        /// The page after.
        pub next: Option<PaginationLink>,
        /// Pages by number.
        pub items: Vec<PaginationItem>,
        /// Name of the landmark.
        pub landmark_label: Text,
        /// Further classes.
        pub classes: Text,
    }

    /// A link to the page before or after.
    pub struct PaginationLink {
        /// Words; *Previous page* or *Next page* where nothing is given.
        pub text: Text,
        /// HTML instead of words.
        pub html: Option<Html>,
        /// What that page is about.
        pub label_text: Text,
        /// Where it leads.
        pub href: Text,
    }

    /// A page by its number, or a gap.
    pub struct PaginationItem {
        /// Number.
        pub number: Text,
        /// Where it leads.
        pub href: Text,
        /// The page that is shown.
        pub current: bool,
        /// A gap instead of a page.
        pub ellipsis: bool,
        /// What a screen reader says; *Page* and the number where nothing is given.
        pub visually_hidden_text: Text,
    }
}
is_html!(Pagination);

/// How many pages either side of the current one are named.
const NEIGHBOURS: u32 = 1;

impl Pagination {
    /// The pages of a list, counted from 1, with gaps: first, neighbours of the current one, last.
    pub fn of(current: u32, last: u32, address: impl Fn(u32) -> String) -> Self {
        let link = |page: u32| PaginationLink { href: address(page).into(), ..PaginationLink::default() };
        let mut items = Vec::new();
        let mut before = 0;
        for page in (1..=last).filter(|page| [1, last].contains(page) || page.abs_diff(current) <= NEIGHBOURS)
        {
            if page > before + 1 {
                items.push(PaginationItem { ellipsis: true, ..PaginationItem::default() });
            }
            items.push(PaginationItem::new(page, address(page), page == current));
            before = page;
        }
        Self {
            previous: (current > 1).then(|| link(current - 1)),
            next: (current < last).then(|| link(current + 1)),
            items,
            ..Self::default()
        }
    }

    fn is_block(&self) -> bool {
        self.items.is_empty() && (self.previous.is_some() || self.next.is_some())
    }
}

impl PaginationLink {
    fn content(&self) -> super::Content {
        super::Content::of(&self.text, self.html.as_ref())
    }

    fn has_label(&self) -> bool {
        !self.label_text.is_empty()
    }
}

impl PaginationItem {
    fn new(number: u32, href: String, current: bool) -> Self {
        Self { number: number.to_string().into(), href: href.into(), current, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(current: u32, last: u32) -> String {
        let pages = Pagination::of(current, last, |page| format!("?page={page}"));
        let word = |item: &PaginationItem| match (item.ellipsis, item.current) {
            (true, _) => "…".to_owned(),
            (false, true) => format!("[{}]", item.number),
            (false, false) => item.number.to_string(),
        };
        pages.items.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn far_pages_are_left_out_between_the_ends_and_the_neighbours() {
        assert_eq!(numbers(1, 1), "[1]");
        assert_eq!(numbers(2, 3), "1 [2] 3");
        assert_eq!(numbers(6, 42), "1 … 5 [6] 7 … 42");
        assert_eq!(numbers(42, 42), "1 … 41 [42]");
    }
}
