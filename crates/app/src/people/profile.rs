//! One's own account: name, language, the hour of the one mail a day, the roles one holds.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, Result};
use crate::people::account::words;
use crate::people::auditor;
use waymark_domain::people::role::Role;
use waymark_domain::text::{Language, Line};
use waymark_store::people::{accounts, holders, search};

/// One's own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name.
    pub name: String,
    /// The work mail.
    pub mail: String,
    /// The language of pages and mails.
    pub language: Language,
    /// The hour of the one mail a day, 0 to 23.
    pub digest_hour: u8,
    /// Is there a password here? Who signs in elsewhere may have none.
    pub has_password: bool,
    /// May they compare the seals: as administrator or auditor of the root?
    pub compares_seals: bool,
    /// Roles with the name of the node where each is held.
    pub roles: Vec<(Role, String)>,
}

/// The account of whoever acts.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn read<K>(ctx: &mut Ctx<'_, K>) -> Result<Profile> {
    let account = ctx.account()?;
    let row = accounts::by_id(&mut ctx.tx, account.0).await?.ok_or(Error::NotFound)?;
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    let compares_seals = auditor::may_read(ctx).await?;
    Ok(Profile {
        compares_seals,
        has_password: row.password_hash.is_some(),
        name: row.name,
        mail: row.mail,
        language: Language::parse(&row.language).unwrap_or_default(),
        digest_hour: u8::try_from(row.digest_hour).unwrap_or(crate::people::account::DIGEST_HOUR),
        roles: held.into_iter().filter_map(|held| Some((Role::parse(&held.role)?, held.node_name))).collect(),
    })
}

/// Changes name, language and hour as they were typed.
///
/// # Errors
/// [`Error::Invalid`] on `name`, `language` and `hour`.
pub async fn change(ctx: &mut Ctx<'_, Write>, (name, language, hour): (&str, &str, &str)) -> Result<()> {
    let account = ctx.account()?;
    let before = accounts::by_id(&mut ctx.tx, account.0).await?.ok_or(Error::NotFound)?;
    let mut checks = Checks::default();
    let name = checks.text("name", Line::parse(name));
    let language = checks.some("language", Language::parse(language), "me-language-wrong");
    let hour: Option<i64> = hour.parse().ok().filter(|hour| (0..24).contains(hour));
    let hour = checks.some("hour", hour, "me-hour-wrong");
    let ((name, language), hour) = checks.finish(name.zip(language).zip(hour))?;
    accounts::set_profile(&mut ctx.tx, account.0, (name.as_str(), language.code(), hour)).await?;
    let words = words(name.as_str(), &before.mail.to_lowercase());
    Ok(search::set_words(&mut ctx.tx, account.0, &words).await?)
}
