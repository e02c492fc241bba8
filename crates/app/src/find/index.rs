//! The index of *similar ones*: every way in writes it with the record, and it can be built anew from what people wrote.

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::Result;
use uuid::Uuid;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Field, Words};
use waymark_methods::text::{fold, stems};
use waymark_store::find::similar::{self, Entry, Missing};

/// Records of one transaction, when many are put in.
const BATCH: u32 = 500;

/// How the terms of the index begin for who may see a record, always as long: a body by the first half of its id, which
/// is drawn at random, the others by names that are no hexadecimal number. Nothing for those that are not indexed.
pub fn token(seen_by: SeenBy, body: Uuid) -> Option<String> {
    match seen_by {
        SeenBy::Handlers => None,
        SeenBy::Body => Some(format!("{:016x}", body.as_u64_pair().0)),
        SeenBy::Bodies | SeenBy::Everyone => Some(format!("{:0<16}", seen_by.name())),
    }
}

/// Puts a new record into the index, in its own transaction.
pub(super) fn add(ctx: &mut Ctx<'_, Write>, record: &Innovation, said: &str) {
    if let Some(seen) = token(record.told.seen_by, record.told.body.0) {
        put(ctx, record.id.0, (&seen, said));
    }
}

/// Puts a record into the index again after words were added to it.
pub(super) async fn renew(ctx: &mut Ctx<'_, Write>, record: &Innovation) -> Result<()> {
    let texts = similar::texts(&mut ctx.tx, record.id.0).await?;
    similar::remove(&mut ctx.tx, record.id.0).await?;
    add(ctx, record, &texts.into_iter().flatten().collect::<Vec<_>>().join("\n"));
    Ok(())
}

/// The words of a record that others are compared with.
pub(super) fn said(words: &[Words]) -> String {
    let fields = [Field::Title, Field::Problem, Field::Solution, Field::Did, Field::Changed];
    let told = words.iter().filter(|text| fields.contains(&text.field)).map(|text| text.body.as_str());
    told.collect::<Vec<_>>().join("\n")
}

fn put(ctx: &mut Ctx<'_, Write>, record: Uuid, (seen, said): (&str, &str)) {
    let folded = fold(said);
    let stems = stems(&folded).collect::<Vec<_>>().join(" ");
    similar::put(&mut ctx.tx, record, Entry { seen, folded: &folded, stems: &stems });
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
        for texts in missing.chunk_by(|a, b| a.innovation == b.innovation) {
            written += u64::from(put_missing(&mut ctx, texts));
        }
        ctx.commit().await?;
    }
}

fn put_missing(ctx: &mut Ctx<'_, Write>, texts: &[Missing]) -> bool {
    let first = &texts[0];
    let seen = SeenBy::parse(&first.seen_by).and_then(|seen_by| token(seen_by, first.body));
    let Some(seen) = seen else { return false };
    let said: Vec<&str> = texts.iter().filter_map(|text| text.text.as_deref()).collect();
    put(ctx, first.innovation, (&seen, &said.join("\n")));
    true
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
