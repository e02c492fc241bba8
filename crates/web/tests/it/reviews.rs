//! A review: whoever brought it asks once that another decider look at the answer.

use crate::walk::{days_pass, told};
use waymark_domain::find::innovation::Innovation;
use waymark_testkit::{Client, TestApp};

const NO: [(&str, &str); 4] = [
    ("reason", "R05"),
    ("words", "The shop shuts early."),
    ("would-change", "A shop that is open."),
    ("sure", "yes"),
];
const WHY: [(&str, &str); 1] = [("why", "The night staff were not asked.")];

/// Ada's idea, answered *no* by Len; gives where it is.
pub(crate) async fn refused(app: &TestApp) -> (Innovation, String) {
    let record = told(app).await;
    let at = format!("/records/{}", record.told.reference);
    answers(&mut app.signed_in("len").await, &at, &NO).await;
    (record, at)
}

pub(crate) async fn answers(client: &mut Client, at: &str, fields: &[(&str, &str)]) {
    let form = client.get(format!("{at}/answer?answer=stop")).await;
    let sent = client.submit(&form, fields).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
}

#[tokio::test]
async fn somebody_else_looks_at_it_by_the_same_page_and_both_answers_stay() {
    for app in TestApp::on_each().await {
        let (_, at) = refused(&app).await;
        let mut ada = app.signed_in("ada").await;
        assert!(ada.get(&at).await.text().contains("Ask that somebody else look at the answer"));
        let form = ada.get(format!("{at}/ask-review")).await;
        let sent = ada.submit(&form, &WHY).await;
        let page = ada.follow(sent).await;
        for words in [
            "You asked that somebody else look at it.",
            "Hana Lewis answers by Tuesday 21 July 2026.",
            "Whoever answered it does not decide it again.",
            "The shop shuts early.",
        ] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        let mut len = app.signed_in("len").await;
        assert_eq!(len.get(format!("{at}/answer")).await.status, 403);
        assert!(!len.get("/work").await.text().contains("A second look"));

        let mut hana = app.signed_in("hana").await;
        let work = hana.get("/work").await;
        assert!(work.text().contains("A second look: whoever brought it asked for it."), "{}", work.text());
        let not_now = hana.get(format!("{at}/answer?answer=go")).await;
        let sent = hana.submit(&not_now, &[("words", "I asked the night staff.")]).await;
        let page = hana.follow(sent).await;
        for words in ["Reviewed by", "The answer before that", "Answered by", "The shop shuts early."] {
            assert!(page.text().contains(words), "{words}: {}", page.text());
        }
        let history = hana.get(format!("{at}/history")).await;
        for line in ["Asked that somebody else look at the answer", "The night staff were not asked."] {
            assert!(history.text().contains(line), "{line}: {}", history.text());
        }
        assert!(history.text().contains("Answered after another look: Try it"), "{}", history.text());
    }
}

#[tokio::test]
async fn it_is_asked_once_and_in_time() {
    let app = TestApp::new().await;
    let (_, at) = refused(&app).await;
    let mut ada = app.signed_in("ada").await;
    let form = ada.get(format!("{at}/ask-review")).await;
    let again = ada.submit(&form, &[("why", " ")]).await;
    assert_eq!(again.status, 422);
    ada.submit(&again, &WHY).await;
    assert_eq!(ada.get(format!("{at}/ask-review")).await.status, 403);
    assert_eq!(ada.post(format!("{at}/ask-review"), &WHY).await.status, 403);

    let (late, at) = refused(&app).await;
    days_pass(&app, &late, 31).await;
    let mut ada = app.signed_in("ada").await;
    assert!(!ada.get(&at).await.text().contains("Ask that somebody else"));
    assert_eq!(ada.post(format!("{at}/ask-review"), &WHY).await.status, 422);
}

#[tokio::test]
async fn where_nobody_else_can_the_head_of_the_whole_looks_and_the_page_says_so() {
    let app = TestApp::new().await;
    let mut ctx = app.write_as("ada").await;
    let typed = crate::walk::typed(&app, ("ada", "root"), None, ("A", "B"));
    let record = waymark_app::find::tell::tell(&mut ctx, &typed).await.unwrap();
    ctx.commit().await.unwrap();
    let at = format!("/records/{}", record.told.reference);
    answers(&mut app.signed_in("rhys").await, &at, &NO).await;
    let mut ada = app.signed_in("ada").await;
    let form = ada.get(format!("{at}/ask-review")).await;
    let sent = ada.submit(&form, &WHY).await;
    let page = ada.follow(sent).await;
    // The finder of the root is somebody else who decides.
    assert!(page.text().contains("Rae Dunn answers by"), "{}", page.text());
    let mut rae = app.signed_in("rae").await;
    let form = rae.get(format!("{at}/interest")).await;
    let sent = rae.submit(&form, &[]).await;
    let page = rae.follow(sent).await;
    assert!(page.text().contains("Rhys Ward answers by"), "{}", page.text());
    assert!(
        page.text().contains("Nobody but whoever answered it, or brought it, can decide here."),
        "{}",
        page.text()
    );
}
