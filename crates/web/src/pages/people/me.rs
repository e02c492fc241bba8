//! One's own account: name, language, mails; where one is signed in; cover.

use crate::components::{Button, Html, Link, Radio, Radios, Row, SummaryList};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, new_token};
use crate::layout::Layout;
use crate::page;
use crate::pages::people::question::QuestionPage;
use crate::pages::people::second_factor::{proof, proof_field};
use crate::pages::people::sign_in::wait;
use crate::visitor::{LANG_COOKIE, Visitor, set_cookie};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;
use waymark_app::people::cover::{self, CoverRow, Typed};
use waymark_app::people::found::{self, Person};
use waymark_app::people::profile::{self, Profile};
use waymark_app::people::session::{self, Listed, Me};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, short_date, text_with, time};
use waymark_app::{Ctx, Error, Read, once};
use waymark_domain::people::role::Role;

/// `GET /me`
pub async fn get(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let mine = profile::read(&mut ctx).await.map_err(visitor.fails())?;
    let form = Form::filled([
        ("name", mine.name.clone()),
        ("language", mine.language.code().to_owned()),
        ("hour", mine.digest_hour.to_string()),
    ]);
    profile_page(&visitor, (&me, &mine), form, None)
}

/// `POST /me`
pub async fn post(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let typed = (form.value("name"), form.value("language"), form.value("hour"));
    match profile::change(&mut ctx, typed).await {
        Ok(()) => {
            ctx.commit().await.map_err(visitor.fails())?;
            let cookie = set_cookie(&visitor.env, LANG_COOKIE, (form.value("language"), 365 * 24 * 3600));
            Ok(([(SET_COOKIE, cookie)], Redirect::to(&Route::Me.to_string())).into_response())
        }
        Err(error @ Error::Invalid(_)) => {
            let mine = profile::read(&mut ctx).await.map_err(visitor.fails())?;
            profile_page(&visitor, (&me, &mine), form, Some(&error))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

fn profile_page(
    visitor: &Visitor,
    (me, mine): (&Me, &Profile),
    form: Form,
    error: Option<&Error>,
) -> Outcome {
    let hours = (0..24_u32).map(|hour| {
        let at = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        (hour.to_string(), time(visitor.lang, at))
    });
    let languages = Lang::ALL.map(|lang| (lang.code().to_owned(), lang.own_name().to_owned()));
    let page = QuestionPage::new(visitor, Some(me), ("me-title", form))
        .wrong(error)
        .line("name", "me-name")
        .select("language", "me-language", languages.to_vec())
        .select("hour", "me-hour", hours.collect())
        .words(text_with(visitor.lang, "me-mail", &[("mail", mine.mail.as_str().into())]))
        .heading("me-roles");
    let roles = mine
        .roles
        .iter()
        .map(|(role, node)| Row::new(node.as_str(), visitor.text(&format!("people-role-{}", role.name()))));
    let page = page.with(SummaryList::new(roles)).button("people-save");
    let is_done = visitor.query("done").as_deref() == Some("password");
    let page = if is_done { page.success("password-done") } else { page };
    let page = if mine.compares_seals { page.link("seals-title", Route::Seals) } else { page };
    // Who has none yet gets one by a mailed link.
    let password = if mine.has_password { Route::Password } else { Route::Forgotten };
    let opens = mine.roles.iter().any(|(role, _)| *role == Role::Opener);
    let page = if opens { page.link("opener-title", Route::Opener) } else { page };
    page.link("data-link", Route::OwnData)
        .link("me-cover-link", Route::Cover)
        .link("me-sessions-link", Route::Sessions)
        .link("second-factor-title", Route::SecondFactor)
        .link("me-tokens-link", Route::Tokens)
        .link("me-password-link", password)
        .answer(error)
}

/// Where one is signed in.
#[derive(Debug, Template)]
#[template(path = "pages/people/sessions.html")]
struct SessionsPage {
    layout: Layout,
    sessions: Vec<(SummaryList, Option<Link>)>,
    others: Option<Link>,
}

/// An absence with a button that ends it.
#[derive(Debug)]
struct Shown {
    list: SummaryList,
    action: String,
    button: Html,
}

/// `GET /me/sessions`
pub async fn sessions(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let all = session::list(&mut ctx).await.map_err(visitor.fails())?;
    let end = || Link::new(visitor.text("me-sessions-end-others"), Route::EndOwnSessions.to_string());
    let page = SessionsPage {
        layout: visitor.layout(Some(&me), visitor.text("me-sessions-title")).back(Route::Me.to_string()),
        sessions: all.iter().map(|one| shown(&visitor, one, one.id == me.session)).collect(),
        others: (all.len() > 1).then(end),
    };
    Ok(page::answer(StatusCode::OK, &page, visitor.lang))
}

/// A session, with a link by which one ends it. From this one, one signs out.
fn shown(visitor: &Visitor, one: &Listed, is_this: bool) -> (SummaryList, Option<Link>) {
    let rows = rows(visitor, one, is_this);
    let to = format!("{}?session={}", Route::EndOwnSessions, one.id);
    let link = Link::new(visitor.text("me-session-end"), to).about(moment(visitor.lang, one.started_at));
    (SummaryList::new(rows), (!is_this).then_some(link))
}

fn rows(visitor: &Visitor, one: &Listed, is_this: bool) -> Vec<Row> {
    let agent = if one.agent.is_empty() { visitor.text("me-session-unknown") } else { one.agent.clone() };
    let mut rows = vec![
        Row::new(visitor.text("me-session-browser"), agent),
        Row::new(visitor.text("me-session-began"), moment(visitor.lang, one.started_at)),
        Row::new(visitor.text("me-session-seen"), moment(visitor.lang, one.seen_at)),
    ];
    if is_this {
        rows.push(Row::new(visitor.text("me-session-this"), visitor.text("me-session-this-text")));
    }
    rows
}

/// A moment in words, in the zone of the United Kingdom that pages are read in.
pub(crate) fn moment(lang: Lang, at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&chrono_tz::Europe::London);
    format!("{}, {}", short_date(lang, local.date_naive()), time(lang, local.time()))
}

/// `GET /me/sessions/end?session=`
pub async fn ask_end(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let form = Form::filled([("session", visitor.query("session").unwrap_or_default())]);
    end_page(&mut ctx, (&visitor, &me), form, None).await
}

/// Asks anew who it is, before one other session ends or all of them: whoever finds a computer where somebody is signed in
/// does not sign them out everywhere else.
async fn end_page(
    ctx: &mut Ctx<'_, Read>,
    (visitor, me): (&Visitor, &Me),
    form: Form,
    error: Option<&Error>,
) -> Outcome {
    let all = session::list(ctx).await.map_err(visitor.fails())?;
    let mine = profile::read(ctx).await.map_err(visitor.fails())?;
    let which = form.value("session").to_owned();
    let one = all.iter().find(|one| one.id.to_string() == which);
    let title = if which.is_empty() { "me-sessions-end-others" } else { "me-session-end-title" };
    let page = QuestionPage::new(visitor, Some(me), (title, form)).wrong(error).back(Route::Sessions);
    let page = match error {
        Some(Error::TooMany { retry_after_seconds }) => page.words(wait(visitor, *retry_after_seconds)),
        _ => page,
    };
    let page = match one {
        Some(one) => page.with(SummaryList::new(rows(visitor, one, one.id == me.session))),
        // It has ended meanwhile, or was never theirs.
        None if !which.is_empty() => return Err(visitor.fails()(Error::NotFound)),
        None => page.say("me-sessions-end-others-text"),
    };
    let can_prove = mine.has_password || me.has_factor;
    let page = if can_prove { proof_field(page, (me.has_factor, &mine.mail)) } else { page };
    page.hidden("session", which).warning_button("me-sessions-end-button").answer(error)
}

/// `POST /me/sessions/end`: ends one, or all others.
pub async fn end(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let before = once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())?;
    // Given back first: the password is checked outside any transaction.
    drop(ctx);
    let one: Option<Uuid> = match form.value("session") {
        "" => None,
        one => Some(one.parse().map_err(|_| visitor.fails()(Error::NotFound))?),
    };
    let typed = (proof(&me, &form), one);
    let ended = match before {
        Some(_) => Ok(()),
        None => session::end_elsewhere(&visitor.env, &me, typed, form.token()).await,
    };
    match ended {
        Ok(()) => Ok(Redirect::to(&Route::Sessions.to_string()).into_response()),
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. })) => {
            let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
            end_page(&mut ctx, (&visitor, &me), form, Some(&error)).await
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// One's absences.
#[derive(Debug, Template)]
#[template(path = "pages/people/absences.html")]
struct Absences {
    token: String,
    absences: Vec<Shown>,
}
is_html!(Absences);

/// `GET /me/cover`
pub async fn cover(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let absences = cover::list(&mut ctx).await.map_err(visitor.fails())?;
    cover_page(&visitor, (&me, &absences, Vec::new()), Form::default(), None)
}

fn cover_page(
    visitor: &Visitor,
    (me, absences, found): (&Me, &[CoverRow], Vec<Person>),
    form: Form,
    error: Option<&Error>,
) -> Outcome {
    let token = new_token(&visitor.env);
    let absences = absences.iter().map(|absence| absent(visitor, absence)).collect();
    let which = Radios::new("by-who", visitor.text("people-which"), people_choices(&found));
    let which = which.value(form.value("by-who"));
    let page = QuestionPage::new(visitor, Some(me), ("me-cover-title", form))
        .wrong(error)
        .back(Route::Me)
        .before(Absences { token, absences })
        .say("me-cover-text")
        .date("from", "me-cover-from")
        .date("to", "me-cover-to")
        .line("by", "me-cover-by");
    let page = if found.is_empty() { page } else { page.with(which) };
    page.button("me-cover-add").answer(error)
}

/// People who were found, each with where they work.
pub(crate) fn people_choices(found: &[Person]) -> Vec<Radio> {
    let choice =
        |one: &Person| Radio::new(one.account.to_string(), one.name.as_str()).hint(one.unit.as_str());
    found.iter().map(choice).collect()
}

fn absent(visitor: &Visitor, absence: &CoverRow) -> Shown {
    let day = |day: &str| day.parse().map_or_else(|_| day.to_owned(), |day| date(visitor.lang, day));
    let by = absence.name.clone().unwrap_or_else(|| visitor.text("me-cover-nobody"));
    let rows = [
        Row::new(visitor.text("me-cover-from"), day(&absence.from_on)),
        Row::new(visitor.text("me-cover-to"), day(&absence.to_on)),
        Row::new(visitor.text("me-cover-answers"), by),
    ];
    Shown {
        list: SummaryList::new(rows),
        action: Route::EndCover { cover: absence.id }.to_string(),
        button: Html::from(Button::secondary(visitor.text("me-cover-end"))),
    }
}

/// `POST /me/cover`
pub async fn add_cover(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let to = Route::Cover.to_string();
    if once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    let typed = Typed {
        from: day(&form, "from"),
        to: day(&form, "to"),
        by: form.value("by"),
        chosen: form.value("by-who"),
    };
    match cover::add(&mut ctx, &typed).await {
        Ok(()) => {
            once::remember(&mut ctx, form.token(), &to).await.map_err(visitor.fails())?;
            ctx.commit().await.map_err(visitor.fails())?;
            Ok(Redirect::to(&to).into_response())
        }
        Err(error @ Error::Invalid(_)) => {
            let absences = cover::list(&mut ctx).await.map_err(visitor.fails())?;
            let bodies = found::own_bodies(&mut ctx).await.map_err(visitor.fails())?;
            let found = found::people(&mut ctx, &bodies, form.value("by")).await.map_err(visitor.fails())?;
            cover_page(&visitor, (&me, &absences, found.choices()), form, Some(&error))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// The date in three boxes; nothing where they are none.
fn day(form: &Form, name: &str) -> Option<NaiveDate> {
    let part = |part: &str| form.value(&format!("{name}-{part}")).trim().to_owned();
    let year = part("year").parse().ok().filter(|year| (2000..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, part("month").parse().ok()?, part("day").parse().ok()?)
}

/// `POST /me/cover/{cover}/end`
pub async fn end_cover(visitor: Visitor, Path(id): Path<String>, _: Form) -> Outcome {
    let (mut ctx, _) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let id: Uuid = id.parse().map_err(|_| visitor.fails()(Error::NotFound))?;
    match cover::end(&mut ctx, id).await {
        // Sent twice, it is over already.
        Ok(()) | Err(Error::NotFound) => {}
        Err(error) => return Err(visitor.fails()(error)),
    }
    ctx.commit().await.map_err(visitor.fails())?;
    Ok(Redirect::to(&Route::Cover.to_string()).into_response())
}
