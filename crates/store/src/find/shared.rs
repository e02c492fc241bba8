//! Answers that many records get: who may use them, what can be answered with them, and which earlier texts a new one may
//! repeat.

use crate::db::Tx;
use crate::error::Result;
use crate::find::lists::{COLUMNS, JOINS, ListRow};
use crate::row::{Kind, Row, Stored, Table, column};
use crate::words::Kept;
use crate::{on, run};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;
use waymark_domain::route::shared::SharedAnswer;

const SHARED_ANSWER: Table = Table {
    name: "shared_answer",
    columns: &[
        column("id", Kind::Id),
        column("version", Kind::Int),
        column("node", Kind::Id),
        column("body", Kind::Id),
        column("owner", Kind::Id),
        column("reason", Kind::Text),
        column("language", Kind::Text),
        column("words_version", Kind::Int),
        column("reread_on", Kind::Text),
        column("said_at", Kind::Int),
        column("is_withdrawn", Kind::Bool),
    ],
    key: 1,
    record: "id",
};

impl Stored for SharedAnswer {
    const TABLES: &'static [Table] = &[SHARED_ANSWER];

    fn project(&self) -> Vec<Row> {
        let cells = vec![
            self.id.0.into(),
            self.version.into(),
            self.node.0.into(),
            self.body.0.into(),
            self.kept.owner.into(),
            self.text.reason.name().into(),
            self.text.language.code().into(),
            self.text.words.version.into(),
            self.kept.reread_on.into(),
            self.said_at.into(),
            self.is_withdrawn.into(),
        ];
        vec![Row::new(&SHARED_ANSWER, cells)]
    }
}

/// A shared answer on a list.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SharedRow {
    /// Its id.
    pub id: Uuid,
    /// The first of its words; nothing once erased.
    pub words: Option<String>,
    /// The code of their language.
    pub language: String,
    /// The day on which it is read again.
    pub reread_on: String,
    /// When it was said, microseconds since 1970.
    pub said_at: i64,
    /// The time zone of its body.
    pub zone: String,
    /// How many answers to what its body sees were given with it.
    pub uses: i64,
    /// Does the person own it, or must they read it again in place of an owner who has gone?
    pub is_own: bool,
}

/// Where a person decides, with the body of each place.
const DECIDES: &str = "with mine as (select g.node, n.body from role_held g join node n on n.id = g.node \
    where g.account = $1 and g.role in ('team-lead', 'finder', 'head'))";

/// Does the person decide where the shared answer `s` was written, or in its body?
const USABLE: &str = "(exists (select 1 from mine m where m.body = s.body) \
    or exists (select 1 from mine m join node_above a on a.ancestor = m.node where a.node = s.node))";

/// How many answers were given with the shared answer `s`, to what its body sees: whoever may use it sees the number.
const USES: &str = "(select count(*) from answer r join innovation i on i.id = r.innovation where r.shared = s.id \
    and (i.seen_by in ('bodies', 'everyone') or (i.seen_by = 'body' and s.body in (i.body, i.at_body))))";

/// The shared answers that a person may use, those that are to be read again first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn usable(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<SharedRow>> {
    let sql = format!(
        "{DECIDES} select s.id, w.body as words, s.language, s.reread_on, s.said_at, b.zone, \
         {USES} as uses, \
         coalesce(o.account = $1 or c.closed_at is not null, true) as is_own \
         from shared_answer s join node b on b.id = s.body \
         left join party o on o.id = s.owner left join account c on c.id = o.account \
         left join words w on w.record = s.id and w.field = 'answer' and w.version = s.words_version \
         where not s.is_withdrawn and {USABLE} order by s.reread_on, s.id limit $2"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}

/// May a person use a shared answer, or have a look at it?
///
/// # Errors
/// Where the database cannot be reached.
pub async fn is_usable(tx: &mut Tx, account: Uuid, id: Uuid) -> Result<bool> {
    let sql = format!("{DECIDES} select count(*) from shared_answer s where s.id = $2 and {USABLE}");
    let found: i64 =
        on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(account).bind(id).fetch_one(c).await)?;
    Ok(found > 0)
}

/// Holds a shared answer that a person may use until the transaction ends: whoever else wants to hold it waits. Gives whether
/// there is one.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn hold(tx: &mut Tx, account: Uuid, id: Uuid) -> Result<bool> {
    // A row that is written anew as it stands is held on PostgreSQL; SQLite has one writer in any case.
    let sql =
        format!("{DECIDES} update shared_answer as s set version = s.version where s.id = $2 and {USABLE}");
    let held = run!(tx, sqlx::query(AssertSqlSafe(sql)).bind(account).bind(id))?;
    Ok(held > 0)
}

/// How many answers were given with a shared one, to what its body sees.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn uses(tx: &mut Tx, id: Uuid) -> Result<i64> {
    let sql = format!("select {USES} from shared_answer s where s.id = $1");
    on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_one(c).await)
}

/// The records that got a shared answer, in the order of their ids: those after one, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn given(tx: &mut Tx, id: Uuid, (after, limit): (Uuid, i64)) -> Result<Vec<Uuid>> {
    let sql = "select distinct innovation from answer where shared = $1 and innovation > $2 \
               order by innovation limit $3";
    on!(tx, c => sqlx::query_scalar(sql).bind(id).bind(after).bind(limit).fetch_all(c).await)
}

/// The texts of a shared answer that lie beside the records that got it and are not erased, in the order of the records'
/// ids: of those after one, up to the last.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn given_texts(tx: &mut Tx, id: Uuid, (after, last): (Uuid, Uuid)) -> Result<Vec<Kept>> {
    // The event that gave it names it; a record's other answers stay as they are.
    let sql = "select w.* from (select distinct innovation from answer \
                 where shared = $1 and innovation > $2 and innovation <= $3) a \
               join journal j on j.stream = a.innovation and j.event = 'answered' \
                 and replace(j.payload, $4, '') <> j.payload \
               join words w on w.record = j.stream and w.version = j.version \
                 and w.field in ('answer', 'would-change') \
               where w.body is not null order by w.record, w.version, w.field";
    on!(tx, c => sqlx::query_as(sql)
        .bind(id)
        .bind(after)
        .bind(last)
        .bind(id.to_string())
        .fetch_all(c)
        .await)
}

/// A record that a person may answer together with others.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ToAnswerRow {
    /// The record.
    #[sqlx(flatten)]
    pub list: ListRow,
    /// The body where it is handled.
    pub at_body: Uuid,
    /// The version that it has now.
    pub version: i64,
}

/// What waits for a person's answer, the earliest date first, at most `limit`: not what waits for a reply, and not what has
/// a hidden name, of which each decider says something on its own page. Of all of it, or of the one of a reference.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn to_answer(
    tx: &mut Tx,
    account: Uuid,
    (reference, limit): (Option<&str>, i64),
) -> Result<Vec<ToAnswerRow>> {
    let sql = format!(
        "select {COLUMNS}, i.at_body, i.version from party p join innovation i on i.decider = p.id {JOINS} \
         where p.account = $1 and i.ended_at is null and i.stage in ('told', 'passed-on') and not i.is_paused \
         and not exists (select 1 from sealed_name s where s.record = i.id) \
         and ($3 = '' or i.reference = $3) order by i.next_on, i.id limit $2"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).bind(reference.unwrap_or_default()).fetch_all(c).await)
}

/// An earlier answer in a decider's own words.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct EarlierRow {
    /// What people call its record by.
    pub reference: String,
    /// When it was answered, microseconds since 1970.
    pub answered_at: i64,
    /// The time zone where that was.
    pub zone: String,
    /// The words.
    pub body: String,
}

/// The latest answers of *no* and *not now* that are no shared ones: of a person, and of the others of a body but for what
/// is handled with care; at most `limit` of each, from `since` on (microseconds since 1970), without those of one record.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn earlier(
    tx: &mut Tx,
    (account, body): (Uuid, Uuid),
    (but, since, limit): (Uuid, i64, i64),
) -> Result<Vec<EarlierRow>> {
    let part = |from: &str| {
        format!(
            "select * from (select a.innovation, a.answered_at from {from} \
             and a.kind in ('stop', 'not-now') and a.shared is null and not a.is_objected \
             and a.innovation <> $3 and a.answered_at >= $4 order by a.answered_at desc limit $5) one"
        )
    };
    let own = part("party p join answer a on a.answered_by = p.id where p.account = $1");
    let others = part(
        "answer a join innovation i on i.id = a.innovation where i.at_body = $2 and i.seen_by <> 'handlers'",
    );
    let sql = format!(
        "select i.reference, e.answered_at, i.zone, w.body from ({own} union {others}) e \
         join innovation i on i.id = e.innovation \
         join words w on w.record = e.innovation and w.field = 'answer' and w.body is not null \
         order by e.answered_at desc, i.id, w.version desc"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(account)
        .bind(body)
        .bind(but)
        .bind(since)
        .bind(limit)
        .fetch_all(c)
        .await)
}
