//! Mail: what a letter is, and where it goes. Plain text only; sent outside every transaction.

mod letter;
mod mailer;
mod post;
mod trust;

pub use letter::{Letter, NewLetter};
pub use mailer::Mailer;
pub use post::{BadSetting, Post, SendError};
pub use trust::Trust;
