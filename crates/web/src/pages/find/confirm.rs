//! What follows when somebody has confirmed their work mail: what they typed before is sent.

use super::check::sent_address;
use crate::visitor::Visitor;
use std::sync::Arc;
use uuid::Uuid;
use waymark_app::find::{draft, send};
use waymark_app::routes::Route;
use waymark_app::{Error, Result};

/// Sends the draft of somebody whose session has just begun, and gives where to go: the receipt, or the draft where
/// something in it cannot be taken any more.
pub(crate) async fn sent(visitor: &Visitor, session: &str, id: Uuid) -> Result<String> {
    let signed_in = Visitor { secret: Some(session.to_owned()), met: Arc::default(), ..visitor.clone() };
    let (mut ctx, _) = signed_in.write().await?;
    let draft = match draft::open(&mut ctx, None, id).await {
        Err(Error::NotFound) => return Ok(Route::Drafts.to_string()),
        draft => draft?,
    };
    match send::send(&mut ctx, draft).await {
        Ok(sent) => {
            ctx.commit().await?;
            Ok(sent_address(&sent))
        }
        Err(Error::Invalid(_)) => Ok(Route::DraftCheck { draft: id }.to_string()),
        Err(other) => Err(other),
    }
}
