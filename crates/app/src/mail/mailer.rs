//! Which way mail goes: by a setting of the process, or by what the first run wrote into the database.

use crate::ctx::{Actor, Ctx};
use crate::env::Env;
use crate::mail::letter::Letter;
use crate::mail::post::{Post, SendError};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::{Arc, Mutex, PoisonError};
use waymark_store::people::installation;

/// The name under which the first run keeps how mail is sent.
pub const MAIL_SETTING: &str = "mail";
/// For how many seconds nothing is tried after a mail server could not be reached: else a full queue would spend its
/// time on a server that is away.
const REST_SECONDS: i64 = 20;

/// Sends mail.
#[derive(Debug, Default)]
pub struct Mailer {
    fixed: Option<Post>,
    /// The way that the database names, with the text that it was read from.
    stored: Mutex<Option<(String, Post)>>,
    resting_until: Mutex<Option<DateTime<Utc>>>,
}

impl Mailer {
    /// A mailer with a way of its own. [`Mailer::default`] asks the database each time.
    pub fn fixed(post: Post) -> Self {
        Self { fixed: Some(post), ..Self::default() }
    }

    /// A mailer that keeps what it is given, with the list of it.
    pub fn memory() -> (Self, Arc<Mutex<Vec<Letter>>>) {
        let sent = Arc::new(Mutex::new(Vec::new()));
        (Self::fixed(Post::Memory(Arc::clone(&sent))), sent)
    }

    /// The way that mail goes now; nothing where nobody has set one.
    ///
    /// # Errors
    /// [`SendError::Away`] where the database cannot be asked or names no way.
    pub async fn post(&self, env: &Env) -> Result<Option<Post>, SendError> {
        if let Some(post) = &self.fixed {
            return Ok(Some(post.clone()));
        }
        let away = |error: &dyn std::fmt::Display| SendError::Away(error.to_string());
        let mut ctx = Ctx::read(env, Actor::Time).await.map_err(|error| away(&error))?;
        let setting = installation::value(&mut ctx.tx, MAIL_SETTING).await.map_err(|error| away(&error))?;
        let Some(setting) = setting else { return Ok(None) };
        let mut stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, post)) = stored.as_ref().filter(|(known, _)| *known == setting) {
            return Ok(Some(post.clone()));
        }
        let post = Post::parse(&setting).map_err(|error| away(&error))?;
        *stored = Some((setting, post.clone()));
        Ok(Some(post))
    }

    /// Sends a letter.
    ///
    /// # Errors
    /// [`SendError::Away`] where no way is set or it cannot be gone just now, [`SendError::Refused`] for this letter.
    pub async fn send(&self, env: &Env, letter: &Letter) -> Result<(), SendError> {
        let resting = *self.resting_until.lock().unwrap_or_else(PoisonError::into_inner);
        if resting.is_some_and(|until| env.now() < until) {
            return Err(SendError::Away("it could not be reached a moment ago".to_owned()));
        }
        let Some(post) = self.post(env).await? else {
            return Err(SendError::Away("nobody has set how mail is sent".to_owned()));
        };
        let sent = post.send(&env.config.mail_from, letter).await;
        if matches!(sent, Err(SendError::Away(_))) {
            let until = env.now() + TimeDelta::seconds(REST_SECONDS);
            *self.resting_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
        }
        sent
    }
}
