//! What waits for a moderator, and what moderators did.

use crate::db::Tx;
use crate::error::Result;
use crate::find::lists::{COLUMNS, JOINS, ListRow};
use crate::on;
use crate::row::{Cell, Kind, Row, Table};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;
use waymark_domain::find::moderation::{Because, Done};

/// The rows of what moderators did to a record, in the table of its kind.
pub(super) fn rows_of(table: &'static Table, record: Uuid, all: &[Done]) -> impl Iterator<Item = Row> {
    (1_u32..).zip(all).map(move |(number, done)| {
        let what = &done.what;
        let cells = vec![
            record.into(),
            number.into(),
            what.act.name().into(),
            what.role.name().into(),
            Cell::or_null(what.because.map(Because::name), Kind::Text),
            Cell::or_null(what.words.map(|words| words.version), Kind::Int),
            what.by.into(),
            done.at.into(),
        ];
        Row::new(table, cells)
    })
}

/// Is the role `g` one that moderates the innovation `i`? The finder does where nobody else is moderator.
pub(crate) const MODERATES: &str = "(g.role = 'moderator' or (g.role = 'finder' and not exists ( \
    select 1 from role_held m join node_above up on up.ancestor = m.node and up.node = i.node \
    where m.role = 'moderator')))";

/// What waits for an account to list it, the oldest first, at most `limit`. What was taken back waits for nobody.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn waiting(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<ListRow>> {
    let sql = format!(
        "select {COLUMNS} from innovation i {JOINS} \
         where i.listed = 'waiting' and i.stage <> 'withdrawn' and exists ( \
             select 1 from role_held g join node_above a on a.ancestor = g.node and a.node = i.node \
             where g.account = $1 and {MODERATES}) \
         order by i.sent_at, i.id limit $2"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(limit).fetch_all(c).await)
}

/// May an account moderate a record?
///
/// # Errors
/// Where the database cannot be reached.
pub async fn moderates(tx: &mut Tx, account: Uuid, innovation: Uuid) -> Result<bool> {
    let sql = format!(
        "select exists (select 1 from innovation i join node_above a on a.node = i.node \
         join role_held g on g.node = a.ancestor and g.account = $1 where i.id = $2 and {MODERATES})"
    );
    on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(account).bind(innovation).fetch_one(c).await)
}

/// Is anybody moderator at a node or above it?
///
/// # Errors
/// Where the database cannot be reached.
pub async fn has_moderator(tx: &mut Tx, node: Uuid) -> Result<bool> {
    let sql = "select exists (select 1 from role_held g join node_above a on a.ancestor = g.node \
               where a.node = $1 and g.role = 'moderator')";
    on!(tx, c => sqlx::query_scalar(sql).bind(node).fetch_one(c).await)
}

/// Something that a moderator did.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DoneRow {
    /// What people call the record by.
    pub reference: String,
    /// The name of the place where it was told.
    pub place: String,
    /// The comment on it, where it was done to one.
    pub comment: Option<Uuid>,
    /// What.
    pub act: String,
    /// By which role.
    pub role: String,
    /// Why.
    pub because: Option<String>,
    /// The moderator's own words; nothing once erased.
    pub words: Option<String>,
    /// The language of the words.
    pub language: Option<String>,
    /// The moderator's name; nothing once erased.
    pub name: Option<String>,
    /// When, microseconds since 1970.
    pub moderated_at: i64,
}

/// What moderators did to records that were told at or below a node, and to comments on them, the latest first, at most
/// `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn done(tx: &mut Tx, node: Uuid, limit: i64) -> Result<Vec<DoneRow>> {
    let sql = "select i.reference, n.name as place, case when m.about <> i.id then m.about end as comment, \
                   m.act, m.role, m.because, w.body as words, w.language, c.name, m.moderated_at \
               from (select innovation, innovation as about, number, act, role, because, words_version, \
                       moderated_by, moderated_at from moderation \
                   union all select k.innovation, k.id, x.number, x.act, x.role, x.because, x.words_version, \
                       x.moderated_by, x.moderated_at from comment_moderation x join comment k on k.id = x.comment) m \
               join innovation i on i.id = m.innovation join node n on n.id = i.node \
               join node_above up on up.node = i.node and up.ancestor = $1 \
               left join words w on w.record = m.about and w.field = 'why' and w.version = m.words_version \
               left join party p on p.id = m.moderated_by left join account c on c.id = p.account \
               order by m.moderated_at desc, m.about, m.number limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(node).bind(limit).fetch_all(c).await)
}
