//! Telling, from the form to the receipt: what people see and what is kept.

use waymark_app::find::draft;
use waymark_app::people::account::{self, Mail, NewPerson};
use waymark_app::people::node::{self, NewNode};
use waymark_app::people::ticket::{self, Newcomer};
use waymark_app::people::{roles, session};
use waymark_app::{Actor, Ctx};
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::{SeenBy, Setting};
use waymark_domain::text::{Language, Line};
use waymark_testkit::{Client, Page, TestApp, sqlite};
use waymark_web::visitor::SESSION_COOKIE;

const IDEA: [(&str, &str); 5] = [
    ("problem", "We run out of blood bottles every weekend. Then we borrow."),
    ("solution", "Order on Thursday."),
    ("who", "lead"),
    ("origin", "front-line"),
    ("title", ""),
];

pub(crate) async fn sent(client: &mut Client, form: &Page, fields: &[(&str, &str)]) -> Page {
    let next = client.submit(form, fields).await;
    client.follow(next).await
}

/// Tells an idea as far as *check answers*.
pub(crate) async fn checked(client: &mut Client, address: &str, fields: &[(&str, &str)]) -> Page {
    let form = client.get(address).await;
    let all: Vec<(&str, &str)> = IDEA
        .into_iter()
        .filter(|(name, _)| !fields.iter().any(|(own, _)| own == name))
        .chain(fields.iter().copied())
        .collect();
    sent(client, &form, &all).await
}

/// Tells an idea to the end and gives the receipt.
pub(crate) async fn told(client: &mut Client, fields: &[(&str, &str)]) -> Page {
    let mut page = checked(client, "/tell", fields).await;
    if page.address.ends_with("/similar") {
        page = sent(client, &page, &[]).await;
    }
    assert!(page.address.ends_with("/check"), "{}: {}", page.address, page.text());
    sent(client, &page, &[]).await
}

pub(crate) async fn signed_in_too(app: &TestApp, client: Client, name: &str) -> Client {
    let mut ctx = Ctx::write(&app.env, Actor::Console).await.unwrap();
    let secret = session::begin_stepped_up(&mut ctx, app.person(name), (false, "a test")).await.unwrap();
    ctx.commit().await.unwrap();
    client.with_cookie(SESSION_COOKIE, &secret)
}

pub(crate) fn draft_of(page: &Page) -> String {
    page.address.split('/').nth(2).unwrap().to_owned()
}

#[tokio::test]
async fn a_signed_in_person_tells_an_idea_and_hears_who_has_it_by_when() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let form = ada.get("/tell").await;
        assert!(form.text().contains("Danger now: danger@riverside.example"), "{}", form.text());
        assert!(form.text().contains("Told at: Ward 4, Riverside Hospital"), "{}", form.text());
        let check = sent(&mut ada, &form, &IDEA).await;
        assert!(check.text().contains("Check your answers"), "{}", check.text());
        assert!(check.text().contains("We run out of blood bottles every weekend"), "{}", check.text());
        let receipt = sent(&mut ada, &check, &[]).await;
        let text = receipt.text();
        assert!(text.contains("Len Hughes has it. You hear by Tuesday 21 July 2026."), "{text}");
        assert!(text.contains("WM-2026-"), "{text}");
        let again = sent(&mut ada, &check, &[]).await;
        assert_eq!(again.address, receipt.address, "sending twice makes one record");
        assert!(ada.get("/drafts").await.text().contains("You have no drafts"));
        let origin = ada.get("/tell").await;
        assert!(origin.form().1.contains(&("origin".to_owned(), "front-line".to_owned())), "asked once");
    }
}

#[tokio::test]
async fn a_visitor_types_first_and_the_draft_survives_signing_in() {
    for app in TestApp::on_each().await {
        let mut visitor = app.visitor();
        let check = checked(&mut visitor, "/tell", &[("where", "ward 4")]).await;
        assert!(check.text().contains("Last step: say who you are"), "{}", check.text());
        let away = app.visitor().get(&check.address).await;
        assert_eq!(
            away.location(),
            Some(format!("/sign-in?back={}", check.address)),
            "only its owner can open it"
        );
        let mut ada = signed_in_too(&app, visitor, "ada").await;
        let check = ada.get(&check.address).await;
        assert!(check.text().contains("Order on Thursday."), "{}", check.text());
        let mut bea = app.signed_in("bea").await;
        assert_eq!(bea.get(&check.address).await.status, 404, "only its owner can open it");
        assert_eq!(bea.post(format!("/drafts/{}/delete", draft_of(&check)), &[]).await.status, 404);
        let receipt = sent(&mut ada, &check, &[]).await;
        assert!(receipt.text().contains("Len Hughes has it"), "{}", receipt.text());
    }
}

#[tokio::test]
async fn a_visitor_confirms_a_work_mail_and_the_idea_is_sent() {
    for app in TestApp::on_each().await {
        let mut visitor = app.visitor();
        let ward4 = app.world.nodes["ward4"];
        let check = checked(&mut visitor, &format!("/tell?at={ward4}"), &[]).await;
        let wrong = visitor.submit(&check, &[("name", " "), ("mail", "nia")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("Type a work email address"), "{}", wrong.text());
        let mail = visitor.submit(&wrong, &[("name", "Nia Rees"), ("mail", "nia@riverside.example")]).await;
        assert!(mail.text().contains("We are sending a link to nia@riverside.example"), "{}", mail.text());
        let address = link(&app, &check, "nia@riverside.example").await;
        let mut phone = app.visitor();
        let page = phone.get(&address).await;
        let receipt = sent(&mut phone, &page, &[]).await;
        assert!(receipt.text().contains("Len Hughes has it"), "{}", receipt.text());
        assert_eq!(phone.post(&address, &[]).await.location(), None, "the link works once");
        assert!(phone.get("/tell").await.text().contains("Told at: Ward 4"), "a member of the place now");
    }
}

/// The address that the job of the mail would make.
pub(crate) async fn link(app: &TestApp, check: &Page, mail: &str) -> String {
    let mut ctx = Ctx::write(&app.env, Actor::Time).await.unwrap();
    let newcomer = Newcomer {
        name: "Nia Rees".to_owned(),
        mail: mail.to_owned(),
        language: Language::En,
        node: app.world.nodes["ward4"].0,
        draft: draft_of(check).parse().unwrap(),
    };
    let (link, ..) = ticket::issue_confirm(&mut ctx, &newcomer).await.unwrap();
    ctx.commit().await.unwrap();
    link.strip_prefix(&app.env.config.origin).unwrap().to_owned()
}

#[tokio::test]
async fn the_session_may_end_while_typing_and_nothing_is_lost() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let check = checked(&mut ada, "/tell", &[]).await;
    let form = ada.get(format!("/drafts/{}", draft_of(&check))).await;
    let mut gone = app.visitor();
    let after = sent(&mut gone, &form, &[("solution", "Order on Wednesday.")]).await;
    assert!(after.text().contains("Order on Wednesday."), "{}", after.text());
    assert_ne!(draft_of(&after), draft_of(&check), "somebody else's draft is not written to");
    assert!(ada.get(&check.address).await.text().contains("Order on Thursday."));
}

#[tokio::test]
async fn a_group_shares_and_people_without_an_account_get_one() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let check = checked(&mut ada, "/tell", &[]).await;
        let draft = draft_of(&check);
        let whose = ada.get(format!("/drafts/{draft}/whose")).await;
        let group = sent(&mut ada, &whose, &[("whose", "group")]).await;
        let people = [
            ("name-1", "Bea Okafor"),
            ("mail-1", "BEA@riverside.example"),
            ("name-2", "Nia Rees"),
            ("mail-2", "nia@riverside.example"),
        ];
        let wrong: Vec<_> =
            people.into_iter().chain([("share-own", "50"), ("share-1", "20"), ("share-2", "20")]).collect();
        let refused = ada.submit(&group, &wrong).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("The shares must make 100 together"), "{}", refused.text());
        let shares = [("share-own", "33"), ("share-1", "33"), ("share-2", "34")];
        let check = sent(&mut ada, &refused, &shares).await;
        assert!(check.text().contains("You 33%, Bea Okafor 33%, Nia Rees 34%"), "{}", check.text());
        let receipt = sent(&mut ada, &check, &[]).await;
        let mut bea = app.signed_in("bea").await;
        assert_eq!(bea.get(&receipt.address).await.status, 200, "a contributor sees it");
    }
}

#[tokio::test]
async fn asking_for_more_places_loses_nothing_even_where_it_is_too_much() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let check = checked(&mut ada, "/tell", &[]).await;
    let group = ada.get(format!("/drafts/{}/group", draft_of(&check))).await;
    let more = sent(&mut ada, &group, &[("name-1", "Bea Okafor"), ("then", "more")]).await;
    assert!(more.body.contains("Bea Okafor") && more.body.contains("name-6"), "{}", more.text());
    let long = "x".repeat(draft::DRAFT_BYTES);
    let fields = [("mail-1", "bea@riverside.example"), ("name-2", &long), ("then", "more")];
    let refused = ada.submit(&more, &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.body.contains("bea@riverside.example") && refused.body.contains(&long), "all is there");
}

#[tokio::test]
async fn an_idea_is_told_on_behalf_of_somebody_who_agreed() {
    let app = TestApp::new().await;
    let mut fay = app.signed_in("fay").await;
    let check = checked(&mut fay, &format!("/tell?at={}", app.world.nodes["ward4"]), &[]).await;
    let behalf = fay.get(format!("/drafts/{}/behalf", draft_of(&check))).await;
    let named = [("behalf-name", "Ada Price"), ("behalf-mail", "ada@riverside.example")];
    let refused = fay.submit(&behalf, &named).await;
    assert!(refused.text().contains("Ask them first"), "{}", refused.text());
    let check = sent(&mut fay, &refused, &[("agreed", "yes")]).await;
    assert!(check.text().contains("Ada Price’s, typed by you with their agreement"), "{}", check.text());
    let receipt = sent(&mut fay, &check, &[]).await;
    assert_eq!(app.signed_in("ada").await.get(&receipt.address).await.status, 200);
}

#[tokio::test]
async fn bad_input_keeps_the_text_and_says_what_to_mend() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let (long, title) = ("x".repeat(5_001), "y".repeat(151));
    let nobody = "00000000-0000-4000-8000-000000000000";
    let cases = [
        (("problem", ""), "Say what the problem is"),
        (("problem", " \n "), "Say what the problem is"),
        (("problem", long.as_str()), "Use 5,000 characters or fewer"),
        (("problem", "a\u{1}b"), "Take out the characters"),
        (("solution", ""), "Say what you would do, or tick"),
        (("solution", long.as_str()), "Use 5,000 characters or fewer"),
        (("title", title.as_str()), "Use 150 characters or fewer"),
        (("title", "a\u{7}"), "Take out the characters"),
        (("who", "boss"), "Say who could say yes"),
        (("origin", ""), "Say which of these you are"),
        (("origin", "x"), "Say which of these you are"),
        (("at", "ward4"), "This place is not there any more"),
        (("at", nobody), "This place is not there any more"),
        (("answers", nobody), "Error"),
    ];
    for ((field, value), words) in cases {
        let page = checked(&mut ada, "/tell", &[(field, value)]).await;
        assert_eq!(page.status, 422, "{field} {value:?}: {}", page.text());
        assert!(page.body.contains(words), "{field} {value:?}: {}", page.text());
        let kept = if field == "solution" { "blood bottles" } else { "Order on Thursday." };
        assert!(page.body.contains(kept), "{field} {value:?} lost the text");
        ada.post(format!("{}/delete", page.form().0), &[]).await;
    }
    let mut visitor = app.visitor();
    for (typed, words) in [("", "Say where you work"), ("the moon", "We know no place of that name")] {
        let page = checked(&mut visitor, "/tell", &[("where", typed)]).await;
        assert!(page.status == 422 && page.text().contains(words), "{}", page.text());
    }
    let nothing = [("problem", ""), ("solution", ""), ("who", "boss"), ("where", ""), ("origin", "")];
    let page = checked(&mut visitor, "/tell", &nothing).await;
    let said = ["Say what the problem", "Say what you would", "Say who could", "Say where", "Say which of"];
    let at = said.map(|words| page.text().find(words).unwrap_or_else(|| panic!("{words}: {}", page.text())));
    assert!(at.is_sorted(), "not in the order of the page: {}", page.text());
}

#[tokio::test]
async fn several_places_of_a_name_and_somebody_else_are_asked_on_pages_of_their_own() {
    let app = TestApp::new().await;
    let mut visitor = app.visitor();
    let place = checked(&mut visitor, "/tell", &[("where", "ward"), ("who", "somebody")]).await;
    assert!(place.text().contains("Which place is it?"), "{}", place.text());
    assert_eq!(visitor.submit(&place, &[]).await.status, 422);
    let ward4 = app.world.nodes["ward4"].to_string();
    let who = sent(&mut visitor, &place, &[("at", &ward4)]).await;
    assert!(!who.text().contains("Len Hughes"), "no names for strangers: {}", who.text());
    assert_eq!(visitor.submit(&who, &[("somebody-named", " ")]).await.status, 422);
    let check = sent(&mut visitor, &who, &[("somebody-named", "hana LEWIS")]).await;
    assert!(check.text().contains("hana LEWIS"), "{}", check.text());
    let mut ada = signed_in_too(&app, visitor, "ada").await;
    let check = ada.get(&check.address).await;
    assert!(sent(&mut ada, &check, &[]).await.text().contains("Hana Lewis has it"));
}

#[tokio::test]
async fn a_stranger_does_not_learn_whether_a_name_is_known_and_the_finder_finds_out() {
    let app = TestApp::new().await;
    let mut visitor = app.visitor();
    let ward4 = app.world.nodes["ward4"];
    let who = checked(&mut visitor, &format!("/tell?at={ward4}"), &[("who", "somebody")]).await;
    let check = sent(&mut visitor, &who, &[("somebody-named", "Nobody Here")]).await;
    assert!(check.address.ends_with("/check"), "as for a name that is known: {}", check.text());
    let mut ada = signed_in_too(&app, visitor, "ada").await;
    let check = ada.get(&check.address).await;
    let receipt = sent(&mut ada, &check, &[]).await;
    assert!(receipt.text().contains("Fay Singh has it"), "{}", receipt.text());
}

#[tokio::test]
async fn who_is_signed_in_chooses_who_could_say_yes_by_name() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let who = checked(&mut ada, "/tell", &[("who", "somebody")]).await;
    assert!(who.text().contains("Len Hughes Team lead, Ward 4"), "{}", who.text());
    assert_eq!(ada.submit(&who, &[("somebody", &app.person("ada").to_string())]).await.status, 422);
    let check = sent(&mut ada, &who, &[("somebody", &app.person("hana").to_string())]).await;
    assert!(check.text().contains("Hana Lewis"), "{}", check.text());
}

#[tokio::test]
async fn colleagues_of_a_group_are_found_by_their_first_letters_on_both_engines() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let check = checked(&mut ada, "/tell", &[]).await;
        let group = format!("/drafts/{}/group", draft_of(&check));
        let page = ada.get(&group).await;
        let which = ada.submit(&page, &[("name-1", "bea"), ("name-2", "CAI MORGAN")]).await;
        assert_eq!(which.status, 422);
        assert!(which.text().contains("Bea Okafor Ward 4"), "{}", which.text());
        assert!(which.body.contains("cai@riverside.example"), "a whole name needs no choosing");
        let chosen = app.person("bea").to_string();
        let check = sent(&mut ada, &which, &[("who-1", &chosen)]).await;
        assert!(check.text().contains("Bea Okafor 33%, Cai Morgan 33%"), "{}", check.text());
        let page = ada.get(&group).await;
        let olu = app.person("olu").to_string();
        let fields = [("name-1", "olu"), ("mail-1", ""), ("who-1", olu.as_str())];
        let strange = ada.submit(&page, &fields).await;
        assert!(strange.status == 422 && !strange.body.contains("Adeyemi"), "{}", strange.text());
    }
}

#[tokio::test]
async fn similar_ones_show_what_one_may_see_and_why() {
    for app in TestApp::on_each().await {
        let receipt = told(&mut app.signed_in("ada").await, &[]).await;
        let mut bea = app.signed_in("bea").await;
        let near =
            [("problem", "The ward has no blood bottles left on Saturdays"), ("solution", "Bigger order")];
        let similar = checked(&mut bea, "/tell", &near).await;
        let text = similar.text();
        assert!(text.contains("Is it one of these?") && text.contains("“bottles”"), "{text}");
        let mut olu = app.signed_in("olu").await;
        let other = checked(&mut olu, "/tell", &near).await;
        assert!(other.text().contains("Check your answers"), "another body's: {}", other.text());
        let mut record = similar.body.split("value=\"").map(|part| &part[..36.min(part.len())]);
        let record = record.find_map(|id| uuid::Uuid::try_parse(id).ok()).unwrap();
        let added = sent(&mut bea, &similar, &[("similar", &record.to_string())]).await;
        assert!(added.text().contains("Added to this record"), "{}", added.text());
        assert!(added.text().contains("Len Hughes has it"), "{}", added.text());
        assert_eq!(added.address.split('?').next(), Some(receipt.address.as_str()));
        assert!(added.text().contains("You get every answer to it"), "{}", added.text());
        assert!(bea.get("/drafts").await.text().contains("You have no drafts"));
        assert!(bea.get("/work").await.text().contains("We run out of blood bottles"));
        let mut len = app.signed_in("len").await;
        let work = len.get("/work").await.text();
        assert!(work.contains("One other person told it too."), "{work}");
        let address = receipt.address.replace("/told/", "/records/");
        let shown = len.get(&address).await.text();
        assert!(shown.contains("Also told by Bea Okafor"), "{shown}");
        let history = len.get(format!("{address}/history")).await.text();
        assert!(history.contains("Told the same, and added these words"), "{history}");
        assert!(history.contains("left on Saturdays") && history.contains("Bigger order"), "{history}");
        let answer = len.get(format!("{address}/answer")).await.text();
        assert!(answer.contains("What Bea Okafor told too"), "{answer}");
    }
}

#[tokio::test]
async fn words_for_a_record_that_ended_meanwhile_are_kept_and_the_page_says_so() {
    for app in TestApp::on_each().await {
        let receipt = told(&mut app.signed_in("ada").await, &[]).await;
        let mut bea = app.signed_in("bea").await;
        let near = [("problem", "The ward has no blood bottles left on Saturdays")];
        let similar = checked(&mut bea, "/tell", &near).await;
        let mut record = similar.body.split("value=\"").map(|part| &part[..36.min(part.len())]);
        let record = record.find_map(|id| uuid::Uuid::try_parse(id).ok()).unwrap();
        let id = waymark_domain::ids::InnovationId(record);
        crate::jobs::answered(&app, ("len", id), &crate::jobs::no()).await;
        let refused = sent(&mut bea, &similar, &[("similar", &record.to_string())]).await;
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(refused.text().contains("This one takes no more words"), "{}", refused.text());
        let check = sent(&mut bea, &refused, &[]).await;
        assert!(check.text().contains("left on Saturdays"), "{}", check.text());
        let sent = sent(&mut bea, &check, &[]).await;
        assert_ne!(sent.address, receipt.address, "a record of her own");
    }
}

#[tokio::test]
async fn who_decides_a_record_is_not_offered_to_add_to_it() {
    let app = TestApp::new().await;
    told(&mut app.signed_in("ada").await, &[]).await;
    let near = [("problem", "The ward has no blood bottles left on Saturdays")];
    let similar = checked(&mut app.signed_in("len").await, "/tell", &near).await;
    assert!(similar.text().contains("Is it one of these?"), "{}", similar.text());
    assert!(!similar.text().contains("Add my words"), "{}", similar.text());
}

#[tokio::test]
async fn records_of_handlers_only_are_in_nobody_s_similar_ones_and_on_no_wall() {
    for app in TestApp::on_each().await {
        let mut ctx = app.write_as("ann").await;
        let only = vec![Setting::SeenBy(SeenBy::Handlers)];
        node::set(&mut ctx, app.world.nodes["ward4"], only).await.unwrap();
        ctx.commit().await.unwrap();
        told(&mut app.signed_in("ada").await, &[]).await;
        let mut len = app.signed_in("len").await;
        let check = checked(&mut len, "/tell", &[]).await;
        assert!(check.text().contains("Check your answers"), "{}", check.text());
        let wall = len.get(format!("/places/{}/wall", app.world.nodes["ward4"])).await;
        assert!(wall.text().contains("Nothing was told here yet"), "{}", wall.text());
    }
}

#[tokio::test]
async fn the_wall_shows_what_waits_with_whom_to_people_of_the_body() {
    for app in TestApp::on_each().await {
        told(&mut app.signed_in("ada").await, &[]).await;
        let address = format!("/places/{}/wall", app.world.nodes["riverside"]);
        let wall = app.signed_in("cai").await.get(&address).await;
        let text = wall.text();
        assert!(text.contains("Still waiting") && text.contains("Len Hughes 21 July 2026"), "{text}");
        assert!(wall.body.contains("/tell?at="), "the code says its address");
        assert_eq!(app.signed_in("olu").await.get(&address).await.status, 404, "another body");
        assert!(app.visitor().get(&address).await.location().is_some(), "sign in first");
        let above = format!("/places/{}/wall", app.world.nodes["root"]);
        let above = app.signed_in("rhys").await.get(&above).await;
        assert!(!above.text().contains("blood bottles"), "only the body sees it: {}", above.text());
        let poster = app.visitor().get(format!("/places/{}/poster", app.world.nodes["ward4"])).await;
        assert!(poster.text().contains("Ward 4, Riverside Hospital"), "{}", poster.text());
    }
}

#[tokio::test]
async fn what_was_done_already_is_listed_in_three_lines() {
    for app in TestApp::on_each().await {
        let mut ada = app.signed_in("ada").await;
        let form = ada.get("/tell/done").await;
        let lines =
            [("problem", "Keys got lost."), ("did", ""), ("changed", "None lost."), ("origin", "front-line")];
        let refused = ada.submit(&form, &lines).await;
        assert!(refused.status == 422 && refused.text().contains("Say what you did"), "{}", refused.text());
        let check = sent(&mut ada, &refused, &[("did", "We put up a hook.")]).await;
        let receipt = sent(&mut ada, &check, &[]).await;
        assert!(receipt.text().contains("Listed as done"), "{}", receipt.text());
        let wall = ada.get(format!("/places/{}/wall", app.world.nodes["ward4"])).await;
        assert!(wall.text().contains("Done by those who said it None lost"), "{}", wall.text());
    }
}

#[tokio::test]
async fn every_page_of_telling_comes_in_welsh() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    let form = ada.get("/tell?lang=cy").await;
    assert!(form.text().contains("Beth yw’r broblem?"), "{}", form.text());
    let mut cymraes = app.signed_in("ada").await.with_cookie("waymark-lang", "cy");
    let check = checked(&mut cymraes, "/tell", &[("problem", "Mae’r poteli gwaed yn rhedeg allan.")]).await;
    assert!(check.text().contains("Gwiriwch eich atebion"), "{}", check.text());
    let receipt = sent(&mut cymraes, &check, &[]).await;
    assert!(receipt.text().contains("erbyn dydd Mawrth 21 Gorffennaf 2026"), "{}", receipt.text());
    assert!(receipt.body.contains("<strong lang=\"cy\">"), "the title keeps its language");
}

#[tokio::test]
async fn the_form_is_closed_until_its_doors_are_set() {
    let app = TestApp::empty(sqlite().await).await;
    let mut ctx = Ctx::write(&app.env, Actor::Console).await.unwrap();
    let new = NewNode {
        name: "Valley School".to_owned(),
        level: Level::Organisation,
        parent: None,
        is_body: true,
        calendar: None,
        zone: None,
        external_id: None,
    };
    let school = node::found(&mut ctx, new).await.unwrap();
    let person = NewPerson {
        name: Line::parse("Mair Evans").unwrap(),
        mail: Mail::parse("mair@valley.example").unwrap(),
        language: Language::En,
        external_id: None,
    };
    let mair = account::create(&mut ctx, &person).await.unwrap();
    roles::grant(&mut ctx, Role::Head, school, mair).await.unwrap();
    ctx.commit().await.unwrap();
    let page = app.visitor().get(format!("/tell?at={school}")).await;
    assert!(page.text().contains("Ask Mair Evans to set them"), "{}", page.text());
    let refused = checked(&mut app.visitor(), "/tell", &[("where", "valley")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("not open at this place yet"), "{}", refused.text());
}
