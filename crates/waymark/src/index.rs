//! `waymark index`: every record among the similar ones.

use crate::command::Done;
use crate::database::open;
use crate::settings::Settings;
use std::io::Write as _;
use waymark_app::find::index;

/// Puts in what is missing, or everything anew, and says how many records that were.
pub async fn index(settings: &Settings, anew: bool) -> Done {
    let env = open(settings).await?;
    let written = if anew { index::rebuild(&env).await } else { index::complete(&env).await };
    env.db.close().await;
    writeln!(std::io::stdout(), "{} records were put into the index of similar ones.", written?)?;
    Ok(())
}
