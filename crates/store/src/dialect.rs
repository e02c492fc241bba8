//! All that differs between the two engines. Each public item counts against a limit of ten, which a test holds.

use crate::db::{Engine, Lock, Tx};
use crate::error::Result;
use sqlx::migrate::Migrator;

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// The migrations of an engine; both folders have the same numbers.
pub fn migrations(engine: Engine) -> &'static Migrator {
    match engine {
        Engine::Sqlite => &SQLITE_MIGRATIONS,
        Engine::Postgres => &POSTGRES_MIGRATIONS,
    }
}

/// How a transaction begins. To write, SQLite takes its lock first: one that reads and then writes would otherwise fail
/// where another wrote; the savepoint is the first change's own. To read, PostgreSQL is asked for one snapshot, which
/// SQLite's `BEGIN` gives by itself.
pub const fn begin(engine: Engine, writes: bool) -> &'static str {
    match (engine, writes) {
        (Engine::Sqlite, true) => "BEGIN IMMEDIATE; SAVEPOINT change",
        (Engine::Postgres, false) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        (Engine::Sqlite, false) | (Engine::Postgres, true) => "BEGIN",
    }
}

/// How to pick due jobs: PostgreSQL's workers step over each other's rows, SQLite has one writer at a time.
pub fn skip_locked(tx: &Tx) -> &'static str {
    match tx {
        Tx::Sqlite(_) => "",
        Tx::Postgres(_) => " for update skip locked",
    }
}

/// A place for a value in a statement of very many. SQLite looks a numbered place up by walking all of them, so that
/// a thousand take a million steps; a bare `?` it counts.
pub fn place(engine: Engine, number: usize, sql: &mut String) {
    match engine {
        Engine::Sqlite => sql.push('?'),
        Engine::Postgres => {
            sql.push('$');
            sql.push_str(&number.to_string());
        }
    }
}

/// Lets one transaction at a time do a thing, until it ends. SQLite's write lock does that already.
///
/// # Errors
/// [`StoreError::Unavailable`](crate::StoreError::Unavailable) where the connection is gone.
pub async fn lock(tx: &mut Tx, what: Lock) -> Result<()> {
    tx.settle().await?;
    if let Tx::Postgres(open) = tx {
        let number = what as i64;
        sqlx::query("select pg_advisory_xact_lock($1)").bind(number).execute(open.connection()?).await?;
    }
    Ok(())
}

/// Is there a table of this name?
///
/// # Errors
/// [`StoreError::Unavailable`](crate::StoreError::Unavailable) where the connection is gone.
pub(crate) async fn has_table(tx: &mut Tx, name: &str) -> Result<bool> {
    let found: i64 = match tx {
        Tx::Sqlite(open) => {
            let sql = "select count(*) from sqlite_schema where type = 'table' and name = $1";
            sqlx::query_scalar(sql).bind(name).fetch_one(open.connection()?).await?
        }
        Tx::Postgres(open) => {
            let sql = "select count(*) from pg_tables where schemaname = current_schema() and tablename = $1";
            sqlx::query_scalar(sql).bind(name).fetch_one(open.connection()?).await?
        }
    };
    Ok(found > 0)
}

/// The engine with its version, and the order in which texts sort (`C` is by bytes, as SQLite does).
///
/// # Errors
/// [`StoreError::Unavailable`](crate::StoreError::Unavailable) where the connection is gone.
pub async fn about(tx: &mut Tx) -> Result<(String, String)> {
    Ok(match tx {
        Tx::Sqlite(open) => {
            sqlx::query_as("select 'SQLite ' || sqlite_version(), 'C'").fetch_one(open.connection()?).await?
        }
        Tx::Postgres(open) => {
            let sql = "select 'PostgreSQL ' || current_setting('server_version'), datcollate::text
                from pg_database where datname = current_database()";
            sqlx::query_as(sql).fetch_one(open.connection()?).await?
        }
    })
}

/// The index of words: FTS5 or `tsvector`. Words are folded and cut before they come here, so neither engine's own
/// dictionary has a say.
#[derive(Debug)]
pub struct FullText {
    pub(crate) add: &'static str,
    /// How terms are written there.
    pub(crate) written: fn(&str) -> String,
    /// The column of a row's number.
    pub(crate) id: &'static str,
    /// What holds for rows that match the query at a place.
    pub(crate) condition: fn(usize) -> String,
    /// The query for rows that have all words of one of the lists.
    pub(crate) query: fn(&[Vec<String>]) -> String,
    /// Writes some pages of the index anew without what was taken out of it, where that stays there: all of them are to be
    /// merged, or what was begun is gone on with.
    pub(crate) forget: Option<[&'static str; 2]>,
}

/// How to write to the index of words and ask it.
pub fn full_text(tx: &Tx) -> &'static FullText {
    match tx {
        Tx::Sqlite(_) => &FullText {
            add: "insert into similar_index (rowid, terms) select id, $1 from similar_text where innovation = $2",
            written: plainly,
            id: "rowid",
            condition: |place| format!("similar_index match ${place}"),
            query: |wanted| {
                let plain = |list: &Vec<String>| list.iter().map(|word| plainly(word)).collect();
                any_of(&wanted.iter().map(plain).collect::<Vec<_>>(), [("\"", "\""), (" AND ", " OR ")])
            },
            forget: Some([
                "insert into similar_index (similar_index, rank) values ('merge', -500)",
                "insert into similar_index (similar_index, rank) values ('merge', 500)",
            ]),
        },
        Tx::Postgres(_) => &FullText {
            add: "insert into similar_index (id, terms) \
                  select id, array_to_tsvector(string_to_array($1, ' ')) from similar_text where innovation = $2",
            written: str::to_owned,
            id: "id",
            condition: |place| format!("terms @@ ${place}::tsquery"),
            query: |wanted| any_of(wanted, [("'", "'"), (" & ", " | ")]),
            forget: None,
        },
    }
}

/// Lists of words, all of one list together, as a query: what stands about a word, then what stands between words of a
/// list and between lists. Folded words are letters and digits alone, so nothing in them needs to be escaped.
fn any_of(wanted: &[Vec<String>], [about, between]: [(&str, &str); 2]) -> String {
    let quoted = |word: &String| format!("{}{word}{}", about.0, about.1);
    let all = |list: &Vec<String>| list.iter().map(quoted).collect::<Vec<_>>().join(between.0);
    let lists: Vec<String> = wanted.iter().map(all).collect();
    lists.iter().map(|list| format!("({list})")).collect::<Vec<_>>().join(between.1)
}

/// Terms in letters that FTS5 takes for letters. It knows those of Unicode 6.1 and would cut a word at any other, and at
/// the vowel signs of Hindi; a word that is cut is a phrase, and the index knows none. Such a letter is written as its
/// number.
fn plainly(terms: &str) -> String {
    let written = |c: char| if is_letter_there(c) { c.to_string() } else { format!("u{:x}", u32::from(c)) };
    terms.chars().map(written).collect()
}

/// A letter or digit of the scripts that are looked at here, or what stands between terms.
const fn is_letter_there(c: char) -> bool {
    c.is_ascii()
        || matches!(c,
            // Latin, Greek, Cyrillic, Armenian
            '\u{aa}'..='\u{24f}' | '\u{386}'..='\u{3ff}' | '\u{400}'..='\u{481}' | '\u{48a}'..='\u{527}'
            | '\u{561}'..='\u{587}'
            // Hebrew, Arabic without vowel signs, Thai without them
            | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{e01}'..='\u{e30}'
            // Japanese, Chinese, Korean
            | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fcb}'
            | '\u{ac00}'..='\u{d7a3}')
}
