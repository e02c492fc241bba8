//! The index of *similar ones* and of search: every way in writes it with the record, and it can be built anew from what people wrote.

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use uuid::Uuid;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Field, Words};
use waymark_methods::text::{fold, terms};
use waymark_store::find::similar::{self, Entry, Missing};

/// The kind of job that takes what was erased out of the pages of the index.
pub(crate) const FORGET: &str = "similar-forget";
/// Records of one transaction, when many are put in.
const BATCH: u32 = 500;

/// How the terms of the index begin for who may see a record, always as long: a body by the first half of its id, which
/// is drawn at random, for what only its handlers see less one digit, the others by names that are no hexadecimal number.
pub fn token(seen_by: SeenBy, body: Uuid) -> String {
    let drawn = body.as_u64_pair().0;
    match seen_by {
        SeenBy::Handlers => format!("h{:015x}", drawn >> 4),
        SeenBy::Body => format!("{drawn:016x}"),
        SeenBy::Bodies | SeenBy::Everyone => format!("{:0<16}", seen_by.name()),
    }
}

/// The same for a record: the people of the body that it was told in, and of the one that handles it.
fn tokens(seen_by: SeenBy, bodies: [Uuid; 2]) -> Vec<String> {
    let mut tokens: Vec<String> = bodies.map(|body| token(seen_by, body)).into();
    tokens.dedup();
    tokens
}

/// What of a record is compared and searched.
struct Indexed {
    seen: Vec<String>,
    sent_at: i64,
    folded: String,
    terms: String,
}

impl Indexed {
    fn new((seen_by, bodies): (SeenBy, [Uuid; 2]), sent_at: i64, said: &str) -> Self {
        let folded = fold(said);
        let terms = terms(&folded).into_iter().collect::<Vec<_>>().join(" ");
        Self { seen: tokens(seen_by, bodies), sent_at, folded, terms }
    }

    fn of(record: &Innovation, said: &str) -> Self {
        let bodies = [record.told.body.0, record.at_body.0];
        Self::new((record.seen_by(), bodies), record.sent_at.timestamp_micros(), said)
    }

    fn entry(&self) -> Entry<'_> {
        Entry { seen: &self.seen, sent_at: self.sent_at, folded: &self.folded, terms: &self.terms }
    }
}

/// Puts a new record into the index, in its own transaction.
pub(super) fn add(ctx: &mut Ctx<'_, Write>, record: &Innovation, said: &str) {
    similar::put(&mut ctx.tx, record.id.0, Indexed::of(record, said).entry());
}

/// Puts a record into the index again after words were added to it, or other people may see it.
pub(crate) async fn renew(ctx: &mut Ctx<'_, Write>, record: &Innovation) -> Result<()> {
    let texts = similar::texts(&mut ctx.tx, record.id.0).await?;
    let said = texts.into_iter().flatten().collect::<Vec<_>>().join("\n");
    similar::replace(&mut ctx.tx, record.id.0, Indexed::of(record, &said).entry()).await?;
    Ok(())
}

/// The words of a record that others are compared with.
pub(super) fn said(words: &[Words]) -> String {
    let fields = [Field::Title, Field::Problem, Field::Solution, Field::Did, Field::Changed];
    let told = words.iter().filter(|text| fields.contains(&text.field)).map(|text| text.body.as_str());
    told.collect::<Vec<_>>().join("\n")
}

/// Puts every record into the index that belongs there and is not: those of a time before it, and all after it was
/// emptied. Many transactions, so that others write in between; run again, it goes on. Gives how many it put in.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn complete(env: &Env) -> Result<u64> {
    let (mut after, mut written) = (Uuid::nil(), 0);
    loop {
        let mut ctx = Ctx::write(env, Actor::Time).await?;
        let missing = similar::missing(&mut ctx.tx, after, BATCH).await?;
        let Some(last) = missing.last() else { return Ok(written) };
        after = last.innovation;
        let mut records: Vec<&[Missing]> = missing.chunk_by(|a, b| a.innovation == b.innovation).collect();
        // In the order of their numbers, which SQLite writes in one go.
        records.sort_by_key(|texts| (texts[0].sent_at, texts[0].innovation));
        for texts in records {
            put_missing(&mut ctx, texts)?;
            written += 1;
        }
        ctx.commit().await?;
    }
}

fn put_missing(ctx: &mut Ctx<'_, Write>, texts: &[Missing]) -> Result<()> {
    let first = &texts[0];
    let seen_by = SeenBy::parse(&first.seen_by).ok_or_else(|| Error::internal("a sight that is none"))?;
    let said = texts.iter().filter_map(|text| text.text.as_deref()).collect::<Vec<_>>().join("\n");
    let indexed = Indexed::new((seen_by, [first.body, first.at_body]), first.sent_at, &said);
    similar::put(&mut ctx.tx, first.innovation, indexed.entry());
    Ok(())
}

/// Writes the index anew in pieces without what was taken out of it, so that others write in between.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn forget(env: &Env) -> Result<()> {
    let mut is_begun = false;
    loop {
        let mut ctx = Ctx::write(env, Actor::Time).await?;
        let is_more = similar::forget(&mut ctx.tx, is_begun).await?;
        ctx.commit().await?;
        if !is_more {
            return Ok(());
        }
        is_begun = true;
    }
}

/// Empties the index and builds it anew. Gives how many records it put in.
///
/// # Errors
/// [`crate::Error::Unavailable`].
pub async fn rebuild(env: &Env) -> Result<u64> {
    let mut ctx = Ctx::write(env, Actor::Time).await?;
    similar::clear(&mut ctx.tx).await?;
    ctx.commit().await?;
    complete(env).await
}
