//! The binary: it only wires. What it does lies in `app`, what it shows in `web`.

mod admin;
mod backup;
mod command;
mod database;
mod demo;
mod doctor;
mod import;
mod index;
mod oidc;
mod reference;
mod routes;
mod seal;
mod serve;
mod settings;
mod verify;

use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    command::Cli::parse().run().await
}
