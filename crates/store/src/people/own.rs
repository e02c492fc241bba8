//! What the database holds about one person, part by part. Each part is one query that begins at the person's own account
//! and names only columns that may be given to them: never a hash, a secret, or what is said of somebody else.

use crate::db::Tx;
use crate::error::Result;
use crate::find::moderation::hears_why;
use crate::on;
use crate::row::{Cell, Kind, cell_at};
use crate::rows;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// How a column is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum As {
    /// Words, names, days.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// Microseconds since 1970.
    Time,
    /// A text that is JSON.
    Json,
}

impl As {
    const fn kind(self) -> Kind {
        match self {
            Self::Text | Self::Json => Kind::Text,
            Self::Number | Self::Time => Kind::Int,
            Self::Flag => Kind::Bool,
        }
    }
}

/// A part of what is held about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// The columns, in the order of the query.
    pub columns: &'static [(&'static str, As)],
    /// The query: `me` has the account's `id`, its id as text in `told`, and its `mail`.
    sql: &'static str,
}

/// The account that each query begins at: `$1` its id, `$2` the same as it stands in texts.
const ME: &str = "with me as (select a.id, cast($2 as text) as told, a.mail, a.mail_folded from account a where a.id = $1) ";

/// Declares the parts: name, columns, query.
macro_rules! parts {
    ($($name:literal: $($column:ident $told:ident),+ => $sql:expr;)+) => {
        /// Every part, in the order of the page.
        pub const PARTS: &[Part] = &[$(Part {
            name: $name,
            columns: &[$((stringify!($column), As::$told)),+],
            sql: $sql,
        }),+];
    };
}

parts! {
    "account": name Text, mail Text, language Text, hour_of_mail Number, id_elsewhere Text, made_at Time, has_password Flag =>
        "select a.name, a.mail, a.language, a.digest_hour, a.external_id, a.created_at, a.password_hash is not null \
         from me join account a on a.id = me.id";
    "roles": role Text, place Text, since Time, given_by Text, ended Text =>
        "select g.role, n.name, j.happened_at, ga.name, g.ended from me join party p on p.account = me.id \
         join role_grant g on g.holder = p.id join node n on n.id = g.node \
         left join journal j on j.stream = g.id and j.version = 1 \
         left join party gp on gp.id = j.actor left join account ga on ga.id = gp.account order by j.happened_at, g.id";
    "roles-asked": role Text, place Text, until Text, state Text, is_for_you Flag =>
        "select k.role, n.name, k.until_on, k.state, k.holder = p.id from me join party p on p.account = me.id \
         join role_ask k on k.id = p.record join node n on n.id = k.node order by k.until_on, k.id";
    "cover": first_day Text, last_day Text, away Text, answers Text =>
        "select c.from_on, c.to_on, a.name, b.name from me join cover c on c.account = me.id or c.covered_by = me.id \
         join account a on a.id = c.account left join account b on b.id = c.covered_by order by c.from_on, c.id";
    "waits": name Text, mail Text, place Text, asked_at Time, until Text =>
        "select w.name, w.mail, n.name, w.asked_at, w.until_on from me \
         join newcomer w on w.mail_folded = me.mail_folded join node n on n.id = w.node order by w.asked_at, w.id";
    "opener-key": made_at Time, ended_at Time =>
        "select k.made_at, k.ended_at from me join opener_key k on k.account = me.id order by k.made_at, k.id";
    "ideas": reference Text, title Text, stage Text, sent_at Time, share_percent Number, told_too Flag, has_it Flag,
        decides Flag =>
        "select i.reference, case when w.masked is null and (c.party is not null or t.party is not null \
             or coalesce(i.owner = p.id, false) or coalesce(i.decider = p.id, false) or coalesce(i.trier = p.id, false) \
             or exists (select 1 from answer r where r.innovation = i.id and r.answered_by = p.id)) then w.body end, \
         i.stage, i.sent_at, c.share_percent, t.party is not null, coalesce(i.owner = p.id, false), \
         coalesce(i.decider = p.id, false) from me join party p on p.account = me.id \
         join innovation i on i.id = p.record left join contributor c on c.innovation = i.id and c.party = p.id \
         left join also_told t on t.innovation = i.id and t.party = p.id \
         left join words w on w.record = i.id and w.field = 'title' and w.version = i.title_version \
         order by i.sent_at, i.id";
    "problems": title Text, listed_at Time, is_closed Flag =>
        "select case when w.masked is null then w.body end, b.listed_at, b.is_closed \
         from me join party p on p.account = me.id join problem b on b.id = p.record and b.listed_by = p.id \
         left join words w on w.record = b.id and w.field = 'title' and w.version = b.title_version \
         order by b.listed_at, b.id";
    "words": reference Text, field Text, language Text, written_at Time, text Text =>
        "select i.reference, w.field, w.language, j.happened_at, w.body from me join party p on p.account = me.id \
         join words w on w.record = p.record join journal j on j.stream = w.record and j.version = w.version \
         left join innovation i on i.id = w.record \
         where w.body is not null and w.masked is null and (coalesce(w.author, j.actor) = p.id or (w.version = 1 \
             and exists (select 1 from contributor c where c.innovation = w.record and c.party = p.id))) \
         order by j.happened_at, w.record, w.version, w.field";
    "acts": record Text, reference Text, act Text, at Time =>
        "select j.kind, i.reference, j.event, j.happened_at from me join party p on p.account = me.id \
         join journal j on j.stream = p.record and j.actor = p.id left join innovation i on i.id = j.stream \
         order by j.happened_at, j.stream, j.version";
    "answers": reference Text, answer Text, reason Text, answered_at Time, decided_on Text, is_late Flag, is_objected Flag,
        was_answer Flag =>
        "select i.reference, r.kind, r.reason, r.answered_at, r.decided_on, r.is_late, r.is_objected, r.was_answer \
         from me join party p on p.account = me.id join answer r on r.answered_by = p.id \
         join innovation i on i.id = r.innovation order by r.answered_at, i.id, r.number";
    "moderation": reference Text, act Text, role Text, reason Text, at Time, of_comment Flag =>
        "select i.reference, m.act, m.role, m.because, m.moderated_at, m.about <> i.id from me \
         join party p on p.account = me.id join (select innovation, innovation as about, number, act, role, because, \
                 moderated_by, moderated_at from moderation \
             union all select k.innovation, k.id, x.number, x.act, x.role, x.because, x.moderated_by, x.moderated_at \
                 from comment_moderation x join comment k on k.id = x.comment) m on m.moderated_by = p.id \
         join innovation i on i.id = m.innovation order by m.moderated_at, i.id, m.about, m.number";
    "reports": reference Text, reason Text, line Text, at Time, ended_at Time, outcome Text, answer Text, of_comment Flag =>
        concat!(
            "select case when f.hears_why then f.reference end, f.because, f.line, f.reported_at, f.ended_at, f.outcome, \
             case when f.hears_why then f.words end, f.of_comment from (select r.id, i.reference, r.because, r.line, \
             r.reported_at, r.ended_at, r.outcome, r.words, r.comment is not null as of_comment, ",
            hears_why!("g.id"),
            " as hears_why from me g join report r on r.account = g.id join innovation i on i.id = r.innovation) f \
             order by f.reported_at, f.id"
        );
    "shared-answers": place Text, reason Text, said_at Time, reread_on Text, is_withdrawn Flag =>
        "select n.name, s.reason, s.said_at, s.reread_on, s.is_withdrawn from me join party p on p.account = me.id \
         join shared_answer s on s.owner = p.id join node n on n.id = s.node order by s.said_at, s.id";
    "comments": reference Text, written_at Time, is_taken_back Flag, is_unlisted Flag =>
        "select i.reference, c.written_at, c.is_taken_back, c.is_unlisted from me join party p on p.account = me.id \
         join comment c on c.author = p.id join innovation i on i.id = c.innovation order by c.written_at, c.id";
    "come-back": reference Text, answer Text, answered_at Time, told_again Flag =>
        "select i.reference, k.kind, k.answered_at, k.is_back from me join party p on p.account = me.id \
         join come_back k on k.party = p.id join innovation i on i.id = k.innovation order by k.answered_at, i.id";
    "drafts": form Text, changed_at Time, typed Json =>
        "select d.form, d.updated_at, case when d.payload like '%\"whose\":[\"hidden\"]%' then null else d.payload end \
         from me join draft d on d.account = me.id order by d.updated_at, d.id";
    "held-back": form Text, door Text, place Text, sent_at Time, due_on Text, ended_at Time, outcome Text, line Text,
        typed Json =>
        "select h.form, h.door, n.name, h.held_at, h.due_on, h.ended_at, h.outcome, h.line, h.payload \
         from me join held_back h on h.account = me.id join node n on n.id = h.node order by h.held_at, h.id";
    "door-messages": door Text, place Text, address Text, sent_at Time, delivered_at Time, text Text =>
        "select m.door, n.name, m.address, m.sent_at, m.delivered_at, m.words from me \
         join door_message m on m.account = me.id join node n on n.id = m.node order by m.sent_at, m.id";
    "files": name Text, kind Text, place Text, state Text, rows Number, read_at Time =>
        "select b.file_name, b.kind, n.name, b.state, b.row_count, b.created_at from me \
         join import_batch b on b.account = me.id join node n on n.id = b.node order by b.created_at, b.id";
    "sessions": began_at Time, last_used_at Time, ends_at Time, is_shared Flag, browser Text, factor_shown_at Time =>
        "select s.started_at, s.seen_at, s.ends_at, s.is_shared, s.agent, s.stepped_up_at from me \
         join session s on s.account = me.id order by s.started_at, s.id";
    "links": purpose Text, ends_at Time, used_at Time =>
        "select t.purpose, t.ends_at, t.used_at from me join ticket t on t.account = me.id \
         or (t.account is null and replace(t.payload, me.mail, '') <> t.payload) order by t.ends_at, t.token_hash";
    "tokens": name Text, may_write Flag, made_at Time, ends_at Time, used_on Text =>
        "select t.name, t.may_write, t.made_at, t.ends_at, t.used_on from me \
         join api_token t on t.account = me.id order by t.made_at, t.id";
    "second-factor": begun_at Time, confirmed_at Time, codes_left Number =>
        "select f.begun_at, f.confirmed_at, (select count(*) from recovery_code r where r.account = f.account) \
         from me join second_factor f on f.account = me.id";
    "factor-resets": of Text, asked_by Text, asked_at Time, ends_at Time =>
        "select a.name, b.name, r.asked_at, r.ends_at from me \
         join factor_reset r on r.account = me.id or r.asked_by = me.id \
         join account a on a.id = r.account join account b on b.id = r.asked_by order by r.asked_at, r.id";
    "elsewhere": provider Text, who_there Text, linked_at Time =>
        "select l.issuer, l.subject, l.linked_at from me join oidc_link l on l.account = me.id order by l.linked_at, l.issuer";
    "mails": day Text, sent_at Time =>
        "select d.day, d.sent_at from me join digest d on d.account = me.id order by d.day";
    "jobs": kind Text, enqueued_at Time, runs_at Time, tries Number =>
        "select b.kind, b.enqueued_at, b.run_at, b.attempts from me \
         join job b on replace(b.payload, me.told, '') <> b.payload or replace(b.payload, me.mail, '') <> b.payload \
         order by b.id";
    "noted": act Text, at Time =>
        "select u.action, u.at from me join audit u on u.account = me.id order by u.at, u.id";
    "noted-of-you": act Text, by Text, at Time =>
        "select u.action, b.name, u.at from me join audit u on u.subject = me.told \
         and (u.account is null or u.account <> me.id) left join account b on b.id = u.account order by u.at, u.id";
    "looks": what Text, reference Text, by Text, why Text, at Time =>
        "select l.what, i.reference, b.name, l.why, l.at from me join look l on l.account = me.id \
         left join account b on b.id = l.looker left join innovation i on i.id = l.record order by l.at desc, l.id";
    "looks-of-yours": what Text, why Text, at Time =>
        "select l.what, l.why, l.at from me join look l on l.looker = me.id order by l.at, l.id";
}

/// The part of a name.
pub fn part(name: &str) -> Option<&'static Part> {
    PARTS.iter().find(|part| part.name == name)
}

/// The rows of a part for an account, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn rows(tx: &mut Tx, part: &Part, (account, limit): (Uuid, i64)) -> Result<Vec<Vec<Cell>>> {
    let sql = format!("{ME}{} limit $3", part.sql);
    let values = [account.into(), account.to_string().into(), limit.into()];
    on!(tx, c => rows::bind(sqlx::query(AssertSqlSafe(sql)), &values)
        .try_map(|row| {
            let columns = part.columns.iter().enumerate();
            columns.map(|(index, (_, told))| cell_at(&row, index, told.kind())).collect()
        })
        .fetch_all(c)
        .await)
}

/// How many rows of each part there are for an account, each counted up to `most`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn counts(tx: &mut Tx, account: Uuid, most: i64) -> Result<Vec<(String, i64)>> {
    let each = PARTS.iter().map(|part| {
        let (name, sql) = (part.name, part.sql);
        format!("select '{name}' as part, (select count(*) from (select 1 from ({sql}) held limit $3) counted) as held")
    });
    let sql = format!("{ME}{}", each.collect::<Vec<_>>().join(" union all "));
    on!(tx, c => sqlx::query_as(AssertSqlSafe(sql))
        .bind(account)
        .bind(account.to_string())
        .bind(most)
        .fetch_all(c)
        .await)
}
