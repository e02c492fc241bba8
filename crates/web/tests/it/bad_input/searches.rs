//! What is searched and filtered by: the fields of forms that only ask, and whatever else may stand in an address.

use super::judge::{fair, holds};
use super::kinds::Kind;
use crate::walk::told;
use scraper::{Html, Selector};
use waymark_app::routes::ALL;
use waymark_testkit::{Client, Page, TestApp};
use waymark_web::failure::urlencoded;

/// Names that pages read from their address.
const NAMES: [&str; 23] = [
    "q", "page", "place", "stage", "late", "body", "after", "where", "at", "answers", "back", "mail", "done",
    "added", "answer", "meeting", "chosen", "kind", "node", "lang", "from", "to", "door",
];

/// The address of each page, for an administrator who is signed in.
async fn addresses(app: &TestApp) -> Vec<String> {
    let reference = told(app).await.told.reference.to_string();
    let fields = [
        ("{node}", app.world.nodes["riverside"].to_string()),
        ("{reference}", reference),
        ("{account}", app.person("una").to_string()),
        ("{act}", "news".to_owned()),
        ("{step}", "body".to_owned()),
        ("{secret}", "0".repeat(64)),
    ];
    let nil = uuid::Uuid::nil().to_string();
    let pages = ALL.iter().filter(|known| !known.is_act && !known.pattern.starts_with("/health"));
    pages
        .map(|known| {
            let path =
                fields.iter().fold(known.pattern.to_owned(), |path, (name, id)| path.replace(name, id));
            let is_open = |part: &str| part.starts_with('{');
            let parts = path.split('/').map(|part| if is_open(part) { nil.as_str() } else { part });
            parts.collect::<Vec<_>>().join("/")
        })
        .collect()
}

/// The fields of the forms of a page that only ask.
fn asked_by(page: &Page) -> Vec<String> {
    let html = Html::parse_document(&page.body);
    let forms = "main form[method=get] input[name], main form[method=get] select[name]";
    let forms = Selector::parse(forms).expect("a selector");
    html.select(&forms).filter_map(|field| field.attr("name").map(str::to_owned)).collect()
}

async fn ask(client: &mut Client, address: &str) -> Vec<String> {
    let page = client.get(address).await;
    if page.headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        fair(&page, address)
    } else {
        let words = || format!("{address}: {} {}", page.status, page.body);
        holds(page.status.is_redirection() || is_file(&page, address), words).into_iter().collect()
    }
}

/// Is it the file that the address names?
fn is_file(page: &Page, address: &str) -> bool {
    let kinds = [(".csv", "text/csv"), (".json", "application/json"), (".atom", "application/atom+xml")];
    let path = address.split('?').next().unwrap_or_default();
    let kind = page.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    page.status.is_success()
        && kinds.iter().any(|(ending, own)| path.ends_with(ending) && kind.starts_with(own))
}

#[tokio::test]
async fn whatever_stands_in_an_address_is_answered_with_a_page_or_its_file_on_both_engines() {
    for app in TestApp::on_each().await {
        let (mut asked, mut faults) = (0, Vec::new());
        for person in ["ann", "fay"] {
            let mut client = app.signed_in(person).await;
            for address in addresses(&app).await {
                let page = client.get(&address).await;
                let own = if page.status.is_success() { asked_by(&page) } else { Vec::new() };
                for value in Kind::ALL.into_iter().filter_map(Kind::typed) {
                    // No address is longer than browsers and proxies let through.
                    let value = urlencoded(&value.chars().take(1_500).collect::<String>());
                    let together: Vec<String> = NAMES.iter().map(|name| format!("{name}={value}")).collect();
                    let alone = own.iter().map(|name| format!("{name}={value}"));
                    for query in alone.chain([together.join("&")]) {
                        faults.extend(ask(&mut client, &format!("{address}?{query}")).await);
                        asked += 1;
                    }
                }
                for broken in ["%FF", "%zz", "100%", "%00"] {
                    let query = format!("q={broken}&where={broken}&after={broken}");
                    faults.extend(ask(&mut client, &format!("{address}?{query}")).await);
                    asked += 1;
                }
            }
        }
        assert!(faults.is_empty(), "{:?}: {} faults: {faults:#?}", app.engine(), faults.len());
        eprintln!("bad input, addresses on {:?}: {asked} requests", app.engine());
        assert!(asked > 500, "{asked}");
    }
}
