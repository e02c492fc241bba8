//! What is typed into the box of a list, and what is found by it: only what whoever acts may see has any part in it, since
//! who may see a record is part of each term of the index (`store::find::search`).

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::find::index::token;
use crate::route::change::visible;
use uuid::Uuid;
use waymark_domain::ids::InnovationId;
use waymark_domain::limits::{SEARCH_CHARS, SEARCH_WORDS};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_methods::query::Query;
use waymark_methods::relevance::{Text, best_first};
use waymark_methods::text::fold;
use waymark_store::find::newest::Wanted;
use waymark_store::find::search::{self, Asked, Found, Hit, TextRow, Words, texts_of};
use waymark_store::find::sent;
use waymark_store::find::sight::Sight;

/// How many are ranked where the best match is wanted first, the newest: each is read whole.
pub const RANKED: i64 = 250;

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    said: String,
    query: Query,
}

/// Why a text cannot be searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is longer than [`SEARCH_CHARS`].
    TooLong,
    /// It has more different words than [`SEARCH_WORDS`].
    TooMany,
    /// No letter and no digit is in it.
    Wordless,
}

impl Unfit {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::TooLong, Self::TooMany, Self::Wordless];

    /// The key of what is said of it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::TooLong => "search-too-long",
            Self::TooMany => "search-too-many",
            Self::Wordless => "search-wordless",
        }
    }
}

impl Sought {
    /// Reads what was typed; nothing where nothing was.
    ///
    /// # Errors
    /// Why it cannot be searched for.
    pub fn parse(typed: &str) -> std::result::Result<Option<Self>, Unfit> {
        let said = typed.trim();
        if said.is_empty() {
            return Ok(None);
        }
        if said.chars().count() > SEARCH_CHARS {
            return Err(Unfit::TooLong);
        }
        let query = Query::parse(said);
        match query.terms.len() {
            0 => Err(Unfit::Wordless),
            some if some > SEARCH_WORDS => Err(Unfit::TooMany),
            _ => Ok(Some(Self { said: said.to_owned(), query })),
        }
    }

    /// As it was typed.
    pub fn as_str(&self) -> &str {
        &self.said
    }

    /// Does a text have all of it?
    pub fn is_in(&self, text: &str) -> bool {
        self.query.is_in(&fold(text))
    }

    /// The reference that it is, if it is one.
    pub fn reference(&self) -> Option<Reference> {
        Reference::parse(&self.said)
    }
}

/// The records that have what is sought, newest first, among what a person sees.
pub(super) async fn found<K>(
    ctx: &mut Ctx<'_, K>,
    sought: &Sought,
    (sight, wanted): (&Sight, &Wanted<'_>),
    asked: Asked,
) -> Result<Found> {
    let seen = seen_by(sight);
    let words = Words { seen: &seen, terms: &sought.query.terms, phrases: &sought.query.phrases };
    Ok(search::search(&mut ctx.tx, sight, (wanted, words), asked).await?)
}

/// The same with the best match first, among the newest [`RANKED`]. A page goes on after its last record; where that
/// is not among them any more, it ends.
pub(super) async fn best<K>(
    ctx: &mut Ctx<'_, K>,
    sought: &Sought,
    seen: (&Sight, &Wanted<'_>),
    asked: Asked,
) -> Result<Found> {
    let most = usize::try_from(RANKED).unwrap_or(usize::MAX);
    let newest = found(ctx, sought, seen, Asked { after: None, limit: most, ..asked }).await?;
    let texts = texts_of(&mut ctx.tx, &newest.records).await?;
    let ranked = ranked(sought, &texts);
    let after = |last: Uuid| ranked.iter().position(|hit| hit.innovation == last).map(|place| place + 1);
    let begins = asked.after.map_or(0, |(_, last)| after(last).unwrap_or(ranked.len()));
    let records = ranked.into_iter().skip(begins).take(asked.limit).collect();
    Ok(Found { records, ..newest })
}

/// What was found, the best match first.
fn ranked(sought: &Sought, texts: &[TextRow]) -> Vec<Hit> {
    let titles: Vec<String> =
        texts.iter().map(|text| fold(text.title.as_deref().unwrap_or_default())).collect();
    let texts_as = titles.iter().zip(texts).map(|(title, text)| Text { title, words: &text.folded });
    let places = best_first(&sought.query, &texts_as.collect::<Vec<_>>());
    places.into_iter().map(|place| texts[place].hit()).collect()
}

/// How the terms begin of what a person sees by their bodies.
fn seen_by(sight: &Sight) -> Vec<String> {
    let own = |seen_by| sight.bodies().map(move |body| token(seen_by, body));
    let mut seen = vec![token(SeenBy::Everyone, Uuid::nil())];
    if sight.is_somebody() {
        seen.push(token(SeenBy::Bodies, Uuid::nil()));
        seen.extend(own(SeenBy::Body));
    }
    if sight.has_posts() {
        seen.extend(own(SeenBy::Handlers));
    }
    seen
}

/// The record of a reference that is sought, where whoever acts may see it.
pub(super) async fn named<K>(ctx: &mut Ctx<'_, K>, sought: &Sought) -> Result<Option<Uuid>> {
    let Some(reference) = sought.reference() else { return Ok(None) };
    let Some(id) = sent::of_reference(&mut ctx.tx, reference.as_str()).await? else { return Ok(None) };
    match visible(ctx, InnovationId(id)).await {
        Ok(_) => Ok(Some(id)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_has_its_limits() {
        assert_eq!(Sought::parse("  "), Ok(None));
        assert_eq!(Sought::parse("🙂 \"!\""), Err(Unfit::Wordless));
        let words = |count: usize| (0..count).map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ");
        assert!(Sought::parse(&words(SEARCH_WORDS)).is_ok_and(|sought| sought.is_some()));
        assert_eq!(Sought::parse(&words(SEARCH_WORDS + 1)), Err(Unfit::TooMany));
        assert!(Sought::parse(&"ŵ".repeat(SEARCH_CHARS)).is_ok_and(|sought| sought.is_some()));
        assert_eq!(Sought::parse(&"ŵ".repeat(SEARCH_CHARS + 1)), Err(Unfit::TooLong));
    }

    #[test]
    fn a_reference_is_known_however_it_is_typed() {
        let reference = Reference::new(2026, 12_345);
        for typed in [reference.to_string(), reference.as_str().to_lowercase().replace('-', " ")] {
            let sought = Sought::parse(&format!(" {typed} ")).expect("fit").expect("something");
            assert_eq!(sought.reference(), Some(reference.clone()));
        }
    }
}
