//! What auditors read: what was done that is no record's history, and who looked with a reason; what they do not, and who
//! reads nothing of it.

use crate::capture::sent;
use crate::hidden::{openers, record_of, told as told_hidden};
use crate::walk::{told, told_by};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;
use waymark_app::people::audit::{self, Act};
use waymark_app::people::roles;
use waymark_domain::people::role::Role;
use waymark_testkit::{Client, Page, TestApp};

/// What is written down as somebody comes in: no page of an auditor has it.
const COMES_IN: [Act; 8] = [
    Act::Confirmed,
    Act::Linked,
    Act::PasswordSet,
    Act::SignInsRefused,
    Act::SignedIn,
    Act::CodeRefused,
    Act::RecoveryCodeUsed,
    Act::SteppedUp,
];

/// Writes down that somebody did something, and lets a minute pass.
async fn noted(app: &TestApp, by: &str, (act, subject): (Act, Uuid)) {
    let mut ctx = app.write_as(by).await;
    audit::note(&mut ctx, act, subject).await.expect("noted");
    ctx.commit().await.expect("a commit");
    app.advance(TimeDelta::minutes(1));
}

/// Makes Cai auditor of Riverside.
async fn cai_audits_riverside(app: &TestApp) {
    let mut ctx = app.write_as("ann").await;
    roles::grant(&mut ctx, Role::Auditor, app.world.nodes["riverside"], app.person("cai"))
        .await
        .expect("a role");
    ctx.commit().await.expect("a commit");
}

/// Somebody opens a record that they see only to check, and says why.
async fn looks(app: &TestApp, name: &str, record: &str, why: &str) {
    let mut client = app.signed_in(name).await;
    let question = client.get(format!("{record}/look?back={record}")).await;
    let opened = sent(&mut client, &question, &[("why", why)]).await;
    assert_eq!(opened.status, 200, "{}", opened.text());
    app.advance(TimeDelta::minutes(1));
}

async fn items(client: &mut Client, at: &str) -> Vec<Value> {
    let page = client.get(at).await;
    assert_eq!(page.status, 200, "{at}: {}", page.text());
    let data: Value = serde_json::from_str(&page.body).expect("JSON");
    data["items"].as_array().expect("a list").clone()
}

/// What a field of some items says.
fn all(items: &[Value], field: &str) -> Vec<Value> {
    items.iter().map(|item| item[field].clone()).collect()
}

/// The link to the next page.
fn next_of(page: &Page) -> Option<String> {
    let link = page.body.split("href=\"").find(|link| link.contains("after="))?;
    Some(link.split('"').next()?.replace("&#38;", "&"))
}

#[tokio::test]
async fn the_auditor_of_all_reads_what_was_done_but_not_who_was_here() {
    for app in TestApp::on_each().await {
        let [ada, olu] = ["ada", "olu"].map(|name| app.person(name).0);
        noted(&app, "ann", (Act::Invited, ada)).await;
        noted(&app, "ann", (Act::AccountClosed, olu)).await;
        noted(&app, "ada", (Act::TokenMade, Uuid::from_u128(7))).await;
        for act in COMES_IN {
            noted(&app, "ada", (act, ada)).await;
        }
        let mut ann = app.signed_in("ann").await;
        let keep = ann.get("/admin/retention/audit").await;
        assert_eq!(ann.submit(&keep, &[("days", "1,000")]).await.status, 303);
        let mut otto = app.signed_in("otto").await;
        let read = items(&mut otto, "/audit.json").await;
        assert_eq!(all(&read, "kind"), ["keeping-set", "token-made", "account-closed", "invited"]);
        assert_eq!(all(&read, "by"), ["Ann Field", "Ada Price", "Ann Field", "Ann Field"]);
        let kept = "Sign-ins, invitations and changes of settings: 730 days before, 1,000 from then on";
        assert_eq!(
            all(&read, "about"),
            [json!(kept), Value::Null, json!("Olu Adeyemi"), json!("Ada Price")],
            "{:?}",
            app.engine()
        );
        let page = otto.get("/audit").await;
        for words in [
            "You read it as auditor of: Department of Health.",
            "When people signed in is left out, with what is done on the way in",
            "An account was closed",
            "7 July 2026, 9:01am. By: Ann Field. About: Olu Adeyemi",
        ] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        assert!(page.body.contains("href=\"/audit.csv\""), "{}", page.body);
        let (table, feed) = (otto.get("/audit.csv?lang=cy").await.body, otto.get("/audit.atom").await.body);
        assert!(table.contains("\"Caewyd cyfrif\",\"Ann Field\",\"Olu Adeyemi\""), "{table}");
        assert_eq!(
            (table.matches("\r\n").count(), feed.matches("<entry>").count()),
            (5, 4),
            "{table} {feed}"
        );
        for file in [&page.body, &table, &feed] {
            assert!(!file.contains("riverside.example"), "no address of anybody: {file}");
        }
        let welsh = otto.get("/audit?lang=cy").await;
        assert!(welsh.text().contains("Nid yw pryd y mewngofnododd pobl yma"), "{}", welsh.text());
    }
}

#[tokio::test]
async fn an_auditor_reads_what_lies_at_or_below_their_place_and_nobody_else_reads_any() {
    for app in TestApp::on_each().await {
        cai_audits_riverside(&app).await;
        for name in ["ada", "olu", "rhys"] {
            noted(&app, "ann", (Act::FactorReset, app.person(name).0)).await;
        }
        noted(&app, "ada", (Act::TokenEnded, Uuid::from_u128(7))).await;
        noted(&app, "olu", (Act::TokenEnded, Uuid::from_u128(8))).await;
        noted(&app, "ann", (Act::AuditorMailSet, app.world.nodes["root"].0)).await;
        let [here, there] = [told(&app).await, told_by(&app, ("olu", "ward1"), None).await];
        let [here, there] = [here, there].map(|record| format!("/records/{}", record.told.reference));
        looks(&app, "otto", &here, "Audit of June, file 12").await;
        looks(&app, "otto", &there, "=Audit of June, file 13").await;
        // What an account held counts once it is closed; who opened the page about it is there, too.
        let mut ann = app.signed_in("ann").await;
        let close = ann.get(format!("/admin/accounts/{}/close", app.person("bea"))).await;
        assert_eq!(ann.submit(&close, &[]).await.status, 303);
        app.run_jobs().await;
        app.mails();

        let mut cai = app.signed_in("cai").await;
        let done = items(&mut cai, "/audit.json").await;
        assert_eq!(all(&done, "kind"), ["account-closed", "token-ended", "factor-reset"], "{done:?}");
        assert_eq!(all(&done, "about"), [json!("Bea Okafor"), Value::Null, json!("Ada Price")]);
        let seen = items(&mut cai, "/audit.json?part=looks").await;
        assert_eq!(all(&seen, "why"), ["To close the account", "Audit of June, file 12"], "{seen:?}");
        assert_eq!(all(&seen, "by"), ["Ann Field", "Otto Reed"]);
        assert_eq!(seen[0]["about"], "Bea Okafor");
        assert!(seen[1]["url"].as_str().is_some_and(|url| url.ends_with(&here)), "{seen:?}");
        let page = cai.get("/audit?part=looks").await;
        assert!(page.body.contains(&format!("href=\"{here}\"")), "{}", page.body);
        assert!(page.text().contains("Who opened an idea only to check it"), "{}", page.text());
        assert!(!page.text().contains("Ada Price"), "a look does not say whose idea it was: {}", page.text());

        let mut otto = app.signed_in("otto").await;
        assert_eq!(items(&mut otto, "/audit.json").await.len(), 7, "{:?}", app.engine());
        assert_eq!(items(&mut otto, "/audit.json?part=looks").await.len(), 3);
        let table = otto.get("/audit.csv?part=looks").await.body;
        assert!(table.contains("\"'=Audit of June, file 13\""), "no cell is a formula: {table}");
        assert!(otto.get("/work").await.body.contains("href=\"/audit\""), "the auditor is led there");
        for name in ["ada", "len", "fay", "hana", "rhys", "ann"] {
            let mut client = app.signed_in(name).await;
            assert!(!client.get("/work").await.body.contains("href=\"/audit\""), "{name}");
            for at in ["/audit", "/audit?part=looks", "/audit.csv", "/audit.json", "/audit.atom"] {
                assert_eq!(client.get(at).await.status, 404, "{name} {at}");
            }
        }
        assert_eq!(app.visitor().get("/audit.json").await.status, 303);
        let lacks = app.signed_in_by_password("otto").await.get("/audit").await.location();
        assert_eq!(lacks.as_deref(), Some("/me/second-factor?back=/audit"), "the second factor is asked for");
    }
}

#[tokio::test]
async fn it_goes_on_fifty_at_a_time_and_is_narrowed_by_kind_and_day() {
    for app in TestApp::on_each().await {
        let ada = app.person("ada").0;
        for _ in 0..53 {
            noted(&app, "ann", (Act::Invited, ada)).await;
        }
        app.advance(TimeDelta::days(2));
        noted(&app, "ann", (Act::FactorReset, ada)).await;
        let mut otto = app.signed_in("otto").await;
        let shown = |page: &Page| page.text().matches("By: Ann Field").count();
        let first = otto.get("/audit").await;
        assert_eq!(shown(&first), 50, "{}", first.text());
        let rest = otto.get(next_of(&first).expect("a next page")).await;
        assert_eq!(shown(&rest), 4, "{}", rest.text());
        assert!(rest.text().contains("Back to the first page"), "{}", rest.text());
        assert_eq!(items(&mut otto, "/audit.json").await.len(), 54);
        for (query, count) in [
            ("kind=invited", 53),
            ("kind=factor-reset", 1),
            ("kind=erased", 0),
            ("from=2026-07-09", 1),
            ("from=2026-07-07&to=2026-07-07", 53),
            ("to=2026-07-06", 0),
            ("kind=&from=&to=", 54),
            ("part=looks", 0),
        ] {
            assert_eq!(items(&mut otto, &format!("/audit.json?{query}")).await.len(), count, "{query}");
        }
        let narrowed = otto.get("/audit?kind=invited&to=2026-07-08").await;
        let next = next_of(&narrowed).expect("a next page");
        assert!(next.contains("kind=invited&to=2026-07-08&after="), "{next}");
        assert!(narrowed.body.contains("/audit.csv?kind=invited&#38;to=2026-07-08\""), "{}", narrowed.body);
        let nothing = otto.get("/audit?kind=erased").await;
        assert!(nothing.text().contains("There is nothing of this."), "{}", nothing.text());
        // When somebody signed in is no kind that can be asked for.
        let mistyped = [
            "kind=signed-in",
            "kind=confirmed",
            "kind=record",
            "part=all",
            "from=8.7.2026",
            "to=x",
            "after=then",
        ];
        for mistyped in mistyped {
            assert_eq!(otto.get(format!("/audit.json?{mistyped}")).await.status, 404, "{mistyped}");
            let page = otto.get(format!("/audit?{mistyped}")).await;
            let words = "Part of the address was not understood";
            assert!(page.status == 200 && page.text().contains(words), "{mistyped}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn nothing_of_it_leads_from_what_was_told_with_a_hidden_name_to_who_told_it() {
    for app in TestApp::on_each().await {
        openers(&app).await;
        let ada = app.person("ada").0;
        for act in COMES_IN {
            noted(&app, "ada", (act, ada)).await;
        }
        let (receipt, _) = told_hidden(&mut app.signed_in("ada").await, &[]).await;
        let record = record_of(&receipt);
        looks(&app, "otto", &record, "Audit of hidden names").await;
        let mut otto = app.signed_in("otto").await;
        let seen = items(&mut otto, "/audit.json?part=looks").await;
        assert_eq!((seen.len(), &seen[0]["why"]), (1, &json!("Audit of hidden names")), "{seen:?}");
        let done = items(&mut otto, "/audit.json").await;
        assert_eq!(all(&done, "kind"), ["opener-key-made", "opener-key-made"], "{:?}", app.engine());
        for part in ["", "?part=looks"] {
            for form in ["", ".csv", ".json", ".atom"] {
                let file = otto.get(format!("/audit{form}{part}")).await.body;
                assert!(
                    !file.contains("Ada Price") && !file.contains(&ada.to_string()),
                    "{form}{part}: {file}"
                );
            }
        }
        app.run_jobs().await;
        app.mails();
    }
}
