//! `waymark demo`: a made-up government to look round in.

use crate::command::Done;
use crate::database;
use crate::settings::Settings;
use std::io::Write as _;
use waymark_app::demo::{self, Filled, PASSWORD};
use waymark_app::{Env, Error};

/// How many people are offered in words; all are in the JSON.
const OFFERED: usize = 8;

/// Fills the database and says whom one can sign in as.
pub async fn fill(settings: &Settings, json: bool) -> Done {
    let env = database::open(settings).await?;
    let filled = filled(&env, settings).await;
    env.db.close().await;
    let mut out = std::io::stdout().lock();
    if json {
        filled?;
        writeln!(out, "{}", serde_json::to_string_pretty(&demo::everybody()?)?)?;
        return Ok(());
    }
    say(&mut out, &filled?)
}

async fn filled(env: &Env, settings: &Settings) -> Result<Filled, Box<dyn std::error::Error>> {
    demo::fill(env).await.map_err(|error| match error {
        Error::Conflict => format!(
            "{} has records in it. The demonstration only fills an empty database.",
            settings.database
        )
        .into(),
        other => other.into(),
    })
}

fn say(out: &mut impl std::io::Write, filled: &Filled) -> Done {
    let Filled { nodes, people, records, acts, steps_of_time, odd } = filled;
    writeln!(out, "{nodes} organisations, {people} people, {records} ideas and problems.")?;
    writeln!(out, "{acts} acts of people, {steps_of_time} steps of time.")?;
    for one in odd {
        writeln!(out, "Not as the files say: {} {}", one.idea, one.what)?;
    }
    writeln!(out, "Sign in as one of these, with the password “{PASSWORD}”:")?;
    for one in demo::everybody()?.iter().take(OFFERED) {
        writeln!(out, "  {:14} {:44} {}, {}", one.as_, one.email, one.name, one.job)?;
    }
    Ok(())
}
