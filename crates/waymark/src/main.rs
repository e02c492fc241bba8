//! The binary: it only wires. What it does lies in `app`, what it shows in `web`.

mod admin;
mod backup;
mod command;
mod database;
mod demo;
mod doctor;
mod import;
mod index;
mod reference;
mod routes;
mod seal;
mod serve;
mod settings;
mod verify;

use clap::Parser;
use std::process::ExitCode;

/// Threads for work that waits or computes. Two passwords are hashed at a time; what such a thread has freed its allocator
/// keeps, so that with many threads a storm of sign-ins would take hundreds of mebibytes.
const BLOCKING_THREADS: usize = 4;

fn main() -> ExitCode {
    let cli = command::Cli::parse();
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    match runtime.enable_all().max_blocking_threads(BLOCKING_THREADS).build() {
        Ok(runtime) => runtime.block_on(cli.run()),
        Err(error) => command::failed(&error),
    }
}
