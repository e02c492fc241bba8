//! Answering: which of the four, then the short form of that one.

use super::send::{Task, send, show};
use crate::components::{Button, Content, Details, Fieldset, Radio, Radios};
use crate::failure::Outcome;
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::page;
use crate::pages::find::also;
use crate::pages::find::facts::new_since;
use crate::pages::find::record::{ask_why, load, title as title_of};
use crate::pages::find::said::Lines;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::BTreeMap;
use waymark_app::Error;
use waymark_app::find::labels;
use waymark_app::find::view::RecordView;
use waymark_app::people::session::Me;
use waymark_app::route::acts::Act;
use waymark_app::route::shared;
use waymark_app::routes::Route;
use waymark_app::words::text;
use waymark_domain::find::stage::AnswerKind;
use waymark_domain::text::WordsRef;

/// A text shorter than this is open above the question: whoever comes from *my work* has not read it yet.
const SHORT_BYTES: usize = 600;

/// Which of the four answers.
#[derive(Debug, Template)]
#[template(path = "pages/route/answer.html")]
pub struct ChoicePage {
    layout: Layout,
    reference: String,
    record: Content,
    idea: Vec<Details>,
    in_meeting: bool,
    action: String,
    choices: Radios,
    button: Button,
    meeting: Option<String>,
    ask: Option<String>,
    shared: Option<String>,
}

/// `GET /records/{reference}/answer`
pub async fn get(
    visitor: Visitor,
    Path(reference): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Outcome {
    let is = |name: &str| query.get(name).map_or("", String::as_str);
    let in_meeting = is("meeting") == "yes";
    if let Some(kind) = AnswerKind::parse(is("answer")) {
        return show(visitor, reference, Task::Answer { kind, in_meeting }, Form::default()).await;
    }
    choice(visitor, reference, (in_meeting, query.contains_key("chosen"))).await
}

/// `POST /records/{reference}/answer`
pub async fn post(visitor: Visitor, Path(reference): Path<String>, form: Form) -> Outcome {
    let in_meeting = form.value("meeting") == "yes";
    match AnswerKind::parse(form.value("answer")) {
        Some(kind) => send(visitor, reference, Task::Answer { kind, in_meeting }, form).await,
        None => choice(visitor, reference, (in_meeting, true)).await,
    }
}

async fn choice(visitor: Visitor, reference: String, (asked, is_empty): (bool, bool)) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let has_shared = !shared::list(&mut ctx).await.map_err(visitor.fails())?.is_empty();
    drop(ctx);
    let (view, _) = load(&visitor, &reference).await.map_err(visitor.fails())?;
    let is_decider = Act::Answer.is_open(&view);
    let may_type = Act::Meeting.is_open(&view);
    if !is_decider && !may_type {
        return refuse(&visitor, &view);
    }
    ask_why(&visitor, &view).await.map_err(visitor.fails())?;
    // Whoever is not the decider can only type what a meeting decided.
    let in_meeting = asked || !is_decider;
    let mut page = ChoicePage::new((&visitor, &view, &me), (in_meeting, may_type), is_empty);
    let may_share = has_shared && !in_meeting && view.record.sealed.is_none();
    page.shared = may_share.then(|| Route::Shared.to_string());
    let status = if is_empty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page::answer(status, &page, visitor.lang))
}

/// Once it is answered, the record says so; before, it is somebody else's.
fn refuse(visitor: &Visitor, view: &RecordView) -> Outcome {
    if view.record.stage.awaits_answer() {
        return Err(visitor.fails()(Error::Forbidden));
    }
    Ok(to_record(view, true))
}

/// To the record, which says that it was answered where that is why one is there.
pub(super) fn to_record(view: &RecordView, is_answered: bool) -> Response {
    let record = Route::Record { reference: view.record.told.reference.clone() };
    let why = if is_answered { "?done=answered" } else { "" };
    Redirect::to(&format!("{record}{why}")).into_response()
}

impl ChoicePage {
    fn new(
        (visitor, view, me): (&Visitor, &RecordView, &Me),
        (in_meeting, may_type): (bool, bool),
        is_empty: bool,
    ) -> Self {
        let lang = visitor.lang;
        let told = &view.record.told;
        let action = Route::Answer { reference: told.reference.clone() }.to_string();
        let problem = is_empty.then(|| text(lang, "answer-problem-choice"));
        let title = if in_meeting { "answer-title-meeting" } else { "answer-title" };
        let problems = problem.iter().map(|words| ("answer".to_owned(), words.clone())).collect();
        let one = |kind: &AnswerKind| {
            let hint = text(lang, &format!("answer-hint-{}", kind.name()));
            Radio::new(kind.name(), labels::answer(lang, *kind)).hint(hint)
        };
        let record = Route::Record { reference: told.reference.clone() }.to_string();
        let folded = |key, words: WordsRef| {
            let said = view.said(words);
            let open = said.and_then(|said| said.body.as_ref()).is_some_and(|body| body.len() < SHORT_BYTES);
            Details { open, ..Details::new(text(lang, key), Lines::of(said, lang)) }
        };
        let mut idea = vec![folded("record-fact-problem", told.problem)];
        idea.extend(told.solution.map(|solution| folded("record-fact-solution", solution)));
        idea.extend(new_since(view).map(|words| folded("record-fact-new-since", words)));
        idea.extend(also::to_read(view, lang));
        Self {
            layout: visitor.layout(Some(me), text(lang, title)).back(record).problems(problems),
            reference: told.reference.to_string(),
            record: title_of(view, lang),
            idea,
            in_meeting,
            choices: Radios::new(
                "answer",
                Fieldset::new(text(lang, "answer-choose")),
                AnswerKind::ALL.iter().map(one),
            )
            .error(problem),
            button: Button::new(text(lang, "answer-continue")),
            meeting: (may_type && !in_meeting).then(|| format!("{action}?meeting=yes")),
            ask: Act::Ask
                .is_open(view)
                .then(|| crate::pages::find::record::act_address(&told.reference, Act::Ask)),
            shared: None,
            action,
        }
    }
}
