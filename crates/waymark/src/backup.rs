//! `waymark backup` and `waymark restore`: SQLite is copied by Waymark; for PostgreSQL the right tool is named.

use crate::command::Done;
use crate::database::{file as database_file, open_as_it_is};
use crate::settings::Settings;
use std::io::Write as _;
use std::path::Path;
use waymark_store::backup;

/// Copies the database, while it is used, to a new file.
pub async fn backup(settings: &Settings, file: &Path) -> Done {
    if !settings.database.starts_with("sqlite") {
        return Err(named("backed up", &backup::postgres_backup(&settings.database, file)?).into());
    }
    let env = open_as_it_is(settings).await?;
    let done = backup::backup(&env.db, file).await;
    env.db.close().await;
    done?;
    writeln!(std::io::stdout(), "{} holds everything as of now.", file.display())?;
    Ok(())
}

/// Puts a back-up in the place of a database that is not there.
pub async fn restore(settings: &Settings, file: &Path) -> Done {
    let Some(to) = database_file(settings) else {
        return Err(named("restored", &backup::postgres_restore(&settings.database, file)?).into());
    };
    let schema = backup::restore(file, to).await?;
    writeln!(std::io::stdout(), "{} is restored, schema {schema}. Now run: waymark verify", to.display())?;
    Ok(())
}

fn named(what: &str, command: &backup::Command) -> String {
    format!("PostgreSQL is {what} by its own tool. Run: {} {}", command.program, command.arguments.join(" "))
}
