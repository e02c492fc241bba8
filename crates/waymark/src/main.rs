//! The binary: it only wires. What it does lies in `app`, what it shows in `web`.

mod command;
mod demo;
mod import;
mod serve;

use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    command::Cli::parse().run().await
}
