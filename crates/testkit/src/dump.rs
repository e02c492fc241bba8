//! Every row of every table, as whoever has the whole database would read it.

use sqlx::{AssertSqlSafe, Row as _, ValueRef as _};
use waymark_store::{Db, Tx};

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// A number.
    Number(i64),
    /// A text, or bytes.
    Bytes(Vec<u8>),
}

/// A row of a table; what is empty is left out.
#[derive(Debug, Clone)]
pub struct DumpRow {
    /// The table.
    pub table: String,
    /// Its values.
    pub values: Vec<Held>,
}

impl DumpRow {
    /// Does any of its values hold a text, in whatever case?
    pub fn holds(&self, text: &str) -> bool {
        let wanted = text.to_lowercase();
        self.values.iter().any(|value| match value {
            Held::Bytes(bytes) => String::from_utf8_lossy(bytes).to_lowercase().contains(&wanted),
            Held::Number(_) => false,
        })
    }
}

/// All rows; on SQLite those that lie behind the index of words, too.
///
/// # Panics
/// Where the database cannot be read.
pub async fn dump(db: &Db) -> Vec<DumpRow> {
    let mut tx = db.read().await.expect("a database");
    match &mut tx {
        Tx::Sqlite(open) => sqlite(open.connection().expect("a connection")).await,
        Tx::Postgres(open) => postgres(open.connection().expect("a connection")).await,
    }
}

async fn sqlite(connection: &mut sqlx::SqliteConnection) -> Vec<DumpRow> {
    let sql =
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name";
    let tables: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut *connection).await.expect("the tables");
    let mut dump = Vec::new();
    for table in tables {
        let sql = AssertSqlSafe(format!("select * from \"{table}\""));
        let rows = sqlx::query(sql).fetch_all(&mut *connection).await.expect("the rows");
        dump.extend(rows.iter().map(|row| DumpRow { table: table.clone(), values: values(row) }));
    }
    dump
}

fn values(row: &sqlx::sqlite::SqliteRow) -> Vec<Held> {
    let there = |place: &usize| !row.try_get_raw(*place).expect("a value").is_null();
    let value = |place| match row.try_get::<Vec<u8>, _>(place) {
        Ok(bytes) => Some(Held::Bytes(bytes)),
        Err(_) => row.try_get::<i64, _>(place).ok().map(Held::Number),
    };
    (0..row.columns().len()).filter(there).filter_map(value).collect()
}

async fn postgres(connection: &mut sqlx::PgConnection) -> Vec<DumpRow> {
    let sql = "select tablename::text from pg_tables where schemaname = current_schema() order by 1";
    let tables: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut *connection).await.expect("the tables");
    let mut dump = Vec::new();
    for table in tables {
        let sql = AssertSqlSafe(format!("select to_jsonb(t)::text from \"{table}\" t"));
        let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut *connection).await.expect("the rows");
        dump.extend(rows.iter().map(|row| DumpRow { table: table.clone(), values: of_json(row) }));
    }
    dump
}

fn of_json(row: &str) -> Vec<Held> {
    let row: serde_json::Map<String, serde_json::Value> = serde_json::from_str(row).expect("a row");
    let value = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => Some(Held::Bytes(bytes(&text).unwrap_or(text.into_bytes()))),
        serde_json::Value::Number(number) => number.as_i64().map(Held::Number),
        _ => None,
    };
    row.into_iter().filter_map(|(_, held)| value(held)).collect()
}

/// Bytes as PostgreSQL writes them: hexadecimal digits behind `\x`.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?;
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}
