//! The list of problems, to be taken away with the words that are searched for.

use super::problems::{address_of, line};
use crate::failure::{Failure, Outcome};
use crate::files::{self, Entry, Feed, searched};
use crate::table::{attached, table as as_table};
use crate::visitor::Visitor;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use waymark_app::Error;
use waymark_app::find::problem::{self, Listed};
use waymark_app::find::search::Sought;
use waymark_app::routes::Route;

/// The list with what was sought.
struct Taken {
    visitor: Visitor,
    sought: Option<Sought>,
    problems: Vec<Listed>,
    is_whole: bool,
}

impl Taken {
    async fn read(visitor: Visitor) -> Result<Self, Failure> {
        let read = async {
            // A program that mistypes its words would take all for what it asked for.
            let said = visitor.query("q").unwrap_or_default();
            let sought = Sought::parse(&said).map_err(|_| Error::NotFound)?;
            let (mut ctx, _) = visitor.read().await?;
            visitor.take_search_turn(&ctx)?;
            let taken = problem::take(&mut ctx, sought.as_ref()).await?;
            Ok::<_, Error>((sought, taken))
        };
        let (sought, (problems, is_whole)) = read.await.map_err(visitor.fails())?;
        Ok(Self { visitor, sought, problems, is_whole })
    }

    fn url(&self, problem: &Listed) -> String {
        self.visitor.absolute(&Route::Problem { problem: problem.id }.to_string())
    }

    fn row(&self, problem: &Listed) -> [String; 5] {
        let state = if problem.seeks { "problems-open" } else { "problems-closed" };
        [
            problem.title.clone(),
            problem.body.clone(),
            self.visitor.text(state),
            problem.closes.map(|day| day.to_string()).unwrap_or_default(),
            self.url(problem),
        ]
    }

    fn feed(&self) -> Feed {
        let lang = self.visitor.lang;
        let entry = |problem: &Listed| Entry {
            title: problem.title.clone(),
            id: self.url(problem),
            address: self.url(problem),
            at: problem.listed_at,
            category: None,
            line: line(problem, lang),
        };
        let title = searched(self.visitor.text("problems-title"), self.sought.as_ref());
        let addresses = [Route::ProblemsFeed, Route::Problems];
        let addresses = addresses.map(|route| address_of(&route, self.sought.as_ref()));
        Feed::new(&self.visitor, title, addresses, self.problems.iter().map(entry).collect())
    }
}

/// The list as data.
#[derive(Debug, Serialize)]
struct Data<'a> {
    items: Vec<Datum<'a>>,
    is_whole: bool,
}

/// A problem; the day is that of its body.
#[derive(Debug, Serialize)]
struct Datum<'a> {
    title: &'a str,
    language: &'a str,
    body: &'a str,
    listed_at: DateTime<Utc>,
    seeks_answers: bool,
    closes_on: Option<NaiveDate>,
    url: String,
}

/// `GET /problems.csv`
pub async fn table(visitor: Visitor) -> Outcome {
    let taken = Taken::read(visitor).await?;
    let heads = ["title", "body", "state", "closes", "link"];
    let heads = heads.map(|name| taken.visitor.text(&format!("problems-column-{name}")));
    let rows = taken.problems.iter().map(|problem| taken.row(problem));
    Ok(files::told_whole(taken.is_whole, attached("problems.csv", as_table(heads, rows))))
}

/// `GET /problems.json`
pub async fn data(visitor: Visitor) -> Outcome {
    let taken = Taken::read(visitor).await?;
    let datum = |problem| Datum::of(problem, taken.url(problem));
    let data = Data { items: taken.problems.iter().map(datum).collect(), is_whole: taken.is_whole };
    let data = files::data(&data).map_err(taken.visitor.fails())?;
    Ok(files::told_whole(taken.is_whole, data))
}

impl<'a> Datum<'a> {
    fn of(problem: &'a Listed, url: String) -> Self {
        Self {
            title: &problem.title,
            language: problem.language.code(),
            body: &problem.body,
            listed_at: problem.listed_at,
            seeks_answers: problem.seeks,
            closes_on: problem.closes,
            url,
        }
    }
}

/// `GET /problems.atom`
pub async fn feed(visitor: Visitor) -> Outcome {
    let taken = Taken::read(visitor).await?;
    taken.feed().answer().map_err(taken.visitor.fails())
}
