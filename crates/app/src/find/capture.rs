//! From the first word typed to *check answers*: what the pages of telling ask, and what is wrong with it.
//!
//! A draft carries what was typed, field by field; this file reads the fields. Sending is in `send.rs`.

use crate::ctx::Ctx;
use crate::error::{Checks, Error, Result};
use crate::find::draft::{Draft, Fields, Kind, set, value};
use crate::find::public::is_public;
use crate::find::{delivery, doors, problem};
use crate::people::place::place;
use waymark_domain::find::stage::Origin;
use waymark_domain::ids::{AccountId, NodeId, ProblemId};
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{self, Prose, Title};
use waymark_store::find::sent;

/// Where the flow of pages goes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Where it is told.
    Place,
    /// Who could say yes, by name.
    Who,
    /// Whether it is for somebody else.
    Door,
    /// Records like it.
    Similar,
    /// Check answers.
    Check,
}

/// Who could say yes, as the form asks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// My team lead.
    Lead,
    /// Someone else, to be named on a page of its own.
    Somebody,
    /// I do not know.
    Unknown,
}

impl Who {
    /// All choices in order.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Somebody, Self::Unknown];

    /// The value of the field.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Somebody => "somebody",
            Self::Unknown => "unknown",
        }
    }

    /// The choice of a value.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.name() == name)
    }
}

/// The texts of a draft, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it is called.
    pub title: Title,
    /// What is the problem.
    pub problem: Prose,
    /// What they would do; for *just did it*, what they did.
    pub solution: Option<Prose>,
    /// For *just did it*, what changed.
    pub changed: Option<Prose>,
    /// Who could say yes.
    pub who: Who,
    /// Where they come from.
    pub origin: Origin,
}

/// The field of the name or work mail of who could say yes, as somebody typed it who has not signed in: they see no list
/// of names, and whether we know the name they learn from the receipt.
pub const NAMED: &str = "somebody-named";

/// The fields in the order in which the page asks them: what is wrong is said in the same order.
const ASKED: [&str; 9] =
    ["answers", "problem", "solution", "did", "changed", "title", "who", "where", "origin"];

/// The most characters of a title that is proposed: what fits on one line of a list.
const PROPOSED_CHARS: usize = 70;

/// A title from the first words of a text: its first sentence, cut at a word where it is long.
pub fn proposed_title(problem: &str) -> String {
    let line = problem.trim().lines().next().unwrap_or_default();
    let end = line.char_indices().find(|(place, c)| ends_sentence(line, (*place, *c)));
    let sentence = end.map_or(line, |(place, _)| &line[..place]).trim();
    if sentence.chars().count() <= PROPOSED_CHARS {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(PROPOSED_CHARS).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '-', ' ']))
}

/// A stop before white space or the end: *2.5 hours* goes on.
fn ends_sentence(line: &str, (place, c): (usize, char)) -> bool {
    let rest = &line[place + c.len_utf8()..];
    matches!(c, '.' | '!' | '?') && place > 0 && rest.chars().next().is_none_or(char::is_whitespace)
}

/// Reads the texts of a draft.
///
/// # Errors
/// [`Error::Invalid`] with every problem, by field.
pub fn said(kind: Kind, fields: &Fields) -> Result<Said> {
    let mut checks = Checks::default();
    let problem = needed(&mut checks, "problem", (fields, "tell-problem-empty"));
    let (solution, changed) = match kind {
        Kind::Tell => (solution(&mut checks, fields).ok(), Some(None)),
        Kind::Done => {
            let did = needed(&mut checks, "did", (fields, "tell-did-empty"));
            (did.map(Some), needed(&mut checks, "changed", (fields, "tell-changed-empty")).map(Some))
        }
    };
    let title = title(&mut checks, fields);
    // The public is asked neither: they use the service, and whoever leads the place can say yes.
    let is_public = is_public(fields);
    let origin = if is_public { Some(Origin::User) } else { Origin::parse(value(fields, "origin")) };
    let origin = checks.some("origin", origin, "tell-origin-empty");
    let who = Who::parse(value(fields, "who")).or((kind == Kind::Done).then_some(Who::Lead));
    let who = if is_public { Some(Who::Lead) } else { who };
    let who = checks.some("who", who, "tell-who-empty");
    let said = (|| {
        Some(Said {
            title: title?,
            problem: problem?,
            solution: solution?,
            changed: changed?,
            who: who?,
            origin: origin?,
        })
    })();
    checks.finish(said)
}

/// A text that must be there; an empty one is told in the form's own words.
fn needed(checks: &mut Checks, field: &'static str, (fields, key): (&Fields, &'static str)) -> Option<Prose> {
    checks.needed(field, Prose::parse(value(fields, field)), key)
}

/// What is wrong was noted among the problems already.
struct Noted;

/// What they would do, or the tick that they do not know yet. Words count for more than a tick.
fn solution(checks: &mut Checks, fields: &Fields) -> Result<Option<Prose>, Noted> {
    let parsed = Prose::parse(value(fields, "solution"));
    if parsed == Err(text::Problem::Empty) && value(fields, "unknown") == "yes" {
        return Ok(None);
    }
    checks.needed("solution", parsed, "tell-solution-empty").map(Some).ok_or(Noted)
}

/// The title on one line; proposed from the problem where nothing was typed.
fn title(checks: &mut Checks, fields: &Fields) -> Option<Title> {
    let typed = value(fields, "title").split_whitespace().collect::<Vec<_>>().join(" ");
    let proposed = proposed_title(value(fields, "problem"));
    match Title::parse(&typed) {
        // Without a problem there is nothing to propose from, and that is said at the problem.
        Err(text::Problem::Empty) => Title::parse(&proposed).ok(),
        parsed => checks.text("title", parsed),
    }
}

/// Reads the first page and fills in what follows from it: the place that was searched for, the title.
///
/// # Errors
/// [`Error::Invalid`] with every problem, by field.
pub async fn check<K>(ctx: &mut Ctx<'_, K>, kind: Kind, fields: &mut Fields) -> Result<Said> {
    let place = find_place(ctx, fields).await?;
    let answers = check_answers(ctx, fields).await?;
    let said = said(kind, fields);
    let mut problems = match &said {
        Err(Error::Invalid(problems)) => problems.clone(),
        _ => Vec::new(),
    };
    let further = [place.err(), answers.err()].into_iter().flatten();
    problems.extend(further.map(|(field, key)| wrong(field, key)));
    problems.sort_by_key(|problem| ASKED.iter().position(|field| *field == problem.field));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let said = said?;
    set(fields, "title", said.title.as_str());
    Ok(said)
}

fn wrong(field: &'static str, key: &'static str) -> crate::error::FieldProblem {
    crate::error::FieldProblem { field, problem: crate::error::Wrong::Key(key) }
}

type Misfit = (&'static str, &'static str);

/// The node of the form, or the one whose name was typed. Several of a name are left to the next page.
async fn find_place<K>(ctx: &mut Ctx<'_, K>, fields: &mut Fields) -> Result<Result<(), Misfit>> {
    if !value(fields, "at").is_empty() {
        return known_place(ctx, fields).await;
    }
    if value(fields, "where").trim().is_empty() {
        return Ok(Err(("where", "tell-where-empty")));
    }
    let found = doors::search(ctx, value(fields, "where")).await?;
    match found.as_slice() {
        [] => return Ok(Err(("where", "tell-where-unknown"))),
        [only] => {
            set(fields, "at", only.node.to_string());
            return known_place(ctx, fields).await;
        }
        _ => {}
    }
    Ok(Ok(()))
}

/// A place that came with the form: where it is gone or not open, the name is asked for instead.
async fn known_place<K>(ctx: &mut Ctx<'_, K>, fields: &mut Fields) -> Result<Result<(), Misfit>> {
    let found = match place_of(fields) {
        Some(node) => doors::doors(ctx, Some(node)).await,
        None => Err(Error::NotFound),
    };
    let key = match found {
        Ok(doors) if is_public(fields) && !doors.takes_public => {
            set(fields, "where", doors.spot.map(|spot| spot.full_name()).unwrap_or_default());
            "tell-place-no-public"
        }
        Ok(doors) if doors.is_open => return Ok(Ok(())),
        Ok(doors) => {
            set(fields, "where", doors.spot.map(|spot| spot.full_name()).unwrap_or_default());
            "tell-place-not-open"
        }
        Err(Error::NotFound) => "tell-place-unknown",
        Err(other) => return Err(other),
    };
    fields.remove("at");
    Ok(Err(("where", key)))
}

/// The problem that is answered must be there and seek answers.
async fn check_answers<K>(ctx: &mut Ctx<'_, K>, fields: &Fields) -> Result<Result<(), Misfit>> {
    let typed = value(fields, "answers");
    if typed.is_empty() {
        return Ok(Ok(()));
    }
    let Some(id) = ProblemId::parse(typed) else { return Ok(Err(("answers", "tell-answers-unknown"))) };
    Ok(match problem::visible(ctx, id).await {
        Ok(problem) if problem.seeks => Ok(()),
        Ok(_) => Err(("answers", "tell-answers-closed")),
        Err(Error::NotFound) => Err(("answers", "tell-answers-unknown")),
        Err(other) => return Err(other),
    })
}

/// The place of a draft, once it is known.
pub fn place_of(fields: &Fields) -> Option<NodeId> {
    NodeId::parse(value(fields, "at"))
}

/// Who sees what is told at the place of a draft, unless it is to be handled with care, and the name of the body whose
/// people these are; nothing where it has no place.
///
/// # Errors
/// [`Error::NotFound`] for a place that is not there any more.
pub async fn usual_sight<K>(ctx: &mut Ctx<'_, K>, draft: &Draft) -> Result<Option<(SeenBy, String)>> {
    let Some(node) = place_of(&draft.fields) else { return Ok(None) };
    let here = place(ctx, node).await?;
    Ok(Some((here.settings.seen_by, here.body.name.clone())))
}

/// The page that a draft needs next.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn next<K>(ctx: &mut Ctx<'_, K>, draft: &Draft) -> Result<Step> {
    if place_of(&draft.fields).is_none() {
        return Ok(Step::Place);
    }
    let names_somebody = draft.kind == Kind::Tell && draft.value("who") == Who::Somebody.name();
    let is_named = AccountId::parse(draft.value("somebody")).is_some() || !draft.value(NAMED).is_empty();
    if names_somebody && !is_named {
        return Ok(Step::Who);
    }
    if delivery::is_unasked(draft) {
        return Ok(Step::Door);
    }
    let is_unseen = draft.kind == Kind::Tell && draft.value("similar").is_empty();
    if is_unseen && !crate::find::similar::like(ctx, draft).await?.is_empty() {
        return Ok(Step::Similar);
    }
    Ok(Step::Check)
}

/// Where a person said they come from when they last told something: they are asked once.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn known_origin<K>(ctx: &mut Ctx<'_, K>) -> Result<Option<Origin>> {
    let Some(account) = ctx.actor.account() else { return Ok(None) };
    Ok(sent::last_origin(&mut ctx.tx, account.0).await?.as_deref().and_then(Origin::parse))
}

#[cfg(test)]
mod tests {
    use super::*;
    use waymark_domain::limits::TITLE_CHARS;

    #[test]
    fn a_title_is_the_first_sentence_or_its_first_words() {
        assert_eq!(proposed_title("  We wait 2.5 hours. Every day.\nMore"), "We wait 2.5 hours");
        let long = proposed_title(&"word ".repeat(40));
        assert!(long.ends_with("word…") && long.chars().count() <= PROPOSED_CHARS + 1, "{long}");
        assert!(proposed_title(&"x".repeat(500)).chars().count() <= TITLE_CHARS);
        assert_eq!(proposed_title("?"), "?");
        assert_eq!(proposed_title(""), "");
    }

    #[test]
    fn every_wrong_answer_is_told_at_once() {
        let fields = Fields::from([("origin".to_owned(), vec!["boss".to_owned()])]);
        let Err(Error::Invalid(problems)) = said(Kind::Tell, &fields) else { panic!("taken") };
        let named: Vec<_> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(named, ["problem", "solution", "origin", "who"]);
    }
}
