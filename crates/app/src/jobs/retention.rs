//! How long what is not a record's history is kept. One list: the purge reads it, and so does the privacy page.
//!
//! Who waits to be let in ([`newcomers`](crate::people::newcomers)) is not in it: their row goes when they are let in or
//! turned away, with their draft, or after [`NEWCOMER_DAYS`](waymark_domain::limits::NEWCOMER_DAYS), when they are told.

use waymark_store::purge::Old;

/// What is kept for how many days after its time: after a session or link ended, a form was sent, a draft was last
/// touched, an entry was written.
pub const DAYS: [(Old, i64); 14] = [
    (Old::Sessions, SESSION_DAYS),
    (Old::Tickets, TICKET_DAYS),
    (Old::FormTokens, FORM_TOKEN_DAYS),
    (Old::Drafts, DRAFT_DAYS),
    (Old::StagedRows, STAGED_DAYS),
    (Old::Audit, AUDIT_DAYS),
    (Old::Digests, DIGEST_DAYS),
    (Old::DoorMessages, DOOR_MESSAGE_DAYS),
    (Old::HeldBack, DOOR_MESSAGE_DAYS),
    (Old::Reports, REPORT_DAYS),
    (Old::FactorResets, FACTOR_RESET_DAYS),
    (Old::OidcLogins, OIDC_LOGIN_DAYS),
    (Old::Tokens, TOKEN_DAYS),
    (Old::Looks, LOOK_DAYS),
];

/// Sessions are of no use once they have ended.
pub const SESSION_DAYS: i64 = 0;
/// Long enough to say *this link has ended* instead of *there is no such link*.
pub const TICKET_DAYS: i64 = 7;
/// A form sent again after two days is a new one.
pub const FORM_TOKEN_DAYS: i64 = 2;
/// What was half typed and not touched for a quarter, whether by somebody who has signed in or not.
pub use crate::find::draft::DRAFT_DAYS;
/// Files that were read and that nobody brought in: they hold names and words that no record has yet. Their page says so.
pub const STAGED_DAYS: i64 = 30;
/// Sign-ins, looks and settings: two years, so that a yearly audit can read the year before.
pub const AUDIT_DAYS: i64 = 730;
/// That something went to a door or was held back, and what became of it; who sent it can look for a month.
pub const DOOR_MESSAGE_DAYS: i64 = 30;
/// Long enough that who said so, and who looks again, see what became of it; what was done stays on the record.
pub const REPORT_DAYS: i64 = 365;
/// What nobody said yes to in time is asked for anew; who asked is in the audit.
pub const FACTOR_RESET_DAYS: i64 = 0;
/// A sign-in that was begun elsewhere and not ended is of no use after a quarter of an hour.
pub const OIDC_LOGIN_DAYS: i64 = 0;
/// Long enough that its owner sees why a program stopped.
pub const TOKEN_DAYS: i64 = 30;
/// Who looked and why, as long as what was noted of sign-ins: an auditor reads both together.
pub const LOOK_DAYS: i64 = AUDIT_DAYS;
/// Which day's mail somebody had; the last one tells from when the next begins, so a year of silence may pass.
pub const DIGEST_DAYS: i64 = 400;
