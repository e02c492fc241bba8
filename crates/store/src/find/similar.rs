//! The index of *similar ones* and of search: the folded words of each record, and who may see it as part of each term of
//! the index, so that what a person may not see changes nothing that they can see. It follows from what people wrote and
//! can be built anew.

use crate::db::Tx;
use crate::dialect::full_text;
use crate::error::Result;
use crate::row::Cell;
use crate::{on, rows, run};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A record that was found.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Hit {
    /// The record.
    pub innovation: Uuid,
    /// Its words, one space between them.
    pub folded: String,
}

/// Before the terms of every record, whoever may see it: for whoever sees the records of many bodies.
pub const ALL: &str = "_";

/// What of a record goes into the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Who may see it; no one of these begins another, and none begins with [`ALL`].
    pub seen: &'a [String],
    /// When it was sent, microseconds since 1970.
    pub sent_at: i64,
    /// Its folded words.
    pub folded: &'a str,
    /// Their terms, one space between them.
    pub terms: &'a str,
}

impl Entry<'_> {
    /// The terms of the index: who may see it, alone and before each term. What a person may see of a word is then one
    /// list of the index, as long as it is and no longer.
    fn terms(&self) -> String {
        let terms = || self.terms.split(' ').filter(|term| !term.is_empty());
        let of_one = |seen: &String| {
            let seen = seen.clone();
            std::iter::once(seen.clone()).chain(terms().map(move |term| format!("{seen}{term}")))
        };
        let each = self.seen.iter().flat_map(of_one);
        each.chain(terms().map(|term| format!("{ALL}{term}"))).collect::<Vec<_>>().join(" ")
    }
}

/// Microseconds of the first of January 2000, from which records are numbered.
const EPOCH: i64 = 946_684_800_000_000;
/// Numbers for each microsecond: 2,048, so that they last until the year 2142.
const TIES: i64 = 1 << 11;
/// Where a number is taken, the next one is free within so many: half a millisecond.
const FLOOD: i64 = 1 << 20;

/// The first number of a record that was sent at a time. The newest has the highest.
pub(crate) fn first_number(sent_at: i64) -> i64 {
    sent_at.saturating_sub(EPOCH).max(1).saturating_mul(TIES).min(i64::MAX - FLOOD)
}

/// A number that is higher than that of every record that was sent before a time.
pub(crate) fn number_after(sent_at: i64) -> i64 {
    first_number(sent_at) + FLOOD
}

/// The number of a record, if no other one has it.
fn number(innovation: Uuid, sent_at: i64) -> i64 {
    // A part of the id, which nobody chose: those of one microsecond are in no order that anybody could read.
    let tie = i64::try_from(innovation.as_u128() % u128::from(TIES.unsigned_abs())).unwrap_or_default();
    first_number(sent_at) + tie
}

/// Puts a record into the index that is not in it, before the transaction's next query.
pub fn put(tx: &mut Tx, innovation: Uuid, entry: Entry<'_>) {
    let number = number(innovation, entry.sent_at);
    let text = "insert into similar_text (id, innovation, sent_at, folded) \
        select coalesce(case when min(id) = $1 then max(id) + 1 end, $2), $3, $4, $5 \
        from similar_text where id >= $6 and id < $7";
    let record = [number.into(), number.into(), innovation.into(), entry.sent_at.into(), entry.folded.into()];
    let among = [number.into(), (number + FLOOD).into()];
    rows::hold(tx, text, record.into_iter().chain(among).collect());
    let index = full_text(tx);
    rows::hold(tx, index.add, vec![(index.written)(&entry.terms()).into(), innovation.into()]);
}

/// Puts what is said of a record now in the place of what was said before; its number stays.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn replace(tx: &mut Tx, innovation: Uuid, entry: Entry<'_>) -> Result<()> {
    let Some(number) = remove(tx, innovation).await? else {
        put(tx, innovation, entry);
        return Ok(());
    };
    let text = "insert into similar_text (id, innovation, sent_at, folded) values ($1, $2, $3, $4)";
    let record = [number.into(), innovation.into(), entry.sent_at.into(), entry.folded.into()];
    rows::hold(tx, text, record.into());
    let index = full_text(tx);
    rows::hold(tx, index.add, vec![(index.written)(&entry.terms()).into(), innovation.into()]);
    Ok(())
}

/// Takes a record out of the index, where it is in it, and gives its number.
async fn remove(tx: &mut Tx, innovation: Uuid) -> Result<Option<i64>> {
    let sql = "delete from similar_text where innovation = $1 returning id";
    let id: Option<i64> = on!(tx, c => sqlx::query_scalar(sql).bind(innovation).fetch_optional(c).await)?;
    if let Some(id) = id {
        let sql = format!("delete from similar_index where {} = $1", full_text(tx).id);
        run!(tx, sqlx::query(AssertSqlSafe(sql)).bind(id))?;
    }
    Ok(id)
}

/// Takes everything out of the index.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn clear(tx: &mut Tx) -> Result<()> {
    run!(tx, sqlx::query("delete from similar_text"))?;
    run!(tx, sqlx::query("delete from similar_index"))?;
    Ok(())
}

/// Writes a part of the index anew, so that terms that were taken out of it are not in its pages either; begins anew or goes
/// on. Says whether there is more to be done.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn forget(tx: &mut Tx, is_begun: bool) -> Result<bool> {
    let Some(merge) = full_text(tx).forget else { return Ok(false) };
    let changes = "select total_changes()";
    let before: i64 = on!(tx, c => sqlx::query_scalar(changes).fetch_one(c).await)?;
    run!(tx, sqlx::query(merge[usize::from(is_begun)]))?;
    let after: i64 = on!(tx, c => sqlx::query_scalar(changes).fetch_one(c).await)?;
    // Its own row counts as one change (SQLite, FTS5, The 'merge' Command).
    Ok(after - before >= 2)
}

/// Stems that a record must all have; none asks only who may see it.
pub type Together<'a> = Vec<&'a str>;

/// The terms of what may be seen by one of `seen` and has all stems of one of `wanted`.
pub(super) fn terms(seen: &[String], wanted: &[Together<'_>]) -> Vec<Vec<String>> {
    let of_one = |seen: &String, together: &Together<'_>| match together.as_slice() {
        [] => vec![seen.clone()],
        stems => stems.iter().map(|stem| format!("{seen}{stem}")).collect(),
    };
    wanted.iter().flat_map(|together| seen.iter().map(move |seen| of_one(seen, together))).collect()
}

/// How many records that may be seen by one of `seen` have all stems of each of `wanted`, each counted up to `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn counts(
    tx: &mut Tx,
    (seen, wanted): (&[String], &[Together<'_>]),
    limit: u32,
) -> Result<Vec<i64>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let text = full_text(tx);
    let one = |place: usize| {
        let condition = (text.condition)(place + 2);
        let found = format!("select 1 as one from similar_index where {condition} limit $1");
        format!("select {place} as place, (select count(*) from ({found}) f) as texts")
    };
    let all: Vec<String> = (0..wanted.len()).map(one).collect();
    let sql = format!("select texts from ({}) c order by place", all.join(" union all "));
    let asked = wanted.iter().map(|one| (text.query)(&terms(seen, std::slice::from_ref(one))));
    let cells: Vec<Cell> = std::iter::once(Cell::Int(limit.into())).chain(asked.map(Cell::Text)).collect();
    on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
        .try_map(|row| sqlx::Row::try_get(&row, 0))
        .fetch_all(c)
        .await)
}

/// The records that may be seen by one of `seen` and have all stems of one of `wanted`, in the order of their ids. Both
/// engines give the same as long as there are no more than `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn find(tx: &mut Tx, (seen, wanted): (&[String], &[Together<'_>]), limit: u32) -> Result<Vec<Hit>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let text = full_text(tx);
    let asked = (text.query)(&terms(seen, wanted));
    let sql = format!(
        "select t.innovation, t.folded from similar_index join similar_text t on t.id = similar_index.{} \
         where {} order by t.innovation limit $2",
        text.id,
        (text.condition)(1)
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(&asked).bind(i64::from(limit)).fetch_all(c).await)
}

/// A text of a record that is not in the index.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Missing {
    /// The record.
    pub innovation: Uuid,
    /// Who sees it.
    pub seen_by: String,
    /// The legal body that it was told in.
    pub body: Uuid,
    /// The one that handles it.
    pub at_body: Uuid,
    /// When it was sent, microseconds since 1970.
    pub sent_at: i64,
    /// One of its texts; nothing where it has none that may be compared.
    pub text: Option<String>,
}

/// Records that belong into the index and are not in it.
const BELONGS: &str = "not exists (select 1 from similar_text t where t.innovation = i.id)";
/// The texts by which records are compared, the same for both ways in: [`put`] with what was typed, and this.
const COMPARED: &str = "w.field in ('title', 'problem', 'solution', 'did', 'changed') and w.masked is null";

/// The texts of the next records after an id that are not in the index, of at most `limit` records, in the order in which
/// they were written.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn missing(tx: &mut Tx, after: Uuid, limit: u32) -> Result<Vec<Missing>> {
    let sql = format!(
        "select m.id as innovation, m.seen_by, m.body, m.at_body, m.sent_at, w.body as text from \
         (select i.id, i.seen_by, i.body, i.at_body, i.sent_at from innovation i where i.id > $1 and {BELONGS} order by i.id limit $2) m \
         left join words w on w.record = m.id and {COMPARED} order by m.id, w.version, w.field"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(after).bind(i64::from(limit)).fetch_all(c).await)
}

/// The texts of one record by which it is compared, in the order in which they were written.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn texts(tx: &mut Tx, innovation: Uuid) -> Result<Vec<Option<String>>> {
    let sql =
        format!("select w.body from words w where w.record = $1 and {COMPARED} order by w.version, w.field");
    on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(innovation).fetch_all(c).await)
}

/// How many records are not in the index that belong there.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn count_missing(tx: &mut Tx) -> Result<i64> {
    let sql = format!("select count(*) from innovation i where {BELONGS}");
    on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(c).await)
}
