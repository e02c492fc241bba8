//! `waymark seal`: seals now, in place of waiting for the hour.

use crate::command::Done;
use crate::database::open;
use crate::settings::Settings;
use std::io::Write as _;
use waymark_store::seals;

/// Seals until nothing is left and prints the last root.
pub async fn seal(settings: &Settings) -> Done {
    let env = open(settings).await?;
    loop {
        let mut tx = env.db.write().await?;
        let sealed = seals::seal_now(&mut tx, env.now()).await?;
        tx.commit().await?;
        if sealed.is_none() {
            break;
        }
    }
    let mut tx = env.db.read().await?;
    let last = seals::last(&mut tx).await?;
    drop(tx);
    env.db.close().await;
    let mut out = std::io::stdout().lock();
    match last {
        Some(seal) => writeln!(out, "{}", seal.root)?,
        None => writeln!(out, "There is nothing to seal yet.")?,
    }
    Ok(())
}
