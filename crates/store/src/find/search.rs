//! Search: the newest records that one person may see and that have some words. The index is asked for the terms of what
//! they may see and gives it in order of numbers, some at a time; the lists say which of these are at the place that is
//! looked at and open to them. What no term shows, since only a person's own part opens it, is found as in the lists.

use crate::db::Tx;
use crate::dialect::{FullText, full_text};
use crate::error::Result;
use crate::find::listing::OTHER_HANDLED;
use crate::find::lists::{COLUMNS, JOINS, ListRow};
use crate::find::newest::{self, Said, Wanted, in_bodies};
use crate::find::sight::{Run, Sight};
use crate::find::similar::{ALL, first_number, number_after, terms};
use crate::row::Cell;
use crate::{on, rows};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::HashMap;
use std::hash::Hash;
use uuid::Uuid;

/// Records that the index is asked for first, where they are counted: as many as are counted, if all of them are shown.
const FIRST: i64 = 1_200;
/// The most that it is asked for at once.
const MOST: i64 = 20_000;
/// Of so many that a person sees, some are counted and no more is looked at: *more than* these.
const LOOKED: i64 = 6_000;
/// Fewer than a page are never called *more than*.
const FEW: i64 = 20;
/// Rows that are read by their ids at once: few sizes, so that few statements are prepared.
const AT_ONCE: [usize; 4] = [21, 100, 250, MOST_AT_ONCE];
const MOST_AT_ONCE: usize = 500;

/// What is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words<'a> {
    /// How the terms begin of what the person may see by their bodies.
    pub seen: &'a [String],
    /// The terms that a record has, all of them.
    pub terms: &'a [String],
    /// The folded phrases that it has.
    pub phrases: &'a [String],
}

/// How much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Is nothing left out by its place: is it looked for in the whole tree?
    pub is_anywhere: bool,
    /// After which record: when that was sent and its id.
    pub after: Option<(i64, Uuid)>,
    /// At most so many.
    pub limit: usize,
    /// Counted up to here.
    pub counted: i64,
}

/// A record that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its number in the index; higher ones were sent later.
    number: i64,
    /// The record.
    pub innovation: Uuid,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The records, newest first.
    pub records: Vec<Hit>,
    /// How many there are, or more.
    pub count: i64,
    /// Are there more than were counted?
    pub is_more: bool,
}

/// Searches for words among what a person sees at or below a node; `wanted.after` says nothing here.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn search(
    tx: &mut Tx,
    sight: &Sight,
    (wanted, words): (&Wanted<'_>, Words<'_>),
    asked: Asked,
) -> Result<Found> {
    let reach = reach(tx, sight).await?;
    let all = [ALL.to_owned()];
    let seen = if reach.is_wide { &all[..] } else { words.seen };
    let main = Main {
        text: full_text(tx),
        sight,
        wanted,
        words: Words { seen, ..words },
        is_sure: reach.sees_all || sight.posts.is_empty(),
        is_anywhere: asked.is_anywhere,
    };
    let besides = main.besides(tx, reach.is_wide, asked.counted).await?;
    let newest = wanted.until.map_or(i64::MAX, number_after);
    let before = match asked.after {
        Some(after) => number_of(tx, after).await?.min(newest),
        None => newest,
    };
    // The first page is counted with it, any other one by itself: it begins elsewhere.
    let alone = asked.after.is_some();
    let counted = if alone { None } else { Some(asked.counted) };
    let mut page = main.walk(tx, before, (asked.limit, counted)).await?;
    let counting =
        if alone { main.walk(tx, newest, (0, Some(asked.counted))).await? } else { Walked::default() };
    let (count, is_more) =
        if alone { (counting.count, counting.is_more) } else { (page.count, page.is_more) };
    let count = count + i64::try_from(besides.len()).unwrap_or(i64::MAX);
    page.records.extend(besides.into_iter().filter(|(number, _)| *number < before));
    page.records.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    page.records.truncate(asked.limit);
    let records = page.records.into_iter().map(|(number, innovation)| Hit { number, innovation }).collect();
    Ok(Found { records, count: count.min(asked.counted), is_more: is_more || count > asked.counted })
}

/// The rows of records, in the order in which they are given; those that are not there are left out.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn rows_of(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<ListRow>> {
    let sql = format!("select {COLUMNS} from innovation i {JOINS} where i.id");
    by_ids(tx, (&sql, ids), (Uuid::nil(), |row: &ListRow| row.id)).await
}

/// What is said in a record that was found.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct TextRow {
    number: i64,
    innovation: Uuid,
    /// Its title as it was typed; nothing once erased.
    pub title: Option<String>,
    /// Its folded words, those of the title among them.
    pub folded: String,
}

impl TextRow {
    /// The record that says it.
    pub const fn hit(&self) -> Hit {
        Hit { number: self.number, innovation: self.innovation }
    }
}

/// What is said in records that were found, in the order in which they are given.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn texts_of(tx: &mut Tx, hits: &[Hit]) -> Result<Vec<TextRow>> {
    let numbers: Vec<i64> = hits.iter().map(|hit| hit.number).collect();
    // By the number of the text, and the newest title of it: a record's own row says nothing that is read here.
    let sql = "select t.id as number, t.innovation, t.folded, (select w.body from words w \
        where w.record = t.innovation and w.field = 'title' order by w.version desc limit 1) as title \
        from similar_text t where t.id";
    // No record has this number.
    by_ids(tx, (sql, &numbers), (i64::MIN, |row: &TextRow| row.number)).await
}

/// What a statement gives for some ids, in their order; it ends with what is one of them. `none` is an id that nothing has.
async fn by_ids<T, I>(
    tx: &mut Tx,
    (select, ids): (&str, &[I]),
    (none, id): (I, fn(&T) -> I),
) -> Result<Vec<T>>
where
    T: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>,
    I: Copy + Eq + Hash + Send + Sync,
    Cell: From<I>,
{
    let (mut rest, mut known) = (ids, HashMap::new());
    while !rest.is_empty() {
        let size = AT_ONCE.into_iter().find(|size| *size >= rest.len()).unwrap_or(MOST_AT_ONCE);
        let (some, others) = rest.split_at(size.min(rest.len()));
        rest = others;
        let padded = some.iter().copied().chain(std::iter::repeat(none)).take(size);
        let cells: Vec<Cell> = padded.map(Cell::from).collect();
        let places: Vec<String> = (1..=size).map(|place| format!("${place}")).collect();
        let sql = format!("{select} in ({})", places.join(", "));
        let found: Vec<T> = on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
            .try_map(|row| FromRow::from_row(&row))
            .fetch_all(c)
            .await)?;
        known.extend(found.into_iter().map(|row| (id(&row), row)));
    }
    Ok(ids.iter().filter_map(|id| known.remove(id)).collect())
}

/// The number of a record; for one that is not in the index, where it would be.
async fn number_of(tx: &mut Tx, (sent_at, innovation): (i64, Uuid)) -> Result<i64> {
    let sql = "select id from similar_text where innovation = $1";
    let number = on!(tx, c => sqlx::query_scalar(sql).bind(innovation).fetch_optional(c).await)?;
    Ok(number.unwrap_or_else(|| first_number(sent_at)))
}

/// How far the roles of a person reach.
#[derive(Debug, Default)]
struct Reach {
    /// Over bodies other than their own.
    is_wide: bool,
    /// Over all.
    sees_all: bool,
}

async fn reach(tx: &mut Tx, sight: &Sight) -> Result<Reach> {
    if sight.posts.is_empty() {
        return Ok(Reach::default());
    }
    let cells: Vec<Cell> = sight.posts.iter().copied().map(Cell::from).collect();
    let places: Vec<String> = (1..=cells.len()).map(|place| format!("${place}")).collect();
    let sql = format!(
        "select post.parent is null, exists (select 1 from node_above a join node low on low.id = a.node \
         where a.ancestor = post.id and low.body <> post.body) from node post where post.id in ({})",
        places.join(", ")
    );
    let posts: Vec<(bool, bool)> = on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
        .try_map(|row| FromRow::from_row(&row))
        .fetch_all(c)
        .await)?;
    let sees_all = posts.iter().any(|(is_root, _)| *is_root);
    Ok(Reach { is_wide: sees_all || posts.iter().any(|(_, is_wide)| *is_wide), sees_all })
}

/// A statement's values as they are bound.
#[derive(Debug, Default)]
struct Cells(Vec<Cell>);

impl Cells {
    fn bind(&mut self, value: impl Into<Cell>) -> String {
        self.0.push(value.into());
        format!("${}", self.0.len())
    }
}

/// What was walked over.
#[derive(Debug, Default)]
struct Walked {
    /// Numbers and records, newest first.
    records: Vec<(i64, Uuid)>,
    count: i64,
    is_more: bool,
}

/// Some records of the index.
#[derive(Debug, Default)]
struct Round {
    /// How many have the words.
    hits: i64,
    /// The number of the last of them.
    last: Option<i64>,
    /// How many of them are wanted.
    found: i64,
    /// The newest of these.
    records: Vec<(i64, Uuid)>,
}

/// Hits, the last of them, how many are found, and one of these.
type RoundRow = (i64, Option<i64>, i64, Option<i64>, Option<Uuid>);

/// The search by the index.
struct Main<'a> {
    text: &'static FullText,
    sight: &'a Sight,
    wanted: &'a Wanted<'a>,
    words: Words<'a>,
    /// Does the person see whatever the terms find?
    is_sure: bool,
    is_anywhere: bool,
}

impl Main<'_> {
    /// Walks over what the index finds, from a number down, until there are as many as are asked for.
    async fn walk(
        &self,
        tx: &mut Tx,
        mut before: i64,
        (limit, counted): (usize, Option<i64>),
    ) -> Result<Walked> {
        let mut walked = Walked::default();
        let page = i64::try_from(limit).unwrap_or(MOST);
        let mut size = if counted.is_some() { FIRST.max(page) } else { page };
        let mut looked = 0;
        loop {
            let round = self.round(tx, before, (size, limit - walked.records.len())).await?;
            walked.count += round.found;
            walked.records.extend(round.records);
            looked += round.hits;
            let Some(last) = round.last.filter(|_| round.hits == size) else { return Ok(walked) };
            // How far is looked for more to count may depend on nothing that the person does not see.
            let is_tired = self.is_sure && looked >= LOOKED && walked.count >= FEW;
            let is_counted = counted.is_none_or(|counted| is_tired || walked.count > counted);
            if walked.records.len() >= limit && is_counted {
                walked.is_more = true;
                return Ok(walked);
            }
            before = last;
            size = (size * 4).min(MOST);
        }
    }

    async fn round(&self, tx: &mut Tx, before: i64, (size, limit): (i64, usize)) -> Result<Round> {
        let mut cells = Cells::default();
        let sql = self.sql(&mut cells, before, (size, limit));
        let rows: Vec<RoundRow> = on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells.0)
            .try_map(|row| FromRow::from_row(&row))
            .fetch_all(c)
            .await)?;
        let mut round = Round::default();
        for (hits, last, found, number, innovation) in rows {
            (round.hits, round.last, round.found) = (hits, last, found);
            round.records.extend(number.zip(innovation));
        }
        Ok(round)
    }

    /// The next `size` that have the words, and how many of them are wanted, with the newest `limit` of these.
    fn sql(&self, cells: &mut Cells, before: i64, (size, limit): (i64, usize)) -> String {
        let id = self.text.id;
        let asked = (self.text.query)(&terms(self.words.seen, &[self.together()]));
        cells.bind(asked);
        let matches = (self.text.condition)(1);
        let (before, size) = (cells.bind(before), cells.bind(size));
        let oldest = self.wanted.from.map(|from| format!(" and {id} >= {}", cells.bind(first_number(from))));
        let oldest = oldest.unwrap_or_default();
        let wanted = self.wanted(cells);
        let limit = cells.bind(i64::try_from(limit).unwrap_or(i64::MAX));
        format!(
            "with hit as materialized (select {id} as number from similar_index \
                 where {matches} and {id} < {before}{oldest} order by {id} desc limit {size}), \
             found as materialized (select hit.number as number from hit{wanted}) \
             select b.hits, b.last, b.found, t.id, t.innovation from \
             (select (select count(*) from hit) as hits, (select min(number) from hit) as last, \
                 (select count(*) from found) as found) b \
             left join (select number from found order by number desc limit {limit}) f on 1 = 1 \
             left join similar_text t on t.id = f.number order by t.id desc"
        )
    }

    fn together(&self) -> Vec<&str> {
        self.words.terms.iter().map(String::as_str).collect()
    }

    /// What must hold of what the index found: by its text, by the lists and by its record.
    fn wanted(&self, cells: &mut Cells) -> String {
        let mut holds = phrases(self.words, "t", &mut |cell| cells.bind(cell));
        // The numbers of a few that were sent at the very same time say a little later.
        holds.extend(self.wanted.from.map(|from| format!("t.sent_at >= {}", cells.bind(from))));
        holds.extend(self.wanted.until.map(|until| format!("t.sent_at < {}", cells.bind(until))));
        let of_record = self.of_record(cells);
        if !(self.is_sure && self.is_anywhere && !self.wanted.is_of_mine) {
            holds.push(in_runs(self.runs(), "t.innovation, t.sent_at", &mut |cell| cells.bind(cell)));
        }
        if holds.is_empty() && of_record.is_empty() {
            return String::new();
        }
        let record = if of_record.is_empty() { "" } else { " join innovation i on i.id = t.innovation" };
        let holds: Vec<String> = holds.into_iter().chain(of_record).collect();
        format!(" join similar_text t on t.id = hit.number{record} where {}", holds.join(" and "))
    }

    /// What must hold of the innovation `i`.
    fn of_record(&self, cells: &mut Cells) -> Vec<String> {
        let mut holds: Vec<String> = self.wanted.late.iter().cloned().collect();
        let stages: Vec<String> = self.wanted.stages().into_iter().map(|stage| cells.bind(stage)).collect();
        if !stages.is_empty() {
            holds.push(format!("i.stage in ({})", stages.join(", ")));
        }
        if self.wanted.is_of_mine {
            let bodies: Vec<String> = self.sight.bodies.iter().map(|body| cells.bind(*body)).collect();
            holds.push(in_bodies(&bodies));
        }
        holds
    }

    fn runs(&self) -> impl Iterator<Item = Run> {
        let runs = if self.wanted.is_of_mine { &self.sight.own_runs } else { &self.sight.runs };
        runs.iter().copied()
    }

    /// What the person may see besides: by their own part in it, or by a role of theirs where the tree has changed since
    /// it was told, so that it has the terms of another body. Numbers and records, newest first.
    async fn besides(&self, tx: &mut Tx, is_wide: bool, counted: i64) -> Result<Vec<(i64, Uuid)>> {
        let runs = self.runs().filter(|(_, audience)| !is_wide && *audience == OTHER_HANDLED);
        let wanted = Wanted { after: None, ..self.wanted.clone() };
        let found = newest::Search::besides((self.sight, &wanted), (self, runs), counted + 1);
        let Some((found, cells)) = found else { return Ok(Vec::new()) };
        let sql = format!("select sent_at, innovation from {found} l order by sent_at desc");
        on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
            .try_map(|row| FromRow::from_row(&row))
            .fetch_all(c)
            .await)
    }
}

impl Said for Main<'_> {
    /// It has the words, whoever may see it, and the walk does not come by it.
    fn condition(&self, bind: &mut dyn FnMut(Cell) -> String) -> String {
        let mut has = |seen: &[String]| {
            let place = bind((self.text.query)(&terms(seen, &[self.together()])).into());
            let place: usize = place.trim_start_matches('$').parse().unwrap_or_default();
            let (id, matches) = (self.text.id, (self.text.condition)(place));
            format!("exists (select 1 from similar_index where {id} = said.id and {matches})")
        };
        let (any, walked) = (has(&[ALL.to_owned()]), has(self.words.seen));
        let in_runs = in_runs(self.runs(), "said.innovation, said.sent_at", bind);
        let mut holds = vec![any, format!("not ({walked} and {in_runs})")];
        holds.extend(phrases(self.words, "said", bind));
        holds.join(" and ")
    }
}

/// Is each phrase in the text? Folded words are letters and digits, so nothing in them needs to be escaped.
fn phrases(words: Words<'_>, text: &str, bind: &mut dyn FnMut(Cell) -> String) -> Vec<String> {
    let one = |phrase: &String| {
        format!("' ' || {text}.folded || ' ' like {}", bind(format!("% {phrase} %").into()))
    };
    words.phrases.iter().map(one).collect()
}

/// Is a record, by its id and when it was sent, in one of some runs of the lists?
fn in_runs(runs: impl Iterator<Item = Run>, record: &str, bind: &mut dyn FnMut(Cell) -> String) -> String {
    let (innovation, sent_at) = record.split_once(", ").unwrap_or_default();
    let mut one = |(node, audience): Run| {
        let (node, audience) = (bind(node.into()), bind(audience.into()));
        format!(
            "exists (select 1 from listing l where l.node = {node} and l.audience = {audience} \
             and l.sent_at = {sent_at} and l.innovation = {innovation})"
        )
    };
    let runs: Vec<String> = runs.map(&mut one).collect();
    if runs.is_empty() { "(1 = 0)".to_owned() } else { format!("({})", runs.join(" or ")) }
}
