//! What is said about a record by programs: reading it, taking back what one said, and what a moderator does about it.

use super::input::{Kind, needed, optional};
use super::moderation::{ACTS, WRONG};
use super::operation::{Does, Operation};
use super::problem::Fault;
use super::read::Reading;
use super::run::Call;
use super::schema::shapes;
use super::shapes::Words;
use crate::pages::find::comment_moderation as page;
use chrono::{DateTime, Utc};
use uuid::Uuid;
use waymark_app::find::comment;
use waymark_app::{Checks, Ctx, Error, Read, Result, Write};
use waymark_domain::find::moderation::Because;
use waymark_domain::ids::{CommentId, InnovationId};
use waymark_domain::text::Remark;

shapes! {
    /// What somebody said about a record.
    Comment {
        /// Its id.
        id: Uuid,
        /// Who said it; null once their account is gone.
        by: Option<String>,
        /// When.
        at: DateTime<Utc>,
        /// What it says.
        words: Words,
        /// Is it your own? Then you can take it back.
        is_yours: bool,
        /// Why a moderator took it away; then you see it as its author, or as a moderator. Null while it is there for all.
        unlisted: Option<TakenAway>,
    }

    /// Why a comment was taken away.
    TakenAway {
        /// Why.
        because: Because,
        /// The same in the moderator’s own words; empty once these were erased.
        words: String,
    }

    /// What was said about a record.
    Comments {
        /// The latest hundred, the oldest first.
        items: Vec<Comment>,
    }
}

/// The operations of comments.
pub fn operations() -> Vec<Operation> {
    use Operation as O;
    let said = "What you say; whoever sees the record reads it, with your name.";
    vec![
        O::get("comments", "/records/{reference}/comments", Does::Comments, "What was said about a record"),
        O::post(
            ("comment", "/records/{reference}/comments"),
            Does::Comment,
            "Say something about a record",
            [needed("comment", Kind::Remark, said)],
        ),
        O::post(
            ("take-back-comment", "/records/{reference}/comments/{comment}/take-back"),
            Does::TakeBackComment,
            "Take back what you said about a record; its words are erased",
            [],
        ),
        O::post(
            ("moderate-comment", "/records/{reference}/comments/{comment}/moderate"),
            Does::ModerateComment,
            "Take a comment away, leave what was reported of it, or put it back",
            [
                needed(
                    "act",
                    Kind::OneOf(ACTS),
                    "`unlist` takes it away, with `because` and `words`; `leave` what was reported, with `words`; `list` \
                     puts it back.",
                ),
                optional("because", Kind::OneOf(WRONG), "Why it is taken away."),
                optional(
                    "words",
                    Kind::Prose,
                    "Why, in your own words; who wrote or reported it reads them.",
                ),
            ],
        ),
    ]
}

impl Reading<'_> {
    /// What was said about a record.
    pub(super) async fn comments(self, ctx: &mut Ctx<'_, Read>) -> Result<Comments, Fault> {
        let view = self.view(ctx).await?;
        let all = comment::of(ctx, &view).await?.ok_or(Error::Forbidden)?;
        Ok(Comments { items: all.into_iter().map(shown).collect() })
    }
}

fn shown(one: comment::Shown) -> Comment {
    Comment {
        id: one.id.0,
        by: one.name,
        at: one.at,
        words: Words { text: one.words, language: one.language },
        is_yours: one.is_own,
        unlisted: one.unlisted.map(|(because, words)| TakenAway { because, words }),
    }
}

/// Says something about a record.
///
/// # Errors
/// What [`comment::check`] and [`comment::write`] say; [`Error::Invalid`] on `comment`.
pub async fn write(ctx: &mut Ctx<'_, Write>, id: InnovationId, call: &Call<'_>) -> Result<()> {
    comment::check(ctx, id).await?;
    let mut checks = Checks::default();
    let typed = checks.text("comment", Remark::parse(call.form.value("comment")));
    comment::write(ctx, id, &checks.finish(typed)?).await.map(drop)
}

/// Takes back what whoever acts said about a record.
///
/// # Errors
/// What [`comment::undo`] says.
pub async fn take_back(ctx: &mut Ctx<'_, Write>, id: InnovationId, call: &Call<'_>) -> Result<()> {
    comment::undo(ctx, id, named(call)?).await.map(drop)
}

/// Decides whether what somebody said about a record stays.
///
/// # Errors
/// What [`page::perform`] says.
pub async fn moderate(ctx: &mut Ctx<'_, Write>, id: InnovationId, call: &Call<'_>) -> Result<()> {
    page::perform(ctx, (id, named(call)?), &call.form).await
}

/// The comment that is meant.
fn named(call: &Call<'_>) -> Result<CommentId> {
    CommentId::parse(call.part("comment")).ok_or(Error::NotFound)
}
