//! The second factor: a code from an app on a phone, or one of ten that are kept on paper. Setting it up, showing it,
//! taking it away; which pages it opens.

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::people::attempts::{self, Key};
use crate::people::audit::{self, Act};
use crate::people::session::{self, Me};
use crate::routes::pattern;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::role::Role;
use waymark_domain::people::second_factor::{Demand, Held, Need, need};
use waymark_domain::people::setting::Setting;
use waymark_domain::people::totp::Secret;
use waymark_domain::spelt::{self, Spelt};
use waymark_domain::text::Digest;
use waymark_store::people::{accounts, second_factor};

/// How many recovery codes one gets.
pub const RECOVERY_CODES: usize = 10;
/// Characters of a recovery code: 80 bits, so that its plain hash cannot be turned back.
const RECOVERY_CHARS: usize = 16;

/// Pages that no role opens or widens: they stay open whatever is lacking. A new page is shut until it is named here. What is
/// held about oneself is not: its file has every word that somebody wrote in the roles for which the factor is asked.
const OPEN: [&str; 53] = [
    pattern::Home,
    pattern::Live,
    pattern::Ready,
    pattern::Privacy,
    pattern::Api,
    pattern::Description,
    pattern::Accessibility,
    pattern::Complaint,
    pattern::SignIn,
    pattern::SignOut,
    pattern::StillThere,
    pattern::Code,
    pattern::Leave,
    pattern::Elsewhere,
    pattern::Forgotten,
    pattern::Ticket,
    pattern::Start,
    pattern::StartStep,
    pattern::StartCheck,
    pattern::Me,
    pattern::Sessions,
    pattern::EndOwnSessions,
    pattern::Password,
    pattern::SecondFactor,
    pattern::SetUpFactor,
    pattern::RecoveryCodes,
    pattern::RemoveFactor,
    pattern::CloseOwn,
    pattern::Cover,
    pattern::EndCover,
    pattern::Tell,
    pattern::TellDone,
    pattern::Drafts,
    pattern::Draft,
    pattern::DraftPlace,
    pattern::DraftWho,
    pattern::DraftWhose,
    pattern::DraftGroup,
    pattern::DraftBehalf,
    pattern::DraftDoor,
    pattern::DraftSimilar,
    pattern::DraftCheck,
    pattern::DraftDelete,
    pattern::DraftSend,
    pattern::DraftConfirm,
    pattern::Delivered,
    pattern::Sent,
    pattern::ComeBack,
    pattern::AnswerDoor,
    pattern::GiveName,
    pattern::DraftPublic,
    pattern::Credit,
    pattern::Poster,
];

/// Pages of records: an administrator reads them as anybody does, since that role reads none.
const OF_RECORDS: [&str; 37] = [
    pattern::HeldBack,
    pattern::MaskWords,
    pattern::Moderation,
    pattern::Moderate,
    pattern::ModerateComment,
    pattern::Report,
    pattern::ModerationLog,
    pattern::ModerationTable,
    pattern::ModerationData,
    pattern::ModerationFeed,
    pattern::Figures,
    pattern::FigureTable,
    pattern::Record,
    pattern::History,
    pattern::Look,
    pattern::Answer,
    pattern::Act,
    pattern::Work,
    pattern::WorkTable,
    pattern::WorkData,
    pattern::WorkFeed,
    pattern::Ideas,
    pattern::IdeasTable,
    pattern::IdeasData,
    pattern::IdeasFeed,
    pattern::Place,
    pattern::Late,
    pattern::LateTable,
    pattern::LateData,
    pattern::LateFeed,
    pattern::Problems,
    pattern::ProblemsTable,
    pattern::ProblemsData,
    pattern::ProblemsFeed,
    pattern::Problem,
    pattern::MaskProblem,
    pattern::Wall,
];

/// Is a page shut for want of a second factor? The pattern of no page is: nothing is there to be seen.
pub fn is_shut(lacks: Need, pattern: &str) -> bool {
    match pattern {
        _ if OPEN.contains(&pattern) => false,
        _ if OF_RECORDS.contains(&pattern) => lacks.for_records,
        _ => lacks.for_administration,
    }
}

/// What an account needs it for.
pub(crate) async fn need_of<K>(ctx: &mut Ctx<'_, K>, account: AccountId, has_factor: bool) -> Result<Need> {
    Ok(need(&held(ctx, account).await?, has_factor))
}

async fn held<K>(ctx: &mut Ctx<'_, K>, account: AccountId) -> Result<Vec<Held>> {
    let mut held = Vec::new();
    for row in second_factor::reach(&mut ctx.tx, account.0).await? {
        let Some(role) = Role::parse(&row.role) else { continue };
        let demand = row.setting.as_deref().map_or(Ok(Demand::default()), demand)?;
        held.push(Held { role, node: NodeId(row.node), has_below: row.has_below, demand });
    }
    Ok(held)
}

fn demand(setting: &str) -> Result<Demand> {
    match serde_json::from_str(setting).map_err(Error::internal)? {
        Setting::SecondFactor(demand) => Ok(demand),
        other => Err(Error::internal(format!("{other:?} under the name of the second factor"))),
    }
}

/// How it stands with one's own second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is none.
    None {
        /// Is it asked for?
        is_required: bool,
        /// Do the bodies say that a password is enough for what one holds?
        is_explained: bool,
    },
    /// There is one, and so many recovery codes are left.
    SetUp {
        /// How many.
        codes_left: i64,
    },
}

/// How it stands for whoever acts.
///
/// # Errors
/// [`Error::SignInFirst`].
pub async fn standing<K>(ctx: &mut Ctx<'_, K>) -> Result<Standing> {
    let account = ctx.account()?;
    if second_factor::of(&mut ctx.tx, account.0).await?.is_some_and(|row| row.is_confirmed) {
        return Ok(Standing::SetUp { codes_left: second_factor::codes_left(&mut ctx.tx, account.0).await? });
    }
    let held = held(ctx, account).await?;
    let is_required = !need(&held, false).is_none();
    let is_explained = !is_required && !need(&held, true).is_none();
    Ok(Standing::None { is_required, is_explained })
}

/// Makes a secret for whoever acts, to be shown and confirmed; one that is in use stays.
///
/// # Errors
/// [`Error::SignInFirst`].
pub async fn begin(ctx: &mut Ctx<'_, Write>) -> Result<()> {
    let (account, secret) =
        (ctx.account()?, ctx.env.bytes::<{ waymark_domain::people::totp::SECRET_BYTES }>());
    let at = ctx.now.timestamp_micros();
    second_factor::begin(&mut ctx.tx, account.0, (&secret, at)).await?;
    Ok(())
}

/// What a phone needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// The address that a camera reads from the picture. It has the secret in it: no log may have it.
    pub address: String,
    /// The secret in groups, to be typed where there is no camera.
    pub secret: String,
}

/// What the phone of whoever acts needs to know; nothing where it was not begun, or is confirmed already: then nobody sees
/// the secret any more.
///
/// # Errors
/// [`Error::SignInFirst`].
pub async fn set_up<K>(ctx: &mut Ctx<'_, K>) -> Result<Option<SetUp>> {
    let account = ctx.account()?;
    let row = second_factor::of(&mut ctx.tx, account.0).await?.filter(|row| !row.is_confirmed);
    let Some(secret) = row.and_then(|row| Secret::of(&row.secret)) else { return Ok(None) };
    let mail = accounts::by_id(&mut ctx.tx, account.0).await?.ok_or(Error::NotFound)?.mail;
    let mut address = url::Url::parse("otpauth://totp").map_err(Error::internal)?;
    address.path_segments_mut().map_err(|()| Error::internal("no path"))?.push(&format!("Waymark:{mail}"));
    address.query_pairs_mut().append_pair("secret", &secret.base32()).append_pair("issuer", "Waymark");
    Ok(Some(SetUp { address: address.into(), secret: secret.grouped() }))
}

/// Confirms by a code that the phone has the secret. Gives the recovery codes, which are shown this once, and the secret of
/// the session, in which the factor was shown with that.
///
/// # Errors
/// [`Error::Invalid`] on `code`; [`Error::NotFound`] where nothing waits to be confirmed.
pub async fn confirm(ctx: &mut Ctx<'_, Write>, me: &Me, typed: &str) -> Result<(Vec<String>, String)> {
    let account = ctx.account()?;
    let row = second_factor::of(&mut ctx.tx, account.0).await?.filter(|row| !row.is_confirmed);
    let secret = row.and_then(|row| Secret::of(&row.secret)).ok_or(Error::NotFound)?;
    let step = secret.step_of(typed, (ctx.now.timestamp(), 0)).ok_or_else(wrong)?;
    let at = ctx.now.timestamp_micros();
    if !second_factor::confirm(&mut ctx.tx, account.0, (step, at)).await? {
        return Err(Error::NotFound);
    }
    audit::note(ctx, Act::FactorSet, account.0).await?;
    let codes = new_codes(ctx, account).await?;
    let session = session::step_up(ctx, me.session).await?;
    // Where somebody else is signed in with the password alone, they are so no more.
    session::end_others(ctx, me).await?;
    Ok((codes, session))
}

fn wrong() -> Error {
    Error::field("code", "second-factor-wrong")
}

async fn new_codes(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code(ctx.env)).collect();
    let hashes: Vec<[u8; 32]> = codes.iter().map(|code| recovery_hash(account, code)).collect();
    second_factor::set_codes(&mut ctx.tx, account.0, &hashes).await?;
    Ok(codes)
}

/// Sixteen characters in groups of four.
fn recovery_code(env: &Env) -> String {
    Spelt::of(&env.bytes::<RECOVERY_CHARS>()).in_groups(4)
}

/// What is kept of a recovery code: of its letters and digits alone, so that gaps and case do not matter.
fn recovery_hash(account: AccountId, typed: &str) -> [u8; 32] {
    Digest::of(&[b"recovery-code", account.0.as_bytes(), spelt::read(typed).as_bytes()]).0
}

/// A transaction in which a code was taken: the caller does what it was typed for, and commits.
#[derive(Debug)]
pub struct Proven<'e> {
    /// The transaction.
    pub ctx: Ctx<'e, Write>,
    account: AccountId,
}

/// Takes a code of somebody who is signed in. The try is counted in a transaction of its own, so that it counts whatever
/// follows: by the account alone, since whoever gets here has its password.
///
/// # Errors
/// [`Error::Invalid`] on `code`, [`Error::TooMany`].
pub async fn prove<'e>(env: &'e Env, account: AccountId, typed: &str) -> Result<Proven<'e>> {
    let key = Key::of(&["second-factor", &account.0.to_string()]);
    let mut ctx = Ctx::write(env, Actor::Person(account)).await?;
    attempts::count(&mut ctx, key, attempts::FROM_ONE_ADDRESS).await?;
    ctx.commit().await?;
    let mut ctx = Ctx::write(env, Actor::Person(account)).await?;
    if !take(&mut ctx, account, typed).await? {
        // Given back first: there is one writer.
        drop(ctx);
        audit::note_refused(env, account, Act::CodeRefused).await?;
        return Err(wrong());
    }
    attempts::forget(&mut ctx, key).await?;
    Ok(Proven { ctx, account })
}

async fn take(ctx: &mut Ctx<'_, Write>, account: AccountId, typed: &str) -> Result<bool> {
    let row = second_factor::of(&mut ctx.tx, account.0).await?.filter(|row| row.is_confirmed);
    let Some(row) = row else { return Ok(false) };
    let secret = Secret::of(&row.secret).ok_or_else(|| Error::internal("a secret of another length"))?;
    if let Some(step) = secret.step_of(typed, (ctx.now.timestamp(), row.last_step)) {
        return Ok(second_factor::take_step(&mut ctx.tx, account.0, step).await?);
    }
    let is_taken = second_factor::take_code(&mut ctx.tx, account.0, &recovery_hash(account, typed)).await?;
    if is_taken {
        audit::note(ctx, Act::RecoveryCodeUsed, account.0).await?;
    }
    Ok(is_taken)
}

impl Proven<'_> {
    /// The second factor was shown in a session. Gives the secret that the session has from then on.
    ///
    /// # Errors
    /// [`Error::SignInFirst`] where the session has ended meanwhile.
    pub async fn step_up(&mut self, me: &Me) -> Result<String> {
        audit::note(&mut self.ctx, Act::SteppedUp, self.account.0).await?;
        session::step_up(&mut self.ctx, me.session).await
    }

    /// New recovery codes; the old ones are worth nothing any more, and all other sessions end: whoever had seen them may be
    /// in one.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn renew(&mut self, me: &Me) -> Result<Vec<String>> {
        audit::note(&mut self.ctx, Act::RecoveryCodesRenewed, self.account.0).await?;
        session::end_others(&mut self.ctx, me).await?;
        new_codes(&mut self.ctx, self.account).await
    }

    /// Takes one's own second factor away; all other sessions end, which had shown it or never did.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn take_away(&mut self, me: &Me) -> Result<()> {
        audit::note(&mut self.ctx, Act::FactorTakenAway, self.account.0).await?;
        session::end_others(&mut self.ctx, me).await?;
        Ok(second_factor::remove(&mut self.ctx.tx, self.account.0).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routes::ALL;
    use uuid::Uuid;

    #[test]
    fn a_page_that_nobody_thought_of_is_shut() {
        let lacks = Need { for_administration: true, for_records: false };
        assert!(is_shut(lacks, "/a-page-of-tomorrow") && is_shut(lacks, pattern::Admin));
        assert!(!is_shut(lacks, pattern::Record) && !is_shut(lacks, pattern::Tell));
        assert!(is_shut(Need { for_administration: true, for_records: true }, pattern::Record));
        assert!(ALL.iter().all(|known| !is_shut(Need::default(), known.pattern)));
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed_and_belongs_to_one_person() {
        let (ada, bea) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        let kept = recovery_hash(ada, "7K30-9FT1-ABCD-1234");
        for typed in ["7k30 9ft1 abcd 1234", "7K3O9FTLABCDI234", " 7K30-9FT1-ABCD-1234 "] {
            assert_eq!(recovery_hash(ada, typed), kept, "{typed}");
        }
        assert_ne!(recovery_hash(bea, "7K30-9FT1-ABCD-1234"), kept);
        assert_ne!(recovery_hash(ada, "7K30-9FT1-ABCD-1235"), kept);
    }
}
