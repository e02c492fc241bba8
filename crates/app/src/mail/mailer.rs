//! Which way mail goes: by a setting of the process, or by what the first run wrote into the database.

use crate::ctx::{Actor, Ctx};
use crate::env::Env;
use crate::mail::letter::Letter;
use crate::mail::post::{BadSetting, Post, SendError};
use crate::mail::trust::Trust;
use crate::people::installation::{MailBy, mail_by};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The folder beside the database into which mails are written where no server is named.
const FOLDER: &str = "mails";
/// For how many seconds nothing is tried after a mail server could not be reached: else a full queue would spend its
/// time on a server that is away.
const REST_SECONDS: i64 = 20;

/// Sends mail.
#[derive(Debug, Default)]
pub struct Mailer {
    fixed: Option<Post>,
    trust: Trust,
    /// What the database says, and the way that follows from it: a server's connections are kept between letters.
    stored: Mutex<Option<(MailBy, (Post, String))>>,
    resting_until: Mutex<Option<DateTime<Utc>>>,
}

impl Mailer {
    /// A mailer with a way of its own. [`Mailer::default`] asks the database each time.
    pub fn fixed(post: Post) -> Self {
        Self { fixed: Some(post), ..Self::default() }
    }

    /// A mailer that asks the database each time, and believes further authorities.
    pub fn trusting(trust: Trust) -> Self {
        Self { trust, ..Self::default() }
    }

    /// A mailer that keeps what it is given, with the list of it.
    pub fn memory() -> (Self, Arc<Mutex<Vec<Letter>>>) {
        let sent = Arc::new(Mutex::new(Vec::new()));
        (Self::fixed(Post::Memory(Arc::clone(&sent))), sent)
    }

    /// The way that mail goes now and the address that it comes from.
    ///
    /// # Errors
    /// [`SendError::Away`] where the database cannot be asked or names no way.
    pub async fn post(&self, env: &Env) -> Result<(Post, String), SendError> {
        if let Some(post) = &self.fixed {
            return Ok((post.clone(), env.config.mail_from.clone()));
        }
        let away = |error: &dyn std::fmt::Display| SendError::Away(error.to_string());
        let mut ctx = Ctx::read(env, Actor::Time).await.map_err(|error| away(&error))?;
        let by = mail_by(&mut ctx).await.map_err(|error| away(&error))?;
        let mut stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, way)) = stored.as_ref().filter(|(known, _)| *known == by) {
            return Ok(way.clone());
        }
        let way = self.way(env, &by).map_err(|error| away(&error))?;
        *stored = Some((by, way.clone()));
        Ok(way)
    }

    /// Sends a letter.
    ///
    /// # Errors
    /// [`SendError::Away`] where it cannot go just now, [`SendError::Refused`] for this letter.
    pub async fn send(&self, env: &Env, letter: &Letter) -> Result<(), SendError> {
        let resting = *self.resting_until.lock().unwrap_or_else(PoisonError::into_inner);
        if resting.is_some_and(|until| env.now() < until) {
            return Err(SendError::Away("it could not be reached a moment ago".to_owned()));
        }
        let (post, from) = self.post(env).await?;
        let sent = post.send(&from, letter).await;
        if matches!(sent, Err(SendError::Away(_))) {
            let until = env.now() + TimeDelta::seconds(REST_SECONDS);
            *self.resting_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
        }
        sent
    }

    /// The way that the administrator chose.
    fn way(&self, env: &Env, by: &MailBy) -> Result<(Post, String), BadSetting> {
        match by {
            MailBy::Files => {
                let beside = env.db.file().and_then(Path::parent).unwrap_or(Path::new("data"));
                Ok((Post::Files(beside.join(FOLDER)), env.config.mail_from.clone()))
            }
            MailBy::Smtp { host, port, user, password, from } => {
                let login = user.clone().map(|user| (user, password.0.clone()));
                Ok((Post::server((host, *port), login, &self.trust)?, from.clone()))
            }
        }
    }
}
