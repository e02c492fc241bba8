//! What only reads: the use cases of the pages, answered as data.

use super::facts;
use super::operation::Does;
use super::problem::Fault;
use super::run::{Answer, Call};
use super::schema::ActName;
use super::shapes::{self, Item, Place, Words};
use crate::pages::find::shown::record_address;
use crate::visitor::Visitor;
use axum::http::StatusCode;
use serde::Serialize;
use waymark_app::find::list::{self, Count, Cursor, Filter, Order};
use waymark_app::find::named::{self, Found};
use waymark_app::find::search::Sought;
use waymark_app::find::view::{RecordView, Standing, view};
use waymark_app::find::{mine, problem, similar};
use waymark_app::people::looks;
use waymark_app::people::tokens::Bearer;
use waymark_app::people::{places, profile};
use waymark_app::routes::Route;
use waymark_app::words::text;
use waymark_app::{Ctx, Error, Read, Result};
use waymark_domain::find::stage::Stage;
use waymark_domain::ids::{NodeId, ProblemId};
use waymark_domain::reference::Reference;

/// What the answers are made with.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// What was asked.
    pub call: &'a Call<'a>,
    /// Who asks.
    pub visitor: &'a Visitor,
    /// By which token.
    pub bearer: &'a Bearer,
}

/// Reads and answers.
///
/// # Errors
/// What the use case says.
pub async fn read(
    visitor: &Visitor,
    call: &Call<'_>,
    (ctx, bearer): (Ctx<'_, Read>, &Bearer),
) -> Result<Answer, Fault> {
    let body = Reading { call, visitor, bearer }.body(ctx).await?;
    Ok(Answer { status: StatusCode::OK, body, lang: visitor.lang })
}

/// A shape as the body of an answer.
pub fn json(shape: &impl Serialize) -> Result<String, Fault> {
    Ok(serde_json::to_string(shape).map_err(Error::internal)?)
}

impl Reading<'_> {
    /// The record, where no reason is lacking to open it.
    pub(super) async fn view(self, ctx: &mut Ctx<'_, Read>) -> Result<RecordView> {
        let view = view(ctx, &self.reference()?).await?;
        looks::must_say_why(ctx, (&view.record, &view.viewer)).await?;
        Ok(view)
    }

    async fn body(self, mut ctx: Ctx<'_, Read>) -> Result<String, Fault> {
        let ctx = &mut ctx;
        if self.is_search() {
            self.visitor.take_search_turn(ctx)?;
        }
        match self.call.op.does {
            Does::Me => json(&self.me(ctx).await?),
            Does::Ideas => json(&self.ideas(ctx).await?),
            Does::Problems => json(&self.problems(ctx).await?),
            Does::Problem => json(&self.problem(ctx).await?),
            Does::Record => json(&facts::record(&self.view(ctx).await?, self.visitor)),
            Does::History => json(&facts::history(&self.view(ctx).await?, self.visitor.lang)),
            Does::Work => json(&self.work(ctx).await?),
            Does::Places => json(&self.places(ctx).await?),
            Does::Place => json(&self.place(ctx).await?),
            Does::Doors => json(&self.doors(ctx).await?),
            Does::Late => json(&self.late(ctx).await?),
            Does::Figures => json(&self.figures(ctx).await?),
            Does::Similar => json(&self.similar(ctx).await?),
            Does::Names => json(&self.names(ctx).await?),
            Does::Moderation => json(&self.moderation(ctx).await?),
            Does::Reported => json(&self.reported(ctx).await?),
            Does::OwnReports => json(&self.own_reports(ctx).await?),
            Does::ModerationLog => json(&self.moderation_log(ctx).await?),
            Does::Maskable => json(&self.maskable(ctx).await?),
            Does::MaskPreview => json(&self.mask_preview(ctx).await?),
            Does::MaskableIn(what) => json(&self.maskable_in(ctx, what).await?),
            Does::MaskPreviewIn(what) => json(&self.mask_preview_in(ctx, what).await?),
            Does::Comments => json(&self.comments(ctx).await?),
            Does::Shared => json(&self.shared_list(ctx).await?),
            Does::SharedOne => json(&self.shared_one(ctx).await?),
            Does::ToAnswer => json(&self.to_answer(ctx).await?),
            Does::Alike => json(&self.alike(ctx).await?),
            Does::Round => json(&self.news_round(ctx).await?),
            Does::HeldList => json(&self.held_list(ctx).await?),
            Does::HeldOne => json(&self.held_one(ctx).await?),
            _ => Err(Fault::Case(Error::internal("an act is not read"))),
        }
    }

    /// The record that is asked for.
    pub(super) fn reference(self) -> Result<Reference> {
        Reference::parse(self.call.part("reference")).ok_or(Error::NotFound)
    }

    /// The place that is asked for.
    pub(super) fn node(self) -> Result<NodeId> {
        NodeId::parse(self.call.part("place")).ok_or(Error::NotFound)
    }

    /// A whole address.
    pub(super) fn url(self, address: &str) -> String {
        url(&self.visitor.env.config.origin, address)
    }

    /// Does it look for words?
    fn is_search(self) -> bool {
        self.call.op.does == Does::Similar || self.call.asked("search").is_some()
    }

    fn is(self, name: &str) -> bool {
        self.call.asked(name) == Some("true")
    }

    /// How many are wanted on a page.
    fn size(self) -> u32 {
        self.call.asked("limit").and_then(|limit| limit.parse().ok()).unwrap_or(problem::PAGE)
    }

    /// The words that are looked for; nothing where none are.
    fn sought(self) -> Result<Option<Sought>, Fault> {
        Sought::parse(self.call.asked("search").unwrap_or_default()).map_err(|unfit| {
            Fault::Values(vec![super::problem::Wrong::of("search", text(self.visitor.lang, unfit.key()))])
        })
    }

    /// What is wrong with a place to go on from that is none of ours.
    fn astray(self) -> Fault {
        let wrong = super::problem::Wrong::of("after", text(self.visitor.lang, "api-wrong-cursor"));
        Fault::Values(vec![wrong])
    }

    async fn me(self, ctx: &mut Ctx<'_, Read>) -> Result<shapes::Me> {
        let mine = profile::read(ctx).await?;
        let held = |(role, place)| shapes::Held { role, place };
        let token = shapes::TokenFacts {
            name: self.bearer.token.name.clone(),
            scopes: self.bearer.scopes().iter().map(|scope| scope.name()).collect(),
            ends_at: self.bearer.token.ends_at,
        };
        let roles = mine.roles.into_iter().map(held).collect();
        Ok(shapes::Me { name: mine.name, language: mine.language, roles, token })
    }

    async fn ideas(self, ctx: &mut Ctx<'_, Read>) -> Result<shapes::Ideas, Fault> {
        let after = match self.call.asked("after") {
            Some(after) => Some(Cursor::parse(after).ok_or_else(|| self.astray())?),
            None => None,
        };
        let filter = Filter {
            sought: self.sought()?,
            node: self.call.asked("place").and_then(NodeId::parse),
            stage: self.call.asked("stage").and_then(Stage::parse),
            is_late: self.is("late"),
            is_of_mine: self.is("mine"),
            from: self.call.asked("from").and_then(list::day_of),
            to: self.call.asked("to").and_then(list::day_of),
            order: self.call.asked("order").and_then(Order::parse).unwrap_or_default(),
            after,
        };
        let listed = list::page(ctx, &filter, self.size()).await?;
        let items = listed.items.iter().map(|item| self.listed(item)).collect();
        Ok(shapes::Ideas {
            items,
            count: counted(listed.count),
            next: listed.next.map(|next| next.to_string()),
        })
    }

    /// A record as lists of what others have show it.
    pub(super) fn listed(self, item: &list::Item) -> Item {
        Item { owner: item.named().map(str::to_owned), ..self.item(item) }
    }

    /// A record as one's own work shows it.
    pub(super) fn item(self, item: &list::Item) -> Item {
        Item {
            reference: item.reference.clone(),
            title: Words { text: item.title.clone(), language: item.language },
            is_problem: item.is_problem,
            stage: item.stage,
            place: Place { id: item.node.0, name: item.place.clone() },
            sent_at: item.sent_at,
            next_on: item.next_on,
            late_since: item.late_since,
            owner: item.owner.clone(),
            url: self.url(&record_address(item)),
        }
    }

    async fn problems(self, ctx: &mut Ctx<'_, Read>) -> Result<shapes::Problems, Fault> {
        let size = self.size();
        let from = match self.call.asked("after") {
            Some(after) => after_problem(after).ok_or_else(|| self.astray())?,
            None => 0,
        };
        let mut all = match self.sought()? {
            Some(sought) => problem::some_with(ctx, &sought, (size + 1, from)).await?,
            None => problem::some(ctx, (size + 1, from)).await?,
        };
        let goes_on = all.len() > usize::try_from(size).unwrap_or(usize::MAX);
        all.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        let next = goes_on.then(|| problem_cursor(from.saturating_add(size)));
        Ok(shapes::Problems { items: all.into_iter().map(|one| self.problem_item(one)).collect(), next })
    }

    fn problem_item(self, one: problem::Listed) -> shapes::ProblemItem {
        shapes::ProblemItem {
            id: one.id.0,
            url: self.url(&Route::Problem { problem: one.id }.to_string()),
            title: one.title,
            language: one.language,
            body: one.body,
            seeks_answers: one.seeks,
            closes_on: one.closes,
        }
    }

    async fn problem(self, ctx: &mut Ctx<'_, Read>) -> Result<shapes::ProblemShown> {
        let id = ProblemId::parse(self.call.part("problem")).ok_or(Error::NotFound)?;
        let shown = problem::visible(ctx, id).await?;
        Ok(shapes::ProblemShown {
            id: id.0,
            version: shown.version,
            title: shown.title,
            language: shown.language,
            problem: shown.problem,
            details: shown.details,
            body: shown.body,
            opens_on: shown.opens,
            closes_on: shown.closes,
            money: shown.money,
            source_url: shown.source_url,
            seeks_answers: shown.seeks,
            url: self.url(&Route::Problem { problem: id }.to_string()),
        })
    }

    async fn work(self, ctx: &mut Ctx<'_, Read>) -> Result<shapes::Work> {
        let most = self.call.asked("limit").and_then(|limit| limit.parse().ok()).unwrap_or(mine::SHOWN);
        let work = mine::work(ctx, most).await?;
        let items = |all: &[list::Item]| all.iter().map(|item| self.item(item)).collect();
        let waits = |one: &mine::Waiting| shapes::Waiting {
            record: self.item(&one.item),
            act: ActName(one.act),
            due_on: one.due,
            why_asked: one.why_asked,
            also_told: one.also_told,
        };
        Ok(shapes::Work {
            waiting: work.waiting.iter().map(waits).collect(),
            to_take_over: items(&work.to_take_over),
            later: items(&work.later),
            brought: items(&work.brought),
            places: work.places.into_iter().map(|(node, name)| Place { id: node.0, name }).collect(),
            is_more: work.is_more,
        })
    }

    async fn places(self, ctx: &mut Ctx<'_, Read>) -> Result<shapes::Places> {
        let found = places::named(ctx, self.call.asked("search").unwrap_or_default()).await?;
        let one = |spot: waymark_app::find::doors::Spot| shapes::PlaceFound {
            id: spot.node.0,
            name: spot.name,
            body: spot.body,
        };
        Ok(shapes::Places { items: found.into_iter().map(one).collect() })
    }

    async fn place(self, ctx: &mut Ctx<'_, Read>) -> Result<shapes::Branch> {
        let branch = places::branch(ctx, self.node()?).await?;
        let at = |seen: places::Seen| shapes::PlaceAt { id: seen.node.0, name: seen.name, level: seen.level };
        Ok(shapes::Branch {
            place: at(branch.here),
            above: branch.above.into_iter().map(at).collect(),
            below: branch.below.into_iter().map(at).collect(),
        })
    }

    async fn late(self, ctx: &mut Ctx<'_, Read>) -> Result<shapes::Late> {
        let (place, late) = list::late(ctx, self.node()?, list::BOARD).await?;
        let one = |late: &list::Late| shapes::LateItem {
            record: self.listed(&late.item),
            days: late.days,
            with: match &late.with {
                list::With::Decider { role, place } => {
                    Some(shapes::Held { role: *role, place: place.clone() })
                }
                list::With::Trier => None,
            },
        };
        let here = Place { id: place.node().0, name: place.name().to_owned() };
        Ok(shapes::Late { place: here, items: late.iter().map(one).collect() })
    }

    async fn similar(self, ctx: &mut Ctx<'_, Read>) -> Result<shapes::Likes> {
        let likes = similar::like_text(ctx, self.call.form.value("text")).await?;
        let one = |like: similar::Like| shapes::Like {
            url: self.url(&Route::Record { reference: like.reference.clone() }.to_string()),
            reference: like.reference.to_string(),
            title: Words {
                text: Some(like.title).filter(|title| !title.is_empty()),
                language: like.language,
            },
            stage: like.stage,
            is_yours: like.is_theirs,
            shared: like.shared,
        };
        Ok(shapes::Likes { items: likes.into_iter().map(one).collect() })
    }

    async fn names(self, ctx: &mut Ctx<'_, Read>) -> Result<shapes::Names> {
        let form = &self.call.form;
        let found = named::named_at(ctx, NodeId::parse(form.value("place")), form.value("text")).await?;
        let one = |found: Found| shapes::Named { looks: found.looks.name(), words: found.words };
        Ok(shapes::Names { items: found.into_iter().map(one).collect() })
    }
}

/// Where a record stands, as acts answer it.
pub fn standing(origin: &str, stands: &Standing) -> shapes::Standing {
    let record = Route::Record { reference: stands.reference.clone() };
    shapes::Standing {
        reference: stands.reference.to_string(),
        version: stands.version,
        stage: stands.stage,
        next_on: stands.next_on,
        url: url(origin, &record.to_string()),
    }
}

/// A whole address.
pub fn url(origin: &str, address: &str) -> String {
    format!("{origin}{address}")
}

/// Where the list of problems goes on. What it holds is ours to change.
fn problem_cursor(from: u32) -> String {
    format!("p{from:08x}")
}

fn after_problem(after: &str) -> Option<u32> {
    let digits = after.strip_prefix('p').filter(|digits| digits.len() == 8)?;
    u32::from_str_radix(digits, 16).ok()
}

/// How many there are, one more than was counted where there are more.
const fn counted(count: Count) -> i64 {
    match count {
        Count::Exactly(count) => count,
        Count::MoreThan(counted) => counted + 1,
    }
}
