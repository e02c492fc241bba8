//! Somebody without an account tells an idea: seen by those who handle it alone until a moderator lists it, answered by the
//! same dates, read with a code.

use crate::capture::{checked, draft_of, sent};
use crate::digest::{day_of_mail, day_of_mails};
use crate::walk::{told_by, told_with};
use chrono::TimeDelta;
use waymark_app::find::view;
use waymark_app::people::{node, roles};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::{SeenBy, Setting};
use waymark_domain::reference::Reference;
use waymark_testkit::{Client, Page, TestApp};

/// A word that nothing else has.
const CANARY: &str = "zorbule";
const PROBLEM: &str = "The zorbule lamp beside the zebra crossing flickers all night long.";

/// Riverside takes ideas from the public.
pub(crate) async fn opened(app: &TestApp) {
    let mut ctx = app.write_as("ann").await;
    let riverside = app.world.nodes["riverside"];
    node::set(&mut ctx, riverside, vec![Setting::TakesPublic(true)]).await.expect("set");
    ctx.commit().await.expect("a commit");
}

/// Cai is moderator of Riverside.
pub(crate) async fn moderator(app: &TestApp) {
    let mut ctx = app.write_as("ann").await;
    let riverside = app.world.nodes["riverside"];
    roles::grant(&mut ctx, Role::Moderator, riverside, app.person("cai")).await.expect("a role");
    ctx.commit().await.expect("a commit");
}

fn value_of(page: &Page, field: &str) -> String {
    let forms = page.forms();
    let mut all = forms.into_iter().flat_map(|(_, fields)| fields);
    all.find(|(name, _)| name == field).map(|(_, value)| value).expect("a field")
}

/// As far as *check answers*, from the link on the wall of ward 4.
async fn typed(app: &TestApp, client: &mut Client, problem: &str) -> Page {
    let ward4 = app.world.nodes["ward4"];
    let form = client.get(format!("/tell?at={ward4}")).await;
    assert!(form.text().contains("Tell it without an account"), "{}", form.text());
    let form = client.get(format!("/tell?at={ward4}&as=public")).await;
    assert!(!form.text().contains("Where do you come from"), "{}", form.text());
    let mut check = sent(client, &form, &[("problem", problem), ("solution", "Change it.")]).await;
    if check.address.ends_with("/similar") {
        check = sent(client, &check, &[]).await;
    }
    assert!(check.address.ends_with("/check"), "{}: {}", check.address, check.text());
    check
}

/// Tells an idea without an account; gives the receipt and the code.
pub(crate) async fn told(app: &TestApp, client: &mut Client, problem: &str) -> (Page, String) {
    let check = typed(app, client, problem).await;
    let code = value_of(&check, "code");
    let receipt = sent(client, &check, &[]).await;
    assert!(receipt.address.starts_with("/told/"), "{}: {}", receipt.address, receipt.text());
    assert!(receipt.text().contains(&code), "{}", receipt.text());
    (receipt, code)
}

/// An idea of somebody without an account, which waits for a moderator.
pub(crate) async fn record(app: &TestApp) -> Innovation {
    opened(app).await;
    // One each half minute is taken from one address.
    app.advance(TimeDelta::seconds(31));
    let (receipt, _) = told(app, &mut app.visitor(), PROBLEM).await;
    let reference = receipt.address.trim_start_matches("/told/");
    let reference = Reference::parse(reference).expect("a reference");
    let mut ctx = app.write_as("len").await;
    let id = view::find(&mut ctx, &reference).await.expect("a record");
    ctx.load(id.0).await.expect("a record")
}

pub(crate) fn record_of(receipt: &Page) -> String {
    receipt.address.replace("/told/", "/records/")
}

/// Somebody else's browser with the code.
async fn back(app: &TestApp, code: &str) -> (Client, Page) {
    let mut client = app.visitor();
    let page = client.get("/come-back").await;
    let record = sent(&mut client, &page, &[("code", &code.to_lowercase())]).await;
    (client, record)
}

/// Says that it was an answer, by the form on the record's page: not the one that forgets the code.
pub(crate) async fn judged(client: &mut Client, page: &Page) {
    let forms = page.forms();
    let judge = forms.into_iter().find(|(address, _)| address.ends_with("/was-answer")).expect("a form");
    let mut fields: Vec<(&str, &str)> = judge.1.iter().map(|(name, value)| (&**name, &**value)).collect();
    fields.push(("answer", "yes"));
    let judged = client.post(&judge.0, &fields).await;
    assert!(judged.location().is_some_and(|to| to.contains("done=was-answer")), "{}", judged.text());
}

/// Wherever lists, searches and feeds are, with how many records the person finds there.
async fn finds(client: &mut Client) -> bool {
    for address in [
        "/ideas",
        "/ideas?mine=yes",
        "/ideas?q=zorbule",
        "/ideas.csv",
        "/ideas.json",
        "/ideas.atom",
        "/ideas.csv?q=zorbule",
    ] {
        if client.get(address).await.body.contains("zebra crossing") {
            return true;
        }
    }
    false
}

#[tokio::test]
async fn it_is_told_on_a_phone_listed_answered_and_read_with_the_code() {
    for app in TestApp::on_each().await {
        opened(&app).await;
        moderator(&app).await;
        let (receipt, code) = told(&app, &mut app.visitor(), PROBLEM).await;
        let text = receipt.text();
        assert!(text.contains("Len Hughes has it. You hear by Tuesday 21 July 2026."), "{text}");
        assert!(text.contains("A moderator reads it before it is listed"), "{text}");
        let record = record_of(&receipt);
        let mut cai = app.signed_in("cai").await;
        assert!(cai.get("/work").await.text().contains("1 idea waits for you as moderator"));
        let queue = cai.get("/moderation").await;
        assert!(queue.text().contains("The zorbule lamp"), "{}", queue.text());
        let page = cai.get(format!("{record}/moderate")).await;
        let refused = cai.submit(&page, &[("act", "unlist")]).await;
        assert!(refused.status == 422 && refused.text().contains("Choose why others are not to see it"));
        let done = sent(&mut cai, &page, &[("act", "list")]).await;
        assert!(done.text().contains("Nothing waits."), "{}", done.text());
        assert!(finds(&mut app.signed_in("ada").await).await, "listed now");
        let mut len = app.signed_in("len").await;
        let answer = len.get(format!("{record}/answer?answer=go")).await;
        let done = sent(&mut len, &answer, &[("who", "me"), ("words", "We change it on Monday.")]).await;
        assert!(done.address.starts_with(&record), "{}: {}", done.address, done.text());
        app.run_jobs().await;
        assert!(app.mails().is_empty(), "nobody to write to: {:#?}", app.mails());
        let (mut phone, page) = back(&app, &code).await;
        assert!(page.text().contains("We change it on Monday."), "{}", page.text());
        assert!(page.text().contains("You are here with your code"), "{}", page.text());
        judged(&mut phone, &page).await;
        let credit = phone.get(format!("{record}/credit")).await;
        assert_eq!(credit.status, 200, "{:?} {}", credit.location(), credit.body);
        assert_eq!(phone.submit(&credit, &[("credit", " ")]).await.status, 422);
        let named = sent(&mut phone, &credit, &[("credit", "Mo from bay nine")]).await;
        assert!(named.text().contains("Mo from bay nine, who uses this service"), "{}", named.text());
        assert!(!finds(&mut app.signed_in("ada").await).await, "the name was not read yet");
        assert!(cai.get("/moderation").await.text().contains("The zorbule lamp"));
        app.assert_quiet().await;
    }
}

#[tokio::test]
async fn until_it_is_listed_nothing_shows_it_but_to_those_who_handle_it() {
    for app in TestApp::on_each().await {
        opened(&app).await;
        moderator(&app).await;
        let before = app.signed_in("bea").await.get("/ideas").await.text();
        let (receipt, _) = told(&app, &mut app.visitor(), PROBLEM).await;
        let record = record_of(&receipt);
        for name in ["", "ada", "bea", "olu", "una", "ivo", "ann"] {
            let mut client = if name.is_empty() { app.visitor() } else { app.signed_in(name).await };
            assert!(!finds(&mut client).await, "{name} finds it");
            let wall = client.get(format!("/places/{}/wall", app.world.nodes["ward4"])).await;
            assert!(!wall.body.contains(CANARY), "{name}");
            let page = client.get(&record).await;
            let is_away = page.status == 404 || page.location().is_some_and(|to| to.starts_with("/sign-in"));
            assert!(is_away, "{name}: {}", page.text());
        }
        let after = app.signed_in("bea").await.get("/ideas").await.text();
        assert_eq!(before, after, "what a person may not see changes nothing that they see");
        let check = checked(&mut app.signed_in("bea").await, "/tell", &[("problem", PROBLEM)]).await;
        assert!(check.address.ends_with("/check"), "not among similar ones: {}", check.text());
        for name in ["len", "fay", "hana", "rhys", "cai"] {
            assert_eq!(app.signed_in(name).await.get(&record).await.status, 200, "{name}");
        }
        // Whoever only checks says why first.
        let to = app.signed_in("otto").await.get(&record).await.location().unwrap_or_default();
        assert!(to.contains("/look"), "{to}");
        for name in ["len", "fay", "hana", "ann", "otto", "bea", "ivo"] {
            let status = app.signed_in(name).await.get(format!("{record}/moderate")).await.status;
            assert!([403, 404].contains(&status.as_u16()), "{name}: {status}");
        }
    }
}

#[tokio::test]
async fn not_listing_has_a_reason_that_the_code_shows_and_the_log_keeps() {
    for app in TestApp::on_each().await {
        opened(&app).await;
        // Nobody is moderator: the finder is.
        let (receipt, code) = told(&app, &mut app.visitor(), PROBLEM).await;
        let record = record_of(&receipt);
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(format!("{record}/moderate")).await;
        let typed = [("act", "unlist"), ("because", "private"), ("words", "=It names bay nine.")];
        sent(&mut fay, &page, &typed).await;
        let riverside = app.world.nodes["riverside"];
        let log = fay.get(format!("/places/{riverside}/moderation")).await;
        assert!(log.text().contains("Nobody is moderator for Riverside Hospital"), "{}", log.text());
        assert!(log.text().contains("Not listed: Somebody can be recognised in it"), "{}", log.text());
        let table = app.signed_in("otto").await.get(format!("/places/{riverside}/moderation.csv")).await;
        assert!(table.body.contains("\"'=It names bay nine.\""), "{}", table.body);
        assert!(table.body.contains("Fay Singh (finder, since nobody is moderator)"), "{}", table.body);
        for name in ["ada", "len", "ann", "olu", "ivo"] {
            let status =
                app.signed_in(name).await.get(format!("/places/{riverside}/moderation")).await.status;
            assert_eq!(status, 404, "{name}");
        }
        let (mut phone, page) = back(&app, &code).await;
        assert!(
            page.text().contains("Not listed. Somebody can be recognised in it: “=It names bay nine.”"),
            "{}",
            page.text()
        );
        // It is late on its day all the same, and whoever has the code may ask why.
        app.advance(TimeDelta::days(30));
        app.run_jobs().await;
        app.mails();
        let why = phone.get(format!("{record}/ask-why")).await;
        assert_eq!(why.status, 200, "{}", why.text());
        assert!(!finds(&mut app.signed_in("ada").await).await);
    }
}

#[tokio::test]
async fn where_the_public_is_not_asked_nothing_offers_or_takes_it() {
    for app in TestApp::on_each().await {
        let ward4 = app.world.nodes["ward4"];
        let mut client = app.visitor();
        let form = client.get(format!("/tell?at={ward4}")).await;
        assert!(!form.text().contains("without an account"), "{}", form.text());
        let form = client.get(format!("/tell?at={ward4}&as=public")).await;
        let refused = client.submit(&form, &[("problem", PROBLEM), ("solution", "Change it.")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("does not take ideas from the public"), "{}", refused.text());
        let check = checked(&mut client, &format!("/tell?at={ward4}"), &[("problem", PROBLEM)]).await;
        assert!(!check.text().contains("without an account"), "{}", check.text());
        let forced = format!("/drafts/{}/send-without-account", draft_of(&check));
        let refused = client.post(&forced, &[("code", "7K3QF-2M9XA-0B4CD-8EWHJ")]).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(refused.body.contains("The zorbule lamp"), "what was typed is still there");
    }
}

#[tokio::test]
async fn too_many_from_one_address_are_asked_to_wait_and_nothing_is_lost() {
    let app = TestApp::new().await;
    opened(&app).await;
    let mut client = app.visitor();
    for number in 0..60 {
        told(&app, &mut client, &format!("Lamp {number} flickers all night long beside the door.")).await;
    }
    let check = typed(&app, &mut client, PROBLEM).await;
    let refused = client.submit(&check, &[("credit", "Mo")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Many ideas came from here"), "{}", refused.text());
    assert!(refused.body.contains("value=\"Mo\""), "{}", refused.body);
    app.advance(TimeDelta::seconds(31));
    let receipt = sent(&mut client, &refused, &[]).await;
    assert!(receipt.address.starts_with("/told/"), "{}: {}", receipt.address, receipt.text());
}

/// Ada's idea in ward 4, and its address.
async fn of_ada(app: &TestApp) -> String {
    let record = told_by(app, ("ada", "ward4"), None).await;
    format!("/records/{}", record.told.reference)
}

#[tokio::test]
async fn what_is_reported_is_taken_from_the_lists_or_left_and_both_sides_hear_why() {
    for app in TestApp::on_each().await {
        moderator(&app).await;
        app.advance(TimeDelta::hours(1));
        let record = of_ada(&app).await;
        let mut bea = app.signed_in("bea").await;
        let page = bea.get(format!("{record}/report")).await;
        let refused = bea.submit(&page, &[("line", "It names Mr Pugh.")]).await;
        assert!(refused.status == 422 && refused.text().contains("Choose what is wrong"));
        assert!(refused.body.contains("It names Mr Pugh."), "what was typed is still there");
        let typed = [("because", "private"), ("line", "It names Mr Pugh.")];
        let asked = bea.submit(&refused, &typed).await;
        assert!(asked.text().contains("Mr Pugh looks like the name of a person"), "{}", asked.text());
        let again = bea.submit(&asked, &[("sure", "change")]).await;
        assert!(again.status == 200 && again.body.contains("It names Mr Pugh."), "{}", again.text());
        let done = sent(&mut bea, &asked, &[]).await;
        assert!(done.text().contains("A moderator will look at it"), "{}", done.text());
        for name in ["len", "ada", "fay", "olu"] {
            let queue = app.signed_in(name).await.get("/moderation").await;
            assert!(!queue.text().contains("Mr Pugh") && !queue.text().contains("Decide"), "{name}");
        }
        let mut cai = app.signed_in("cai").await;
        assert!(cai.get("/moderation").await.text().contains("Reported"));
        let page = cai.get(format!("{record}/moderate")).await;
        assert!(page.text().contains("It names Mr Pugh."), "{}", page.text());
        let refused = cai.submit(&page, &[("act", "leave")]).await;
        assert_eq!(refused.status, 422, "leaving it has a reason, too");
        let asked = cai.submit(&page, &[("act", "leave"), ("words", "Mr Pugh agreed to it.")]).await;
        assert!(asked.text().contains("Mr Pugh looks like the name of a person"), "{}", asked.text());
        sent(&mut cai, &asked, &[]).await;
        app.run_jobs().await;
        assert!(app.mails().is_empty(), "nothing goes at once");
        let mails = day_of_mail(&app, "bea").await;
        assert_eq!(mails.len(), 1, "{mails:#?}");
        let text = &mails[0].text;
        assert!(text.contains("you said that something is wrong with it. What was done, and why:"), "{text}");
        assert!(text.contains("/moderation") && !text.contains("Pugh"), "{text}");
        let (mut bea, mut cai) = (app.signed_in("bea").await, app.signed_in("cai").await);
        let own = bea.get("/moderation").await.text();
        assert!(own.contains("Left as it is") && own.contains("Mr Pugh agreed to it."), "{own}");
        let page = app.signed_in("olu").await.get(format!("{record}/report")).await;
        assert_eq!(page.status, 404, "who may not see it reports nothing");
        let again = bea.get(format!("{record}/report")).await;
        sent(&mut bea, &again, &[("because", "harmful")]).await;
        let page = cai.get(format!("{record}/moderate")).await;
        let typed = [("act", "unlist"), ("because", "harmful"), ("words", "It calls him a name.")];
        sent(&mut cai, &page, &typed).await;
        app.run_jobs().await;
        assert!(app.mails().is_empty(), "nothing goes at once");
        let mut mails = day_of_mails(&app).await;
        mails.retain(|mail| mail.text.contains("A moderator has looked at these:"));
        let to: Vec<_> = mails.into_iter().map(|mail| (mail.to, mail.text.contains("him a name"))).collect();
        assert!(to.contains(&("ada@riverside.example".to_owned(), false)) && to.len() == 2, "{to:?}");
        assert!(to.contains(&("bea@riverside.example".to_owned(), false)), "{to:?}");
        assert_eq!(app.signed_in("bea").await.get(&record).await.status, 404);
        let own = app.signed_in("ada").await.get(&record).await.text();
        assert!(own.contains("It calls him a name."), "{own}");
        let history = app.signed_in("ada").await.get(format!("{record}/history")).await.text();
        assert!(!history.contains("Bea"), "who reported it shows nowhere: {history}");
        app.assert_quiet().await;
    }
}

#[tokio::test]
async fn a_moderator_hears_once_a_day_what_waits() {
    for app in TestApp::on_each().await {
        opened(&app).await;
        moderator(&app).await;
        told(&app, &mut app.visitor(), PROBLEM).await;
        app.run_jobs().await;
        let mut mails = Vec::new();
        for _ in 0..24 {
            app.advance(TimeDelta::hours(1));
            app.run_jobs().await;
            mails.extend(app.mails());
        }
        let mails: Vec<_> = mails.into_iter().filter(|mail| mail.text.contains("/moderation")).collect();
        assert_eq!(mails.len(), 1, "{mails:#?}");
        assert_eq!(mails[0].to, "cai@riverside.example");
        assert!(!mails[0].text.contains("zorbule"), "{}", mails[0].text);
    }
}

/// All that somebody reads who moderates at Riverside: their work, the queue, and the log with its files, by pages and by
/// programs.
async fn desk(app: &TestApp, name: &str) -> String {
    let log = format!("/places/{}/moderation", app.world.nodes["riverside"]);
    let files = ["csv", "json", "atom"].map(|form| format!("{log}.{form}"));
    let pages = ["/work", "/moderation", log.as_str()].into_iter().chain(files.iter().map(String::as_str));
    let mut client = app.signed_in(name).await;
    let mut all = String::new();
    for at in pages {
        let page = client.get(at).await;
        assert_eq!(page.status, 200, "{name} {at}: {}", page.text());
        all += &page.body;
    }
    let program = app.program(name).await;
    for at in ["/moderation", log.as_str()] {
        let told = program.get(at).await;
        assert_eq!(told.status, 200, "{name} {at}: {}", told.body);
        all += &told.body.to_string();
    }
    all
}

/// Cai, who is moderator, meets nothing of a record that waits: no word, no reference, no count, no page, and no mail of the
/// day, while Fay, who is finder, has one.
async fn waits_for_the_finder_alone(app: &TestApp, (word, reference): (&str, &str)) {
    let of_cai = desk(app, "cai").await;
    assert!(!of_cai.contains(word) && !of_cai.contains(reference), "{of_cai}");
    assert!(!of_cai.contains("for you as moderator"), "{of_cai}");
    let mut cai = app.signed_in("cai").await;
    for page in ["", "/history", "/moderate"] {
        assert_eq!(cai.get(format!("/records/{reference}{page}")).await.status, 404, "{page}");
    }
    let mails = day_of_mails(app).await;
    let told = |name: &str| {
        let to = format!("{name}@riverside.example");
        mails.iter().filter(|mail| mail.to == to && mail.text.contains("/moderation")).count()
    };
    assert_eq!((told("cai"), told("fay")), (0, 1), "{mails:#?}");
    let mut fay = app.signed_in("fay").await;
    let own = fay.get("/work").await.text();
    assert!(own.contains("1 idea waits for you as moderator"), "{own}");
    let queue = fay.get("/moderation").await.text();
    assert!(queue.contains(word) && queue.contains(reference), "{queue}");
}

/// Bea says that something is wrong with a record.
async fn reported(app: &TestApp, record: &str) {
    let mut bea = app.signed_in("bea").await;
    let page = bea.get(format!("{record}/report")).await;
    let typed = [("because", "private"), ("line", "It names Mr Pugh."), ("sure", "yes")];
    sent(&mut bea, &page, &typed).await;
}

#[tokio::test]
async fn what_becomes_handled_with_care_leaves_the_moderator_and_is_ended_by_the_finder() {
    for app in TestApp::on_each().await {
        moderator(&app).await;
        app.advance(TimeDelta::hours(1));
        let said = ("The quillon hangs loose", "The quillon of the linen room hangs loose at night.");
        let told = told_with(&app, ("ada", "ward4"), None, said).await;
        let (reference, record) = (told.told.reference.as_str(), format!("/records/{}", told.told.reference));
        reported(&app, &record).await;
        let mut cai = app.signed_in("cai").await;
        let page = cai.get(format!("{record}/moderate")).await;
        sent(&mut cai, &page, &[("act", "leave"), ("words", "It names nobody.")]).await;
        reported(&app, &record).await;
        let before = desk(&app, "cai").await;
        assert!(
            before.contains("quillon") && before.contains("1 idea waits for you as moderator"),
            "{before}"
        );
        assert_eq!(before.matches("It names nobody.").count(), 5, "in the log in each form: {before}");
        assert!(!app.signed_in("fay").await.get("/moderation").await.text().contains("quillon"));
        let mut ada = app.signed_in("ada").await;
        let form = ada.get(format!("{record}/who-sees")).await;
        sent(&mut ada, &form, &[("to", "handlers")]).await;
        waits_for_the_finder_alone(&app, ("quillon", reference)).await;
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(format!("{record}/moderate")).await;
        assert!(page.text().contains("It names Mr Pugh."), "{}", page.text());
        let done = sent(&mut fay, &page, &[("act", "leave"), ("words", "He agreed to it.")]).await;
        assert!(done.address == "/moderation" && !done.text().contains("quillon"), "{}", done.text());
        assert!(!fay.get("/work").await.text().contains("for you as moderator"), "it waits no more");
        let log = format!("/places/{}/moderation", app.world.nodes["riverside"]);
        for at in [log.clone(), format!("{log}.csv"), format!("{log}.json")] {
            let page = fay.get(&at).await;
            assert!(page.body.contains(reference) && page.body.contains("He agreed to it."), "{}", page.body);
        }
        let table = fay.get(format!("{log}.csv")).await.body;
        assert!(table.contains("Fay Singh (finder, since it was handled with care)"), "{table}");
        let feed = fay.get(format!("{log}.atom")).await;
        assert!(feed.status == 200 && !feed.body.contains(reference), "{}", feed.body);
        let after = desk(&app, "cai").await;
        assert!(!after.contains(reference) && !after.contains("He agreed to it."), "{after}");
        // Who reported it sees it no more: they hear what was done, not of which one and why.
        let mut bea = app.signed_in("bea").await;
        let told = [bea.get("/moderation").await.text(), bea.get("/me/data.json").await.body];
        let mails = day_of_mail(&app, "bea").await;
        assert!(told[0].matches("Left as it is You cannot see it any more").count() == 2, "{}", told[0]);
        assert!(mails.len() == 1 && mails[0].text.contains("that you cannot see any more"), "{mails:#?}");
        for said in told.iter().chain(mails.iter().map(|mail| &mail.text)) {
            let secrets = [reference, "He agreed to it.", "It names nobody."];
            assert!(secrets.iter().all(|secret| !said.contains(secret)), "{said}");
        }
        let report = waymark_app::sound::verify(&app.env, None).await.expect("a report");
        assert!(report.is_sound(), "{:?}", report.faults);
        app.run_jobs().await;
        app.mails();
    }
}

#[tokio::test]
async fn what_the_public_tells_where_everything_is_handled_with_care_is_read_by_the_finder() {
    for app in TestApp::on_each().await {
        opened(&app).await;
        moderator(&app).await;
        let mut ctx = app.write_as("ann").await;
        let careful = vec![Setting::SeenBy(SeenBy::Handlers)];
        node::set(&mut ctx, app.world.nodes["riverside"], careful).await.expect("set");
        ctx.commit().await.expect("a commit");
        let (receipt, _) = told(&app, &mut app.visitor(), PROBLEM).await;
        let record = record_of(&receipt);
        let reference = record.trim_start_matches("/records/");
        waits_for_the_finder_alone(&app, (CANARY, reference)).await;
        let mut fay = app.signed_in("fay").await;
        let page = fay.get(format!("{record}/moderate")).await;
        let done = sent(&mut fay, &page, &[("act", "list")]).await;
        assert!(done.text().contains("Nothing waits."), "{}", done.text());
        for name in ["bea", "cai"] {
            assert_eq!(app.signed_in(name).await.get(&record).await.status, 404, "{name}: listed with care");
        }
        let after = desk(&app, "cai").await;
        assert!(!after.contains(CANARY) && !after.contains(reference), "{after}");
        app.run_jobs().await;
        app.mails();
    }
}
