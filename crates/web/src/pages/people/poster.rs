//! The link of a node with its picture for the wall, so that people get to the form by pointing a phone at it.

use crate::components::{Button, Link, Panel};
use crate::filters;
use crate::layout::Layout;
use askama::Template;
use qrcode::{Color, QrCode};
use waymark_domain::ids::NodeId;

/// The page with the link for the wall.
#[derive(Debug, Template)]
#[template(path = "pages/people/poster.html")]
pub struct PosterPage {
    /// The shell.
    pub layout: Layout,
    /// Shown once, when the first run is done.
    pub panel: Option<Panel>,
    /// What is still to do before all works, each in a sentence that leads there.
    pub open: Vec<Link>,
    /// The address.
    pub address: String,
    /// The name of the node.
    pub name: String,
    /// The way on.
    pub on: Button,
}

/// The address of the form at a node.
pub fn tell_address(origin: &str, node: NodeId) -> String {
    format!("{origin}/tell?at={}", node.0)
}

impl PosterPage {
    /// The picture of the address.
    pub fn picture(&self) -> Option<Picture> {
        Picture::of(&self.address, "first-run-code")
    }
}

/// A QR code as one path; a phone's camera reads the address from it.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/people/picture.html")]
pub struct Picture {
    label: &'static str,
    path: String,
    side: usize,
}
is_html!(Picture);

/// White around the code, in its own squares: the standard asks for four.
const MARGIN: usize = 4;

impl Picture {
    /// The picture of a text, with the key of what it is called; nothing for one that is longer than a code can hold.
    pub fn of(text: &str, label: &'static str) -> Option<Self> {
        let code = QrCode::new(text).ok()?;
        let width = code.width();
        let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
        let square = |(place, _): (usize, Color)| {
            format!("M{} {}h1v1h-1z", place % width + MARGIN, place / width + MARGIN)
        };
        Some(Self { label, path: dark.map(square).collect(), side: width + 2 * MARGIN })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_a_square_for_each_dark_place_and_a_margin() {
        let picture = Picture::of("http://127.0.0.1:8080/tell?at=1", "first-run-code").unwrap();
        let dark = QrCode::new("http://127.0.0.1:8080/tell?at=1").unwrap().to_colors();
        let dark = dark.into_iter().filter(|color| *color == Color::Dark).count();
        assert_eq!(picture.path.matches('M').count(), dark);
        assert!(picture.path.starts_with("M4 4h1v1h-1z"), "the first corner is dark");
        assert!(Picture::of(&"x".repeat(9_000), "first-run-code").is_none());
    }
}
