//! A file comes in by pages alone: chosen, matched, judged, brought in; and every bad file says what is wrong with it.

use std::fmt::Write as _;
use std::path::Path;
use waymark_app::routes::Route;
use waymark_testkit::{Client, Page, TestApp};

async fn upload(
    app: &TestApp,
    client: &mut Client,
    (kind, place): (&str, &str),
    (name, bytes): (&str, &[u8]),
) -> Page {
    let start = client.get(Route::Import).await;
    let (_, fields) = start.form();
    let token = fields.iter().find(|(name, _)| name == "token").expect("a token").1.clone();
    let node = app.world.nodes[place].0.to_string();
    let fields = [("token", token.as_str()), ("kind", kind), ("node", node.as_str())];
    client.upload(Route::Import, &fields, ("file", name, bytes)).await
}

/// From the file to its report, with the columns as they were proposed.
async fn report(app: &TestApp, client: &mut Client, what: (&str, &str), file: (&str, &[u8])) -> Page {
    let taken = upload(app, client, what, file).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let columns = client.follow(taken).await;
    let sent = client.submit(&columns, &[]).await;
    client.follow(sent).await
}

fn feed(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/challenges");
    std::fs::read(folder.join(name)).expect("the shared data beside the repository")
}

#[tokio::test]
async fn all_318_challenges_come_in_by_pages_and_again_change_nothing() {
    for app in TestApp::on_each().await {
        let mut fay = app.signed_in("fay").await;
        for (again, said) in [(false, "New 289"), (true, "New 0 Changed 0 As before 289")] {
            let closed = feed("feed-closed.json");
            let page = report(&app, &mut fay, ("problems", "riverside"), ("closed.json", &closed)).await;
            assert!(page.text().contains("289 of 289 rows can come in"), "{}", page.text());
            assert_eq!(page.text().contains("came in before"), again);
            let done = fay.submit(&page, &[("do", "all")]).await;
            let result = fay.follow(done).await;
            assert!(result.text().contains(said), "{:?}: {}", app.engine(), result.text());
        }
        let open = feed("feed-open.json");
        let page = report(&app, &mut fay, ("problems", "riverside"), ("open.json", &open)).await;
        assert!(page.text().contains("29 of 29 rows can come in"), "{}", page.text());
        let done = fay.submit(&page, &[("do", "all")]).await;
        assert!(fay.follow(done).await.text().contains("New 29 "));
    }
}

#[tokio::test]
async fn beyond_so_many_files_at_once_one_is_told_to_send_it_again_and_what_was_chosen_stays() {
    for app in TestApp::on_each().await {
        let mut fay = app.signed_in("fay").await;
        let all: Vec<_> = std::iter::from_fn(|| app.env.files.take()).collect();
        let many = all.len();
        let busy = upload(&app, &mut fay, ("ideas", "riverside"), ("ideas.csv", LIST)).await;
        assert_eq!(busy.status, 503, "{}", busy.text());
        assert!(busy.headers.contains_key("retry-after"));
        assert!(busy.text().contains("several others are being read just now"), "{}", busy.text());
        assert!(busy.form().1.contains(&("kind".to_owned(), "ideas".to_owned())), "{}", busy.body);
        drop(all);
        let taken = upload(&app, &mut fay, ("ideas", "riverside"), ("ideas.csv", LIST)).await;
        assert_eq!(taken.status, 303, "{:?}: {}", app.engine(), taken.text());
        let all: Vec<_> = std::iter::from_fn(|| app.env.files.take()).collect();
        assert_eq!(all.len(), many, "its turn was given back");
    }
}

const LIST: &[u8] = b"id,title,problem\n1,=HYPERLINK(1),What\n2,,No title\n3,Fine,Good\n";

#[tokio::test]
async fn faults_are_named_by_row_and_column_and_the_good_rows_come_in() {
    let app = TestApp::new().await;
    let mut fay = app.signed_in("fay").await;
    let page = report(&app, &mut fay, ("ideas", "ward4"), ("list.csv", LIST)).await;
    let said = page.text();
    assert!(said.contains("2 of 3 rows can come in"), "{said}");
    assert!(said.contains("3 title “Title” is missing Fill it in, or remove the row."), "{said}");
    assert!(!page.body.contains("value=\"all\""), "not all can come in");
    let (address, _) = page.form();
    let csv = fay.get(format!("{address}/faults.csv")).await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert!(csv.body.contains("3,\"title\",\"“Title” is missing\""), "{}", csv.body);
    let refused = fay.submit(&page, &[("do", "all")]).await;
    assert_eq!((refused.status.as_u16(), refused.text().contains("rows with faults")), (422, true));
    let done = fay.submit(&refused, &[("do", "good")]).await;
    let result = fay.follow(done).await;
    assert!(result.text().contains("New 2") && result.text().contains("Left out 1"), "{}", result.text());
    assert!(result.text().contains("=HYPERLINK(1)"), "the first are named: {}", result.text());
    let welsh = fay.get(format!("{address}?lang=cy")).await;
    assert!(welsh.text().contains("Mae i mewn"), "{}", welsh.text());
}

#[tokio::test]
async fn a_file_with_many_rows_comes_in_beside_its_page() {
    let app = TestApp::new().await;
    let mut fay = app.signed_in("fay").await;
    let mut list = "id,title,problem\n".to_owned();
    for number in 0..400 {
        writeln!(list, "{number},Title {number},Problem {number}").expect("a line");
    }
    let page = report(&app, &mut fay, ("ideas", "ward4"), ("long.csv", list.as_bytes())).await;
    let done = fay.submit(&page, &[("do", "all")]).await;
    let mut shown = fay.follow(done).await;
    let mut looks = 0;
    while shown.text().contains("coming in") {
        assert_eq!(shown.headers["refresh"], "3");
        tokio::task::yield_now().await;
        shown = fay.get(shown.address).await;
        looks += 1;
        assert!(looks < 100_000, "it never came in");
    }
    assert!(shown.text().contains("New 400"), "{}", shown.text());
    app.advance(chrono::TimeDelta::minutes(3));
    app.run_jobs().await;
    assert!(fay.get(shown.address).await.text().contains("New 400"));
}

fn packed(bytes: usize) -> Vec<u8> {
    // The head of a packed file alone, as a broken download leaves it.
    let mut file = b"PK\x03\x04".to_vec();
    file.resize(bytes, 0);
    file
}

#[tokio::test]
async fn each_bad_file_says_what_is_wrong_with_it_and_what_was_chosen_stays() {
    let app = TestApp::new().await;
    let mut fay = app.signed_in("fay").await;
    let long_cell = format!("title,problem\na,{}\n", "x".repeat(100_001));
    let wide = format!("{}\n", vec!["a"; 201].join(","));
    let bad: [(&str, &[u8], &str); 13] = [
        ("empty.csv", b"", "The file is empty"),
        ("spaces.csv", b" \n \n", "The file is empty"),
        ("nul.csv", b"title,problem\na\0b,c\n", "NUL character"),
        ("quote.csv", b"title,problem\n\"a,c\n", "quotation mark opens"),
        ("old.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0, 0], "old (.xls) or a locked"),
        ("locked.xlsx", &[0xD0, 0xCF, 0x11, 0xE0, 1, 1], "old (.xls) or a locked"),
        ("broken.xlsx", &packed(100), "workbook"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "NUL character"),
        ("bad.json", b"[{\"title\": ", "The JSON cannot be read"),
        ("nothing.json", b"{\"a\": 1}", "no list of objects"),
        ("numbers.json", b"[1, 2]", "is not an object"),
        ("long.csv", long_cell.as_bytes(), "at most 100000 are read"),
        ("wide.csv", wide.as_bytes(), "more than 200 columns"),
    ];
    for (name, bytes, said) in bad {
        let page = upload(&app, &mut fay, ("ideas", "ward4"), (name, bytes)).await;
        assert_eq!(page.status, 422, "{name}: {}", page.text());
        assert!(page.text().contains(said), "{name}: {}", page.text());
        let (_, fields) = page.form();
        let node = app.world.nodes["ward4"].0.to_string();
        assert!(fields.contains(&("kind".to_owned(), "ideas".to_owned())), "{name}");
        assert!(fields.contains(&("node".to_owned(), node)), "{name}");
    }
}

#[tokio::test]
async fn a_file_of_more_than_fifty_megabytes_gets_a_page_that_says_so() {
    let app = TestApp::new().await;
    let mut fay = app.signed_in("fay").await;
    let large = vec![b'a'; 51 * 1024 * 1024];
    let page = upload(&app, &mut fay, ("ideas", "ward4"), ("large.csv", &large)).await;
    assert_eq!(page.status, 413);
    assert!(page.text().contains("A file can have at most 50 MB"), "{}", page.text());
}

#[tokio::test]
async fn files_in_other_letters_and_under_a_wrong_name_come_in_all_the_same() {
    let app = TestApp::new().await;
    let mut fay = app.signed_in("fay").await;
    let text = "title,problem\nŴyn,Llŷn\n";
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let page = report(&app, &mut fay, ("ideas", "ward4"), ("utf16.csv", &utf16)).await;
    assert!(page.text().contains("1 of 1 rows can come in"), "{}", page.text());
    let json = br#"[{"title":"A","problem":"B"}]"#;
    let page = report(&app, &mut fay, ("ideas", "ward4"), ("wrong.xlsx", json)).await;
    assert!(page.text().contains("1 of 1 rows can come in"), "{}", page.text());
    let western = b"title,problem\nCaf\xE9,B\n";
    let page = report(&app, &mut fay, ("ideas", "ward4"), ("western.csv", western)).await;
    assert!(page.text().contains("Windows-1252"), "{}", page.text());
}

#[tokio::test]
async fn a_column_serves_one_field_and_a_needed_one_must_be_chosen() {
    let app = TestApp::new().await;
    let mut fay = app.signed_in("fay").await;
    let taken = upload(&app, &mut fay, ("ideas", "ward4"), ("list.csv", LIST)).await;
    let columns = fay.follow(taken).await;
    assert!(columns.text().contains("For example: =HYPERLINK(1)"), "{}", columns.text());
    let twice = fay.submit(&columns, &[("solution", "1")]).await;
    assert_eq!(
        (twice.status.as_u16(), twice.text().contains("is chosen twice")),
        (422, true),
        "{}",
        twice.text()
    );
    let none = fay.submit(&columns, &[("text", "none")]).await;
    let page = fay.follow(none).await;
    assert!(page.text().contains("No column holds “Problem”"), "{}", page.text());
    assert!(!page.body.contains("value=\"good\""), "nothing can come in");
    let thrown = fay.submit(&page, &[("do", "throw")]).await;
    assert!(fay.follow(thrown).await.text().contains("Nothing of list.csv came in"));
}

#[tokio::test]
async fn who_may_bring_nothing_in_is_told_so_and_sees_no_file_of_others() {
    let app = TestApp::new().await;
    let mut fay = app.signed_in("fay").await;
    let page = report(&app, &mut fay, ("ideas", "ward4"), ("list.csv", LIST)).await;
    let (address, _) = page.form();
    for name in ["ada", "ivo", "ann"] {
        assert_eq!(app.signed_in(name).await.get(&address).await.status, 404, "{name}");
    }
    let ada = app.signed_in("ada").await.get(Route::Import).await;
    assert!(ada.text().contains("You cannot bring anything in"), "{}", ada.text());
    assert_eq!(app.visitor().get(&address).await.status, 303);
    let node = app.world.nodes["ward4"].0.to_string();
    let fields = [("kind", "people"), ("node", node.as_str())];
    let refused = fay.upload(Route::Import, &fields, ("file", "x.csv", b"name,mail\nA,a@b.example\n")).await;
    assert_eq!((refused.status.as_u16(), refused.text().contains("Choose another place")), (422, true));
    let missing = fay.upload(Route::Import, &[], ("file", "", b"")).await;
    for said in ["Choose what is in the file", "Choose where it goes", "Choose a file"] {
        assert!(missing.text().contains(said), "{}", missing.text());
    }
}

#[tokio::test]
async fn sending_the_same_form_twice_keeps_one_file() {
    let app = TestApp::new().await;
    let mut fay = app.signed_in("fay").await;
    let start = fay.get(Route::Import).await;
    let token = start.form().1.into_iter().find(|(name, _)| name == "token").expect("a token").1;
    let node = app.world.nodes["ward4"].0.to_string();
    let fields = [("token", token.as_str()), ("kind", "ideas"), ("node", node.as_str())];
    let first = fay.upload(Route::Import, &fields, ("file", "list.csv", LIST)).await;
    let second = fay.upload(Route::Import, &fields, ("file", "list.csv", LIST)).await;
    assert_eq!(first.location(), second.location());
}
