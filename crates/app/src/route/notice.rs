//! Who is told at once: whoever brought an idea or told it too, of an answer to it. All else waits for the one mail a day.

use crate::ctx::{Ctx, Write};
use crate::error::Result;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use waymark_domain::find::event::InnovationEvent;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::AnswerKind;

/// The kind of job that mails a contributor their answer.
pub const ANSWER_MAIL: &str = "answer-mail";

/// To which party of which record a mail goes; the address is resolved while sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToParty {
    /// The record.
    pub record: Uuid,
    /// The party.
    pub party: Uuid,
    /// The record's version when it happened: what came later is not in this mail.
    pub version: u32,
}

/// Enqueues what follows from a change, in its own transaction. What happened long ago is written down without a word to
/// anybody.
pub(crate) async fn after(
    ctx: &mut Ctx<'_, Write>,
    after: &Innovation,
    events: &[InnovationEvent],
) -> Result<()> {
    if ctx.is_past || !events.iter().any(is_answer) {
        return Ok(());
    }
    let brought = after.told.contributors.iter().map(|contributor| contributor.party);
    for party in brought.chain(after.also_told.iter().copied()) {
        let to = ToParty { record: after.id.0, party: party.0, version: after.version };
        ctx.enqueue(ANSWER_MAIL, &to).await?;
    }
    Ok(())
}

fn is_answer(event: &InnovationEvent) -> bool {
    matches!(event, InnovationEvent::Answered(answered) if answered.kind != AnswerKind::SendOn)
}
