//! What a use case answers when it does not do it: the visitor's side here, the log's side in `source`.

use waymark_domain::people::grant::GrantRefusal;
use waymark_domain::reference::Reference;
use waymark_domain::route::facts::Refusal;
use waymark_domain::text::Problem;
use waymark_store::StoreError;

/// The result of every use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the person may not know of it.
    #[error("There is nothing here.")]
    NotFound,
    /// Nobody is signed in.
    #[error("Sign in first.")]
    SignInFirst,
    /// The session has yet to show the second factor that the page needs.
    #[error("Show the second factor first.")]
    SecondFactor,
    /// The person sees a record only to check it, and has yet to say why they open it.
    #[error("Say first why you open it.")]
    ReasonFirst(Reference),
    /// The person may know of it, but not do this.
    #[error("This is not yours to do.")]
    Forbidden,
    /// What was typed cannot be taken; by field of the form.
    #[error("Some answers need another look.")]
    Invalid(Vec<FieldProblem>),
    /// A rule of the route says no.
    #[error("The route does not allow this now.")]
    Refused(Refusal),
    /// A rule of roles says no.
    #[error("The roles do not allow this.")]
    RoleRefused(GrantRefusal),
    /// Somebody else changed it first.
    #[error("Somebody else changed this at the same time.")]
    Conflict,
    /// Too many tries; come back after so many seconds.
    #[error("Too many tries. Wait a little.")]
    TooMany {
        /// Seconds to wait.
        retry_after_seconds: u32,
    },
    /// The database is away or busy.
    #[error("The service cannot reach its records just now.")]
    Unavailable(#[source] StoreError),
    /// The disk is full: nothing was written, and reading goes on.
    #[error("There is no room left to save this.")]
    Full(#[source] StoreError),
    /// A fault of ours.
    #[error("Something went wrong.")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What is wrong with one answer on a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldProblem {
    /// The name of the form's field.
    pub field: &'static str,
    /// What is wrong.
    pub problem: Wrong,
}

/// What is wrong with an answer: its text, or what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// The text itself.
    Text(Problem),
    /// A key of the translations that says what is wrong and how to mend it.
    Key(&'static str),
}

impl Error {
    /// One wrong answer, by a key of the translations.
    pub fn field(field: &'static str, key: &'static str) -> Self {
        Self::Invalid(vec![FieldProblem { field, problem: Wrong::Key(key) }])
    }

    /// A fault of ours.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Conflict,
            StoreError::Unavailable(_) => Self::Unavailable(error),
            StoreError::Full(_) => Self::Full(error),
            StoreError::Unique(_) | StoreError::Broken(_) => Self::Internal(Box::new(error)),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<GrantRefusal> for Error {
    fn from(refusal: GrantRefusal) -> Self {
        Self::RoleRefused(refusal)
    }
}

/// Collects the problems of a form's fields, so that all are told at once.
#[derive(Debug, Default)]
pub struct Checks(Vec<FieldProblem>);

impl Checks {
    /// The value, or nothing and its problem noted.
    pub fn text<T>(&mut self, field: &'static str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.0.push(FieldProblem { field, problem: Wrong::Text(problem) })).ok()
    }

    /// Like [`Checks::text`] where nothing typed is an answer too.
    pub fn optional<T>(&mut self, field: &'static str, parsed: Result<T, Problem>) -> Option<T> {
        if matches!(parsed, Err(Problem::Empty)) { None } else { self.text(field, parsed) }
    }

    /// Like [`Checks::text`], with an empty text noted under a key of the translations.
    pub fn needed<T>(
        &mut self,
        field: &'static str,
        parsed: Result<T, Problem>,
        key: &'static str,
    ) -> Option<T> {
        if matches!(parsed, Err(Problem::Empty)) {
            self.some(field, None, key)
        } else {
            self.text(field, parsed)
        }
    }

    /// The value, or its absence noted under a key of the translations.
    pub fn some<T>(&mut self, field: &'static str, value: Option<T>, key: &'static str) -> Option<T> {
        if value.is_none() {
            self.0.push(FieldProblem { field, problem: Wrong::Key(key) });
        }
        value
    }

    /// Notes a problem where something does not hold.
    pub fn holds(&mut self, field: &'static str, holds: bool, key: &'static str) {
        let _ = self.some(field, holds.then_some(()), key);
    }

    /// What was built from the values, or all problems.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every problem noted.
    pub fn finish<T>(self, built: Option<T>) -> Result<T> {
        match built {
            Some(built) if self.0.is_empty() => Ok(built),
            _ => Err(Error::Invalid(self.0)),
        }
    }
}
