//! What this holds about you: the list of kinds, the page, the file, who looked, erasure, complaints.

use crate::capture::{checked, draft_of, sent};
use crate::comments::{history, says};
use crate::keeping::purge;
use std::collections::BTreeSet;
use std::path::Path;
use waymark_app::doctor::{self, State};
use waymark_app::people::data_map::{KINDS, NOBODYS};
use waymark_app::people::{node, own_data};
use waymark_domain::people::setting::Setting;
use waymark_domain::text::Digest;
use waymark_store::people::attempts;
use waymark_store::sqlx;
use waymark_store::{Engine, Tx};
use waymark_store::{on, run};
use waymark_testkit::dump::dump;
use waymark_testkit::{Client, PASSWORD, Page, TestApp, assert_kept};

/// The tables of a database.
async fn tables(tx: &mut Tx) -> Vec<String> {
    let sql = match tx.engine() {
        Engine::Sqlite => {
            "select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual') \
             and name not like 'sqlite_%' and name not like '_sqlx_%' order by name"
        }
        Engine::Postgres => {
            "select table_name::text from information_schema.tables where table_schema = 'public' \
             and table_type = 'BASE TABLE' and table_name not like '_sqlx_%' order by table_name"
        }
    };
    on!(tx, c => sqlx::query_scalar(sql).fetch_all(c).await).expect("the catalogue")
}

#[tokio::test]
async fn every_table_is_of_a_kind_or_says_why_it_holds_nothing_about_a_person() {
    for app in TestApp::on_each().await {
        let mut tx = app.env.db.read().await.expect("a database");
        let there = tables(&mut tx).await;
        assert!(there.len() > 50, "{there:?}");
        let of_a_kind = |table: &str| KINDS.iter().any(|kind| kind.tables.contains(&table));
        let is_nobodys = |table: &str| NOBODYS.iter().any(|(name, _)| *name == table);
        for table in &there {
            assert!(
                of_a_kind(table) != is_nobodys(table),
                "{table}: give it a kind in app/src/people/data_map.rs, or say there why it holds nothing about a person"
            );
        }
        let named = KINDS.iter().flat_map(|kind| kind.tables).chain(NOBODYS.iter().map(|(table, _)| table));
        for table in named {
            assert!(there.iter().any(|name| name == table), "there is no table {table}");
        }
    }
}

#[test]
fn the_data_map_is_written_from_the_list() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/data-map.md");
    assert_kept(&file, &own_data::data_map());
}

/// Tells an idea and gives the address of its record.
async fn told(client: &mut Client, fields: &[(&str, &str)]) -> String {
    let mut check = checked(client, "/tell", fields).await;
    if check.address.ends_with("/similar") {
        check = sent(client, &check, &[]).await;
    }
    let receipt = sent(client, &check, &[]).await;
    assert!(receipt.address.starts_with("/told/"), "{}: {}", receipt.address, receipt.text());
    receipt.address.replace("/told/", "/records/")
}

async fn json_of(client: &mut Client) -> serde_json::Value {
    let file = client.get("/me/data.json").await;
    assert_eq!(file.status, 200, "{}", file.body);
    assert!(file.headers["content-disposition"].to_str().is_ok_and(|said| said.starts_with("attachment")));
    serde_json::from_str(&file.body).expect("JSON")
}

fn rows<'j>(json: &'j serde_json::Value, kind: &str) -> &'j Vec<serde_json::Value> {
    let kinds = json["kinds"].as_array().expect("kinds");
    let found = kinds.iter().find(|one| one["kind"] == kind).expect("the kind");
    assert_eq!(found["is_whole"], true, "{found}");
    found["rows"].as_array().expect("rows")
}

#[tokio::test]
async fn a_person_sees_what_is_held_and_takes_it_away_without_secrets_or_others() {
    for app in TestApp::on_each().await {
        app.gives_password(app.person("ada")).await;
        app.token_of(app.person("ada"), "read").await;
        let mut ada = app.signed_in("ada").await;
        let record = told(&mut ada, &[("problem", "Crates in the corridor. Canary 7301.")]).await;
        told(&mut app.signed_in("bea").await, &[("problem", "Bea's own words. Canary 7302.")]).await;
        let draft = checked(&mut ada, "/tell", &[("problem", "Half typed. Canary 7303.")]).await;
        let page = ada.get("/me").await;
        assert!(page.body.contains("href=\"/me/data\""));
        let page = ada.get("/me/data").await;
        for said in ["What you wrote on records", "Where you are signed in", "Nobody so far", "days after it"]
        {
            assert!(page.text().contains(said), "{said}: {}", page.text());
        }
        assert!(ada.get("/me/data?lang=cy").await.text().contains("Pwy edrychodd"));
        let json = json_of(&mut ada).await;
        assert_eq!(
            (&json["format"], rows(&json, "account")[0]["name"].as_str()),
            (&1.into(), Some("Ada Price"))
        );
        let reference = record.rsplit('/').next().expect("a reference");
        assert_eq!(rows(&json, "ideas")[0]["reference"], reference);
        assert!(
            rows(&json, "words").iter().any(|row| row["text"].as_str().is_some_and(|t| t.contains("7301")))
        );
        assert!(rows(&json, "acts").iter().any(|row| row["act"] == "told"), "{json}");
        assert!(rows(&json, "roles").iter().any(|row| row["role"] == "member" && row["place"] == "Ward 4"));
        assert!(rows(&json, "drafts")[0]["typed"].to_string().contains("7303"), "{json}");
        assert_eq!(rows(&json, "tokens")[0]["name"], "a test");
        // What is somebody else's, and what opens an account, is not in it.
        let text = json.to_string();
        assert!(!text.contains("7302") && !text.contains("argon2") && !text.contains("Bea"), "{text}");
        // Of a draft that is to be sent with a hidden name nothing lies on somebody's disk.
        let whose = format!("/drafts/{}/whose", draft_of(&draft));
        let form = ada.get(&whose).await;
        ada.submit(&form, &[("whose", "hidden")]).await;
        let json = json_of(&mut ada).await;
        assert!(!json.to_string().contains("7303"), "{json}");
    }
}

#[tokio::test]
async fn every_part_reads_on_both_engines_and_counts_what_the_file_has() {
    for app in TestApp::on_each().await {
        for name in ["ada", "len", "ann", "otto"] {
            let mut client = app.signed_in(name).await;
            let json = json_of(&mut client).await;
            let mut ctx = app.write_as(name).await;
            for held in own_data::held(&mut ctx).await.expect("counts") {
                let Some(count) = held.count else { continue };
                assert_eq!(rows(&json, held.kind.name).len(), usize::try_from(count).expect("few"));
            }
        }
    }
}

#[tokio::test]
async fn an_administrator_s_look_at_an_account_is_shown_to_whom_it_belongs() {
    for app in TestApp::on_each().await {
        let close = format!("/admin/accounts/{}/close", app.person("ada"));
        assert_eq!(app.signed_in("ann").await.get(&close).await.status, 200);
        let page = app.signed_in("ada").await.get("/me/data").await;
        assert!(
            page.text().contains("Ann Field opened the page for closing your account"),
            "{}",
            page.text()
        );
        assert!(!app.signed_in("bea").await.get("/me/data").await.text().contains("Ann Field opened"));
        assert_eq!(
            app.signed_in("bea").await.get(&close).await.status,
            404,
            "whoever may not look is not noted"
        );
        let json = json_of(&mut app.signed_in("ada").await).await;
        assert_eq!(rows(&json, "looks").len(), 1, "{json}");
        // One's own page is nobody's look.
        let own = format!("/admin/accounts/{}/close", app.person("ann"));
        let mut ann = app.signed_in("ann").await;
        ann.get(&own).await;
        assert!(rows(&json_of(&mut ann).await, "looks").is_empty());
    }
}

#[tokio::test]
async fn whoever_only_checks_says_why_once_a_day_and_whoever_brought_it_sees_that() {
    for app in TestApp::on_each().await {
        let record = told(&mut app.signed_in("ada").await, &[]).await;
        let mut otto = app.signed_in("otto").await;
        for address in [record.clone(), format!("{record}/history")] {
            let asked = otto.get(&address).await;
            let to = asked.location().expect("the question");
            assert!(to.starts_with(&format!("{record}/look?back=")), "{to}");
        }
        let program = app.program("otto").await;
        let told = program.get(&record).await;
        assert!(told.status == 403 && told.body.to_string().contains("#reason"), "{}", told.body);
        let asked = otto.get(format!("{record}/look?back={record}/history")).await;
        let empty = otto.submit(&asked, &[]).await;
        assert_eq!(empty.status, 422, "{}", empty.text());
        let history = sent(&mut otto, &empty, &[("why", "Audit of June, file 12")]).await;
        assert!(history.address.ends_with("/history") && history.status == 200, "{}", history.text());
        assert_eq!(otto.get(&record).await.status, 200, "once a day is enough");
        assert_eq!(program.get(&record).await.status, 200);
        let page = app.signed_in("ada").await.get("/me/data").await;
        let reference = record.rsplit('/').next().expect("a reference");
        let said = format!("Otto Reed opened {reference}. Their reason: Audit of June, file 12");
        assert!(page.text().contains(&said), "{}", page.text());
        app.advance(chrono::TimeDelta::hours(25));
        let mut otto = app.signed_in("otto").await;
        assert!(otto.get(&record).await.location().is_some(), "asked anew the next day");
        // Who handles it, is of the body, or may not know of it is not asked.
        for (name, status) in [("len", 200), ("bea", 200), ("fay", 200), ("rhys", 200), ("olu", 404)] {
            assert_eq!(app.signed_in(name).await.get(&record).await.status, status, "{name}");
        }
        assert_eq!(app.signed_in("olu").await.get(format!("{record}/look")).await.status, 404);
    }
}

#[tokio::test]
async fn government_sees_counts_and_says_why_before_it_opens_a_record() {
    for app in TestApp::on_each().await {
        let record = told(&mut app.signed_in("ada").await, &[]).await;
        let rhys = app.signed_in("rhys").await.get(&record).await;
        assert_eq!(rhys.status, 200, "the head of a department handles what is below");
        let mut tx = app.env.db.write().await.expect("a database");
        let above = "update node set level = 'government' where parent is null";
        run!(&mut tx, sqlx::query(above)).expect("a government");
        tx.commit().await.expect("a commit");
        for (name, is_asked) in
            [("rhys", true), ("rae", true), ("hana", false), ("len", false), ("ada", false)]
        {
            let page = app.signed_in(name).await.get(&record).await;
            assert_eq!(
                page.location().is_some_and(|to| to.contains("/look?")),
                is_asked,
                "{name}: {}",
                page.status
            );
        }
    }
}

/// The tables in which a text stands, in any letters, as text or among bytes.
pub(crate) async fn places_of(app: &TestApp, canaries: &[&str]) -> Vec<String> {
    let rows = dump(&app.env.db).await;
    let held =
        |canary: &&str| rows.iter().filter(|row| row.holds(canary)).map(|row| row.table.clone()).collect();
    let all: Vec<(String, BTreeSet<String>)> =
        canaries.iter().map(|canary| ((*canary).to_owned(), held(canary))).collect();
    all.iter()
        .flat_map(|(canary, tables)| tables.iter().map(move |table| format!("{table}: {canary}")))
        .collect()
}

async fn close(client: &mut Client, fields: &[(&str, &str)]) -> Page {
    let page = client.get("/me/close").await;
    client.submit(&page, fields).await
}

#[tokio::test]
async fn whoever_closes_their_account_is_in_no_row_and_on_no_page_and_the_chain_is_whole() {
    for app in TestApp::on_each().await {
        app.gives_password(app.person("ada")).await;
        app.token_of(app.person("ada"), "read").await;
        let mut ada = app.signed_in("ada").await;
        let record = told(&mut ada, &[("problem", "Crates in the corridor. Canary 7301.")]).await;
        checked(&mut ada, "/tell", &[("problem", "Half typed. Canary 7303.")]).await;
        app.signed_in("ann").await.get(format!("/admin/accounts/{}/close", app.person("ada"))).await;
        app.run_jobs().await;
        app.mails();
        let names = ["Ada Price", "ada@riverside.example"];
        assert!(!places_of(&app, &names).await.is_empty(), "the search finds what is there");
        let page = ada.get("/me/close").await;
        assert!(page.text().contains("This cannot be undone"), "{}", page.text());
        let wrong = close(&mut ada, &[("password", "not the one")]).await;
        assert!(
            wrong.status == 422 && wrong.text().contains("This is not your password"),
            "{}",
            wrong.text()
        );
        let done = close(&mut ada, &[("password", PASSWORD), ("words", "yes")]).await;
        assert!(done.status == 200 && done.text().contains("you are erased"), "{}", done.text());
        assert!(ada.get("/me").await.location().is_some_and(|to| to.starts_with("/sign-in")));
        app.run_jobs().await;
        let left = places_of(&app, &[&names[..], &["Canary 7301", "Canary 7303"]].concat()).await;
        assert!(left.is_empty(), "{left:?}");
        let mut len = app.signed_in("len").await;
        for address in [&record, &format!("{record}/history")] {
            let page = len.get(address).await;
            assert!(page.status == 200 && page.text().contains("Somebody who has left"), "{}", page.text());
            assert!(!page.text().contains("Ada Price") && !page.text().contains("7301"), "{}", page.text());
        }
        // The record goes on: it is asked about, answered, and comes back, and nobody is looked for who is gone.
        let ask = len.get(format!("{record}/ask")).await;
        sent(&mut len, &ask, &[("question", "Which day?")]).await;
        app.advance(chrono::TimeDelta::days(40));
        app.run_jobs().await;
        let mut len = app.signed_in("len").await;
        assert_eq!(len.get(&record).await.status, 200);
        let people = format!("/admin/nodes/{}/people", app.world.nodes["root"]);
        assert!(!app.signed_in("ann").await.get(&people).await.text().contains("Ada"));
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
        assert!(report.counts.erased >= 3 && report.counts.parties_erased >= 2, "{:?}", report.counts);
        assert!(app.mails().iter().all(|mail| !mail.to.starts_with("ada@")));
    }
}

#[tokio::test]
async fn words_stay_where_nobody_asks_for_more_and_so_do_those_of_decisions_and_of_others() {
    for app in TestApp::on_each().await {
        for name in ["ada", "len"] {
            app.gives_password(app.person(name)).await;
        }
        let mut ada = app.signed_in("ada").await;
        let record = told(&mut ada, &[("problem", "Crates in the corridor. Canary 7301.")]).await;
        let mut len = app.signed_in("len").await;
        let answer = len.get(format!("{record}/answer?answer=stop")).await;
        let typed = [
            ("reason", "R08"),
            ("words", "No porter. Canary 7305."),
            ("would-change", "A porter."),
            ("sure", "yes"),
        ];
        let answered = sent(&mut len, &answer, &typed).await;
        assert!(answered.address.starts_with(&record), "{}: {}", answered.address, answered.text());
        let done = close(&mut ada, &[("password", PASSWORD)]).await;
        assert_eq!(done.status, 200, "{}", done.text());
        let done = close(&mut len, &[("password", PASSWORD), ("words", "yes")]).await;
        assert_eq!(done.status, 200, "{}", done.text());
        let page = app.signed_in("fay").await.get(&record).await;
        assert!(page.text().contains("7301") && page.text().contains("7305"), "{}", page.text());
        assert!(!page.text().contains("Ada Price") && !page.text().contains("Len Hughes"), "{}", page.text());
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound() && report.counts.erased == 0, "{:?}", report.faults);
    }
}

#[tokio::test]
async fn own_comments_go_where_own_words_do_and_those_of_others_stay() {
    for app in TestApp::on_each().await {
        app.gives_password(app.person("bea")).await;
        let record = crate::walk::told(&app).await;
        let (mut bea, mut cai) = (app.signed_in("bea").await, app.signed_in("cai").await);
        for (client, words) in
            [(&mut bea, "On ward 5, too. Canary 7311."), (&mut cai, "Not with us. Canary 7312.")]
        {
            let sent = says(client, &record, words).await;
            assert_eq!(sent.status, 303, "{}", sent.text());
        }
        let page = bea.get("/me/close").await;
        let said = "1 text that is yours alone: what you told by yourself, replied, or said as news or as a comment.";
        assert!(page.text().contains(said), "{}", page.text());
        let done = close(&mut bea, &[("password", PASSWORD), ("words", "yes")]).await;
        assert_eq!(done.status, 200, "{}", done.text());
        app.run_jobs().await;
        let left = places_of(&app, &["Bea Okafor", "Canary 7311"]).await;
        assert!(left.is_empty(), "{left:?}");
        let page = app.signed_in("len").await.get(history(&record)).await;
        assert!(page.text().contains("7312") && !page.text().contains("7311"), "{}", page.text());
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound() && report.counts.erased == 1, "{:?}", report.faults);
    }
}

/// How often something was tried, by what it is counted under.
async fn tries(app: &TestApp, what: &[&str]) -> Option<i64> {
    let parts: Vec<&[u8]> = what.iter().map(|part| part.as_bytes()).collect();
    let mut tx = app.env.db.read().await.expect("a database");
    let row = attempts::of(&mut tx, &Digest::of(&parts).0).await.expect("a count");
    row.map(|row| row.tries)
}

async fn count(app: &TestApp, sql: &'static str) -> i64 {
    let mut tx = app.env.db.read().await.expect("a database");
    on!(&mut tx, c => sqlx::query_scalar(sql).fetch_one(c).await).expect("a count")
}

async fn tries_in_all(app: &TestApp) -> i64 {
    count(app, "select count(*) from attempt").await
}

#[tokio::test]
async fn tries_are_forgotten_with_whom_they_are_of_and_of_others_a_day_after_the_last() {
    for app in TestApp::on_each().await {
        app.gives_password(app.person("ada")).await;
        for mail in ["ada@riverside.example", "nobody@riverside.example"] {
            let mut visitor = app.visitor();
            let page = visitor.get("/sign-in").await;
            let wrong = visitor.submit(&page, &[("mail", mail), ("password", "not the one")]).await;
            assert_eq!(wrong.status, 422, "{}", wrong.text());
            assert_eq!(tries(&app, &["sign-in", mail]).await, Some(1), "{mail}");
        }
        let done = close(&mut app.signed_in("ada").await, &[("password", PASSWORD)]).await;
        assert_eq!(done.status, 200, "{}", done.text());
        assert_eq!(tries(&app, &["sign-in", "ada@riverside.example"]).await, None);
        purge(&app).await;
        assert!(tries_in_all(&app).await > 0, "they count for a day: {:?}", app.engine());
        app.advance(chrono::TimeDelta::hours(25));
        purge(&app).await;
        assert_eq!(tries_in_all(&app).await, 0, "{:?}", app.engine());
    }
}

#[tokio::test]
async fn the_last_of_a_role_that_there_must_be_is_told_how_to_mend_it() {
    let app = TestApp::new().await;
    app.gives_password(app.person("rhys")).await;
    let mut rhys = app.signed_in("rhys").await;
    let refused = close(&mut rhys, &[("password", PASSWORD)]).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.text().contains("Ask an administrator to give that role to somebody else first"));
    assert_eq!(rhys.get("/me").await.status, 200, "nothing was done");
}

/// Says where complaints about the service go.
pub(crate) async fn complaints_go_to(app: &TestApp, address: &str) {
    let mut ctx = app.write_as("ann").await;
    let setting = Setting::Complaints(address.to_owned());
    node::set(&mut ctx, app.world.nodes["root"], vec![setting]).await.expect("a setting");
    ctx.commit().await.expect("a commit");
}

#[tokio::test]
async fn a_complaint_goes_to_the_set_address_from_anybody_and_is_kept_no_longer_than_that() {
    for app in TestApp::on_each().await {
        let mut visitor = app.visitor();
        let page = visitor.get("/complaint").await;
        assert!(page.text().contains("No address is set here"), "{}", page.text());
        assert!(page.text().contains("complaint@riverside.example"), "whom to write to: {}", page.text());
        complaints_go_to(&app, "dpo@riverside.example").await;
        for name in ["", "ada"] {
            let mut client = if name.is_empty() { app.visitor() } else { app.signed_in(name).await };
            let page = client.get("/complaint").await;
            assert!(page.text().contains("dpo@riverside.example"), "{}", page.text());
            let empty = client.submit(&page, &[]).await;
            assert!(
                empty.status == 422 && empty.text().contains("Choose what it is about"),
                "{}",
                empty.text()
            );
            let typed = [("about", "data"), ("words", "You kept it. Canary 7309."), ("reach", "0300 1")];
            let gone = sent(&mut client, &empty, &typed).await;
            assert!(gone.text().contains("Your words are on their way"), "{}: {}", gone.address, gone.text());
            app.run_jobs().await;
            let mails = app.mails();
            let [mail] = mails.as_slice() else { panic!("{mails:#?}") };
            assert_eq!(mail.to, "dpo@riverside.example");
            assert!(mail.text.contains("Canary 7309") && mail.text.contains("0300 1"), "{}", mail.text);
            let done = client.get(&gone.address).await;
            assert!(done.text().contains("Your words have arrived"), "{}", done.text());
            assert!(done.text().contains("A complaint about this service"), "{}", done.text());
        }
        assert!(places_of(&app, &["Canary 7309"]).await.is_empty());
        assert!(app.visitor().get("/privacy").await.body.contains("href=\"/complaint\""));
    }
}

#[tokio::test]
async fn doctor_and_the_page_of_the_whole_say_that_complaints_have_no_address_yet() {
    for app in TestApp::on_each().await {
        let root = format!("/admin/nodes/{}", app.world.nodes["root"]);
        let mut ann = app.signed_in("ann").await;
        for (address, state) in [(None, State::Look), (Some("dpo@riverside.example"), State::Well)] {
            if let Some(address) = address {
                complaints_go_to(&app, address).await;
            }
            let checks = doctor::examine(&app.env, None).await;
            let check = checks.iter().find(|check| check.what == "complaints").expect("a check");
            assert_eq!(check.state, state, "{:?}: {}", app.engine(), check.found);
            assert_eq!(check.found.contains("Riverside Hospital"), address.is_none(), "{}", check.found);
            let said = format!("its data go to {}", address.unwrap_or("Not set yet"));
            let page = ann.get(&root).await;
            assert!(page.text().contains(&said), "{}", page.text());
        }
    }
}
