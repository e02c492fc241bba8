//! The acts on a record that take one short form: a question, a reply, news, the three lines.

use super::send::{Task, send, show};
use super::typed;
use crate::components::{Button, Fieldset, Html, Input, Label, Radio, Radios, Textarea};
use crate::failure::{Outcome, nowhere};
use crate::form::Form;
use crate::layout::Layout;
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use waymark_app::find::view::RecordView;
use waymark_app::find::{labels, next, sight};
use waymark_app::route::acts::Act;
use waymark_app::route::change::Seen;
use waymark_app::route::trial::Lines;
use waymark_app::route::{answer, pass, reopen, review, talk, trial};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text, text_with};
use waymark_app::{Checks, Ctx, Error, Write};
use waymark_domain::find::sight::is_asked;
use waymark_domain::find::stage::Outcome as TryOutcome;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_domain::text::{Line, Problem, Prose};

/// `GET /records/{reference}/{act}`
pub async fn get(visitor: Visitor, Path((reference, act)): Path<(String, String)>) -> Outcome {
    match Act::parse(&act) {
        Some(Act::Answer | Act::Meeting) => Ok(to_answer(&reference).unwrap_or(nowhere(visitor).await)),
        Some(act) => show(visitor, reference, Task::Act(act), Form::default()).await,
        None => Ok(nowhere(visitor).await),
    }
}

/// `POST /records/{reference}/{act}`
pub async fn post(visitor: Visitor, Path((reference, act)): Path<(String, String)>, form: Form) -> Outcome {
    match Act::parse(&act).filter(|act| !matches!(act, Act::Answer | Act::Meeting)) {
        Some(act) => send(visitor, reference, Task::Act(act), form).await,
        None => Ok(nowhere(visitor).await),
    }
}

fn to_answer(reference: &str) -> Option<axum::response::Response> {
    let reference = Reference::parse(reference)?;
    Some(Redirect::to(&format!("{}?meeting=yes", Route::Answer { reference })).into_response())
}

/// The fields of an act's form as filled in.
pub fn act_fields(act: Act, form: &Form, layout: &Layout) -> Vec<Html> {
    let lang = layout.lang;
    let area = |field: &'static str| {
        let label = Label::new(text(lang, &format!("act-{act}-{field}")));
        Html::from(Textarea::new(field, label).value(form.value(field)).error(layout.problem(field)).rows(4))
    };
    match act {
        Act::Reply => vec![area("reply")],
        Act::Ask => vec![area("question")],
        Act::News => vec![area("news")],
        Act::Object | Act::Review | Act::Reopen => vec![area("why")],
        Act::Lines => vec![area("did"), area("changed"), outcomes(form, layout).into()],
        Act::Date => {
            let until = typed::date_input(form, layout, "until", text(lang, "act-date-until"));
            vec![until.into(), area("why")]
        }
        Act::Withdraw => {
            let why = Input::new("why", Label::new(text(lang, "act-withdraw-why")));
            vec![why.value(form.value("why")).error(layout.problem("why")).into()]
        }
        Act::WhoSees => vec![who_sees(form, layout).into()],
        Act::Hours => {
            let hours = Input::whole_number("hours", Label::new(text(lang, "act-hours-hours")));
            vec![hours.value(form.value("hours")).error(layout.problem("hours")).into()]
        }
        _ => Vec::new(),
    }
}

/// Fills in what holds now, where a form begins with it.
pub fn begin(task: Task, view: &RecordView, form: &mut Form) {
    if task == Task::Act(Act::WhoSees) && form.value("to").is_empty() {
        form.set("to", view.record.sight.name());
    }
}

/// What is said above a form.
pub fn lead(task: Task, view: &RecordView, lang: Lang) -> String {
    let offer = view.record.wider.filter(|_| task == Task::Act(Act::WhoSees));
    let Some(offer) = offer else { return text(lang, &task.key("lead")) };
    let name = next::name(view, lang, Some(offer.by));
    let values = [("name", name.into()), ("to", labels::seen_by(lang, offer.to).into())];
    let is_asked = is_asked(&view.viewer, &view.record);
    text_with(lang, &task.key(if is_asked { "asked" } else { "waits" }), &values)
}

fn who_sees(form: &Form, layout: &Layout) -> Radios {
    let lang = layout.lang;
    let one = |seen_by: &SeenBy| Radio::new(seen_by.name(), labels::seen_by(lang, *seen_by));
    Radios::new("to", Fieldset::new(text(lang, "act-who-sees-to")), SeenBy::ALL.iter().map(one))
        .value(form.value("to"))
        .error(layout.problem("to"))
}

fn outcomes(form: &Form, layout: &Layout) -> Radios {
    let lang = layout.lang;
    let one = |outcome: &TryOutcome| {
        let hint = text(lang, &format!("act-lines-outcome-{}", outcome.name()));
        Radio::new(outcome.name(), labels::outcome(lang, *outcome)).hint(hint)
    };
    Radios::new("outcome", Fieldset::new(text(lang, "act-lines-outcome")), TryOutcome::ALL.iter().map(one))
        .value(form.value("outcome"))
        .error(layout.problem("outcome"))
}

/// The buttons of a form: the main one first.
pub fn buttons(task: Task, lang: Lang) -> Vec<Button> {
    let main = || Button::new(text(lang, &task.key("button")));
    match task {
        Task::Act(Act::Reply) => {
            let nothing = Button::secondary(text(lang, "act-reply-nothing")).sends("nothing", "yes");
            vec![main(), nothing]
        }
        Task::Act(Act::WasAnswer) => vec![
            // The summary of errors leads to the first of the two.
            Button {
                id: "answer".into(),
                ..Button::secondary(text(lang, "record-judge-yes")).sends("answer", "yes")
            },
            Button::secondary(text(lang, "record-judge-no")).sends("answer", "no"),
        ],
        _ => vec![main()],
    }
}

/// Does an act as it was sent.
///
/// # Errors
/// What the use case says.
pub async fn perform(ctx: &mut Ctx<'_, Write>, seen: Seen, (act, form): (Act, &Form)) -> Result<(), Error> {
    let prose = |field: &'static str| required(field, Prose::parse(form.value(field)));
    match act {
        Act::Reply if form.value("nothing") == "yes" => talk::reply(ctx, seen, None).await?,
        Act::Reply => talk::reply(ctx, seen, Some(&prose("reply")?)).await?,
        Act::Why => talk::ask_why(ctx, seen).await?,
        Act::Lines => trial::end_try(ctx, seen, &lines(form)?).await?,
        Act::Hours => trial::confirm_hours(ctx, seen, hours(form)?).await?,
        Act::Review => review::ask(ctx, seen, &prose("why")?).await?,
        Act::Object => answer::object(ctx, seen, &prose("why")?).await?,
        Act::TakeOver => pass::take_over(ctx, seen).await?,
        Act::ComeBack => pass::call_back(ctx, seen).await?,
        // The question there is what is new, not why.
        Act::Reopen if form.value("why").trim().is_empty() => {
            return Err(Error::field("why", "act-reopen-empty"));
        }
        Act::Reopen => reopen::reopen(ctx, seen, &prose("why")?).await?,
        Act::Ask => talk::ask(ctx, seen, &prose("question")?).await?,
        Act::Date => move_date(ctx, seen, form).await?,
        Act::News => talk::news(ctx, seen, &prose("news")?).await?,
        Act::WasAnswer => talk::judge_answer(ctx, seen, was_answer(form)?).await?,
        Act::Interest => pass::declare_interest(ctx, seen).await?,
        Act::WhoSees => sight::show_to(ctx, seen, to(form)?).await?,
        Act::Withdraw => talk::withdraw(ctx, seen, &required("why", Line::parse(form.value("why")))?).await?,
        Act::Answer | Act::Meeting => return Err(Error::NotFound),
    };
    Ok(())
}

fn required<T>(field: &'static str, parsed: Result<T, Problem>) -> Result<T, Error> {
    let mut checks = Checks::default();
    let value = checks.text(field, parsed);
    checks.finish(value)
}

async fn move_date(
    ctx: &mut Ctx<'_, Write>,
    seen: Seen,
    form: &Form,
) -> Result<waymark_domain::find::innovation::Innovation, Error> {
    let mut checks = Checks::default();
    let until = checks.some("until", typed::date(form, "until"), "act-problem-date");
    let why = checks.text("why", Prose::parse(form.value("why")));
    let (until, why) = checks.finish(until.zip(why))?;
    talk::move_date(ctx, seen, (until, &why)).await
}

fn lines(form: &Form) -> Result<Lines, Error> {
    let mut checks = Checks::default();
    let did = checks.text("did", Prose::parse(form.value("did")));
    let changed = checks.text("changed", Prose::parse(form.value("changed")));
    let outcome = checks.some("outcome", TryOutcome::parse(form.value("outcome")), "act-problem-outcome");
    let lines = did.zip(changed).zip(outcome);
    checks.finish(lines.map(|((did, changed), outcome)| Lines { did, changed, outcome }))
}

fn to(form: &Form) -> Result<SeenBy, Error> {
    SeenBy::parse(form.value("to")).ok_or_else(|| Error::field("to", "act-problem-who-sees"))
}

fn hours(form: &Form) -> Result<u32, Error> {
    let typed = Some(form.value("hours").trim()).filter(|typed| !typed.is_empty());
    let hours = typed.and_then(typed::whole);
    hours.ok_or_else(|| Error::field("hours", "act-problem-hours"))
}

fn was_answer(form: &Form) -> Result<bool, Error> {
    match form.value("answer") {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Error::field("answer", "act-problem-yes-or-no")),
    }
}
