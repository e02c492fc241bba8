//! The second factor: who is asked for it, what stays open without, each code once, codes for a lost phone, and taking it
//! away with a second person's yes.

use chrono::TimeDelta;
use waymark_app::people::{factor_reset, node, roles};
use waymark_app::routes::{ALL, Who};
use waymark_app::{Actor, Ctx, Error};
use waymark_domain::ids::AccountId;
use waymark_domain::people::role::Role;
use waymark_domain::people::second_factor::Demand;
use waymark_domain::people::setting::Setting;
use waymark_domain::people::totp::{STEP_SECONDS, Secret};
use waymark_store::people::second_factor as rows;
use waymark_testkit::{Client, Page, TestApp};
use waymark_web::visitor::SESSION_COOKIE;

/// Somebody's phone, with the secret on it.
pub struct Phone<'a> {
    app: &'a TestApp,
    secret: Secret,
}

impl Phone<'_> {
    /// The code that will be shown next: it is taken already, and is not the one by which the phone was confirmed.
    pub fn code(&self) -> String {
        self.secret.shown_at(self.app.env.now().timestamp() + STEP_SECONDS)
    }
}

/// A phone whose secret was made and not confirmed.
pub async fn begun(app: &TestApp, account: AccountId) -> Phone<'_> {
    let bytes: [u8; 20] = app.env.bytes();
    let mut tx = app.env.db.write().await.expect("a database");
    let at = app.env.now().timestamp_micros();
    assert!(rows::begin(&mut tx, account.0, (&bytes, at)).await.expect("a database"));
    tx.commit().await.expect("a commit");
    Phone { app, secret: Secret::new(bytes) }
}

/// A phone that was confirmed just now.
pub async fn phone(app: &TestApp, account: AccountId) -> Phone<'_> {
    let phone = begun(app, account).await;
    let now = app.env.now();
    let confirmed = (now.timestamp() / STEP_SECONDS, now.timestamp_micros());
    let mut tx = app.env.db.write().await.expect("a database");
    assert!(rows::confirm(&mut tx, account.0, confirmed).await.expect("a database"));
    tx.commit().await.expect("a commit");
    phone
}

/// A client of an account that has shown its password and nothing else.
pub async fn by_password(app: &TestApp, account: AccountId) -> Client {
    let mut ctx = Ctx::write(&app.env, Actor::Console).await.expect("a database");
    let secret = waymark_app::people::session::begin(&mut ctx, account, (false, "a test")).await;
    ctx.commit().await.expect("a commit");
    app.visitor().with_cookie(SESSION_COOKIE, &secret.expect("a session"))
}

/// The phone of somebody who has just set it up on the page: the secret is read from there.
async fn set_up<'a>(app: &'a TestApp, client: &mut Client, account: AccountId) -> (Phone<'a>, Page) {
    let page = client.get("/me/second-factor?back=/admin").await;
    let sent = client.submit(&page, &[]).await;
    let page = client.follow(sent).await;
    let mut tx = app.env.db.read().await.expect("a database");
    let row = rows::of(&mut tx, account.0).await.expect("a database").expect("a secret");
    let phone = Phone { app, secret: Secret::of(&row.secret).expect("twenty bytes") };
    drop(tx);
    assert!(page.text().contains(&phone.secret.grouped()), "{}", page.text());
    assert!(page.body.contains("<svg"), "a picture");
    assert_eq!(page.headers["cache-control"], "no-store");
    let wrong = client.submit(&page, &[("code", "000000")]).await;
    assert_eq!(wrong.status, 422, "{}", wrong.text());
    let shown = phone.secret.shown_at(app.env.now().timestamp());
    let done = client.submit(&page, &[("code", &shown)]).await;
    assert_eq!(done.status, 200, "{}", done.text());
    (phone, done)
}

/// The recovery codes on a page.
fn codes(page: &Page) -> Vec<String> {
    page.body
        .split("<code>")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("</code>")?.0.to_owned()))
        .collect()
}

#[tokio::test]
async fn an_administrator_sets_it_up_shows_it_and_loses_the_phone_on_both_engines() {
    for app in TestApp::on_each().await {
        let ann = app.person("ann");
        let mut client = app.signed_in_by_password("ann").await;
        let shut = client.get("/admin").await;
        assert_eq!(shut.location().as_deref(), Some("/me/second-factor?back=/admin"), "{:?}", app.engine());
        let (phone, done) = set_up(&app, &mut client, ann).await;
        let kept = codes(&done);
        assert_eq!(kept.len(), 10, "{}", done.text());
        assert_eq!(client.get("/admin").await.status, 200, "shown in this session with setting it up");
        assert!(!client.get("/me/second-factor/set-up").await.body.contains("<svg"), "the secret is gone");

        let mut client = app.signed_in_by_password("ann").await;
        let code = client.get("/admin/mail").await;
        assert_eq!(code.location().as_deref(), Some("/sign-in/code?back=/admin/mail"));
        let code = client.follow(code).await;
        let first = phone.secret.shown_at(app.env.now().timestamp());
        assert_eq!(client.submit(&code, &[("code", &first)]).await.status, 422, "taken when it was set up");
        let before = client.clone();
        let shown = client.submit(&code, &[("code", &phone.code())]).await;
        assert_eq!(shown.location().as_deref(), Some("/admin/mail"), "{}", shown.text());
        assert_eq!(client.get("/admin/mail").await.status, 200);
        assert_eq!(before.clone().get("/me").await.status, 303, "the session has another secret now");

        let mut other = app.signed_in_by_password("ann").await;
        let code = other.get("/sign-in/code?back=/admin").await;
        assert_eq!(other.submit(&code, &[("code", &phone.code())]).await.status, 422, "each code once");
        let typed = kept[3].to_lowercase().replace('-', " ");
        assert_eq!(other.submit(&code, &[("code", &typed)]).await.status, 303, "a recovery code");
        let mut third = app.signed_in_by_password("ann").await;
        let code = third.get("/sign-in/code").await;
        assert_eq!(third.submit(&code, &[("code", &kept[3])]).await.status, 422, "each once");
        let mine = client.get("/me/second-factor").await;
        assert!(mine.text().contains("9 recovery codes"), "{}", mine.text());
    }
}

#[tokio::test]
async fn recovery_codes_are_renewed_and_the_factor_taken_away_for_a_code() {
    let app = TestApp::new().await;
    let ann = app.person("ann");
    let phone = phone(&app, ann).await;
    let mut client = app.signed_in("ann").await;
    let page = client.get("/me/second-factor/codes").await;
    assert_eq!(client.submit(&page, &[("code", "123456")]).await.status, 422);
    let first = codes(&client.submit(&page, &[("code", &phone.code())]).await);
    assert_eq!(first.len(), 10);
    let page = client.get("/me/second-factor/codes").await;
    let second = codes(&client.submit(&page, &[("code", &first[0])]).await);
    assert_eq!(second.len(), 10);
    let page = client.get("/me/second-factor/remove").await;
    assert_eq!(client.submit(&page, &[("code", &first[1])]).await.status, 422, "an old one");
    assert_eq!(client.submit(&page, &[("code", &second[0])]).await.status, 303);
    assert!(client.get("/me/second-factor").await.text().contains("Set it up"));
    assert_eq!(client.get("/admin").await.status, 200, "this session has shown it");
    let next = app.signed_in_by_password("ann").await.get("/admin").await;
    assert_eq!(next.location().as_deref(), Some("/me/second-factor?back=/admin"));
}

#[tokio::test]
async fn new_codes_and_taking_the_factor_away_end_every_other_session() {
    for app in TestApp::on_each().await {
        let ann = app.person("ann");
        let phone = phone(&app, ann).await;
        let mut client = app.signed_in("ann").await;
        let mut other = app.signed_in("ann").await;
        let page = client.get("/me/second-factor/codes").await;
        let kept = codes(&client.submit(&page, &[("code", &phone.code())]).await);
        assert_eq!(client.get("/me").await.status, 200, "this one goes on");
        assert_eq!(other.get("/me").await.status, 303, "new codes");
        let mut other = app.signed_in("ann").await;
        let page = client.get("/me/second-factor/remove").await;
        assert_eq!(client.submit(&page, &[("code", &kept[0])]).await.status, 303);
        assert_eq!(client.get("/me").await.status, 200, "this one goes on");
        assert_eq!(other.get("/me").await.status, 303, "taken away");
    }
}

#[tokio::test]
async fn wrong_codes_are_limited_as_wrong_passwords_are_from_wherever_they_come_on_both_engines() {
    for app in TestApp::on_each().await {
        let phone = phone(&app, app.person("ann")).await;
        for _ in 0..5 {
            let mut client = app.signed_in_by_password("ann").await;
            let page = client.get("/sign-in/code").await;
            assert_eq!(client.submit(&page, &[("code", "000000")]).await.status, 422);
        }
        let mut client = app.signed_in_by_password("ann").await;
        let page = client.get("/sign-in/code").await;
        let late = client.submit(&page, &[("code", &phone.code())]).await;
        assert_eq!((late.status.as_u16(), &late.headers["retry-after"]), (429, &"30".parse().unwrap()));
        app.advance(TimeDelta::seconds(30));
        assert_eq!(client.submit(&page, &[("code", &phone.code())]).await.status, 303);
    }
}

#[tokio::test]
async fn signing_in_leads_to_it_and_it_can_wait_for_what_needs_none() {
    let app = TestApp::new().await;
    let mut client = app.signed_in_by_password("fay").await;
    for open in ["/", "/me", "/me/second-factor", "/tell", "/drafts", "/privacy", "/me/cover"] {
        assert!([200, 303].contains(&client.get(open).await.status.as_u16()), "{open}");
        let to = client.get(open).await.location().unwrap_or_default();
        assert!(!to.contains("second-factor"), "{open} leads to {to}");
    }
    for shut in ["/work", "/ideas", "/waiting", "/import"] {
        let to = client.get(shut).await.location();
        assert_eq!(to, Some(format!("/me/second-factor?back={shut}")));
    }
    assert_eq!(app.signed_in_by_password("len").await.get("/work").await.status, 200, "one unit");
    assert_eq!(app.signed_in_by_password("ada").await.get("/ideas").await.status, 200, "a member");
    assert_eq!(app.signed_in_by_password("ann").await.get("/ideas").await.status, 200, "reads none by that");
}

#[tokio::test]
async fn what_was_typed_is_kept_until_the_factor_was_shown() {
    let app = TestApp::new().await;
    let phone = phone(&app, app.person("ann")).await;
    let riverside = format!("/admin/nodes/{}/name", app.world.nodes["riverside"]);
    let page = app.signed_in("ann").await.get(&riverside).await;
    let mut client = app.signed_in_by_password("ann").await;
    let kept = client.submit(&page, &[("name", "Riverside and Hillside")]).await;
    assert_eq!(kept.status, 401);
    assert!(kept.text().contains("Riverside and Hillside"), "{}", kept.text());
    assert!(kept.body.contains("/sign-in/code?back="), "{}", kept.body);
    let code = client.get("/sign-in/code").await;
    assert_eq!(client.submit(&code, &[("code", &phone.code())]).await.status, 303);
    assert_eq!(client.submit(&kept, &[]).await.status, 303);
    let node = client.get(riverside.trim_end_matches("/name")).await;
    assert!(node.text().contains("Riverside and Hillside"), "{}", node.text());
}

/// The people of the world whose roles need it, with where it is asked of them.
const ASKED: [(&str, bool); 5] =
    [("ann", false), ("otto", true), ("fay", true), ("hana", true), ("rhys", true)];

/// Addresses that stay open whatever is lacking: they are anybody's, one's own account, or telling.
fn is_free(name: &str, who: Who) -> bool {
    let telling = name.starts_with("Draft") || name.starts_with("Tell") || name.starts_with("Start");
    let own = [
        "Me",
        "Sessions",
        "EndOwnSessions",
        "Password",
        "Cover",
        "EndCover",
        "Code",
        "SecondFactor",
        "SetUpFactor",
        "RecoveryCodes",
        "CloseOwn",
    ];
    let public = [
        "Home",
        "Live",
        "Ready",
        "Privacy",
        "Accessibility",
        "Complaint",
        "SignIn",
        "SignOut",
        "StillThere",
        "Forgotten",
        "Api",
        "Description",
    ];
    let others = [
        "RemoveFactor",
        "Ticket",
        "Delivered",
        "Sent",
        "Poster",
        "Leave",
        "Elsewhere",
        "ComeBack",
        "AnswerDoor",
        "GiveName",
        "Credit",
    ];
    (telling && who != Who::Administrator) || [&own[..], &public, &others].concat().contains(&name)
}

/// Addresses of records: who only administers reads them as anybody does.
fn is_of_records(name: &str) -> bool {
    let records = [
        "Record",
        "History",
        "Answer",
        "Act",
        "Place",
        "Wall",
        "HeldBack",
        "MaskWords",
        "MaskProblem",
        "Look",
        "Report",
    ];
    let begin = ["Ideas", "Figure", "Moderat", "Work", "Late", "Problem"];
    begin.iter().any(|begin| name.starts_with(begin)) || records.contains(&name)
}

#[tokio::test]
async fn every_address_is_shut_without_it_but_those_that_no_role_opens() {
    let app = TestApp::new().await;
    let nil = uuid::Uuid::nil().to_string();
    for (person, reads) in ASKED {
        for known in ALL.iter().filter(|known| known.name != "SignOut") {
            let path = known.pattern.replace("{reference}", "WM-2026-0000-00E").replace("{act}", "ask");
            let path =
                path.replace("{step}", "body").replace("{node}", &app.world.nodes["riverside"].to_string());
            let path = path.replace("{figure}", "on-time");
            let path = path.split('/').map(|part| if part.starts_with('{') { nil.as_str() } else { part });
            let path = path.collect::<Vec<_>>().join("/");
            let mut client = app.signed_in_by_password(person).await;
            let is_free = is_free(known.name, known.who) || (!reads && is_of_records(known.name));
            let asked = client.get(&path).await;
            let to = asked.location().unwrap_or_default();
            let leads = to.starts_with("/me/second-factor?back=");
            assert!(known.is_act || leads != is_free, "{person} asks for {}: {to}", known.name);
            let sent = match known.name {
                "Import" => client.upload(&path, &[], ("file", "a.csv", b"name")).await,
                _ => client.post(&path, &[]).await,
            };
            if sent.status != 405 {
                let leads = |text: &str| text.contains("/me/second-factor?back=");
                let is_shut = sent.status == 401 && leads(&sent.body)
                    || sent.location().is_some_and(|location| leads(&location));
                assert_eq!(is_shut, !is_free, "{person} sends to {}: {}", known.name, sent.status);
            }
        }
    }
}

#[tokio::test]
async fn a_password_alone_takes_away_nothing_of_what_somebody_wrote_who_needs_more() {
    for app in TestApp::on_each().await {
        for (person, _) in ASKED {
            let mut client = app.signed_in_by_password(person).await;
            for page in ["/me/data", "/me/data.json"] {
                let to = client.get(page).await.location();
                assert_eq!(to, Some(format!("/me/second-factor?back={page}")), "{person}");
            }
            let mut client = app.signed_in(person).await;
            assert_eq!(client.get("/me/data.json").await.status, 200, "{person} has shown it");
        }
        for person in ["ada", "len"] {
            let mut client = app.signed_in_by_password(person).await;
            assert_eq!(client.get("/me/data.json").await.status, 200, "{person} needs none");
        }
    }
}

/// Sets what riverside says of the second factor.
async fn say(app: &TestApp, demand: Demand) {
    let mut ctx = app.write_as("ann").await;
    let root = app.world.nodes["root"];
    node::set(&mut ctx, root, vec![Setting::SecondFactor(demand)]).await.expect("set");
    ctx.commit().await.expect("a commit");
}

#[tokio::test]
async fn a_body_that_explains_it_blocks_nobody_and_says_so_on_both_engines() {
    for app in TestApp::on_each().await {
        say(&app, Demand::Explained).await;
        for (person, page) in [("ann", "/admin"), ("fay", "/work"), ("otto", "/ideas")] {
            assert_eq!(app.signed_in_by_password(person).await.get(page).await.status, 200, "{person}");
        }
        let mut ann = app.signed_in_by_password("ann").await;
        let said = ann.get("/me/second-factor").await;
        assert!(said.text().contains("Your organisation has decided"), "{}", said.text());
        let node = ann.get(format!("/admin/nodes/{}", app.world.nodes["riverside"])).await;
        assert!(node.text().contains("Explained: a password is enough here"), "{}", node.text());
        phone(&app, app.person("ann")).await;
        let asked = ann.get("/admin").await;
        assert_eq!(asked.location().as_deref(), Some("/sign-in/code?back=/admin"), "who has one is asked");
    }
}

#[tokio::test]
async fn a_lost_phone_takes_two_people_on_both_engines() {
    for app in TestApp::on_each().await {
        let fay = app.person("fay");
        phone(&app, fay).await;
        let mut ann = app.signed_in("ann").await;
        let people = ann.get(format!("/admin/nodes/{}/people", app.world.nodes["root"])).await;
        let address = format!("/admin/accounts/{fay}/second-factor");
        assert!(people.body.contains(&address), "{}", people.text());
        let page = ann.get(&address).await;
        assert!(page.text().contains("Speak to them first"), "{}", page.text());
        assert_eq!(ann.submit(&page, &[]).await.location().as_deref(), Some("/waiting"));
        let page = ann.get(&address).await;
        assert_eq!(ann.submit(&page, &[]).await.status, 422, "asked for already");
        let own = ann.get("/waiting").await;
        assert!(own.text().contains("Take it back") && !own.text().contains("Yes, reset"), "{}", own.text());
        assert_eq!(ann.submit(&own, &[("answer", "yes")]).await.status, 403, "two people");
        let (action, _) = own.form();
        assert_eq!(app.signed_in("hana").await.post(&action, &[("answer", "yes")]).await.status, 404);
        app.run_jobs().await;
        let mails = app.mails();
        let mail = mails.iter().find(|mail| mail.to == "otto@riverside.example").expect("a mail");
        assert!(mail.text.contains("Ann Field asks"), "{}", mail.text);

        let mut theirs = app.signed_in("fay").await;
        let mut otto = app.signed_in("otto").await;
        let waiting = otto.get("/waiting").await;
        assert!(waiting.text().contains("Yes, reset it"), "{}", waiting.text());
        assert_eq!(otto.submit(&waiting, &[("answer", "yes")]).await.status, 303);
        assert_eq!(otto.post(&action, &[("answer", "yes")]).await.status, 404, "settled already");
        assert_eq!(theirs.get("/me").await.status, 303, "signed out everywhere");
        let next = app.signed_in_by_password("fay").await.get("/work").await;
        assert_eq!(next.location().as_deref(), Some("/me/second-factor?back=/work"), "to be set up anew");
        app.run_jobs().await;
        let mails = app.mails();
        assert!(mails.iter().any(|mail| mail.to == "fay@riverside.example"), "{mails:#?}");
    }
}

#[tokio::test]
async fn what_is_taken_back_or_late_resets_nothing() {
    let app = TestApp::new().await;
    let fay = app.person("fay");
    phone(&app, fay).await;
    let asked = || async {
        let mut ctx = app.write_as("ann").await;
        assert_eq!(factor_reset::ask(&mut ctx, fay).await.expect("asked"), factor_reset::Reset::Asked);
        ctx.commit().await.expect("a commit");
    };
    asked().await;
    let mut ann = app.signed_in("ann").await;
    let own = ann.get("/waiting").await;
    assert_eq!(ann.submit(&own, &[("answer", "no")]).await.status, 303);
    asked().await;
    let waiting = app.signed_in("otto").await.get("/waiting").await;
    app.advance(TimeDelta::days(8));
    let late = app.signed_in("otto").await.submit(&waiting, &[("answer", "yes")]).await;
    assert_eq!(late.status, 404);
    let next = app.signed_in_by_password("fay").await.get("/work").await;
    assert_eq!(next.location().as_deref(), Some("/sign-in/code?back=/work"), "it is still there");
    asked().await;
    app.run_jobs().await;
    app.mails();
}

#[tokio::test]
async fn nobody_resets_their_own_and_where_there_is_nobody_else_one_does_it_alone_or_the_console() {
    let app = TestApp::new().await;
    let (ann, fay) = (app.person("ann"), app.person("fay"));
    phone(&app, ann).await;
    phone(&app, fay).await;
    let mut ctx = app.write_as("ann").await;
    assert!(matches!(factor_reset::ask(&mut ctx, ann).await, Err(Error::NotFound)));
    let root =
        waymark_app::people::administration::node(&mut ctx, app.world.nodes["root"]).await.expect("a node");
    let auditor = root.roles.iter().find(|row| row.role == "auditor").expect("an auditor").id;
    let cause = waymark_domain::people::grant::GrantEnd::Removed;
    roles::end(&mut ctx, waymark_domain::ids::GrantId(auditor), cause).await.expect("ended");
    assert_eq!(factor_reset::ask(&mut ctx, fay).await.expect("done"), factor_reset::Reset::Alone);
    ctx.commit().await.expect("a commit");
    let mut ctx = Ctx::write(&app.env, Actor::Console).await.expect("a database");
    let mail = |mail: &str| waymark_app::people::account::Mail::parse(mail).expect("an address");
    factor_reset::by_console(&mut ctx, &mail("ann@riverside.example")).await.expect("done");
    let nobody = factor_reset::by_console(&mut ctx, &mail("bea@riverside.example")).await;
    assert!(matches!(nobody, Err(Error::NotFound)));
    ctx.commit().await.expect("a commit");
    for person in ["ann", "fay"] {
        let next = app.signed_in_by_password(person).await.get("/waiting").await;
        assert_eq!(next.location().as_deref(), Some("/me/second-factor?back=/waiting"), "{person}");
    }
    app.run_jobs().await;
    assert_eq!(app.mails().len(), 2, "both are told");
}

#[tokio::test]
async fn who_gets_a_second_unit_is_asked_from_then_on() {
    let app = TestApp::new().await;
    let len = app.person("len");
    assert_eq!(app.signed_in_by_password("len").await.get("/work").await.status, 200);
    let mut ctx = app.write_as("ann").await;
    roles::grant(&mut ctx, Role::TeamLead, app.world.nodes["ward5"], len).await.expect("given");
    ctx.commit().await.expect("a commit");
    assert_eq!(app.signed_in_by_password("len").await.get("/work").await.status, 303);
}
