//! The list of operations. What is not in it is not there: giving roles, administration, imports, one's own account and
//! whatever else gives power over others or over the account itself is done by a person on a page.

use super::input::{Input, Kind, needed, optional};
use super::operation::{Does, Operation};
use std::sync::LazyLock;
use waymark_app::find::list::PAGE_MOST;
use waymark_app::route::acts::Act;
use waymark_domain::find::stage::AnswerKind;
use waymark_domain::limits::HOURS;

/// Every operation.
pub static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let mut all = reads();
    all.extend(tells());
    all.extend(AnswerKind::ALL.iter().map(|kind| answer(*kind)));
    all.extend(AnswerKind::ALL.iter().map(|kind| meeting(*kind)));
    all.extend(Act::ALL.iter().filter_map(|act| act_of(*act)));
    all.push(look());
    all.extend(super::moderation::operations());
    all.extend(super::mask::operations());
    all.extend(super::talk::operations());
    all.extend(super::shared::operations());
    all.extend(super::round::operations());
    all.extend(super::held::operations());
    all
});

const STAGES: &[&str] =
    &["told", "not-now", "trying", "passed-on", "kept", "done", "dropped", "stopped", "withdrawn"];
const ORDERS: &[&str] = &["newest", "best"];
const ORIGINS: &[&str] = &["front-line", "professional", "user", "manager", "partner"];
const SEEN: &[&str] = &["handlers", "body", "bodies", "everyone"];
const OUTCOMES: &[&str] = &["keep", "drop", "pass-on"];
/// The version that was seen.
pub const VERSION: Input = optional(
    "version",
    Kind::Whole(1, u32::MAX),
    "The version of the record that you saw. Where it has changed since, nothing is done.",
);
const AFTER: Input =
    optional("after", Kind::Cursor, "Where the list goes on: the `next` of the page before.");

/// As many as the page shows are the least: fewer would only hide what waits.
const WORK: Input =
    optional("limit", Kind::Whole(100, 5_000), "How many records of each kind at most; 100 unless said.");

const fn limit() -> Input {
    // The page's own size is the least: fewer would only mean more questions.
    optional("limit", Kind::Whole(20, PAGE_MOST), "How many on a page; 20 unless said.")
}

fn reads() -> Vec<Operation> {
    use Operation as O;
    vec![
        O::get("me", "/me", Does::Me, "Who you are here, and what your token may do"),
        O::get("ideas", "/ideas", Does::Ideas, "Ideas and problems that were told, newest first").with_query(
            [
                optional("search", Kind::Line, "Only with these words; a phrase stands between quotes."),
                optional("place", Kind::Id, "Only at or below this place."),
                optional("stage", Kind::OneOf(STAGES), "Only at this stage."),
                optional("from", Kind::Date, "Only what was sent on this day or later."),
                optional("to", Kind::Date, "Only what was sent on this day or earlier."),
                optional("late", Kind::Tick, "Only what is late."),
                optional("mine", Kind::Tick, "Only of your own organisations."),
                optional("order", Kind::OneOf(ORDERS), "`best`: the best match first, among the newest 250."),
                AFTER,
                limit(),
            ],
        ),
        O::get("problems", "/problems", Does::Problems, "Problems that ideas can be told to, newest first")
            .with_query([
                optional("search", Kind::Line, "Only with these words; a phrase stands between quotes."),
                AFTER,
                limit(),
            ]),
        O::get("problem", "/problems/{problem}", Does::Problem, "A problem that ideas can be told to"),
        O::get("record", "/records/{reference}", Does::Record, "A record: where it is and what is next"),
        O::get("history", "/records/{reference}/history", Does::History, "What happened to a record"),
        O::get("work", "/work", Does::Work, "What waits for you, and what you brought").with_query([WORK]),
        O::get("places", "/places", Does::Places, "Places by name, or the top of the tree")
            .with_query([optional("search", Kind::Line, "Words of the name.")]),
        O::get("place", "/places/{place}", Does::Place, "A place with what is above and below it"),
        O::get(
            "doors",
            "/places/{place}/doors",
            Does::Doors,
            "The doors of a place, and who could say yes there",
        ),
        O::get("late", "/places/{place}/late", Does::Late, "What is late at or below a place"),
        O::get("figures", "/places/{place}/figures", Does::Figures, "The six figures of a place"),
        O::post(
            ("similar", "/similar"),
            Does::Similar,
            "Records like a text; nothing is kept of it",
            [needed("text", Kind::Text, "The text.")],
        )
        .only_reads(),
        O::post(
            ("names", "/names"),
            Does::Names,
            "What in a text could tell who somebody is; nothing is kept of it",
            [
                needed("text", Kind::Text, "The text, before you send it with an act: no act asks about it."),
                optional(
                    "place",
                    Kind::Id,
                    "Where it is for: its name and that of its organisation are nobody’s.",
                ),
            ],
        )
        .only_reads(),
    ]
}

/// What telling takes, whichever way.
fn told(more: impl IntoIterator<Item = Input>) -> Vec<Input> {
    let mut all = vec![needed("problem", Kind::Prose, "What the problem is.")];
    all.extend(more);
    all.extend([
        optional("title", Kind::Title, "What it is called; the first sentence of the problem unless said."),
        needed("origin", Kind::OneOf(ORIGINS), "Where it came from."),
        optional("language", Kind::OneOf(&["en", "cy"]), "The language of the words; that of the request unless said.")
            .form("lang"),
        optional("with_care", Kind::Tick, "True where only those who handle it are to see it.").form("care"),
        optional(
            "people",
            Kind::People,
            "Who shares it with you, with shares in percent; equal ones unless said. Whoever has no account is invited.",
        ),
        optional("own_share_percent", Kind::Whole(1, 99), "Your own share, where they are not equal.").form("share-own"),
        optional(
            "behalf",
            Kind::Behalf,
            "Whose it is, where you type it for somebody who agreed: they get the credit and the answer, and you are named \
             as the one who typed it. Whoever has no account is invited.",
        ),
        optional(
            "door",
            Kind::OneOf(&["none"]),
            "`none` says that this is not for somebody else (danger, wrongdoing, a complaint, help, press), where it was \
             refused because it reads as if it were. Ask the person who wrote it first.",
        ),
    ]);
    all
}

const SOLUTION: [Input; 2] = [
    optional("solution", Kind::Prose, "What you would do."),
    optional("unknown", Kind::Tick, "True where nobody knows what to do yet: then it is a problem."),
];

fn tells() -> Vec<Operation> {
    let place = needed("place", Kind::Id, "Where it is told.").form("at");
    let answers = optional("answers", Kind::Id, "The id of the problem that it answers.");
    let who = needed("who", Kind::OneOf(&["lead", "somebody", "unknown"]), "Who could say yes.");
    let somebody =
        optional("somebody", Kind::Line, "Their name in full, where it is somebody.").form("somebody-named");
    let did = needed("did", Kind::Prose, "What you did.");
    let changed = needed("changed", Kind::Prose, "What changed.");
    vec![
        Operation::post(
            ("tell", "/ideas"),
            Does::Tell,
            "Tell an idea or a problem",
            told(SOLUTION.into_iter().chain([place, answers, who, somebody])),
        ),
        Operation::post(
            ("tell-done", "/done"),
            Does::Done,
            "List what was done already",
            told([did, changed, place]),
        ),
        Operation::post(
            ("add", "/records/{reference}/add"),
            Does::Add,
            "Add your words to a record that says the same",
            told(SOLUTION),
        ),
    ]
}

/// Whoever sees a record only to check it says why first, as on its page.
fn look() -> Operation {
    Operation::post(
        ("look", "/records/{reference}/look"),
        Does::Look,
        "Say why you open a record that you see only to check it; then you can read it for a day",
        [needed("why", Kind::Line, "Why; whoever brought it sees your reason.")],
    )
}

const fn path_of(kind: AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Go => "/records/{reference}/answers/go",
        AnswerKind::NotNow => "/records/{reference}/answers/not-now",
        AnswerKind::Stop => "/records/{reference}/answers/stop",
        AnswerKind::SendOn => "/records/{reference}/answers/send-on",
    }
}

fn answer(kind: AnswerKind) -> Operation {
    let summary = match kind {
        AnswerKind::Go => "Answer: try it",
        AnswerKind::NotNow => "Answer: not now, until",
        AnswerKind::Stop => "Answer: no, because",
        AnswerKind::SendOn => "Answer: not mine, send it on",
    };
    let id = format!("answer-{}", kind.name());
    let body = said_in(kind).into_iter().chain([VERSION]);
    Operation::post((&id, path_of(kind)), Does::Answer(kind), summary, body)
}

const fn meeting_path_of(kind: AnswerKind) -> &'static str {
    match kind {
        AnswerKind::Go => "/records/{reference}/meeting/go",
        AnswerKind::NotNow => "/records/{reference}/meeting/not-now",
        AnswerKind::Stop => "/records/{reference}/meeting/stop",
        AnswerKind::SendOn => "/records/{reference}/meeting/send-on",
    }
}

/// The same where a meeting decided it: it stands in the decider's name, with who typed it.
fn meeting(kind: AnswerKind) -> Operation {
    let summary = match kind {
        AnswerKind::Go => "Type for the decider what a meeting decided: try it",
        AnswerKind::NotNow => "Type for the decider what a meeting decided: not now, until",
        AnswerKind::Stop => "Type for the decider what a meeting decided: no, because",
        AnswerKind::SendOn => "Type for the decider what a meeting decided: not theirs, send it on",
    };
    let minutes = [
        needed("on", Kind::Date, "The day of the meeting, not later than today."),
        needed("minutes", Kind::Line, "Which meeting it was, and where in its minutes this stands."),
    ];
    let id = format!("meeting-{}", kind.name());
    let body = minutes.into_iter().chain(said_in(kind)).chain([VERSION]);
    Operation::post((&id, meeting_path_of(kind)), Does::Meeting(kind), summary, body)
}

/// What is said in an answer.
fn said_in(kind: AnswerKind) -> Vec<Input> {
    let reasons = needed("reason", Kind::OneOf(reasons(kind)), "Why.");
    let words = needed("words", Kind::Prose, "Why, in your own words.");
    match kind {
        AnswerKind::Go => go(),
        AnswerKind::NotNow => vec![
            reasons,
            words,
            needed("awaited", Kind::Prose, "What is waited for."),
            needed("until", Kind::Date, "The day on which it is read again."),
        ],
        AnswerKind::Stop => vec![
            reasons,
            words,
            needed("would_change", Kind::Prose, "What would change this.").form("would-change"),
        ],
        AnswerKind::SendOn => vec![
            words,
            needed("to", Kind::Line, "`finder`, or the id of a place, whose team lead then has it."),
        ],
    }
}

fn go() -> Vec<Input> {
    vec![
        needed(
            "who",
            Kind::Line,
            "Who tries it: `me`, `contributor-0` for the first who brought it, or `other`.",
        ),
        optional("other", Kind::Line, "Their name or work mail address, where it is an other."),
        needed("until", Kind::Date, "Until when."),
        optional("hours", Kind::Whole(0, HOURS), "Hours granted."),
        optional("hours_from", Kind::Line, "Whose budget they come from.").form("hours-from"),
        optional("pence", Kind::Pence, "Money granted, in pence.").form("pounds"),
        optional("words", Kind::Prose, "Anything to say with it."),
    ]
}

/// The reasons that an answer offers.
pub const fn reasons(kind: AnswerKind) -> &'static [&'static str] {
    match kind {
        AnswerKind::NotNow => &["R08", "R07", "R03"],
        _ => &["R01", "R05", "R03", "R08", "R07", "R10"],
    }
}

/// The acts that pages have on a record, one operation each; the four answers have their own, and again in a meeting.
fn act_of(act: Act) -> Option<Operation> {
    let prose = |name, about| vec![needed(name, Kind::Prose, about)];
    let (summary, body) = match act {
        Act::Answer | Act::Meeting => return None,
        Act::Reply => (
            "Reply to the question, or have nothing to add",
            vec![
                optional("reply", Kind::Prose, "The reply."),
                optional("nothing", Kind::Tick, "True where there is nothing to add."),
            ],
        ),
        Act::Why => ("Ask why the date has passed", Vec::new()),
        Act::Lines => ("End a try", lines()),
        Act::Hours => {
            ("Confirm the hours that were had", vec![needed("hours", Kind::Whole(0, u32::MAX), "How many.")])
        }
        Act::Review => ("Ask that another decider look at the answer", prose("why", "Why.")),
        Act::Object => ("Object to what was typed for you", prose("why", "Why.")),
        Act::TakeOver => ("Take it over as finder", Vec::new()),
        Act::ComeBack => ("Say that what was waited for has happened", Vec::new()),
        Act::Reopen => {
            ("Open it again, since something is new", prose("why", "What is new since the answer."))
        }
        Act::Ask => ("Ask the contributor something", prose("question", "The question.")),
        Act::Date => (
            "Move the date",
            vec![needed("until", Kind::Date, "The new day."), needed("why", Kind::Prose, "Why.")],
        ),
        Act::News => ("Write how it stands", prose("news", "How it stands.")),
        Act::WasAnswer => {
            ("Say whether it was an answer", vec![needed("answer", Kind::YesNo, "Was this an answer?")])
        }
        Act::Interest => ("Declare an interest", Vec::new()),
        Act::WhoSees => (
            "Say who may see it: fewer at once, more with the other's yes",
            vec![needed("to", Kind::OneOf(SEEN), "Who.")],
        ),
        Act::Withdraw => ("Take it back", vec![needed("why", Kind::Line, "Why.")]),
    };
    let path = format!("/records/{{reference}}/{act}");
    let body = body.into_iter().chain([VERSION]);
    Some(Operation::post((act.name(), &path), Does::Act(act), summary, body))
}

fn lines() -> Vec<Input> {
    vec![
        needed("did", Kind::Prose, "What was done."),
        needed("changed", Kind::Prose, "What changed."),
        needed("outcome", Kind::OneOf(OUTCOMES), "What becomes of it."),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use waymark_app::find::list::{Order, TAKEN};
    use waymark_app::find::mine;
    use waymark_app::route::offer;
    use waymark_domain::find::stage::{Origin, Outcome, Stage};
    use waymark_domain::people::setting::SeenBy;

    #[test]
    fn as_much_work_is_given_as_the_page_shows_and_its_files_have() {
        let least = u32::try_from(mine::SHOWN).unwrap_or_default();
        let most = u32::try_from(TAKEN).unwrap_or_default();
        assert_eq!(WORK.kind, Kind::Whole(least, most));
    }

    #[test]
    fn names_are_those_that_the_code_knows() {
        assert_eq!(STAGES, Stage::ALL.iter().map(|one| one.name()).collect::<Vec<_>>());
        assert_eq!(ORDERS, Order::ALL.map(Order::name));
        assert_eq!(ORIGINS, Origin::ALL.iter().map(|one| one.name()).collect::<Vec<_>>());
        assert_eq!(SEEN, SeenBy::ALL.map(SeenBy::name));
        assert_eq!(OUTCOMES, Outcome::ALL.iter().map(|one| one.name()).collect::<Vec<_>>());
        for kind in [AnswerKind::NotNow, AnswerKind::Stop] {
            let offered: Vec<_> = offer::reasons(kind).iter().map(|one| one.name()).collect();
            assert_eq!(reasons(kind), offered, "{kind:?}");
        }
    }

    #[test]
    fn every_act_of_the_pages_is_there_and_no_name_or_path_twice() {
        let acts = OPERATIONS.iter().filter_map(|one| match one.does {
            Does::Act(act) => Some(act),
            _ => None,
        });
        assert_eq!(acts.count() + 2, Act::ALL.len(), "all but answering, and answering in a meeting");
        for act in [Act::Answer, Act::Meeting] {
            let own = OPERATIONS.iter().filter(|one| one.act() == Some(act));
            assert_eq!(own.count(), AnswerKind::ALL.len(), "{act}: one for each answer");
        }
        let mut ids: Vec<_> = OPERATIONS.iter().map(|one| one.id.as_str()).collect();
        let mut paths: Vec<_> = OPERATIONS.iter().map(|one| (one.body.is_some(), one.pattern())).collect();
        ids.sort_unstable();
        ids.dedup();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!((ids.len(), paths.len()), (OPERATIONS.len(), OPERATIONS.len()));
    }
}
