//! The newest records that one person may see: some runs of the index of lists, each in order already, and the little
//! that only a person's own part in a record opens. So a list costs what it shows, not what it leaves out.

use crate::db::Tx;
use crate::error::Result;
use crate::find::lists::{COLUMNS, JOINS, ListRow};
use crate::find::sight::{Run, Sight};
use crate::row::Cell;
use crate::{on, rows};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// Stages at which something can be late.
const LATE_STAGES: [&str; 3] = ["told", "passed-on", "trying"];

/// What is wanted of what a person sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// At which stage.
    pub stage: Option<&'a str>,
    /// Only what is late: a condition on the innovation `i`.
    pub late: Option<String>,
    /// Only of the bodies of which they are.
    pub is_of_mine: bool,
    /// Sent at this time (microseconds since 1970) or later.
    pub from: Option<i64>,
    /// Sent before this time.
    pub until: Option<i64>,
    /// After which record: when that was sent and its id.
    pub after: Option<(i64, Uuid)>,
}

impl<'a> Wanted<'a> {
    /// The stages at which a record may be; none where any will do.
    pub(super) fn stages(&self) -> Vec<&'a str> {
        match (self.stage, &self.late) {
            (Some(stage), _) => vec![stage],
            (None, Some(_)) => LATE_STAGES.to_vec(),
            (None, None) => Vec::new(),
        }
    }
}

/// The records that are wanted, newest first, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn list(tx: &mut Tx, sight: &Sight, wanted: &Wanted<'_>, limit: i64) -> Result<Vec<ListRow>> {
    let (found, cells) = Search::new(sight, wanted, limit).found();
    let sql = format!(
        "select {COLUMNS} from {found} l join innovation i on i.id = l.innovation {JOINS} \
         order by l.sent_at desc, l.innovation desc"
    );
    on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
        .try_map(|row| FromRow::from_row(&row))
        .fetch_all(c)
        .await)
}

/// How many records are wanted, counted up to `limit`; where the list goes on does not matter.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn count(tx: &mut Tx, sight: &Sight, wanted: &Wanted<'_>, limit: i64) -> Result<i64> {
    let wanted = Wanted { after: None, ..wanted.clone() };
    let (sql, cells) = Search::new(sight, &wanted, limit).counted();
    let counted: (i64,) = on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &cells)
        .try_map(|row| FromRow::from_row(&row))
        .fetch_one(c)
        .await)?;
    Ok(counted.0)
}

/// The statement of a search as it grows, with what is bound in it.
pub(super) struct Search<'a> {
    sight: &'a Sight,
    wanted: &'a Wanted<'a>,
    limit: i64,
    /// What must be said in a record; then it is in the order of its number.
    said: Option<&'a dyn Said>,
    /// What each place gives, newest first and without end.
    parts: Vec<String>,
    cells: Vec<Cell>,
}

/// What must be said in a record.
pub(super) trait Said {
    /// The condition on the innovation `i` and its text `t`; binds values by the function.
    fn condition(&self, bind: &mut dyn FnMut(Cell) -> String) -> String;
}

impl<'a> Search<'a> {
    fn new(sight: &'a Sight, wanted: &'a Wanted<'a>, limit: i64) -> Self {
        Self { sight, wanted, limit, said: None, parts: Vec::new(), cells: Vec::new() }
    }

    /// What no run shows and what some runs show, where something is said; as a table of `sent_at`, which is the number
    /// of the record, and `innovation`. Nothing where there is no place to look at.
    pub(super) fn besides(
        (sight, wanted): (&'a Sight, &'a Wanted<'a>),
        (said, runs): (&'a dyn Said, impl Iterator<Item = Run>),
        limit: i64,
    ) -> Option<(String, Vec<Cell>)> {
        let mut search = Self { said: Some(said), ..Self::new(sight, wanted, limit) };
        for run in runs {
            search.run(run, None);
        }
        search.add_others();
        (!search.parts.is_empty()).then(|| (search.all(), search.cells))
    }

    /// What was found, as a table of `sent_at` and `innovation`.
    fn found(mut self) -> (String, Vec<Cell>) {
        self.add_runs();
        self.add_others();
        (self.all(), self.cells)
    }

    /// How many were found. Where one run alone has as many as are counted, they are only stepped over.
    fn counted(mut self) -> (String, Vec<Cell>) {
        self.add_runs();
        let (limit, others) = (self.bind(self.limit), self.bind(self.limit - 1));
        let full = |run: &String| format!("exists ({run} limit 1 offset {others})");
        let full: Vec<String> = self.parts.iter().map(full).collect();
        self.add_others();
        let all = format!("(select count(*) from {} found)", self.all());
        let sql = match full.as_slice() {
            [] => format!("select {all}"),
            full => format!("select case when {} then {limit} else {all} end", full.join(" or ")),
        };
        (sql, self.cells)
    }

    /// The runs of the index of lists.
    fn add_runs(&mut self) {
        let sight = self.sight;
        let runs = if self.wanted.is_of_mine { &sight.own_runs } else { &sight.runs };
        for run in runs {
            for stage in self.stages() {
                self.run(*run, stage);
            }
        }
    }

    /// What no run shows.
    fn add_others(&mut self) {
        let sight = self.sight;
        if let Some(account) = sight.account.filter(|_| !sight.is_whole) {
            self.of_party(account);
            if !sight.posts.is_empty() {
                self.away();
            }
        }
    }

    fn all(&mut self) -> String {
        let limit = self.bind(self.limit);
        let part =
            |(place, part): (usize, &String)| format!("select * from ({part} limit {limit}) part_{place}");
        let parts: Vec<String> = self.parts.iter().enumerate().map(part).collect();
        let parts = parts.join(" union all ");
        let all = format!("select distinct sent_at, innovation from ({parts}) seen");
        format!("({all} order by sent_at desc, innovation desc limit {limit})")
    }

    fn stages(&self) -> Vec<Option<&'a str>> {
        let stages = self.wanted.stages();
        if stages.is_empty() { vec![None] } else { stages.into_iter().map(Some).collect() }
    }

    /// One run of the index.
    fn run(&mut self, (node, audience): Run, stage: Option<&str>) {
        let filter = self.of_record();
        let join = if filter.is_empty() { "" } else { " join innovation i on i.id = l.innovation" };
        let text = self.text();
        let (node, audience) = (self.bind(node), self.bind(audience));
        let stage = stage.map(|stage| format!(" and l.stage = {}", self.bind(stage))).unwrap_or_default();
        let from =
            format!("listing l{join}{text} where l.node = {node} and l.audience = {audience}{stage}{filter}");
        self.part("l.sent_at, l.innovation", &from);
    }

    /// What is open to a person since they take part in it; what the runs show already may come twice.
    fn of_party(&mut self, account: Uuid) {
        let filter = self.of_record();
        let (account, node) = (self.bind(account), self.bind(self.sight.node));
        let (mine, text) = (self.in_bodies(), self.text());
        let stage = self.of_stage();
        let from = format!(
            "party me join innovation i on i.id = me.record{text} where me.account = {account} \
             and (i.seen_by = 'handlers' or not {mine}) \
             and (me.id in (i.owner, i.decider, i.trier, i.assisted_by) \
                 or exists (select 1 from contributor c where c.innovation = i.id and c.party = me.id) \
                 or exists (select 1 from also_told t where t.innovation = i.id and t.party = me.id) \
                 or exists (select 1 from answer a where a.innovation = i.id and a.answered_by = me.id)) \
             and exists (select 1 from node_above t where t.node = i.node and t.ancestor = {node}){stage}{filter}"
        );
        self.part("i.sent_at, i.id", &from);
    }

    /// What a role reaches where it is handled, though not where it was told.
    fn away(&mut self) {
        let filter = self.of_record();
        let posts: Vec<String> = self.sight.posts.iter().map(|post| self.bind(*post)).collect();
        let (node, stage, text) = (self.bind(self.sight.node), self.of_stage(), self.text());
        let from = format!(
            "node_above up join innovation i on i.at_node = up.node and i.at_node <> i.node{text} \
             where up.ancestor in ({}) \
             and exists (select 1 from node_above t where t.node = i.node and t.ancestor = {node}){stage}{filter}",
            posts.join(", ")
        );
        self.part("i.sent_at, i.id", &from);
    }

    fn part(&mut self, columns: &str, from: &str) {
        let columns = if self.said.is_some() { "said.id, i.id" } else { columns };
        let (sent_at, id) = self.begins_after();
        let (sent_at, id) = (self.bind(sent_at), self.bind(id));
        let (when, what) = columns.split_once(", ").unwrap_or_default();
        let days = self.days(when);
        self.parts.push(format!(
            "select {when} as sent_at, {what} as innovation from {from} \
             and ({columns}) < ({sent_at}, {id}){days} order by {when} desc, {what} desc"
        ));
    }

    /// Where it begins. What is sent before a time begins there in the order of times: nothing later is stepped over.
    fn begins_after(&self) -> (i64, Uuid) {
        let after = self.wanted.after.unwrap_or((i64::MAX, Uuid::max()));
        match self.wanted.until {
            Some(until) if self.said.is_none() => after.min((until, Uuid::nil())),
            _ => after,
        }
    }

    /// The days that are wanted, as far as where it begins does not say them; `when` is the time where nothing is said.
    fn days(&mut self, when: &str) -> String {
        let wanted = self.wanted;
        let (when, until) = match self.said {
            Some(_) => ("said.sent_at", wanted.until),
            None => (when, None),
        };
        let from = wanted.from.map(|from| format!(" and {when} >= {}", self.bind(from)));
        let until = until.map(|until| format!(" and {when} < {}", self.bind(until)));
        from.into_iter().chain(until).collect()
    }

    /// The text of the innovation `i`, where something must be said.
    const fn text(&self) -> &'static str {
        if self.said.is_some() { " join similar_text said on said.innovation = i.id" } else { "" }
    }

    /// What must hold of the innovation `i`, besides its stage.
    fn of_record(&mut self) -> String {
        let late = self.wanted.late.as_ref().map(|late| format!(" and {late}")).unwrap_or_default();
        let said = self.said.map(|said| said.condition(&mut |cell| self.bind(cell)));
        let said = said.map(|said| format!(" and {said}")).unwrap_or_default();
        let mine = if self.wanted.is_of_mine { format!(" and {}", self.in_bodies()) } else { String::new() };
        format!("{late}{said}{mine}")
    }

    /// The wanted stages of the innovation `i`.
    fn of_stage(&mut self) -> String {
        let stages: Vec<String> = self.stages().into_iter().flatten().map(|stage| self.bind(stage)).collect();
        if stages.is_empty() { String::new() } else { format!(" and i.stage in ({})", stages.join(", ")) }
    }

    /// Is the innovation `i` told or handled in a body of theirs?
    fn in_bodies(&mut self) -> String {
        let bodies: Vec<String> = self.sight.bodies.iter().map(|body| self.bind(*body)).collect();
        in_bodies(&bodies)
    }

    /// Binds a value and gives its place.
    fn bind(&mut self, value: impl Into<Cell>) -> String {
        self.cells.push(value.into());
        format!("${}", self.cells.len())
    }
}

/// Is the innovation `i` told or handled in one of these bodies?
pub(super) fn in_bodies(bodies: &[String]) -> String {
    if bodies.is_empty() {
        return "(1 = 0)".to_owned();
    }
    let bodies = bodies.join(", ");
    format!("(i.body in ({bodies}) or i.at_body in ({bodies}))")
}
