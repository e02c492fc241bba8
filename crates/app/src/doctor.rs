//! Is all well? One line for each thing that an operator can put right.

use crate::ctx::{Actor, Ctx, Read};
use crate::env::Env;
use crate::error::Error;
use crate::jobs::retention::Period;
use crate::mail::Post;
use crate::people::complaint;
use crate::people::keeping;
use crate::people::place::place;
use chrono::TimeDelta;
use serde::Serialize;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use waymark_domain::ids::NodeId;
use waymark_domain::route::calendar::{CalendarName, Coverage};
use waymark_store::find::due::promise_one;
use waymark_store::find::similar::count_missing;
use waymark_store::people::tree::{self, NodeRow};
use waymark_store::{Engine, backup, dialect, jobs, seals};

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Well,
    /// Works, and wants looking at.
    Look,
    /// Does not work, or breaks a promise.
    Ill,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was looked at.
    pub what: &'static str,
    /// How it came out.
    pub state: State,
    /// What was found, and what to do where something is wrong.
    pub found: String,
}

/// Free disk below which there is something to look at, in mebibytes.
const DISK_LOW_MEBIBYTES: u64 = 1_024;
/// Free disk below which writing will soon fail, in mebibytes.
const DISK_OUT_MEBIBYTES: u64 = 100;
/// How far ahead of the machine's clock a seal may be, in seconds.
const CLOCK_SLACK_SECONDS: i64 = 60;
/// Parked jobs that are named.
const PARKED_NAMED: u32 = 5;

/// Looks at everything, the file of the settings too where there is one. A check that cannot be made is itself ill; none stops
/// the others.
pub async fn examine(env: &Env, settings: Option<&Path>) -> Vec<Check> {
    let mut checks = vec![origin(env), disk(env), rights(env.db.file(), settings)];
    checks.push(or_ill("database", database(env).await));
    if checks.iter().all(|check| check.what != "database" || check.state != State::Ill) {
        checks.push(or_ill("calendars", calendars(env).await));
        checks.push(or_ill("doors", doors(env).await));
        checks.push(or_ill("complaints", complaints(env).await));
        checks.push(mail(env).await);
        checks.push(or_ill("jobs", parked(env).await));
        checks.push(or_ill("promise 1", promise(env).await));
        checks.push(or_ill("similar", similar(env).await));
        checks.push(or_ill("clock", clock(env).await));
        checks.push(or_ill("kept", kept(env).await));
    }
    checks
}

fn or_ill(what: &'static str, found: Result<(State, String), Error>) -> Check {
    let (state, found) = found.unwrap_or_else(|error| (State::Ill, error.to_string()));
    Check { what, state, found }
}

fn origin(env: &Env) -> Check {
    let origin = env.config.origin.clone();
    let state = match () {
        () if origin.starts_with("https://") => State::Well,
        () if env.config.is_loopback() => State::Look,
        () => State::Ill,
    };
    let said = if state == State::Well { "" } else { ": not https, for this machine only" };
    Check { what: "origin", state, found: format!("{origin}{said}") }
}

/// Asked of `df`, which every system has; the standard library cannot tell.
fn disk(env: &Env) -> Check {
    let folder = env.db.file().and_then(|file| file.parent()).filter(|folder| folder.is_dir());
    let folder = folder.unwrap_or(std::path::Path::new("."));
    let told = Command::new("df").arg("-Pk").arg(folder).output();
    let free = told.ok().and_then(|out| free_mebibytes(&String::from_utf8_lossy(&out.stdout)));
    let (state, found) = match free {
        None => (State::Look, "df did not tell how much is free".to_owned()),
        Some(free) if free < DISK_OUT_MEBIBYTES => (State::Ill, format!("{free} MiB free")),
        Some(free) if free < DISK_LOW_MEBIBYTES => (State::Look, format!("{free} MiB free")),
        Some(free) => (State::Well, format!("{free} MiB free")),
    };
    Check { what: "disk", state, found }
}

/// The fourth column of the second line of `df -Pk`, as POSIX has it.
fn free_mebibytes(told: &str) -> Option<u64> {
    let kibibytes: u64 = told.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kibibytes / 1_024)
}

/// Who else on this machine can read what has passwords and everybody's words in it: SQLite's file with its log, back-ups
/// that lie beside it, the file of the settings.
fn rights(database: Option<&Path>, settings: Option<&Path>) -> Check {
    let folder = database.and_then(Path::parent);
    let folder = folder.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let own = database.into_iter().flat_map(|file| ["", "-wal", "-shm"].map(|end| with_end(file, end)));
    let mut all: Vec<PathBuf> = own.chain(settings.map(Path::to_owned)).collect();
    // Those of this folder by the name that the setting has for the database, so that it is said once.
    let plain = |file: PathBuf| file.strip_prefix(".").map(Path::to_owned).unwrap_or(file);
    all.extend(folder.map(backup::lying_in).unwrap_or_default().into_iter().map(plain));
    all.sort_unstable();
    all.dedup();
    let open = all.iter().filter(|file| is_open(file)).map(|file| file.display().to_string());
    let open = open.collect::<Vec<_>>().join(" ");
    let (state, found) = match open.as_str() {
        "" => (State::Well, "nobody else on this machine reads the database or the settings".to_owned()),
        open => {
            (State::Look, format!("others on this machine may read what is not for them: chmod 600 {open}"))
        }
    };
    Check { what: "rights", state, found }
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// May others than its owner read or change a file? Nobody can where there is none.
fn is_open(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|file| file.permissions().mode() & 0o077 != 0)
}

async fn read(env: &Env) -> Result<Ctx<'_, Read>, Error> {
    Ctx::read(env, Actor::Console).await
}

/// What an administrator set of how long things are kept: no fault, but an operator wants to know.
async fn kept(env: &Env) -> Result<(State, String), Error> {
    let changed = keeping::changed(&mut read(env).await?).await?;
    let said =
        |(period, days): &(Period, i64)| format!("{} {days} days instead of {}", period.old, period.usual);
    let said: Vec<String> = changed.iter().map(said).collect();
    let found = if said.is_empty() { "as long as usual".to_owned() } else { said.join(", ") };
    Ok((State::Well, found))
}

async fn database(env: &Env) -> Result<(State, String), Error> {
    let (found, known) = env.db.schema().await?;
    let mut ctx = read(env).await?;
    let (engine, order) = dialect::about(&mut ctx.tx).await?;
    let said = format!("{engine}, schema {found}");
    Ok(match () {
        () if found < known => (State::Ill, format!("{said}, {known} is wanted: run waymark migrate")),
        () if found > known => (State::Ill, format!("{said}, made by a newer program: install that one")),
        () if env.db.engine() == Engine::Postgres && order != "C" => {
            (State::Ill, format!("{said}, texts sort by {order}: create the database with locale C"))
        }
        () => (State::Well, said),
    })
}

async fn bodies(env: &Env) -> Result<Vec<NodeRow>, Error> {
    let mut ctx = read(env).await?;
    Ok(tree::bodies(&mut ctx.tx).await?)
}

async fn calendars(env: &Env) -> Result<(State, String), Error> {
    let mut names: Vec<String> = bodies(env).await?.into_iter().map(|body| body.calendar).collect();
    names.sort_unstable();
    names.dedup();
    let (mut worst, mut said) = (State::Well, Vec::new());
    for name in names {
        let calendar = name.parse::<CalendarName>().map_err(Error::internal)?.calendar();
        let (state, found) = match calendar.coverage(env.now().date_naive()) {
            Coverage::Known => (State::Well, format!("{name} known")),
            Coverage::EndsThisYear { last_year } => (State::Look, format!("{name} ends with {last_year}")),
            Coverage::Ended { last_year } => {
                (State::Ill, format!("{name} ended with {last_year}: install a newer program"))
            }
        };
        worst = worst.max(state);
        said.push(found);
    }
    Ok((worst, if said.is_empty() { "no body yet".to_owned() } else { said.join(", ") }))
}

async fn doors(env: &Env) -> Result<(State, String), Error> {
    let bodies = bodies(env).await?;
    let mut ctx = read(env).await?;
    let mut without = Vec::new();
    for body in bodies {
        if !place(&mut ctx, NodeId(body.id)).await?.settings.doors_are_set() {
            without.push(body.name);
        }
    }
    if without.is_empty() {
        return Ok((State::Well, "set everywhere".to_owned()));
    }
    Ok((State::Look, format!("not all set at {}: the form stays shut there", without.join(", "))))
}

/// Where complaints about the service itself go: at each body, and at the root, where a visitor's go.
async fn complaints(env: &Env) -> Result<(State, String), Error> {
    let mut places = bodies(env).await?;
    let mut ctx = read(env).await?;
    places.extend(tree::root(&mut ctx.tx).await?.filter(|root| !root.is_body));
    let mut without = Vec::new();
    for one in places {
        if complaint::address(&place(&mut ctx, NodeId(one.id)).await?.settings).is_none() {
            without.push(one.name);
        }
    }
    if without.is_empty() {
        return Ok((State::Well, "have an address everywhere".to_owned()));
    }
    let without = without.join(", ");
    let how = "an administrator sets one under Administration, What applies here";
    Ok((State::Look, format!("no address at {without}: the form for them takes none there; {how}")))
}

async fn mail(env: &Env) -> Check {
    let (state, found) = match env.mail.post(env).await {
        Err(error) => (State::Ill, error.to_string()),
        Ok((Post::Files(folder), _)) => {
            (State::Look, format!("is written to files in {} and goes to nobody", folder.display()))
        }
        Ok((post, from)) => match post.check().await {
            Ok(()) => (State::Well, format!("goes, from {from}")),
            Err(error) => (State::Ill, error.to_string()),
        },
    };
    Check { what: "mail", state, found }
}

async fn parked(env: &Env) -> Result<(State, String), Error> {
    let mut ctx = read(env).await?;
    let now = ctx.now;
    let counts = jobs::counts(&mut ctx.tx, now).await?;
    let said = format!("{} due, {} later, {} parked", counts.due, counts.later, counts.parked);
    if counts.parked == 0 {
        return Ok((State::Well, said));
    }
    let parked = jobs::parked(&mut ctx.tx, PARKED_NAMED).await?;
    let named = parked.into_iter().map(|job| {
        let why = job.last_error.unwrap_or_else(|| "it took its worker with it".to_owned());
        format!("{} {}: {why}", job.kind, job.id)
    });
    Ok((State::Ill, format!("{said}; {}", named.collect::<Vec<_>>().join("; "))))
}

async fn promise(env: &Env) -> Result<(State, String), Error> {
    let mut ctx = read(env).await?;
    let counted = promise_one(&mut ctx.tx).await?;
    let state = if counted.broken == 0 { State::Well } else { State::Ill };
    Ok((state, format!("{} open, {} without owner, date or decider", counted.open, counted.broken)))
}

async fn similar(env: &Env) -> Result<(State, String), Error> {
    let mut ctx = read(env).await?;
    Ok(match count_missing(&mut ctx.tx).await? {
        0 => (State::Well, "every record that may be is among the similar ones".to_owned()),
        missing => (State::Look, format!("{missing} records are not found yet: run waymark index")),
    })
}

async fn clock(env: &Env) -> Result<(State, String), Error> {
    let mut ctx = read(env).await?;
    let now = ctx.now;
    let last = seals::last(&mut ctx.tx).await?.map(|seal| seal.at);
    let limit = (now + TimeDelta::seconds(CLOCK_SLACK_SECONDS)).timestamp_micros();
    Ok(match last {
        Some(last) if last > limit => {
            (State::Ill, format!("{now}: the last seal is later, so the clock was set back"))
        }
        _ => (State::Well, now.to_rfc3339()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_free_space_is_read_from_the_fourth_column() {
        let told =
            "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 264 100 204800 30% /\n";
        assert_eq!(free_mebibytes(told), Some(200));
        assert_eq!(free_mebibytes("df: nothing"), None);
    }
}
