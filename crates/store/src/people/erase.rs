//! Taking a person out of everything that names them. The account's row stays, empty and closed, since what was noted of looks
//! and of administration counts by its id; nothing leads from it to anybody.

use crate::db::Tx;
use crate::error::Result;
use crate::{on, run};
use uuid::Uuid;

/// What goes as it is: a statement for the account `$1`.
const GOES: [&str; 18] = [
    "delete from session where account = $1",
    "delete from ticket where account = $1",
    "delete from api_token where account = $1",
    "delete from recovery_code where account = $1",
    "delete from second_factor where account = $1",
    "delete from factor_reset where account = $1 or asked_by = $1",
    "delete from oidc_link where account = $1",
    "delete from account_word where account = $1",
    "delete from cover where account = $1",
    "update cover set covered_by = null where covered_by = $1",
    "delete from draft where account = $1",
    "delete from held_back where account = $1",
    "delete from door_message where account = $1 and delivered_at is not null",
    "update report set account = null where account = $1",
    "delete from digest where account = $1",
    "delete from look where account = $1",
    "update import_batch set account = null where account = $1",
    "update opener_key set ended_at = made_at where account = $1 and ended_at is null",
];

/// What was noted of what a person did with their own account: of use to nobody else. What they did to others as an
/// administrator stays, by a number.
const OWN_AUDIT: &str = "delete from audit where account = $1 and (subject = $2 or action in \
    ('signed-in', 'password-set', 'token-made', 'token-ended', 'linked', 'stepped-up', 'recovery-code-used'))";

/// What names the person by their address alone: mails that wait, links that were asked for before there was an account,
/// and who waits to be let in.
const BY_ADDRESS: [&str; 3] = [
    "delete from ticket where account is null and replace(lower(payload), $1, '') <> lower(payload)",
    "delete from newcomer where mail_folded = $1",
    "delete from job where worker is null and replace(lower(payload || coalesce(last_error, '')), $1, '') \
        <> lower(payload || coalesce(last_error, ''))",
];

/// Takes a person out of everything but records: what is on its way to a door still goes there, from nobody.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn account(tx: &mut Tx, account: Uuid) -> Result<()> {
    all_but_name(tx, account).await?;
    run!(tx, sqlx::query("update account set name = '' where id = $1").bind(account))?;
    Ok(())
}

/// Does a person have the credit of a record, under their name?
///
/// # Errors
/// Where the database cannot be reached.
pub async fn is_credited(tx: &mut Tx, account: Uuid) -> Result<bool> {
    let sql = format!("select {CREDITED} from account a where a.id = $1");
    on!(tx, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(account).fetch_one(c).await)
}

/// How an address ends that leads nowhere (RFC 2606): of names that came with imported ideas.
pub const NOBODYS: &str = "@nobody.invalid";

/// That an account `a` has the credit of a record.
pub(crate) const CREDITED: &str =
    "exists (select 1 from party p join contributor c on c.party = p.id where p.account = a.id)";

/// The same but for the name.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn all_but_name(tx: &mut Tx, account: Uuid) -> Result<()> {
    let sql = "select mail_folded from account where id = $1";
    let mail: String = on!(tx, c => sqlx::query_scalar(sql).bind(account).fetch_one(c).await)?;
    for sql in GOES {
        run!(tx, sqlx::query(sql).bind(account))?;
    }
    run!(tx, sqlx::query(OWN_AUDIT).bind(account).bind(account.to_string()))?;
    for sql in BY_ADDRESS {
        run!(tx, sqlx::query(sql).bind(&mail))?;
    }
    // A key that nobody's browser has.
    let detach = "update door_message set account = null, key_hash = $2 where account = $1";
    run!(tx, sqlx::query(detach).bind(account).bind(vec![0_u8; 32]))?;
    let empty = "update account set mail = '', mail_folded = $2, external_id = null, language = 'en', \
                 password_hash = null where id = $1";
    run!(tx, sqlx::query(empty).bind(account).bind(account.to_string()))?;
    Ok(())
}

/// Which texts are a person's own words, and nobody else's: what they told alone, replied, asked, said as news or as a
/// comment, what is new since an answer, why another should look at it or why they took it back. What was told by several is
/// theirs together; the words of a decision, shared ones too, belong to the body that decided. A comment is a record of its
/// own, so it has its own way to who wrote it.
const OWN_WORDS: &str = "words.erased_at is null and words.body is not null and ( \
    (words.field = 'comment' and exists (select 1 from comment k join party p on p.id = k.author \
        where k.id = words.record and p.account = $1)) \
    or ((words.field in ('title', 'problem', 'solution', 'did', 'changed', 'reply', 'news') \
            or (words.field = 'why' and exists (select 1 from journal w where w.stream = words.record \
                and w.version = words.version and w.event in ('reopened', 'review-asked', 'withdrawn')))) \
        and exists (select 1 from innovation i where i.id = words.record) \
        and exists (select 1 from party p where p.record = words.record and p.account = $1 and ( \
            (words.version = 1 \
                and exists (select 1 from contributor c where c.innovation = words.record and c.party = p.id) \
                and 1 = (select count(*) from contributor c where c.innovation = words.record)) \
            or (words.version > 1 and p.id = coalesce(words.author, \
                (select j.actor from journal j where j.stream = words.record and j.version = words.version)))))))";

/// How many of a person's own words there are to be erased.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn count_words(tx: &mut Tx, account: Uuid) -> Result<i64> {
    let sql = format!("select count(*) from words where {OWN_WORDS}");
    on!(tx, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(account).fetch_one(c).await)
}

/// Erases a person's own words, with their salts, so that the digests in the journal tell nothing. Gives the record of each.
/// The time is that of a day: to the microsecond it would tell which records one person wrote.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn words(tx: &mut Tx, account: Uuid, day: i64) -> Result<Vec<Uuid>> {
    let sql = format!(
        "update words set body = null, salt = null, masked = null, erased_at = $2 where {OWN_WORDS} returning record"
    );
    on!(tx, c => sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(account).bind(day).fetch_all(c).await)
}
