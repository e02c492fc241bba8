//! Who runs this service and where one complains about it, for the pages that anybody may read.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::people::place::place;
use waymark_domain::ids::NodeId;
use waymark_domain::people::setting::Door;
use waymark_store::people::tree;

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
