//! Who runs this service and where one complains about it, for the pages that anybody may read.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::jobs::retention::DAYS;
use crate::people::place::place;
use waymark_domain::ids::NodeId;
use waymark_domain::people::setting::Door;
use waymark_store::people::tree;
use waymark_store::purge::Old;

/// Who runs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// The name of the whole.
    pub name: String,
    /// Where one complains; nothing where that is not set.
    pub complaints: Option<String>,
}

/// Who runs this service.
///
/// # Errors
/// [`Error::NotFound`] before the first run, [`Error::Unavailable`].
pub async fn host<K>(ctx: &mut Ctx<'_, K>) -> Result<Host> {
    let root = tree::root(&mut ctx.tx).await?.ok_or(Error::NotFound)?;
    let here = place(ctx, NodeId(root.id)).await?;
    let complaints = here.settings.doors.iter().find(|(door, _)| *door == Door::Complaint);
    let complaints = complaints.map(|(_, address)| address.clone());
    Ok(Host { name: root.name, complaints: here.settings.complaints.or(complaints) })
}

/// What is kept for how many days after its time, by the name of its words; the purge works by the same list.
pub fn kept() -> impl Iterator<Item = (&'static str, i64)> {
    DAYS.iter().map(|(old, days)| (name(*old), *days))
}

/// The name of what is kept by its age, as in the keys of its words.
pub(crate) const fn name(old: Old) -> &'static str {
    match old {
        Old::Sessions => "sessions",
        Old::Tickets => "tickets",
        Old::FormTokens => "form-tokens",
        Old::Drafts => "drafts",
        Old::StagedRows => "staged-rows",
        Old::Audit => "audit",
        Old::Digests => "digests",
        Old::DoorMessages => "door-messages",
        Old::HeldBack => "held-back",
        Old::Reports => "reports",
        Old::OidcLogins => "oidc-logins",
        Old::FactorResets => "factor-resets",
        Old::Tokens => "tokens",
        Old::Looks => "looks",
    }
}
