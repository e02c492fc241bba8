//! Comments on records.

use crate::db::Tx;
use crate::error::Result;
use crate::find::moderation::rows_of;
use crate::on;
use crate::row::{Kind, Row, Stored, Table, column};
use crate::words::Kept;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;
use waymark_domain::find::comment::Comment;

const COMMENT: Table = Table {
    name: "comment",
    columns: &[
        column("id", Kind::Id),
        column("version", Kind::Int),
        column("innovation", Kind::Id),
        column("author", Kind::Id),
        column("written_at", Kind::Int),
        column("is_taken_back", Kind::Bool),
        column("is_unlisted", Kind::Bool),
    ],
    key: 1,
    record: "id",
};

const MODERATION: Table = Table {
    name: "comment_moderation",
    columns: &[
        column("comment", Kind::Id),
        column("number", Kind::Int),
        column("act", Kind::Text),
        column("role", Kind::Text),
        column("because", Kind::Text),
        column("words_version", Kind::Int),
        column("moderated_by", Kind::Id),
        column("moderated_at", Kind::Int),
        column("is_with_care", Kind::Bool),
    ],
    key: 2,
    record: "comment",
};

impl Stored for Comment {
    const TABLES: &'static [Table] = &[COMMENT, MODERATION];

    fn project(&self) -> Vec<Row> {
        let cells = vec![
            self.id.0.into(),
            self.version.into(),
            self.on.0.into(),
            self.author.into(),
            self.written_at.into(),
            self.is_taken_back.into(),
            self.is_unlisted.into(),
        ];
        let moderated = rows_of(&MODERATION, self.id.0, &self.moderated);
        std::iter::once(Row::new(&COMMENT, cells)).chain(moderated).collect()
    }
}

/// A comment as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CommentRow {
    /// Its id.
    pub id: Uuid,
    /// Whose it is; nothing once their account was erased.
    pub account: Option<Uuid>,
    /// Their name.
    pub name: Option<String>,
    /// When it was written, microseconds since 1970.
    pub written_at: i64,
    /// What it says; nothing once erased.
    pub words: Option<String>,
    /// The code of its language.
    pub language: Option<String>,
    /// Did a moderator take it away?
    pub is_unlisted: bool,
    /// Why, the last time that one did.
    pub because: Option<String>,
    /// The same in the moderator's own words; nothing once erased.
    pub why: Option<String>,
}

const SHOWN: &str = "select k.id, p.account, a.name, k.written_at, w.body as words, w.language, k.is_unlisted, m.because, \
        y.body as why from comment k \
    left join party p on p.id = k.author left join account a on a.id = p.account \
    left join words w on w.record = k.id and w.field = 'comment' \
    left join comment_moderation m on m.comment = k.id and m.number = (select max(x.number) from comment_moderation x \
        where x.comment = k.id and x.act = 'unlist') \
    left join words y on y.record = k.id and y.field = 'why' and y.version = m.words_version \
    where k.innovation = $1 and not k.is_taken_back";

/// The latest comments on a record that nobody took back, the latest first, at most `limit`. What a moderator took away is
/// among them for its author, `reader`, and where that one may see all.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of(
    tx: &mut Tx,
    innovation: Uuid,
    (reader, sees_all): (Uuid, bool),
    limit: i64,
) -> Result<Vec<CommentRow>> {
    let sql = format!(
        "{SHOWN} and (not k.is_unlisted or p.account = $2 or $3) order by k.written_at desc, k.id limit $4"
    );
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(innovation)
        .bind(reader)
        .bind(sees_all)
        .bind(limit)
        .fetch_all(c)
        .await)
}

/// A comment on a record, unless its author took it back.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn one(tx: &mut Tx, innovation: Uuid, id: Uuid) -> Result<Option<CommentRow>> {
    let sql = format!("{SHOWN} and k.id = $2");
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql)).bind(innovation).bind(id).fetch_optional(c).await)
}

/// All texts of all comments on a record that are not erased: what was said, and what moderators wrote of it.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn texts(tx: &mut Tx, innovation: Uuid) -> Result<Vec<Kept>> {
    let sql = "select w.* from comment k join words w on w.record = k.id \
               where k.innovation = $1 and w.body is not null order by k.written_at, k.id, w.version, w.field";
    on!(tx, c => sqlx::query_as(sql).bind(innovation).fetch_all(c).await)
}

/// How many comments a person has written since a time (microseconds since 1970), those that they took back too.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn lately(tx: &mut Tx, account: Uuid, since: i64) -> Result<i64> {
    let sql = "select count(*) from party p join comment k on k.author = p.id \
               where p.account = $1 and k.written_at >= $2";
    on!(tx, c => sqlx::query_scalar(sql).bind(account).bind(since).fetch_one(c).await)
}
