//! What can be said on the command line. Each noun has a file of its own; here they are only listed.

use crate::admin::Admin;
use crate::import::Chosen;
use crate::settings::{Given, Settings};
use crate::{admin, backup, database, demo, doctor, import, index, routes, seal, serve, verify};
use clap::{Parser, Subcommand};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use waymark_app::import::report::plain;

/// A defined route for innovation in public bodies.
#[derive(Debug, Parser)]
#[command(name = "waymark", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    given: Given,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages and do the jobs.
    Serve {
        /// Leave the jobs to `waymark work` in processes of its own.
        #[arg(long)]
        without_jobs: bool,
    },
    /// Do the jobs, without serving pages; on PostgreSQL as many processes as you like.
    Work,
    /// Bring the database's tables up to this program's version.
    Migrate,
    /// List every address of the service.
    Routes {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Prove that nothing was altered: ends with 0, or with 1 and the first row that was.
    Verify {
        /// As JSON, with every row that was altered.
        #[arg(long)]
        json: bool,
        /// A root that was kept elsewhere, such as in a mail to the auditor: 64 hexadecimal digits.
        #[arg(long)]
        root: Option<String>,
    },
    /// Seal what changed since the last seal, and print the root.
    Seal,
    /// Copy the database, while it is used, to a new file.
    Backup {
        /// The file; nothing may be there yet.
        file: PathBuf,
    },
    /// Put a back-up in the place of a database that is not there.
    Restore {
        /// The file that `waymark backup` wrote.
        file: PathBuf,
    },
    /// Put every record that is missing into the index of similar ones.
    Index {
        /// Empty it first and build it anew; similar ones are few meanwhile.
        #[arg(long)]
        anew: bool,
    },
    /// Look at everything that an operator can put right.
    Doctor {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// What whoever has the machine may do without signing in.
    #[command(subcommand)]
    Admin(Admin),
    /// Bring in ideas, problems, organisations or people from a file.
    Import(Chosen),
    /// Fill an empty database with the demonstration.
    Demo {
        /// Fill it, and say only whom one can sign in as, as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What went wrong, in words for whoever typed the command.
pub type Done = Result<(), Box<dyn std::error::Error>>;

impl Cli {
    /// Does what was said; what went wrong is told on the error output.
    pub async fn run(self) -> ExitCode {
        let settings = match self.given.resolve() {
            Ok(settings) => settings,
            Err(error) => return failed(&*Box::<dyn std::error::Error>::from(error)),
        };
        match run(self.command, &settings).await {
            Ok(code) => code,
            Err(error) => failed(&*error),
        }
    }
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "waymark: {}", plain(&error.to_string()));
    ExitCode::FAILURE
}

async fn run(command: Command, settings: &Settings) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match command {
        Command::Serve { without_jobs } => serve::serve(settings, without_jobs).await?,
        Command::Work => serve::work(settings).await?,
        Command::Migrate => database::migrate(settings).await?,
        Command::Routes { json } => routes::list(json)?,
        Command::Verify { json, root } => return verify::verify(settings, (json, root.as_deref())).await,
        Command::Seal => seal::seal(settings).await?,
        Command::Backup { file } => backup::backup(settings, &file).await?,
        Command::Restore { file } => backup::restore(settings, &file).await?,
        Command::Index { anew } => index::index(settings, anew).await?,
        Command::Doctor { json } => return doctor::doctor(settings, json).await,
        Command::Admin(act) => admin::admin(settings, &act).await?,
        Command::Import(import) => return import::import(settings, &import).await,
        Command::Demo { json } => demo::fill(settings, json).await?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_one_that_clap_can_read() {
        Cli::command().debug_assert();
    }
}
