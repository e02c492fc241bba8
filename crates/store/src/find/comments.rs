//! Comments on records.

use crate::db::Tx;
use crate::error::Result;
use crate::on;
use crate::row::{Kind, Row, Stored, Table, column};
use sqlx::FromRow;
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
    ],
    key: 1,
    record: "id",
};

impl Stored for Comment {
    const TABLES: &'static [Table] = &[COMMENT];

    fn project(&self) -> Vec<Row> {
        let cells = vec![
            self.id.0.into(),
            self.version.into(),
            self.on.0.into(),
            self.author.into(),
            self.written_at.into(),
            self.is_taken_back.into(),
        ];
        vec![Row::new(&COMMENT, cells)]
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
}

/// The latest comments on a record that nobody took back, the latest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn of(tx: &mut Tx, innovation: Uuid, limit: i64) -> Result<Vec<CommentRow>> {
    let sql = "select k.id, p.account, a.name, k.written_at, w.body as words, w.language from comment k \
               left join party p on p.id = k.author left join account a on a.id = p.account \
               left join words w on w.record = k.id and w.field = 'comment' \
               where k.innovation = $1 and not k.is_taken_back order by k.written_at desc, k.id limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(innovation).bind(limit).fetch_all(c).await)
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
