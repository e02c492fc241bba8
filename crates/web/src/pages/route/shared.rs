//! Shared answers: the list, answering several records at once, one of them with what more can be answered with it.

use super::refused::refusal_words;
use super::send::is_mendable;
use super::sure::{Sending, SurePage, go_on, is_to_change};
use super::typed;
use crate::components::{
    Checkbox, Checkboxes, Content, Fieldset, Label, Link, Radio, Radios, Row, SummaryList, Textarea,
};
use crate::failure::Outcome;
use crate::files::Take;
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::pages::find::named::{in_form, in_form_at};
use crate::pages::find::said::Lines;
use crate::pages::find::shown::ShownItem;
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use std::collections::BTreeMap;
use waymark_app::find::view::find;
use waymark_app::find::{labels, mask};
use waymark_app::people::session::Me;
use waymark_app::route::answer::Words;
use waymark_app::route::change::Seen;
use waymark_app::route::shared::{self, Choice, Listed, Reread, Shown, Typed};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text, text_with};
use waymark_app::{Checks, Ctx, Error, Result, Write, once};
use waymark_domain::find::stage::Reason;
use waymark_domain::ids::{NodeId, SharedId};
use waymark_domain::reference::Reference;
use waymark_domain::route::shared::SharedAnswer;
use waymark_domain::text::Prose;

/// The shared answers that there are.
#[derive(Debug, Template)]
#[template(path = "pages/route/shared.html")]
struct List {
    all: Vec<ListedItem>,
    new: String,
    take: Take,
}
is_html!(List);

/// A shared answer on the list.
#[derive(Debug)]
struct ListedItem {
    href: String,
    words: Content,
    line: String,
    again: Option<Link>,
}

/// `GET /shared`
pub async fn list(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let all = shared::list(&mut ctx).await.map_err(visitor.fails())?;
    let all = all.iter().map(|one| listed(one, visitor.lang)).collect();
    let forms = [Route::SharedTable, Route::SharedData, Route::SharedFeed];
    let take = Take::new(visitor.lang, forms.map(|route| route.to_string()));
    let list = List { all, new: Route::ShareAnswer.to_string(), take };
    QuestionPage::new(&visitor, Some(&me), ("shared-title", Form::default()))
        .back(Route::Work)
        .no_button()
        .before(list)
        .answer(None)
}

fn listed(one: &Listed, lang: Lang) -> ListedItem {
    let words = match &one.words {
        Some(words) => Lines::new(words, one.language, lang).into(),
        None => text(lang, "record-erased").into(),
    };
    let again = Link::new(text(lang, "shared-again"), Route::RereadShared { shared: one.id }.to_string());
    ListedItem {
        href: Route::SharedAnswer { shared: one.id }.to_string(),
        words,
        line: line(one, lang),
        again: one.is_asked.then_some(again),
    }
}

/// How often it was given, and when it is read again.
pub(super) fn line(one: &Listed, lang: Lang) -> String {
    let values = [("count", one.uses.into()), ("date", date(lang, one.reread_on).into())];
    text_with(lang, "shared-line", &values)
}

/// `GET /shared/new`
pub async fn new(visitor: Visitor) -> Outcome {
    write_form(&visitor, Form::default(), None).await
}

/// `POST /shared/new`
pub async fn write(visitor: Visitor, mut form: Form) -> Outcome {
    // Whoever comes from an answer that is nearly an earlier one brings its words along.
    if form.value("begin") == "yes" || is_to_change(&mut form) {
        form.set("begin", "");
        form.set("sure", "");
        return write_form(&visitor, form, None).await;
    }
    let is_sure = form.value("sure") == "yes";
    match written(&visitor, (&form, is_sure)).await {
        Ok(_) if !is_sure => sure(&visitor, &form).await,
        Ok(location) => Ok(Redirect::to(&location).into_response()),
        Err(error) if is_mendable(&error) => {
            form.set("sure", "");
            write_form(&visitor, form, Some(error)).await
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// Writes it and gives it; where whoever sent it is not asked yet whether they are sure, all of that is undone.
async fn written(visitor: &Visitor, (form, is_sure): (&Form, bool)) -> Result<String> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    if let Some(before) = once::answered(&mut ctx, form.token()).await? {
        return Ok(before);
    }
    let answer = write_typed(&mut ctx, form).await?;
    let location = format!("{}?done=given", Route::SharedAnswer { shared: answer.id });
    finish(ctx, (form, is_sure), location).await
}

/// Writes what was typed as whoever acts, and gives it to what was ticked.
///
/// # Errors
/// [`Error::Invalid`] by field, and what [`shared::write`] says.
pub async fn write_typed(ctx: &mut Ctx<'_, Write>, form: &Form) -> Result<SharedAnswer> {
    let mut checks = Checks::default();
    // In the order of the page.
    checks.holds("records", ticked(form).next().is_some(), "shared-problem-records");
    let words = words(form, &mut checks);
    let reread_on = checks.some("until", typed::date(form, "until"), "act-problem-date");
    let typed = checks.finish(words.zip(reread_on))?;
    let typed = Typed { words: typed.0, reread_on: typed.1 };
    let records = records(ctx, form).await?;
    shared::write(ctx, &typed, &records).await.map_err(of_records)
}

async fn finish(mut ctx: Ctx<'_, Write>, (form, is_sure): (&Form, bool), location: String) -> Result<String> {
    if is_sure {
        once::remember(&mut ctx, form.token(), &location).await?;
        ctx.commit().await?;
    }
    Ok(location)
}

/// What a shared answer says, as it was typed.
fn words(form: &Form, checks: &mut Checks) -> Option<Words> {
    let reason = Reason::parse(form.value("reason")).filter(|reason| shared::reasons().contains(reason));
    let reason = checks.some("reason", reason, "answer-problem-reason");
    let words = checks.text("words", Prose::parse(form.value("words")));
    let would_change = checks.text("would-change", Prose::parse(form.value("would-change")));
    let ((reason, words), would_change) = reason.zip(words).zip(would_change)?;
    Some(Words { reason, words, would_change })
}

/// What was ticked. The page that asks whether one is sure sends all of it in one field.
fn ticked(form: &Form) -> impl Iterator<Item = &str> {
    form.all("records").iter().flat_map(|sent| sent.split(' ')).filter(|one| !one.is_empty())
}

/// By what people call it.
fn references(form: &Form) -> Vec<&str> {
    ticked(form).filter_map(|one| one.split_once(':')).map(|(reference, _)| reference).collect()
}

/// The records that were ticked, each in the version that was seen.
async fn records(ctx: &mut Ctx<'_, Write>, form: &Form) -> Result<Vec<Seen>> {
    let mut seen = Vec::new();
    for ticked in ticked(form) {
        let parts = ticked
            .split_once(':')
            .and_then(|(reference, version)| Some((Reference::parse(reference)?, version.parse().ok()?)));
        let (reference, version) = parts.ok_or_else(not_all)?;
        let id = find(ctx, &reference).await.map_err(of_records)?;
        seen.push(Seen { id, version: Some(version) });
    }
    Ok(seen)
}

fn not_all() -> Error {
    Error::field("records", "shared-problem-not-all")
}

/// A record that is not there is told as one that has moved on.
fn of_records(error: Error) -> Error {
    if matches!(error, Error::NotFound) { not_all() } else { error }
}

async fn write_form(visitor: &Visitor, mut form: Form, error: Option<Error>) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let choices = shared::choices(&mut ctx, &references(&form)).await.map_err(visitor.fails())?;
    if choices.is_empty() && error.is_none() {
        let page = QuestionPage::new(visitor, Some(&me), ("shared-new-title", Form::default()));
        return page.back(Route::Shared).say("shared-none-waits").no_button().answer(None);
    }
    if let Some(first) = choices.first().filter(|_| form.token().is_empty()) {
        let last = shared::last_day(&mut ctx, first.item.node).await.map_err(visitor.fails())?;
        typed::fill_date(&mut form, "until", last);
    }
    let asking = Asking { visitor, me: &me, error: error.map(|error| told(visitor.lang, error)) };
    let layout = asking.layout();
    let boxes = boxes((&choices, None), (&form, &layout));
    let (reason, [words, change]) = text_fields(&form, &layout);
    let page = asking.page("shared-new-title", form).back(Route::Shared).say("shared-new-lead");
    // Where nothing waits any more, what was typed is still there, and the problem has a place of its own.
    let page = if choices.is_empty() { page.shown_problem("records") } else { page.with(boxes) };
    page.with(reason)
        .with(words)
        .with(change)
        .date("until", "shared-until")
        .button("shared-new-button")
        .answer(asking.error.as_ref())
}

/// What was refused, as a problem of a field: the forms here have no other place for it.
pub fn told(lang: Lang, error: Error) -> Error {
    match error {
        Error::Refused(refusal) => {
            let (field, _) = refusal_words(lang, refusal);
            let key = match field {
                Some("until") if matches!(refusal, waymark_domain::route::facts::Refusal::DateInThePast) => {
                    "act-refused-date-past"
                }
                Some("until") => "shared-problem-until",
                _ => "shared-problem-not-all",
            };
            Error::field(if field == Some("until") { "until" } else { "records" }, key)
        }
        Error::Conflict | Error::Forbidden => not_all(),
        other => other,
    }
}

/// A form that is shown, maybe again.
struct Asking<'a> {
    visitor: &'a Visitor,
    me: &'a Me,
    error: Option<Error>,
}

impl Asking<'_> {
    fn layout(&self) -> Layout {
        self.visitor.layout(Some(self.me), String::new()).with_error(self.error.as_ref())
    }

    fn page(&self, title: &str, form: Form) -> QuestionPage {
        QuestionPage::new(self.visitor, Some(self.me), (title, form)).wrong(self.error.as_ref())
    }
}

/// What waits for the person's answer, to be ticked.
fn boxes((choices, body): (&[Choice], Option<NodeId>), (form, layout): (&Form, &Layout)) -> Checkboxes {
    let lang = layout.lang;
    let fits = choices.iter().filter(|one| body.is_none_or(|body| body == one.body));
    let one = |choice: &Choice| {
        let version = choice.seen.version.unwrap_or_default();
        let line = format!("{}. {}", choice.item.place, ShownItem::usual_line(&choice.item, lang));
        Checkbox::new(format!("{}:{version}", choice.item.reference), ShownItem::title_of(&choice.item, lang))
            .hint(line)
    };
    // What has moved on meanwhile is not on the list any more, or is there in its new version, unticked.
    Checkboxes::new("records", Fieldset::new(text(lang, "shared-records")), fits.map(one))
        .values(ticked(form).map(str::to_owned).collect::<Vec<_>>())
        .error(layout.problem("records"))
}

/// The fields of what a shared answer says.
fn text_fields(form: &Form, layout: &Layout) -> (Radios, [Textarea; 2]) {
    let lang = layout.lang;
    let area = |field: &'static str, key: &str| {
        let area = Textarea::new(field, Label::new(text(lang, key))).rows(4);
        area.value(form.value(field)).error(layout.problem(field))
    };
    let reasons = shared::reasons().iter();
    let reasons = reasons.map(|reason| Radio::new(reason.name(), labels::reason(lang, *reason)));
    let reason = Radios::new("reason", Fieldset::new(text(lang, "answer-reason")), reasons)
        .value(form.value("reason"))
        .error(layout.problem("reason"));
    (reason, [area("words", "answer-stop-words"), area("would-change", "answer-stop-would-change")])
}

/// Stop and read this before it goes to so many people.
async fn sure(visitor: &Visitor, form: &Form) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let found = match references(form).first().and_then(|first| Reference::parse(first)) {
        Some(first) => in_form(&mut ctx, &first, form).await.map_err(visitor.fails())?,
        None => Vec::new(),
    };
    drop(ctx);
    let count = i64::try_from(ticked(form).count()).unwrap_or(i64::MAX);
    let mut form = form.clone();
    form.set("records", ticked(&form).collect::<Vec<_>>().join(" "));
    let words = text_with(visitor.lang, "shared-sure", &[("count", count.into())]);
    let words = (visitor.text("shared-sure-title"), words);
    let page = SurePage::of((visitor, Some(&me)), words, "shared-sure-button");
    Ok(page.naming(found, visitor.lang).answer((visitor.address.clone(), &form), visitor.lang))
}

/// `GET /shared/{shared}`
pub async fn get(
    visitor: Visitor,
    Path(id): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Outcome {
    let done = query.get("done").map(String::as_str);
    shown(&visitor, &id, (Form::default(), None, done)).await
}

/// `POST /shared/{shared}`
pub async fn give(visitor: Visitor, Path(id): Path<String>, mut form: Form) -> Outcome {
    if is_to_change(&mut form) {
        return shown(&visitor, &id, (form, None, None)).await;
    }
    let is_sure = form.value("sure") == "yes";
    match given(&visitor, &id, (&form, is_sure)).await {
        Ok(_) if !is_sure => sure(&visitor, &form).await,
        Ok(location) => Ok(Redirect::to(&location).into_response()),
        Err(error) if is_mendable(&error) => {
            form.set("sure", "");
            shown(&visitor, &id, (form, Some(error), None)).await
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

fn parsed(id: &str) -> Result<SharedId> {
    SharedId::parse(id).ok_or(Error::NotFound)
}

async fn given(visitor: &Visitor, id: &str, (form, is_sure): (&Form, bool)) -> Result<String> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    if let Some(before) = once::answered(&mut ctx, form.token()).await? {
        return Ok(before);
    }
    let id = parsed(id)?;
    give_typed(&mut ctx, id, form).await?;
    let location = format!("{}?done=given", Route::SharedAnswer { shared: id });
    finish(ctx, (form, is_sure), location).await
}

/// Gives a shared answer, as whoever acts, to what was ticked.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not know of it, before anything of what they ticked is looked at; what
/// [`shared::use_for`] says.
pub async fn give_typed(ctx: &mut Ctx<'_, Write>, id: SharedId, form: &Form) -> Result<SharedAnswer> {
    shared::shown(ctx, id).await?;
    let records = records(ctx, form).await?;
    shared::use_for(ctx, id, &records).await.map_err(of_records)
}

async fn shown(
    visitor: &Visitor,
    id: &str,
    (form, error, done): (Form, Option<Error>, Option<&str>),
) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let id = parsed(id).map_err(visitor.fails())?;
    let one = shared::shown(&mut ctx, id).await.map_err(visitor.fails())?;
    let choices = shared::choices(&mut ctx, &references(&form)).await.map_err(visitor.fails())?;
    let may_mask = mask::may_mask(&mut ctx, one.answer.body).await.map_err(visitor.fails())?;
    let has_any = one.is_open && choices.iter().any(|choice| choice.body == one.answer.body);
    let asking = Asking { visitor, me: &me, error: error.map(|error| told(visitor.lang, error)) };
    let boxes = boxes((&choices, Some(one.answer.body)), (&form, &asking.layout()));
    let page = asking.page("shared-one-title", form).back(Route::Shared).before(facts(&one, visitor.lang));
    let page = match done {
        Some(what @ ("given" | "again" | "masked")) => page.success(&format!("shared-done-{what}")),
        _ => page,
    };
    let page = match (one.is_open, has_any) {
        (true, true) => page.heading("shared-use").with(boxes).button("shared-use-button"),
        (true, false) => page.shown_problem("records").say("shared-none-waits").no_button(),
        (false, _) => page.shown_problem("records").say("shared-not-open").no_button(),
    };
    let again = (!one.answer.is_withdrawn).then_some(("shared-again", Route::RereadShared { shared: id }));
    let masking = may_mask.then_some(("mask-title", Route::MaskShared { shared: id }));
    let page = again.into_iter().chain(masking).fold(page, |page, (key, to)| page.link(key, to));
    page.answer(asking.error.as_ref())
}

fn facts(one: &Shown, lang: Lang) -> SummaryList {
    let said = |words: &str| Content::from(Lines::new(words, one.answer.text.language, lang));
    let row = |key: &str, value: Content| Row::new(text(lang, key), value);
    let owner = one.owner.clone().unwrap_or_else(|| text(lang, "record-somebody"));
    SummaryList::new([
        row("record-fact-reason", labels::reason(lang, one.answer.text.reason).into()),
        row("record-fact-words", said(&one.words)),
        row("record-fact-would-change", said(&one.would_change)),
        row("shared-fact-owner", owner.into()),
        row("shared-fact-until", date(lang, one.answer.kept.reread_on).into()),
        row("shared-fact-uses", text_with(lang, "shared-uses", &[("count", one.uses.into())]).into()),
    ])
}

/// `GET /shared/{shared}/again`
pub async fn again(visitor: Visitor, Path(id): Path<String>) -> Outcome {
    again_form(&visitor, &id, (Form::default(), None)).await
}

async fn again_form(visitor: &Visitor, id: &str, (mut form, error): (Form, Option<Error>)) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let id = parsed(id).map_err(visitor.fails())?;
    let one = shared::shown(&mut ctx, id).await.map_err(visitor.fails())?;
    if one.answer.is_withdrawn {
        return Ok(Redirect::to(&Route::SharedAnswer { shared: id }.to_string()).into_response());
    }
    let last = shared::last_day(&mut ctx, one.answer.node).await.map_err(visitor.fails())?;
    if form.token().is_empty() {
        form.set("reason", one.answer.text.reason.name());
        form.set("words", one.words.clone());
        form.set("would-change", one.would_change.clone());
        typed::fill_date(&mut form, "until", last);
    }
    let asking = Asking { visitor, me: &me, error: error.map(retold) };
    let (reason, [words, change]) = text_fields(&form, &asking.layout());
    asking
        .page("shared-again-title", form)
        .back(Route::SharedAnswer { shared: id })
        .hidden("version", one.answer.version)
        .say("shared-again-lead")
        .radios("what", "shared-what", &["keep", "change", "withdraw"])
        .with(reason)
        .with(words)
        .with(change)
        .date("until", "shared-until")
        .button("shared-again-button")
        .answer(asking.error.as_ref())
}

/// What was refused when it was read again, as a problem of a field.
pub fn retold(error: Error) -> Error {
    use waymark_domain::route::facts::Refusal;
    match error {
        Error::Refused(Refusal::DateInThePast) => Error::field("until", "act-refused-date-past"),
        Error::Refused(Refusal::DateTooFar(_)) => Error::field("until", "shared-problem-until"),
        Error::Conflict => Error::field("what", "shared-problem-changed"),
        Error::Refused(_) | Error::Forbidden => Error::field("what", "shared-problem-not-yours"),
        other => other,
    }
}

/// `POST /shared/{shared}/again`
pub async fn reread(visitor: Visitor, Path(id): Path<String>, mut form: Form) -> Outcome {
    if is_to_change(&mut form) {
        return again_form(&visitor, &id, (form, None)).await;
    }
    match read_again(&visitor, &id, &form).await {
        Ok(sending) => Ok(go_on(&visitor, &form, sending)),
        Err(error) if is_mendable(&error) => again_form(&visitor, &id, (form, Some(error))).await,
        Err(error) => Err(visitor.fails()(error)),
    }
}

async fn read_again(visitor: &Visitor, id: &str, form: &Form) -> Result<Sending> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    if let Some(before) = once::answered(&mut ctx, form.token()).await? {
        return Ok(Ok(before));
    }
    let id = parsed(id)?;
    let answer = reread_typed(&mut ctx, id, form).await?;
    let found = in_form_at(&mut ctx, answer.node, form).await?;
    if !found.is_empty() && form.value("what") == "change" {
        return Ok(Err(found));
    }
    let location = format!("{}?done=again", Route::SharedAnswer { shared: id });
    finish(ctx, (form, true), location).await.map(Ok)
}

/// Reads a shared answer again as whoever acts.
///
/// # Errors
/// As [`give_typed`]; what [`shared::reread`] says.
pub async fn reread_typed(ctx: &mut Ctx<'_, Write>, id: SharedId, form: &Form) -> Result<SharedAnswer> {
    shared::shown(ctx, id).await?;
    let typed = choice(form)?;
    shared::reread(ctx, (id, form.value("version").parse().ok()), &typed).await
}

fn choice(form: &Form) -> Result<Reread> {
    let mut checks = Checks::default();
    let until = typed::date(form, "until");
    let built = match form.value("what") {
        "keep" => checks.some("until", until, "act-problem-date").map(Reread::Keep),
        "change" => {
            let words = words(form, &mut checks);
            let until = checks.some("until", until, "act-problem-date");
            words.zip(until).map(|(words, reread_on)| Reread::Change(Typed { words, reread_on }))
        }
        "withdraw" => Some(Reread::Withdraw),
        _ => checks.some("what", None, "shared-problem-what"),
    };
    checks.finish(built)
}
