//! What is measured: the raw figures, then each page and act.

use crate::Settings;
use crate::acts;
use crate::load::{Measured, Request, run as ask};
use crate::people::Tree;
use crate::report::{Report, engine};
use crate::server::Server;
use std::time::{Duration, Instant};
use waymark_app::people::session;
use waymark_app::routes::Route;
use waymark_app::{Actor, Ctx, Env};
use waymark_domain::ids::AccountId;
use waymark_domain::reference::Reference;
use waymark_store::sqlx::{self, AssertSqlSafe, Connection, PgConnection};
use waymark_store::{Db, on, run as execute};

type Done<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Connections that ask for similar ones at once: people who are about to send something (`quality.md`).
const SIMILAR_CONNECTIONS: usize = 4;
/// Commits for the raw figure of the disk.
const COMMITS: u32 = 400;

/// Measures everything on one loaded database.
///
/// # Errors
/// Where the server or the database cannot be reached.
pub async fn run(
    settings: &Settings,
    (env, tree): (&Env, &Tree),
    (url, size): (&str, usize),
    report: &mut Report,
) -> Done {
    let commit = commits_per_second(&env.db).await?;
    report.fact(format!("{} {size}: raw commits a second", engine(url)), commit);
    let cookies = cookies(env, tree).await?;
    let references = references(&env.db).await?;
    let server = Server::start(&settings.binary, url).await?;
    report.fact(format!("{} {size}: ready, seconds", engine(url)), server.ready_seconds);
    let bench = Bench { settings, address: &server.address, at: (url, size) };
    let plain = bench.pages("plain", (&[Route::Live.to_string()], &cookies, None), report).await?;
    let raw = Some(plain.per_second());
    bench.pages("home", (&[Route::Home.to_string()], &[String::new()], raw), report).await?;
    bench.pages("my work", (&[Route::Work.to_string()], &cookies, raw), report).await?;
    bench.pages("list", (&lists(tree), &cookies, raw), report).await?;
    let records: Vec<String> =
        references.into_iter().map(|reference| Route::Record { reference }.to_string()).collect();
    bench.pages("record", (&records, &cookies, raw), report).await?;
    let sought = acts::similar(env, tree).await?;
    bench.asked("similar", (&sought, SIMILAR_CONNECTIONS, raw), report).await?;
    let drafts = acts::drafts(env, tree).await?;
    bench.acts("submit", (&drafts, commit), report).await?;
    let answers = acts::answers(env, tree).await?;
    bench.acts("answer", (&answers, commit), report).await?;
    report.fact(format!("{} {size}: peak memory, MiB", engine(url)), server.peak_mib()?);
    server.stop().await?;
    Ok(())
}

struct Bench<'a> {
    settings: &'a Settings,
    address: &'a str,
    at: (&'a str, usize),
}

impl Bench<'_> {
    /// Acts, each done once; beside the raw commits of the same disk.
    async fn acts(&self, what: &str, (requests, commit): (&[Request], f64), report: &mut Report) -> Done {
        let length = Duration::from_mins(2);
        let measured = ask(self.address, requests, (self.settings.connections, length)).await?;
        report.line(self.at, what, (&measured, Some(commit)));
        Ok(())
    }

    /// Pages, each asked for by somebody else in turn; the best of three runs counts.
    async fn pages(
        &self,
        what: &str,
        (paths, cookies, raw): (&[String], &[String], Option<f64>),
        report: &mut Report,
    ) -> Done<Measured> {
        let pairs = paths.iter().cycle().zip(cookies.iter().cycle()).take(paths.len().max(cookies.len()));
        let requests: Vec<Request> = pairs.map(|(path, cookie)| Request::get(path, cookie)).collect();
        self.asked(what, (&requests, self.settings.connections, raw), report).await
    }

    /// Requests that may be repeated, over so many connections; the best of three runs counts.
    async fn asked(
        &self,
        what: &str,
        (requests, connections, raw): (&[Request], usize, Option<f64>),
        report: &mut Report,
    ) -> Done<Measured> {
        let length = Duration::from_secs(self.settings.seconds);
        let mut best = Measured::default();
        for _ in 0..3 {
            let measured = ask(self.address, requests, (connections, length)).await?;
            if best.seconds.is_empty() || measured.per_second() > best.per_second() {
                best = measured;
            }
        }
        report.line(self.at, what, (&best, raw));
        Ok(best)
    }
}

/// Sessions of the first members of each unit, as cookies.
async fn cookies(env: &Env, tree: &Tree) -> Done<Vec<String>> {
    let mut ctx = Ctx::write(env, Actor::Console).await?;
    let mut cookies = Vec::new();
    for unit in &tree.units {
        let account: AccountId = unit.members[0];
        let secret = session::begin(&mut ctx, account, (false, "bench")).await?;
        cookies.push(format!("waymark={secret}"));
    }
    ctx.commit().await?;
    Ok(cookies)
}

/// The newest of a body, of a body with a filter, and of the whole.
fn lists(tree: &Tree) -> Vec<String> {
    let node = tree.units[0].body;
    vec![
        Route::Place { node }.to_string(),
        format!("{}?stage=told", Route::Place { node }),
        Route::Ideas.to_string(),
    ]
}

/// References of records that the whole body sees.
async fn references(db: &Db) -> Done<Vec<Reference>> {
    let mut tx = db.read().await?;
    let sql = "select reference from innovation where seen_by = 'body' order by id limit 2000";
    let found: Vec<String> = on!(&mut tx, c => sqlx::query_scalar(sql).fetch_all(c).await)?;
    Ok(found.iter().filter_map(|reference| Reference::parse(reference)).collect())
}

/// Single-row commits with full sync on the same disk, one after the other.
async fn commits_per_second(db: &Db) -> Done<f64> {
    let mut tx = db.write().await?;
    execute!(&mut tx, sqlx::query("create table if not exists bench_commit (id integer primary key)"))?;
    tx.commit().await?;
    let began = Instant::now();
    for number in 0..COMMITS {
        let mut tx = db.write().await?;
        execute!(&mut tx, sqlx::query("insert into bench_commit (id) values ($1)").bind(i64::from(number)))?;
        tx.commit().await?;
    }
    let per_second = f64::from(COMMITS) / began.elapsed().as_secs_f64();
    let mut tx = db.write().await?;
    execute!(&mut tx, sqlx::query("drop table bench_commit"))?;
    tx.commit().await?;
    Ok(per_second)
}

/// A new database on a PostgreSQL server, named by size.
///
/// # Errors
/// Where the server cannot be reached.
pub async fn fresh_postgres(server: &str, size: usize) -> Done<String> {
    let name = format!("waymark_bench_{size}");
    let mut admin = PgConnection::connect(server).await?;
    for sql in [
        format!("drop database if exists {name} with (force)"),
        format!("create database {name} template template0 encoding 'UTF8' locale 'C'"),
    ] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut admin).await?;
    }
    let (base, _) = server.rsplit_once('/').ok_or("an address without a database")?;
    Ok(format!("{base}/{name}"))
}
