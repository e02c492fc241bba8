//! One node: its people with their roles, what is below it, what applies there.

use crate::components::{
    Cell, Checkbox, Checkboxes, Fieldset, Head, Html, Input, Link, Row, SubNavigation, SummaryList, Table,
};
use crate::failure::{Failure, Outcome};
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::page;
use crate::pages::people::admin::{node_id, node_table, parts, refused};
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use waymark_app::people::account::{Mail, NewPerson};
use waymark_app::people::administration::{self, AskRow, NodeView};
use waymark_app::people::node::{self, NewNode};
use waymark_app::people::relocate;
use waymark_app::people::session::Me;
use waymark_app::people::start::{door_field, mail_hosts};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, money_pence, text_with};
use waymark_app::{Checks, Ctx, Error, Read, Write, once};
use waymark_domain::ids::{GrantId, NodeId};
use waymark_domain::people::host::Host;
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::people::second_factor::Demand;
use waymark_domain::people::setting::{Door, SeenBy, Setting};
use waymark_domain::text::{Language, Line};

/// A node.
#[derive(Debug, Template)]
#[template(path = "pages/people/admin-node.html")]
struct NodePage {
    layout: Layout,
    caption: String,
    parts: SubNavigation,
    roles: Table,
    asked: Vec<String>,
    waiting: Link,
    below: Option<Table>,
    settings: SummaryList,
    acts: Vec<Link>,
}

async fn seen(visitor: &Visitor, node: NodeId) -> Result<(Ctx<'_, Read>, Me, NodeView), Failure> {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let view = administration::node(&mut ctx, node).await.map_err(visitor.fails())?;
    Ok((ctx, me, view))
}

/// `GET /admin/nodes/{node}`
pub async fn get(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let node = node_id(&visitor, &node)?;
    let (_, me, view) = seen(&visitor, node).await?;
    let link = |key: &str, route: Route| Link::new(visitor.text(key), route.to_string());
    let mut acts = vec![
        link("admin-invite-link", Route::Invite { node }),
        link("admin-add-link", Route::AddNode { node }),
        link("admin-rename-link", Route::RenameNode { node }),
    ];
    if view.place.line.len() > 1 {
        acts.push(link("admin-move-link", Route::MoveNode { node }));
        acts.push(link("admin-shut-link", Route::CloseNode { node }));
    }
    let back =
        view.place.line.get(1).map_or(Route::Admin, |above| Route::AdminNode { node: NodeId(above.id) });
    let page = NodePage {
        layout: visitor.layout(Some(&me), view.place.name()).back(back.to_string()),
        caption: visitor.text(&format!("first-run-level-{}", view.place.line[0].level)),
        parts: parts(&visitor, node),
        roles: role_table(&visitor, &view, node),
        asked: view.asked.iter().map(|row| waits(&visitor, row)).collect(),
        waiting: link("admin-asked-look", Route::Waiting),
        below: (!view.below.is_empty()).then(|| node_table(&visitor, &view.below)),
        settings: applies(&visitor, &view),
        acts,
    };
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

fn role_table(visitor: &Visitor, view: &NodeView, node: NodeId) -> Table {
    let head = ["admin-person", "admin-role", "admin-act"].map(|key| Head::new(visitor.text(key)));
    let rows = view.roles.iter().map(|row| {
        let role = visitor.text(&format!("people-role-{}", row.role));
        let end = Route::EndRole { node, grant: row.id }.to_string();
        let about = format!("{}, {role}", row.name);
        let end = Link::new(visitor.text("admin-end-role"), end).about(about);
        let is_explained = view.explained.contains(&row.id);
        let role = if is_explained { format!("{role}. {}", visitor.text("admin-role-alone")) } else { role };
        vec![Cell::new(row.name.as_str()), Cell::new(role), Cell::new(Html::from(end))]
    });
    Table::new(visitor.text("admin-roles"), head, rows)
}

/// A role that waits for a second yes, in a sentence.
fn waits(visitor: &Visitor, row: &AskRow) -> String {
    let role = visitor.text(&format!("people-role-{}", row.role));
    let until = row.until_on.parse().map_or_else(|_| row.until_on.clone(), |day| date(visitor.lang, day));
    let values = [
        ("name", row.holder_name.as_str().into()),
        ("role", role.into()),
        ("by", row.asked_by_name.as_str().into()),
        ("day", until.into()),
    ];
    text_with(visitor.lang, "admin-asked-one", &values)
}

fn applies(visitor: &Visitor, view: &NodeView) -> SummaryList {
    let settings = &view.place.settings;
    let seen_by = visitor.text(&format!("people-seen-by-{}", settings.seen_by.name()));
    let pence = money_pence(visitor.lang, settings.go_pence.into());
    let doors = Door::ALL.map(|door| {
        let set = settings.doors.iter().find(|(own, _)| *own == door).map(|(_, value)| value.clone());
        let value = set.unwrap_or_else(|| visitor.text("first-run-nothing"));
        Row::new(visitor.text(&format!("people-{}", door_field(door))), value)
    });
    let hosts = host_list(&settings.mail_hosts);
    let hosts = if hosts.is_empty() { visitor.text("people-mail-hosts-none") } else { hosts };
    let own = [
        Row::new(visitor.text("admin-seen-by"), seen_by),
        Row::new(visitor.text("admin-go-limit"), pence),
        Row::new(visitor.text("people-mail-hosts"), hosts),
        Row::new(
            visitor.text("people-second-factor"),
            visitor.text(&format!("people-second-factor-{}", settings.second_factor.name())),
        ),
        Row::new(
            visitor.text("admin-public"),
            visitor.text(if settings.takes_public { "admin-public-yes" } else { "admin-public-no" }),
        ),
    ];
    let complaints = settings.complaints.clone().unwrap_or_else(|| visitor.text("first-run-nothing"));
    let complaints = Row::new(visitor.text("people-complaints"), complaints);
    SummaryList::new(own.into_iter().chain(doors).chain([complaints]))
}

/// Hosts as they are typed and shown.
fn host_list(hosts: &[Host]) -> String {
    hosts.iter().map(Host::as_str).collect::<Vec<_>>().join(", ")
}

/// What is asked about a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Add,
    Rename,
    Move,
    Close,
    Settings,
    Invite,
    EndRole(GrantId),
}

impl Ask {
    fn parse(visitor: &Visitor) -> Option<Self> {
        let path = visitor.address.split('?').next()?;
        let mut parts = path.split('/').skip(4);
        match (parts.next()?, parts.next()) {
            ("add", None) => Some(Self::Add),
            ("name", None) => Some(Self::Rename),
            ("move", None) => Some(Self::Move),
            ("close", None) => Some(Self::Close),
            ("settings", None) => Some(Self::Settings),
            ("invite", None) => Some(Self::Invite),
            ("roles", Some(grant)) => grant.parse().ok().map(|id| Self::EndRole(GrantId(id))),
            _ => None,
        }
    }
}

/// `GET` of each question about a node.
pub async fn ask(visitor: Visitor, Path(path): Path<Vec<(String, String)>>) -> Outcome {
    let (node, ask) = asked(&visitor, &path)?;
    let (_, me, view) = seen(&visitor, node).await?;
    let mut form = Form::default();
    filled(&mut form, ask, &view);
    if ask == Ask::Invite {
        form.set("language", visitor.lang.code());
    }
    ask_page(&visitor, (&me, &view), (ask, form), None)
}

fn asked(visitor: &Visitor, path: &[(String, String)]) -> Result<(NodeId, Ask), Failure> {
    let node = path.first().map_or("", |(_, node)| node.as_str());
    let ask = Ask::parse(visitor).ok_or_else(|| visitor.fails()(Error::NotFound))?;
    Ok((node_id(visitor, node)?, ask))
}

/// What applies now, in the fields.
fn filled(form: &mut Form, ask: Ask, view: &NodeView) {
    match ask {
        Ask::Add => form.set("level", "team"),
        Ask::Rename => form.set("name", view.place.name()),
        Ask::Invite => form.set("role", "member"),
        Ask::Settings => {
            let settings = &view.place.settings;
            form.set("seen-by", settings.seen_by.name());
            form.set("go-pounds", (settings.go_pence / 100).to_string());
            form.set("complaints", settings.complaints.as_deref().unwrap_or_default());
            form.set("mail-hosts", host_list(&settings.mail_hosts));
            form.set("second-factor", settings.second_factor.name());
            form.set("takes-public", if settings.takes_public { "yes" } else { "" });
            for (door, value) in &settings.doors {
                form.set(door_field(*door), value.as_str());
            }
        }
        Ask::Move | Ask::Close | Ask::EndRole(_) => {}
    }
}

fn ask_page(
    visitor: &Visitor,
    (me, view): (&Me, &NodeView),
    (ask, form): (Ask, Form),
    error: Option<&Error>,
) -> Outcome {
    let name = view.place.name().to_owned();
    let back = Route::AdminNode { node: view.place.node() };
    let start = |title: &str, form: Form| {
        let page = QuestionPage::new(visitor, Some(me), (title, form)).wrong(error).back(&back);
        refused(visitor, page.caption(name.clone()), error)
    };
    let ticked = form.all("role").to_vec();
    let page = match ask {
        Ask::Add => start("admin-add-link", form)
            .line("name", "first-run-body-name")
            .radios("level", "first-run-level", &Level::ALL.map(Level::name))
            .tick("is-body", "admin-is-body")
            .button("admin-add-button"),
        Ask::Rename => {
            start("admin-rename-link", form).line("name", "first-run-body-name").button("people-save")
        }
        Ask::Move => start("admin-move-link", form)
            .say("admin-move-text")
            .line("parent", "admin-move-parent")
            .button("admin-move-button"),
        Ask::Close => start("admin-shut-link", form)
            .warn("admin-shut-text")
            .shown_problem("node")
            .warning_button("admin-shut-link"),
        Ask::Settings => settings(start("admin-part-settings", form)),
        Ask::Invite => start("admin-invite-link", form)
            .line("name", "admin-person")
            .plain_email("mail", "admin-mail")
            .select("language", "admin-invite-language", languages().to_vec())
            .with(role_boxes(visitor, &ticked, error))
            .button("admin-invite-button"),
        Ask::EndRole(grant) => {
            let row = view.roles.iter().find(|row| row.id == grant.0);
            let row = row.ok_or_else(|| visitor.fails()(Error::NotFound))?;
            let role = visitor.text(&format!("people-role-{}", row.role));
            let values = [("name", row.name.as_str().into()), ("role", role.into())];
            start("admin-end-role", form)
                .titled(text_with(visitor.lang, "admin-end-role-title", &values))
                .say("admin-end-role-text")
                .warning_button("admin-end-role")
        }
    };
    page.answer(error)
}

/// The languages of pages and mails, each by its own name.
fn languages() -> [(String, String); Lang::ALL.len()] {
    Lang::ALL.map(|lang| (lang.code().to_owned(), lang.own_name().to_owned()))
}

fn settings(page: QuestionPage) -> QuestionPage {
    let pounds = Input::pounds("go-pounds", page.label("admin-go-limit"));
    let page = page.radios("seen-by", "people-seen-by", &SeenBy::ALL.map(SeenBy::name)).input(
        "go-pounds",
        "admin-go-limit",
        pounds,
    );
    let page = page.line("mail-hosts", "people-mail-hosts");
    let page = page.radios("second-factor", "people-second-factor", &Demand::ALL.map(Demand::name));
    let page = page.tick("takes-public", "admin-takes-public");
    let page = Door::ALL.into_iter().fold(page, |page, door| {
        let field = door_field(door);
        page.line(field, &format!("people-{field}"))
    });
    let page = page.line("complaints", "people-complaints");
    page.button("people-save")
}

fn role_boxes(visitor: &Visitor, ticked: &[String], error: Option<&Error>) -> Checkboxes {
    let boxes = Role::ALL.map(|role| {
        let key = format!("people-role-{}", role.name());
        Checkbox::new(role.name(), visitor.text(&key)).hint(visitor.text(&format!("{key}-hint")))
    });
    let problem = error.and_then(|error| crate::form::problems(visitor.lang, error));
    let problem = problem.and_then(|all| all.into_iter().find(|(field, _)| field == "role"));
    Checkboxes::new("role", Fieldset::new(visitor.text("admin-roles")), boxes)
        .values(ticked.iter().map(String::as_str))
        .error(problem.map(|(_, words)| words))
}

/// `POST` of each question about a node.
pub async fn act(visitor: Visitor, Path(path): Path<Vec<(String, String)>>, form: Form) -> Outcome {
    let (node, ask) = asked(&visitor, &path)?;
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    administration::guard(&mut ctx, node).await.map_err(visitor.fails())?;
    if let Some(to) = once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())? {
        return Ok(Redirect::to(&to).into_response());
    }
    match done(&mut ctx, node, (ask, &form)).await {
        Ok(to) => {
            let to = to.to_string();
            once::remember(&mut ctx, form.token(), &to).await.map_err(visitor.fails())?;
            ctx.commit().await.map_err(visitor.fails())?;
            Ok(Redirect::to(&to).into_response())
        }
        Err(error @ (Error::Invalid(_) | Error::RoleRefused(_))) => {
            drop(ctx);
            let (_, _, view) = seen(&visitor, node).await?;
            ask_page(&visitor, (&me, &view), (ask, form), Some(&error))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// Does what was asked; where to go then.
async fn done(ctx: &mut Ctx<'_, Write>, node: NodeId, (ask, form): (Ask, &Form)) -> Result<Route, Error> {
    let here = Route::AdminNode { node };
    match ask {
        Ask::Add => {
            let added = node::found(ctx, new_node(node, form)?).await?;
            return Ok(Route::AdminNode { node: added });
        }
        Ask::Rename => relocate::rename(ctx, node, &name(form)?).await?,
        Ask::Move => {
            let parent = administration::node_of_text(ctx, form.value("parent")).await?;
            relocate::move_under(ctx, node, parent).await?;
        }
        Ask::Close => {
            let above =
                administration::node(ctx, node).await?.place.line.get(1).map(|above| NodeId(above.id));
            relocate::close(ctx, node).await?;
            return Ok(above.map_or(Route::Admin, |node| Route::AdminNode { node }));
        }
        Ask::Settings => {
            // Only what differs: what is inherited can still change above.
            let now = administration::node(ctx, node).await?.place.settings;
            let mut news = new_settings(form)?;
            news.retain(|setting| now.is_news(setting));
            if !news.is_empty() {
                node::set(ctx, node, news).await?;
            }
        }
        Ask::Invite => {
            let (person, roles) = invited(form)?;
            administration::invite(ctx, node, (&person, &roles)).await?;
        }
        Ask::EndRole(grant) => administration::end_role(ctx, node, grant).await?,
    }
    Ok(here)
}

fn name(form: &Form) -> Result<Line, Error> {
    let mut checks = Checks::default();
    let name = checks.text("name", Line::parse(form.value("name")));
    checks.finish(name)
}

fn new_node(parent: NodeId, form: &Form) -> Result<NewNode, Error> {
    let mut checks = Checks::default();
    let name = checks.text("name", Line::parse(form.value("name")));
    let level = checks.some("level", Level::parse(form.value("level")), "first-run-level-empty");
    let built = name.zip(level).map(|(name, level)| NewNode {
        name: name.as_str().to_owned(),
        level,
        parent: Some(parent),
        is_body: form.value("is-body") == "yes",
        calendar: None,
        zone: None,
        external_id: None,
    });
    checks.finish(built)
}

fn new_settings(form: &Form) -> Result<Vec<Setting>, Error> {
    let mut checks = Checks::default();
    let seen_by = checks.some("seen-by", SeenBy::parse(form.value("seen-by")), "first-run-seen-by-empty");
    let typed = form.value("go-pounds").trim().replace(',', "");
    let limit = typed.parse().ok().and_then(Setting::go_pounds);
    let limit = checks.some("go-pounds", limit, "admin-go-limit-wrong");
    let hosts = mail_hosts(&mut checks, form.value("mail-hosts"));
    let demand = Demand::parse(form.value("second-factor"));
    let demand = checks.some("second-factor", demand, "people-second-factor-empty");
    let mut set = Vec::new();
    for door in Door::ALL {
        let field = door_field(door);
        if let Some(line) = checks.optional(field, Line::parse(form.value(field))) {
            set.push(Setting::Door(door, line.as_str().to_owned()));
        }
    }
    if let Some(mail) = checks.optional("complaints", Mail::parse(form.value("complaints"))) {
        set.push(Setting::Complaints(mail.as_str().to_owned()));
    }
    let built = seen_by.zip(limit).zip(hosts.zip(demand)).map(|((seen_by, limit), (hosts, demand))| {
        set.extend([Setting::SeenBy(seen_by), limit, Setting::MailHosts(hosts)]);
        set.push(Setting::SecondFactor(demand));
        set.push(Setting::TakesPublic(form.value("takes-public") == "yes"));
        set
    });
    checks.finish(built)
}

fn invited(form: &Form) -> Result<(NewPerson, Vec<Role>), Error> {
    let mut checks = Checks::default();
    let name = checks.text("name", Line::parse(form.value("name")));
    let mail = checks.text("mail", Mail::parse(form.value("mail")));
    let roles: Vec<Role> = form.all("role").iter().filter_map(|role| Role::parse(role)).collect();
    checks.holds("role", !roles.is_empty(), "admin-invite-no-role");
    let language = checks.some("language", Language::parse(form.value("language")), "me-language-wrong");
    let built = name.zip(mail).zip(language);
    let built = built.map(|((name, mail), language)| NewPerson { name, mail, language, external_id: None });
    checks.finish(built.map(|person| (person, roles)))
}
