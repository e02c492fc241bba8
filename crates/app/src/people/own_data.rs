//! What is held about whoever asks: how much of each kind, all of it as a file, and who looked.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::jobs::retention::{PERIODS, Periods};
use crate::people::data_map::{KINDS, Kind, Long, NOT_FOUND_FROM_AN_ACCOUNT};
use crate::words::{Lang, text, text_with};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use waymark_store::people::looks;
pub use waymark_store::people::looks::LookRow;
use waymark_store::people::own::{self, As, Part};
use waymark_store::row::Cell;

/// The most rows of one kind in the file, so that no file is larger than a server can hold; the file says where there are
/// more.
pub const ROWS: i64 = 10_000;
/// The most looks on the page; the file has the others.
const LOOKS: i64 = 50;
/// The version of the file's shape. A field is only ever added under the same number.
pub const FORMAT: u32 = 1;

/// A kind with how much of it there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The kind.
    pub kind: &'static Kind,
    /// How many rows; nothing where none can be found from an account. More than [`ROWS`] are not counted.
    pub count: Option<i64>,
}

/// What is held about whoever acts, kind by kind.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn held<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<Held>> {
    let account = ctx.account()?;
    let counts = own::counts(&mut ctx.tx, account.0, ROWS + 1).await?;
    let count = |kind: &Kind| counts.iter().find(|(name, _)| name == kind.name).map(|(_, count)| *count);
    Ok(KINDS.iter().map(|kind| Held { kind, count: count(kind) }).collect())
}

/// The latest looks at what is whose who acts.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn looks<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<LookRow>> {
    let account = ctx.account()?;
    Ok(looks::of(&mut ctx.tx, account.0, LOOKS).await?)
}

/// For how long a kind is kept, in words.
pub fn kept(lang: Lang, kind: &Kind, periods: &Periods) -> String {
    match (kind.long, kind.long.days(periods)) {
        (Long::Age(_), Some(0)) => text(lang, "data-long-night"),
        (Long::Age(_), Some(days)) => text_with(lang, "data-long-days", &[("days", days.into())]),
        (period, Some(days)) => {
            text_with(lang, &format!("data-long-{}", period.name()), &[("days", days.into())])
        }
        (period, None) => text(lang, &format!("data-long-{}", period.name())),
    }
}

/// All of it as JSON. Its shape is told in `docs/reference/data-map.md`.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn file<K>(ctx: &mut Ctx<'_, K>, lang: Lang) -> Result<String> {
    let account = ctx.account()?;
    let periods = Periods::read(ctx).await?;
    let mut kinds = Vec::with_capacity(KINDS.len());
    for kind in &KINDS {
        let mut told = described(lang, kind, &periods);
        if let Some(part) = own::part(kind.name) {
            let mut rows = own::rows(&mut ctx.tx, part, (account.0, ROWS + 1)).await?;
            let most = usize::try_from(ROWS).unwrap_or(usize::MAX);
            told.insert("is_whole".to_owned(), (rows.len() <= most).into());
            rows.truncate(most);
            told.insert("rows".to_owned(), rows.into_iter().map(|row| object(part, row)).collect());
        }
        kinds.push(Value::Object(told));
    }
    let made_at = instant(ctx.now);
    let file = json!({ "format": FORMAT, "made_at": made_at, "account": account.0, "kinds": kinds });
    serde_json::to_string_pretty(&file).map_err(Error::internal)
}

fn described(lang: Lang, kind: &Kind, periods: &Periods) -> Map<String, Value> {
    let words = [
        ("kind", kind.name.to_owned()),
        ("what", text(lang, &format!("data-{}", kind.name))),
        ("why", text(lang, &format!("data-{}-why", kind.name))),
        ("seen_by", text(lang, &format!("data-seen-{}", kind.seen.name()))),
        ("kept", kept(lang, kind, periods)),
    ];
    words.into_iter().map(|(name, words)| (name.to_owned(), Value::String(words))).collect()
}

fn object(part: &Part, row: Vec<Cell>) -> Value {
    let named = part.columns.iter().zip(row);
    Value::Object(named.map(|((name, told), cell)| ((*name).to_owned(), value(*told, cell))).collect())
}

fn value(told: As, cell: Cell) -> Value {
    match (told, cell) {
        (As::Time, Cell::Int(micros)) => {
            DateTime::from_timestamp_micros(micros).map_or(Value::Null, |at| instant(at).into())
        }
        // A draft is JSON already: as text in a text nobody could read it.
        (As::Json, Cell::Text(typed)) => serde_json::from_str(&typed).unwrap_or(Value::String(typed)),
        (_, Cell::Int(number)) => number.into(),
        (_, Cell::Text(words)) => words.into(),
        (_, Cell::Bool(flag)) => flag.into(),
        (_, Cell::Null(_) | Cell::Id(_) | Cell::Bytes(_)) => Value::Null,
    }
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

const HEAD: &str = "# What is held about people\n\n\
    Written from the list by which the page *What this holds about you* is made (`crates/app/src/people/data_map.rs`); a test \
    compares that list with the tables that there are. The basis in law is a task in the public interest, as the privacy page \
    says. Secrets (passwords, tokens, codes, second factors) lie there as hashes, where they need not be read, and are in no \
    file.\n\n";

/// The data map as a page of the documents, from the same list: what is held, why, who sees it, how long, in which tables;
/// then the tables without any, and the shape of the file.
pub fn data_map() -> String {
    use std::fmt::Write as _;
    let lang = Lang::En;
    let mut page = HEAD.to_owned();
    page += "| kind | what | why | who sees it besides the person | how long | tables |\n|---|---|---|---|---|---|\n";
    for kind in &KINDS {
        let [what, why, seen] = [
            format!("data-{}", kind.name),
            format!("data-{}-why", kind.name),
            format!("data-seen-{}", kind.seen.name()),
        ]
        .map(|key| text(lang, &key));
        let (how_long, tables) = (kept(lang, kind, &Periods::default()), kind.tables.join("`, `"));
        let _ = writeln!(page, "| `{}` | {what} | {why} | {seen} | {how_long} | `{tables}` |", kind.name);
    }
    page += &bounds();
    page += "\n## Tables that hold nothing about a person\n| table | what it holds |\n|---|---|\n";
    for (table, reason) in crate::people::data_map::NOBODYS {
        let _ = writeln!(page, "| `{table}` | {reason} |");
    }
    page += &file_shape();
    page
}

/// How far an administrator can move each period.
fn bounds() -> String {
    use std::fmt::Write as _;
    let mut page = "\n## How long, and how far that can be moved\n\
        The days above hold where nobody said otherwise. Whoever administers the whole changes them under *Administration*, *How \
        long things are kept* (`/admin/retention`); the pages, the file and the nightly deletion all follow. `waymark doctor` \
        names what was changed.\n\n| what | setting | days | least | most |\n|---|---|---|---|---|\n"
        .to_owned();
    for period in PERIODS {
        let what = text(Lang::En, &format!("privacy-kept-{}", period.old));
        let bounds = if period.is_set_here() {
            format!("{} | {}", period.least, period.most)
        } else {
            "not to be set | ".to_owned()
        };
        let _ = writeln!(page, "| {what} | `{}` | {} | {bounds} |", period.key(), period.usual);
    }
    page
}

fn file_shape() -> String {
    use std::fmt::Write as _;
    let mut page = format!(
        "\n## One's own data as a file\n`/me/data.json`: `format` ({FORMAT}), `made_at`, `account` and `kinds`. Each kind has \
         `kind`, `what`, `why`, `seen_by` and `kept`; where its rows can be found from the account, `rows` and `is_whole` \
         (false where there are more than {ROWS}). Times are in UTC. Fields are added, never taken away.\n\n\
         | kind | fields of its rows |\n|---|---|\n"
    );
    for kind in KINDS.iter().filter(|kind| !NOT_FOUND_FROM_AN_ACCOUNT.contains(&kind.name)) {
        let part = own::part(kind.name);
        let fields = part.map(|part| part.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        let _ = writeln!(page, "| `{}` | `{}` |", kind.name, fields.unwrap_or_default().join("`, `"));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::data_map::NOBODYS;

    #[test]
    fn every_kind_has_its_rows_or_is_said_not_to_be_found() {
        for kind in &KINDS {
            let is_left_out = NOT_FOUND_FROM_AN_ACCOUNT.contains(&kind.name);
            assert_eq!(own::part(kind.name).is_none(), is_left_out, "{}", kind.name);
        }
        for part in own::PARTS {
            assert!(KINDS.iter().any(|kind| kind.name == part.name), "{} is of no kind", part.name);
        }
        let named = |table: &str| KINDS.iter().any(|kind| kind.tables.contains(&table));
        assert!(NOBODYS.iter().all(|(table, _)| !named(table)));
    }

    #[test]
    fn every_kind_has_its_words() {
        for lang in Lang::ALL {
            for kind in &KINDS {
                for key in ["", "-why"] {
                    assert!(!text(lang, &format!("data-{}{key}", kind.name)).is_empty());
                }
                text(lang, &format!("data-seen-{}", kind.seen.name()));
                text(lang, &format!("data-group-{}", kind.group.name()));
                assert!(!kept(lang, kind, &Periods::default()).is_empty());
            }
        }
    }

    #[test]
    fn whatever_goes_by_its_age_is_a_kind() {
        for period in crate::jobs::retention::PERIODS {
            assert!(KINDS.iter().any(|kind| kind.long.old() == Some(period.old)), "{period:?}");
        }
    }
}
