//! What is deleted once it is old; how old, the use case says.

use crate::db::Tx;
use crate::error::Result;
use crate::jobs::ATTEMPTS;
use crate::people::erase::{CREDITED, NOBODYS};
use crate::{on, run};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

/// What can be purged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Old {
    /// Sessions that have ended.
    Sessions,
    /// Links that were used or have ended.
    Tickets,
    /// Tokens of forms that were sent.
    FormTokens,
    /// What was half typed and left.
    Drafts,
    /// What was done that is no record's history.
    Audit,
    /// Which day's mail somebody had.
    Digests,
    /// That something went to a door; its words have gone with its delivery.
    DoorMessages,
    /// That something was held back until somebody had read it; its words have gone then.
    HeldBack,
    /// What somebody said is wrong with a record, once a moderator has looked at it.
    Reports,
    /// Sign-ins at a provider that nobody came back from.
    OidcLogins,
    /// Second factors that somebody asked to be taken away, and nobody said yes in time.
    FactorResets,
    /// Tokens that have ended.
    Tokens,
    /// Looks that needed a reason.
    Looks,
    /// Tries that count no more.
    Attempts,
    /// Work that failed too often, with whatever it carries.
    ParkedJobs,
    /// Rows of files that were thrown away; [`throw_away`] throws away what nobody finished.
    StagedRows,
    /// What came of files that were brought in or thrown away.
    Files,
    /// Whose accounts were closed: none of them goes as a row, [`closed`] says who is to be erased.
    ClosedAccounts,
}

impl Old {
    /// Everything that goes by its age.
    pub const ALL: [Self; 18] = [
        Self::Sessions,
        Self::Tickets,
        Self::FormTokens,
        Self::Drafts,
        Self::StagedRows,
        Self::Files,
        Self::ClosedAccounts,
        Self::Audit,
        Self::Digests,
        Self::DoorMessages,
        Self::HeldBack,
        Self::Reports,
        Self::FactorResets,
        Self::OidcLogins,
        Self::Tokens,
        Self::Looks,
        Self::Attempts,
        Self::ParkedJobs,
    ];

    /// The name in addresses, in settings and in the keys of its words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sessions => "sessions",
            Self::Tickets => "tickets",
            Self::FormTokens => "form-tokens",
            Self::Drafts => "drafts",
            Self::StagedRows => "staged-rows",
            Self::Files => "files",
            Self::ClosedAccounts => "closed-accounts",
            Self::Audit => "audit",
            Self::Digests => "digests",
            Self::DoorMessages => "door-messages",
            Self::HeldBack => "held-back",
            Self::Reports => "reports",
            Self::OidcLogins => "oidc-logins",
            Self::FactorResets => "factor-resets",
            Self::Tokens => "tokens",
            Self::Looks => "looks",
            Self::Attempts => "attempts",
            Self::ParkedJobs => "parked-jobs",
        }
    }

    /// What has a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|old| old.name() == name)
    }

    /// Table, key and the time that counts; nothing for what does not go row by row.
    const fn place(self) -> Option<(&'static str, &'static str, &'static str)> {
        Some(match self {
            Self::Sessions => ("session", "token_hash", "ends_at"),
            Self::Tickets => ("ticket", "token_hash", "ends_at"),
            Self::FormTokens => ("form_token", "token", "used_at"),
            Self::Drafts => ("draft", "id", "updated_at"),
            Self::Audit => ("audit", "id", "at"),
            Self::Digests => ("digest", "account, day", "sent_at"),
            Self::DoorMessages => ("door_message", "id", "quiet_since"),
            Self::HeldBack => ("held_back", "id", "ended_at"),
            Self::Reports => ("report", "id", "ended_at"),
            Self::OidcLogins => ("oidc_login", "state_hash", "ends_at"),
            Self::FactorResets => ("factor_reset", "id", "ends_at"),
            Self::Tokens => ("api_token", "token_hash", "ends_at"),
            Self::Looks => ("look", "id", "at"),
            Self::Attempts => ("attempt", "key", "last_at"),
            Self::ParkedJobs => ("job", "id", "parked_at"),
            Self::StagedRows => ("import_row", "batch, number", "changed_at"),
            Self::Files => ("import_batch", "id", "changed_at"),
            Self::ClosedAccounts => return None,
        })
    }

    /// Where the time is found, if not in the table itself.
    fn source(self, table: &str) -> String {
        match self {
            Self::StagedRows => "(select r.batch, r.number, b.changed_at from import_row r \
                join import_batch b on b.id = r.batch and b.state = 'thrown-away') old"
                .to_owned(),
            // One that is on its way stays, and so does one whose rows have not all gone yet.
            Self::Files => {
                "(select b.id, b.changed_at from import_batch b where b.state in ('applied', 'thrown-away') \
                and not exists (select 1 from import_row r where r.batch = b.id)) old"
                    .to_owned()
            }
            // One that took its worker with it each time has a lease that nobody ended. What was sent to a door and never
            // arrived stays until somebody has seen to it: the job carries no word and no address, and is all that tells.
            Self::ParkedJobs => format!(
                "(select id, coalesce(lease_until, run_at) as parked_at from job \
                 where attempts >= {ATTEMPTS} and kind <> 'door-mail') old"
            ),
            _ => table.to_owned(),
        }
    }
}

impl std::fmt::Display for Old {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Deletes what is older than a time (microseconds since 1970), at most `limit` rows, so that no lock is held long.
/// Gives how many rows went.
///
/// # Errors
/// [`StoreError::Unavailable`](crate::StoreError::Unavailable) where the database is gone.
pub async fn purge(tx: &mut Tx, old: Old, (before, limit): (i64, u32)) -> Result<u64> {
    let Some((table, key, time)) = old.place() else { return Ok(0) };
    let source = old.source(table);
    let sql = format!(
        "delete from {table} where ({key}) in (select {key} from {source} where {time} < $1 order by {time} limit $2)"
    );
    run!(tx, sqlx::query(AssertSqlSafe(sql)).bind(before).bind(i64::from(limit)))
}

/// Throws away files that were staged before a time (microseconds since 1970) and that nobody has brought in since: from
/// then on none of them can come in, and [`purge`] takes their rows in pieces. The files stay on the list, as thrown away.
///
/// # Errors
/// As [`purge`].
pub async fn throw_away(tx: &mut Tx, before: i64) -> Result<u64> {
    let sql = "update import_batch set state = 'thrown-away' where state = 'staged' and changed_at < $1";
    run!(tx, sqlx::query(sql).bind(before))
}

/// Whose accounts were closed before a time (microseconds since 1970) and who are not erased yet, after one, at most `limit`.
/// Whoever is erased has no name; who has the credit of a record keeps it, and has no address. A closed account holds no
/// role; one that does all the same is left alone, and so is a name that came with an imported idea: it has no address.
///
/// # Errors
/// As [`purge`].
pub async fn closed(tx: &mut Tx, before: i64, (after, limit): (Uuid, u32)) -> Result<Vec<Uuid>> {
    let sql = format!(
        "select a.id from account a \
         where a.closed_at is not null and a.closed_at < $1 and a.id > $2 \
         and ((a.mail <> '' and a.mail not like '%{NOBODYS}') or (a.name <> '' and not {CREDITED})) \
         and not exists (select 1 from role_held g where g.account = a.id) order by a.id limit $3"
    );
    on!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).bind(before).bind(after).bind(i64::from(limit)).fetch_all(c).await)
}
