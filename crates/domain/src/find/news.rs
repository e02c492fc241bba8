//! What of the events is news, and what of an answer stays late.

use crate::find::event::{Answered, Cause, InnovationEvent, Then};
use crate::find::sight::Side;
use crate::route::clock::State;

impl InnovationEvent {
    /// News is a person's text or a new state; a duty that merely passes on, a notice, or what the contributor says
    /// is none.
    pub(super) fn is_news(&self) -> bool {
        match self {
            Self::Passed { cause, .. } => *cause == Cause::CameBack,
            Self::Told(_)
            | Self::Answered(_)
            | Self::Objected { .. }
            | Self::ReviewAsked { .. }
            | Self::Reopened { .. }
            | Self::Asked { .. }
            | Self::DateMoved { .. }
            | Self::TryEnded { .. }
            | Self::News { .. }
            | Self::SightSet(_)
            | Self::Withdrawn { .. } => true,
            Self::SightOffered(offer) => offer.side == Side::Finder,
            _ => false,
        }
    }
}

impl Answered {
    /// Was it sent on with a date that had been missed? Then what is overdue stays so.
    pub(super) fn is_still_late(&self) -> bool {
        let Then::HandOn { handed, .. } = &self.then else { return false };
        matches!(handed.clock.state, State::Missed { .. })
    }
}
