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
            what.is_with_care.into(),
        ];
        Row::new(table, cells)
    })
}

/// Does an account, which is a name in a statement, handle the innovation `i`? By the same rule as the policy.
macro_rules! handles {
    ($account:literal) => {
        concat!(
            "(exists (select 1 from role_held s join node_above b on b.ancestor = s.node where s.account = ",
            $account,
            " and b.node in (i.node, i.at_node) \
                and (s.role in ('team-lead', 'finder', 'head', 'auditor') or (s.role = 'opener' and exists ( \
                    select 1 from sealed_name h join contributor k on k.innovation = h.record and k.party = h.id \
                    where h.record = i.id)))) \
              or exists (select 1 from party me where me.record = i.id and me.account = ",
            $account,
            " and (me.id in (i.owner, i.decider, i.trier, i.assisted_by) \
                    or exists (select 1 from contributor k where k.innovation = i.id and k.party = me.id) \
                    or exists (select 1 from also_told t where t.innovation = i.id and t.party = me.id) \
                    or exists (select 1 from answer x where x.innovation = i.id and x.answered_by = me.id))))"
        )
    };
}
pub(crate) use handles;

/// Does the account `g.account`, which moderates at the innovation `i` or reads the log there, see it? What is handled with
/// care only those do who handle it, by the same rule as the policy: `i.sight` says so of what waits or is not listed, too.
macro_rules! sees {
    () => {
        concat!("(i.sight <> 'handlers' or ", handles!("g.account"), ")")
    };
}

/// May an account, which is a name in a statement, read of which record `i` it reported something, and what a moderator wrote?
/// The policy's `hears_why` as SQL.
macro_rules! hears_why {
    ($account:literal) => {
        concat!(
            "(i.sight in ('bodies', 'everyone') or (i.sight = 'body' and exists ( \
                select 1 from role_held s join node d on d.id = s.node where s.account = ",
            $account,
            " and (d.body in (i.body, i.at_body) or (s.role = 'moderator' and exists ( \
                    select 1 from node_above b where b.ancestor = s.node and b.node in (i.node, i.at_node)))))) or ",
            $crate::find::moderation::handles!($account),
            ")"
        )
    };
}
pub(crate) use hears_why;

/// The same, to be put into a query.
const SEES: &str = sees!();

/// Is the role `g` one that moderates the innovation `i`, and does who holds it see that? The finder moderates where nobody
/// else is moderator, and what is handled with care, which would wait for ever else.
pub(crate) const MODERATES: &str = concat!(
    "(",
    sees!(),
    " and (g.role = 'moderator' or (g.role = 'finder' and (i.sight = 'handlers' or not exists ( \
        select 1 from role_held m join node_above up on up.ancestor = m.node and up.node = i.node \
        where m.role = 'moderator')))))"
);

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
    /// Was the record handled with care then?
    pub was_with_care: bool,
    /// Is it now?
    pub is_with_care: bool,
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

/// What moderators did to records that were told at or below a node, and to comments on them, for an account whose role
/// reads that: what it may not see is left out. The latest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn done(tx: &mut Tx, (account, node): (Uuid, Uuid), limit: i64) -> Result<Vec<DoneRow>> {
    let sql = format!(
        "select i.reference, n.name as place, case when m.about <> i.id then m.about end as comment, \
             m.act, m.role, m.is_with_care as was_with_care, i.sight = 'handlers' as is_with_care, m.because, \
             w.body as words, w.language, c.name, m.moderated_at \
         from (select innovation, innovation as about, number, act, role, because, words_version, \
                 moderated_by, moderated_at, is_with_care from moderation \
             union all select k.innovation, k.id, x.number, x.act, x.role, x.because, x.words_version, \
                 x.moderated_by, x.moderated_at, x.is_with_care \
                 from comment_moderation x join comment k on k.id = x.comment) m \
         join innovation i on i.id = m.innovation join node n on n.id = i.node \
         join node_above up on up.node = i.node and up.ancestor = $1 \
         join (select id as account from account where id = $2) g on {SEES} \
         left join words w on w.record = m.about and w.field = 'why' and w.version = m.words_version \
         left join party p on p.id = m.moderated_by left join account c on c.id = p.account \
         order by m.moderated_at desc, m.about, m.number limit $3"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(node)
        .bind(account)
        .bind(limit)
        .fetch_all(c)
        .await)
}
