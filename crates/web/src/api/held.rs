//! What is held back until somebody has read it, by programs: reading it and saying where it goes; taking one's own back.

use super::input::{Kind, needed, optional};
use super::operation::{Does, Operation};
use super::problem::Fault;
use super::read::{Reading, json};
use super::run::Call;
use super::schema::shapes;
use crate::pages::find::held_back as page;
use chrono::NaiveDate;
use uuid::Uuid;
use waymark_app::find::delivery::{Asked, ORDINARY};
use waymark_app::find::draft::Draft;
use waymark_app::find::held_back::{self, BACK, HeldBack, Outcome};
use waymark_app::routes::Route;
use waymark_app::{Ctx, Error, Read, Result, Write};
use waymark_domain::people::setting::Door;
use waymark_domain::text::Language;

shapes! {
    /// A text that is held back until somebody has read it, without its words.
    HeldText {
        /// Its id.
        id: Uuid,
        /// The name of the place.
        place: String,
        /// Which door it reads like.
        door: Door,
        /// By which day somebody reads it.
        due_on: NaiveDate,
        /// Is that day over?
        is_late: bool,
        /// Who sent it.
        by: String,
        /// What became of it: `none`, passed on as an idea; a door; `back`, to the drafts of who sent it; null while it waits.
        outcome: Option<&'static str>,
        /// What people call the record by that it became.
        reference: Option<String>,
        /// What its reader wrote to who sent it.
        line: Option<String>,
        /// The address of its page.
        url: String,
    }

    /// A door that a text can go to.
    OpenDoor {
        /// The door.
        door: Door,
        /// The mail address that it goes to.
        mail: String,
    }

    /// What somebody typed, for who reads it; a field is null where nothing was typed.
    HeldWords {
        /// The language it is in.
        language: Language,
        /// What it is called.
        title: Option<String>,
        /// What the problem is.
        problem: Option<String>,
        /// What they would do.
        solution: Option<String>,
        /// What they did.
        did: Option<String>,
        /// What changed.
        changed: Option<String>,
        /// The words that read like the door’s.
        suspected: Vec<String>,
        /// The doors that it can go to, the likeliest first.
        doors: Vec<OpenDoor>,
    }

    /// A text that is held back.
    HeldShown {
        /// What is known of it.
        held: HeldText,
        /// What it says; null for who sent it.
        words: Option<HeldWords>,
    }

    /// What is held back.
    HeldList {
        /// What waits for you to read it, the oldest first, at most 50.
        to_read: Vec<HeldText>,
        /// What you sent and what waits to be read, at most 50.
        own: Vec<HeldText>,
    }

    /// What became of a text.
    HeldEnded {
        /// Its id.
        id: Uuid,
        /// `none`, a door, or `back`.
        outcome: &'static str,
    }
}

/// What its reader can do with it.
const CHOICES: &[&str] = &[ORDINARY, "danger", "wrongdoing", "complaint", "help", "press", BACK];

/// The operations of what is held back.
pub fn operations() -> Vec<Operation> {
    use Operation as O;
    vec![
        O::get("held-texts", "/held", Does::HeldList, "What is held back and waits for you, and what you sent"),
        O::get("held-text", "/held/{held}", Does::HeldOne, "A text that is held back, for its readers and its sender"),
        O::post(
            ("end-held", "/held/{held}/end"),
            Does::EndHeld,
            "Pass a text on as an idea, send it to a door, or give it back",
            [
                needed(
                    "choice",
                    Kind::OneOf(CHOICES),
                    "`none`: it is for this service, and is told as its sender sent it. A door: it goes there. `back`: to \
                     the drafts of who sent it.",
                )
                .form("door"),
                optional("line", Kind::Line, "Why, to who sent it; needed for a door and for `back`."),
            ],
        ),
        O::post(
            ("take-back-held", "/held/{held}/take-back"),
            Does::TakeBackHeld,
            "Take what you sent back to your drafts, while nobody has read it",
            [],
        ),
    ]
}

impl Reading<'_> {
    /// What waits for whoever asks.
    pub(super) async fn held_list(self, ctx: &mut Ctx<'_, Read>) -> Result<HeldList> {
        let to_read = held_back::list(ctx).await?;
        let own = held_back::own(ctx).await?;
        let held = |all: &[HeldBack]| all.iter().map(|one| self.held(one)).collect();
        Ok(HeldList { to_read: held(&to_read), own: held(&own) })
    }

    /// One of it.
    pub(super) async fn held_one(self, ctx: &mut Ctx<'_, Read>) -> Result<HeldShown> {
        let one = held_back::find(ctx, id(self.call)?).await?;
        let words = one.words.as_ref().map(|(draft, asked)| words(draft, asked));
        Ok(HeldShown { held: self.held(&one), words })
    }

    fn held(self, one: &HeldBack) -> HeldText {
        let (outcome, line) = one.ended.as_ref().map(|(outcome, line)| (outcome, line.clone())).unzip();
        let reference = match outcome {
            Some(Outcome::Released(reference)) => Some(reference.to_string()),
            _ => None,
        };
        HeldText {
            id: one.id,
            place: one.place.clone(),
            door: one.door,
            due_on: one.due,
            is_late: one.is_late,
            by: one.sender.clone(),
            outcome: outcome.map(named),
            reference,
            line: line.flatten(),
            url: self.url(&Route::HeldBack { held: one.id }.to_string()),
        }
    }
}

const fn named(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Released(_) => ORDINARY,
        Outcome::Kept(door, _) => door.name(),
        Outcome::Back => BACK,
    }
}

fn words(draft: &Draft, asked: &Asked) -> HeldWords {
    let typed = |field: &str| Some(draft.value(field).trim().to_owned()).filter(|typed| !typed.is_empty());
    let open = |(door, mail): &(Door, waymark_app::people::account::Mail)| OpenDoor {
        door: *door,
        mail: mail.as_str().to_owned(),
    };
    HeldWords {
        language: Language::parse(draft.value("lang")).unwrap_or_default(),
        title: typed("title"),
        problem: typed("problem"),
        solution: typed("solution"),
        did: typed("did"),
        changed: typed("changed"),
        suspected: asked.suspected.as_ref().map(|(_, words)| words.clone()).unwrap_or_default(),
        doors: asked.open.iter().map(open).collect(),
    }
}

fn id(call: &Call<'_>) -> Result<Uuid> {
    call.part("held").parse().map_err(|_| Error::NotFound)
}

/// Does one of the acts.
///
/// # Errors
/// What the page says of it.
pub async fn perform(ctx: &mut Ctx<'_, Write>, call: &Call<'_>) -> Result<String, Fault> {
    let id = id(call)?;
    if call.op.does == Does::TakeBackHeld {
        held_back::take_back(ctx, id).await?;
        return json(&HeldEnded { id, outcome: BACK });
    }
    // Whoever may not know of it is told so before what they chose is looked at; who sent it does not end it.
    if held_back::find(ctx, id).await?.words.is_none() {
        return Err(Fault::Case(Error::NotFound));
    }
    page::end(ctx, id, &call.form).await.map_err(page::on_this_page)?;
    let chosen = CHOICES.iter().find(|choice| **choice == call.form.value("door"));
    json(&HeldEnded { id, outcome: chosen.copied().unwrap_or(BACK) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_the_code_knows() {
        let doors = Door::ALL.map(Door::name);
        assert_eq!(CHOICES, [&[ORDINARY][..], &doors, &[BACK]].concat());
    }
}
