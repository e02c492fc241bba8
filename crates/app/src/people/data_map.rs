//! What is held about people: one list of kinds, each with why, who sees it and for how long, and the tables in which it lies.
//! The page *What this holds about you* reads it, and so does `docs/reference/data-map.md`; a test compares it with the tables
//! that there are, so that none is added without a word about whom it concerns.

use crate::jobs::retention::Periods;
use waymark_store::purge::Old;

/// A kind of data about people. Its words are `data-<name>` (what it is) and `data-<name>-why`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Its name; that of the part of one's own data, where it can be found from an account.
    pub name: &'static str,
    /// What it stands under.
    pub group: Group,
    /// Who sees it besides the person.
    pub seen: Seen,
    /// For how long it is kept.
    pub long: Long,
    /// The tables in which it lies.
    pub tables: &'static [&'static str],
}

/// What a kind stands under on the page. Its words are `data-group-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The account and its roles.
    Account,
    /// What one told, answered, decided.
    Records,
    /// What has gone nowhere yet, or elsewhere.
    Unsent,
    /// Signing in.
    SignIn,
    /// Mails.
    Mail,
    /// What was written down of what one did, and who looked.
    Noted,
}

impl Group {
    /// Every group, in the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Account, Self::Records, Self::Unsent, Self::SignIn, Self::Mail, Self::Noted];

    /// The name in keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Records => "records",
            Self::Unsent => "unsent",
            Self::SignIn => "sign-in",
            Self::Mail => "mail",
            Self::Noted => "noted",
        }
    }
}

/// Who sees it besides the person. Its words are `data-seen-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Nobody by any page.
    Nobody,
    /// Administrators.
    Administrators,
    /// Auditors of a place of theirs.
    Auditors,
    /// Whoever works in the organisation.
    Colleagues,
    /// Whoever sees the record.
    Record,
    /// Who reads what is held back.
    Reader,
    /// Who moderates, and whoever sees the record without who said it.
    Moderators,
    /// Whom it was sent to.
    Addressee,
    /// Two openers together, and nobody alone.
    Openers,
    /// Whoever brought the file in, and who may bring in files there.
    Importers,
    /// In figures that name nobody.
    Figures,
}

impl Seen {
    /// The name in keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Administrators => "administrators",
            Self::Auditors => "auditors",
            Self::Colleagues => "colleagues",
            Self::Record => "record",
            Self::Reader => "reader",
            Self::Moderators => "moderators",
            Self::Addressee => "addressee",
            Self::Openers => "openers",
            Self::Importers => "importers",
            Self::Figures => "figures",
        }
    }
}

/// For how long. Its words are `data-long-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Long {
    /// Until the account is erased: by its owner, or when it has been closed for long enough.
    Account,
    /// As long as the record.
    Record,
    /// Until it is done or taken back.
    Done,
    /// By its age, as the purge does it.
    Age(Old),
}

impl Long {
    /// The name in keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Record => "record",
            Self::Done => "done",
            Self::Age(_) => "age",
        }
    }

    /// By which period it goes at the latest, where it goes by one.
    pub const fn old(self) -> Option<Old> {
        match self {
            Self::Age(old) => Some(old),
            Self::Account => Some(Old::ClosedAccounts),
            Self::Record | Self::Done => None,
        }
    }

    /// For how many days after its time, where it goes by its age or with the account.
    pub fn days(self, periods: &Periods) -> Option<i64> {
        self.old().map(|old| periods.days(old))
    }
}

const fn kind(
    (group, name): (Group, &'static str),
    (seen, long): (Seen, Long),
    tables: &'static [&'static str],
) -> Kind {
    Kind { name, group, seen, long, tables }
}

use Group::{Account, Mail, Noted, Records, SignIn, Unsent};
use Long::Age;

/// Every kind, in the order of the page.
pub const KINDS: [Kind; 38] = [
    kind((Account, "account"), (Seen::Administrators, Long::Account), &["account", "account_word"]),
    kind(
        (Account, "roles"),
        (Seen::Colleagues, Long::Record),
        &["role_grant", "role_held", "role_side", "role_grant_side"],
    ),
    kind((Account, "roles-asked"), (Seen::Administrators, Long::Record), &["role_ask"]),
    kind((Account, "cover"), (Seen::Colleagues, Long::Account), &["cover"]),
    kind((Account, "waits"), (Seen::Administrators, Long::Done), &["newcomer"]),
    kind((Account, "opener-key"), (Seen::Openers, Long::Record), &["opener_key"]),
    kind((Account, "addresses"), (Seen::Colleagues, Long::Record), &["node_setting", "installation"]),
    kind(
        (Records, "ideas"),
        (Seen::Record, Long::Record),
        &["innovation", "contributor", "also_told", "sight_offer", "party"],
    ),
    kind((Records, "problems"), (Seen::Record, Long::Record), &["problem"]),
    kind((Records, "words"), (Seen::Record, Long::Record), &["words", "similar_text", "similar_index"]),
    kind((Records, "acts"), (Seen::Record, Long::Record), &["journal"]),
    kind((Records, "answers"), (Seen::Record, Long::Record), &["answer"]),
    kind((Records, "moderation"), (Seen::Record, Long::Record), &["moderation", "comment_moderation"]),
    kind((Records, "reports"), (Seen::Moderators, Age(Old::Reports)), &["report"]),
    kind((Records, "shared-answers"), (Seen::Colleagues, Long::Record), &["shared_answer"]),
    kind((Records, "comments"), (Seen::Record, Long::Record), &["comment"]),
    kind((Records, "come-back"), (Seen::Figures, Long::Record), &["come_back"]),
    kind(
        (Records, "hidden-names"),
        (Seen::Openers, Long::Record),
        &["sealed_name", "hidden_code", "opening", "public_teller"],
    ),
    kind((Unsent, "drafts"), (Seen::Nobody, Age(Old::Drafts)), &["draft"]),
    kind((Unsent, "held-back"), (Seen::Reader, Age(Old::HeldBack)), &["held_back"]),
    kind(
        (Unsent, "door-messages"),
        (Seen::Addressee, Age(Old::DoorMessages)),
        &["door_message", "door_answer"],
    ),
    kind((Unsent, "files"), (Seen::Importers, Age(Old::Files)), &["import_batch"]),
    kind((Unsent, "file-rows"), (Seen::Importers, Age(Old::StagedRows)), &["import_row"]),
    kind((SignIn, "sessions"), (Seen::Nobody, Age(Old::Sessions)), &["session"]),
    kind((SignIn, "links"), (Seen::Nobody, Age(Old::Tickets)), &["ticket"]),
    kind((SignIn, "tokens"), (Seen::Nobody, Age(Old::Tokens)), &["api_token"]),
    kind(
        (SignIn, "second-factor"),
        (Seen::Administrators, Long::Account),
        &["second_factor", "recovery_code"],
    ),
    kind((SignIn, "factor-resets"), (Seen::Administrators, Age(Old::FactorResets)), &["factor_reset"]),
    kind((SignIn, "elsewhere"), (Seen::Nobody, Long::Account), &["oidc_link"]),
    kind((SignIn, "elsewhere-begun"), (Seen::Nobody, Age(Old::OidcLogins)), &["oidc_login"]),
    kind((SignIn, "tries"), (Seen::Nobody, Age(Old::Attempts)), &["attempt"]),
    kind((SignIn, "forms"), (Seen::Nobody, Age(Old::FormTokens)), &["form_token"]),
    kind((Mail, "mails"), (Seen::Nobody, Age(Old::Digests)), &["digest"]),
    kind((Mail, "jobs"), (Seen::Nobody, Age(Old::ParkedJobs)), &["job"]),
    kind((Noted, "noted"), (Seen::Auditors, Age(Old::Audit)), &["audit"]),
    kind((Noted, "noted-of-you"), (Seen::Auditors, Age(Old::Audit)), &["audit"]),
    kind((Noted, "looks"), (Seen::Auditors, Age(Old::Looks)), &["look"]),
    kind((Noted, "looks-of-yours"), (Seen::Auditors, Age(Old::Looks)), &["look"]),
];

/// The kinds that are told on the page of a person although no row can be found from an account.
pub const NOT_FOUND_FROM_AN_ACCOUNT: [&str; 6] =
    ["addresses", "hidden-names", "file-rows", "elsewhere-begun", "tries", "forms"];

/// Tables that hold nothing about a person, each with the reason.
pub const NOBODYS: [(&str, &str); 11] = [
    ("node", "the organisations and their teams, by names of their own"),
    ("node_above", "which node is above which"),
    ("listing", "which record stands in which list; who brought it is elsewhere"),
    ("figure_fact", "counts of records, without anybody who brought or answered them"),
    ("figure_missing", "records that are still to be counted"),
    ("stream", "how many entries a record's history has, and the hash of the last"),
    ("seal", "hashes over histories"),
    ("seal_leaf", "hashes over histories"),
    ("party_erased", "a number that stood for somebody who was erased; nothing leads from it to them"),
    ("erasure", "that somebody was erased and how much of them, not who"),
    ("recurring", "which recurring work was planned last"),
];
