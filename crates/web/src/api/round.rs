//! The news round by programs: what nears its limit without news, and news of all of it at once.

use super::input::{Kind, needed};
use super::operation::{Does, Operation};
use super::problem::{Fault, Wrong};
use super::read::{Reading, json, standing};
use super::run::Call;
use super::schema::shapes;
use super::shapes::{Item, Standing};
use crate::pages::route::round as page;
use crate::visitor::Visitor;
use chrono::NaiveDate;
use serde_json::Value;
use waymark_app::find::view::{self, find};
use waymark_app::route::round;
use waymark_app::{Ctx, Read, Result, Write};
use waymark_domain::reference::Reference;

shapes! {
    /// A record that nears its limit without news.
    Quiet {
        /// The record.
        record: Item,
        /// The day of the last news.
        since: NaiveDate,
        /// The last day on which news is in time.
        until: NaiveDate,
    }

    /// What you owe news of.
    NewsRound {
        /// The records, the earliest limit first, at most fifty.
        items: Vec<Quiet>,
    }

    /// Where several records stand now.
    Standings {
        /// The records, in the order in which they were sent.
        items: Vec<Standing>,
    }
}

/// The operations of the news round.
pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get(
            "news-round",
            "/work/news",
            Does::Round,
            "What you have that nears its limit without news",
        ),
        Operation::post(
            ("write-news-round", "/work/news"),
            Does::WriteRound,
            "Write how several records stand: all of it, or nothing where one of them does not take it",
            [needed("records", Kind::News, "The records, each once, with how it stands.")],
        ),
    ]
}

impl Reading<'_> {
    /// What whoever asks owes news of.
    pub(super) async fn news_round(self, ctx: &mut Ctx<'_, Read>) -> Result<NewsRound> {
        let quiet = round::round(ctx).await?;
        let one =
            |one: &round::Quiet| Quiet { record: self.item(&one.item), since: one.since, until: one.until };
        Ok(NewsRound { items: quiet.iter().map(one).collect() })
    }
}

/// Writes the news.
///
/// # Errors
/// [`Fault::Values`] with everything that is wrong, each at its record.
pub async fn perform(
    ctx: &mut Ctx<'_, Write>,
    (visitor, call): (&Visitor, &Call<'_>),
) -> Result<String, Fault> {
    let sent: Vec<Reference> = call.sent["records"].as_array().into_iter().flatten().filter_map(of).collect();
    let wrongs = page::write_typed(ctx, &call.form, visitor.lang).await?;
    if !wrongs.is_empty() {
        let at = |(name, words): (String, String)| {
            let place = sent.iter().position(|reference| name == page::name_of(reference));
            let place = place.map(|place| format!("/{place}/news")).unwrap_or_default();
            Wrong::at(format!("/records{place}"), words)
        };
        return Err(Fault::Values(wrongs.into_iter().map(at).collect()));
    }
    let mut items = Vec::with_capacity(sent.len());
    for reference in &sent {
        let id = find(ctx, reference).await?;
        items.push(standing(&visitor.env.config.origin, &view::standing(ctx, id).await?));
    }
    json(&Standings { items })
}

fn of(one: &Value) -> Option<Reference> {
    one["reference"].as_str().and_then(Reference::parse)
}
