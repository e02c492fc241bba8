//! Somebody who uses the service, or anybody else of the public, tells an idea without an account: a code is their way back,
//! and a moderator reads it before it is listed (specification, A user or member of the public;
//! `docs/decisions/0021-public.md`).

use crate::ctx::{Actor, Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::find::draft::{Draft, Fields, Kind, value};
use crate::find::hidden;
use crate::find::send::{CODE_FIELD, Ready};
use crate::people::pace::Whose;
use crate::people::place::place;
use crate::route::change::{Seen, change};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::moderation as rule;
use waymark_domain::ids::{InnovationId, NodeId, PartyId};
use waymark_domain::people::party::public_id;
use waymark_domain::route::policy::Action;
use waymark_domain::spelt::Spelt;
use waymark_domain::text::{Field, Line};
use waymark_store::people::public::{self, TellerRow};

/// The field of a draft that says as whom it is told.
pub const AS: &str = "as";
/// Its value where nobody signs in.
pub const PUBLIC: &str = "public";
/// The field of the name that somebody wishes to see on what they tell.
pub const CREDIT: &str = "credit";

/// Is a draft told as somebody of the public?
pub fn is_public(fields: &Fields) -> bool {
    value(fields, AS) == PUBLIC
}

/// Who told a record, with what is written of them.
#[derive(Debug)]
pub(super) struct Teller {
    pub(super) party: PartyId,
    /// The name that stands on it.
    pub(super) credit: Option<Line>,
    row: TellerRow,
    code: [u8; 32],
}

/// Takes whoever acts as the party of a new record, known by nothing but a code.
pub(super) fn teller(
    ctx: &mut Ctx<'_, Write>,
    id: InnovationId,
    (code, credit): (&Spelt, Option<Line>),
) -> Teller {
    let salt = ctx.env.bytes::<32>();
    let party = public_id(id.0, &salt);
    ctx.actor = Actor::Bearer { record: id.0, party };
    let row = TellerRow { id: party.0, record: id.0, salt: salt.to_vec() };
    Teller { party, credit, row, code: hidden::hash(code) }
}

/// Writes it beside the record.
pub(super) fn keep(ctx: &mut Ctx<'_, Write>, teller: &Teller) {
    public::add(&mut ctx.tx, &teller.row, &teller.code);
}

/// Sends a draft that was read, as somebody of the public at an address of the net. The draft goes.
///
/// # Errors
/// [`Error::TooMany`] where too much came from that address; [`Error::Invalid`] where the place takes nothing from the
/// public, or on the name; [`Error::Conflict`] where the draft was sent or changed since it was read.
pub async fn send(ctx: &mut Ctx<'_, Write>, ready: Ready, from: &str) -> Result<Innovation> {
    let draft = ready.draft();
    let code = Spelt::parse(draft.value(CODE_FIELD), hidden::CODE);
    let code = code.ok_or_else(|| Error::field("problem", "tell-public-no-code"))?;
    let credit = credit_of(draft)?;
    if draft.kind != Kind::Tell || !takes(ctx, ready.node()).await? {
        return Err(Error::field("where", "tell-place-no-public"));
    }
    ctx.env.paces.take(Whose::Public(from), ctx.now)?;
    ready.take(ctx).await?;
    super::send::make_public(ctx, ready, (&code, credit)).await
}

/// Does a place take what the public tells?
///
/// # Errors
/// [`Error::NotFound`] for a node that is not there.
pub async fn takes<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<bool> {
    Ok(place(ctx, node).await?.settings.takes_public)
}

fn credit_of(draft: &Draft) -> Result<Option<Line>> {
    let mut checks = Checks::default();
    let credit = checks.optional(CREDIT, Line::parse(draft.value(CREDIT)));
    checks.finish(Some(credit))
}

/// Whoever has the code puts a name on what they told.
///
/// # Errors
/// [`Error::Forbidden`] for who has no code for it.
pub async fn credit(ctx: &mut Ctx<'_, Write>, seen: Seen, name: &Line) -> Result<Innovation> {
    change(ctx, seen, Action::Credit, |record, facts, writing| {
        let name = writing.note(Field::Credit, name.as_str());
        Ok(vec![rule::credit(record, name, facts)?])
    })
    .await
}
