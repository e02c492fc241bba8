//! Both engines have the same tables, and what differs between them is counted.

use std::collections::BTreeSet;
use waymark_store::Engine;
use waymark_store::{dialect, on};
use waymark_testkit::{postgres, sqlite};

/// Table, column, kind of value, whether it may be null.
type Columns = BTreeSet<(String, String, String, bool)>;

const SQLITE_COLUMNS: &str = "select t.name, c.name, c.type, c.\"notnull\" = 0
    from pragma_table_list t join pragma_table_info(t.name) c
    where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite_%' and t.name not like '_sqlx_%'";
const POSTGRES_COLUMNS: &str =
    "select table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
    from information_schema.columns where table_schema = 'public' and table_name not like '_sqlx_%'
        and table_name not in (select table_name from information_schema.views where table_schema = 'public')
        and table_name not in (select table_name from information_schema.columns where data_type = 'tsvector')";

/// Table, the index's columns in order, whether it is unique, whether it is partial.
const SQLITE_INDEXES: &str = "select t.name, (select group_concat(name) from
        (select coalesce(i.name, '(expression)') name from pragma_index_info(x.name) i order by i.seqno)), x.\"unique\" = 1, x.partial = 1
    from pragma_table_list t join pragma_index_list(t.name) x
    where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite_%' and t.name not like '_sqlx_%'";
const POSTGRES_INDEXES: &str = "select t.relname::text, (select string_agg(coalesce(a.attname::text, '(expression)'), ',' order by k.place)
        from unnest(x.indkey) with ordinality k(number, place)
        left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number and k.number > 0), x.indisunique, x.indpred is not null
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace
    where n.nspname = 'public' and t.relname not like '_sqlx_%'
        and t.relname not in (select table_name from information_schema.columns where data_type = 'tsvector')";

/// Full text is what the engines do each in its own way: a virtual table, a column of its own type.
const SQLITE_FULL_TEXT: &str =
    "select name from pragma_table_list where schema = 'main' and type = 'virtual'";
const POSTGRES_FULL_TEXT: &str = "select distinct table_name::text from information_schema.columns
    where table_schema = 'public' and data_type = 'tsvector'";

#[tokio::test]
async fn both_catalogues_have_the_same_columns() {
    let (small, large) = (sqlite().await, postgres().await);
    let mut tx = small.db.read().await.unwrap();
    let rows: Vec<_> = on!(&mut tx, c => sqlx::query_as(SQLITE_COLUMNS).fetch_all(c).await).unwrap();
    let on_sqlite: Columns = rows.into_iter().collect();
    let mut tx = large.db.read().await.unwrap();
    let rows: Vec<(String, String, String, bool)> =
        on!(&mut tx, c => sqlx::query_as(POSTGRES_COLUMNS).fetch_all(c).await).unwrap();
    let on_postgres: Columns =
        rows.into_iter().map(|(t, c, kind, null)| (t, c, as_sqlite(&kind), null)).collect();
    assert!(on_sqlite.len() > 40);
    assert_eq!(differing(&on_sqlite, &on_postgres), Vec::<&(String, String, String, bool)>::new());
}

/// What is read only, by name.
const SQLITE_VIEWS: &str = "select name from sqlite_schema where type = 'view' order by name";
const POSTGRES_VIEWS: &str =
    "select table_name::text from information_schema.views where table_schema = 'public' order by table_name";

#[tokio::test]
async fn both_catalogues_have_the_same_views() {
    let (small, large) = (sqlite().await, postgres().await);
    let (mut a, mut b) = (small.db.read().await.unwrap(), large.db.read().await.unwrap());
    let on_sqlite: Vec<String> =
        on!(&mut a, c => sqlx::query_scalar(SQLITE_VIEWS).fetch_all(c).await).unwrap();
    let on_postgres: Vec<String> =
        on!(&mut b, c => sqlx::query_scalar(POSTGRES_VIEWS).fetch_all(c).await).unwrap();
    assert!(on_sqlite.contains(&"audience".to_owned()));
    assert_eq!(on_sqlite, on_postgres);
}

/// What refuses rows, by name.
const SQLITE_TRIGGERS: &str = "select name from sqlite_schema where type = 'trigger' order by name";
const POSTGRES_TRIGGERS: &str = "select tgname::text from pg_trigger where not tgisinternal order by 1";

#[tokio::test]
async fn both_catalogues_have_the_same_triggers() {
    let (small, large) = (sqlite().await, postgres().await);
    let (mut a, mut b) = (small.db.read().await.unwrap(), large.db.read().await.unwrap());
    let on_sqlite: Vec<String> =
        on!(&mut a, c => sqlx::query_scalar(SQLITE_TRIGGERS).fetch_all(c).await).unwrap();
    let on_postgres: Vec<String> =
        on!(&mut b, c => sqlx::query_scalar(POSTGRES_TRIGGERS).fetch_all(c).await).unwrap();
    assert!(on_sqlite.contains(&"role_held_added".to_owned()));
    assert_eq!(on_sqlite, on_postgres);
}

#[tokio::test]
async fn both_catalogues_have_the_same_indexes() {
    type Indexes = BTreeSet<(String, String, bool, bool)>;
    let (small, large) = (sqlite().await, postgres().await);
    let mut tx = small.db.read().await.unwrap();
    let rows: Vec<_> = on!(&mut tx, c => sqlx::query_as(SQLITE_INDEXES).fetch_all(c).await).unwrap();
    let on_sqlite: Indexes = rows.into_iter().collect();
    let mut tx = large.db.read().await.unwrap();
    let rows: Vec<(String, String, bool, bool)> =
        on!(&mut tx, c => sqlx::query_as(POSTGRES_INDEXES).fetch_all(c).await).unwrap();
    // A key of one whole number is SQLite's own row number and has no index there.
    let whole = |index: &(String, String, bool, bool)| {
        ["seal number", "job id", "similar_text id"].contains(&format!("{} {}", index.0, index.1).as_str())
    };
    let on_postgres: Indexes = rows.into_iter().filter(|index| !whole(index)).collect();
    assert!(on_sqlite.len() > 8);
    assert_eq!(differing(&on_sqlite, &on_postgres), Vec::<&(String, String, bool, bool)>::new());
}

#[tokio::test]
async fn both_engines_search_the_same_full_texts() {
    let (small, large) = (sqlite().await, postgres().await);
    let mut tx = small.db.read().await.unwrap();
    let names: Vec<String> =
        on!(&mut tx, c => sqlx::query_scalar(SQLITE_FULL_TEXT).fetch_all(c).await).unwrap();
    let on_sqlite: BTreeSet<String> = names.into_iter().collect();
    let mut tx = large.db.read().await.unwrap();
    let names: Vec<String> =
        on!(&mut tx, c => sqlx::query_scalar(POSTGRES_FULL_TEXT).fetch_all(c).await).unwrap();
    assert_eq!(on_sqlite, names.into_iter().collect());
}

#[test]
fn both_folders_have_the_same_numbers() {
    let numbers = |migrations: &sqlx::migrate::Migrator| -> Vec<_> {
        migrations.iter().map(|step| (step.version, step.description.clone())).collect()
    };
    assert_eq!(numbers(dialect::migrations(Engine::Sqlite)), numbers(dialect::migrations(Engine::Postgres)));
}

#[test]
fn fewer_than_ten_things_differ() {
    let public = include_str!("../../src/dialect.rs").lines().filter(|line| line.starts_with("pub")).count();
    assert!(public < 10, "{public}");
}

/// What only one of two catalogues has.
fn differing<'a, T: Ord>(a: &'a BTreeSet<T>, b: &'a BTreeSet<T>) -> Vec<&'a T> {
    a.symmetric_difference(b).collect()
}

/// The type that SQLite has for one of PostgreSQL's.
fn as_sqlite(kind: &str) -> String {
    match kind {
        "bigint" | "boolean" => "INTEGER",
        "uuid" | "bytea" => "BLOB",
        "text" => "TEXT",
        other => other,
    }
    .to_owned()
}
