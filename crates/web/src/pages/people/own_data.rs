//! What this holds about you: each kind with why, who sees it and for how long, who looked, all of it as a file; and closing
//! one's own account.

use crate::components::{Button, Checkbox, Checkboxes, Details, Link};
use crate::failure::Outcome;
use crate::filters;
use crate::form::Form;
use crate::layout::Layout;
use crate::page;
use crate::pages::people::admin::refused;
use crate::pages::people::me::moment;
use crate::pages::people::question::QuestionPage;
use crate::pages::people::second_factor::{proof, proof_field};
use crate::pages::people::sign_in::{forgotten, wait};
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use chrono::DateTime;
use waymark_app::jobs::retention::Periods;
use waymark_app::people::closing::{self, Stakes, close_own, last_role};
use waymark_app::people::data_map::Group;
use waymark_app::people::own_data::{self, Held, LookRow, ROWS};
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, number, text, text_with};
use waymark_app::{Ctx, Error, Read};

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/people/own-data.html")]
pub struct OwnDataPage {
    layout: Layout,
    file: Button,
    looks: Vec<String>,
    looks_more: Option<String>,
    groups: Vec<(String, Vec<Shown>)>,
    none: Option<Details>,
    links: Vec<Link>,
}

/// A kind of which there is something, or of which nobody can tell.
#[derive(Debug)]
struct Shown {
    what: String,
    why: String,
    line: String,
}

/// `GET /me/data`
pub async fn get(visitor: Visitor) -> Outcome {
    let shown = async {
        let (mut ctx, me) = visitor.read_as_member().await?;
        let held = own_data::held(&mut ctx).await?;
        let looks = own_data::looks(&mut ctx).await?;
        let periods = Periods::read(&mut ctx).await?;
        let page = own_page(&visitor, &me, (&held, &looks, &periods));
        Ok(page::answer(StatusCode::OK, &page, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}

fn own_page(
    visitor: &Visitor,
    me: &Me,
    (held, looks, periods): (&[Held], &[LookRow], &Periods),
) -> OwnDataPage {
    let lang = visitor.lang;
    let groups = Group::ALL.map(|group| {
        let of_group = held.iter().filter(|one| one.kind.group == group && one.count != Some(0));
        let heading = text(lang, &format!("data-group-{}", group.name()));
        (heading, of_group.map(|one| shown(lang, one, periods)).collect::<Vec<_>>())
    });
    let none = held.iter().filter(|one| one.count == Some(0));
    let none: Vec<String> = none.map(|one| text(lang, &format!("data-{}", one.kind.name))).collect();
    let all = held.iter().find(|one| one.kind.name == "looks").and_then(|one| one.count);
    let is_more = all.is_some_and(|all| usize::try_from(all).is_ok_and(|all| all > looks.len()));
    let count = [("count", looks.len().into())];
    OwnDataPage {
        layout: visitor.layout(Some(me), visitor.text("data-title")).back(Route::Me.to_string()),
        file: Button::link(visitor.text("data-file"), Route::OwnDataFile.to_string()),
        looks: looks.iter().map(|look| look_line(lang, look)).collect(),
        looks_more: is_more.then(|| text_with(lang, "data-looks-more", &count)),
        groups: groups.into_iter().filter(|(_, kinds)| !kinds.is_empty()).collect(),
        none: (!none.is_empty()).then(|| Details::new(visitor.text("data-none"), none.join(" · "))),
        links: [("data-close", Route::CloseOwn), ("data-privacy", Route::Privacy)]
            .map(|(key, route)| Link::new(visitor.text(key), route.to_string()))
            .into(),
    }
}

fn shown(lang: Lang, held: &Held, periods: &Periods) -> Shown {
    let name = held.kind.name;
    let many = |key: &str, count: i64| {
        text_with(lang, key, &[("count", count.into()), ("shown", number(lang, count).into())])
    };
    let count = match held.count {
        None => text(lang, "data-count-unknown"),
        Some(count) if count > ROWS => many("data-count-more", ROWS),
        Some(count) => many("data-count", count),
    };
    let seen = text(lang, &format!("data-seen-{}", held.kind.seen.name()));
    let kept = own_data::kept(lang, held.kind, periods);
    let values = [("count", count.into()), ("seen", seen.into()), ("long", kept.into())];
    Shown {
        what: text(lang, &format!("data-{name}")),
        why: text(lang, &format!("data-{name}-why")),
        line: text_with(lang, "data-line", &values),
    }
}

/// One look as a sentence.
fn look_line(lang: Lang, look: &LookRow) -> String {
    let at = moment(lang, DateTime::from_timestamp_micros(look.at).unwrap_or_default());
    let name = if look.looker.is_empty() { text(lang, "record-somebody") } else { look.looker.clone() };
    let key = match look.what.as_str() {
        "account" => format!("data-look-line-account-{}", look.why),
        _ => "data-look-line-record".to_owned(),
    };
    let values = [
        ("at", at.into()),
        ("name", name.into()),
        ("reference", look.reference.clone().unwrap_or_default().into()),
        ("why", look.why.as_str().into()),
    ];
    text_with(lang, &key, &values)
}

/// `GET /me/data.json`
pub async fn file(visitor: Visitor) -> Outcome {
    let file = async {
        let (mut ctx, _) = visitor.read_as_member().await?;
        own_data::file(&mut ctx, visitor.lang).await
    };
    let json = file.await.map_err(visitor.fails())?;
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (CONTENT_DISPOSITION, "attachment; filename=\"waymark-about-me.json\""),
    ];
    Ok((headers, json).into_response())
}

/// `GET /me/close`
pub async fn close(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    close_page(&mut ctx, (&visitor, &me), Form::default(), None).await
}

async fn close_page(
    ctx: &mut Ctx<'_, Read>,
    (visitor, me): (&Visitor, &Me),
    form: Form,
    error: Option<&Error>,
) -> Outcome {
    let stakes = closing::stakes(ctx).await.map_err(visitor.fails())?;
    let words = words_box(visitor, &stakes, form.value("words"));
    let page = QuestionPage::new(visitor, Some(me), ("close-title", form)).wrong(error).back(Route::OwnData);
    let page = match error {
        Some(Error::TooMany { retry_after_seconds }) => page.words(wait(visitor, *retry_after_seconds)),
        _ => page,
    };
    let page = refused(visitor, page, error);
    let page = if error.and_then(last_role).is_some() { page.say("close-mend") } else { page };
    let page = page.warn("close-goes").say("close-duties").say("close-stays").say("close-hidden");
    let page = page.with(words);
    let page = proof_field(page, (stakes.has_factor, &stakes.mail));
    page.warning_button("close-button").link("close-file", Route::OwnDataFile).answer(error)
}

/// Whether one's own words go, too, with how many there are.
fn words_box(visitor: &Visitor, stakes: &Stakes, ticked: &str) -> Checkboxes {
    let hint = text_with(visitor.lang, "close-words-hint", &[("count", stakes.own_words.into())]);
    let item = Checkbox::new("yes", visitor.text("close-words")).hint(hint);
    let boxes = Checkboxes { name: "words".into(), items: vec![item], ..Checkboxes::default() };
    boxes.values([ticked])
}

/// `POST /me/close`
pub async fn closed(visitor: Visitor, form: Form) -> Outcome {
    let (ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let actor = ctx.actor;
    // Given back first: the password is checked outside any transaction.
    drop(ctx);
    match close_own(&visitor.env, actor, (proof(&me, &form), form.value("words") == "yes")).await {
        Ok(()) => {
            let page = QuestionPage::new(&visitor, None, ("close-done-title", Form::default()));
            let page = page.say("close-done-text").no_button().answer(None)?;
            Ok((forgotten(&visitor.env), page).into_response())
        }
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. } | Error::RoleRefused(_))) => {
            let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
            close_page(&mut ctx, (&visitor, &me), form, Some(&error)).await
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}
