//! A form where it is shown with its fields: who fills it in, where, and with what so that it is taken.

use super::shown::{self, Field};
use std::sync::atomic::{AtomicU32, Ordering};
use waymark_app::people::account::{self, Mail, NewPerson};
use waymark_app::people::node::{self, NewNode};
use waymark_app::people::{roles, session};
use waymark_app::routes::Route;
use waymark_app::{Actor, Ctx, Write};
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::text::{Language, Line};
use waymark_testkit::{Client, Page, TestApp};
use waymark_web::visitor::SESSION_COOKIE;

/// Where a page is: as text, or as one of the list of addresses.
#[derive(Debug)]
pub struct Address(String);

impl From<&str> for Address {
    fn from(address: &str) -> Self {
        Self(address.to_owned())
    }
}

impl From<String> for Address {
    fn from(address: String) -> Self {
        Self(address)
    }
}

impl From<Route> for Address {
    fn from(route: Route) -> Self {
        Self(route.to_string())
    }
}

/// A form where it is shown.
#[derive(Debug)]
pub struct Scene {
    /// Who fills it in.
    pub client: Client,
    /// Their account, where they are signed in.
    pub account: Option<AccountId>,
    /// The page that shows it.
    pub page: String,
    /// Where it is sent to.
    pub to: String,
    /// What they fill in.
    pub fill: Vec<(String, String)>,
    /// The same form of something that is there and is not theirs.
    pub foreign: Option<String>,
    /// The name and the bytes of a file that is sent along.
    pub file: Option<(String, Vec<u8>)>,
    /// The first run has a service of its own.
    pub own: Option<TestApp>,
}

impl Scene {
    /// A form that is sent to the address of its page.
    pub fn at(client: Client, page: impl Into<Address>) -> Self {
        let page = page.into().0;
        let to = page.split('?').next().unwrap_or_default().to_owned();
        Self { client, account: None, page, to, fill: Vec::new(), foreign: None, file: None, own: None }
    }

    /// The same of somebody who is signed in.
    pub async fn of(app: &TestApp, account: AccountId, page: impl Into<Address>) -> Self {
        Self { account: Some(account), ..Self::at(signed_in(app, account, app.visitor()).await, page) }
    }

    /// The same of a person of the world.
    pub async fn by(app: &TestApp, name: &str, page: impl Into<Address>) -> Self {
        Self::of(app, app.person(name), page).await
    }

    /// Sent to another address than that of its page.
    pub fn to(self, to: impl Into<Address>) -> Self {
        Self { to: to.into().0, ..self }
    }

    /// Filled in.
    pub fn with<const N: usize>(mut self, fill: [(&str, &str); N]) -> Self {
        self.fill.extend(fill.map(|(name, value)| (name.to_owned(), value.to_owned())));
        self
    }

    /// The address of the same form of something that is not theirs.
    pub fn not(self, foreign: impl Into<Address>) -> Self {
        Self { foreign: Some(foreign.into().0), ..self }
    }

    /// The form's fields as the page shows them.
    pub async fn fields(&mut self) -> Vec<Field> {
        let page = self.client.get(&self.page).await;
        assert_eq!(page.status, 200, "{}: {}", page.address, page.text());
        shown::fields(&page, Some(&self.to))
    }

    /// What is sent: the fields as the page has them, and as they are filled in.
    pub fn filled(&self, fields: &[Field]) -> Vec<(String, String)> {
        let is_filled = |field: &&Field| self.fill.iter().all(|(name, _)| *name != field.name);
        let shown = fields.iter().filter(is_filled);
        let shown = shown.filter_map(|field| Some((field.name.clone(), field.value.clone()?)));
        shown.chain(self.fill.iter().cloned()).collect()
    }

    /// Sends fields.
    pub async fn send(&mut self, fields: &[(String, String)]) -> Page {
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        match &self.file {
            Some((name, bytes)) => self.client.upload(&self.to, &fields, ("file", name, bytes)).await,
            None => self.client.post(&self.to, &fields).await,
        }
    }
}

/// A client with the session of an account that begins now.
pub async fn signed_in(app: &TestApp, account: AccountId, client: Client) -> Client {
    let mut ctx = console(app).await;
    let secret = session::begin_stepped_up(&mut ctx, account, (false, "a test")).await.expect("a session");
    ctx.commit().await.expect("a commit");
    client.with_cookie(SESSION_COOKIE, &secret)
}

/// A context that may do anything.
pub async fn console(app: &TestApp) -> Ctx<'_, Write> {
    Ctx::write(&app.env, Actor::Console).await.expect("a database")
}

static MADE: AtomicU32 = AtomicU32::new(0);

/// A name that nothing has yet.
pub fn fresh(what: &str) -> String {
    format!("{what}-{}", MADE.fetch_add(1, Ordering::Relaxed))
}

/// Somebody new with roles at a node.
pub async fn somebody(app: &TestApp, node: NodeId, held: &[Role]) -> (AccountId, String) {
    let mail = format!("{}@riverside.example", fresh("somebody"));
    let person = NewPerson {
        name: Line::parse("Nia Puw").expect("a name"),
        mail: Mail::parse(&mail).expect("a mail address"),
        language: Language::En,
        external_id: None,
    };
    let mut ctx = console(app).await;
    let account = account::create(&mut ctx, &person).await.expect("an account");
    for role in held {
        roles::grant(&mut ctx, *role, node, account).await.expect("a role");
    }
    ctx.commit().await.expect("a commit");
    (account, mail)
}

/// A new team below Riverside.
pub async fn team(app: &TestApp) -> NodeId {
    let new = NewNode {
        name: fresh("Ward"),
        level: Level::Team,
        parent: Some(app.world.nodes["riverside"]),
        is_body: false,
        calendar: None,
        zone: None,
        external_id: None,
    };
    let mut ctx = console(app).await;
    let team = node::found(&mut ctx, new).await.expect("a node");
    ctx.commit().await.expect("a commit");
    team
}
