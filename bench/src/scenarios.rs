//! What is measured: the raw figures, then each page and act.

use crate::Settings;
use crate::acts;
use crate::load::{Measured, Request, run as ask};
use crate::people::Tree;
use crate::queries;
use crate::report::{Report, engine};
use crate::server::Server;
use crate::visit;
use std::time::{Duration, Instant};
use url::Url;
use uuid::Uuid;
use waymark_app::find::list::Order;
use waymark_app::people::session;
use waymark_app::routes::Route;
use waymark_app::{Actor, Ctx, Env};
use waymark_domain::ids::NodeId;
use waymark_domain::reference::Reference;
use waymark_store::sqlx::{self, AssertSqlSafe, Connection, PgConnection};
use waymark_store::{Db, on, run as execute};

type Done<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Connections at which the wait for one list is judged.
const CALM: usize = 16;
/// Connections that search or ask for similar ones at once (`quality.md`).
const FEW: usize = 4;
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
    let readers = readers(env, tree).await?;
    let cookies: Vec<String> = readers.iter().map(|reader| reader.cookie.clone()).collect();
    let records = records(&env.db, &readers).await?;
    let server = Server::start(&settings.binary, url).await?;
    report.fact(format!("{} {size}: ready, seconds", engine(url)), server.ready_seconds);
    report.fact(format!("{} {size}: at rest, seconds", engine(url)), at_rest(&env.db).await?);
    let connections = settings.connections;
    let bench = Bench { settings, address: &server.address, at: (url, size), connections };
    let plain = bench.pages(PLAIN, (vec![Request::get(&Route::Live.to_string(), "")], None), report).await?;
    let raw = Some(plain.per_second());
    let (home, work) = (Route::Home.to_string(), Route::Work.to_string());
    bench.pages("home", (vec![Request::get(&home, "")], raw), report).await?;
    let works = cookies.iter().map(|cookie| Request::get(&work, cookie)).collect();
    bench.pages("my work", (works, raw), report).await?;
    let lists = lists(&readers);
    bench.pages("list", (lists.clone(), raw), report).await?;
    let calm = Bench { connections: CALM, ..bench };
    calm.pages("list, 16 at once", (lists.clone(), raw), report).await?;
    bench.pages("record", (records.clone(), raw), report).await?;
    let few = Bench { connections: FEW, ..bench };
    for (name, order) in [("search, 4 at once", Order::Newest), ("best match, 4 at once", Order::Best)] {
        few.pages(name, (queries::searches(env, tree, order).await?, raw), report).await?;
    }
    few.pages("similar, 4 at once", (acts::similar(env, tree).await?, raw), report).await?;
    few.pages("figures, 4 at once", (figures(&readers, None), raw), report).await?;
    few.pages("figures of the whole, 4 at once", (figures(&readers, Some(tree.root)), raw), report).await?;
    let drafts = acts::drafts(env, tree).await?;
    bench.acts("submit", (&drafts, commit), report).await?;
    let answers = acts::answers(env, tree).await?;
    bench.acts("answer", (&answers, commit), report).await?;
    // The storm counts for the peak of memory.
    bench.acts("wrong sign-ins", (&acts::sign_ins(), commit), report).await?;
    report.fact(format!("{} {size}: peak memory, MiB", engine(url)), server.peak_mib()?);
    report.fact(format!("{} {size}: first visit, KB", engine(url)), visit::kilobytes(&server.address).await?);
    server.stop().await?;
    let asked = [
        ("my work", &[Request::get(&work, &cookies[0])][..]),
        ("list", &lists[..3]),
        ("record", &records[..3]),
    ];
    for (what, most) in visit::queries(settings, url, &asked).await? {
        report.fact(format!("{} {size}: queries a request, {what}", engine(url)), most);
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Bench<'a> {
    settings: &'a Settings,
    address: &'a str,
    at: (&'a str, usize),
    connections: usize,
}

/// How often it is looked whether the server is at rest; its worker looks for work as often.
const LOOK: Duration = Duration::from_secs(2);
/// The longest wait for that.
const REST: Duration = Duration::from_mins(20);

/// What everything is beside.
const PLAIN: &str = "plain";

impl Bench<'_> {
    fn is_wanted(&self, what: &str) -> bool {
        let wanted = &self.settings.what;
        let is_named = |one: &String| what.split(',').next() == Some(one);
        wanted.is_empty() || what == PLAIN || wanted.iter().any(is_named)
    }

    /// Acts, each done once; beside the raw commits of the same disk.
    async fn acts(&self, what: &str, (requests, commit): (&[Request], f64), report: &mut Report) -> Done {
        if !self.is_wanted(what) {
            return Ok(());
        }
        let length = Duration::from_mins(2);
        let measured = ask(self.address, requests, (self.connections, length)).await?;
        report.line(self.at, what, (&measured, Some(commit)));
        Ok(())
    }

    /// Pages, each asked for by somebody else in turn; the best of three runs counts.
    async fn pages(
        &self,
        what: &str,
        (requests, raw): (Vec<Request>, Option<f64>),
        report: &mut Report,
    ) -> Done<Measured> {
        if !self.is_wanted(what) {
            return Ok(Measured::default());
        }
        let length = Duration::from_secs(self.settings.seconds);
        let mut best = Measured::default();
        for _ in 0..3 {
            let measured = ask(self.address, &requests, (self.connections, length)).await?;
            if best.seconds.is_empty() || measured.per_second() > best.per_second() {
                best = measured;
            }
        }
        report.line(self.at, what, (&best, raw));
        Ok(best)
    }
}

/// Somebody who reads: their body and the cookie of their session.
struct Reader {
    body: NodeId,
    cookie: String,
}

/// A member of each unit.
async fn readers(env: &Env, tree: &Tree) -> Done<Vec<Reader>> {
    let mut ctx = Ctx::write(env, Actor::Console).await?;
    let mut readers = Vec::new();
    for unit in &tree.units {
        let secret = session::begin(&mut ctx, unit.members[0], (false, "bench")).await?;
        readers.push(Reader { body: unit.body, cookie: format!("waymark={secret}") });
    }
    ctx.commit().await?;
    Ok(readers)
}

/// Three lists in turn: the newest of one's own body, the same at one stage, the newest of the whole.
fn lists(readers: &[Reader]) -> Vec<Request> {
    let request = |(number, reader): (usize, &Reader)| {
        let place = Route::Place { node: reader.body };
        let path = match number % 3 {
            0 => place.to_string(),
            1 => format!("{place}?stage=told"),
            _ => Route::Ideas.to_string(),
        };
        Request::get(&path, &reader.cookie)
    };
    readers.iter().enumerate().map(request).collect()
}

/// The figures of one's own body, or of a node.
fn figures(readers: &[Reader], node: Option<NodeId>) -> Vec<Request> {
    let request = |reader: &Reader| {
        let node = node.unwrap_or(reader.body);
        Request::get(&Route::Figures { node }.to_string(), &reader.cookie)
    };
    readers.iter().map(request).collect()
}

/// Records that a whole body sees, each asked for by somebody of that body.
async fn records(db: &Db, readers: &[Reader]) -> Done<Vec<Request>> {
    let mut tx = db.read().await?;
    let sql = "select reference, body from innovation where seen_by = 'body' order by id limit 2000";
    let found: Vec<(String, Uuid)> = on!(&mut tx, c => sqlx::query_as(sql).fetch_all(c).await)?;
    let requests = found.iter().filter_map(|(reference, body)| {
        let reader = readers.iter().find(|reader| reader.body.0 == *body)?;
        let reference = Reference::parse(reference)?;
        Some(Request::get(&Route::Record { reference }.to_string(), &reader.cookie))
    });
    Ok(requests.collect())
}

/// Waits until the server has done what was due when it started: records that were loaded without their figures get them
/// now, and nothing else is to be measured beside that. Gives how long it took, in seconds.
async fn at_rest(db: &Db) -> Done<f64> {
    let began = Instant::now();
    loop {
        let mut tx = db.read().await?;
        let sql = "select (select count(*) from figure_missing) + (select count(*) from job where worker is not null)";
        let left: i64 = on!(&mut tx, c => sqlx::query_scalar(sql).fetch_one(c).await)?;
        drop(tx);
        if left == 0 && began.elapsed() > LOOK {
            return Ok(began.elapsed().as_secs_f64());
        }
        if began.elapsed() > REST {
            return Err("the server has not come to rest".into());
        }
        tokio::time::sleep(LOOK).await;
    }
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
    let mut url = Url::parse(server)?;
    url.set_path(&name);
    Ok(url.into())
}
