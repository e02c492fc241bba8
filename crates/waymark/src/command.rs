//! What can be said on the command line.

use crate::import::Chosen;
use crate::{demo, import, serve};
use clap::{Args, Parser, Subcommand};
use std::io::Write as _;
use std::process::ExitCode;
use waymark_app::routes;

/// A defined route for innovation in public bodies.
#[derive(Debug, Parser)]
#[command(name = "waymark", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the pages and do the jobs.
    Serve {
        #[command(flatten)]
        settings: Settings,
    },
    /// Bring the database's tables up to this program's version.
    Migrate {
        #[command(flatten)]
        settings: Settings,
    },
    /// Fill an empty database with the demonstration.
    Demo {
        #[command(flatten)]
        settings: Settings,
        /// Say only whom one can sign in as, as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Bring in ideas, problems, organisations or people from a file.
    Import {
        #[command(flatten)]
        settings: Settings,
        #[command(flatten)]
        import: Chosen,
    },
    /// List every address of the service.
    Routes {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Where the database is and where to listen.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// sqlite:PATH or postgres://user@host/name
    #[arg(long, env = "WAYMARK_DATABASE", default_value = "sqlite:data/waymark.db")]
    pub database: String,
    /// Address and port to listen on.
    #[arg(long, env = "WAYMARK_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: std::net::SocketAddr,
    /// Where people reach it, such as <https://ideas.example.org>; the listening address where nothing is given.
    #[arg(long, env = "WAYMARK_ORIGIN")]
    pub origin: Option<String>,
    /// The address that mails come from.
    #[arg(long, env = "WAYMARK_MAIL_FROM", default_value = "waymark@localhost")]
    pub mail_from: String,
}

impl Cli {
    /// Does what was said; what went wrong is told on the error output.
    pub async fn run(self) -> ExitCode {
        let done = match self.command {
            Command::Serve { settings } => serve::serve(settings).await,
            Command::Migrate { settings } => serve::migrate(&settings).await,
            Command::Demo { settings, json } => demo::fill(&settings, json).await,
            Command::Import { settings, import } => {
                return import::import(&settings, &import).await.unwrap_or_else(|error| failed(&*error));
            }
            Command::Routes { json } => list_routes(json),
        };
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&*error),
        }
    }
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    // Where even the error output is gone, the exit code still tells.
    let _ = writeln!(std::io::stderr(), "waymark: {error}");
    ExitCode::FAILURE
}

/// What went wrong, in words for whoever typed the command.
pub type Done = Result<(), Box<dyn std::error::Error>>;

fn list_routes(json: bool) -> Done {
    let mut out = std::io::stdout().lock();
    for known in routes::ALL.iter().filter(|_| !json) {
        writeln!(out, "{:24} {}", known.name, known.pattern)?;
    }
    if json {
        let all: Vec<_> = routes::ALL.iter().map(as_json).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
    }
    Ok(())
}

fn as_json(known: &routes::Known) -> serde_json::Value {
    let who = format!("{:?}", known.who).to_lowercase();
    serde_json::json!({ "name": known.name, "path": known.pattern, "as": who, "act": known.is_act })
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
