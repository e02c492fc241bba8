//! Who may see a record, changed after it was told: fewer at once, more only where both who brought it and the finder say so
//! (specification, Who sees a record).

use crate::find::event::InnovationEvent;
use crate::find::innovation::Innovation;
use crate::find::stage::named;
use crate::ids::PartyId;
use crate::people::{role::Role, setting::SeenBy};
use crate::route::facts::{Facts, Refusal};
use crate::route::policy::Viewer;
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
pub fn side(record: &Innovation, (party, is_finder): (PartyId, bool)) -> Option<Side> {
    if record.is_contributor(party) { Some(Side::Contributor) } else { is_finder.then_some(Side::Finder) }
}

/// Is the viewer one whose yes is waited for?
pub fn is_asked(viewer: &Viewer, record: &Innovation) -> bool {
    let is_finder = viewer.roles.contains(&Role::Finder);
    let side = viewer.party.and_then(|party| side(record, (party, is_finder)));
    record.wider.zip(side).is_some_and(|(offer, side)| offer.side != side)
}

/// Says who may see a record. What it is already ends an offer; fewer hold at once; more wait for the other's yes.
///
/// # Errors
/// [`Refusal::NotYours`] for who neither brought it nor is its finder, [`Refusal::SaidAlready`].
pub fn show_to(record: &Innovation, to: SeenBy, facts: &Facts) -> Result<InnovationEvent, Refusal> {
    let by = facts.actor.ok_or(Refusal::NotYours)?;
    let side = side(record, (by, facts.has(Role::Finder))).ok_or(Refusal::NotYours)?;
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
