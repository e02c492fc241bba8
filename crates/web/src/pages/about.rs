//! What anybody may read about the service itself: what it keeps of people, and who can use it.

use crate::components::{Cell, Head, Table};
use crate::failure::Outcome;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::pages::people::keeping;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use waymark_app::jobs::retention::{Period, Periods};
use waymark_app::people::about::{self, Host};
use waymark_app::words::{text, text_with};

/// What the service keeps of people, why, how long, and what they can do about it.
#[derive(Debug, Template)]
#[template(path = "pages/privacy.html")]
pub struct PrivacyPage {
    layout: Layout,
    host: Host,
    periods: Periods,
}

/// Who can use the service, what was tried, and what was not.
#[derive(Debug, Template)]
#[template(path = "pages/accessibility.html")]
pub struct AccessibilityPage {
    layout: Layout,
    host: Host,
}

/// Where somebody complains, in words.
fn complaints(layout: &Layout, host: &Host) -> String {
    match &host.complaints {
        Some(address) => text_with(layout.lang, "about-complain-to", &[("address", address.as_str().into())]),
        None => text(layout.lang, "about-complain-ask"),
    }
}

impl PrivacyPage {
    fn complaints(&self) -> String {
        complaints(&self.layout, &self.host)
    }

    /// How long what is not a record's history is kept: the periods by which it is deleted.
    fn kept(&self) -> Table {
        let lang = self.layout.lang;
        let row = |(period, kept): (Period, i64)| {
            vec![Cell::new(keeping::what(lang, &period)), Cell::new(keeping::days(lang, kept))]
        };
        let heads = ["privacy-kept-what", "privacy-kept-how-long"].map(|key| Head::new(text(lang, key)));
        Table::new(text(lang, "privacy-kept-caption"), heads, self.periods.all().map(row))
    }
}

impl AccessibilityPage {
    fn complaints(&self) -> String {
        complaints(&self.layout, &self.host)
    }
}

/// `GET /privacy`
pub async fn privacy(visitor: Visitor) -> Outcome {
    let read = async {
        let (mut ctx, me) = visitor.read().await?;
        let host = about::host(&mut ctx).await?;
        let layout = visitor.layout(me.as_ref(), visitor.text("privacy-title"));
        Ok(PrivacyPage { layout, host, periods: Periods::read(&mut ctx).await? })
    };
    let page = read.await.map_err(visitor.fails())?;
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

/// `GET /accessibility`
pub async fn accessibility(visitor: Visitor) -> Outcome {
    let read = async {
        let (mut ctx, me) = visitor.read().await?;
        let host = about::host(&mut ctx).await?;
        let layout = visitor.layout(me.as_ref(), visitor.text("accessibility-title"));
        Ok(AccessibilityPage { layout, host })
    };
    let page = read.await.map_err(visitor.fails())?;
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}
