//! Ways to send: a mail server, a folder, or memory for tests.

use crate::mail::letter::Letter;
use crate::mail::trust::Trust;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::Tls;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use url::Url;

/// How long a mail server may take for one step of the conversation.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How long it may take for all of them: the library keeps its time for connecting only.
const TIMEOUT_IN_ALL: Duration = Duration::from_secs(40);
/// The port on which a mail server speaks TLS at once (RFC 8314).
const TLS_PORT: u16 = 465;

/// A connection to a mail server, with those that are kept open.
type Server = AsyncSmtpTransport<Tokio1Executor>;

/// A way to send.
#[derive(Debug, Clone)]
pub enum Post {
    /// A mail server.
    Smtp(Box<Server>),
    /// A file for each mail, in a folder.
    Files(PathBuf),
    /// A list that a test reads.
    Memory(Arc<Mutex<Vec<Letter>>>),
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The server or the folder is away: try again later, however often.
    #[error("mail cannot be sent just now: {0}")]
    Away(String),
    /// The server refused this mail.
    #[error("the mail was refused: {0}")]
    Refused(String),
}

/// A setting that names no way to send. It never repeats what was given: there is a password in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSetting {
    /// It has another form.
    #[error("the mail setting must be smtp://user:password@host:port?tls=required, smtps://… or file:FOLDER")]
    Form,
    /// The name is none that a certificate can have.
    #[error("the mail server's name is none that a certificate can have")]
    Host,
    /// Anybody on the way could read the password.
    #[error("a password goes to the mail server over TLS only: add ?tls=required, or begin with smtps://")]
    Unprotected,
}

impl Post {
    /// Reads `smtp://user:password@host:port?tls=required`, `smtps://…` or `file:FOLDER`. Connects to nothing yet.
    ///
    /// # Errors
    /// [`BadSetting`].
    pub fn parse(setting: &str, trust: &Trust) -> Result<Self, BadSetting> {
        if let Some(folder) = setting.strip_prefix("file:").filter(|folder| !folder.is_empty()) {
            return Ok(Self::Files(folder.into()));
        }
        let url = Url::parse(setting).map_err(|_| BadSetting::Form)?;
        let wished = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, value)| value.into_owned());
        let parameters =
            trust.parameters(url.host_str().unwrap_or_default()).map_err(|_| BadSetting::Host)?;
        let tls = match (url.scheme(), wished.as_deref()) {
            ("smtps", _) => Tls::Wrapper(parameters),
            ("smtp", Some("required")) => Tls::Required(parameters),
            ("smtp", _) if url.password().is_some() => return Err(BadSetting::Unprotected),
            ("smtp", Some("opportunistic")) => Tls::Opportunistic(parameters),
            ("smtp", None) => Tls::None,
            _ => return Err(BadSetting::Form),
        };
        let builder = Server::from_url(setting).map_err(|_| BadSetting::Form)?;
        Ok(Self::Smtp(Box::new(builder.tls(tls).timeout(Some(TIMEOUT)).build())))
    }

    /// A mail server: port 465 speaks TLS at once, any other has to change to it.
    ///
    /// # Errors
    /// [`BadSetting`] where the name is none that a certificate can have.
    pub fn server(
        (host, port): (&str, u16),
        login: Option<(String, String)>,
        trust: &Trust,
    ) -> Result<Self, BadSetting> {
        let parameters = trust.parameters(host).map_err(|_| BadSetting::Host)?;
        let tls = if port == TLS_PORT { Tls::Wrapper(parameters) } else { Tls::Required(parameters) };
        let builder = Server::builder_dangerous(host).port(port).tls(tls).timeout(Some(TIMEOUT));
        let login = login.map(|(user, password)| Credentials::new(user, password));
        let builder = match login {
            Some(login) => builder.credentials(login),
            None => builder,
        };
        Ok(Self::Smtp(Box::new(builder.build())))
    }

    /// Can it be gone just now? Sends nothing.
    ///
    /// # Errors
    /// [`SendError::Away`].
    pub async fn check(&self) -> Result<(), SendError> {
        let away = |why: String| SendError::Away(why);
        match self {
            Self::Smtp(server) => in_time(TIMEOUT, is_there(server)).await,
            Self::Files(folder) => {
                tokio::fs::create_dir_all(folder).await.map_err(|error| away(error.to_string()))
            }
            Self::Memory(_) => Ok(()),
        }
    }

    /// Sends a letter from an address.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(&self, from: &str, letter: &Letter) -> Result<(), SendError> {
        match self {
            Self::Smtp(server) => in_time(TIMEOUT_IN_ALL, sent(server, message(from, letter)?)).await,
            Self::Files(folder) => write(folder, &letter.id, &message(from, letter)?.formatted())
                .await
                .map_err(|error| SendError::Away(error.to_string())),
            Self::Memory(sent) => {
                message(from, letter)?;
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone());
                Ok(())
            }
        }
    }
}

/// The mail as it goes over the line.
fn message(from: &str, letter: &Letter) -> Result<Message, SendError> {
    let refused = |error: &dyn std::fmt::Display| SendError::Refused(error.to_string());
    let host = from.rsplit_once('@').map_or("localhost", |(_, host)| host);
    let automatic =
        HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
    Message::builder()
        .from(from.parse().map_err(|error| refused(&error))?)
        .to(letter.to.parse().map_err(|error| refused(&error))?)
        .subject(letter.subject.as_str())
        .message_id(Some(format!("<{}@{host}>", letter.id)))
        .date(SystemTime::from(letter.at))
        .raw_header(automatic)
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text.clone())
        .map_err(|error| refused(&error))
}

/// A conversation that may not go on for ever: whoever holds it would wait with all mail behind it.
async fn in_time(
    limit: Duration,
    conversation: impl Future<Output = Result<(), SendError>>,
) -> Result<(), SendError> {
    let late = |_| Err(SendError::Away("the mail server did not answer in time".to_owned()));
    tokio::time::timeout(limit, conversation).await.unwrap_or_else(late)
}

async fn is_there(server: &Server) -> Result<(), SendError> {
    match server.test_connection().await {
        Ok(true) => Ok(()),
        Ok(false) => Err(SendError::Away("the mail server does not answer".to_owned())),
        Err(error) => Err(SendError::Away(said(&error))),
    }
}

async fn sent(server: &Server, message: Message) -> Result<(), SendError> {
    match server.send(message).await {
        Ok(_) => Ok(()),
        Err(error) => Err(refused_or_away(server, &error).await),
    }
}

/// What a server says for good is a refusal of this letter, where it speaks with us at all; a password that it does not
/// take, or encryption that it does not know, is a matter of settings: then every letter waits.
async fn refused_or_away(server: &Server, error: &SmtpError) -> SendError {
    let is_for_good = error.is_permanent() || error.is_client();
    if is_for_good && matches!(server.test_connection().await, Ok(true)) {
        SendError::Refused(said(error))
    } else {
        SendError::Away(said(error))
    }
}

/// What went wrong, with what to do where that is known.
fn said(error: &SmtpError) -> String {
    let said = error.to_string();
    if said.contains("UnknownIssuer") {
        return format!(
            "{said}. If its authority is one of your own, name the file of its certificate as --mail-ca"
        );
    }
    said
}

/// A mail in a folder has its id for a name, so that a repeat replaces it.
async fn write(folder: &Path, id: &str, bytes: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let unfinished = folder.join(format!("{id}.unfinished"));
    tokio::fs::write(&unfinished, bytes).await?;
    tokio::fs::rename(&unfinished, folder.join(format!("{id}.eml"))).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::NewLetter;
    use crate::people::account::Mail;
    use chrono::DateTime;

    // The pool of connections asks for a runtime when it is made.
    #[tokio::test]
    async fn a_setting_that_is_none_is_not_repeated() {
        let parse = |setting| Post::parse(setting, &Trust::default());
        for (setting, wrong) in [
            ("imap://ada:secret@mail.example", BadSetting::Form),
            ("smtp://ada:secret@mail.example", BadSetting::Unprotected),
            ("smtp://ada:secret@mail.example?tls=opportunistic", BadSetting::Unprotected),
            ("smtp://mail.example?tls=perhaps", BadSetting::Form),
            ("file:", BadSetting::Form),
            ("", BadSetting::Form),
        ] {
            let error = parse(setting).unwrap_err();
            assert_eq!(error, wrong, "{setting}");
            assert!(!error.to_string().contains("secret"));
        }
        let post = parse("smtp://ada:secret@mail.example:587?tls=required").unwrap();
        assert!(!format!("{post:?}").contains("secret"), "{post:?}");
        assert!(parse("smtps://ada:secret@mail.example").is_ok() && parse("smtp://localhost:25").is_ok());
    }

    #[tokio::test]
    async fn a_server_that_says_nothing_is_away() {
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let setting = format!("smtp://{}", silent.local_addr().unwrap());
        let Post::Smtp(server) = Post::parse(&setting, &Trust::default()).unwrap() else {
            panic!("a server")
        };
        let error = in_time(Duration::from_millis(50), is_there(&server)).await.unwrap_err();
        assert!(matches!(&error, SendError::Away(why) if why.contains("in time")), "{error}");
    }

    #[test]
    fn a_mail_is_plain_text_with_its_own_id_and_date() {
        let to = Mail::parse("ada@riverside.example").unwrap();
        let new = NewLetter { to: &to, subject: "Ateb i’ch syniad", text: "Tŷ", identity: &[b"1"] };
        let letter = Letter::new(new, DateTime::UNIX_EPOCH);
        let text =
            String::from_utf8(message("waymark@riverside.example", &letter).unwrap().formatted()).unwrap();
        assert!(text.contains(&format!("Message-ID: <{}@riverside.example>", letter.id)), "{text}");
        assert!(text.contains("Date: Thu, 01 Jan 1970"), "{text}");
        assert!(text.contains("Auto-Submitted: auto-generated"), "{text}");
        assert!(!text.contains("Tŷ") || text.contains("8bit"), "{text}");
    }
}
