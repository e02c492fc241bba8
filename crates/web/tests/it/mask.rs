//! Masking: a finder takes a name out of all that was written on a record, and it is in no row of the database afterwards.

use crate::capture::sent;
use crate::problems::listed_with;
use crate::shared::gives;
use crate::walk::{told, told_by, told_with};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::ProblemId;
use waymark_domain::people::setting::SeenBy;
use waymark_store::{run, sqlx};
use waymark_testkit::dump::dump;
use waymark_testkit::{Client, TestApp};

const NAME: &str = "Blodwen Hughes";

/// A record in whose title, question, reply and answer a name stands; its address.
async fn named(app: &TestApp) -> String {
    let said = (
        "What Blodwen Hughes does on Sundays",
        "We run out of blood bottles, and Blodwen  HUGHES buys them.",
    );
    let record = told_with(app, ("ada", "ward4"), None, said).await;
    let address = format!("/records/{}", record.told.reference);
    let mut len = app.signed_in("len").await;
    let ask = len.get(format!("{address}/ask")).await;
    sent(&mut len, &ask, &[("question", "Is it blodwen hughes of ward 5?")]).await;
    let mut ada = app.signed_in("ada").await;
    let reply = ada.get(format!("{address}/reply")).await;
    sent(&mut ada, &reply, &[("reply", "Yes: Blodwen Hughes. Ask Hughes, not Hughesy.")]).await;
    address
}

async fn finds(client: &mut Client, words: &str) -> bool {
    client.get(format!("/ideas?q={words}")).await.body.contains("/records/WM-")
}

/// No row of any table has the name any more.
async fn assert_nowhere(app: &TestApp) {
    let rows = dump(&app.env.db).await;
    let told: Vec<&str> = rows.iter().filter(|row| row.holds("blodwen")).map(|row| &*row.table).collect();
    assert!(told.is_empty(), "{told:?}");
}

#[tokio::test]
async fn what_is_masked_is_nowhere_any_more() {
    for app in TestApp::on_each().await {
        let record = named(&app).await;
        let mut fay = app.signed_in("fay").await;
        assert!(finds(&mut fay, "blodwen").await);
        assert!(dump(&app.env.db).await.iter().any(|row| row.holds("blodwen")), "the dump would show it");
        let page = fay.get(format!("{record}/mask")).await;
        assert!(
            page.form().1.iter().any(|(name, value)| name == "words" && value.contains(NAME)),
            "{}",
            page.text()
        );
        let shown = fay.submit(&page, &[("words", "Blodwen Hughes\nhughes"), ("because", "person")]).await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        assert!(shown.text().contains("What [masked] does on Sundays"), "{}", shown.text());
        assert!(fay.get(&record).await.text().contains(NAME), "nothing is done before it was shown");
        let history = sent(&mut fay, &shown, &[]).await;
        assert!(history.text().contains("Words that tell who somebody is were masked"), "{}", history.text());
        assert!(history.text().contains("Yes: [masked]. Ask [masked], not Hughesy."), "{}", history.text());
        app.run_jobs().await;
        assert_nowhere(&app).await;
        assert!(!finds(&mut fay, "blodwen").await && finds(&mut fay, "bottles").await);
        let mut ada = app.signed_in("ada").await;
        let page = ada.get(&record).await;
        assert!(page.text().contains("What [masked] does on Sundays") && !page.text().contains("Blodwen"));
        app.run_jobs().await;
        assert!(app.mails().iter().all(|mail| !mail.text.contains("Blodwen")), "{:#?}", app.mails());
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
    }
}

/// Where a name stands besides: in a comment, in what was reported of it and of the record, in what a moderator wrote.
async fn talked_about(app: &TestApp, record: &str) {
    let mut bea = app.signed_in("bea").await;
    let page = bea.get(format!("{record}/history")).await;
    let (address, fields) = page.forms().pop().expect("a box for a comment");
    let token = fields.into_iter().find(|(name, _)| name == "token").expect("a token").1;
    bea.post(address, &[("token", token.as_str()), ("comment", "Blodwen Hughes will not like it.")]).await;
    let mut cai = app.signed_in("cai").await;
    let page = cai.get(format!("{record}/history")).await;
    let part = page.body.split("/report?part=").nth(1).and_then(|rest| rest.split('"').next());
    let part = part.expect("a link beside the comment");
    for part in ["0", part] {
        let form = cai.get(format!("{record}/report?part={part}")).await;
        let typed = [("because", "private"), ("line", "It names Blodwen Hughes."), ("sure", "yes")];
        sent(&mut cai, &form, &typed).await;
    }
    let mut fay = app.signed_in("fay").await;
    for at in [format!("{record}/moderate"), format!("{record}/comments/{part}/moderate")] {
        let form = fay.get(&at).await;
        assert!(form.text().contains("It names Blodwen Hughes."), "{}", form.text());
        sent(&mut fay, &form, &[("act", "leave"), ("words", "Blodwen Hughes agreed.")]).await;
    }
}

#[tokio::test]
async fn what_is_masked_goes_from_comments_and_from_what_was_reported_too() {
    for app in TestApp::on_each().await {
        let record = named(&app).await;
        talked_about(&app, &record).await;
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(format!("{record}/mask")).await;
        let shown = fay.submit(&page, &[("words", "Blodwen Hughes\nhughes"), ("because", "person")]).await;
        assert!(shown.text().contains("A comment [masked] will not like it."), "{}", shown.text());
        assert!(shown.text().contains("2 reports have these words."), "they are named: {}", shown.text());
        assert!(!shown.text().contains("It names"), "and not shown: {}", shown.text());
        sent(&mut fay, &shown, &[]).await;
        app.run_jobs().await;
        assert_nowhere(&app).await;
        let own = app.signed_in("cai").await.get("/moderation").await.text();
        assert!(own.contains("[masked] agreed."), "who reported it still reads what became of it: {own}");
        let page = app.signed_in("bea").await.get(format!("{record}/history")).await;
        assert!(page.text().contains("[masked] will not like it."), "{}", page.text());
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
        app.mails();
    }
}

#[tokio::test]
async fn a_name_that_stands_in_a_comment_alone_is_masked_and_the_history_says_so() {
    let app = TestApp::new().await;
    let record = told_with(&app, ("ada", "ward4"), None, ("Blood bottles", "They run out.")).await;
    let address = format!("/records/{}", record.told.reference);
    let mut bea = app.signed_in("bea").await;
    crate::comments::says_as_it_is(&mut bea, &record, "I ask Blodwen Hughes each time.").await;
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(format!("{address}/mask")).await;
    assert!(page.body.contains(NAME), "it is pointed out: {}", page.text());
    let typed = [("words", NAME), ("because", "private"), ("sure", "yes")];
    let history = sent(&mut fay, &page, &typed).await;
    assert!(history.text().contains("I ask [masked] each time."), "{}", history.text());
    let said = "Words about somebody’s private life were masked";
    assert!(history.text().contains(said), "{}", history.text());
    assert!(!dump(&app.env.db).await.iter().any(|row| row.holds("blodwen")));
    let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
    assert!(report.is_sound(), "{:?}", report.faults);
    app.run_jobs().await;
    app.mails();
}

#[tokio::test]
async fn what_is_wrong_is_named_and_kept() {
    let app = TestApp::new().await;
    let record = named(&app).await;
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(format!("{record}/mask")).await;
    let many = "Blodwen\n".repeat(21);
    let wrong = [
        ("", "person", "Type the words that must not stand here"),
        ("b", "person", "at least two letters"),
        (many.as_str(), "harm", "no more than 20 lines"),
        ("Myfanwy", "private", "None of these words stands in this record"),
        ("Blodwen", "", "Say why"),
    ];
    for (words, because, says) in wrong {
        let refused = fay.submit(&page, &[("words", words), ("because", because)]).await;
        assert!(refused.status == 422 && refused.text().contains(says), "{says}: {}", refused.text());
        let kept = refused.form().1.into_iter().find(|(name, _)| name == "words").map(|(_, value)| value);
        assert_eq!(kept.as_deref().map(str::trim), Some(words.trim()), "what was typed stays");
    }
    let refused = fay.submit(&page, &[("words", ""), ("because", "")]).await;
    assert!(refused.text().contains("Say why") && refused.text().contains("Type the words"), "all at once");
}

#[tokio::test]
async fn nobody_but_a_finder_of_the_place_masks() {
    let app = TestApp::new().await;
    let record = named(&app).await;
    let typed = [("words", NAME), ("because", "person"), ("sure", "yes")];
    for (who, status) in [("ada", 403), ("len", 403), ("bea", 403), ("olu", 404), ("ann", 404)] {
        let mut client = app.signed_in(who).await;
        let address = format!("{record}/mask");
        assert_eq!(client.get(&address).await.status, status, "{who}");
        assert_eq!(client.post(&address, &typed).await.status, status, "{who}");
    }
    assert!(app.signed_in("ada").await.get(&record).await.text().contains(NAME));
    // Not while somebody else changes it.
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(format!("{record}/mask")).await;
    let mut ada = app.signed_in("ada").await;
    let news = ada.get(format!("{record}/news")).await;
    sent(&mut ada, &news, &[("news", "Still so.")]).await;
    let refused = fay.submit(&page, &typed).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
}

/// A problem in whose texts the name stands.
async fn named_problem(app: &TestApp, (who, body): (&str, &str)) -> ProblemId {
    let said =
        ["What Blodwen Hughes cooks", "Blodwen  HUGHES brings it.", "Ask blodwen hughes of the kitchen."];
    listed_with(app, (who, body), (SeenBy::Bodies, None), said).await
}

#[tokio::test]
async fn a_problem_is_masked_by_a_finder_of_its_place() {
    for app in TestApp::on_each().await {
        let problem = format!("/problems/{}", named_problem(&app, ("fay", "riverside")).await);
        let mut fay = app.signed_in("fay").await;
        assert!(dump(&app.env.db).await.iter().any(|row| row.holds("blodwen")), "the dump would show it");
        assert!(fay.get(&problem).await.text().contains("Mask words"), "the page leads there");
        let page = fay.get(format!("{problem}/mask")).await;
        assert!(page.body.contains(NAME), "it is pointed out: {}", page.text());
        let none = fay.submit(&page, &[("words", "Myfanwy"), ("because", "person")]).await;
        assert!(none.text().contains("None of these words stands here"), "{}", none.text());
        let shown = fay.submit(&page, &[("words", "Blodwen Hughes"), ("because", "person")]).await;
        for text in ["What [masked] cooks", "[masked] brings it.", "Ask [masked] of the kitchen."] {
            assert!(shown.text().contains(text), "{text}: {}", shown.text());
        }
        assert!(fay.get(&problem).await.text().contains(NAME), "nothing is done before it was shown");
        let after = sent(&mut fay, &shown, &[]).await;
        assert_eq!(after.address, problem);
        assert!(after.text().contains("What [masked] cooks"), "{}", after.text());
        app.run_jobs().await;
        assert_nowhere(&app).await;
        assert!(!fay.get("/problems?q=blodwen").await.text().contains("cooks"));
        assert!(fay.get("/problems?q=kitchen").await.text().contains("What [masked] cooks"));
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
    }
}

#[tokio::test]
async fn what_a_problem_said_before_is_masked_too() {
    use waymark_app::ctx::Writing;
    use waymark_domain::find::problem::{Listed, Problem, ProblemEvent};
    use waymark_domain::text::{Field, Language};
    for app in TestApp::on_each().await {
        let id = named_problem(&app, ("fay", "riverside")).await;
        let mut ctx = app.write_as("fay").await;
        let before: Problem = ctx.load(id.0).await.expect("a problem");
        let by = ctx.party(id.0, app.person("fay")).await.expect("a party");
        let mut writing = Writing::new(&app.env, (id.0, 2), Language::En);
        let title = writing.note(Field::Title, "Cold meals");
        let problem = writing.note(Field::Problem, "Blodwen Hughes is away.");
        let anew = Listed { title, problem, details: None, ..before.listed.clone() };
        let event = ProblemEvent::Revised(Box::new(anew));
        ctx.save(Some(&before), (id.0, vec![event]), (Some(by), writing.finish())).await.expect("saved");
        ctx.commit().await.expect("a commit");
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(format!("/problems/{id}/mask")).await;
        let typed = [("words", NAME), ("because", "private"), ("sure", "yes")];
        let after = sent(&mut fay, &page, &typed).await;
        assert!(after.text().contains("[masked] is away."), "{}", after.text());
        assert_nowhere(&app).await;
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
    }
}

#[tokio::test]
async fn nobody_but_a_finder_of_its_place_masks_a_problem() {
    let app = TestApp::new().await;
    let problem = format!("/problems/{}", named_problem(&app, ("fay", "riverside")).await);
    let typed = [("words", NAME), ("because", "person"), ("sure", "yes")];
    let address = format!("{problem}/mask");
    // All of them see it. Ivo finds at another hospital.
    for who in ["ada", "len", "hana", "ivo", "otto"] {
        let mut client = app.signed_in(who).await;
        assert!(!client.get(&problem).await.text().contains("Mask words"), "{who}");
        assert_eq!(client.get(&address).await.status, 403, "{who}");
        assert_eq!(client.post(&address, &typed).await.status, 403, "{who}");
    }
    assert!(app.signed_in("ada").await.get(&problem).await.text().contains(NAME));
    // A finder above it does, and not while somebody else changes it.
    let mut rae = app.signed_in("rae").await;
    let late = rae.get(&address).await;
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(&address).await;
    let other = [("words", "kitchen"), ("because", "harm"), ("sure", "yes")];
    assert_eq!(fay.submit(&page, &other).await.status, 303);
    assert_eq!(rae.submit(&late, &typed).await.status, 422);
    let page = rae.get(&address).await;
    assert_eq!(rae.submit(&page, &typed).await.status, 303);
    assert_nowhere(&app).await;
}

/// What Len answers to several, with the name in it.
const ANSWER: [(&str, &str); 3] = [
    ("reason", "R07"),
    ("words", "Blodwen Hughes keeps the north field. There is no room."),
    ("would-change", "blodwen  HUGHES paves it."),
];

#[tokio::test]
async fn a_shared_answer_is_masked_in_each_answer_that_was_given_with_it() {
    for app in TestApp::on_each().await {
        let (first, second) = (told(&app).await, told_by(&app, ("bea", "ward4"), None).await);
        let mut len = app.signed_in("len").await;
        let form = len.get("/shared/new").await;
        let page = gives(&mut len, &form, (&[&first, &second], &ANSWER)).await;
        let shared = page.address.split('?').next().expect("an address").to_owned();
        // It says something else from now on; what it said before lies beside it still.
        let again = len.get(format!("{shared}/again")).await;
        let asked =
            len.submit(&again, &[("what", "change"), ("words", "No room. Ask Blodwen Hughes.")]).await;
        assert!(asked.text().contains("Blodwen Hughes looks like the name of a person"), "{}", asked.text());
        let change = len.submit(&asked, &[("sure", "change")]).await;
        assert!(change.body.contains("No room. Ask Blodwen Hughes."), "{}", change.text());
        sent(&mut len, &asked, &[]).await;
        app.run_jobs().await;
        app.mails();
        let mut cai = app.signed_in("cai").await;
        let form = cai.get(format!("/records/{}/report?part=0", first.told.reference)).await;
        let typed = [("because", "private"), ("line", "Why is Blodwen Hughes named?"), ("sure", "yes")];
        sent(&mut cai, &form, &typed).await;

        let mut fay = app.signed_in("fay").await;
        assert!(fay.get(&shared).await.text().contains("Mask words"), "the page leads there");
        let page = fay.get(format!("{shared}/mask")).await;
        assert!(page.body.contains(NAME), "it is pointed out: {}", page.text());
        let shown = fay.submit(&page, &[("words", "Blodwen Hughes"), ("because", "person")]).await;
        for text in [
            "[masked] keeps the north field.",
            "[masked] paves it.",
            "No room. Ask [masked].",
            "The answers that were given with it change the same way.",
        ] {
            assert!(shown.text().contains(text), "{text}: {}", shown.text());
        }
        assert!(!shown.text().contains("report"), "nothing is told of reports: {}", shown.text());
        let after = sent(&mut fay, &shown, &[]).await;
        assert!(after.text().contains("The words are masked"), "{}", after.text());
        assert!(after.text().contains("No room. Ask [masked]."), "{}", after.text());
        app.run_jobs().await;
        assert_nowhere(&app).await;
        for (who, record) in [("ada", &first), ("bea", &second)] {
            let mut client = app.signed_in(who).await;
            let at = format!("/records/{}", record.told.reference);
            let page = client.get(&at).await;
            assert!(page.text().contains("[masked] keeps the north field."), "{who}: {}", page.text());
            let history = client.get(format!("{at}/history")).await;
            let said = "Words that tell who somebody is were masked";
            assert!(history.text().contains(said), "{who}: {}", history.text());
            let by = "by a finder, in the shared answer";
            assert!(history.text().contains(by), "{who}: {}", history.text());
            assert!(!history.text().contains("Fay Singh"), "{who}: {}", history.text());
        }
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
        app.mails();
    }
}

#[tokio::test]
async fn who_masks_a_shared_answer_is_told_of_no_record_that_got_it() {
    for app in TestApp::on_each().await {
        let plain = told(&app).await;
        let careful = told_by(&app, ("bea", "ward4"), Some(SeenBy::Handlers)).await;
        let mut len = app.signed_in("len").await;
        let form = len.get("/shared/new").await;
        let page = gives(&mut len, &form, (&[&plain, &careful], &ANSWER)).await;
        let shared = page.address.split('?').next().expect("an address").to_owned();
        let fay = app.program("fay").await;
        let wish = serde_json::json!({ "words": [NAME], "because": "person" });
        let preview = fay.post(&format!("{shared}/mask/preview"), &wish).await;
        assert_eq!(preview.body["is_in_answers"], true, "{}", preview.body);
        assert!(preview.body.get("reports").is_some_and(serde_json::Value::is_null), "{}", preview.body);
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(format!("{shared}/mask")).await;
        sent(&mut fay, &page, &[("words", NAME), ("because", "person"), ("sure", "yes")]).await;
        app.run_jobs().await;
        assert_nowhere(&app).await;
        let own = fay.get("/me/data.json").await.body;
        assert!(own.contains("\"act\": \"masked\""), "that she masked a shared answer is hers: {own}");
        for record in [&plain, &careful] {
            assert!(!own.contains(record.told.reference.as_str()), "{own}");
        }
        let bea = app.signed_in("bea").await.get(format!("/records/{}", careful.told.reference)).await;
        assert!(bea.text().contains("[masked] keeps the north field."), "{}", bea.text());
        app.mails();
    }
}

/// As many more records got an answer as a number says: the rows of one are copied, as far as masking looks at them.
async fn given_to(app: &TestApp, record: &Innovation, more: u32) {
    const COPIES: [&str; 3] = [
        "insert into answer \
         (innovation, number, kind, answered_by, reason, answered_at, is_late, is_objected, shared) \
         select $1, number, kind, answered_by, reason, answered_at, is_late, is_objected, shared \
         from answer where innovation = $2",
        "insert into journal \
         (stream, version, kind, body, event, event_version, payload, happened_at, recorded_at, prev, hash) \
         select $1, version, kind, body, event, event_version, payload, happened_at, recorded_at, prev, hash \
         from journal where stream = $2",
        "insert into words (record, field, version, language, salt, body) \
         select $1, field, version, language, salt, body from words where record = $2",
    ];
    let mut tx = app.env.db.write().await.expect("a database");
    for _ in 0..more {
        let copy = app.env.id();
        for sql in COPIES {
            run!(&mut tx, sqlx::query(sql).bind(copy).bind(record.id.0)).expect("a copy");
        }
    }
    tx.commit().await.expect("a commit");
}

#[tokio::test]
async fn what_too_many_records_got_is_not_masked_and_it_is_said_what_to_do() {
    for app in TestApp::on_each().await {
        let first = told(&app).await;
        let mut len = app.signed_in("len").await;
        let form = len.get("/shared/new").await;
        let page = gives(&mut len, &form, (&[&first], &ANSWER)).await;
        let shared = page.address.split('?').next().expect("an address").to_owned();
        app.run_jobs().await;
        app.mails();
        given_to(&app, &first, 999).await;
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(format!("{shared}/mask")).await;
        let typed = [("words", NAME), ("because", "person")];
        let shown = fay.submit(&page, &typed).await;
        assert_eq!(shown.status, 200, "a thousand are not too many: {}", shown.text());
        given_to(&app, &first, 1).await;
        for sure in ["no", "yes"] {
            let refused = fay.submit(&page, &[typed.as_slice(), &[("sure", sure)]].concat()).await;
            assert_eq!(refused.status, 422, "{}", refused.text());
            let says = "mask the words in its records one by one first";
            assert!(refused.text().contains(says), "{}", refused.text());
        }
        // Words that stand in none of them are looked for in all of them.
        let none = fay.submit(&page, &[("words", "Myfanwy"), ("because", "person")]).await;
        assert!(none.text().contains("None of these words stands here"), "{}", none.text());
        assert!(len.get(&shared).await.text().contains(NAME), "nothing was done");
    }
}

#[tokio::test]
async fn words_that_were_masked_in_a_shared_answer_go_to_nobody_who_gets_it_later() {
    let app = TestApp::new().await;
    let (first, later) = (told(&app).await, told_by(&app, ("bea", "ward4"), None).await);
    let mut len = app.signed_in("len").await;
    let form = len.get("/shared/new").await;
    let page = gives(&mut len, &form, (&[&first], &ANSWER)).await;
    let shared = page.address.split('?').next().expect("an address").to_owned();
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(format!("{shared}/mask")).await;
    sent(&mut fay, &page, &[("words", NAME), ("because", "person"), ("sure", "yes")]).await;
    let page = len.get(&shared).await;
    gives(&mut len, &page, (&[&later], &[])).await;
    let bea = app.signed_in("bea").await.get(format!("/records/{}", later.told.reference)).await;
    assert!(bea.text().contains("[masked] keeps the north field."), "{}", bea.text());
    app.run_jobs().await;
    assert_nowhere(&app).await;
    app.mails();
}

#[tokio::test]
async fn nobody_but_a_finder_of_its_body_masks_a_shared_answer() {
    let app = TestApp::new().await;
    let mut len = app.signed_in("len").await;
    let first = told(&app).await;
    let form = len.get("/shared/new").await;
    let page = gives(&mut len, &form, (&[&first], &ANSWER)).await;
    let shared = page.address.split('?').next().expect("an address").to_owned();
    let typed = [("words", NAME), ("because", "person"), ("sure", "yes")];
    for (who, status) in [("ada", 404), ("len", 403), ("hana", 403), ("ivo", 404), ("otto", 404)] {
        let mut client = app.signed_in(who).await;
        let address = format!("{shared}/mask");
        assert_eq!(client.get(&address).await.status, status, "{who}");
        assert_eq!(client.post(&address, &typed).await.status, status, "{who}");
    }
    assert!(!len.get(&shared).await.text().contains("Mask words"));
    assert!(len.get(&shared).await.text().contains(NAME), "nothing was done");
    // Who reads it again must see it as it stands now.
    let mut fay = app.signed_in("fay").await;
    let page = fay.get(format!("{shared}/mask")).await;
    let again = len.get(format!("{shared}/again")).await;
    sent(&mut len, &again, &[("what", "keep")]).await;
    assert_eq!(fay.submit(&page, &typed).await.status, 422);
    app.run_jobs().await;
    app.mails();
}
