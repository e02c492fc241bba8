//! The first run: five questions, and from their answers a body that can begin, in one transaction.

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Checks, Error, Result};
use crate::people::account::{self, Mail, NewPerson};
use crate::people::audit::{self, Act};
use crate::people::installation::{self as kept, MailBy, Secret};
use crate::people::node::{self, NewNode};
use crate::people::password::{self, Password};
use crate::people::ticket::{self, Purpose};
use crate::people::{roles, sign_in};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::host::{Host, HostsProblem, hosts};
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::{Door, SeenBy, Setting};
use waymark_domain::route::calendar::CalendarName;
use waymark_domain::text::{Digest, Line};
use waymark_store::db::Lock;
use waymark_store::dialect;
use waymark_store::people::{accounts, installation, tree};

/// One of the five questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Your body.
    Body,
    /// Who answers.
    People,
    /// The doors.
    Doors,
    /// How mails are sent.
    Mail,
    /// Who may see ideas.
    SeenBy,
}

impl Step {
    /// Every question in order.
    pub const ALL: [Self; 5] = [Self::Body, Self::People, Self::Doors, Self::Mail, Self::SeenBy];

    /// The name in addresses and translations.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::People => "people",
            Self::Doors => "doors",
            Self::Mail => "mail",
            Self::SeenBy => "seen-by",
        }
    }

    /// The question of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.name() == name)
    }

    /// The next question; nothing after the last.
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }

    /// Its number, from 1.
    pub fn number(self) -> usize {
        Self::ALL.iter().take_while(|step| **step <= self).count()
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What was typed, by field.
pub type Fields = BTreeMap<String, String>;

/// The answers so far. Of the first password only the hash is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    fields: Fields,
    password_hash: Option<Secret>,
    mail_password: Secret,
}

impl Draft {
    /// What was typed into a field.
    pub fn value(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }

    /// Was a field filled in or left empty on purpose?
    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// Was a password for oneself chosen already?
    pub const fn has_password(&self) -> bool {
        self.password_hash.is_some()
    }

    /// Was a password for the mail server given already?
    pub const fn has_mail_password(&self) -> bool {
        !self.mail_password.0.is_empty()
    }

    /// Takes what was typed on a page over what was there.
    fn take(&mut self, typed: &Fields) {
        self.fields.extend(typed.iter().map(|(field, value)| (field.clone(), value.clone())));
    }
}

/// The two fields that are never kept as they are typed.
pub const SECRET_FIELDS: [&str; 2] = ["password", "mail-password"];

/// Is the first run still to be done?
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn is_open<K>(ctx: &mut Ctx<'_, K>) -> Result<bool> {
    Ok(tree::root(&mut ctx.tx).await?.is_none())
}

/// The root, where the first run is done.
///
/// # Errors
/// [`Error::NotFound`] before it is.
pub async fn root<K>(ctx: &mut Ctx<'_, K>) -> Result<NodeId> {
    tree::root(&mut ctx.tx).await?.map(|root| NodeId(root.id)).ok_or(Error::NotFound)
}

/// The answers that a browser gave so far.
///
/// # Errors
/// [`Error::NotFound`] once the first run is done.
pub async fn draft<K>(ctx: &mut Ctx<'_, K>, key: Option<&str>) -> Result<Draft> {
    if !is_open(ctx).await? {
        return Err(Error::NotFound);
    }
    let Some(key) = key else { return Ok(Draft::default()) };
    let kept = installation::answers(&mut ctx.tx, draft_id(key)).await?;
    kept.map_or(Ok(Draft::default()), |payload| serde_json::from_str(&payload).map_err(Error::internal))
}

fn draft_id(key: &str) -> Uuid {
    let hash = key_hash(key);
    Uuid::from_bytes(std::array::from_fn(|place| hash[place]))
}

fn key_hash(key: &str) -> [u8; 32] {
    Digest::of(&[b"first-run", key.as_bytes()]).0
}

/// Takes the answers of one question and keeps them. Opens its own transactions, since a password is hashed between.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be taken, [`Error::NotFound`] once the first run is done.
pub async fn answer(env: &Env, key: &str, (step, typed): (Step, &Fields)) -> Result<()> {
    let mut ctx = Ctx::read(env, Actor::Nobody).await?;
    let mut draft = draft(&mut ctx, Some(key)).await?;
    drop(ctx);
    let secret = |field: &str| typed.get(field).filter(|value| !value.is_empty());
    let mut public = typed.clone();
    public.retain(|field, _| !SECRET_FIELDS.contains(&field.as_str()));
    draft.take(&public);
    if let Some(password) = secret("mail-password").filter(|_| step == Step::Mail) {
        draft.mail_password = Secret(password.clone());
    }
    check(step, &draft, secret("password").map(String::as_str))?;
    if let Some(typed) = secret("password").filter(|_| step == Step::People) {
        let known = [draft.value("name"), draft.value("mail")];
        let password = Password::parse(typed, &known).map_err(|key| Error::field("password", key))?;
        draft.password_hash = Some(Secret(password::hash(env, password).await?));
    }
    keep(env, key, &draft).await
}

async fn keep(env: &Env, key: &str, draft: &Draft) -> Result<()> {
    let payload = serde_json::to_string(draft).map_err(Error::internal)?;
    let mut ctx = Ctx::write(env, Actor::Nobody).await?;
    if !is_open(&mut ctx).await? {
        return Err(Error::NotFound);
    }
    let now = ctx.now.timestamp_micros();
    installation::keep_answers(&mut ctx.tx, (draft_id(key), &key_hash(key)), (&payload, now)).await?;
    ctx.commit().await?;
    Ok(())
}

/// Can the answers of one question be taken?
fn check(step: Step, draft: &Draft, password: Option<&str>) -> Result<()> {
    match step {
        Step::Body => body(draft).map(drop),
        Step::People => people(draft, password).map(drop),
        Step::Doors => doors(draft).map(drop),
        Step::Mail => mail(draft).and(staff_hosts(draft)).map(drop),
        Step::SeenBy => seen_by(draft).map(drop),
    }
}

/// The first question that is not answered yet.
pub fn missing(draft: &Draft) -> Option<Step> {
    Step::ALL.into_iter().find(|step| check(*step, draft, None).is_err())
}

struct Body {
    name: Line,
    level: Level,
    calendar: CalendarName,
}

fn body(draft: &Draft) -> Result<Body> {
    let mut checks = Checks::default();
    let name = checks.text("body-name", Line::parse(draft.value("body-name")));
    let level = checks.some("level", Level::parse(draft.value("level")), "first-run-level-empty");
    let calendar = checks.some("calendar", draft.value("calendar").parse().ok(), "first-run-calendar-empty");
    let built = name.zip(level).zip(calendar);
    checks.finish(built.map(|((name, level), calendar)| Body { name, level, calendar }))
}

/// Who has a post: oneself, somebody else, or nobody yet.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Post {
    Me,
    Other(NewPerson),
    Nobody,
}

struct People {
    me: NewPerson,
    finder: Post,
    lead: Post,
}

fn people(draft: &Draft, password: Option<&str>) -> Result<People> {
    let mut checks = Checks::default();
    let me = person(&mut checks, draft, ["name", "mail"]);
    let known = [draft.value("name"), draft.value("mail")];
    match password {
        Some(typed) => {
            if let Err(key) = Password::parse(typed, &known) {
                checks.holds("password", false, key);
            }
        }
        None => checks.holds("password", draft.has_password(), "sign-in-password-empty"),
    }
    let finder = post(&mut checks, draft, ["finder", "finder-name", "finder-mail"]);
    let lead = post(&mut checks, draft, ["lead", "lead-name", "lead-mail"]);
    let built = me.zip(finder).zip(lead).map(|((me, finder), lead)| People { me, finder, lead });
    checks.finish(built)
}

fn person(checks: &mut Checks, draft: &Draft, [name, mail]: [&'static str; 2]) -> Option<NewPerson> {
    let parsed = checks.text(name, Line::parse(draft.value(name)));
    let address = checks.text(mail, Mail::parse(draft.value(mail)));
    let language = waymark_domain::text::Language::parse(draft.value("language")).unwrap_or_default();
    let built = parsed.zip(address);
    built.map(|(name, mail)| NewPerson { name, mail, language, external_id: None })
}

fn post(checks: &mut Checks, draft: &Draft, [who, name, mail]: [&'static str; 3]) -> Option<Post> {
    match draft.value(who) {
        "me" => Some(Post::Me),
        "nobody" if who == "lead" => Some(Post::Nobody),
        "other" => {
            let other = person(checks, draft, [name, mail])?;
            let own = Mail::parse(draft.value("mail")).ok();
            let is_other = own.is_none_or(|own| own.folded() != other.mail.folded());
            checks.holds(mail, is_other, "first-run-post-own-mail");
            Some(Post::Other(other))
        }
        _ => checks.some(who, None, "first-run-post-empty"),
    }
}

/// The doors that are set; those left empty can be set later, and until then nobody can tell an idea.
fn doors(draft: &Draft) -> Result<Vec<Setting>> {
    let mut checks = Checks::default();
    let mut set = Vec::new();
    for door in Door::ALL {
        let field = door_field(door);
        if let Some(line) = checks.optional(field, Line::parse(draft.value(field))) {
            set.push(Setting::Door(door, line.as_str().to_owned()));
        }
    }
    checks.finish(Some(set))
}

/// The form's field of a door.
pub const fn door_field(door: Door) -> &'static str {
    match door {
        Door::Danger => "door-danger",
        Door::Wrongdoing => "door-wrongdoing",
        Door::Complaint => "door-complaint",
        Door::Help => "door-help",
        Door::Press => "door-press",
    }
}

fn mail(draft: &Draft) -> Result<MailBy> {
    mail_by(&draft.fields, &draft.mail_password)
}

/// The mail hosts of the body's own people, by which others are known later.
fn staff_hosts(draft: &Draft) -> Result<Vec<Host>> {
    let mut checks = Checks::default();
    let hosts = mail_hosts(&mut checks, draft.value("mail-hosts"));
    checks.finish(hosts)
}

/// Parses the mail hosts of a form's field `mail-hosts`.
pub fn mail_hosts(checks: &mut Checks, typed: &str) -> Option<Vec<Host>> {
    let parsed = hosts(typed);
    let key = match &parsed {
        Err(HostsProblem::Free) => "people-mail-hosts-free",
        Err(HostsProblem::TooMany) => "people-mail-hosts-many",
        _ => "people-mail-hosts-wrong",
    };
    checks.some("mail-hosts", parsed.ok(), key)
}

/// The mail host that the first run proposes: that of who sets it up, unless anybody gets an address there.
pub fn proposed_host(draft: &Draft) -> String {
    let own = Host::of_mail(draft.value("mail")).filter(|host| !host.is_free());
    own.map_or_else(String::new, |host| host.as_str().to_owned())
}

/// Parses how mails are to be sent, from the fields of a form and the password of the mail server.
///
/// # Errors
/// [`Error::Invalid`].
pub fn mail_by(fields: &Fields, password: &Secret) -> Result<MailBy> {
    let value = |field: &str| fields.get(field).map_or("", String::as_str);
    let mut checks = Checks::default();
    match value("mail-by") {
        "files" => return Ok(MailBy::Files),
        "smtp" => {}
        _ => return Err(Error::field("mail-by", "first-run-mail-by-empty")),
    }
    let host = checks.text("mail-host", Line::parse(value("mail-host")));
    let host = host.map(|host| host.as_str().to_owned());
    let is_name = host.as_ref().is_none_or(|host| !host.contains(|c: char| c.is_whitespace() || c == '/'));
    checks.holds("mail-host", is_name, "first-run-mail-host-wrong");
    let port: Option<u16> = value("mail-port").trim().parse().ok().filter(|port| *port > 0);
    let port = checks.some("mail-port", port, "first-run-mail-port-wrong");
    let user = checks.optional("mail-user", Line::parse(value("mail-user")));
    let from = checks.text("mail-from", Mail::parse(value("mail-from")));
    let user = user.map(|user| user.as_str().to_owned());
    let password = password.clone();
    let built = host.zip(port).zip(from).map(|((host, port), from)| MailBy::Smtp {
        host,
        port,
        user,
        password,
        from: from.as_str().to_owned(),
    });
    checks.finish(built)
}

fn seen_by(draft: &Draft) -> Result<SeenBy> {
    let chosen = SeenBy::parse(draft.value("seen-by"));
    let chosen = chosen.filter(|seen_by| matches!(seen_by, SeenBy::Handlers | SeenBy::Body));
    chosen.ok_or_else(|| Error::field("seen-by", "first-run-seen-by-empty"))
}

/// What was founded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// The root.
    pub root: NodeId,
    /// Who did it.
    pub account: AccountId,
    /// The secret of their session.
    pub session: String,
}

/// Founds the body from the answers: all of it or nothing.
///
/// # Errors
/// [`Error::Conflict`] where another browser was quicker, [`Error::Invalid`] where an answer is missing.
pub async fn finish(ctx: &mut Ctx<'_, Write>, key: &str, agent: &str) -> Result<Started> {
    dialect::lock(&mut ctx.tx, Lock::FirstRun).await?;
    if !is_open(ctx).await? {
        return Err(Error::Conflict);
    }
    let draft = draft(ctx, Some(key)).await?;
    let people = people(&draft, None)?;
    let root = found(ctx, &draft).await?;
    let account = staff(ctx, root, &people).await?;
    let hash =
        draft.password_hash.as_ref().ok_or_else(|| Error::field("password", "sign-in-password-empty"))?;
    accounts::set_password(&mut ctx.tx, account.0, &hash.0).await?;
    kept::set_mail_by(ctx, &mail(&draft)?).await?;
    installation::forget_answers(&mut ctx.tx).await?;
    audit::note(ctx, Act::FirstRun, root.0).await?;
    let session = sign_in::begin_stepped_up(ctx, account, (false, agent)).await?;
    Ok(Started { root, account, session })
}

async fn found(ctx: &mut Ctx<'_, Write>, draft: &Draft) -> Result<NodeId> {
    let body = body(draft)?;
    let new = NewNode {
        name: body.name.as_str().to_owned(),
        level: body.level,
        parent: None,
        is_body: true,
        calendar: Some(body.calendar),
        zone: None,
        external_id: None,
    };
    let root = node::found(ctx, new).await?;
    let mut settings = doors(draft)?;
    settings.push(Setting::SeenBy(seen_by(draft)?));
    settings.push(Setting::MailHosts(staff_hosts(draft)?));
    node::set(ctx, root, settings).await?;
    Ok(root)
}

/// Makes the accounts and gives the roles. Who sets it up is member, administrator and head: the root has one of each.
async fn staff(ctx: &mut Ctx<'_, Write>, root: NodeId, people: &People) -> Result<AccountId> {
    let me = account::create(ctx, &people.me).await?;
    for role in [Role::Member, Role::Administrator, Role::Head] {
        roles::grant(ctx, role, root, me).await?;
    }
    for (role, post) in [(Role::Finder, &people.finder), (Role::TeamLead, &people.lead)] {
        let holder = match post {
            Post::Me => Some(me),
            Post::Other(other) => Some(invite(ctx, root, other).await?),
            Post::Nobody => None,
        };
        if let Some(holder) = holder {
            roles::grant(ctx, role, root, holder).await?;
        }
    }
    Ok(me)
}

/// Makes somebody else a member and invites them; finder and team lead may be one person.
async fn invite(ctx: &mut Ctx<'_, Write>, root: NodeId, other: &NewPerson) -> Result<AccountId> {
    if let Some(row) = accounts::by_mail(&mut ctx.tx, &other.mail.folded()).await? {
        return Ok(AccountId(row.id));
    }
    let account = account::create(ctx, other).await?;
    roles::grant(ctx, Role::Member, root, account).await?;
    ticket::mail_link(ctx, account, Purpose::Invitation).await?;
    Ok(account)
}

/// Makes an administrator from the command line, where nobody can sign in to do it.
///
/// # Errors
/// [`Error::NotFound`] before the first run, [`Error::Invalid`] on `mail` where it cannot be taken.
pub async fn create_administrator(ctx: &mut Ctx<'_, Write>, person: &NewPerson) -> Result<AccountId> {
    let root = root(ctx).await?;
    let account = account::create(ctx, person).await?;
    roles::grant(ctx, Role::Member, root, account).await?;
    roles::grant(ctx, Role::Administrator, root, account).await?;
    Ok(account)
}

/// A link for a new password, for the command line to print: works once, for an hour.
///
/// # Errors
/// [`Error::NotFound`] where nobody has the address.
pub async fn reset_link(ctx: &mut Ctx<'_, Write>, mail: &Mail) -> Result<String> {
    let row = accounts::by_mail(&mut ctx.tx, &mail.folded()).await?.ok_or(Error::NotFound)?;
    let (link, ..) = ticket::issue(ctx, AccountId(row.id), Purpose::Reset).await?;
    Ok(link)
}
