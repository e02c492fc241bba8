//! Is everything as it was written? The kinds of records that `waymark verify` knows, in one list.

use crate::ctx::{Actor, Ctx};
use crate::env::Env;
use crate::error::Result;
use waymark_domain::find::comment::Comment;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::problem::Problem;
use waymark_domain::people::ask::Ask;
use waymark_domain::people::erasure::Erasure;
use waymark_domain::people::grant::Grant;
use waymark_domain::people::node::Node;
use waymark_domain::route::shared::SharedAnswer;
use waymark_domain::text::Digest;
use waymark_store::verify::{self, Report, Verifier};

/// Every kind of accountable record. A new kind is added here, or its streams are reported as unknown.
pub fn kinds() -> Vec<Box<dyn Verifier>> {
    vec![
        Box::new(verify::of::<Innovation>()),
        Box::new(verify::of::<Problem>()),
        Box::new(verify::of::<Node>()),
        Box::new(verify::of::<Grant>()),
        Box::new(verify::of::<Ask>()),
        Box::new(verify::of::<SharedAnswer>()),
        Box::new(verify::of::<Comment>()),
        Box::new(verify::of::<Erasure>()),
    ]
}

/// Proves that nothing was altered, or names what was. `expected_root` is a root that was kept elsewhere.
///
/// # Errors
/// [`crate::Error::Unavailable`] where the database cannot be read at all.
pub async fn verify(env: &Env, expected_root: Option<Digest>) -> Result<Report> {
    let mut ctx = Ctx::read(env, Actor::Console).await?;
    let kinds = kinds();
    let kinds: Vec<&dyn Verifier> = kinds.iter().map(AsRef::as_ref).collect();
    Ok(verify::verify(&mut ctx.tx, &kinds, expected_root).await?)
}
