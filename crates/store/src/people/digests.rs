//! What the one mail a day is made of, read for a page of people at a time: a query for all of them, never one each.

use crate::db::Tx;
use crate::error::Result;
use crate::find::moderation::MODERATES;
use crate::{on, run};
use sqlx::FromRow;
use uuid::Uuid;

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
    on!(tx, c => sqlx::query_as(sql).bind(page.hour).bind(page.after).bind(page.last).fetch_all(c).await)
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
    on!(tx, c => sqlx::query_as(sql).bind(page.hour).bind(page.after).bind(page.last).fetch_all(c).await)
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
    on!(tx, c => sqlx::query_as(sql)
        .bind(page.hour)
        .bind(page.after)
        .bind(page.last)
        .bind(each)
        .fetch_all(c)
        .await)
}

/// How many records wait for the moderators of a page's people: told by the public, or reported.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn moderation(tx: &mut Tx, page: Page) -> Result<Vec<(Uuid, i64)>> {
    let sql = format!(
        "select a.id, count(distinct i.id) from (select id, node from innovation \
                 where listed = 'waiting' and stage <> 'withdrawn' \
             union select r.innovation, o.node from report r join innovation o on o.id = r.innovation \
                 where r.ended_at is null) i \
         join node_above up on up.node = i.node join role_held g on g.node = up.ancestor and {MODERATES} \
         join account a on a.id = g.account \
         where a.digest_hour = $1 and a.closed_at is null and a.id > $2 and a.id <= $3 \
         group by a.id order by a.id"
    );
    let sql = sqlx::AssertSqlSafe(sql);
    on!(tx, c => sqlx::query_as(sql).bind(page.hour).bind(page.after).bind(page.last).fetch_all(c).await)
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
    /// When it ended.
    pub ended_at: Option<i64>,
    /// Who has it.
    pub decider: Option<String>,
    /// When somebody else last said something about it, where it is not handled with care.
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
    let sql = "select account, reference, title, seen_by, stage, next_on, is_own, is_paused, sent_at, news_at, ended_at, \
                      decider, commented_at, answered_at, was_answer from ( \
                 select b.account, b.is_own, i.reference, i.seen_by, i.stage, i.next_on, i.is_paused, i.sent_at, \
                        i.news_at, i.ended_at, da.name as decider, an.answered_at, an.was_answer, \
                        (select max(k.written_at) from comment k left join party kp on kp.id = k.author \
                            where k.innovation = i.id and not k.is_taken_back and not k.is_unlisted \
                            and i.seen_by <> 'handlers' \
                            and (kp.account is null or kp.account <> b.account)) as commented_at, \
                        case when w.masked is null then w.body end as title, \
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
                 left join answer an on an.innovation = i.id and an.number = (select max(x.number) from answer x \
                     where x.innovation = i.id and not x.is_objected and x.kind <> 'send-on') \
                 left join words w on w.record = i.id and w.field = 'title' and w.version = i.title_version) d \
               where place <= $5 order by account, place";
    on!(tx, c => sqlx::query_as(sql)
        .bind(page.hour)
        .bind(page.after)
        .bind(page.last)
        .bind(since)
        .bind(each)
        .fetch_all(c)
        .await)
}
