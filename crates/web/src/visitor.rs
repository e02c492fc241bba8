//! Who asks, in which language, with which cookie: what every handler takes first.

use crate::components::{NavigationItem, Text};
use crate::layers::language::chosen;
use crate::layers::log::{Asker, Number};
use crate::layout::Layout;
use axum::extract::{ConnectInfo, FromRef, FromRequestParts, MatchedPath};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderName, request::Parts};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use waymark_app::find::hidden;
use waymark_app::people::pace::Whose;
use waymark_app::people::second_factor;
use waymark_app::people::session::{self, Me};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, text};
use waymark_app::{Actor, Ctx, Env, Error, Read, Result, Write};
use waymark_domain::reference::Reference;

/// What the router carries.
#[derive(Debug, Clone)]
pub struct App {
    /// The world.
    pub env: Arc<Env>,
}

impl FromRef<App> for Arc<Env> {
    fn from_ref(app: &App) -> Self {
        Self::clone(&app.env)
    }
}

/// One request's visitor, before the database was asked who it is.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The world.
    pub env: Arc<Env>,
    /// The language that the query, the cookie or the browser asks for.
    pub lang: Lang,
    /// The secret of the session, as the cookie has it.
    pub secret: Option<String>,
    /// The secret of drafts of somebody who has not signed in.
    pub draft_key: Option<String>,
    /// The code of what somebody told with a hidden name.
    pub code: Option<String>,
    /// The browser, as it calls itself.
    pub agent: String,
    /// Path and query of the page.
    pub address: String,
    /// The pattern of the path, for the log: there are secrets in addresses.
    pub pattern: String,
    /// The address of the machine that asks, for limits.
    pub from: String,
    /// Who it was found to be, for the page of what fails after that.
    pub(crate) met: Arc<OnceLock<Me>>,
    /// The same for the log.
    pub(crate) asker: Asker,
    /// The number by which the log knows the request.
    pub(crate) number: Number,
}

/// Cookie of the session.
pub const SESSION_COOKIE: &str = "waymark";
/// Cookie of drafts of somebody who has not signed in.
pub const DRAFT_COOKIE: &str = "waymark-draft";
/// Cookie of the code by which somebody came back to what they told with a hidden name.
pub const CODE_COOKIE: &str = "waymark-code";
/// Cookie of the chosen language.
pub const LANG_COOKIE: &str = "waymark-lang";

impl Visitor {
    /// A snapshot to read from, and who is signed in.
    ///
    /// # Errors
    /// [`Error::SecondFactor`] where the page needs it and the session has not shown it; [`Error::Unavailable`].
    pub async fn read(&self) -> Result<(Ctx<'_, Read>, Option<Me>)> {
        let mut ctx = Ctx::read(&self.env, Actor::Nobody).await?.in_language(self.lang);
        let me = self.resume(&mut ctx).await?;
        self.shut(me.as_ref())?;
        let Some(stale) = me.as_ref().filter(|me| me.is_stale) else { return Ok((ctx, me)) };
        let actor = ctx.actor;
        // Given back first: requests that each hold one connection and want a second one wait for each other.
        drop(ctx);
        match self.touch(actor, stale).await {
            // Where nothing can be written just now, one can still read; the next page notes it.
            Err(Error::Unavailable(_) | Error::Full(_)) => {}
            done => done?,
        }
        Ok((Ctx::read(&self.env, actor).await?.in_language(self.lang), me))
    }

    /// Notes that the session is used.
    async fn touch(&self, actor: Actor, me: &Me) -> Result<()> {
        let mut ctx = Ctx::write(&self.env, actor).await?;
        session::touch(&mut ctx, me).await?;
        ctx.commit().await.map(drop)
    }

    /// As [`Visitor::read`] for the page of a record. Whoever has its code acts as whoever brought it; then no session is
    /// looked at, nor noted as used.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn read_record(&self, reference: &Reference) -> Result<(Ctx<'_, Read>, Option<Me>)> {
        if let Some(code) = &self.code {
            let mut ctx = Ctx::read(&self.env, Actor::Nobody).await?.in_language(self.lang);
            if hidden::bear(&mut ctx, code, reference).await? {
                return Ok((ctx, None));
            }
        }
        self.read().await
    }

    /// As [`Visitor::write`] for an act on a record, with its code or signed in.
    ///
    /// # Errors
    /// As [`Visitor::write`], [`Error::SignInFirst`].
    pub async fn write_record(&self, reference: &Reference) -> Result<(Ctx<'_, Write>, Option<Me>)> {
        if let Some(code) = &self.code {
            let mut ctx = self.write_as(Actor::Nobody).await?;
            if hidden::bear(&mut ctx, code, reference).await? {
                return Ok((ctx, None));
            }
        }
        let (ctx, me) = self.write_as_member().await?;
        Ok((ctx, Some(me)))
    }

    /// A transaction to write in, and who is signed in.
    ///
    /// # Errors
    /// [`Error::TooMany`] where one person, or one address without any, writes faster than anybody types;
    /// [`Error::Unavailable`].
    pub async fn write(&self) -> Result<(Ctx<'_, Write>, Option<Me>)> {
        let (ctx, me) = self.write_at_any_pace().await?;
        self.take_turn(&ctx)?;
        Ok((ctx, me))
    }

    /// A transaction to write in for whoever was found signed in by [`Visitor::read`], which noted the use already.
    ///
    /// # Errors
    /// As [`Visitor::write`].
    pub async fn write_as(&self, actor: Actor) -> Result<Ctx<'_, Write>> {
        let ctx = Ctx::write(&self.env, actor).await?.in_language(self.lang);
        self.take_turn(&ctx)?;
        Ok(ctx)
    }

    fn take_turn<K>(&self, ctx: &Ctx<'_, K>) -> Result<()> {
        let whose = ctx.actor.account().map_or(Whose::Address(&self.from), Whose::Person);
        self.env.paces.take(whose, ctx.now)
    }

    /// The same for what nobody is kept from, such as signing out.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn write_at_any_pace(&self) -> Result<(Ctx<'_, Write>, Option<Me>)> {
        let (actor, me) = self.who().await?;
        self.shut(me.as_ref())?;
        let mut ctx = Ctx::write(&self.env, actor).await?.in_language(self.lang);
        if let Some(me) = me.as_ref().filter(|me| me.is_stale) {
            session::touch(&mut ctx, me).await?;
        }
        Ok((ctx, me))
    }

    /// As [`Visitor::read`], for pages of people who are signed in.
    ///
    /// # Errors
    /// [`Error::SignInFirst`], [`Error::Unavailable`].
    pub async fn read_as_member(&self) -> Result<(Ctx<'_, Read>, Me)> {
        let (ctx, me) = self.read().await?;
        Ok((ctx, me.ok_or(Error::SignInFirst)?))
    }

    /// As [`Visitor::write`], for acts of people who are signed in.
    ///
    /// # Errors
    /// [`Error::SignInFirst`], [`Error::Unavailable`].
    pub async fn write_as_member(&self) -> Result<(Ctx<'_, Write>, Me)> {
        let (ctx, me) = self.write().await?;
        Ok((ctx, me.ok_or(Error::SignInFirst)?))
    }

    /// Takes a turn of those who search, or take a list away whole.
    ///
    /// # Errors
    /// [`Error::TooMany`] where one person, or one address without any, does so faster than anybody reads.
    pub fn take_search_turn<K>(&self, ctx: &Ctx<'_, K>) -> Result<()> {
        let whose = ctx.actor.account().map_or(Whose::SearchFrom(&self.from), Whose::Search);
        self.env.paces.take(whose, ctx.now)
    }

    /// Refuses a page that needs a second factor, where the session has not shown it.
    fn shut(&self, me: Option<&Me>) -> Result<()> {
        let is_shut = me.is_some_and(|me| second_factor::is_shut(me.lacks, &self.pattern));
        if is_shut { Err(Error::SecondFactor) } else { Ok(()) }
    }

    /// Who is signed in, read aside: SQLite has one writer, and whoever has it keeps it as briefly as can be.
    async fn who(&self) -> Result<(Actor, Option<Me>)> {
        let mut ctx = Ctx::read(&self.env, Actor::Nobody).await?;
        let me = self.resume(&mut ctx).await?;
        Ok((ctx.actor, me))
    }

    async fn resume<K>(&self, ctx: &mut Ctx<'_, K>) -> Result<Option<Me>> {
        let me = match &self.secret {
            Some(secret) => session::resume(ctx, secret).await?,
            None => None,
        };
        if let Some(me) = &me {
            self.met.get_or_init(|| me.clone());
            self.asker.found(me.account);
        }
        Ok(me)
    }

    /// Who is signed in, where the database was asked already.
    pub fn met(&self) -> Option<&Me> {
        self.met.get()
    }

    /// The shell of a page for whoever is signed in.
    pub fn layout(&self, me: Option<&Me>, title: impl Into<Text>) -> Layout {
        Layout {
            navigation: me.map(|me| self.navigation(me)).unwrap_or_default(),
            signed_in_as: me.map(|me| me.name.clone()).unwrap_or_default().into(),
            idle_minutes: me.and_then(|me| me.idle_minutes),
            is_demonstration: self.env.config.is_demonstration,
            ..Layout::new(self.lang, title).at(self.address.clone())
        }
    }

    /// A value of the page's query.
    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.address.split_once('?')?;
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(own, _)| *own == name).map(|(_, value)| decoded(value))
    }

    /// The text of a key in the visitor's language.
    pub fn text(&self, key: &str) -> String {
        text(self.lang, key)
    }

    /// An address of ours with scheme and host, for what is read elsewhere.
    pub fn absolute(&self, address: &str) -> String {
        format!("{}{address}", self.env.config.origin)
    }

    fn navigation(&self, me: &Me) -> Vec<NavigationItem> {
        let sections =
            [(Route::Work, "work-nav"), (Route::Tell, "home-nav-tell"), (Route::Ideas, "list-nav")];
        let admin = me.administers.then_some((Route::Admin, "admin-link"));
        let audit = me.is_auditor.then_some((Route::Audit, "audit-title"));
        sections
            .into_iter()
            .chain(admin)
            .chain(audit)
            .chain([(Route::Me, "me-link")])
            .map(|(route, key)| {
                let href = route.to_string();
                let is_here = self.address.split('?').next() == Some(href.as_str());
                NavigationItem::new(self.text(key), href, is_here)
            })
            .collect()
    }
}

impl<S> FromRequestParts<S> for Visitor
where
    Arc<Env>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        let address = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let env = Arc::<Env>::from_ref(state);
        Ok(Self {
            lang: wanted_lang(parts),
            secret: cookie(headers, &own(&env, SESSION_COOKIE)),
            draft_key: cookie(headers, &own(&env, DRAFT_COOKIE)),
            code: cookie(headers, &own(&env, CODE_COOKIE)),
            agent: header(headers, &USER_AGENT).to_owned(),
            address,
            pattern: parts.extensions.get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned(),
            from: peer(parts),
            met: Arc::default(),
            asker: parts.extensions.get::<Asker>().cloned().unwrap_or_default(),
            number: parts.extensions.get::<Number>().cloned().unwrap_or_default(),
            env,
        })
    }
}

/// The language of the query, else of the cookie, else the first of the browser's that pages come in.
pub(crate) fn wanted_lang(parts: &Parts) -> Lang {
    let asked = parts.uri.query().and_then(chosen);
    let named = |name: &str| cookie(&parts.headers, name).as_deref().and_then(Lang::parse);
    // Nothing hangs on the language, so that what another site may have set is as good.
    let kept = || named(&format!("{BOUND}{LANG_COOKIE}")).or_else(|| named(LANG_COOKIE));
    let spoken = || {
        let mut accepted = header(&parts.headers, &ACCEPT_LANGUAGE).split(',');
        accepted.find_map(|one| Lang::parse(one.trim()))
    };
    asked.or_else(kept).or_else(spoken).unwrap_or_default()
}

/// A value of a query as it was before it was written there.
fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| char::from(byte.unwrap_or(b' ')).to_digit(16);
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => match (hex(rest.next()), hex(rest.next())) {
                (Some(high), Some(low)) => u8::try_from(high * 16 + low).unwrap_or(b'?'),
                _ => b'?',
            },
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The address of the machine that asks: behind a proxy of our own, the one that the proxy saw, which is the last that it
/// wrote; what stands before that anybody may have written.
fn peer(parts: &Parts) -> String {
    let direct = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let is_proxy = direct.is_none_or(|direct| direct.is_loopback());
    // A proxy may add a line of its own below one that the asker wrote.
    let lines = parts.headers.get_all(HeaderName::from_static("x-forwarded-for"));
    let last = lines.iter().next_back().and_then(|line| line.to_str().ok());
    let seen = last.and_then(|line| line.rsplit(',').next());
    let seen = seen.and_then(|seen| seen.trim().parse::<IpAddr>().ok()).filter(|_| is_proxy);
    seen.or(direct).map_or_else(String::new, |address| address.to_string())
}

fn header<'h>(headers: &'h HeaderMap, name: &axum::http::HeaderName) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The value of a cookie that only one page asks for.
pub fn cookie_of(env: &Env, headers: &HeaderMap, name: &str) -> Option<String> {
    cookie(headers, &own(env, name))
}

/// What the name of a cookie begins with that browsers take from its own host alone, over https.
const BOUND: &str = "__Host-";

fn is_secure(env: &Env) -> bool {
    env.config.origin.starts_with("https://")
}

/// The whole name of a cookie: over https no other name is believed, since a neighbouring host can set any other.
fn own(env: &Env, name: &str) -> String {
    if is_secure(env) { format!("{BOUND}{name}") } else { name.to_owned() }
}

/// The value of the cookie of a name.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// A cookie that goes with the browser, named as [`set_cookie`] does.
pub fn browser_cookie(env: &Env, name: &str, value: &str) -> String {
    let secure = if is_secure(env) { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}", own(env, name))
}

/// A cookie to be set: `__Host-` and Secure where the origin is https, a plain name on loopback.
pub fn set_cookie(env: &Env, name: &str, (value, seconds): (&str, i64)) -> String {
    let secure = if is_secure(env) { "; Secure" } else { "" };
    format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", own(env, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    #[test]
    fn only_what_a_proxy_of_our_own_wrote_last_is_the_address_of_the_asker() {
        let asked = |direct: &str, lines: &[&str]| {
            let mut request = Request::get("/");
            for line in lines {
                request = request.header("x-forwarded-for", *line);
            }
            let (mut parts, ()) = request.body(()).expect("a request").into_parts();
            let direct: SocketAddr = direct.parse().expect("an address");
            parts.extensions.insert(ConnectInfo(direct));
            peer(&parts)
        };
        assert_eq!(asked("127.0.0.1:9", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(asked("127.0.0.1:9", &["203.0.113.1, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(asked("127.0.0.1:9", &["203.0.113.1", "198.51.100.7"]), "198.51.100.7");
        assert_eq!(asked("198.51.100.9:9", &["203.0.113.1"]), "198.51.100.9", "no proxy of ours");
    }
}
