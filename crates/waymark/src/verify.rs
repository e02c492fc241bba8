//! `waymark verify`: nothing was altered, or this was.

use crate::database::open_as_it_is;
use crate::settings::Settings;
use std::io::Write as _;
use std::process::ExitCode;
use waymark_app::sound;
use waymark_domain::text::Digest;
use waymark_store::verify::{Fault, Report};

/// Verifies and says what was found; the code is 1 where anything was altered.
pub async fn verify(
    settings: &Settings,
    (json, root): (bool, Option<&str>),
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let root = match root {
        Some(typed) => Some(Digest::parse(typed.trim()).ok_or("a root is 64 hexadecimal digits")?),
        None => None,
    };
    let env = open_as_it_is(settings).await?;
    let report = sound::verify(&env, root).await;
    env.db.close().await;
    let report = report?;
    let mut out = std::io::stdout().lock();
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&as_json(&report))?)?;
    } else {
        say(&mut out, &report)?;
    }
    Ok(if report.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn say(out: &mut impl std::io::Write, report: &Report) -> std::io::Result<()> {
    let counts = &report.counts;
    writeln!(
        out,
        "{} records, {} entries, {} texts ({} erased), {} parties ({} erased), {} rows, {} seals.",
        counts.streams,
        counts.events,
        counts.words,
        counts.erased,
        counts.parties,
        counts.parties_erased,
        counts.rows,
        counts.seals
    )?;
    let unsealed = &report.unsealed;
    writeln!(out, "Not yet sealed: {} entries of {} records.", unsealed.events, unsealed.streams)?;
    if let Some(root) = report.root {
        writeln!(out, "Root: {root}")?;
    }
    match report.faults.first() {
        None => writeln!(out, "All is as it was written."),
        Some(first) => writeln!(out, "ALTERED, in {} places. The first: {first}", report.faults_found),
    }
}

fn as_json(report: &Report) -> serde_json::Value {
    let counts = &report.counts;
    serde_json::json!({
        "sound": report.is_sound(),
        "counts": {
            "records": counts.streams, "entries": counts.events, "texts": counts.words, "erased": counts.erased,
            "parties": counts.parties, "parties_erased": counts.parties_erased,
            "rows": counts.rows, "seals": counts.seals, "sealed_heads": counts.leaves,
        },
        "unsealed": { "records": report.unsealed.streams, "entries": report.unsealed.events },
        "root": report.root.map(|root| root.to_string()),
        "faults_found": report.faults_found,
        "faults": report.faults.iter().map(fault).collect::<Vec<_>>(),
    })
}

fn fault(fault: &Fault) -> serde_json::Value {
    serde_json::json!({
        "table": fault.table,
        "record": fault.record.map(|record| record.to_string()),
        "version": fault.version,
        "what": fault.what.to_string(),
    })
}
