//! Similar ones, measured on duplicates that people labelled: recall at 5 of what is shown, on both databases, beside a
//! judge that compares each text with every other (specification: at least the judge's less 0.02).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use waymark_app::find::also::{self, Telling};
use waymark_app::find::index;
use waymark_app::find::similar::{SHOWN, ranked};
use waymark_app::find::tell::{Typed, WhoCould, just_did_it, tell};
use waymark_app::{Actor, Ctx, Error};
use waymark_domain::find::stage::Origin;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::text::{Prose, Title};
use waymark_methods::text::{fold, terms};
use waymark_store::find::similar::{self, Entry};
use waymark_store::sqlx::types::Uuid;
use waymark_testkit::TestApp;

/// How far below the judge the service may be.
const BELOW_JUDGE: f64 = 0.02;

/// Texts, and others whose like among them is known.
struct Labelled {
    name: &'static str,
    texts: Vec<String>,
    asked: Vec<Asked>,
    /// What the service was seen to reach.
    floor: f64,
}

/// A text with what belongs to it; one that is among the texts is not its own duplicate.
struct Asked {
    text: String,
    own: Option<usize>,
    belongs: BTreeSet<usize>,
}

fn shared(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/similarity");
    std::fs::read_to_string(folder.join(name)).expect("the shared data beside the repository")
}

/// The columns of these names of a file.
fn columns<const N: usize>(file: &str, names: [&str; N]) -> Vec<[String; N]> {
    let text = shared(file);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let places = names.map(|name| headings.iter().position(|heading| heading == name).expect("a column"));
    reader.records().map(|row| row.expect("a row")).map(|row| places.map(|at| row[at].to_owned())).collect()
}

/// Long texts: titles and abstracts, with what their authors say replaces what.
fn proposals() -> Labelled {
    let all = columns("pep_texts.csv", ["pep", "title", "abstract"]);
    let place: HashMap<&str, usize> = all.iter().enumerate().map(|(place, row)| (&*row[0], place)).collect();
    let texts: Vec<String> = all.iter().map(|row| format!("{}\n{}", row[1], row[2])).collect();
    let links: Vec<(u32, u32, String)> = serde_json::from_str(&shared("pep_links.json")).expect("links");
    let mut belongs: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (one, other, _) in links.into_iter().filter(|(.., kind)| kind != "Requires") {
        let pair = [one, other].map(|number| place.get(&*number.to_string()).copied());
        if let [Some(one), Some(other)] = pair {
            belongs.entry(one).or_default().insert(other);
            belongs.entry(other).or_default().insert(one);
        }
    }
    let asked = belongs
        .into_iter()
        .map(|(own, belongs)| Asked { text: texts[own].clone(), own: Some(own), belongs })
        .collect();
    Labelled { name: "proposals", texts, asked, floor: 0.89 }
}

/// Short texts of common words: every fourth question to a bank, and every tenth of those asked later, with what each is
/// after.
fn questions() -> Labelled {
    let mut all = columns("banking77-train.csv", ["text", "category"]);
    let mut place = 0_usize;
    all.retain(|_| {
        place += 1;
        place % 4 == 1
    });
    let after = |intent: &str| {
        let same = all.iter().enumerate().filter(|(_, row)| row[1] == intent);
        same.map(|(place, _)| place).collect::<BTreeSet<usize>>()
    };
    let asked = columns("banking77-test.csv", ["text", "category"]);
    let asked = asked.iter().step_by(10);
    let asked = asked.map(|row| Asked { text: row[0].clone(), own: None, belongs: after(&row[1]) });
    Labelled {
        name: "questions",
        asked: asked.collect(),
        texts: all.iter().map(|row| row[0].clone()).collect(),
        floor: 0.60,
    }
}

/// The mean share of what belongs to a text that is among the first five; where more belongs, five are all.
fn recall(labelled: &Labelled, found: &[Vec<usize>]) -> f64 {
    let share = |(asked, found): (&Asked, &Vec<usize>)| {
        let hits = found.iter().take(SHOWN).filter(|place| asked.belongs.contains(*place)).count();
        count(hits) / count(asked.belongs.len().min(SHOWN))
    };
    labelled.asked.iter().zip(found).map(share).sum::<f64>() / count(labelled.asked.len())
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn count(number: usize) -> f64 {
    number as f64
}

/// The judge over everything: letter runs of three to five within words, TF-IDF over all texts, cosine.
struct Judge {
    weights: HashMap<String, f64>,
    with_run: HashMap<String, Vec<(usize, f64)>>,
    texts: usize,
}

impl Judge {
    fn new(texts: &[String]) -> Self {
        let runs: Vec<BTreeMap<String, f64>> = texts.iter().map(|text| runs(text)).collect();
        let mut weights: HashMap<String, f64> = HashMap::new();
        for run in runs.iter().flat_map(BTreeMap::keys) {
            *weights.entry(run.clone()).or_default() += 1.0;
        }
        for weight in weights.values_mut() {
            *weight = ((1.0 + count(texts.len())) / (1.0 + *weight)).ln() + 1.0;
        }
        let mut judge = Self { weights, with_run: HashMap::new(), texts: texts.len() };
        for (place, runs) in runs.into_iter().enumerate() {
            for (run, weight) in judge.unit(runs) {
                judge.with_run.entry(run).or_default().push((place, weight));
            }
        }
        judge
    }

    fn unit(&self, mut runs: BTreeMap<String, f64>) -> BTreeMap<String, f64> {
        runs.retain(|run, _| self.weights.contains_key(run));
        for (run, times) in &mut runs {
            *times = (1.0 + times.ln()) * self.weights[run];
        }
        let length = runs.values().map(|weight| weight * weight).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        for weight in runs.values_mut() {
            *weight /= length;
        }
        runs
    }

    fn best(&self, asked: &Asked) -> Vec<usize> {
        let mut alike = vec![0.0; self.texts];
        for (run, weight) in self.unit(runs(&asked.text)) {
            for (place, other) in self.with_run.get(&run).into_iter().flatten() {
                alike[*place] += weight * other;
            }
        }
        let mut places: Vec<usize> = (0..self.texts).filter(|place| Some(*place) != asked.own).collect();
        places.sort_by(|a, b| alike[*b].total_cmp(&alike[*a]));
        places.truncate(SHOWN);
        places
    }
}

fn runs(text: &str) -> BTreeMap<String, f64> {
    let mut all = BTreeMap::new();
    for word in fold(text).split_whitespace() {
        let letters: Vec<char> = format!(" {word} ").chars().collect();
        for run in (3..=5).flat_map(|length| letters.windows(length)) {
            *all.entry(run.iter().collect()).or_default() += 1.0;
        }
    }
    all
}

fn id(place: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(place).expect("few") + 1)
}

/// Puts texts into the index for who may see them.
async fn put(app: &TestApp, texts: impl Iterator<Item = (Uuid, &String)>, seen: &[String]) {
    let mut tx = app.env.db.write().await.expect("a database");
    for (id, text) in texts {
        let folded = fold(text);
        let terms = terms(&folded).into_iter().collect::<Vec<_>>().join(" ");
        let entry = Entry { seen, sent_at: 0, folded: &folded, terms: &terms };
        similar::put(&mut tx, id, entry);
    }
    tx.commit().await.expect("a commit");
}

fn body(app: &TestApp, name: &str) -> [String; 1] {
    [index::token(SeenBy::Body, app.world.nodes[name].0)]
}

/// What is shown to Bea for each text, without the text itself.
async fn shown(app: &TestApp, labelled: &Labelled) -> Vec<Vec<usize>> {
    let mut ctx = Ctx::read(&app.env, Actor::Person(app.person("bea"))).await.expect("a database");
    let mut all = Vec::new();
    for asked in &labelled.asked {
        let found = ranked(&mut ctx, &asked.text, SHOWN + 1).await.expect("a search");
        let places = found.into_iter().map(|(id, _)| usize::try_from(id.as_u128() - 1).expect("few"));
        all.push(places.filter(|place| Some(*place) != asked.own).take(SHOWN).collect());
    }
    all
}

async fn measure(labelled: &Labelled) {
    let judge = Judge::new(&labelled.texts);
    let judged: Vec<Vec<usize>> = labelled.asked.iter().map(|asked| judge.best(asked)).collect();
    let judged = recall(labelled, &judged);
    let mut found: Vec<Vec<Vec<usize>>> = Vec::new();
    for app in TestApp::on_each().await {
        let texts = labelled.texts.iter().enumerate().map(|(place, text)| (id(place), text));
        put(&app, texts, &body(&app, "riverside")).await;
        found.push(shown(&app, labelled).await);
    }
    let reached = recall(labelled, &found[0]);
    let (name, of) = (labelled.name, labelled.asked.len());
    eprintln!(
        "similar ones, {name}: recall at 5 of {of} is {reached:.4}, the judge's over everything {judged:.4}"
    );
    assert_eq!(found[0], found[1], "{name}: both databases show the same in the same order");
    assert!(reached >= judged - BELOW_JUDGE, "{name}: {reached} against {judged}");
    assert!(reached >= labelled.floor, "{name}: {reached} was {} before", labelled.floor);
}

#[tokio::test]
async fn what_belongs_together_is_shown_as_well_as_by_the_judge_over_everything_in_long_texts() {
    measure(&proposals()).await;
}

#[tokio::test]
async fn what_belongs_together_is_shown_as_well_as_by_the_judge_over_everything_in_short_texts() {
    measure(&questions()).await;
}

#[tokio::test]
async fn what_a_person_may_not_see_changes_nothing_in_what_they_are_shown() {
    let mut labelled = proposals();
    labelled.texts.truncate(200);
    labelled.asked.retain(|asked| asked.own.is_some_and(|own| own < 200));
    for app in TestApp::on_each().await {
        let texts = || labelled.texts.iter().enumerate();
        put(&app, texts().map(|(place, text)| (id(place), text)), &body(&app, "riverside")).await;
        let before = shown(&app, &labelled).await;
        // The same texts again and again in another body, so that every word there is common.
        for round in 1..4 {
            let others = texts().map(|(place, text)| (id(1_000 * round + place), text));
            put(&app, others, &body(&app, "hillside")).await;
        }
        assert_eq!(shown(&app, &labelled).await, before, "{:?}", app.engine());
        assert!(before.iter().any(|found| !found.is_empty()));
    }
}

fn typed(app: &TestApp, title: &str, problem: &str) -> Typed {
    Typed {
        node: app.world.nodes["ward4"],
        who_could: WhoCould::TeamLead,
        title: Title::parse(title).expect("a title"),
        problem: Prose::parse(problem).expect("a text"),
        solution: None,
        contributors: vec![(app.person("ada"), 100)],
        is_assisted: false,
        origin: Origin::FrontLine,
        seen_by: None,
        answers: None,
        external_id: None,
    }
}

async fn found_by(app: &TestApp, text: &str) -> Vec<(Uuid, Vec<String>)> {
    let mut ctx = Ctx::read(&app.env, Actor::Person(app.person("bea"))).await.expect("a database");
    ranked(&mut ctx, text, SHOWN).await.expect("a search")
}

async fn missing(app: &TestApp) -> i64 {
    let mut tx = app.env.db.read().await.expect("a database");
    similar::count_missing(&mut tx).await.expect("a count")
}

#[tokio::test]
async fn every_way_in_is_in_the_index_and_it_can_be_built_anew() {
    for app in TestApp::on_each().await {
        let mut ctx = app.write_as("ada").await;
        let idea = typed(&app, "Blood bottles", "The bottles run out every weekend.");
        let told = tell(&mut ctx, &idea).await.expect("told");
        let done = typed(&app, "Keys", "The medicine cupboard key was lost at handover.");
        let lines = ("A hook by the door.", "No key was lost since.");
        let lines = (Prose::parse(lines.0).expect("a text"), Prose::parse(lines.1).expect("a text"));
        just_did_it(&mut ctx, &done, (&lines.0, &lines.1)).await.expect("listed");
        let careful = Typed { seen_by: Some(SeenBy::Handlers), ..idea.clone() };
        tell(&mut ctx, &careful).await.expect("told");
        ctx.commit().await.expect("a commit");
        let mut ctx = app.write_as("bea").await;
        also::add(&mut ctx, told.id, &sample(&app)).await.expect("added");
        ctx.commit().await.expect("a commit");
        assert_eq!(missing(&app).await, 0, "{:?}", app.engine());
        let sought =
            ["bottles at the weekend", "a lost key of the cupboard", "no tourniquets in the trolley"];
        let mut before = Vec::new();
        for text in sought {
            before.push(found_by(&app, text).await);
        }
        assert!(before.iter().all(|found| found.len() == 1), "{before:?}");
        assert_eq!(index::rebuild(&app.env).await.expect("built"), 3);
        assert_eq!(index::complete(&app.env).await.expect("built"), 0, "run twice");
        for (text, before) in sought.into_iter().zip(before) {
            assert_eq!(found_by(&app, text).await, before, "{text} on {:?}", app.engine());
        }
    }
}

fn sample(app: &TestApp) -> Telling {
    Telling {
        title: Title::parse("Tourniquets").expect("a title"),
        problem: Prose::parse("There are no tourniquets in the trolley either.").expect("a text"),
        solution: None,
        tellers: vec![app.person("bea")],
        is_assisted: false,
        origin: Origin::FrontLine,
    }
}

#[tokio::test]
async fn who_decides_it_or_may_not_see_it_adds_nothing() {
    for app in TestApp::on_each().await {
        let mut ctx = app.write_as("ada").await;
        let idea = typed(&app, "Blood bottles", "The bottles run out every weekend.");
        let told = tell(&mut ctx, &idea).await.expect("told");
        ctx.commit().await.expect("a commit");
        for (who, expected) in [("len", "Forbidden"), ("olu", "NotFound")] {
            let mut ctx = app.write_as(who).await;
            let telling = Telling { tellers: vec![app.person(who)], ..sample(&app) };
            let refused = also::add(&mut ctx, told.id, &telling).await;
            let is_right = match refused {
                Err(Error::Forbidden) => expected == "Forbidden",
                Err(Error::NotFound) => expected == "NotFound",
                _ => false,
            };
            assert!(is_right, "{who}");
        }
    }
}
