//! Search finds exactly what the policy shows and the words are in, in the order of the lists, page by page and in every
//! file; and what somebody may not see changes nothing for them.

use crate::lists::{seen, send_on};
use crate::walk::{days_pass, told_by, told_with, typed};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use uuid::Uuid;
use waymark_app::find::list::{Count, Cursor, Filter, Order, list, take};
use waymark_app::find::search::Sought;
use waymark_app::find::tell::tell;
use waymark_app::people::relocate::move_under;
use waymark_app::{Actor, Ctx};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::stage::Stage;
use waymark_domain::people::setting::SeenBy;
use waymark_methods::query::Query;
use waymark_methods::relevance::{Text, best_first};
use waymark_methods::text::fold;
use waymark_testkit::{Client, TestApp};
use waymark_web::failure::urlencoded;

/// Titles and what follows them, so that each word is in some of the records; in both languages.
const SAID: [(&str, &str); 5] = [
    ("Blood bottles", "The bottles of the ward run out every weekend."),
    ("Key of the medicine cupboard", "We lose it at handover, and the ward waits."),
    ("Poteli gwaed", "Mae’r poteli’n rhedeg allan bob penwythnos ar y ward."),
    ("Ordering bottles", "Order them on Thursdays: the weekend ward needs blood."),
    ("Parcio i’r tŷ", "Nid oes lle i barcio wrth y tŷ, the car park is full."),
];

/// What is searched for: words, common and rare, that say nothing, phrases, both languages, words that nobody has.
const SEARCHES: [&str; 14] = [
    "bottles",
    "ward",
    "the",
    "order weekend",
    "\"blood bottles\"",
    "\"bottles of the ward\"",
    "\"of the\" ward",
    "POTELI",
    "ty",
    "\"i'r tŷ\"",
    "a",
    "nobody has these",
    "\"ward the\"",
    "key \"medicine cupboard\" handover ward",
];

const PLACES: [(&str, &str); 5] =
    [("ada", "ward4"), ("cai", "ward5"), ("olu", "ward1"), ("hana", "riverside"), ("rae", "root")];

/// A record and its words.
struct Told {
    record: Innovation,
    text: String,
}

/// Records of every kind of sight in every place with different words; some are handled by another body. Each is sent a
/// while after the one before.
async fn told_everywhere(app: &TestApp) -> Vec<Told> {
    let (mut all, mut number) = (Vec::new(), 0);
    for seen_by in SeenBy::ALL {
        for by in PLACES.into_iter().chain([("bea", "ward4")]) {
            let said = SAID[number % SAID.len()];
            let record = told_with(app, by, Some(seen_by), said).await;
            if by.0 == "bea" {
                send_on(app, &record).await;
            }
            let text = format!("{}\n{}\nOrder on Thursday instead of Friday.", said.0, said.1);
            all.push(Told { record, text });
            number += 1;
            // Two in three are sent at the same instant as the one before.
            if number % 3 == 0 {
                app.advance(TimeDelta::seconds(1));
            }
        }
    }
    all
}

/// Everybody, and nobody.
fn everybody(app: &TestApp) -> Vec<(&'static str, Actor)> {
    let people = app.world.people.iter().map(|(name, account)| (*name, Actor::Person(*account)));
    people.chain([("nobody", Actor::Nobody)]).collect()
}

fn sought(words: &str) -> Sought {
    Sought::parse(words).expect("fit").expect("words")
}

fn searched(words: &str) -> Filter {
    Filter { sought: Some(sought(words)), ..Filter::default() }
}

/// Everything that is listed from page to page; each page says the same count.
async fn paged(app: &TestApp, actor: Actor, filter: &Filter) -> Vec<(DateTime<Utc>, Uuid)> {
    let (mut all, mut filter, mut counts) = (Vec::new(), filter.clone(), Vec::new());
    loop {
        let mut ctx = Ctx::read(&app.env, actor).await.expect("a database");
        let page = list(&mut ctx, &filter).await.expect("a list");
        all.extend(page.items.iter().map(|item| (item.sent_at, item.id)));
        counts.push(page.count);
        match page.next {
            Some(next) => filter.after = Some(next),
            None => break,
        }
    }
    let number = i64::try_from(all.len()).expect("few");
    assert!(counts.iter().all(|count| *count == Count::Exactly(number)), "{counts:?} of {number}");
    all
}

/// Everything that is found, newest first, as the files have it too.
async fn found(app: &TestApp, actor: Actor, filter: &Filter) -> Vec<Uuid> {
    let all = paged(app, actor, filter).await;
    assert!(all.is_sorted_by_key(|(sent_at, _)| std::cmp::Reverse(*sent_at)), "newest first");
    let mut ctx = Ctx::read(&app.env, actor).await.expect("a database");
    let whole = take(&mut ctx, filter).await.expect("a list");
    let ids: Vec<Uuid> = all.into_iter().map(|(_, id)| id).collect();
    assert_eq!(whole.items.iter().map(|item| item.id).collect::<Vec<_>>(), ids, "taken away");
    ids
}

fn sorted(mut ids: Vec<Uuid>) -> Vec<Uuid> {
    ids.sort_unstable();
    ids
}

/// Compares what everybody finds with the policy and the texts.
async fn assert_finds_are_true(app: &TestApp, told: &[Told], when: &str) -> usize {
    let mut records = Vec::new();
    for one in told {
        let mut ctx = Ctx::read(&app.env, Actor::Console).await.expect("a database");
        records.push(ctx.load::<Innovation>(one.record.id.0).await.expect("a record"));
    }
    let mut all = 0;
    for (name, actor) in everybody(app) {
        let allowed = seen(app, actor, &records).await;
        for words in SEARCHES {
            let sought = sought(words);
            let fits = |one: &&Told| sought.is_in(&one.text) && allowed.contains(&one.record.id.0);
            let wanted = told.iter().filter(fits).map(|one| one.record.id.0).collect();
            let found = sorted(found(app, actor, &searched(words)).await);
            assert_eq!(found, sorted(wanted), "{when}: {name} for {words:?} on {:?}", app.engine());
            all += found.len();
        }
    }
    all
}

/// Compares what is found with filters with the list of the same filters, less what has not the words.
async fn assert_filters_are_kept(app: &TestApp, told: &[Told], when: &str) {
    let texts: BTreeMap<Uuid, &str> = told.iter().map(|one| (one.record.id.0, &*one.text)).collect();
    let places = ["root", "riverside", "ward4", "ward5", "hillside", "ward1"];
    let mut filters: Vec<Filter> = places
        .iter()
        .flat_map(|place| {
            let node = Some(app.world.nodes[place]);
            [false, true].map(|is_of_mine| Filter { node, is_of_mine, ..Filter::default() })
        })
        .collect();
    filters.push(Filter { stage: Some(Stage::Told), ..Filter::default() });
    filters.push(Filter { is_late: true, ..Filter::default() });
    filters.push(Filter { stage: Some(Stage::PassedOn), node: filters[2].node, ..Filter::default() });
    for (name, actor) in everybody(app) {
        for filter in &filters {
            let listed = found(app, actor, filter).await;
            for words in ["bottles", "\"of the\" ward"] {
                let sought = sought(words);
                let has = |id: &&Uuid| sought.is_in(texts[*id]);
                let wanted: Vec<Uuid> = listed.iter().filter(has).copied().collect();
                let filter = Filter { sought: Some(sought.clone()), ..filter.clone() };
                let found = sorted(found(app, actor, &filter).await);
                assert_eq!(found, sorted(wanted), "{when}: {name}, {filter:?} on {:?}", app.engine());
            }
        }
    }
}

#[tokio::test]
async fn everybody_finds_exactly_what_the_policy_shows_and_the_words_are_in() {
    for app in TestApp::on_each().await {
        let told = told_everywhere(&app).await;
        let found = assert_finds_are_true(&app, &told, "as told").await;
        assert!(found > 500, "{found}");
        for (node, parent) in [("ward5", "hillside"), ("riverside", "hillside"), ("ward1", "root")] {
            let mut ctx = app.write_as("ann").await;
            move_under(&mut ctx, app.world.nodes[node], app.world.nodes[parent]).await.expect("moved");
            ctx.commit().await.expect("a commit");
            assert_finds_are_true(&app, &told, &format!("{node} under {parent}")).await;
        }
        assert_filters_are_kept(&app, &told, "after the moves").await;
    }
}

#[tokio::test]
async fn the_best_match_first_is_all_that_is_found_ranked_by_its_words_alone() {
    for app in TestApp::on_each().await {
        let told = told_everywhere(&app).await;
        let folded = told.iter().map(|one| {
            let title = one.text.split('\n').next().unwrap_or_default();
            (one.record.id.0, (fold(title), fold(&one.text)))
        });
        let folded: BTreeMap<Uuid, (String, String)> = folded.collect();
        for (name, actor) in everybody(&app) {
            for words in SEARCHES {
                // What the files take: the newest first, and all.
                let best = Filter { order: Order::Best, ..searched(words) };
                let newest = found(&app, actor, &searched(words)).await;
                let mut ctx = Ctx::read(&app.env, actor).await.expect("a database");
                let taken = take(&mut ctx, &best).await.expect("a list");
                assert_eq!(taken.items.iter().map(|item| item.id).collect::<Vec<_>>(), newest);
                let text = |id| folded.get(id).map(|(title, words)| Text { title, words }).expect("told");
                let places = best_first(&Query::parse(words), &newest.iter().map(text).collect::<Vec<_>>());
                let wanted: Vec<Uuid> = places.into_iter().map(|place| newest[place]).collect();
                let ranked: Vec<Uuid> =
                    paged(&app, actor, &best).await.into_iter().map(|(_, id)| id).collect();
                assert_eq!(ranked, wanted, "{name} for {words:?} on {:?}", app.engine());
            }
        }
    }
}

#[tokio::test]
async fn words_are_sought_among_what_the_filters_leave() {
    for app in TestApp::on_each().await {
        let told = told_everywhere(&app).await;
        days_pass(&app, &told[0].record, 16).await;
        assert_filters_are_kept(&app, &told, "as told").await;
    }
}

#[tokio::test]
async fn days_leave_exactly_what_was_sent_on_them_in_lists_and_in_what_is_found() {
    for app in TestApp::on_each().await {
        let first = app.env.now().date_naive();
        let mut told = Vec::new();
        for _ in 0..3 {
            told.push(told_everywhere(&app).await);
            app.advance(TimeDelta::days(1));
        }
        let day = |number: u64| Some(first + chrono::Days::new(number));
        let asked = [
            ((day(1), None), 1..3),
            ((None, day(1)), 0..2),
            ((day(1), day(1)), 1..2),
            ((day(0), day(2)), 0..3),
            ((day(2), day(0)), 0..0),
        ];
        let records: Vec<Innovation> = told.iter().flatten().map(|one| one.record.clone()).collect();
        for (name, actor) in everybody(&app) {
            let allowed = seen(&app, actor, &records).await;
            for ((from, to), days) in &asked {
                for words in [None, Some("bottles"), Some("\"of the\" ward")] {
                    let sought = words.map(sought);
                    let has = |one: &&Told| sought.as_ref().is_none_or(|sought| sought.is_in(&one.text));
                    let on_days = told[days.clone()].iter().flatten();
                    let wanted = on_days.filter(|one| allowed.contains(&one.record.id.0)).filter(has);
                    let wanted = sorted(wanted.map(|one| one.record.id.0).collect());
                    let filter = Filter { from: *from, to: *to, sought: sought.clone(), ..Filter::default() };
                    let found = sorted(found(&app, actor, &filter).await);
                    assert_eq!(found, wanted, "{name}, {filter:?} on {:?}", app.engine());
                }
            }
        }
    }
}

/// Everything that somebody reads of a search: the page and each file.
async fn read(client: &mut Client, words: &str) -> Vec<String> {
    let mut all = Vec::new();
    for form in ["", ".csv", ".json", ".atom"] {
        all.push(client.get(format!("/ideas{form}?q={}", urlencoded(words))).await.body);
    }
    all
}

#[tokio::test]
async fn what_somebody_may_not_see_changes_nothing_that_they_find() {
    for app in TestApp::on_each().await {
        told_everywhere(&app).await;
        let viewers = ["", "ada", "olu", "len"];
        let mut before = Vec::new();
        for name in viewers {
            let mut client = if name.is_empty() { app.visitor() } else { app.signed_in(name).await };
            for words in SEARCHES {
                before.push(read(&mut client, words).await);
            }
        }
        // Of another body, and of their own to those who handle it alone; more than a page of each, newest of all.
        for number in 0..25 {
            let said = SAID[number % SAID.len()];
            told_with(&app, ("rae", "root"), Some(SeenBy::Body), said).await;
            told_with(&app, ("cai", "ward5"), Some(SeenBy::Handlers), said).await;
            told_with(&app, ("ivo", "hillside"), Some(SeenBy::Handlers), said).await;
        }
        let mut after = before.iter();
        for name in viewers {
            let mut client = if name.is_empty() { app.visitor() } else { app.signed_in(name).await };
            for words in SEARCHES {
                let now = read(&mut client, words).await;
                assert_eq!(Some(&now), after.next(), "{name:?} for {words:?} on {:?}", app.engine());
            }
        }
        // They are there for who handles them.
        let fay = read(&mut app.signed_in("fay").await, "key").await;
        assert!(fay[0].contains("Key of the medicine cupboard"), "{}", fay[0]);
    }
}

#[tokio::test]
async fn a_page_says_what_was_sought_and_what_to_do_where_nothing_is_found() {
    let app = TestApp::new().await;
    let record = told_by(&app, ("ada", "ward4"), None).await;
    let mut ada = app.signed_in("ada").await;
    let page = ada.get("/ideas?q=bottle+%22every+weekend%22").await;
    assert!(page.text().contains("1 idea or problem"), "{}", page.text());
    assert!(page.body.contains("value=\"bottle &#34;every weekend&#34;\""), "{}", page.body);
    assert!(page.text().contains("Remove: “bottle \"every weekend\"”"), "{}", page.text());
    assert!(page.body.contains("/ideas.csv?q=bottle%20%22every%20weekend%22"), "{}", page.body);
    let none = ada.get("/ideas?q=tourniquet&stage=told").await;
    assert!(none.text().contains("Nothing that you can see has all of this: tourniquet"), "{}", none.text());
    assert!(none.body.contains("href=\"/ideas?q=tourniquet\""), "wider: {}", none.body);
    assert!(none.text().contains("Tell it yourself"), "{}", none.text());
    let welsh = ada.get("/ideas?q=tourniquet&lang=cy").await;
    assert!(welsh.text().contains("yn cynnwys hyn i gyd: tourniquet"), "{}", welsh.text());
    ada.get("/ideas?lang=en").await;

    let typed = record.told.reference.as_str().to_lowercase().replace('-', "+");
    let away = ada.get(format!("/ideas?q={typed}")).await;
    assert_eq!(away.location(), Some(format!("/records/{}", record.told.reference)));
    let file = ada.get(format!("/ideas.json?q={typed}&stage=kept")).await;
    assert!(file.body.contains(record.told.reference.as_str()), "{}", file.body);
    let other = app.signed_in("olu").await.get(format!("/ideas?q={typed}")).await;
    assert!(other.text().contains("Nothing that you can see"), "{}", other.text());
}

#[tokio::test]
async fn whoever_asks_reads_the_best_match_first() {
    let app = TestApp::new().await;
    for (title, rest) in [
        ("Tourniquets", "The box is empty every Monday. Who fills it? The tourniquets are in the store."),
        ("Stock", "There is no tourniquet, no glove, no form and no pen on the trolley after the night."),
        ("Trolley", "Gloves are gone."),
    ] {
        told_with(&app, ("ada", "ward4"), None, (title, rest)).await;
        app.advance(TimeDelta::seconds(1));
    }
    let mut ada = app.signed_in("ada").await;
    let places = |page: &str| [">Tourniquets<", ">Stock<"].map(|title| page.find(title).expect(title));
    let newest = ada.get("/ideas?q=tourniquet").await;
    assert!(newest.text().contains("The newest first."), "{}", newest.text());
    assert!(!places(&newest.body).is_sorted(), "{}", newest.body);
    assert!(newest.body.contains("href=\"/ideas?q=tourniquet&#38;order=best\""), "{}", newest.body);
    let best = ada.get("/ideas?q=tourniquet&order=best").await;
    assert!(best.text().contains("The best match first."), "{}", best.text());
    assert!(places(&best.body).is_sorted(), "{}", best.body);
    assert!(best.body.contains("href=\"/ideas?q=tourniquet\""), "the other order: {}", best.body);
    assert!(best.body.contains("name=\"order\" value=\"best\""), "kept for other words: {}", best.body);
    assert!(best.body.contains("/ideas.csv?q=tourniquet\""), "the file is of all: {}", best.body);
    let mistyped = ada.get("/ideas?q=tourniquet&order=rank").await;
    assert!(mistyped.text().contains("Part of the address was not understood"), "{}", mistyped.text());
    let plain = ada.get("/ideas?order=best").await;
    assert!(!plain.text().contains("first."), "nothing is sought: {}", plain.text());
}

/// What could break an index, a page or a file.
fn odd() -> Vec<String> {
    let typed = "\"|'|\\|%|_|*|bottle*|-bottle|NEAR(a b)|a NEAR/2 b|terms:bottle|{terms}:x|^bottle|(|)|((a)|a AND|\
        NOT a|OR|a OR b|a & b|a | b|!a|a <-> b|a:*|'':*|'bottle' & !'x'|;--|' or 1=1 --|$1|{}|{{7*7}}|<b>|&amp;|_the|__|\
        \u{202e}bottle\u{202c}|مرحبا بكم|שלום עולם|हिन्दी में खोज|日本語検索|ไทย|e\u{301}e\u{301}|ﬁ|İ|ß|ǅ|²|Ⅷ|🙂|👩‍⚕️ bottle|\
        a\u{0}b|\u{0}|\u{feff}|\u{fffd}|\t\r\n";
    let long =
        ["a".repeat(10_000), "a ".repeat(5_000), "\"".repeat(1_000), "ŵ".repeat(200), "\"a\" ".repeat(50)];
    let many = (0..13).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ");
    typed
        .split('|')
        .map(str::to_owned)
        .chain(["a | b".to_owned(), "||".to_owned(), many])
        .chain(long)
        .collect()
}

#[tokio::test]
async fn whatever_is_typed_is_answered_with_a_page_and_finds_the_same_on_both_engines() {
    let mut answers: Vec<Vec<(u16, String)>> = Vec::new();
    for app in TestApp::on_each().await {
        told_by(&app, ("ada", "ward4"), None).await;
        told_with(
            &app,
            ("ada", "ward4"),
            None,
            ("हिन्दी में खोज, שלום", "日本語検索 مرحبا بكم ﬁ ß ² İ the_end"),
        )
        .await;
        let mut own = Vec::new();
        let mut ada = app.signed_in("ada").await;
        for typed in odd() {
            let page = ada.get(format!("/ideas?q={}", urlencoded(&typed))).await;
            let status = page.status.as_u16();
            assert!(
                [200, 422].contains(&status) && page.body.contains("<h1"),
                "{typed:?}: {status} {}",
                page.body
            );
            let file = ada.get(format!("/ideas.csv?q={}", urlencoded(&typed))).await;
            assert!([200, 404].contains(&file.status.as_u16()), "{typed:?}: {}", file.status);
            assert_eq!(status == 200, file.status.is_success(), "{typed:?}");
            own.push((status, page.text().split("Show only some").nth(1).unwrap_or_default().to_owned()));
        }
        answers.push(own);
    }
    for (place, typed) in odd().into_iter().enumerate() {
        let on =
            |engine: usize| (answers[engine][place].0, answers[engine][place].1.matches("Sent on").count());
        assert_eq!(on(0), on(1), "{typed:?}");
    }
    let of = |typed: &str| {
        let place = odd().iter().position(|odd| odd == typed).expect("a text");
        (answers[0][place].0, answers[0][place].1.matches("Sent on").count())
    };
    for (typed, expected) in [
        ("bottle*", (200, 1)),
        ("हिन्दी में खोज", (200, 1)),
        ("日本語検索", (200, 1)),
        ("OR", (200, 0)),
        ("🙂", (422, 0)),
        ("\"", (422, 0)),
    ] {
        assert_eq!(of(typed), expected, "{typed:?}");
    }
}

/// More than are asked of the index at once, few of them where somebody looks.
#[tokio::test]
async fn a_search_goes_on_until_the_page_is_full_and_says_more_than_a_thousand() {
    for app in TestApp::on_each().await {
        let rare = told_by(&app, ("cai", "ward5"), None).await;
        app.advance(TimeDelta::seconds(1));
        let mut ctx = app.write_as("ada").await;
        let idea = typed(&app, ("ada", "ward4"), None, SAID[0]);
        for _ in 0..1_250 {
            tell(&mut ctx, &idea).await.expect("told");
        }
        ctx.commit().await.expect("a commit");
        let mut hana = app.signed_in("hana").await;
        let all = hana.get("/ideas?q=bottles").await;
        assert!(all.text().contains("More than 1,000 ideas and problems"), "{}", all.text());
        let best = hana.get("/ideas?q=bottles&order=best").await;
        assert!(best.text().contains("The best match first, among the newest 250."), "{}", best.text());
        let place = app.world.nodes["ward5"];
        let one = hana.get(format!("/places/{place}?q=bottles")).await;
        assert!(one.text().contains("1 idea or problem"), "{:?}: {}", app.engine(), one.text());
        assert!(one.body.contains(rare.told.reference.as_str()), "{}", one.body);
        // The last page is reached by going on, and says the same.
        let actor = Actor::Person(app.person("ada"));
        let mut ctx = Ctx::read(&app.env, actor).await.expect("a database");
        let whole = take(&mut ctx, &searched("\"blood bottles\"")).await.expect("a list");
        assert_eq!((whole.items.len(), whole.count), (1_251, Count::MoreThan(1_000)));
        let filter = Filter { after: Some(Cursor::of(&whole.items[1_249])), ..searched("bottles") };
        let last = list(&mut ctx, &filter).await.expect("a list");
        assert_eq!(last.items.iter().map(|item| item.id).collect::<Vec<_>>(), [rare.id.0]);
        assert_eq!((last.count, last.next), (Count::MoreThan(1_000), None));
    }
}
