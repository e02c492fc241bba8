//! Shared answers by programs: one text for several records, used again, read again; and whether an answer is nearly an
//! earlier one.

use super::input::{Input, Kind, needed, optional};
use super::operation::{Does, Operation};
use super::problem::Fault;
use super::read::{Reading, json};
use super::run::Call;
use super::schema::shapes;
use super::shapes::{Item, Words};
use super::table::reasons;
use crate::pages::route::shared as page;
use crate::visitor::Visitor;
use chrono::NaiveDate;
use uuid::Uuid;
use waymark_app::route::alike::{self, Earlier};
use waymark_app::route::shared::{self, Listed};
use waymark_app::routes::Route;
use waymark_app::words::Lang;
use waymark_app::{Ctx, Error, Read, Result, Write};
use waymark_domain::find::stage::{AnswerKind, Reason};
use waymark_domain::ids::SharedId;
use waymark_domain::route::shared::SharedAnswer;

shapes! {
    /// A shared answer on a list.
    SharedItem {
        /// Its id.
        id: Uuid,
        /// Why, in its owner’s words.
        words: Words,
        /// The day on which it is read again.
        reread_on: NaiveDate,
        /// How many records that its body sees got it.
        uses: i64,
        /// Is it time for you to read it again?
        is_asked: bool,
        /// The address of its page.
        url: String,
    }

    /// The shared answers that you may use.
    SharedItems {
        /// The answers, those that are to be read again first, at most a hundred.
        items: Vec<SharedItem>,
    }

    /// A shared answer.
    Shared {
        /// Its id.
        id: Uuid,
        /// How often it was changed: send it when you read it again, and nothing is done where somebody was quicker.
        version: u32,
        /// Why.
        reason: Reason,
        /// Why, in its owner’s words.
        words: Words,
        /// What would change it.
        would_change: Words,
        /// Who owns it; null where their account is gone.
        owner: Option<String>,
        /// The day on which it is read again.
        reread_on: NaiveDate,
        /// How many records that its body sees got it.
        uses: i64,
        /// Can records get it today?
        is_open: bool,
        /// Was it withdrawn?
        is_withdrawn: bool,
        /// The organisation for whose records it is.
        body: Uuid,
        /// The address of its page.
        url: String,
    }

    /// Where a shared answer stands now.
    SharedStanding {
        /// Its id.
        id: Uuid,
        /// How often it was changed.
        version: u32,
        /// The day on which it is read again.
        reread_on: NaiveDate,
        /// The address of its page.
        url: String,
    }

    /// A record that waits for your answer and may be answered together with others.
    ToAnswer {
        /// The record.
        record: Item,
        /// How often it was changed: send it with the answer.
        version: u32,
        /// The organisation that handles it: one shared answer is for records of one.
        body: Uuid,
    }

    /// What may be answered together.
    ToAnswers {
        /// The records, at most a hundred.
        items: Vec<ToAnswer>,
    }

    /// An earlier answer that says nearly the same.
    EarlierAnswer {
        /// What people call its record by.
        reference: String,
        /// The day on which it was given.
        on: NaiveDate,
        /// The address of its record’s page.
        url: String,
    }

    /// Whether it was said before.
    Alike {
        /// An earlier answer of yours, or of your organisation, of the last year; null where there is none.
        earlier: Option<EarlierAnswer>,
    }
}

/// What its reader says of a shared answer on its day.
const AGAIN: &[&str] = &["keep", "change", "withdraw"];

const RECORDS: Input =
    needed("records", Kind::Records, "The records that get it, each in the version that you saw.");

/// What a shared answer says; `need` says of each whether it must be there.
fn text(need: fn(&'static str, Kind, &'static str) -> Input) -> [Input; 3] {
    [
        need("reason", Kind::OneOf(reasons(AnswerKind::Stop)), "Why."),
        need("words", Kind::Prose, "Why, in your own words: each record’s contributor reads it."),
        need("would_change", Kind::Prose, "What would change this.").form("would-change"),
    ]
}

/// The operations of shared answers.
pub fn operations() -> Vec<Operation> {
    let mut all = reads();
    all.extend([
        Operation::post(
            ("share-answer", "/shared"),
            Does::ShareAnswer,
            "Answer several records at once: no, because",
            [RECORDS].into_iter().chain(text(needed)).chain([needed(
                "until",
                Kind::Date,
                "The day on which you read it again, within a year.",
            )]),
        ),
        Operation::post(
            ("give-shared", "/shared/{shared}/records"),
            Does::GiveShared,
            "Answer more records with a shared answer",
            [RECORDS],
        ),
        Operation::post(
            ("reread-shared", "/shared/{shared}/again"),
            Does::RereadShared,
            "Say of a shared answer that it stays, says something else from now on, or is withdrawn",
            [needed(
                "what",
                Kind::OneOf(AGAIN),
                "`keep`, with `until`; `change`, with all but this; `withdraw`.",
            )]
            .into_iter()
            .chain(text(optional))
            .chain([
                optional("until", Kind::Date, "The day on which you read it again."),
                optional(
                    "version",
                    Kind::Whole(1, u32::MAX),
                    "The version that you saw. Where it has changed since, nothing is done.",
                ),
            ]),
        ),
    ]);
    all
}

fn reads() -> Vec<Operation> {
    use Operation as O;
    vec![
        O::get("shared-answers", "/shared", Does::Shared, "The shared answers that you may use"),
        O::get(
            "to-answer",
            "/shared/records",
            Does::ToAnswer,
            "What waits for you and may be answered together",
        ),
        O::get("shared-answer", "/shared/{shared}", Does::SharedOne, "A shared answer"),
        O::post(
            ("alike", "/records/{reference}/answers/alike"),
            Does::Alike,
            "Whether what you are about to answer was said in nearly the same words before; nothing is kept of it",
            [needed("words", Kind::Prose, "The words of the answer.")],
        )
        .only_reads(),
    ]
}

impl Reading<'_> {
    /// The shared answers that whoever asks may use.
    pub(super) async fn shared_list(self, ctx: &mut Ctx<'_, Read>) -> Result<SharedItems> {
        let all = shared::list(ctx).await?;
        let one = |one: Listed| SharedItem {
            id: one.id.0,
            words: Words { text: one.words, language: one.language },
            reread_on: one.reread_on,
            uses: one.uses,
            is_asked: one.is_asked,
            url: self.url(&Route::SharedAnswer { shared: one.id }.to_string()),
        };
        Ok(SharedItems { items: all.into_iter().map(one).collect() })
    }

    /// One of them.
    pub(super) async fn shared_one(self, ctx: &mut Ctx<'_, Read>) -> Result<Shared> {
        let one = shared::shown(ctx, id(self.call)?).await?;
        let answer = one.answer;
        let said = |text: String| Words {
            text: Some(text).filter(|text| !text.is_empty()),
            language: answer.text.language,
        };
        Ok(Shared {
            id: answer.id.0,
            version: answer.version,
            reason: answer.text.reason,
            words: said(one.words),
            would_change: said(one.would_change),
            owner: one.owner,
            reread_on: answer.kept.reread_on,
            uses: one.uses,
            is_open: one.is_open,
            is_withdrawn: answer.is_withdrawn,
            body: answer.body.0,
            url: self.url(&Route::SharedAnswer { shared: answer.id }.to_string()),
        })
    }

    /// What may be answered together.
    pub(super) async fn to_answer(self, ctx: &mut Ctx<'_, Read>) -> Result<ToAnswers> {
        let all = shared::choices(ctx, &[]).await?;
        let one = |choice: &shared::Choice| ToAnswer {
            record: self.item(&choice.item),
            version: choice.seen.version.unwrap_or_default(),
            body: choice.body.0,
        };
        Ok(ToAnswers { items: all.iter().map(one).collect() })
    }

    /// Whether it was said before; nothing for whoever does not answer the record.
    pub(super) async fn alike(self, ctx: &mut Ctx<'_, Read>) -> Result<Alike> {
        let view = self.view(ctx).await?;
        let earlier = alike::nearly_said(ctx, view.record.id, self.call.form.value("words")).await?;
        let one = |one: Earlier| EarlierAnswer {
            reference: one.reference.to_string(),
            on: one.on,
            url: self.url(&Route::Record { reference: one.reference }.to_string()),
        };
        Ok(Alike { earlier: earlier.map(one) })
    }
}

/// The shared answer that is meant.
pub(super) fn id(call: &Call<'_>) -> Result<SharedId> {
    SharedId::parse(call.part("shared")).ok_or(Error::NotFound)
}

/// Does one of the acts; each answers where the shared answer stands.
///
/// # Errors
/// What the pages say of it.
pub async fn perform(
    ctx: &mut Ctx<'_, Write>,
    (visitor, call): (&Visitor, &Call<'_>),
) -> Result<String, Fault> {
    let form = &call.form;
    let answer = match call.op.does {
        Does::GiveShared => page::give_typed(ctx, id(call)?, form).await?,
        Does::RereadShared => page::reread_typed(ctx, id(call)?, form).await?,
        _ => page::write_typed(ctx, form).await?,
    };
    json(&standing(&visitor.env.config.origin, &answer))
}

/// Where a shared answer stands now.
pub(super) fn standing(origin: &str, answer: &SharedAnswer) -> SharedStanding {
    SharedStanding {
        id: answer.id.0,
        version: answer.version,
        reread_on: answer.kept.reread_on,
        url: super::read::url(origin, &Route::SharedAnswer { shared: answer.id }.to_string()),
    }
}

/// What is said of an act that was not done: at a field, as on its page.
pub fn judged(does: Does, lang: Lang, error: Error) -> Error {
    if does == Does::RereadShared { page::retold(error) } else { page::told(lang, error) }
}
