//! Whom the larger events of a record name.

use crate::find::event::{Answered, Then, Told};
use crate::ids::PartyId;

impl Told {
    /// Who brought it, who typed it for them, who has it first.
    pub(super) fn parties(&self) -> Vec<PartyId> {
        let contributors = self.contributors.iter().map(|contributor| contributor.party);
        let handed = self.handed.iter().map(|handed| handed.duty.party);
        contributors.chain(self.assisted_by).chain(handed).collect()
    }
}

impl Answered {
    /// Who decided, who typed it for them, who has it next.
    pub(super) fn parties(&self) -> Vec<PartyId> {
        let typed_by = self.elsewhere.iter().map(|elsewhere| elsewhere.typed_by);
        let next = match &self.then {
            Then::Try(trial) => Some(trial.who),
            Then::Wait { duty, .. } => Some(duty.party),
            Then::HandOn { handed, .. } => Some(handed.duty.party),
            Then::End => None,
        };
        std::iter::once(self.by.party).chain(typed_by).chain(next).collect()
    }
}
