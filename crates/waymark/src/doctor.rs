//! `waymark doctor`: is all well, and what to do where it is not.

use crate::database::open_as_it_is;
use crate::settings::Settings;
use std::io::Write as _;
use std::process::ExitCode;
use waymark_app::doctor::{self, State};

/// Looks at everything; the code is 1 where something is ill.
pub async fn doctor(settings: &Settings, json: bool) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let env = open_as_it_is(settings).await?;
    let checks = doctor::examine(&env, settings.file.as_deref()).await;
    env.db.close().await;
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&checks)?)?;
    } else {
        for check in &checks {
            let state = match check.state {
                State::Well => "well",
                State::Look => "LOOK",
                State::Ill => "ILL ",
            };
            writeln!(out, "{state}  {:10} {}", check.what, check.found)?;
        }
    }
    let is_ill = checks.iter().any(|check| check.state == State::Ill);
    Ok(if is_ill { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
