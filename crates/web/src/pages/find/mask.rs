//! Masking words in a record, a problem or a shared answer: which ones and why, then how its texts would stand, then it is
//! done.

use super::record::{load, plain_title};
use crate::components::{Row, SummaryList};
use crate::failure::Outcome;
use crate::form::{Form, TOKEN, new_token};
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use waymark_app::find::mask::{self, Found, Preview, Wish};
use waymark_app::find::problem;
use waymark_app::people::session::Me;
use waymark_app::route::change::{Seen, visible};
use waymark_app::routes::Route;
use waymark_app::words::{text, text_with};
use waymark_app::{Checks, Ctx, Error, Result, Write, once};
use waymark_domain::find::masking::MaskedFor;
use waymark_domain::find::problem::Problem;
use waymark_domain::ids::{InnovationId, ProblemId, SharedId};
use waymark_domain::route::shared::SharedAnswer;
use waymark_domain::text::Field;

/// What words are masked in.
#[derive(Debug, Clone, Copy)]
enum What {
    Record(InnovationId),
    Problem(ProblemId),
    Shared(SharedId),
}

/// The same as its pages tell of it.
#[derive(Debug)]
struct About {
    what: What,
    /// Who asks.
    me: Me,
    /// What it is called.
    title: String,
    /// As it stands now.
    version: u32,
    /// Its own page.
    own: Route,
    /// The page of masking.
    page: Route,
    /// Where one is led once it is done.
    done: String,
}

impl What {
    /// The key of the words that say what is masked.
    const fn text(self) -> &'static str {
        match self {
            Self::Record(_) => "mask-text",
            Self::Problem(_) => "mask-problem-text",
            Self::Shared(_) => "mask-shared-text",
        }
    }
}

/// `GET /records/{reference}/mask`
pub async fn get(visitor: Visitor, Path(reference): Path<String>) -> Outcome {
    begin(&visitor, of_record(&visitor, &reference).await)
}

/// `POST /records/{reference}/mask`
pub async fn post(visitor: Visitor, Path(reference): Path<String>, form: Form) -> Outcome {
    let about = of_record(&visitor, &reference).await;
    go_on(&visitor, about, form).await
}

/// `GET /problems/{problem}/mask`
pub async fn get_problem(visitor: Visitor, Path(id): Path<String>) -> Outcome {
    begin(&visitor, of_problem(&visitor, &id).await)
}

/// `POST /problems/{problem}/mask`
pub async fn post_problem(visitor: Visitor, Path(id): Path<String>, form: Form) -> Outcome {
    let about = of_problem(&visitor, &id).await;
    go_on(&visitor, about, form).await
}

/// `GET /shared/{shared}/mask`
pub async fn get_shared(visitor: Visitor, Path(id): Path<String>) -> Outcome {
    begin(&visitor, of_shared(&visitor, &id).await)
}

/// `POST /shared/{shared}/mask`
pub async fn post_shared(visitor: Visitor, Path(id): Path<String>, form: Form) -> Outcome {
    let about = of_shared(&visitor, &id).await;
    go_on(&visitor, about, form).await
}

/// A record for who may mask words in it, and what could be masked.
async fn of_record(visitor: &Visitor, reference: &str) -> Result<(About, Vec<Found>)> {
    let (view, me) = load(visitor, reference).await?;
    let me = me.ok_or(Error::SignInFirst)?;
    let (mut ctx, _) = visitor.read_as_member().await?;
    let found = mask::pointed_out(&mut ctx, &view).await?;
    let reference = &view.record.told.reference;
    let about = About {
        what: What::Record(view.record.id),
        me,
        title: plain_title(&view, visitor.lang),
        version: view.record.version,
        own: Route::Record { reference: reference.clone() },
        page: Route::MaskWords { reference: reference.clone() },
        done: Route::History { reference: reference.clone() }.to_string(),
    };
    Ok((about, found))
}

/// The same for a problem.
async fn of_problem(visitor: &Visitor, id: &str) -> Result<(About, Vec<Found>)> {
    let (mut ctx, me) = visitor.read_as_member().await?;
    let id = ProblemId::parse(id).ok_or(Error::NotFound)?;
    let found = mask::problem::pointed_out(&mut ctx, id).await?;
    let shown = problem::visible(&mut ctx, id).await?;
    let own = Route::Problem { problem: id };
    let about = About {
        what: What::Problem(id),
        me,
        title: shown.title,
        version: shown.version,
        done: own.to_string(),
        own,
        page: Route::MaskProblem { problem: id },
    };
    Ok((about, found))
}

/// The same for a shared answer.
async fn of_shared(visitor: &Visitor, id: &str) -> Result<(About, Vec<Found>)> {
    let (mut ctx, me) = visitor.read_as_member().await?;
    let id = SharedId::parse(id).ok_or(Error::NotFound)?;
    let found = mask::shared::pointed_out(&mut ctx, id).await?;
    let answer = mask::shared::check(&mut ctx, id).await?;
    let own = Route::SharedAnswer { shared: id };
    let about = About {
        what: What::Shared(id),
        me,
        title: visitor.text("shared-one-title"),
        version: answer.version,
        done: format!("{own}?done=masked"),
        own,
        page: Route::MaskShared { shared: id },
    };
    Ok((about, found))
}

/// Asks which words, with what looks like a name or a number filled in, each on a line.
fn begin(visitor: &Visitor, about: Result<(About, Vec<Found>)>) -> Outcome {
    let (about, found) = about.map_err(visitor.fails())?;
    let lines: Vec<String> = found.into_iter().map(|found| found.words).collect();
    asked(visitor, &about, Form::filled([("words", lines.join("\n"))]), None)
}

fn question(visitor: &Visitor, about: &About, (title, mut form): (&str, Form)) -> QuestionPage {
    form.set(TOKEN, new_token(&visitor.env));
    QuestionPage::new(visitor, Some(&about.me), (title, form))
        .caption(about.title.clone())
        .hidden("version", about.version)
}

/// Which words, and why.
fn asked(visitor: &Visitor, about: &About, form: Form, error: Option<&Error>) -> Outcome {
    question(visitor, about, ("mask-title", form))
        .wrong(error)
        .back(&about.own)
        .say(about.what.text())
        .several_lines("words", "mask-words")
        .radios("because", "mask-because", &MaskedFor::ALL.map(MaskedFor::name))
        .answer(error)
}

/// How it would stand.
fn shown(visitor: &Visitor, about: &About, form: &Form, preview: Preview) -> Outcome {
    let named = |field: Field| text(visitor.lang, &format!("mask-field-{}", field.name()));
    let rows: Vec<Row> =
        preview.texts.into_iter().map(|(field, words)| Row::new(named(field), words)).collect();
    let typed = ["words", "because"].map(|field| (field, form.value(field).to_owned()));
    let page = question(visitor, about, ("mask-sure-title", Form::default())).back(&about.page);
    let page = page.hidden("sure", "yes");
    let page = typed.into_iter().fold(page, |page, (field, value)| page.hidden(field, value));
    let page = if rows.is_empty() { page } else { page.with(SummaryList::new(rows)) };
    let page = if preview.is_in_answers { page.say("mask-sure-answers") } else { page };
    let page = match preview.reports {
        None | Some(0) => page,
        Some(count) => page.words(text_with(visitor.lang, "mask-sure-reports", &[("count", count.into())])),
    };
    page.warn("mask-sure-text").warning_button("mask-button").answer(None)
}

/// Shows how it would stand, or does it once that was shown.
async fn go_on(visitor: &Visitor, about: Result<(About, Vec<Found>)>, form: Form) -> Outcome {
    let (about, _) = about.map_err(visitor.fails())?;
    let done = match wish(&form) {
        Ok(_) if form.value("sure") == "yes" => masked(visitor, &about, &form).await,
        Ok(wish) => match previewed(visitor, about.what, &wish).await {
            Ok(preview) => return shown(visitor, &about, &form, preview),
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    match done {
        Ok(response) => Ok(response),
        Err(error @ (Error::Invalid(_) | Error::Conflict | Error::Refused(_))) => {
            asked(visitor, &about, form, Some(&error))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}

/// What is to be masked, and why, as it was typed.
///
/// # Errors
/// [`Error::Invalid`] by field.
pub fn wish(form: &Form) -> Result<Wish> {
    let mut checks = Checks::default();
    let words = match mask::parse(form.value("words")) {
        Ok(words) => Some(words),
        Err(key) => checks.some("words", None, key),
    };
    let because = checks.some("because", MaskedFor::parse(form.value("because")), "mask-because-empty");
    checks.finish(words.zip(because).map(|(words, because)| Wish { words, because }))
}

async fn previewed(visitor: &Visitor, what: What, wish: &Wish) -> Result<Preview> {
    let (mut ctx, _) = visitor.read_as_member().await?;
    match what {
        What::Record(id) => mask::preview(&mut ctx, id, wish).await,
        What::Problem(id) => mask::problem::preview(&mut ctx, id, wish).await,
        What::Shared(id) => mask::shared::preview(&mut ctx, id, wish).await,
    }
}

/// Does to a record what a finder of its place typed.
///
/// # Errors
/// [`Error::Forbidden`] for anybody else, before what they typed is looked at; [`Error::ReasonFirst`]; what [`mask::mask`] says.
pub async fn perform(ctx: &mut Ctx<'_, Write>, seen: Seen, form: &Form) -> Result<()> {
    let (record, viewer) = visible(ctx, seen.id).await?;
    mask::check(ctx, (&record, &viewer)).await?;
    mask::mask(ctx, seen, &wish(form)?).await.map(drop)
}

/// The same to a problem.
///
/// # Errors
/// What [`mask::problem::check`] says, before what they typed is looked at; what [`mask::problem::mask`] says.
pub async fn perform_in_problem(ctx: &mut Ctx<'_, Write>, id: ProblemId, form: &Form) -> Result<Problem> {
    mask::problem::check(ctx, id).await?;
    mask::problem::mask(ctx, (id, version(form)), &wish(form)?).await
}

/// The same to a shared answer.
///
/// # Errors
/// What [`mask::shared::check`] says, before what they typed is looked at; what [`mask::shared::mask`] says.
pub async fn perform_in_shared(ctx: &mut Ctx<'_, Write>, id: SharedId, form: &Form) -> Result<SharedAnswer> {
    mask::shared::check(ctx, id).await?;
    mask::shared::mask(ctx, (id, version(form)), &wish(form)?).await
}

/// The version that was seen; nothing where that does not matter.
fn version(form: &Form) -> Option<u32> {
    form.value("version").parse().ok()
}

async fn masked(visitor: &Visitor, about: &About, form: &Form) -> Result<Response> {
    let (mut ctx, _) = visitor.write_as_member().await?;
    if once::answered(&mut ctx, form.token()).await?.is_some() {
        return Ok(Redirect::to(&about.done).into_response());
    }
    match about.what {
        What::Record(id) => perform(&mut ctx, Seen { id, version: version(form) }, form).await?,
        What::Problem(id) => {
            perform_in_problem(&mut ctx, id, form).await?;
        }
        What::Shared(id) => {
            perform_in_shared(&mut ctx, id, form).await?;
        }
    }
    once::remember(&mut ctx, form.token(), &about.done).await?;
    ctx.commit().await?;
    Ok(Redirect::to(&about.done).into_response())
}
