//! Accounts: a name and a work mail.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use waymark_domain::ids::AccountId;
use waymark_domain::limits::MAIL_CHARS;
use waymark_domain::text::{Language, Line, Problem, clean};
use waymark_methods::text::fold;
use waymark_store::people::accounts::{self, NewAccount};
use waymark_store::people::search;

/// The hour of the one mail a day where nobody chose another.
pub const DIGEST_HOUR: u8 = 8;

/// A mail address: something, an @, a host; whether it takes mail, only a mail can tell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mail(String);

impl Mail {
    /// Parses what was typed.
    ///
    /// # Errors
    /// [`Problem::Malformed`] where it cannot be an address.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text = clean(typed, MAIL_CHARS)?;
        let (local, host) = text.rsplit_once('@').ok_or(Problem::Malformed)?;
        let is_plain = !text.chars().any(|c| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '"'));
        let is_host =
            !host.is_empty() && !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
        if local.is_empty() || !is_plain || !is_host || local.contains('@') {
            return Err(Problem::Malformed);
        }
        Ok(Self(text))
    }

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address as it is compared: no mail system in use tells capital letters apart.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

/// A person who is to have an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// The name, as the person writes it.
    pub name: Line,
    /// The work mail.
    pub mail: Mail,
    /// The language of pages and mails.
    pub language: Language,
    /// The id that another system knows them by.
    pub external_id: Option<String>,
}

/// Makes an account without a password: an invitation or a mailed link gives one.
///
/// # Errors
/// [`Error::Invalid`] on `mail` where somebody has it already.
pub async fn create(ctx: &mut Ctx<'_, Write>, person: &NewPerson) -> Result<AccountId> {
    let id = ctx.env.account_id();
    let folded = person.mail.folded();
    let new = NewAccount {
        id: id.0,
        name: person.name.as_str(),
        mail: person.mail.as_str(),
        mail_folded: &folded,
        language: person.language.code(),
        digest_hour: DIGEST_HOUR.into(),
        external_id: person.external_id.as_deref(),
        at: ctx.now.timestamp_micros(),
    };
    match accounts::add(&mut ctx.tx, &new).await {
        Err(error) if error.is_unique_on("account", &["mail_folded"]) => {
            Err(Error::field("mail", "account-mail-taken"))
        }
        done => {
            done?;
            search::set_words(&mut ctx.tx, id.0, &words(person.name.as_str(), &folded)).await?;
            Ok(id)
        }
    }
}

/// The folded words by which a person is found: as they are written, and without accents for whose keyboard has none.
pub(crate) fn words(name: &str, mail: &str) -> Vec<String> {
    let text = format!("{name} {mail}");
    let mut words = words_typed(&text);
    words.extend(fold(&text).split(' ').map(str::to_owned));
    words.sort_unstable();
    words.dedup();
    words
}

/// The words of what was typed to find somebody.
pub(crate) fn words_typed(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_with_its_accents_and_without() {
        let words = words("Siân O'Hara", "sian@cymru.example");
        for word in ["siân", "sian", "hara", "ohara", "cymru"] {
            assert!(words.contains(&word.to_owned()), "{word}: {words:?}");
        }
    }

    #[test]
    fn an_address_is_something_at_a_host() {
        for good in ["a@b", "o'brien+x@nhs.example.org", "ŵyn@cymru.example"] {
            assert!(Mail::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "a", "@b", "a@", "a b@c", "a@b@c", "a@.b", "a@b..c", "<a@b>", "a@b,c@d"] {
            assert!(Mail::parse(bad).is_err(), "{bad}");
        }
    }
}
