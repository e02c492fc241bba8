//! One's own account and administration through their pages.

use waymark_app::routes::{ALL, Who};
use waymark_store::{on, sqlx};
use waymark_testkit::{PASSWORD, TestApp};

#[tokio::test]
async fn only_administrators_who_reach_a_node_see_its_pages() {
    let app = TestApp::new().await;
    crate::second_factor::phone(&app, app.person("bea")).await;
    let node = app.world.nodes["ward4"].to_string();
    let account = app.person("bea").to_string();
    let pages =
        ALL.iter().filter(|known| known.who == Who::Administrator && !known.pattern.contains("{grant}"));
    for known in pages.filter(|known| !known.is_act) {
        let address = known.pattern.replace("{node}", &node).replace("{account}", &account);
        let address = address.replace("{kept}", "drafts");
        assert_eq!(app.visitor().get(&address).await.status, 303, "{address}");
        let refused = app.signed_in("len").await.get(&address).await;
        assert!([403, 404].contains(&refused.status.as_u16()), "{address}");
        assert_eq!(app.signed_in("ann").await.get(&address).await.status, 200, "{address}");
        let welsh = app.signed_in("ann").await.get(format!("{address}?lang=cy")).await;
        assert_eq!(welsh.status, 200, "{address}");
    }
}

#[tokio::test]
async fn an_administrator_invites_somebody_and_finds_them_on_both_engines() {
    for app in TestApp::on_each().await {
        let mut client = app.signed_in("ann").await;
        let here = format!("/admin/nodes/{}", app.world.nodes["ward4"]);
        let page = client.get(format!("{here}/invite")).await;
        let again = client.submit(&page, &[("name", "<i>Nia</i>"), ("mail", "nia")]).await;
        assert_eq!(again.status, 422);
        assert!(
            again.body.contains("&#60;i&#62;Nia") || again.body.contains("&lt;i&gt;Nia"),
            "kept, escaped"
        );
        let fields = [("name", "Nia Puw"), ("mail", "nia@riverside.example"), ("role", "team-lead")];
        let sent = client.submit(&page, &fields).await;
        assert_eq!(sent.location().as_deref(), Some(here.as_str()), "{}", sent.text());
        assert_eq!(client.submit(&page, &fields).await.location(), sent.location(), "sent twice, done once");
        let found = client.get(format!("{here}/people?q=nia+pu")).await;
        assert!(found.text().contains("1 found") && found.text().contains("Nia Puw"), "{}", found.text());
        assert!(client.get(format!("{here}/people?q=nobody")).await.text().contains("0 found"));
    }
}

#[tokio::test]
async fn a_node_is_added_renamed_and_closed_when_it_is_empty_on_both_engines() {
    for app in TestApp::on_each().await {
        let mut client = app.signed_in("ann").await;
        let riverside = format!("/admin/nodes/{}", app.world.nodes["riverside"]);
        let page = client.get(format!("{riverside}/add")).await;
        assert_eq!(client.submit(&page, &[("name", "\0")]).await.status, 422);
        let added = client.submit(&page, &[("name", "Ward 6")]).await.location().expect("a node");
        let page = client.get(format!("{added}/name")).await;
        client.submit(&page, &[("name", "Ward 7")]).await;
        assert!(client.get(&added).await.text().contains("Ward 7"));
        let page = client.get(format!("{added}/close")).await;
        assert_eq!(client.submit(&page, &[]).await.location().as_deref(), Some(riverside.as_str()));
        assert!(!client.get(&riverside).await.text().contains("Ward 7"));
        let page = client.get(format!("{riverside}/close")).await;
        let refused = client.submit(&page, &[]).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
    }
}

#[tokio::test]
async fn settings_of_a_node_hold_below_it() {
    let app = TestApp::new().await;
    let mut client = app.signed_in("ann").await;
    let riverside = format!("/admin/nodes/{}", app.world.nodes["riverside"]);
    let page = client.get(format!("{riverside}/settings")).await;
    assert_eq!(client.submit(&page, &[("go-pounds", "50001")]).await.status, 422);
    client.submit(&page, &[("go-pounds", "1,200"), ("door-danger", "2222")]).await;
    let page = client.get(&page.address).await;
    assert_eq!(client.submit(&page, &[("mail-hosts", "riverside.example, GMAIL.com")]).await.status, 422);
    client.submit(&page, &[("mail-hosts", "@Hillside.example")]).await;
    let ward = client.get(format!("/admin/nodes/{}", app.world.nodes["ward4"])).await;
    assert!(ward.text().contains("hillside.example"), "{}", ward.text());
    let root = format!("/admin/nodes/{}", app.world.nodes["root"]);
    let above = client.get(format!("{root}/settings")).await;
    client.submit(&above, &[("door-press", "3333")]).await;
    let ward = client.get(format!("/admin/nodes/{}", app.world.nodes["ward4"])).await;
    assert!(ward.text().contains("3333"), "what is inherited was not said again below: {}", ward.text());
    assert!(ward.text().contains("£1,200") && ward.text().contains("2222"), "{}", ward.text());
}

#[tokio::test]
async fn a_person_changes_their_account_and_says_that_they_are_away() {
    let app = TestApp::new().await;
    let mut client = app.signed_in("len").await;
    let page = client.get("/me").await;
    assert!(page.text().contains("Team lead"));
    for bad in ["", "\0", &"x".repeat(251)] {
        assert_eq!(client.submit(&page, &[("name", bad)]).await.status, 422, "{bad:?}");
    }
    client.submit(&page, &[("name", "Len <b>\u{202e}🦊")]).await;
    assert!(client.get("/me").await.form().1.contains(&("name".to_owned(), "Len <b>\u{202e}🦊".to_owned())));
    let page = client.get("/me/cover").await;
    let days = [("from-day", "8"), ("from-month", "7"), ("from-year", "2026")];
    let to = |day| [("to-day", day), ("to-month", "7"), ("to-year", "2026")];
    let with = |day, by| [&days[..], &to(day), &[("by", by)]].concat();
    for (day, by) in
        [("7", ""), ("32", ""), ("9", "len@riverside.example"), ("9", "una@riverside.example"), ("9", "x")]
    {
        let again = client.submit(&page, &with(day, by)).await;
        assert_eq!(again.status, 422, "{day} {by}");
        assert!(again.form().0.contains("/me/cover") || again.body.contains("value=\"8\""), "kept");
    }
    let which = client.submit(&page, &with("9", "be")).await;
    assert!(which.status == 422 && which.text().contains("Bea Okafor Ward 4"), "{}", which.text());
    let chosen = app.person("bea").to_string();
    let chosen = [&with("9", "be")[..], &[("by-who", chosen.as_str())]].concat();
    assert_eq!(client.submit(&which, &chosen).await.status, 303);
    let listed = client.get("/me/cover").await;
    assert!(listed.text().contains("Wednesday 8 July 2026") && listed.text().contains("Bea Okafor"));
    let ended = client.submit(&listed, &[]).await;
    assert!(!client.follow(ended).await.text().contains("Bea Okafor"));
}

#[tokio::test]
async fn sessions_are_listed_and_ended_on_both_engines() {
    for app in TestApp::on_each().await {
        app.gives_password(app.person("ada")).await;
        let (mut here, mut there) = (app.signed_in("ada").await, app.signed_in("ada").await);
        let (mut third, mut other) = (app.signed_in("ada").await, app.signed_in("bea").await);
        let page = here.get("/me/sessions").await;
        assert!(page.text().contains("End all others"), "{}", page.text());
        let all = here.get("/me/sessions/end").await;
        for typed in ["", "not the one"] {
            assert_eq!(here.submit(&all, &[("password", typed)]).await.status, 422, "{typed}");
        }
        assert!(there.get("/work").await.body.contains("Ada Price"), "whoever sits there ends nothing");
        let one = page.body.split("/me/sessions/end?session=").nth(1).expect("a link")[..36].to_owned();
        let one = format!("/me/sessions/end?session={one}");
        assert_eq!(other.get(&one).await.status, 404, "another's");
        let asked = here.get(&one).await;
        assert_eq!(here.submit(&asked, &[("password", PASSWORD)]).await.status, 303);
        assert_eq!(here.get(&one).await.status, 404, "it has ended");
        let left = [there.get("/work").await, third.get("/work").await];
        assert_eq!(left.iter().filter(|page| page.body.contains("Ada Price")).count(), 1);
        assert_eq!(here.submit(&all, &[("password", PASSWORD)]).await.status, 303);
        assert!(here.get("/work").await.body.contains("Ada Price"));
        assert!(!there.get("/work").await.body.contains("Ada Price"));
        assert!(!third.get("/work").await.body.contains("Ada Price"));
        assert!(other.get("/work").await.body.contains("Bea Okafor"));
    }
}

#[tokio::test]
async fn an_administrator_signs_somebody_out_everywhere_who_is_told_on_both_engines() {
    for app in TestApp::on_each().await {
        let program = app.program("ada").await;
        let (mut ada, mut bea) = (app.signed_in("ada").await, app.signed_in("bea").await);
        let mut ann = app.signed_in("ann").await;
        let address = format!("/admin/accounts/{}/sessions", app.person("ada"));
        let list = ann.get(format!("/admin/nodes/{}/people?q=ada", app.world.nodes["ward4"])).await;
        assert!(list.body.contains(&address), "{}", list.body);
        let page = ann.get(&address).await;
        assert!(page.text().contains("Sign Ada Price out everywhere?"), "{}", page.text());
        assert_eq!(app.signed_in("len").await.post(&address, &[]).await.status, 404, "not theirs to do");
        assert!(ada.get("/work").await.body.contains("Ada Price"));
        let sent = ann.submit(&page, &[]).await;
        assert_eq!(sent.location().as_deref(), Some("/admin"), "{}", sent.text());
        assert_eq!(ann.submit(&page, &[]).await.location(), sent.location(), "sent twice, done once");
        assert!(!ada.get("/work").await.body.contains("Ada Price"), "{:?}", app.engine());
        assert_eq!(program.get("/me").await.status, 401);
        assert!(bea.get("/work").await.body.contains("Bea Okafor"));
        app.run_jobs().await;
        let mails = app.mails();
        let told = mails.iter().filter(|mail| mail.subject == "You were signed out everywhere");
        assert_eq!(told.map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["ada@riverside.example"]);
        let own = app.signed_in("ada").await.get("/me/data").await;
        let look = "Ann Field opened the page for signing you out everywhere.";
        assert!(own.text().contains(look), "{}", own.text());
        let mut tx = app.env.db.read().await.expect("a database");
        let sql =
            "select count(*) from audit where action = 'sessions-ended' and account = $1 and subject = $2";
        let (by, of) = (app.person("ann").0, app.person("ada").to_string());
        let noted: i64 = on!(&mut tx, c => sqlx::query_scalar(sql).bind(by).bind(&of).fetch_one(c).await)
            .expect("the audit");
        assert_eq!(noted, 1);
    }
}

#[tokio::test]
async fn an_invitation_is_in_the_language_of_its_reader() {
    let app = TestApp::new().await;
    let mut client = app.signed_in("ann").await;
    let page = client.get(format!("/admin/nodes/{}/invite", app.world.nodes["ward4"])).await;
    assert!(page.text().contains("Language of the invitation"), "{}", page.text());
    let fields = [("name", "Nia Puw"), ("mail", "nia@riverside.example"), ("language", "cy")];
    assert_eq!(client.submit(&page, &fields).await.status, 303);
    app.run_jobs().await;
    let mails = app.mails();
    assert_eq!(mails[0].subject, "Eich gwahoddiad i Waymark", "{mails:#?}");
    let page = client.get(&page.address).await;
    let wrong = [("name", "Bo Lee"), ("mail", "bo@riverside.example"), ("language", "xx")];
    assert_eq!(client.submit(&page, &wrong).await.status, 422);
}

#[tokio::test]
async fn the_auditors_address_is_set_and_the_auditor_compares_on_both_engines() {
    for app in TestApp::on_each().await {
        let mut ann = app.signed_in("ann").await;
        app.run_jobs().await;
        let page = ann.get("/admin/seals").await;
        assert!(page.text().contains("Last seal Seal 1, 7 July 2026"), "{}", page.text());
        assert_eq!(ann.submit(&page, &[("auditor-mail", "otto")]).await.status, 422);
        assert_eq!(ann.submit(&page, &[("auditor-mail", "otto@elsewhere.example")]).await.status, 303);
        let own = app.signed_in("otto").await.get("/me").await;
        assert!(own.body.contains("href=\"/admin/seals\""), "the auditor is led there");
        assert!(!app.signed_in("len").await.get("/me").await.body.contains("/admin/seals"));
        let read = app.signed_in("otto").await.get("/admin/seals").await;
        assert!(read.text().contains("goes to: otto@elsewhere.example"), "{}", read.text());
        assert!(!read.body.contains("name=\"auditor-mail\""), "an auditor changes nothing");
        assert_eq!(app.signed_in("otto").await.post("/admin/seals", &[]).await.status, 404);
        assert_eq!(app.signed_in("len").await.get("/admin/seals").await.status, 404);
        app.advance(chrono::TimeDelta::days(1));
        app.run_jobs().await;
        let mails = app.mails();
        let mail = mails.iter().find(|mail| mail.to == "otto@elsewhere.example").expect("the root's mail");
        let mut ann = app.signed_in("ann").await;
        let page = ann.get("/admin/seals").await;
        let root = page.text().split("Mailed for Tuesday 7 July 2026 ").nth(1).expect("a day").to_owned();
        let root: String = root.split(": ").nth(1).expect("a root").chars().take(64).collect();
        assert!(mail.text.contains(&root), "{root} {}", mail.text);
        ann.submit(&page, &[("auditor-mail", "")]).await;
        assert!(
            app.signed_in("otto")
                .await
                .get("/admin/seals")
                .await
                .text()
                .contains("Nobody gets the day’s root")
        );
    }
}

#[tokio::test]
async fn a_test_mail_says_what_became_of_it() {
    let app = TestApp::new().await;
    let mut ann = app.signed_in("ann").await;
    let sent = ann.post("/admin/mail/test", &[]).await;
    assert!(sent.text().contains("took the mail to ann@riverside.example"), "{}", sent.text());
    assert_eq!(app.mails()[0].subject, "Waymark: a test mail");
    assert_eq!(app.signed_in("len").await.post("/admin/mail/test", &[]).await.status, 404);
    let nowhere = waymark_app::mail::Post::parse("smtp://127.0.0.1:1", &waymark_app::mail::Trust::default())
        .expect("a setting");
    let app = app.with_mail(waymark_app::mail::Mailer::fixed(nowhere));
    let mut ann = app.signed_in("ann").await;
    for _ in 0..2 {
        let away = ann.post("/admin/mail/test", &[]).await;
        assert!(away.text().contains("cannot be reached"), "{}", away.text());
        assert!(away.text().contains("It said: “") && away.text().contains("refused"), "{}", away.text());
    }
}
