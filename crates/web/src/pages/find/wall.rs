//! The sheets for the wall: what was said and done, and the poster whose QR code opens the form.

use crate::components::{Cell, Head, Html, Table, Text};
use crate::failure::Outcome;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use qrcode::{Color, QrCode};
use waymark_app::find::doors::{self, Spot};
use waymark_app::find::wall::{self, Line, Sheet};
use waymark_app::routes::Route;
use waymark_app::words::{date, short_date, text};
use waymark_app::{Error, Result};
use waymark_domain::ids::NodeId;

/// The wall sheet of a place.
#[derive(Debug, Template)]
#[template(path = "pages/find/wall.html")]
pub struct WallPage {
    layout: Layout,
    sheet: Sheet,
    code: Code,
}

/// The QR poster of a place.
#[derive(Debug, Template)]
#[template(path = "pages/find/poster.html")]
pub struct PosterPage {
    layout: Layout,
    spot: Spot,
    code: Code,
}

/// A QR code as one path of squares, and the address that it says.
#[derive(Debug, Template)]
#[template(path = "pages/find/code.html")]
struct Code {
    address: String,
    path: String,
    size: usize,
}
is_html!(Code);

/// Clear space around a code, in squares (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

impl Code {
    fn of(address: String) -> Result<Self> {
        let code = QrCode::new(address.as_bytes()).map_err(Error::internal)?;
        let width = code.width();
        let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
        let squares = dark.map(|(place, _)| {
            let (x, y) = (place % width + QUIET, place / width + QUIET);
            format!("M{x} {y}h1v1h-1z")
        });
        Ok(Self { address, path: squares.collect(), size: width + 2 * QUIET })
    }
}

impl WallPage {
    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn day(&self) -> String {
        date(self.layout.lang, self.sheet.day)
    }

    fn head(&self, keys: [&str; 3]) -> [Head; 3] {
        keys.map(|key| Head::new(self.text(key)))
    }

    fn said(line: &Line) -> Cell {
        let title = Titled {
            title: line.title.as_str().into(),
            lang: line.language.code(),
            reference: line.reference.as_str().into(),
        };
        Cell::new(Html::from(title))
    }

    fn became(&self, line: &Line) -> Became {
        let changed = line.changed.as_ref();
        Became {
            stage: self.text(&format!("wall-stage-{}", line.stage.name())).into(),
            changed: changed.map(|(words, language)| (Text::from(words.as_str()), language.code())),
        }
    }

    fn waiting(&self) -> Option<Table> {
        let rows = self.sheet.waiting.iter().map(|line| {
            let until = line.next.map(|day| short_date(self.layout.lang, day)).unwrap_or_default();
            // A name beside a day that has passed, printed and on the wall, would be a list of somebody's misses.
            let is_late = line.next.is_some_and(|day| day < self.sheet.day);
            let with = if is_late { self.text("wall-with-page") } else { line.owner.clone() };
            vec![Self::said(line), Cell::new(with), Cell::new(until)]
        });
        let heads = self.head(["wall-said", "wall-with", "wall-until"]);
        (!self.sheet.waiting.is_empty()).then(|| Table::new(self.text("wall-waiting"), heads, rows))
    }

    fn ended(&self) -> Option<Table> {
        let rows = self
            .sheet
            .ended
            .iter()
            .map(|line| vec![Self::said(line), Cell::new(Html::from(self.became(line)))]);
        let heads = ["wall-said", "wall-did"].map(|key| Head::new(self.text(key)));
        (!self.sheet.ended.is_empty()).then(|| Table::new(self.text("wall-done"), heads, rows))
    }
}

/// A title in its own language with the reference under it.
#[derive(Debug, Clone, Template)]
#[template(
    source = "<span lang=\"{{ lang }}\">{{ title }}</span><br><small>{{ reference }}</small>",
    ext = "html"
)]
struct Titled {
    title: Text,
    lang: &'static str,
    reference: Text,
}
is_html!(Titled);

/// What became of it, with what changed in the words of whoever tried it.
#[derive(Debug, Clone, Template)]
#[template(
    source = "{{ stage }}{% if let Some((words, lang)) = changed %}<br><span lang=\"{{ lang }}\">{{ words }}</span>{% endif %}",
    ext = "html"
)]
struct Became {
    stage: Text,
    changed: Option<(Text, &'static str)>,
}
is_html!(Became);

/// `GET /places/{node}/wall`
pub async fn get(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let shown = async {
        let node = NodeId::parse(&node).ok_or(Error::NotFound)?;
        let (mut ctx, me) = visitor.read().await?;
        let sheet = wall::sheet(&mut ctx, node).await?;
        let layout = visitor.layout(me.as_ref(), visitor.text("wall-title"));
        let page = WallPage { layout, sheet, code: code(&visitor, node)? };
        Ok(page::answer(StatusCode::OK, &page, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}

/// `GET /places/{node}/poster`
pub async fn get_poster(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let shown = async {
        let node = NodeId::parse(&node).ok_or(Error::NotFound)?;
        let (mut ctx, me) = visitor.read().await?;
        let spot = doors::spot_of(&mut ctx, node).await?;
        let layout = visitor.layout(me.as_ref(), visitor.text("wall-poster-title"));
        let page = PosterPage { layout, spot, code: code(&visitor, node)? };
        Ok(page::answer(StatusCode::OK, &page, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}

/// The code that opens the form with the place filled in.
fn code(visitor: &Visitor, node: NodeId) -> Result<Code> {
    Code::of(format!("{}{}?at={node}", visitor.env.config.origin, Route::Tell))
}
