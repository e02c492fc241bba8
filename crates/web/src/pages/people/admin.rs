//! Administration: the nodes that one reaches, and the people in them.

use crate::components::{
    Button, Cell, Head, Html, Input, Link, NavigationItem, NotificationBanner, Pagination, SubNavigation,
    Table,
};
use crate::failure::{Failure, Outcome, urlencoded};
use crate::filters;
use crate::form::{Form, new_token};
use crate::layers::signed_out::AGAIN;
use crate::layout::Layout;
use crate::page;
use crate::pages::people::question::QuestionPage;
use crate::pages::people::start::mail_fields;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use waymark_app::people::administration::{self, NodeRow, PAGE_PEOPLE, PersonRow};
use waymark_app::people::factor_reset::{self, Reset};
use waymark_app::people::installation::{MailBy, Secret, change_mail_by, mail_by};
use waymark_app::people::looks::{self, Why};
use waymark_app::people::session::Me;
use waymark_app::people::start::{self, Fields};
use waymark_app::people::test_mail::{self, Tested};
use waymark_app::people::{asks, newcomers};
use waymark_app::routes::Route;
use waymark_app::words::number;
use waymark_app::{Actor, Ctx, Error, Write, once};
use waymark_domain::ids::{AccountId, NodeId};

/// The nodes that one reaches, or those of a name.
#[derive(Debug, Template)]
#[template(path = "pages/people/admin.html")]
struct AdminPage {
    layout: Layout,
    search: Input,
    button: Button,
    count: String,
    nodes: Table,
    ways: Vec<Link>,
    pages: Option<Pagination>,
    above: Option<Link>,
}

/// `GET /admin?q=`
pub async fn get(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let words = visitor.query("q").unwrap_or_default();
    sought(&visitor, &ctx, &words).map_err(visitor.fails())?;
    let nodes = match words.trim() {
        "" => administration::tops(&mut ctx).await,
        words => administration::nodes_named(&mut ctx, words).await,
    };
    let nodes = nodes.map_err(visitor.fails())?;
    let root = start::root(&mut ctx).await.map_err(visitor.fails())?;
    let reaches_root = administration::guard(&mut ctx, root).await.is_ok();
    let waiting = waits(&mut ctx).await.map_err(visitor.fails())?;
    let page = AdminPage {
        layout: visitor.layout(Some(&me), visitor.text("admin-title")),
        search: Input::new("q", visitor.text("admin-search-node")).value(words),
        button: Button::secondary(visitor.text("admin-search")),
        count: String::new(),
        nodes: node_table(&visitor, &nodes),
        ways: ways(&visitor, reaches_root, waiting),
        pages: None,
        above: None,
    };
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

/// Takes a turn of those who search, where words were typed.
fn sought<K>(visitor: &Visitor, ctx: &Ctx<'_, K>, words: &str) -> Result<(), Error> {
    if words.trim().is_empty() { Ok(()) } else { visitor.take_search_turn(ctx) }
}

/// How many newcomers, roles and lost phones wait for whoever acts.
pub(crate) async fn waits<K>(ctx: &mut Ctx<'_, K>) -> Result<usize, Error> {
    let roles = asks::list(ctx).await?;
    let resets = factor_reset::list(ctx).await?.iter().filter(|one| one.is_mine_to_confirm).count();
    Ok(newcomers::count(ctx).await? + roles.iter().filter(|one| one.is_mine_to_confirm).count() + resets)
}

/// What an administrator comes for besides the tree: what waits first.
fn ways(visitor: &Visitor, reaches_root: bool, waiting: usize) -> Vec<Link> {
    let count = [("count", waiting.into())];
    let waiting = waymark_app::words::text_with(visitor.lang, "waiting-link", &count);
    let mut ways = vec![Link::new(waiting, Route::Waiting.to_string())];
    if reaches_root {
        ways.push(Link::new(visitor.text("admin-mail-link"), Route::AdminMail.to_string()));
        ways.push(Link::new(visitor.text("keeping-title"), Route::Keeping.to_string()));
        ways.push(Link::new(visitor.text("seals-title"), Route::Seals.to_string()));
    }
    ways
}

/// Nodes as links.
pub(super) fn node_table(visitor: &Visitor, nodes: &[NodeRow]) -> Table {
    let head = [Head::new(visitor.text("admin-node")), Head::new(visitor.text("admin-level"))];
    let rows = nodes.iter().map(|node| {
        let link = Link::new(node.name.as_str(), Route::AdminNode { node: NodeId(node.id) }.to_string());
        let level = visitor.text(&format!("first-run-level-{}", node.level));
        vec![Cell::new(Html::from(link)), Cell::new(level)]
    });
    Table::new(visitor.text("admin-nodes"), head, rows)
}

/// `GET /admin/nodes/{node}/people?q=&page=`
pub async fn people(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let node = node_id(&visitor, &node)?;
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let words = visitor.query("q").unwrap_or_default();
    sought(&visitor, &ctx, &words).map_err(visitor.fails())?;
    let now = visitor.query("page").and_then(|page| page.parse().ok()).unwrap_or(1_u32).max(1);
    let found = administration::people(&mut ctx, node, (&words, now)).await;
    let (rows, all) = found.map_err(visitor.fails())?;
    let here = Route::AdminPeople { node }.to_string();
    let address = |page: u32| format!("{here}?q={}&page={page}", urlencoded(&words));
    let last = all.div_ceil(PAGE_PEOPLE);
    let title = visitor.text("admin-people-title");
    let page = AdminPage {
        layout: visitor.layout(Some(&me), title).back(Route::AdminNode { node }.to_string()),
        search: Input::new("q", visitor.text("admin-search-person")).value(words.as_str()),
        button: Button::secondary(visitor.text("admin-search")),
        count: waymark_app::words::text_with(
            visitor.lang,
            "admin-people-count",
            &[("count", number(visitor.lang, all.into()).into())],
        ),
        nodes: people_table(&visitor, &me, &rows),
        ways: Vec::new(),
        pages: (last > 1).then(|| Pagination::of(now, last, address)),
        above: Some(Link::new(visitor.text("admin-invite-link"), Route::Invite { node }.to_string())),
    };
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

fn people_table(visitor: &Visitor, me: &Me, rows: &[PersonRow]) -> Table {
    let head =
        ["admin-person", "admin-mail", "admin-state", "admin-act"].map(|key| Head::new(visitor.text(key)));
    let rows = rows.iter().map(|person| {
        let state = match person {
            person if person.closed_at.is_some() => "admin-state-closed",
            person if person.has_password => "admin-state-open",
            _ => "admin-state-invited",
        };
        let name = Cell::new(person.name.as_str());
        let acts = Cell::new(person_acts(visitor, me, person));
        vec![name, Cell::new(person.mail.as_str()), Cell::new(visitor.text(state)), acts]
    });
    Table::new(visitor.text("admin-people"), head, rows)
}

/// What can be done to a person's account.
fn person_acts(visitor: &Visitor, me: &Me, person: &PersonRow) -> Html {
    let account = person.id;
    let (is_open, is_other) = (person.closed_at.is_none(), account != me.account.0);
    let acts = [
        (is_open, "admin-close-account", Route::CloseAccount { account }),
        (is_open && is_other, "admin-end-sessions", Route::EndSessions { account }),
        (is_open && is_other && person.has_factor, "admin-reset-factor", Route::ResetFactor { account }),
    ];
    let links = acts.into_iter().filter(|(is_there, ..)| *is_there).map(|(_, key, route)| {
        Html::from(Link::new(visitor.text(key), route.to_string()).about(person.name.as_str()))
    });
    Html::several(links.enumerate().flat_map(|(place, link)| {
        let between = (place > 0).then(|| Html::literal("<br>"));
        between.into_iter().chain([link])
    }))
}

/// The node of an address.
pub(super) fn node_id(visitor: &Visitor, node: &str) -> Result<NodeId, Failure> {
    node.parse().map(NodeId).map_err(|_| visitor.fails()(Error::NotFound))
}

/// `GET /admin/accounts/{account}/close`
pub async fn close(visitor: Visitor, Path(account): Path<String>) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let account = account.parse().map(AccountId).map_err(|_| visitor.fails()(Error::NotFound))?;
    let name = administration::reachable_name(&mut ctx, account).await.map_err(visitor.fails())?;
    drop(ctx);
    looked(&visitor, &me, (account, Why::Close)).await.map_err(visitor.fails())?;
    close_page(&visitor, (&me, &name), None)
}

/// Notes that an administrator opened a page about one person, who sees it.
async fn looked(visitor: &Visitor, me: &Me, (account, why): (AccountId, Why)) -> Result<(), Error> {
    let mut ctx = visitor.write_as(Actor::Person(me.account)).await?;
    looks::at_account(&mut ctx, account, why).await?;
    ctx.commit().await.map(drop)
}

fn close_page(
    visitor: &Visitor,
    (me, name): (&waymark_app::people::session::Me, &str),
    error: Option<&Error>,
) -> Outcome {
    let title = waymark_app::words::text_with(visitor.lang, "admin-close-title", &[("name", name.into())]);
    let page = QuestionPage::new(visitor, Some(me), ("admin-close-account", Form::default())).titled(title);
    refused(visitor, page, error)
        .back(Route::Admin)
        .warn("admin-close-text")
        .warning_button("admin-close-account")
        .answer(error)
}

/// `GET /admin/accounts/{account}/sessions`
pub async fn sign_out(visitor: Visitor, Path(account): Path<String>) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let account = account.parse().map(AccountId).map_err(|_| visitor.fails()(Error::NotFound))?;
    let name = administration::reachable_name(&mut ctx, account).await.map_err(visitor.fails())?;
    drop(ctx);
    looked(&visitor, &me, (account, Why::Sessions)).await.map_err(visitor.fails())?;
    let name = [("name", name.into())];
    let title = waymark_app::words::text_with(visitor.lang, "admin-end-sessions-title", &name);
    QuestionPage::new(&visitor, Some(&me), ("admin-end-sessions", Form::default()))
        .titled(title)
        .back(Route::Admin)
        .say("admin-end-sessions-text")
        .warning_button("admin-end-sessions")
        .answer(None)
}

/// `POST /admin/accounts/{account}/sessions`
pub async fn signed_out(visitor: Visitor, Path(account): Path<String>, form: Form) -> Outcome {
    let signed_out = async {
        let (mut ctx, _) = visitor.write_as_member().await?;
        let to = Route::Admin.to_string();
        if once::answered(&mut ctx, form.token()).await?.is_none() {
            let account = account.parse().map(AccountId).map_err(|_| Error::NotFound)?;
            administration::end_sessions(&mut ctx, account).await?;
            once::remember(&mut ctx, form.token(), &to).await?;
            ctx.commit().await?;
        }
        Ok(Redirect::to(&to).into_response())
    };
    signed_out.await.map_err(visitor.fails())
}

/// `GET /admin/accounts/{account}/second-factor`
pub async fn reset(visitor: Visitor, Path(account): Path<String>) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let account = account.parse().map(AccountId).map_err(|_| visitor.fails()(Error::NotFound))?;
    let name = factor_reset::resettable_name(&mut ctx, account).await.map_err(visitor.fails())?;
    drop(ctx);
    looked(&visitor, &me, (account, Why::Factor)).await.map_err(visitor.fails())?;
    reset_page(&visitor, (&me, &name), None)
}

fn reset_page(
    visitor: &Visitor,
    (me, name): (&waymark_app::people::session::Me, &str),
    error: Option<&Error>,
) -> Outcome {
    let title = waymark_app::words::text_with(visitor.lang, "admin-reset-title", &[("name", name.into())]);
    let page = QuestionPage::new(visitor, Some(me), ("admin-reset-factor", Form::default())).titled(title);
    refused(visitor, page, error)
        .back(Route::Admin)
        .say("admin-reset-text")
        .warning_button("admin-reset-factor")
        .answer(error)
}

/// `POST /admin/accounts/{account}/second-factor`
pub async fn reset_asked(visitor: Visitor, Path(account): Path<String>, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    if let Some(to) = once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())? {
        return Ok(Redirect::to(&to).into_response());
    }
    let account = account.parse().map(AccountId).map_err(|_| visitor.fails()(Error::NotFound))?;
    let name = factor_reset::resettable_name(&mut ctx, account).await.map_err(visitor.fails())?;
    match factor_reset::ask(&mut ctx, account).await {
        Ok(reset) => {
            let to = if reset == Reset::Asked { Route::Waiting } else { Route::Admin }.to_string();
            once::remember(&mut ctx, form.token(), &to).await.map_err(visitor.fails())?;
            ctx.commit().await.map_err(visitor.fails())?;
            Ok(Redirect::to(&to).into_response())
        }
        Err(error @ Error::RoleRefused(_)) => reset_page(&visitor, (&me, &name), Some(&error)),
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// Says why the roles do not allow it, where they do not.
pub(super) fn refused(visitor: &Visitor, page: QuestionPage, error: Option<&Error>) -> QuestionPage {
    use waymark_domain::people::grant::GrantRefusal;
    let words = |key: &str, role: waymark_domain::people::role::Role| {
        let role = visitor.text(&format!("people-role-{}", role.name()));
        waymark_app::words::text_with(visitor.lang, key, &[("role", role.into())])
    };
    match error {
        Some(Error::RoleRefused(GrantRefusal::LastAtRoot(role))) => {
            page.words(words("admin-last-role", *role))
        }
        Some(Error::RoleRefused(GrantRefusal::Excluded(role))) => {
            page.words(words("admin-excluded-role", *role))
        }
        Some(Error::RoleRefused(GrantRefusal::HeldAlready)) => page.say("admin-held-role"),
        Some(Error::RoleRefused(GrantRefusal::AskedAlready)) => page.say("admin-asked-role"),
        _ => page,
    }
}

/// `POST /admin/accounts/{account}/close`
pub async fn closed(visitor: Visitor, Path(account): Path<String>, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    if let Some(to) = once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())? {
        return Ok(Redirect::to(&to).into_response());
    }
    let account = account.parse().map(AccountId).map_err(|_| visitor.fails()(Error::NotFound))?;
    let name = administration::reachable_name(&mut ctx, account).await.map_err(visitor.fails())?;
    match administration::close_account(&mut ctx, account).await {
        Ok(()) => {
            let to = Route::Admin.to_string();
            once::remember(&mut ctx, form.token(), &to).await.map_err(visitor.fails())?;
            ctx.commit().await.map_err(visitor.fails())?;
            Ok(Redirect::to(&to).into_response())
        }
        Err(error @ Error::RoleRefused(_)) => close_page(&visitor, (&me, &name), Some(&error)),
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// The parts of a node's administration.
pub(super) fn parts(visitor: &Visitor, node: NodeId) -> SubNavigation {
    let parts = [
        ("admin-part-node", Route::AdminNode { node }),
        ("admin-part-people", Route::AdminPeople { node }),
        ("admin-part-settings", Route::NodeSettings { node }),
        ("admin-part-poster", Route::Poster { node }),
    ];
    let path = visitor.address.split('?').next().unwrap_or_default();
    SubNavigation::new(parts.map(|(key, route)| {
        let href = route.to_string();
        let is_here = href == path;
        NavigationItem::new(visitor.text(key), href, is_here)
    }))
}

/// `GET /admin/mail`
pub async fn mail(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let root = start::root(&mut ctx).await.map_err(visitor.fails())?;
    administration::guard(&mut ctx, root).await.map_err(visitor.fails())?;
    let by = mail_by(&mut ctx).await.map_err(visitor.fails())?;
    mail_page(&visitor, (&me, &by), mail_form(&by), None)
}

/// How mails are sent now, in the fields; a password is never shown.
fn mail_form(by: &MailBy) -> Form {
    match by {
        MailBy::Files => Form::filled([("mail-by", "files".to_owned()), ("mail-port", "587".to_owned())]),
        MailBy::Smtp { host, port, user, from, .. } => Form::filled([
            ("mail-by", "smtp".to_owned()),
            ("mail-host", host.clone()),
            ("mail-port", port.to_string()),
            ("mail-user", user.clone().unwrap_or_default()),
            ("mail-from", from.clone()),
        ]),
    }
}

fn mail_page(
    visitor: &Visitor,
    (me, by): (&waymark_app::people::session::Me, &MailBy),
    form: Form,
    error: Option<&Error>,
) -> Outcome {
    mail_question(visitor, (me, by), form).wrong(error).answer(error)
}

fn mail_question(
    visitor: &Visitor,
    (me, by): (&waymark_app::people::session::Me, &MailBy),
    form: Form,
) -> QuestionPage {
    let page = QuestionPage::new(visitor, Some(me), ("first-run-mail-title", form))
        .back(Route::Admin)
        .say("first-run-mail-text")
        .radios("mail-by", "first-run-mail-by", &["files", "smtp"]);
    let test = TestForm {
        token: new_token(&visitor.env),
        action: Route::TestMail.to_string(),
        button: Button::secondary(visitor.text("test-mail-button")),
    };
    mail_fields(page, !kept(by).0.is_empty()).button("people-save").below(test)
}

/// A button that sends a test mail to oneself, as mails are sent now.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/people/test-mail.html")]
struct TestForm {
    token: String,
    action: String,
    button: Button,
}
is_html!(TestForm);

/// `POST /admin/mail/test`
pub async fn test_mail(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let root = start::root(&mut ctx).await.map_err(visitor.fails())?;
    administration::guard(&mut ctx, root).await.map_err(visitor.fails())?;
    let by = mail_by(&mut ctx).await.map_err(visitor.fails())?;
    drop(ctx);
    let sent = test_mail::send(&visitor.env, me.account, form.token()).await;
    let (mail, tested) = sent.map_err(visitor.fails())?;
    let page = mail_question(&visitor, (&me, &by), mail_form(&by));
    page.before(said(&visitor, &mail, &tested)).answer(None)
}

/// What became of a test mail, in plain words and in those of the server.
fn said(visitor: &Visitor, mail: &str, tested: &Tested) -> NotificationBanner {
    let words = |key: &str, said: &str| {
        let values = [("mail", mail.into()), ("said", said.into())];
        waymark_app::words::text_with(visitor.lang, key, &values)
    };
    match tested {
        Tested::Sent => NotificationBanner::success(words("test-mail-sent", "")),
        Tested::Written => NotificationBanner::important(words("test-mail-written", "")),
        Tested::Away { said } => NotificationBanner::important(words("test-mail-away", said)),
        Tested::Refused { said } => NotificationBanner::important(words("test-mail-refused", said)),
    }
}

fn kept(by: &MailBy) -> Secret {
    match by {
        MailBy::Files => Secret::default(),
        MailBy::Smtp { password, .. } => password.clone(),
    }
}

/// `POST /admin/mail`
pub async fn set_mail(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let root = start::root(&mut ctx).await.map_err(visitor.fails())?;
    administration::guard(&mut ctx, root).await.map_err(visitor.fails())?;
    let by = mail_by(&mut ctx).await.map_err(visitor.fails())?;
    match save_mail(&mut ctx, &by, &form).await {
        Ok(()) => {
            ctx.commit().await.map_err(visitor.fails())?;
            // Back to the page with the test mail: whoever changed a setting wants to know whether it works.
            Ok(Redirect::to(&Route::AdminMail.to_string()).into_response())
        }
        Err(error @ Error::Invalid(_)) => mail_page(&visitor, (&me, &by), form, Some(&error)),
        Err(error) => Err(visitor.fails()(error)),
    }
}

async fn save_mail(ctx: &mut Ctx<'_, Write>, before: &MailBy, form: &Form) -> Result<(), Error> {
    let names = form.fields().keys();
    let fields: Fields = names.map(|name| (name.clone(), form.value(name).to_owned())).collect();
    let typed = form.value("mail-password");
    if typed.is_empty() && form.value(AGAIN) == "yes" {
        return Err(Error::field("mail-password", "first-run-mail-password-again"));
    }
    let password = if typed.is_empty() { kept(before) } else { Secret(typed.to_owned()) };
    change_mail_by(ctx, &start::mail_by(&fields, &password)?).await
}
