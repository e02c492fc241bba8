//! Sub-navigation: the parts of one record, each a page with an address of its own. No tabs: those hide what
//! a reader searches and cannot be linked to.

use askama::Template;

use super::NavigationItem;
use crate::filters;

/// Links to the parts of a record.
#[derive(Clone, Debug, Template)]
#[template(path = "components/sub-navigation.html")]
pub struct SubNavigation {
    items: Vec<NavigationItem>,
}
is_html!(SubNavigation);

impl SubNavigation {
    /// The parts; the one that is shown has `active`.
    pub fn new(items: impl IntoIterator<Item = NavigationItem>) -> Self {
        Self { items: items.into_iter().collect() }
    }
}
