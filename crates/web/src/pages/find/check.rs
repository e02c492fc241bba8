//! Check answers: all that will be sent, each with a way to change it; then send, or say who one is first.

use super::come_back::go_with_code;
use super::hiding::Hiding;
use super::named::PointedOut;
use super::{id, open, open_to_write, or_delivery, take_over, tell};
use crate::components::{Button, Checkbox, Checkboxes, Input, Link, Row, SummaryList};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, new_token};
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;
use waymark_app::find::capture::{self, NAMED, Step, Who};
use waymark_app::find::confirm;
use waymark_app::find::delivery;
use waymark_app::find::doors;
use waymark_app::find::draft::{self, Draft, Kind};
use waymark_app::find::group::{self, Whose};
use waymark_app::find::hidden;
use waymark_app::find::named;
use waymark_app::find::problem;
use waymark_app::find::public::{self, AS, CREDIT, PUBLIC};
use waymark_app::find::send::{self, Sent};
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text, text_with};
use waymark_app::{Ctx, Error, Result, once};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Origin;
use waymark_domain::ids::ProblemId;
use waymark_domain::people::setting::SeenBy;

/// Check answers.
#[derive(Debug, Template)]
#[template(path = "pages/find/check.html")]
pub struct CheckPage {
    layout: Layout,
    draft: Draft,
    summary: SummaryList,
    named: Option<PointedOut>,
    token: String,
    is_known: bool,
    hidden: Option<Hiding>,
    /// Who sees it without care, and the name of the body.
    usual: Option<(SeenBy, String)>,
    public: Option<Telling>,
    form: Form,
}

/// How somebody of the public may send it, who is not known here.
#[derive(Debug)]
enum Telling {
    /// They do: the code to be written down.
    Now(String),
    /// They can, at this address.
    Can(String),
}

/// What was done with a link that was asked for.
#[derive(Debug, Template)]
#[template(path = "pages/find/mail-sent.html")]
pub struct MailSentPage {
    layout: Layout,
    asked: confirm::Asked,
}

impl CheckPage {
    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn send(&self) -> Button {
        Button::new(self.text("tell-send"))
    }

    /// Who sees it, and that fewer can.
    fn care(&self) -> Option<Checkboxes> {
        let (seen_by, body) = self.usual.as_ref().filter(|(seen_by, _)| *seen_by != SeenBy::Handlers)?;
        let key = format!("tell-care-{}", seen_by.name());
        let others = text_with(self.layout.lang, &key, &[("body", body.as_str().into())]);
        let is_chosen = [self.draft.value(send::CARE), self.form.value(send::CARE)].contains(&"yes");
        let care = Checkbox::new("yes", self.text("tell-care")).hint(others);
        let care = Checkboxes { name: send::CARE.into(), items: vec![care], ..Checkboxes::default() };
        Some(care.values(is_chosen.then_some("yes")))
    }

    fn send_address(&self) -> String {
        Route::DraftSend { draft: self.draft.id }.to_string()
    }

    fn door_address(&self) -> String {
        Route::DraftDoor { draft: self.draft.id }.to_string()
    }

    fn sign_in_address(&self) -> String {
        let back = Route::DraftCheck { draft: self.draft.id }.to_string();
        format!("{}?back={}", Route::SignIn, crate::failure::urlencoded(&back))
    }

    fn confirm_address(&self) -> String {
        Route::DraftConfirm { draft: self.draft.id }.to_string()
    }

    fn public_address(&self) -> String {
        Route::DraftPublic { draft: self.draft.id }.to_string()
    }

    /// The same page for somebody who works here.
    fn staff_address(&self) -> String {
        format!("{}?as=staff", Route::DraftCheck { draft: self.draft.id })
    }

    fn credit(&self) -> Input {
        Input::new(CREDIT, self.text("tell-public-credit"))
            .hint(self.text("tell-public-credit-hint"))
            .value(self.form.value(CREDIT))
            .error(self.layout.problem(CREDIT))
    }

    fn sign_in(&self) -> Button {
        Button {
            classes: "govuk-button--secondary".into(),
            ..Button::link(self.text("tell-sign-in"), self.sign_in_address())
        }
    }

    fn name(&self) -> Input {
        let mut input = Input::new("name", self.text("tell-own-name"));
        input.autocomplete = Some("name".into());
        input.value(self.form.value("name")).error(self.layout.problem("name"))
    }

    fn mail(&self) -> Input {
        Input::email("mail", self.text("tell-own-mail"))
            .hint(self.text("tell-own-mail-hint"))
            .value(self.form.value("mail"))
            .error(self.layout.problem("mail"))
    }

    fn confirm(&self) -> Button {
        Button::new(self.text("tell-confirm"))
    }
}

/// `GET /drafts/{draft}/check`
pub async fn get(visitor: Visitor, Path(draft): Path<String>) -> Outcome {
    let shown = async {
        let mut opened = open(&visitor, &draft).await?;
        let step = capture::next(&mut opened.ctx, &opened.draft).await?;
        let is_said = capture::said(opened.draft.kind, &opened.draft.fields).is_ok();
        match (step, is_said) {
            (Step::Place, _) => Ok(go(&Route::DraftPlace { draft: opened.draft.id })),
            (Step::Who, _) => Ok(go(&Route::DraftWho { draft: opened.draft.id })),
            (_, false) => Ok(go(&Route::Draft { draft: opened.draft.id })),
            (Step::Door, _) => Ok(go(&Route::DraftDoor { draft: opened.draft.id })),
            _ => show(&mut opened.ctx, (&visitor, opened.me.as_ref()), opened.draft, None).await,
        }
    };
    match shown.await {
        Ok(page) => Ok(page),
        Err(error) => or_delivery(&visitor, &draft, error).await,
    }
}

fn go(route: &Route) -> Response {
    Redirect::to(&route.to_string()).into_response()
}

pub(super) async fn show<K>(
    ctx: &mut Ctx<'_, K>,
    (visitor, me): (&Visitor, Option<&Me>),
    draft: Draft,
    wrong: Option<(Form, &Error)>,
) -> Result<Response> {
    let summary = summary(ctx, visitor.lang, &draft).await?;
    let found = named::named(ctx, &draft).await?;
    let back = Route::Draft { draft: draft.id }.to_string();
    let change = Link::new(visitor.text("tell-named-change"), back.clone());
    let named = PointedOut::of(found, visitor.lang).map(|named| named.change(change));
    let error = wrong.as_ref().map(|(_, error)| *error);
    let layout = visitor.layout(me, visitor.text("tell-check-title")).back(back).with_error(error);
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = wrong.map(|(form, _)| form).unwrap_or_default();
    let token = new_token(&visitor.env);
    let hidden = match me {
        Some(_) => Hiding::of(ctx, visitor.lang, &draft).await?,
        None => None,
    };
    let usual = capture::usual_sight(ctx, &draft).await?;
    let public = if me.is_some() { None } else { telling(ctx, visitor, &draft).await? };
    let page = CheckPage {
        layout,
        draft,
        summary,
        named,
        token,
        is_known: me.is_some(),
        hidden,
        usual,
        public,
        form,
    };
    Ok(page::answer(status, &page, visitor.lang))
}

/// What is said of sending it without an account, with a code of its own on each page: the one that is sent counts.
async fn telling<K>(ctx: &mut Ctx<'_, K>, visitor: &Visitor, draft: &Draft) -> Result<Option<Telling>> {
    let Some(node) = capture::place_of(&draft.fields) else { return Ok(None) };
    if draft.kind != Kind::Tell || !public::takes(ctx, node).await? {
        return Ok(None);
    }
    let asked = visitor.query(AS);
    let is_public = asked.as_deref().map_or(public::is_public(&draft.fields), |asked| asked == PUBLIC);
    let can = || format!("{}?{AS}={PUBLIC}", Route::DraftCheck { draft: draft.id });
    let now = || hidden::new_code(ctx).to_string();
    Ok(Some(if is_public { Telling::Now(now()) } else { Telling::Can(can()) }))
}

/// All that will be sent, in the order of the form.
async fn summary<K>(ctx: &mut Ctx<'_, K>, lang: Lang, draft: &Draft) -> Result<SummaryList> {
    let form = Route::Draft { draft: draft.id }.to_string();
    let mut rows = Vec::new();
    if let Some(problem) = ProblemId::parse(draft.value("answers")) {
        let answered = problem::visible(ctx, problem).await;
        let title = answered.map_or_else(|_| text(lang, "tell-answers-gone"), |shown| shown.title);
        rows.push(row(lang, ("tell-row-answers", title), format!("{form}#answers")));
    }
    let fields: &[&str] = match draft.kind {
        Kind::Tell => &["problem", "solution", "title"],
        Kind::Done => &["problem", "did", "changed", "title"],
    };
    for field in fields {
        let said = draft.value(field);
        let said = if said.is_empty() { text(lang, "tell-unknown") } else { said.to_owned() };
        rows.push(row(lang, (row_key(field), said), format!("{form}#{field}")));
    }
    let is_public = public::is_public(&draft.fields);
    if draft.kind == Kind::Tell && !is_public {
        rows.push(row(lang, ("tell-row-who", who(ctx, lang, draft).await?), format!("{form}#who")));
    }
    let place = match capture::place_of(&draft.fields) {
        Some(node) => doors::spot_of(ctx, node).await?.full_name(),
        None => String::new(),
    };
    rows.push(row(lang, ("tell-row-place", place), Route::DraftPlace { draft: draft.id }.to_string()));
    if is_public {
        return Ok(SummaryList::new(rows));
    }
    let origin = Origin::parse(draft.value("origin")).map(|origin| format!("tell-origin-{}", origin.name()));
    let origin = origin.map(|key| text(lang, &key)).unwrap_or_default();
    rows.push(row(lang, ("tell-row-origin", origin), format!("{form}#origin")));
    rows.push(row(
        lang,
        ("tell-row-whose", whose(lang, draft)),
        Route::DraftWhose { draft: draft.id }.to_string(),
    ));
    Ok(SummaryList::new(rows))
}

fn row(lang: Lang, (key, value): (&str, String), href: String) -> Row {
    let name = text(lang, key);
    Row::new(name.clone(), value).action(text(lang, "tell-change"), href, name.to_lowercase())
}

fn row_key(field: &str) -> &'static str {
    match field {
        "problem" => "tell-row-problem",
        "solution" => "tell-row-solution",
        "did" => "tell-row-did",
        "changed" => "tell-row-changed",
        _ => "tell-row-title",
    }
}

/// Who could say yes, in words.
async fn who<K>(ctx: &mut Ctx<'_, K>, lang: Lang, draft: &Draft) -> Result<String> {
    let chosen = Who::parse(draft.value("who")).unwrap_or(Who::Unknown);
    let named = draft.value(NAMED);
    if chosen == Who::Somebody && !named.is_empty() {
        return Ok(named.to_owned());
    }
    if let (Who::Somebody, Some(node)) = (chosen, capture::place_of(&draft.fields)) {
        let people = doors::deciders(ctx, node).await?;
        let named = people.into_iter().find(|person| person.account.to_string() == draft.value("somebody"));
        return Ok(named.map_or_else(|| text(lang, "tell-who-unknown"), |person| person.name));
    }
    Ok(text(lang, &format!("tell-who-{}", chosen.name())))
}

/// Whose idea it is, in words.
fn whose(lang: Lang, draft: &Draft) -> String {
    match Whose::of(&draft.fields) {
        Whose::Own => text(lang, "tell-whose-own"),
        Whose::Hidden => text(lang, "tell-whose-hidden"),
        Whose::Behalf => match group::behalf(&draft.fields) {
            Ok(named) => text_with(lang, "tell-whose-for", &[("name", named.name.as_str().into())]),
            Err(_) => text(lang, "tell-whose-behalf"),
        },
        Whose::Group => match group::group(&draft.fields) {
            Ok(group) => shares(lang, &group),
            Err(_) => text(lang, "tell-whose-group"),
        },
    }
}

/// `You 34%, Bea Okafor 33%, Cai Morgan 33%`
fn shares(lang: Lang, group: &group::Group) -> String {
    let own = text_with(lang, "tell-share-of-you", &[("percent", group.own_percent.into())]);
    let others = group.others.iter().map(|one| format!("{} {}%", one.name.as_str(), one.share_percent));
    std::iter::once(own).chain(others).collect::<Vec<_>>().join(", ")
}

/// `POST /drafts/{draft}/send`
pub async fn send(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let sent = match send_once(&visitor, &draft, &form).await {
        // Pressed twice: the other one was quicker, and its receipt is known by now.
        Err(Error::Conflict) => send_once(&visitor, &draft, &form).await,
        sent => sent,
    };
    match sent {
        Ok(answer) => Ok(answer),
        Err(error) => or_delivery(&visitor, &draft, error).await,
    }
}

/// Looks whether it was sent, reads it, and sends it.
async fn send_once(visitor: &Visitor, draft: &str, form: &Form) -> Result<Response> {
    let (mut ctx, me) = visitor.read().await?;
    let token = form.token();
    let receipt = |to: &str| go_with_code(visitor, form, to);
    if let Some(known) = once::answered(&mut ctx, token).await? {
        return Ok(receipt(&known));
    }
    if me.is_none() {
        // The session has ended since the page was shown: the draft is there after signing in again.
        return Ok(go(&Route::DraftCheck { draft: id(draft)? }));
    }
    let mut draft = draft::open(&mut ctx, visitor.draft_key.as_deref(), id(draft)?).await?;
    if delivery::is_unasked(&draft) {
        return Ok(go(&Route::DraftDoor { draft: draft.id }));
    }
    // These are in no draft that is kept: it has an account beside it.
    take_over(&mut draft.fields, form, &[send::CODE_FIELD, send::TO_LEAD, send::CARE]);
    let ready = send::ready(&mut ctx, draft.clone()).await;
    let actor = ctx.actor;
    // Given back first: whoever holds one connection and waits for another keeps it from somebody.
    drop(ctx);
    let ready = match ready {
        Err(error @ Error::Invalid(_)) => return refused(visitor, draft, &error).await,
        ready => ready?,
    };
    let mut ctx = visitor.write_as(actor).await?;
    match send::send_ready(&mut ctx, ready).await {
        Ok(sent) => {
            let to = sent_address(&sent);
            once::remember(&mut ctx, token, &to).await?;
            ctx.commit().await?;
            Ok(receipt(&to))
        }
        Err(error @ Error::Invalid(_)) => {
            drop(ctx);
            refused(visitor, draft, &error).await
        }
        Err(other) => Err(other),
    }
}

/// Where whoever sent something goes.
pub(super) fn sent_address(sent: &Sent) -> String {
    match sent {
        Sent::Record(record) => receipt_address(record),
        Sent::HeldBack(held) => Route::HeldBack { held: *held }.to_string(),
    }
}

pub(super) fn receipt_address(record: &Innovation) -> String {
    Route::Sent { reference: record.told.reference.clone() }.to_string()
}

/// What was right when it was typed is not any more: the form says what, filled in as it was.
pub(super) async fn refused(visitor: &Visitor, draft: Draft, error: &Error) -> Result<Response> {
    if group::is_of_group(error) {
        return Ok(go(&Route::DraftWhose { draft: draft.id }));
    }
    let (mut ctx, me) = visitor.read().await?;
    let action = Route::Draft { draft: draft.id };
    let mut form = Form::of(draft.fields);
    if matches!(error, Error::Invalid(all) if all.iter().any(|one| one.field == "where")) {
        // Then another place is asked for.
        form.set("at", "");
    }
    tell::show(&mut ctx, (visitor, me.as_ref()), (draft.kind, form, action), Some(error)).await
}

/// `POST /drafts/{draft}/confirm`: name and work mail of somebody without a session; a link goes to the address.
pub async fn confirm(visitor: Visitor, Path(draft): Path<String>, form: Form) -> Outcome {
    let asked = async {
        let mut opened = open_to_write(&visitor, &draft).await?;
        if let Some(mail) = once::answered(&mut opened.ctx, form.token()).await? {
            let asked = confirm::asked(&mut opened.ctx, &opened.draft, mail).await?;
            return Ok(mail_sent(&visitor, (opened.draft.id, asked)));
        }
        if delivery::is_unasked(&opened.draft) {
            return Ok(go(&Route::DraftDoor { draft: opened.draft.id }));
        }
        let care = if form.value(send::CARE) == "yes" { "yes" } else { "" };
        draft::set(&mut opened.draft.fields, send::CARE, care);
        if opened.me.is_some() {
            // Signed in meanwhile, in another tab: whose it is is known, and one press sends it.
            let (key, kept) = (visitor.draft_key.as_deref(), &opened.draft);
            draft::keep(&mut opened.ctx, key, (Some(kept.id), kept.kind), &kept.fields).await?;
            opened.ctx.commit().await?;
            return Ok(go(&Route::DraftCheck { draft: opened.draft.id }));
        }
        let wish = (form.value("name"), form.value("mail"));
        match confirm::ask(&mut opened.ctx, &opened.draft, visitor.draft_key.as_deref(), wish).await {
            Ok(asked) => {
                once::remember(&mut opened.ctx, form.token(), &asked.mail).await?;
                opened.ctx.commit().await?;
                Ok(mail_sent(&visitor, (opened.draft.id, asked)))
            }
            Err(error @ Error::Invalid(_)) => {
                let who = (&visitor, opened.me.as_ref());
                show(&mut opened.ctx, who, opened.draft, Some((form.clone(), &error))).await
            }
            Err(other) => Err(other),
        }
    };
    asked.await.map_err(visitor.fails())
}

fn mail_sent(visitor: &Visitor, (draft, asked): (Uuid, confirm::Asked)) -> Response {
    let back = Route::DraftCheck { draft }.to_string();
    let layout = visitor.layout(None, visitor.text("tell-mail-sent-title")).back(back);
    page::answer(StatusCode::OK, &MailSentPage { layout, asked }, visitor.lang)
}
