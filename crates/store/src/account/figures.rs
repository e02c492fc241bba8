//! Counts of facts at and below a node.

use crate::db::Tx;
use crate::error::Result;
use crate::find::listing;
use crate::on;
use sqlx::{Arguments, AssertSqlSafe, Database, Encode, FromRow, Type};
use uuid::Uuid;

/// Records told on a day that were first answered, or taken back, on another, or wait.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Waited {
    /// The day on which they were told.
    pub day: String,
    /// The day on which the wait ended.
    pub until: Option<String>,
    /// What became of it.
    pub part: String,
    /// Are they handled with care?
    pub is_with_care: bool,
    /// How many.
    pub count: i64,
}

/// Whose facts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those of the whole tree.
    Whole,
    /// Those of a node and of what lies below it.
    Below(Uuid),
}

impl Reach {
    /// The facts `f`, of days from `$1` to `$2`, with the node to be bound as `$3`; for the whole there is none.
    fn facts(self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::Whole => ("figure_fact f where f.day >= $1 and f.day <= $2", None),
            // A cross join is the order in which SQLite reads: it would take the index of the whole else.
            Self::Below(node) => (
                "node_above up cross join figure_fact f \
                 where f.node = up.node and f.day >= $1 and f.day <= $2 and up.ancestor = $3",
                Some(node),
            ),
        }
    }
}

/// How long those told from one day to another waited for a first answer.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn waited(tx: &mut Tx, reach: Reach, (from, to): (&str, &str)) -> Result<Vec<Waited>> {
    let (facts, node) = reach.facts();
    let sql = format!(
        "select f.day, f.until, f.part, f.is_with_care, count(*) as count from {facts} and f.fact = 'first' \
         group by f.day, f.part, f.is_with_care, f.until"
    );
    on!(tx, c => bound(sqlx::query_as(AssertSqlSafe(sql)).bind(from).bind(to), node).fetch_all(c).await)
}

/// Facts of one day that say the same.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Counted {
    /// The day.
    pub day: String,
    /// What they are of.
    pub fact: String,
    /// What they say.
    pub part: String,
    /// Are they of records handled with care?
    pub is_with_care: bool,
    /// How many.
    pub count: i64,
}

/// What was due, answered and tried from one day to another.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn counted(tx: &mut Tx, reach: Reach, (from, to): (&str, &str)) -> Result<Vec<Counted>> {
    let (facts, node) = reach.facts();
    let sql = format!(
        "select f.day, f.fact, f.part, f.is_with_care, count(*) as count from {facts} \
         and f.fact in ('due', 'answer', 'try') group by f.fact, f.day, f.part, f.is_with_care"
    );
    on!(tx, c => bound(sqlx::query_as(AssertSqlSafe(sql)).bind(from).bind(to), node).fetch_all(c).await)
}

/// Binds a node, where there is one.
fn bound<'q, D, O>(
    query: sqlx::query::QueryAs<'q, D, O, D::Arguments>,
    node: Option<Uuid>,
) -> sqlx::query::QueryAs<'q, D, O, D::Arguments>
where
    D: Database,
    D::Arguments: Arguments<Database = D>,
    Uuid: Encode<'q, D> + Type<D>,
{
    match node {
        Some(node) => query.bind(node),
        None => query,
    }
}

/// Open records of a stage.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Open {
    /// Their stage.
    pub stage: String,
    /// Are they handled with care?
    pub is_with_care: bool,
    /// How many.
    pub count: i64,
}

/// Open records told at or below a node: the index of lists has each once. Those handled with care are counted apart,
/// since above their body that index does not tell them from others.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn open(tx: &mut Tx, node: Uuid) -> Result<Vec<Open>> {
    let mut all = listed(tx, node).await?;
    let sql = "select i.stage, true as is_with_care, count(*) as count \
        from node_above up join innovation i on i.node = up.node \
        where up.ancestor = $1 and i.ended_at is null and i.seen_by = 'handlers' group by i.stage";
    let careful: Vec<Open> = on!(tx, c => sqlx::query_as(sql).bind(node).fetch_all(c).await)?;
    for stage in &mut all {
        let own = careful.iter().find(|one| one.stage == stage.stage);
        stage.count -= own.map_or(0, |own| own.count);
    }
    Ok([all, careful].concat())
}

/// Open records by stage.
async fn listed(tx: &mut Tx, node: Uuid) -> Result<Vec<Open>> {
    let places: Vec<String> = (2..2 + listing::ALL.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "select l.stage, false as is_with_care, count(*) as count from listing l \
         where l.node = $1 and l.audience in ({}) \
         and l.stage in ('told', 'not-now', 'trying', 'passed-on') group by l.stage",
        places.join(", ")
    );
    on!(tx, c => listing::ALL
        .iter()
        .fold(sqlx::query_as(AssertSqlSafe(sql)).bind(node), sqlx::query::QueryAs::bind)
        .fetch_all(c)
        .await)
}

/// Open records told at or below a node that are out of control: without an owner, a next date or a decider, or with one
/// whose account is closed.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn uncontrolled(tx: &mut Tx, node: Uuid) -> Result<Vec<Open>> {
    let sql = "select i.stage, i.seen_by = 'handlers' as is_with_care, count(*) as count from ( \
            select i.id from innovation i where i.ended_at is null \
                and (i.owner is null or i.decider is null or i.next_on is null) \
            union select i.id from account c join party p on p.account = c.id \
                join innovation i on i.decider = p.id and i.ended_at is null where c.closed_at is not null \
            union select i.id from account c join party p on p.account = c.id \
                join innovation i on i.owner = p.id and i.ended_at is null where c.closed_at is not null) lost \
        join innovation i on i.id = lost.id \
        join node_above up on up.node = i.node and up.ancestor = $1 group by i.stage, i.seen_by";
    on!(tx, c => sqlx::query_as(sql).bind(node).fetch_all(c).await)
}
