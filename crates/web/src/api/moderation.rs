//! Moderation by programs: what waits, what was reported, the log; listing a record or not, and saying that something is
//! wrong with one.

use super::input::{Kind, needed, optional};
use super::operation::{Does, Operation};
use super::read::Reading;
use super::run::Call;
use super::schema::shapes;
use super::shapes::{Item, Place, Words};
use super::table::VERSION;
use super::write::reference;
use crate::pages::find::report as page;
use crate::visitor::Visitor;
use chrono::{DateTime, Utc};
use uuid::Uuid;
use waymark_app::find::moderation;
use waymark_app::find::reports;
use waymark_app::find::view::{Standing, view};
use waymark_app::people::place::place;
use waymark_app::{Ctx, Read, Result, Write};
use waymark_domain::find::moderation::{Because, Moderation};
use waymark_domain::ids::CommentId;
use waymark_domain::people::role::Role;

shapes! {
    /// What waits for you as a moderator; as a finder, where nobody is moderator, and what is handled with care.
    ModerationQueue {
        /// What was told without an account and waits to be listed, the oldest first, at most 50.
        to_list: Vec<Item>,
        /// What was reported, the first reported first, at most 20.
        reported: Vec<Item>,
        /// Comments that were reported; the record of each is in `reported` as well.
        comments: Vec<CommentOn>,
        /// The places whose log you may read.
        logs: Vec<Place>,
    }

    /// A comment on a record.
    CommentOn {
        /// What people call the record by.
        reference: String,
        /// The id of the comment.
        comment: Uuid,
    }

    /// Somebody said that something is wrong with a record, or with a comment on it. Who did is told to nobody.
    Report {
        /// What people call the record by; null where you reported it and do not see it any more.
        reference: Option<String>,
        /// The version at which what is wrong was written, as its history has it; 0 for the record itself, and for a comment.
        part: u32,
        /// The id of the comment that it is about; null where it is about the record.
        comment: Option<Uuid>,
        /// What is wrong.
        because: Because,
        /// The same in a line; empty where nothing was written.
        line: String,
        /// When.
        at: DateTime<Utc>,
        /// What a moderator did; null while it waits.
        outcome: Option<Moderation>,
        /// What the moderator wrote; null where the reference is.
        words: Option<String>,
    }

    /// What was reported.
    Reports {
        /// The reports.
        items: Vec<Report>,
    }

    /// Something that a moderator did.
    Moderated {
        /// What people call the record by.
        reference: String,
        /// The name of the place where it was told.
        place: String,
        /// The id of the comment on it, where it was done to one.
        comment: Option<Uuid>,
        /// What was done.
        act: Moderation,
        /// Why it is not listed.
        because: Option<Because>,
        /// The moderator’s own words.
        words: Option<Words>,
        /// Who did it; null once their account is gone.
        by: Option<String>,
        /// By which role.
        role: Role,
        /// When.
        at: DateTime<Utc>,
    }

    /// What moderators did at or below a place.
    ModerationLog {
        /// The place.
        place: Place,
        /// Does its finder moderate, since nobody else does?
        is_by_finder: bool,
        /// What was done, the latest first, at most 5,000.
        items: Vec<Moderated>,
    }
}

/// What moderators do.
pub const ACTS: &[&str] = &["list", "unlist", "leave"];
/// What may be wrong with a record.
pub const WRONG: &[&str] = &["private", "harmful", "elsewhere", "nothing", "other"];

/// The operations of moderation.
pub fn operations() -> Vec<Operation> {
    use Operation as O;
    vec![
        O::get("moderation", "/moderation", Does::Moderation, "What waits for you as a moderator"),
        O::get(
            "reported",
            "/records/{reference}/reports",
            Does::Reported,
            "What was reported of a record or of comments on it and waits, for its moderators",
        ),
        O::get("own-reports", "/reports", Does::OwnReports, "What you reported, and what became of it"),
        O::get(
            "moderation-log",
            "/places/{place}/moderation",
            Does::ModerationLog,
            "What moderators did at or below a place, for those who moderate or check",
        ),
        O::post(
            ("moderate", "/records/{reference}/moderate"),
            Does::Moderate,
            "List a record, or not, or leave what was reported",
            [
                needed(
                    "act",
                    Kind::OneOf(ACTS),
                    "`list`; `unlist`, with `because` and `words`; `leave` what was reported, with `words`.",
                ),
                optional("because", Kind::OneOf(WRONG), "Why it is not listed."),
                optional(
                    "words",
                    Kind::Prose,
                    "Why, in your own words; who brought or reported it reads them.",
                ),
                VERSION,
            ],
        ),
        O::post(
            ("report", "/records/{reference}/report"),
            Does::Report,
            "Say to its moderators that something is wrong with a record, or with a comment on it",
            [
                optional(
                    "part",
                    Kind::Whole(0, u32::MAX),
                    "The version at which it was written, from the history; the record itself for any other number.",
                ),
                optional("comment", Kind::Id, "The id of the comment, where it is one."),
                needed("because", Kind::OneOf(WRONG), "What is wrong."),
                optional("line", Kind::Line, "The same in a line."),
            ],
        ),
    ]
}

impl Reading<'_> {
    /// What waits.
    pub(super) async fn moderation(self, ctx: &mut Ctx<'_, Read>) -> Result<ModerationQueue> {
        let to_list = moderation::waiting(ctx).await?;
        let reported = reports::waiting(ctx).await?;
        let logs = moderation::places(ctx).await?;
        Ok(ModerationQueue {
            to_list: to_list.iter().map(|item| self.listed(item)).collect(),
            reported: reported.iter().map(|one| self.listed(&one.item)).collect(),
            comments: reported.iter().flat_map(comments_of).collect(),
            logs: logs.into_iter().map(|(node, name)| Place { id: node.0, name }).collect(),
        })
    }

    /// What was reported of a record.
    pub(super) async fn reported(self, ctx: &mut Ctx<'_, Read>) -> Result<Reports> {
        let view = view(ctx, &self.reference()?).await?;
        moderation::check(ctx, view.record.id).await?;
        Ok(shown(reports::open_in(ctx, view.record.id).await?))
    }

    /// What whoever asks reported.
    pub(super) async fn own_reports(self, ctx: &mut Ctx<'_, Read>) -> Result<Reports> {
        Ok(shown(reports::own(ctx).await?))
    }

    /// What was done at or below a place.
    pub(super) async fn moderation_log(self, ctx: &mut Ctx<'_, Read>) -> Result<ModerationLog> {
        let node = self.node()?;
        let log = moderation::log(ctx, node).await?;
        let name = place(ctx, node).await?.name().to_owned();
        Ok(ModerationLog {
            place: Place { id: node.0, name },
            is_by_finder: log.is_by_finder,
            items: log.done.into_iter().map(moderated).collect(),
        })
    }
}

/// The comments on a record that were reported.
fn comments_of(one: &reports::Waiting) -> Vec<CommentOn> {
    let on = |comment: &CommentId| CommentOn { reference: one.item.reference.clone(), comment: comment.0 };
    one.comments.iter().map(on).collect()
}

fn shown(all: Vec<reports::Report>) -> Reports {
    let one = |report: reports::Report| {
        let (outcome, words) = report.ended.unzip();
        let (part, comment) = match report.part {
            reports::Part::Record => (0, None),
            reports::Part::Written(version) => (version, None),
            reports::Part::Comment(comment) => (0, Some(comment.0)),
        };
        Report {
            reference: report.reference.map(|reference| reference.to_string()),
            part,
            comment,
            because: report.because,
            line: report.line,
            at: report.at,
            outcome,
            words: words.flatten(),
        }
    };
    Reports { items: all.into_iter().map(one).collect() }
}

fn moderated(one: moderation::Logged) -> Moderated {
    let words = |(text, language)| Words { text: Some(text), language };
    Moderated {
        reference: one.reference,
        place: one.place,
        comment: one.comment.map(|comment| comment.0),
        act: one.act,
        because: one.because,
        words: one.words.map(words),
        by: one.name,
        role: one.role,
        at: one.at,
    }
}

/// Says that something is wrong with a record, or with a comment on it.
///
/// # Errors
/// What [`page::perform`] says.
pub async fn report(ctx: &mut Ctx<'_, Write>, (visitor, call): (&Visitor, &Call<'_>)) -> Result<Standing> {
    let view = view(ctx, &reference(call)?).await?;
    page::perform(ctx, &view, (&call.form, &visitor.from)).await?;
    Ok(Standing::of(&view.record))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_the_code_knows() {
        assert_eq!(ACTS, Moderation::ALL.iter().map(|one| one.name()).collect::<Vec<_>>());
        assert_eq!(WRONG, Because::ALL.iter().map(|one| one.name()).collect::<Vec<_>>());
    }
}
