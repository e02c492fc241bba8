//! What the one mail a day is made of, read for a page of people at a time: a query for all of them, never one each.

use crate::db::Tx;
use crate::error::Result;
use crate::find::moderation::{MODERATES, hears_why};
use crate::find::offers;
use crate::{on, run};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// The rows of a statement whose first three values are those of a page: the hour, after whom, up to whom.
macro_rules! of_page {
    ($tx:expr, $sql:expr, $page:expr $(, $value:expr)*) => {
        on!($tx, c => sqlx::query_as($sql)
            .bind($page.hour)
            .bind($page.after)
            .bind($page.last)
            $(.bind($value))*
            .fetch_all(c)
            .await)
    };
}

/// A page of people whose mail is due: an hour of the day, and a range of ids.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The hour that they chose.
    pub hour: i64,
    /// Everybody after this id.
    pub after: Uuid,
    /// Up to this one.
    pub last: Uuid,
}

/// The accounts `a` of a [`Page`].
const OF_PAGE: &str = "a.digest_hour = $1 and a.closed_at is null and a.id > $2 and a.id <= $3";

/// Somebody who may get a mail.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ReaderRow {
    /// Who.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Where it goes.
    pub mail: String,
    /// Their language.
    pub language: String,
    /// When the account was made, microseconds since 1970.
    pub created_at: i64,
}

/// The next people with a mail at an hour.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn readers(tx: &mut Tx, (hour, after): (i64, Uuid), limit: u32) -> Result<Vec<ReaderRow>> {
    let sql = "select id, name, mail, language, created_at from account \
               where digest_hour = $1 and closed_at is null and id > $2 order by id limit $3";
    on!(tx, c => sqlx::query_as(sql).bind(hour).bind(after).bind(i64::from(limit)).fetch_all(c).await)
}

/// A zone in which somebody has a role.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ZoneRow {
    /// Who.
    pub account: Uuid,
    /// The zone of the body.
    pub zone: String,
}

/// The zones of a page's people, the one of the body with the lowest id first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn zones(tx: &mut Tx, page: Page) -> Result<Vec<ZoneRow>> {
    let sql = "select a.id as account, b.zone from account a \
               join role_held g on g.account = a.id \
               join node n on n.id = g.node join node b on b.id = n.body \
               where a.digest_hour = $1 and a.closed_at is null and a.id > $2 and a.id <= $3 \
               order by a.id, b.id";
    of_page!(tx, sql, page)
}

/// The last mail that somebody had.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LastRow {
    /// Who.
    pub account: Uuid,
    /// Its day.
    pub day: String,
    /// When, microseconds since 1970.
    pub sent_at: i64,
}

/// The last mails of a page's people.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn last(tx: &mut Tx, page: Page) -> Result<Vec<LastRow>> {
    let sql = "select a.id as account, max(d.day) as day, max(d.sent_at) as sent_at from account a \
               join digest d on d.account = a.id \
               where a.digest_hour = $1 and a.closed_at is null and a.id > $2 and a.id <= $3 \
               group by a.id order by a.id";
    of_page!(tx, sql, page)
}

/// Notes that somebody had their mail of a day. False where that was noted before.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn note(tx: &mut Tx, account: Uuid, (day, at): (&str, i64)) -> Result<bool> {
    let sql = "insert into digest (account, day, sent_at) values ($1, $2, $3) on conflict (account, day) do nothing";
    Ok(run!(tx, sqlx::query(sql).bind(account).bind(day).bind(at))? == 1)
}

/// A record that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DutyRow {
    /// Whom it waits for.
    pub account: Uuid,
    /// What people call it by.
    pub reference: String,
    /// Its title; nothing where it was erased or something in it is masked.
    pub title: Option<String>,
    /// Who sees it.
    pub seen_by: String,
    /// Where it stands.
    pub stage: String,
    /// By when.
    pub due_on: Option<String>,
    /// The day that was missed.
    pub missed_on: Option<String>,
    /// Does it wait for its contributor?
    pub is_paused: bool,
    /// How many wait for this person in all.
    pub in_all: i64,
}

/// What waits for a page's people: at most `each` records for one of them, what was missed first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn duties(tx: &mut Tx, page: Page, each: i64) -> Result<Vec<DutyRow>> {
    let sql = "select account, reference, title, seen_by, stage, due_on, missed_on, is_paused, in_all from ( \
                 select a.id as account, i.id, i.reference, i.seen_by, i.stage, i.due_on, i.missed_on, i.is_paused, \
                        case when w.masked is null then w.body end as title, \
                        count(*) over (partition by a.id) as in_all, \
                        row_number() over (partition by a.id \
                            order by coalesce(i.missed_on, i.due_on), i.due_on, i.id) as place \
                 from account a join party p on p.account = a.id \
                 join innovation i on i.owner = p.id and i.ended_at is null and i.stage <> 'not-now' \
                 left join words w on w.record = i.id and w.field = 'title' and w.version = i.title_version \
                 where a.digest_hour = $1 and a.closed_at is null and a.id > $2 and a.id <= $3) d \
               where place <= $4 order by account, place";
    of_page!(tx, sql, page, each)
}

/// How many records wait for those of a page's people who moderate: told by the public, or reported.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn moderation(tx: &mut Tx, page: Page) -> Result<Vec<(Uuid, i64)>> {
    let sql = format!(
        "select a.id, count(distinct i.id) from (select id from innovation \
                 where listed = 'waiting' and stage <> 'withdrawn' \
             union select innovation from report where ended_at is null) w join innovation i on i.id = w.id \
         join node_above up on up.node = i.node join role_held g on g.node = up.ancestor and {MODERATES} \
         join account a on a.id = g.account \
         where a.digest_hour = $1 and a.closed_at is null and a.id > $2 and a.id <= $3 \
         group by a.id order by a.id"
    );
    let sql = AssertSqlSafe(sql);
    of_page!(tx, sql, page)
}

/// A record that somebody brought, or told too.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OwnRow {
    /// Who brought it.
    pub account: Uuid,
    /// What people call it by.
    pub reference: String,
    /// Its title; nothing where it was erased or something in it is masked.
    pub title: Option<String>,
    /// Who sees it.
    pub seen_by: String,
    /// Where it stands.
    pub stage: String,
    /// The next day on which something happens.
    pub next_on: Option<String>,
    /// Did they bring it, rather than tell the same later? Those are asked nothing, and hear every answer.
    pub is_own: bool,
    /// Was the contributor asked something?
    pub is_paused: bool,
    /// When it was sent, microseconds since 1970.
    pub sent_at: i64,
    /// When a person last said something about it.
    pub news_at: i64,
    /// The same but for a finder's wish that more people see it, while that waits: it has a part of its own.
    pub said_at: i64,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// Who has it.
    pub decider: Option<String>,
    /// When somebody else last said something about it that they may read: not where it is handled with care or a name is
    /// hidden, and not where they are auditor.
    pub commented_at: Option<i64>,
    /// When it was last answered.
    pub answered_at: Option<i64>,
    /// The contributor's word on that answer.
    pub was_answer: Option<bool>,
}

/// What a page's people brought or told too: what is open, and what moved since a time (microseconds since 1970). At most `each`
/// records for one of them, the latest news first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn own(tx: &mut Tx, page: Page, (since, each): (i64, i64)) -> Result<Vec<OwnRow>> {
    let sql = "select account, reference, title, seen_by, stage, next_on, is_own, is_paused, sent_at, news_at, \
                      said_at, ended_at, decider, commented_at, answered_at, was_answer from ( \
                 select b.account, b.is_own, i.reference, i.seen_by, i.stage, i.next_on, i.is_paused, i.sent_at, \
                        i.news_at, i.ended_at, da.name as decider, an.answered_at, an.was_answer, \
                        (select max(k.written_at) from comment k left join party kp on kp.id = k.author \
                            where k.innovation = i.id and not k.is_taken_back and not k.is_unlisted \
                            and i.seen_by <> 'handlers' \
                            and not exists (select 1 from sealed_name h join contributor hc \
                                on hc.innovation = h.record and hc.party = h.id where h.record = i.id) \
                            and not exists (select 1 from role_held g join node_above up on up.ancestor = g.node \
                                where g.account = b.account and g.role = 'auditor' \
                                and up.node in (i.node, i.at_node)) \
                            and (kp.account is null or kp.account <> b.account)) as commented_at, \
                        case when w.masked is null then w.body end as title, \
                        case when o.offered_at = i.news_at then coalesce((select max(j.happened_at) from journal j \
                            where j.stream = i.id and j.happened_at < o.offered_at and j.event in \
                                ('told', 'answered', 'objected', 'review-asked', 'reopened', 'asked', 'date-moved', \
                                 'try-ended', 'news', 'sight-set') \
                            and not (j.event in ('news', 'sight-set') and (coalesce(j.actor = i.assisted_by, false) or exists \
                                (select 1 from contributor oc where oc.innovation = i.id and oc.party = j.actor))) \
                            ), i.sent_at) else i.news_at end as said_at, \
                        row_number() over (partition by b.account order by i.news_at desc, i.id) as place \
                 from (select a.id as account, c.innovation, true as is_own from account a \
                           join party p on p.account = a.id join contributor c on c.party = p.id \
                           where a.digest_hour = $1 and a.closed_at is null and a.id > $2 and a.id <= $3 \
                       union all select a.id as account, t.innovation, false as is_own from account a \
                           join party p on p.account = a.id join also_told t on t.party = p.id \
                           where a.digest_hour = $1 and a.closed_at is null and a.id > $2 and a.id <= $3) b \
                 join innovation i on i.id = b.innovation and (i.ended_at is null or i.news_at >= $4 \
                     or exists (select 1 from comment k where k.innovation = i.id and k.written_at >= $4)) \
                 left join party dp on dp.id = i.decider left join account da on da.id = dp.account \
                 left join sight_offer o on o.innovation = i.id and o.side = 'finder' \
                 left join answer an on an.innovation = i.id and an.number = (select max(x.number) from answer x \
                     where x.innovation = i.id and not x.is_objected and x.kind <> 'send-on') \
                 left join words w on w.record = i.id and w.field = 'title' and w.version = i.title_version) d \
               where place <= $5 order by account, place";
    of_page!(tx, sql, page, since, each)
}

/// That more people may see a record, if somebody else than who offered it says so, too.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OfferRow {
    /// Whose yes it waits for.
    pub account: Uuid,
    /// What people call the record by.
    pub reference: String,
    /// Who may see it then.
    pub seen_by: String,
    /// From when on it can be told, microseconds since 1970.
    pub offered_at: i64,
}

/// Offers since a time (microseconds since 1970) that wait on a day (`YYYY-MM-DD`) for the yes of a page's people: at most `each`
/// for one of them, the latest first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn offers(
    tx: &mut Tx,
    (page, day): (Page, &str),
    (since, each): (i64, i64),
) -> Result<Vec<OfferRow>> {
    let asks = offers::asks(OF_PAGE, "$6");
    let sql = format!(
        "select account, reference, seen_by, offered_at from ( \
             select f.account, i.reference, f.seen_by, f.offered_at, \
                    row_number() over (partition by f.account order by f.offered_at desc, i.id) as place \
             from ({asks}) f join innovation i on i.id = f.innovation and i.stage <> 'withdrawn' \
             where f.offered_at > $4) d \
         where place <= $5 order by account, place"
    );
    of_page!(tx, AssertSqlSafe(sql), page, since, each, day)
}

/// What a moderator did that somebody is to hear of.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ModeratedRow {
    /// Who.
    pub account: Uuid,
    /// What people call the record by.
    pub reference: String,
    /// What they `reported` was looked at, or `reported-unseen` where they do not see it any more; what they brought is
    /// `unlisted`, or their comment is (`comment-unlisted`).
    pub what: String,
    /// When, microseconds since 1970.
    pub moderated_at: i64,
}

/// May the account `a` read of which record `i` it reported something?
const HEARS_WHY: &str = hears_why!("a.id");

/// What moderators did since a time (microseconds since 1970) to what a page's people reported, brought or wrote, and that
/// still holds: at most `each` for one of them, the latest first. What was reported of a comment that its author took back has
/// no words of a moderator, and nobody is told of it.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn moderated(tx: &mut Tx, page: Page, (since, each): (i64, i64)) -> Result<Vec<ModeratedRow>> {
    let sql = format!(
        "select account, reference, what, moderated_at from ( \
             select m.account, i.reference, m.what, m.moderated_at, \
                    row_number() over (partition by m.account order by m.moderated_at desc, i.id) as place \
             from (select a.id as account, r.innovation, \
                           case when {HEARS_WHY} then 'reported' else 'reported-unseen' end as what, \
                           r.ended_at as moderated_at \
                       from account a join report r on r.account = a.id and r.ended_at > $4 and r.words <> '' \
                       join innovation i on i.id = r.innovation where {OF_PAGE} \
                   union all select a.id as account, i.id as innovation, 'unlisted' as what, x.moderated_at \
                       from account a join party p on p.account = a.id join contributor c on c.party = p.id \
                       join innovation i on i.id = c.innovation and i.listed = 'unlisted' \
                       join moderation x on x.innovation = i.id and x.moderated_at > $4 \
                           and x.number = (select max(y.number) from moderation y \
                               where y.innovation = i.id and y.act = 'unlist') \
                       where {OF_PAGE} \
                   union all select a.id as account, k.innovation, 'comment-unlisted' as what, x.moderated_at \
                       from account a join party p on p.account = a.id \
                       join comment k on k.author = p.id and k.is_unlisted and not k.is_taken_back \
                       join comment_moderation x on x.comment = k.id and x.moderated_at > $4 \
                           and x.number = (select max(y.number) from comment_moderation y \
                               where y.comment = k.id and y.act = 'unlist') \
                       where {OF_PAGE}) m \
             join innovation i on i.id = m.innovation) d \
         where place <= $5 order by account, place"
    );
    of_page!(tx, AssertSqlSafe(sql), page, since, each)
}

/// A role that takes a second yes.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RoleRow {
    /// Who can say it; where it is settled, who asked, and who could have said it where they are not there any more.
    pub account: Uuid,
    /// Which role.
    pub role: String,
    /// How it stands; `taken-back` where who asked was erased with it.
    pub state: String,
    /// The name of the node.
    pub node_name: String,
    /// The name of who is to hold it.
    pub holder_name: String,
    /// The name of who asked; empty where they were erased.
    pub asked_by_name: String,
    /// The last day on which it can be confirmed, `YYYY-MM-DD`.
    pub until_on: String,
    /// When it was settled, microseconds since 1970; 0 while it waits.
    pub settled_at: i64,
}

/// Could the account `a` say the second yes to the ask `k`?
const SAYS_YES: &str = "exists (select 1 from role_held g join node_above up on up.ancestor = g.node and up.node = k.node \
    where g.account = a.id and g.role in ('administrator', 'auditor'))";

/// Roles that wait for the second yes of a page's people, though the account of who asked may be closed by now, and what became
/// since a time (microseconds since 1970) of those that they asked for, but by their own taking back, and of those that waited for
/// them until who asked was erased: at most `each` for one of them, the most urgent first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn roles(tx: &mut Tx, page: Page, (since, each): (i64, i64)) -> Result<Vec<RoleRow>> {
    let sql = format!(
        "select account, role, state, node_name, holder_name, asked_by_name, until_on, settled_at from ( \
             select r.account, k.role, r.state, n.name as node_name, hc.name as holder_name, \
                    coalesce(bc.name, '') as asked_by_name, k.until_on, r.settled_at, \
                    row_number() over (partition by r.account order by k.until_on, k.id) as place \
             from (select a.id as account, k.id, k.state, 0 as settled_at from account a \
                       join role_ask k on k.state = 'open' \
                       join party h on h.id = k.holder join party b on b.id = k.asked_by \
                       where {OF_PAGE} and a.id <> h.account and a.id <> b.account and {SAYS_YES} \
                   union all select a.id as account, k.id, k.state, j.happened_at as settled_at from account a \
                       join party b on b.account = a.id join role_ask k on k.asked_by = b.id \
                           and k.state in ('confirmed', 'refused', 'lapsed') \
                       join journal j on j.stream = k.id and j.version = k.version and j.happened_at > $4 \
                       where {OF_PAGE} and (j.actor is null or j.actor <> b.id) \
                   union all select a.id as account, k.id, 'taken-back' as state, j.happened_at as settled_at \
                       from account a join role_ask k on k.state = 'refused' join journal j on j.stream = k.id \
                           and j.version = k.version and j.happened_at > $4 and j.actor = k.asked_by \
                       join party h on h.id = k.holder \
                       where {OF_PAGE} and a.id <> h.account \
                           and not exists (select 1 from party b where b.id = k.asked_by) and {SAYS_YES}) r \
             join role_ask k on k.id = r.id join node n on n.id = k.node \
             join party h on h.id = k.holder join account hc on hc.id = h.account and hc.closed_at is null \
             left join party b on b.id = k.asked_by left join account bc on bc.id = b.account) d \
         where place <= $5 order by account, place"
    );
    of_page!(tx, AssertSqlSafe(sql), page, since, each)
}
