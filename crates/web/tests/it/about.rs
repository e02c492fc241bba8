//! What anybody may read about the service itself.

use waymark_app::jobs::retention::PERIODS;
use waymark_testkit::TestApp;

#[tokio::test]
async fn the_privacy_page_says_how_long_everything_is_kept_that_goes_by_itself() {
    let app = TestApp::new().await;
    let page = app.visitor().get("/privacy").await;
    assert!(page.text().contains("runs this service and is responsible"), "{}", page.text());
    assert!(page.text().contains("complain: complaint@riverside.example"), "{}", page.text());
    for period in PERIODS {
        let days = period.usual;
        let said = match days {
            0 => "Goes the night after".to_owned(),
            1 => " 1 day".to_owned(),
            days => format!(" {days} days"),
        };
        assert!(page.text().contains(&said), "{period:?}: {}", page.text());
    }
    assert_eq!(page.body.matches("<tr").count(), PERIODS.len() + 1);
    assert!(app.visitor().get("/privacy?lang=cy").await.text().contains("Preifatrwydd"));
}

#[tokio::test]
async fn every_page_leads_to_both_in_its_footer_in_both_languages() {
    let app = TestApp::new().await;
    let mut ada = app.signed_in("ada").await;
    for address in ["/", "/work", "/ideas", "/tell", "/nowhere"] {
        let page = ada.get(address).await;
        for link in ["href=\"/privacy\"", "href=\"/accessibility\"", "href=\"/complaint\""] {
            assert!(page.body.contains(link), "{address}: {link}");
        }
    }
    assert!(ada.get("/accessibility").await.text().contains("in part, because of what we do not know yet"));
    assert!(ada.get("/accessibility?lang=cy").await.text().contains("yn rhannol"));
}
