//! The news round: a box for each record that nears its limit without news, and one button.

use super::sure::{go_on, is_to_change};
use crate::components::{Button, Content, Html, Label, NotificationBanner, Textarea};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, new_token, words};
use crate::layout::Layout;
use crate::page;
use crate::pages::find::named::in_form;
use crate::pages::find::shown::{ShownItem, record_address};
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use std::collections::BTreeMap;
use waymark_app::find::named::Found;
use waymark_app::people::session::Me;
use waymark_app::route::round::{self, Quiet};
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, text, text_with};
use waymark_app::{Ctx, FieldProblem, Result, Write, Wrong, once};
use waymark_domain::reference::Reference;
use waymark_domain::text::{Problem, Prose};

/// What the name of a record's box begins with.
pub const BOX: &str = "news-";

/// The page.
#[derive(Debug, Template)]
#[template(path = "pages/route/round.html")]
struct RoundPage {
    layout: Layout,
    done: Option<NotificationBanner>,
    token: String,
    boxes: Vec<NewsBox>,
    button: Button,
}

/// A record with its box.
#[derive(Debug)]
struct NewsBox {
    href: String,
    title: Content,
    line: String,
    area: Html,
}

/// What is wrong, by the name of the box; of none where it is the whole.
pub type Wrongs = Vec<(String, String)>;

/// `GET /work/news`
pub async fn get(visitor: Visitor, Query(query): Query<BTreeMap<String, String>>) -> Outcome {
    let is_done = query.contains_key("done");
    shown(&visitor, (Form::default(), Vec::new()), is_done).await
}

/// `POST /work/news`
pub async fn post(visitor: Visitor, mut form: Form) -> Outcome {
    if is_to_change(&mut form) {
        return shown(&visitor, (form, Vec::new()), false).await;
    }
    match written(&visitor, &form).await {
        Ok((wrongs, found)) if wrongs.is_empty() => {
            let done = found.is_empty().then(|| format!("{}?done=news", Route::NewsRound));
            Ok(go_on(&visitor, &form, done.ok_or(found)))
        }
        Ok((wrongs, _)) => shown(&visitor, (form, wrongs), false).await,
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// Writes what was filled in, all of it or nothing; gives what is wrong, or what is pointed out first.
async fn written(visitor: &Visitor, form: &Form) -> Result<(Wrongs, Vec<Found>)> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok((Vec::new(), Vec::new()));
    }
    let wrongs = write_typed(&mut ctx, form, visitor.lang).await?;
    if !wrongs.is_empty() {
        return Ok((wrongs, Vec::new()));
    }
    let found = named(&mut ctx, form).await?;
    if found.is_empty() {
        once::remember(&mut ctx, form.token(), "written").await?;
        ctx.commit().await?;
    }
    Ok((wrongs, found))
}

/// What in the news could tell who somebody is. They are of one person's records: names of the first one's place may stand
/// in all of them.
async fn named(ctx: &mut Ctx<'_, Write>, form: &Form) -> Result<Vec<Found>> {
    let first = filled(form).iter().find_map(|(name, _)| Reference::parse(&name[BOX.len()..]));
    match first {
        Some(first) => in_form(ctx, &first, form).await,
        None => Ok(Vec::new()),
    }
}

/// Writes what was typed as whoever acts, and gives what is wrong: then none of it is to be kept.
///
/// # Errors
/// What [`round::write`] says.
pub async fn write_typed(ctx: &mut Ctx<'_, Write>, form: &Form, lang: Lang) -> Result<Wrongs> {
    let (mut wrongs, mut texts) = (Vec::new(), Vec::new());
    for (name, typed) in filled(form) {
        let reference = Reference::parse(&name[BOX.len()..]);
        match (reference, Prose::parse(&typed)) {
            (Some(reference), Ok(words)) => texts.push((reference, words)),
            (None, _) => wrongs.push((name, text(lang, "round-problem-gone"))),
            (_, Err(problem)) => wrongs.push((name, said(lang, problem))),
        }
    }
    for fault in round::write(ctx, &texts).await? {
        wrongs.push((name_of(&fault.reference), text(lang, "round-problem-gone")));
    }
    if texts.is_empty() && wrongs.is_empty() {
        wrongs.push((String::new(), text(lang, "round-problem-empty")));
    }
    Ok(wrongs)
}

/// The name of a record's box.
pub fn name_of(reference: &Reference) -> String {
    format!("{BOX}{reference}")
}

fn said(lang: Lang, problem: Problem) -> String {
    words(lang, &FieldProblem { field: "news", problem: Wrong::Text(problem) })
}

/// The boxes with something in them.
fn filled(form: &Form) -> Vec<(String, String)> {
    form.pairs().filter(|(name, typed)| name.starts_with(BOX) && !typed.trim().is_empty()).collect()
}

async fn shown(visitor: &Visitor, (form, mut wrongs): (Form, Wrongs), done: bool) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let quiet = round::round(&mut ctx).await.map_err(visitor.fails())?;
    // What is wrong with the whole is said at the first box; where there is none, nothing is.
    match quiet.first() {
        Some(first) => wrongs.iter_mut().filter(|(name, _)| name.is_empty()).for_each(|(name, _)| {
            *name = format!("{BOX}{}", first.item.reference);
        }),
        None => wrongs.retain(|(name, _)| !name.is_empty()),
    }
    let status = if wrongs.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = RoundPage::new((visitor, &me), &quiet, (&form, wrongs), done);
    Ok(page::answer(status, &page, visitor.lang))
}

impl RoundPage {
    fn new(
        (visitor, me): (&Visitor, &Me),
        quiet: &[Quiet],
        (form, wrongs): (&Form, Wrongs),
        done: bool,
    ) -> Self {
        let lang = visitor.lang;
        let layout = visitor.layout(Some(me), visitor.text("round-title"));
        let layout = layout.back(Route::Work.to_string()).problems(wrongs);
        let mut boxes: Vec<NewsBox> = quiet.iter().map(|one| news_box(one, form, &layout)).collect();
        // What was typed on a record that is not here any more is not lost.
        let is_here = |name: &str| quiet.iter().any(|one| name == format!("{BOX}{}", one.item.reference));
        let gone = filled(form).into_iter().filter(|(name, _)| !is_here(name));
        boxes.extend(gone.map(|(name, _)| NewsBox {
            href: String::new(),
            title: name[BOX.len()..].to_owned().into(),
            line: String::new(),
            area: area(&name, (form, &layout), text(lang, "round-news")),
        }));
        let token = Some(form.token()).filter(|token| !token.is_empty());
        Self {
            done: done.then(|| NotificationBanner::success(text(lang, "round-done"))),
            token: token.map_or_else(|| new_token(&visitor.env), str::to_owned),
            boxes,
            button: Button::new(text(lang, "round-button")),
            layout,
        }
    }
}

fn news_box(one: &Quiet, form: &Form, layout: &Layout) -> NewsBox {
    let lang = layout.lang;
    let values = [("since", date(lang, one.since).into()), ("until", date(lang, one.until).into())];
    let label = text_with(lang, "round-news-of", &[("reference", one.item.reference.as_str().into())]);
    NewsBox {
        href: record_address(&one.item),
        title: ShownItem::title_of(&one.item, lang),
        line: text_with(lang, "round-line", &values),
        area: area(&format!("{BOX}{}", one.item.reference), (form, layout), label),
    }
}

fn area(name: &str, (form, layout): (&Form, &Layout), label: String) -> Html {
    let area = Textarea::new(name.to_owned(), Label::new(label)).rows(3);
    area.value(form.value(name)).error(layout.problem(name)).into()
}
