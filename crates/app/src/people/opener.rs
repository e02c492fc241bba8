//! The openers of hidden names: each has a key whose pass-phrase only they know; two of them make a place where a name can be
//! hidden.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::people::audit::{self, Act};
use crate::sealing::public_key;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::role::Role;
use waymark_domain::spelt::Spelt;
use waymark_store::people::holders;
use waymark_store::people::openers::{self, KeyRow};

/// The characters of a pass-phrase: 125 bits.
pub const PHRASE: usize = 25;
/// The most keys that are looked through for two people.
const KEYS: i64 = 20;

/// A new pass-phrase to be written down.
pub fn new_phrase<K>(ctx: &Ctx<'_, K>) -> Spelt {
    Spelt::of(&ctx.env.bytes::<PHRASE>())
}

/// The day on which whoever acts made their key; nothing where they have none.
///
/// # Errors
/// [`Error::Forbidden`] for who is no opener.
pub async fn made_on<K>(ctx: &mut Ctx<'_, K>) -> Result<Option<NaiveDate>> {
    let account = ctx.account()?;
    must_be_opener(ctx).await?;
    let key = openers::of_account(&mut ctx.tx, account.0).await?;
    Ok(key.and_then(|key| DateTime::from_timestamp_micros(key.made_at)).map(|at| at.date_naive()))
}

async fn must_be_opener<K>(ctx: &mut Ctx<'_, K>) -> Result<()> {
    let account = ctx.account()?;
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    if held.iter().any(|row| row.role == Role::Opener.name()) { Ok(()) } else { Err(Error::Forbidden) }
}

/// Makes a key of a pass-phrase that whoever acts has written down; `again` is what they read off. What was hidden with the
/// key before is opened with the pass-phrase before.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`] on `again` where it is not the same.
pub async fn make_key(ctx: &mut Ctx<'_, Write>, (phrase, again): (&str, &str)) -> Result<()> {
    let account = ctx.account()?;
    must_be_opener(ctx).await?;
    let phrase = Spelt::parse(phrase, PHRASE).ok_or_else(|| Error::field("again", "opener-again-wrong"))?;
    if Spelt::parse(again, PHRASE).as_ref() != Some(&phrase) {
        return Err(Error::field("again", "opener-again-wrong"));
    }
    let id = keep_key(ctx, (account, &phrase), ctx.now).await?;
    audit::note(ctx, Act::OpenerKeyMade, id).await
}

/// Writes the public half of a key that was made at a time; gives its id.
pub(crate) async fn keep_key(
    ctx: &mut Ctx<'_, Write>,
    (account, phrase): (AccountId, &Spelt),
    at: DateTime<Utc>,
) -> Result<Uuid> {
    let id = ctx.env.id();
    let public = public_key(phrase, id);
    openers::make(&mut ctx.tx, (id, account.0), &public, at.timestamp_micros()).await?;
    Ok(id)
}

/// The keys of the two people to whom a name is encrypted at a node, in the order in which they open it; nothing where
/// there are no two.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn two<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<Option<[KeyRow; 2]>> {
    let mut all = openers::reaching(&mut ctx.tx, node.0, KEYS).await?.into_iter();
    let Some(first) = all.next() else { return Ok(None) };
    Ok(all.find(|key| key.account != first.account).map(|second| [first, second]))
}

/// The key with an id, ended or not.
pub(crate) async fn key<K>(ctx: &mut Ctx<'_, K>, id: Uuid) -> Result<KeyRow> {
    openers::find(&mut ctx.tx, id).await?.ok_or(Error::NotFound)
}
