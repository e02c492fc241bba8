//! Problems that ideas can be told to: the list, and each with all that is said of it.

use crate::components::{Button, Input, Pagination, Row, SummaryList};
use crate::failure::{Outcome, urlencoded, with_wait};
use crate::files::Take;
use crate::filters;
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use waymark_app::Error;
use waymark_app::find::mask;
use waymark_app::find::problem::{self, List, Listed, PAGE, Shown};
use waymark_app::find::search::Sought;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, date, short_date, text, text_with};
use waymark_domain::ids::ProblemId;

/// The list of problems.
#[derive(Debug, Template)]
#[template(path = "pages/find/problems.html")]
pub struct ProblemsPage {
    layout: Layout,
    search: Input,
    go: Button,
    /// What is searched for, and is fit for it.
    sought: Option<Sought>,
    list: List,
    page: u32,
    take: Take,
}

/// A problem.
#[derive(Debug, Template)]
#[template(path = "pages/find/problem.html")]
pub struct ProblemPage {
    layout: Layout,
    shown: Shown,
    /// Where a finder masks words in it.
    mask: Option<String>,
}

impl ProblemsPage {
    fn address(problem: &Listed) -> String {
        Route::Problem { problem: problem.id }.to_string()
    }

    fn line(&self, problem: &Listed) -> String {
        line(problem, self.layout.lang)
    }

    /// How many have the words that are searched for.
    fn count(&self) -> String {
        text_with(self.layout.lang, "problems-count", &[("count", self.list.total.into())])
    }

    /// The address of an idea to be told, since nobody has said so.
    fn tell() -> String {
        Route::Tell.to_string()
    }

    fn all() -> String {
        Route::Problems.to_string()
    }

    fn pages(&self) -> Option<Pagination> {
        let last = self.list.total.div_ceil(PAGE);
        let first = address_of(&Route::Problems, self.sought.as_ref());
        let and = if first.contains('?') { '&' } else { '?' };
        let address = |page| format!("{first}{and}page={page}");
        (last > 1).then(|| Pagination::of(self.page, last, address))
    }
}

/// *Riverside Hospital. Answers until 14 July 2026.*
pub(super) fn line(problem: &Listed, lang: Lang) -> String {
    let state = match (problem.seeks, problem.closes) {
        (true, Some(day)) => text_with(lang, "problems-until", &[("date", short_date(lang, day).into())]),
        (true, None) => text(lang, "problems-open"),
        (false, _) => text(lang, "problems-closed"),
    };
    format!("{}. {state}", problem.body)
}

/// The address of the list in one of its forms, with the words that are searched for.
pub(super) fn address_of(route: &Route, sought: Option<&Sought>) -> String {
    match sought {
        Some(sought) => format!("{route}?q={}", urlencoded(sought.as_str())),
        None => route.to_string(),
    }
}

impl ProblemPage {
    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn paragraphs(&self) -> Vec<&str> {
        paragraphs(&self.shown.problem)
    }

    fn details(&self) -> Vec<&str> {
        paragraphs(&self.shown.details)
    }

    fn facts(&self) -> SummaryList {
        let lang = self.layout.lang;
        let mut rows = vec![Row::new(self.text("problems-whose"), self.shown.body.as_str())];
        let days = [("problems-opens", self.shown.opens), ("problems-closes", self.shown.closes)];
        rows.extend(days.iter().filter_map(|(key, day)| Some(Row::new(self.text(key), date(lang, (*day)?)))));
        rows.extend(
            self.shown.money.as_ref().map(|money| Row::new(self.text("problems-money"), money.as_str())),
        );
        SummaryList::new(rows)
    }

    fn tell(&self) -> Button {
        Button::link(self.text("problems-tell"), format!("{}?answers={}", Route::Tell, self.shown.id))
    }
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// `GET /problems`
pub async fn get(visitor: Visitor) -> Outcome {
    let shown = async {
        let page = match visitor.query("page") {
            Some(page) => page.parse().map_err(|_| Error::NotFound)?,
            None => 1,
        };
        let (mut ctx, me) = visitor.read().await?;
        let said = visitor.query("q").unwrap_or_default();
        let (sought, unfit) = match Sought::parse(&said) {
            Ok(sought) => (sought, None),
            Err(unfit) => (None, Some(visitor.text(unfit.key()))),
        };
        let hasty = sought.as_ref().and_then(|_| visitor.take_search_turn(&ctx).err());
        let (sought, unfit) = match &hasty {
            Some(_) => (None, Some(visitor.text("search-hasty"))),
            None => (sought, unfit),
        };
        let list = match (&sought, &unfit) {
            (Some(sought), _) => problem::search(&mut ctx, sought, page).await?,
            (None, Some(_)) => List::default(),
            (None, None) => problem::list(&mut ctx, page).await?,
        };
        let problems: Vec<_> = unfit.iter().map(|why| ("q".to_owned(), why.clone())).collect();
        let status = if unfit.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let layout = visitor.layout(me.as_ref(), visitor.text("problems-title")).problems(problems);
        let search = super::list::search_box(&visitor.text("problems-search"), &said).error(unfit.as_deref());
        let go = Button::new(visitor.text("search-go"));
        let forms = [Route::ProblemsTable, Route::ProblemsData, Route::ProblemsFeed];
        let take = Take::new(visitor.lang, forms.map(|route| address_of(&route, sought.as_ref())));
        let shown = ProblemsPage { layout, search, go, sought, list, page, take };
        let answer = |status| page::answer(status, &shown, visitor.lang);
        Ok(match hasty {
            Some(error) => with_wait(answer(StatusCode::TOO_MANY_REQUESTS), &error),
            None => answer(status),
        })
    };
    shown.await.map_err(visitor.fails())
}

/// `GET /problems/{problem}`
pub async fn get_one(visitor: Visitor, Path(id): Path<String>) -> Outcome {
    let shown = async {
        let id = ProblemId::parse(&id).ok_or(Error::NotFound)?;
        let (mut ctx, me) = visitor.read().await?;
        let shown = problem::visible(&mut ctx, id).await?;
        let may_mask = mask::may_mask(&mut ctx, shown.node).await?;
        let mask = may_mask.then(|| Route::MaskProblem { problem: id }.to_string());
        let layout = visitor.layout(me.as_ref(), shown.title.clone()).back(Route::Problems.to_string());
        Ok(page::answer(StatusCode::OK, &ProblemPage { layout, shown, mask }, visitor.lang))
    };
    shown.await.map_err(visitor.fails())
}
