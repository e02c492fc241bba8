//! What somebody may not see changes nothing that they can see: every page, file and feed and every list of the API is the
//! same to them before and after others tell, ask about and answer what is hidden from them, and the mails they get are, too.
//! Two stories of it are told here; of whatever else may be hidden, in any order, random pairs of worlds tell (`twins`).

mod looked;
mod open;
mod twins;
mod veiled;

use crate::authorisation::{client, places};
use crate::jobs::{answered, no, prose};
use crate::walk::{told_by, told_with};
use chrono::TimeDelta;
use serde_json::json;
use std::collections::BTreeMap;
use waymark_app::find::comment;
use waymark_app::route::change::Seen;
use waymark_app::route::talk;
use waymark_app::routes::{ALL, Known, Who};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::Remark;
use waymark_testkit::{Page, TestApp};

/// What somebody is shown, by its address.
type Views = BTreeMap<String, String>;

/// What else is asked for: lists with words and filters.
const SEARCHES: [&str; 13] = [
    "/ideas?q=bottles",
    "/ideas?q=zorbulex",
    "/ideas?q=quandrel",
    "/ideas?q=%22blood+bottles%22",
    "/ideas?late=yes",
    "/ideas?stage=stopped",
    "/ideas.csv?q=bottles",
    "/ideas.json?q=bottles",
    "/ideas.atom?q=bottles",
    "/ideas.json?stage=told",
    "/problems?q=bottles",
    "/problems.json?q=zorbulex",
    "/places?q=ward",
];

/// Every address that needs no record, at two places where it has one, the pages of a record that all see, and searches.
fn addresses(app: &TestApp, seen: &Innovation) -> Vec<String> {
    let of_route = |known: &Known| {
        let is_left_out = known.is_act || known.who == Who::FirstRun || known.pattern.contains("{act}");
        let nodes = if known.pattern.contains("{node}") { &["riverside", "ward4"][..] } else { &["root"] };
        let of_node = |node: &&str| {
            let pattern = known.pattern.replace("{node}", &app.world.nodes[node].to_string());
            places(app, &pattern.replace("{reference}", seen.told.reference.as_str()))
        };
        if is_left_out { Vec::new() } else { nodes.iter().map(of_node).collect() }
    };
    ALL.iter().flat_map(of_route).chain(SEARCHES.map(str::to_owned)).collect()
}

/// Without the tokens of forms, which are new each time.
fn scrubbed(page: &Page) -> String {
    let mut parts = page.body.split("name=\"token\" value=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once('"').map_or("", |(_, rest)| rest));
    let body = rest.fold(first, |all, part| all + "token" + part);
    let headers = ["location", "link", "content-type", "etag", "last-modified", "content-disposition"];
    let headers = headers.map(|name| format!("{name}: {:?}\n", page.headers.get(name)));
    format!("{}\n{}{body}", page.status, headers.concat())
}

/// All that somebody is shown.
async fn shown(app: &TestApp, (name, at): (&str, &[String]), canary: &str) -> Views {
    let mut client = client(app, name).await;
    let mut all = BTreeMap::new();
    for address in at {
        let page = client.get(address).await;
        assert!(!format!("{:?}", page.headers).contains(canary), "{name} {address}: {:?}", page.headers);
        let is_own_search = address.contains(canary);
        assert!(is_own_search || !page.body.contains(canary), "{name} {address}: {}", page.text());
        all.insert(address.clone(), scrubbed(&page));
    }
    all.extend(told_to_programs(app, name).await);
    all
}

/// The same by the API, for whoever has an account.
async fn told_to_programs(app: &TestApp, name: &str) -> Views {
    let mut all = BTreeMap::new();
    if name.is_empty() {
        return all;
    }
    let program = app.program(name).await;
    let late = format!("/places/{}/late", app.world.nodes["riverside"]);
    for path in ["/ideas", "/ideas?search=bottles", "/ideas?search=zorbulex", "/work", "/problems", &late] {
        all.insert(format!("API {path}"), program.get(path).await.body.to_string());
    }
    for text in ["Blood bottles run out every weekend", "The zorbulex of the weekend has no bottles"] {
        let like = program.post("/similar", &json!({ "text": text })).await;
        assert_eq!(like.status, 200, "{}", like.body);
        all.insert(format!("API similar {text}"), like.body.to_string());
    }
    all
}

/// Who tells something hidden where, seen by whom, who answers it there, and from whom it is hidden.
struct Hidden {
    /// In the words of what is hidden, and nowhere else.
    canary: &'static str,
    by: (&'static str, &'static str),
    seen_by: SeenBy,
    decider: &'static str,
    /// Who has it once it is late.
    finder: &'static str,
    from: [&'static str; 3],
}

const HIDDEN: [Hidden; 2] = [
    Hidden {
        canary: "zorbulex",
        by: ("bea", "ward4"),
        seen_by: SeenBy::Handlers,
        decider: "len",
        finder: "fay",
        from: ["ada", "cai", "una"],
    },
    Hidden {
        canary: "quandrel",
        by: ("olu", "ward1"),
        seen_by: SeenBy::Body,
        decider: "una",
        finder: "ivo",
        from: ["ada", "fay", ""],
    },
];

impl Hidden {
    async fn tell(&self, app: &TestApp, number: usize) -> Innovation {
        let canary = self.canary;
        let title = format!("Blood bottles of {canary} number {number}");
        let words =
            format!("We run out of {canary} blood bottles every weekend. Ward {number} borrows them.");
        told_with(app, self.by, Some(self.seen_by), (&title, &words)).await
    }

    async fn shown(&self, app: &TestApp, at: &[String]) -> [Views; 3] {
        let mut all = self.from.map(|_| BTreeMap::new());
        for (place, name) in self.from.into_iter().enumerate() {
            all[place] = shown(app, (name, at), self.canary).await;
        }
        all
    }

    /// Asks about one, says something to another, and answers the others.
    async fn go_on(&self, app: &TestApp, told: &[Innovation]) {
        let seen = |record: &Innovation| Seen { id: record.id, version: None };
        let mut ctx = app.write_as(self.decider).await;
        talk::ask(&mut ctx, seen(&told[0]), &prose(&format!("How many {}?", self.canary)))
            .await
            .expect("asked");
        let remark = Remark::parse(&format!("Two {}.", self.canary)).expect("a remark");
        comment::write(&mut ctx, told[1].id, &remark).await.expect("said");
        ctx.commit().await.expect("a commit");
        for record in &told[2..] {
            answered(app, (self.decider, record.id), &no()).await;
        }
    }
}

/// Those that differ though nothing happened but a minute passed: what is drawn anew for each page.
fn steady(before: &[Views], after: &[Views]) -> Vec<String> {
    let all = before.iter().flat_map(BTreeMap::keys);
    let is_steady =
        |at: &&String| before.iter().zip(after).all(|(one, other)| one.get(*at) == other.get(*at));
    let mut steady: Vec<String> = all.filter(is_steady).cloned().collect();
    steady.sort_unstable();
    steady.dedup();
    steady
}

fn assert_same((before, after): (&[Views], &[Views]), (steady, names): (&[String], &[&str])) {
    for ((one, other), name) in before.iter().zip(after).zip(names) {
        for at in steady {
            assert_eq!(one.get(at), other.get(at), "{name:?} sees that something hidden was done: {at}");
        }
    }
}

#[tokio::test]
async fn what_somebody_may_not_see_changes_nothing_that_they_can_see() {
    for app in TestApp::on_each().await {
        // So many that the usual time and the figures are shown, with words like those of what is hidden.
        let mut open = Vec::new();
        for _ in 0..6 {
            open.push(told_by(&app, ("ada", "ward4"), None).await);
        }
        app.advance(TimeDelta::days(3));
        for record in &open[1..] {
            answered(&app, ("len", record.id), &no()).await;
        }
        let seen = told_by(&app, ("ada", "ward4"), Some(SeenBy::Everyone)).await;
        let at = addresses(&app, &seen);
        for hidden in &HIDDEN {
            app.run_jobs().await;
            app.mails();
            let first = hidden.shown(&app, &at).await;
            app.advance(TimeDelta::seconds(61));
            let before = hidden.shown(&app, &at).await;
            let steady = steady(&first, &before);
            let must =
                ["/ideas", "/ideas.csv", "/ideas.json", "/ideas.atom", "/work", "API /ideas", SEARCHES[0]];
            let left: Vec<&&str> = must.iter().filter(|at| !steady.iter().any(|one| one == **at)).collect();
            assert!(
                left.is_empty() && steady.len() + 12 > at.len(),
                "{left:?}: {} of {}",
                steady.len(),
                at.len()
            );
            let mut told = Vec::new();
            for number in 0..12 {
                told.push(hidden.tell(&app, number).await);
            }
            hidden.go_on(&app, &told).await;
            app.advance(TimeDelta::seconds(61));
            assert_same((&before, &hidden.shown(&app, &at).await), (&steady, &hidden.from));
            // Late, and then not: a day goes by for both, so that only what is hidden differs.
            let late = hidden.tell(&app, 12).await;
            app.advance(TimeDelta::days(18));
            app.run_jobs().await;
            let before = hidden.shown(&app, &at).await;
            answered(&app, (hidden.finder, late.id), &no()).await;
            app.advance(TimeDelta::seconds(61));
            assert_same((&before, &hidden.shown(&app, &at).await), (&steady, &hidden.from));
            app.run_jobs().await;
            let mails = hidden.from.map(|name| format!("{name}@"));
            for mail in app.mails() {
                let is_theirs = mails.iter().any(|name| name.len() > 1 && mail.to.starts_with(name));
                assert!(!is_theirs || !format!("{mail:?}").contains(hidden.canary), "{mail:?}");
            }
        }
    }
}
