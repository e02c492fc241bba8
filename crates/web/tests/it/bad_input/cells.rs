//! Bad input inside files: each kind in each field of each kind of row, from the file to the report, its faults as CSV,
//! and what came in.

use super::judge::fair as faults;
use super::kinds::Kind as Bad;
use super::scene::{Scene, somebody};
use waymark_app::import::columns::Kind;
use waymark_domain::people::role::Role;
use waymark_testkit::{Client, Page, TestApp};

/// A good row, by field.
fn good(kind: Kind) -> Vec<(&'static str, &'static str)> {
    match kind {
        Kind::Ideas => vec![("title", "Blood bottles"), ("text", "They run out."), ("told-by", "Ada Price")],
        Kind::Problems => vec![("title", "Cold meals"), ("text", "Meals arrive cold.")],
        Kind::Organisations => vec![("name", "Ward 9"), ("level", "team")],
        Kind::People => vec![("name", "Nia Puw"), ("mail", "nia@riverside.example"), ("roles", "member")],
    }
}

/// A JSON list with a row for each field and each value, and how many rows it has.
fn list(kind: Kind, values: &[String]) -> (String, usize) {
    let text = |words: &str| serde_json::to_string(words).expect("a text");
    let mut rows = Vec::new();
    for field in kind.fields() {
        for value in values {
            let id = ("external-id", format!("row-{}", rows.len()));
            let usual = good(kind).into_iter().map(|(name, value)| (name, value.to_owned())).chain([id]);
            let kept = usual.filter(|(name, _)| *name != field.name());
            let cells = kept.chain([(field.name(), value.clone())]);
            let cells: Vec<String> =
                cells.map(|(name, value)| format!("{}:{}", text(name), text(&value))).collect();
            rows.push(format!("{{{}}}", cells.join(",")));
        }
    }
    (format!("[{}]", rows.join(",")), rows.len())
}

async fn upload(client: &mut Client, (kind, node): (Kind, &str), file: (&str, &[u8])) -> Page {
    let start = client.get("/import").await;
    let token = start.form().1.into_iter().find(|(name, _)| name == "token").expect("a token").1;
    let fields = [("token", token.as_str()), ("kind", kind.name()), ("node", node)];
    client.upload("/import", &fields, ("file", file.0, file.1)).await
}

/// Every cell is in quotation marks and none of them is a formula.
fn is_safe(csv: &str) -> bool {
    let starts = csv.split("\r\n").flat_map(|line| line.split(",\"")).skip(1);
    starts.into_iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t']))
}

fn fair(page: &Page, what: &str) {
    let faults = faults(page, what);
    assert!(faults.is_empty(), "{faults:#?}");
}

async fn through(app: &TestApp, kind: Kind) -> usize {
    let riverside = app.world.nodes["riverside"];
    let (account, _) = somebody(app, riverside, &[Role::Finder, Role::Administrator]).await;
    let mut client = Scene::of(app, account, "/import").await.client;
    let node = riverside.to_string();
    // Longer than any text that is taken. A NUL is said of the file.
    let short = |value: String| value.chars().take(6_000).collect();
    let values = Bad::ALL.into_iter().filter(|bad| *bad != Bad::Nul).filter_map(Bad::typed);
    let values: Vec<String> = values.map(short).collect();
    let (json, rows) = list(kind, &values);
    let taken = upload(&mut client, (kind, &node), ("rows.json", json.as_bytes())).await;
    assert_eq!(taken.status, 303, "{kind:?}: {}", taken.text());
    let columns = client.follow(taken).await;
    fair(&columns, "the columns");
    let report = client.submit(&columns, &[]).await;
    let report = client.follow(report).await;
    fair(&report, "the report");
    let (address, _) = report.form();
    let csv = client.get(format!("{address}/faults.csv")).await;
    assert!(is_safe(&csv.body), "{}", csv.body);
    let sent = client.submit(&report, &[("do", "good")]).await;
    let mut result = client.follow(sent).await;
    while result.headers.contains_key("refresh") {
        tokio::task::yield_now().await;
        result = client.get(result.address).await;
    }
    fair(&result, "what came in");
    assert!(!result.text().contains("New 0 "), "{kind:?}: nothing came in: {}", result.text());
    for page in ["/ideas", "/problems", "/work", &format!("/admin/nodes/{node}/people?q=")] {
        fair(&client.get(page).await, page);
    }
    rows
}

#[tokio::test]
async fn bad_cells_are_named_or_come_in_as_text_on_both_engines() {
    for app in TestApp::on_each().await {
        let mut rows = 0;
        for kind in Kind::ALL {
            rows += through(&app, kind).await;
        }
        eprintln!("bad input, cells of files on {:?}: {rows} rows", app.engine());
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_refused_in_words_whatever_is_wrong_with_it() {
    let app = TestApp::new().await;
    let mut fay = app.signed_in("fay").await;
    let node = app.world.nodes["ward4"].to_string();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let inside = format!("[{{\"title\":{}1{}}}]", "[".repeat(100_000), "]".repeat(100_000));
    let bad: [(&str, &[u8]); 8] = [
        ("deep.json", deep.as_bytes()),
        ("inside.json", inside.as_bytes()),
        ("nul.json", br#"[{"title":"a\u0000b","text":"c"}]"#),
        ("key.json", br#"[{"ti\u0000tle":"a","text":"c"}]"#),
        ("half.json", b"[{\"title\":\"\\ud800\"}]"),
        ("marked.csv", b"\xFF\xFE"),
        ("nul.csv", b"title,problem\na,b\0\n"),
        ("../../\0etc\r\npasswd.csv", b""),
    ];
    for (name, bytes) in bad {
        let page = upload(&mut fay, (Kind::Ideas, &node), (name.trim_matches('\0'), bytes)).await;
        fair(&page, name);
        assert!([400, 422].contains(&page.status.as_u16()), "{name}: {} {}", page.status, page.text());
    }
}
