//! The demonstration: a made-up government with two years of ideas, replayed through the use cases, so that its journal,
//! clocks and states are as real as those of any installation.

mod acts;
mod data;
mod days;
mod problems;
mod public;
mod replay;
mod tree;

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use chrono::TimeDelta;
use serde::Serialize;
use waymark_store::people::{installation, tree as nodes};

pub use replay::Odd;

/// The password of every account of the demonstration: there is nothing in it to protect.
pub const PASSWORD: &str = "a bottle of green ink";
/// The pass-phrase of the openers of hidden names: Helen Ashdown begins, Rafiq Talbot finishes.
const PHRASE: &str = "WAYMA-RKWAY-MARKW-AYMAR-KWAYM";
/// The name of the row that says so.
const DEMONSTRATION: &str = "demonstration";
/// The made-up government is older than its first idea by these days.
const FOUNDED_DAYS_BEFORE: i64 = 760;

/// What the demonstration was filled with.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Filled {
    /// Organisations of every level.
    pub nodes: usize,
    /// People with an account.
    pub people: usize,
    /// Ideas and problems.
    pub records: usize,
    /// What people did.
    pub acts: usize,
    /// What time did: pauses ended, dates missed, *not now* come back.
    pub steps_of_time: usize,
    /// What the files say and the rules did not do.
    pub odd: Vec<Odd>,
}

/// Fills an empty database with the demonstration as it stands now, in one transaction.
///
/// # Errors
/// [`Error::Conflict`] where there is anything in the database, [`Error::Unavailable`], [`Error::Internal`] where the
/// files that the program carries cannot be read.
pub async fn fill(env: &Env) -> Result<Filled> {
    let files = data::files()?;
    let salt: [u8; 16] = env.bytes();
    let hash = tokio::task::spawn_blocking(move || tree::password_hash(&salt)).await;
    let hash = hash.map_err(Error::internal)??;
    let beginning = env.now() - TimeDelta::days(FOUNDED_DAYS_BEFORE);
    let mut ctx = Ctx::write_at(env, Actor::Console, beginning).await?;
    if nodes::root(&mut ctx.tx).await?.is_some() {
        return Err(Error::Conflict);
    }
    installation::set(&mut ctx.tx, DEMONSTRATION, "yes").await?;
    let world = tree::found(&mut ctx, &files, &hash).await?;
    let mut filled =
        Filled { nodes: files.organisations.len(), people: files.people.len(), ..Filled::default() };
    replay::all(&mut ctx, &files.ideas, &world, &mut filled).await?;
    public::all(&mut ctx, &world, &mut filled).await?;
    problems::all(&mut ctx, &world, &mut filled).await?;
    ctx.commit().await?;
    Ok(filled)
}

/// Is the database a demonstration?
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn is_demonstration<K>(ctx: &mut Ctx<'_, K>) -> Result<bool> {
    Ok(installation::value(&mut ctx.tx, DEMONSTRATION).await?.as_deref() == Some("yes"))
}

/// Somebody to sign in as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DemoAccount {
    /// A short name: what they are for the first of each kind (`member`, `finder`), else their id in the files.
    #[serde(rename = "as")]
    pub as_: String,
    /// The person's name.
    pub name: String,
    /// What they do there.
    pub job: String,
    /// The name of where they work.
    pub unit: String,
    /// Names of their roles.
    pub roles: Vec<String>,
    /// The address to sign in with.
    pub email: String,
    /// The password.
    pub password: &'static str,
}

/// The kinds of person that are offered first, by the role that makes one.
const KINDS: [&str; 6] = ["member", "team-lead", "finder", "head", "administrator", "auditor"];

/// Whom one can sign in as: first one of each kind, then everybody. Empty unless this is a demonstration on the machine's
/// own address: elsewhere nobody is handed an account.
///
/// # Errors
/// [`Error::Internal`] where the files that the program carries cannot be read.
pub fn accounts(env: &Env) -> Result<Vec<DemoAccount>> {
    let config = &env.config;
    if config.is_demonstration && config.is_loopback() { everybody() } else { Ok(Vec::new()) }
}

/// As [`accounts`], wherever it runs: for whoever has the machine.
///
/// # Errors
/// [`Error::Internal`] where the files that the program carries cannot be read.
pub fn everybody() -> Result<Vec<DemoAccount>> {
    let organisations = data::files()?.organisations;
    let unit =
        |id: &str| organisations.iter().find(|one| one.id == id).map_or(id, |one| &one.name).to_owned();
    let all: Vec<DemoAccount> =
        data::people()?.into_iter().map(|one| account(unit(&one.unit), one)).collect();
    // Those who work together are offered together: what the member tells is with the team lead of the list.
    let unit = all.iter().find(|one| one.is_plain(KINDS[0])).map(|one| one.unit.clone());
    let kinds = KINDS.iter().filter_map(|kind| {
        let plain = || all.iter().filter(|one| one.is_plain(kind));
        let first = plain().find(|one| Some(&one.unit) == unit.as_ref()).or_else(|| plain().next())?;
        Some(DemoAccount { as_: (*kind).to_owned(), ..first.clone() })
    });
    Ok(kinds.chain(all.iter().cloned()).collect())
}

impl DemoAccount {
    /// Does the person hold the role and, beside being a member, no other?
    fn is_plain(&self, role: &str) -> bool {
        let others = self.roles.iter().filter(|held| *held != role && *held != "member");
        let is_head = role == "head" && self.roles.iter().any(|held| held == role);
        is_head || (self.roles.iter().any(|held| held == role) && others.count() == 0)
    }
}

fn account(unit: String, one: data::Person) -> DemoAccount {
    DemoAccount {
        as_: one.id,
        name: one.name,
        job: one.job,
        unit,
        roles: one
            .roles
            .iter()
            .filter_map(|held| tree::role(&held.role))
            .map(|role| role.name().to_owned())
            .collect(),
        email: one.mail,
        password: PASSWORD,
    }
}

/// Acts as somebody at a time.
fn acting(ctx: &mut Ctx<'_, Write>, actor: Actor, at: chrono::DateTime<chrono::Utc>) {
    ctx.actor = actor;
    ctx.now = at;
}
