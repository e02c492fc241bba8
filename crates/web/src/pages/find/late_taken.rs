//! The board of what is late, to be taken away: its rows, beyond those of the page too, and no more of each.

use super::late::{line, step, with};
use super::shown::record_address;
use crate::failure::{Failure, Outcome};
use crate::files::{self, Entry, Feed};
use crate::table::{attached, table as as_table};
use crate::visitor::Visitor;
use axum::extract::Path;
use chrono::NaiveDate;
use serde::Serialize;
use waymark_app::Error;
use waymark_app::find::labels;
use waymark_app::find::list::{Late, TAKEN, With, late};
use waymark_app::routes::Route;
use waymark_app::words::text_with;
use waymark_domain::ids::NodeId;

/// The board with where it is.
struct Board {
    node: NodeId,
    place: String,
    late: Vec<Late>,
    is_whole: bool,
    visitor: Visitor,
}

impl Board {
    async fn read(visitor: Visitor, node: &str) -> Result<Self, Failure> {
        let read = async {
            let node = NodeId::parse(node).ok_or(Error::NotFound)?;
            let (mut ctx, _) = visitor.read_as_member().await?;
            visitor.take_search_turn(&ctx)?;
            let (place, late) = late(&mut ctx, node, TAKEN + 1).await?;
            Ok::<_, Error>((node, place.name().to_owned(), late))
        };
        let (node, place, mut late) = read.await.map_err(visitor.fails())?;
        let is_whole = files::cut(&mut late, TAKEN);
        Ok(Self { node, place, late, is_whole, visitor })
    }

    fn record(&self, late: &Late) -> String {
        self.visitor.absolute(&record_address(&late.item))
    }

    fn title_of(&self, late: &Late) -> String {
        labels::or_erased(self.visitor.lang, late.item.title.as_deref())
    }

    fn table(&self) -> String {
        let heads = ["reference", "title", "stage", "place", "with", "late", "days", "step", "link"];
        let rows = self.late.iter().map(|late| {
            let (item, lang) = (&late.item, self.visitor.lang);
            [
                item.reference.clone(),
                self.title_of(late),
                labels::stage(lang, item.stage),
                item.place.clone(),
                with(late, lang),
                item.late_since.map(|day| day.to_string()).unwrap_or_default(),
                late.days.to_string(),
                step(late, lang),
                self.record(late),
            ]
        });
        as_table(heads.map(|name| self.visitor.text(&format!("list-column-{name}"))), rows)
    }

    fn data(&self) -> Data<'_> {
        let datum = |late| Datum::of(late, self.record(late));
        Data { items: self.late.iter().map(datum).collect(), is_whole: self.is_whole }
    }

    fn feed(&self) -> Feed {
        let lang = self.visitor.lang;
        let entry = |late: &Late| Entry {
            title: self.title_of(late),
            id: self.record(late),
            address: self.record(late),
            at: late.item.late_since.map_or(late.item.sent_at, files::of_day),
            category: Some((late.item.stage.name(), labels::stage(lang, late.item.stage))),
            line: line(late, lang),
        };
        let title = text_with(lang, "list-title-late", &[("place", self.place.as_str().into())]);
        let addresses = [Route::LateFeed { node: self.node }, Route::Late { node: self.node }];
        let addresses = addresses.map(|route| route.to_string());
        let shown = self.late.iter().filter(|late| !late.item.is_with_care);
        Feed::new(&self.visitor, title, addresses, shown.map(entry).collect())
    }
}

/// The board as data.
#[derive(Debug, Serialize)]
struct Data<'a> {
    items: Vec<Datum<'a>>,
    is_whole: bool,
}

/// A record that is late; days are those where it is handled.
#[derive(Debug, Serialize)]
struct Datum<'a> {
    reference: &'a str,
    title: Option<&'a str>,
    language: &'a str,
    is_problem: bool,
    stage: &'a str,
    place: &'a str,
    place_id: String,
    /// With which role it is, and of which place; nothing where it is with whoever tries it.
    role: Option<&'static str>,
    role_place: Option<&'a str>,
    late_since: Option<NaiveDate>,
    working_days_late: u32,
    /// How often it has gone up: 0 not yet, then to the finder, one level up, to the head of all.
    steps_up: u8,
    url: String,
}

impl<'a> Datum<'a> {
    fn of(late: &'a Late, url: String) -> Self {
        let item = &late.item;
        let (role, role_place) = match &late.with {
            With::Decider { role, place } => (Some(role.name()), Some(place.as_str())),
            With::Trier => (None, None),
        };
        Self {
            reference: &item.reference,
            title: item.title.as_deref(),
            language: item.language.code(),
            is_problem: item.is_problem,
            stage: item.stage.name(),
            place: &item.place,
            place_id: item.node.to_string(),
            role,
            role_place,
            late_since: item.late_since,
            working_days_late: late.days,
            steps_up: item.overdue_step,
            url,
        }
    }
}

/// `GET /places/{node}/late.csv`
pub async fn table(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let board = Board::read(visitor, &node).await?;
    Ok(files::told_whole(board.is_whole, attached("late.csv", board.table())))
}

/// `GET /places/{node}/late.json`
pub async fn data(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let board = Board::read(visitor, &node).await?;
    let data = files::data(&board.data()).map_err(board.visitor.fails())?;
    Ok(files::told_whole(board.is_whole, data))
}

/// `GET /places/{node}/late.atom`
pub async fn feed(visitor: Visitor, Path(node): Path<String>) -> Outcome {
    let board = Board::read(visitor, &node).await?;
    board.feed().answer().map_err(board.visitor.fails())
}
