//! How every form on a record is sent: once, against the version that was seen, and never losing what was typed.

use super::act::act_fields;
use super::answer_form::{answer_fields, extras};
use super::refused::refusal_words;
use super::sure::{Alike, Sending, SurePage, go_on, is_to_change};
use super::{act, answer_parse};
use crate::components::{Button, Content, Html, Link, NotificationBanner, Timeline};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, TOKEN, new_token};
use crate::layout::Layout;
use crate::page;
use crate::pages::find::history::entries;
use crate::pages::find::named::in_form;
use crate::pages::find::record::{act_address, ask_why, load, title};
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use waymark_app::find::named::Found;
use waymark_app::find::view::{RecordView, find};
use waymark_app::people::session::Me;
use waymark_app::route::acts::Act;
use waymark_app::route::alike::nearly_said;
use waymark_app::route::change::Seen;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, money_pence, text, text_with};
use waymark_app::{Ctx, Error, Write, once};
use waymark_domain::find::stage::AnswerKind;
use waymark_domain::reference::Reference;

/// Which form it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// One of the acts.
    Act(Act),
    /// One of the answers.
    Answer {
        /// Which.
        kind: AnswerKind,
        /// Was it decided in a meeting?
        in_meeting: bool,
    },
}

impl Task {
    /// The right that it takes.
    pub const fn act(self) -> Act {
        match self {
            Self::Act(act) => act,
            Self::Answer { in_meeting: true, .. } => Act::Meeting,
            Self::Answer { .. } => Act::Answer,
        }
    }

    /// The name by which the record's page says that it was done.
    const fn done(self) -> &'static str {
        match self {
            Self::Act(act) => act.name(),
            Self::Answer { in_meeting: true, .. } => Act::Meeting.name(),
            Self::Answer { kind, .. } => kind.name(),
        }
    }

    /// Where its words are: `act-ask-title`, `answer-go-title`.
    pub fn key(self, what: &str) -> String {
        match self {
            Self::Act(act) => format!("act-{act}-{what}"),
            Self::Answer { kind, .. } => format!("answer-{}-{what}", kind.name()),
        }
    }

    fn address(self, reference: &Reference) -> String {
        match self {
            Self::Act(act) => act_address(reference, act),
            Self::Answer { .. } => act_address(reference, Act::Answer),
        }
    }
}

/// The page of a form on a record.
#[derive(Debug, Template)]
#[template(path = "pages/route/form.html")]
pub struct FormPage {
    layout: Layout,
    reference: String,
    record: Content,
    notice: Option<NotificationBanner>,
    changed: Option<Timeline>,
    lead: String,
    action: String,
    hidden: Vec<(String, String)>,
    fields: Vec<Html>,
    buttons: Vec<Button>,
    cancel: String,
}

/// What was typed where it cannot be sent any more, for copying.
#[derive(Debug, Template)]
#[template(path = "pages/route/gone.html")]
pub struct GonePage {
    layout: Layout,
    notice: NotificationBanner,
    changed: Option<Timeline>,
    typed: Vec<String>,
    record: String,
}

/// Shows a form for the first time: to whom may do it, and sends the others back to the record.
pub async fn show(visitor: Visitor, reference: String, task: Task, form: Form) -> Outcome {
    let (view, me) = load_to_act(&visitor, &reference).await.map_err(visitor.fails())?;
    // Whoever comes to an answer that has been given reads it, rather than that it is not theirs.
    let is_answered = matches!(task, Task::Answer { .. }) && !view.record.stage.awaits_answer();
    if !task.act().is_allowed(&view) && !is_answered {
        return Err(visitor.fails()(Error::Forbidden));
    }
    if !task.act().is_open(&view) {
        return Ok(super::answer::to_record(&view, is_answered));
    }
    ask_why(&visitor, &view).await.map_err(visitor.fails())?;
    let again = Again { visitor: &visitor, view: &view, me: me.as_ref(), task };
    again.form(form, None).await.map_err(visitor.fails())
}

/// The record for who is signed in, or has its code.
async fn load_to_act(visitor: &Visitor, reference: &str) -> Result<(RecordView, Option<Me>), Error> {
    let (view, me) = load(visitor, reference).await?;
    if view.viewer.is_signed_in { Ok((view, me)) } else { Err(Error::SignInFirst) }
}

/// Does what was sent, once; where it cannot be done, shows the form again as it was filled in.
pub async fn send(visitor: Visitor, reference: String, task: Task, mut form: Form) -> Outcome {
    let is_weighty = is_weighty(task, &form);
    let repeats =
        !is_weighty && repeats(&visitor, &reference, (task, &form)).await.map_err(visitor.fails())?;
    if form.value("sure") == "change" || is_weighty || repeats {
        return check(visitor, reference, task, form).await;
    }
    match attempt(&visitor, &reference, task, &form).await {
        Ok(sending) => Ok(go_on(&visitor, &form, sending)),
        Err(error) if is_mendable(&error) => {
            form.set("sure", "");
            let (view, me) = load_to_act(&visitor, &reference).await.map_err(visitor.fails())?;
            let again = Again { visitor: &visitor, view: &view, me: me.as_ref(), task };
            again.show(form, error).await.map_err(visitor.fails())
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// What somebody is told whose act was not done: whoever may not do it is told so, whatever else is wrong with what they
/// sent, unless the record has moved on since they might.
pub fn verdict(view: &RecordView, act: Act, error: Error) -> Error {
    if act.is_allowed(view) || matches!(error, Error::Conflict) { error } else { Error::Forbidden }
}

/// Can it be done after all, once something is mended or somebody else asks?
pub const fn is_mendable(error: &Error) -> bool {
    matches!(error, Error::Invalid(_) | Error::Refused(_) | Error::Conflict | Error::Forbidden)
}

/// A no and an answer with money are shown once more before they are sent.
fn is_weighty(task: Task, form: &Form) -> bool {
    let Task::Answer { kind, .. } = task else { return false };
    let has_money = super::typed::pence(form.value("pounds")).is_some_and(|pence| pence > 0);
    let weighs = kind == AnswerKind::Stop || (kind == AnswerKind::Go && has_money);
    weighs && form.value("sure") != "yes"
}

/// The page before something weighty, or the form again for whoever wants to change it. What cannot be taken is said
/// before anybody is asked whether they are sure.
async fn check(visitor: Visitor, reference: String, task: Task, mut form: Form) -> Outcome {
    let (view, me) = load_to_act(&visitor, &reference).await.map_err(visitor.fails())?;
    let again = Again { visitor: &visitor, view: &view, me: me.as_ref(), task };
    if !task.act().is_open(&view) {
        let error = if task.act().is_allowed(&view) { Error::Conflict } else { Error::Forbidden };
        return again.show(form, error).await.map_err(visitor.fails());
    }
    ask_why(&visitor, &view).await.map_err(visitor.fails())?;
    if is_to_change(&mut form) {
        return again.form(form, None).await.map_err(visitor.fails());
    }
    form.set("sure", "");
    match tried(&visitor, &reference, task, &form).await {
        Ok(found) => {
            let alike = alike(&visitor, &view, (task, &form)).await.map_err(visitor.fails())?;
            Ok(again.sure(&form, (alike, found)))
        }
        Err(error) if is_mendable(&error) => again.show(form, error).await.map_err(visitor.fails()),
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// Is it a *not now* in nearly the words of an earlier answer, which nobody has been asked about yet? A *no* is shown once
/// more in any case.
async fn repeats(visitor: &Visitor, reference: &str, (task, form): (Task, &Form)) -> Result<bool, Error> {
    let is_new = form.value("sure").is_empty();
    let is_not_now = matches!(task, Task::Answer { kind: AnswerKind::NotNow, .. });
    if !is_new || !is_not_now || form.value("words").is_empty() {
        return Ok(false);
    }
    let (view, _) = load_to_act(visitor, reference).await?;
    Ok(alike(visitor, &view, (task, form)).await?.is_some())
}

/// What was said before in nearly the same words, with what takes these to a shared answer.
async fn alike(
    visitor: &Visitor,
    view: &RecordView,
    (task, form): (Task, &Form),
) -> Result<Option<Alike>, Error> {
    let Task::Answer { kind: AnswerKind::Stop | AnswerKind::NotNow, in_meeting } = task else {
        return Ok(None);
    };
    let (mut ctx, me) = visitor.read().await?;
    if me.is_none() {
        return Ok(None);
    }
    let found = nearly_said(&mut ctx, view.record.id, form.value("words")).await?;
    let Some(earlier) = found else { return Ok(None) };
    let values = [
        ("reference", earlier.reference.to_string().into()),
        ("date", date(visitor.lang, earlier.on).into()),
    ];
    let change = if form.value("would-change").is_empty() { "awaited" } else { "would-change" };
    let ticked = format!("{}:{}", view.record.told.reference, view.record.version);
    let hidden = [
        ("begin", "yes"),
        ("records", ticked.as_str()),
        ("reason", form.value("reason")),
        ("words", form.value("words")),
        ("would-change", form.value(change)),
    ];
    // What a meeting decided, and a name that is hidden, are answered on the record's own page.
    let may_share = !in_meeting && view.record.sealed.is_none();
    Ok(Some(Alike {
        words: text_with(visitor.lang, "answer-alike", &values),
        earlier: Link::new(
            text(visitor.lang, "answer-alike-link"),
            Route::Record { reference: earlier.reference }.to_string(),
        ),
        action: Route::ShareAnswer.to_string(),
        hidden: hidden
            .iter()
            .filter(|_| may_share)
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    }))
}

/// Would it be taken, and what in it could tell who somebody is? Done as it would be, and undone.
async fn tried(visitor: &Visitor, reference: &str, task: Task, form: &Form) -> Result<Vec<Found>, Error> {
    let (mut ctx, reference) = to_write(visitor, reference).await?;
    perform(&mut ctx, &reference, (task, form)).await?;
    in_form(&mut ctx, &reference, form).await
}

async fn attempt(visitor: &Visitor, reference: &str, task: Task, form: &Form) -> Result<Sending, Error> {
    let (mut ctx, reference) = to_write(visitor, reference).await?;
    if let Some(before) = once::answered(&mut ctx, form.token()).await? {
        return Ok(Ok(before));
    }
    perform(&mut ctx, &reference, (task, form)).await?;
    let found = in_form(&mut ctx, &reference, form).await?;
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let location = format!("{}?done={}", Route::Record { reference }, task.done());
    once::remember(&mut ctx, form.token(), &location).await?;
    ctx.commit().await?;
    Ok(Ok(location))
}

/// A transaction for an act on a record. Who may not act at all is told so before whether there is such a record.
async fn to_write<'v>(visitor: &'v Visitor, reference: &str) -> Result<(Ctx<'v, Write>, Reference), Error> {
    match Reference::parse(reference) {
        Some(reference) => Ok((visitor.write_record(&reference).await?.0, reference)),
        None => visitor.write_as_member().await.and(Err(Error::NotFound)),
    }
}

async fn perform(
    ctx: &mut Ctx<'_, Write>,
    reference: &Reference,
    (task, form): (Task, &Form),
) -> Result<(), Error> {
    let id = find(ctx, reference).await?;
    let seen = Seen { id, version: form.value("version").parse().ok() };
    match task {
        // Apart: together they would make every caller's future as large as the largest of them.
        Task::Act(act) => Box::pin(act::perform(ctx, seen, (act, form))).await?,
        Task::Answer { kind, in_meeting } => {
            Box::pin(answer_parse::perform(ctx, (seen, reference), (kind, in_meeting), form)).await?;
        }
    }
    Ok(())
}

/// A form that is shown again.
struct Again<'a> {
    visitor: &'a Visitor,
    view: &'a RecordView,
    /// Nobody where whoever acts has the record's code.
    me: Option<&'a Me>,
    task: Task,
}

impl Again<'_> {
    fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// After an error: the form, or what was typed where the record has moved past it.
    async fn show(&self, form: Form, error: Error) -> Result<Response, Error> {
        let error = verdict(self.view, self.task.act(), error);
        let status = match &error {
            Error::Invalid(_) | Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Forbidden => StatusCode::FORBIDDEN,
            _ => StatusCode::CONFLICT,
        };
        if self.task.act().is_open(self.view) {
            ask_why(self.visitor, self.view).await?;
            let mut response = self.form(form, Some(&error)).await?;
            *response.status_mut() = status;
            return Ok(response);
        }
        Ok(self.gone(&form, (status, &error)))
    }

    async fn form(&self, mut form: Form, error: Option<&Error>) -> Result<Response, Error> {
        let seen = form.value("version").parse().ok();
        if form.token().is_empty() || matches!(error, Some(Error::Conflict)) {
            form.set(TOKEN, new_token(&self.visitor.env));
        }
        form.set("version", self.view.record.version.to_string());
        let page = self.page(form, (error, seen)).await?;
        Ok(page::answer(StatusCode::OK, &page, self.lang()))
    }

    async fn page(
        &self,
        mut form: Form,
        (error, seen): (Option<&Error>, Option<u32>),
    ) -> Result<FormPage, Error> {
        let lang = self.lang();
        act::begin(self.task, self.view, &mut form);
        let reference = &self.view.record.told.reference;
        let record = Route::Record { reference: reference.clone() }.to_string();
        let mut layout = self
            .visitor
            .layout(self.me, text(lang, &self.task.key("title")))
            .back(record.clone())
            .with_error(error);
        let refused = match error {
            Some(Error::Refused(refusal)) => Some(refusal_words(lang, *refusal)),
            _ => None,
        };
        if let Some((Some(field), words)) = &refused {
            layout = layout.problems(vec![((*field).to_owned(), words.clone())]);
        }
        let fields = match self.task {
            Task::Act(act) => act_fields(act, &form, &layout),
            Task::Answer { kind, in_meeting } => {
                let me = self.me.ok_or(Error::Forbidden)?;
                let extras = extras(self.visitor, (self.view, me), (kind, &mut form)).await?;
                answer_fields((kind, in_meeting), (&form, &layout), &extras)
            }
        };
        let is_conflict = matches!(error, Some(Error::Conflict));
        let notice = refused.filter(|(field, _)| field.is_none()).map(|(_, words)| words);
        let notice = notice.or_else(|| is_conflict.then(|| text(lang, "act-conflict")));
        Ok(FormPage {
            layout,
            reference: reference.to_string(),
            record: title(self.view, lang),
            notice: notice.map(NotificationBanner::important),
            changed: seen.filter(|_| is_conflict).map(|seen| self.changed(seen)),
            lead: act::lead(self.task, self.view, lang),
            action: self.task.address(reference),
            hidden: self.hidden(&form),
            fields,
            buttons: act::buttons(self.task, lang),
            cancel: record,
        })
    }

    /// What happened since the version that was seen.
    fn changed(&self, seen: u32) -> Timeline {
        Timeline::new(entries(self.view, seen, self.lang())).heading_level(3)
    }

    fn hidden(&self, form: &Form) -> Vec<(String, String)> {
        let mut hidden = vec![
            (TOKEN.to_owned(), form.token().to_owned()),
            ("version".to_owned(), form.value("version").to_owned()),
        ];
        if let Task::Answer { kind, in_meeting } = self.task {
            hidden.push(("answer".to_owned(), kind.name().to_owned()));
            if in_meeting {
                hidden.push(("meeting".to_owned(), "yes".to_owned()));
            }
        }
        hidden
    }

    fn gone(&self, form: &Form, (status, error): (StatusCode, &Error)) -> Response {
        let lang = self.lang();
        let key = if matches!(error, Error::Forbidden) { "act-gone-forbidden" } else { "act-gone" };
        let seen = form.value("version").parse().ok().filter(|seen| *seen < self.view.record.version);
        // Whoever sees it only to check it reads what happened where they say why first.
        let seen = seen.filter(|_| !self.view.viewer.only_checks);
        let page = GonePage {
            layout: self.visitor.layout(self.me, text(lang, "act-gone-title")),
            notice: NotificationBanner::important(text(lang, key)),
            changed: seen.map(|seen| self.changed(seen)),
            typed: form.words(),
            record: Route::Record { reference: self.view.record.told.reference.clone() }.to_string(),
        };
        page::answer(status, &page, lang)
    }

    fn sure(&self, form: &Form, (alike, found): (Option<Alike>, Vec<Found>)) -> Response {
        let lang = self.lang();
        let task = self.task;
        let pence = super::typed::pence(form.value("pounds")).unwrap_or_default();
        let name = waymark_app::find::next::contributors(self.view, lang);
        let values = [("money", money_pence(lang, pence.into()).into()), ("name", name.into())];
        let words = text_with(lang, &task.key("sure"), &values);
        let title = text(lang, &task.key("sure-title"));
        let page = SurePage::of((self.visitor, self.me), (title, words), &task.key("sure-button"));
        let page = page.alike(alike).naming(found, lang);
        page.answer((task.address(&self.view.record.told.reference), form), lang)
    }
}
