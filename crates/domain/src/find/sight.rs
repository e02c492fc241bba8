//! Who may see a record, changed after it was told: fewer at once, more only where both who brought it and the finder say so
//! (specification, Who sees a record).

use crate::find::event::InnovationEvent;
use crate::find::innovation::Innovation;
use crate::find::stage::named;
use crate::ids::PartyId;
use crate::people::{role::Role, setting::SeenBy};
use crate::route::facts::{Facts, Refusal};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

named! {
    /// Whose yes it is.
    Side {
        /// Of who brought it.
        Contributor = "contributor",
        /// Of the finder.
        Finder = "finder",
    }
}

/// That more people may see it, as one of the two has said whose yes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Who.
    pub by: PartyId,
    /// As what.
    pub side: Side,
    /// Who may see it then.
    pub to: SeenBy,
}

/// Who may see it from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Who.
    pub to: SeenBy,
    /// Who said so.
    pub by: PartyId,
    /// Who had said so before, where it takes two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<PartyId>,
}

/// As what somebody says who may see a record: nobody has both sides, so that more see it only where two people wish it.
///
/// # Errors
/// [`Refusal::NotYours`] for who neither brought it nor is its finder.
pub fn side(record: &Innovation, facts: &Facts) -> Result<(PartyId, Side), Refusal> {
    let by = facts.actor.ok_or(Refusal::NotYours)?;
    match () {
        () if record.is_contributor(by) => Ok((by, Side::Contributor)),
        () if facts.has(Role::Finder) => Ok((by, Side::Finder)),
        () => Err(Refusal::NotYours),
    }
}

/// Says who may see a record. What it is already ends an offer; fewer hold at once; more wait for the other's yes.
///
/// # Errors
/// What [`side`] says, [`Refusal::SaidAlready`].
pub fn show_to(record: &Innovation, to: SeenBy, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let (by, side) = side(record, facts)?;
    let other = record.wider.filter(|offer| offer.side != side && to <= offer.to);
    let offer = Offer { by, side, to };
    let is_said = match to.cmp(&record.sight) {
        Ordering::Equal => record.wider.is_none(),
        _ => record.wider.is_some_and(|said| said.side == side && said.to == to),
    };
    match (to > record.sight, other) {
        _ if is_said => Err(Refusal::SaidAlready),
        (true, None) => Ok(InnovationEvent::SightOffered(offer)),
        (true, Some(said)) => Ok(InnovationEvent::SightSet(Shown { to, by, with: Some(said.by) })),
        (false, _) => Ok(InnovationEvent::SightSet(Shown { to, by, with: None })),
    }
}
