//! A file on its way in, killed: nothing of it is seen, and brought in again it is there once.

use crate::kill::{found, kept};
use crate::process::{Folder, Killed, assert_sound, said, waymark};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use waymark_testkit::postgres;

/// How many ideas: enough that writing them takes longer than until the program first says how far it is.
const ROWS: usize = 3_000;

/// A file of ideas in a folder.
fn file(folder: &Folder) -> String {
    let mut text = "id,title,problem,solution,told by,told on,state,answer,answered on\n".to_owned();
    for number in 0..ROWS {
        let rest = "Order more,Jo Bell,2020-01-02,kept,We did it,2020-02-03";
        writeln!(text, "{number},Idea {number},We ran out of number {number},{rest}").unwrap();
    }
    let file = folder.0.join("ideas.csv");
    std::fs::write(&file, text).unwrap();
    file.display().to_string()
}

/// Brings it in until rows are written, then kills the program.
fn killed_while_writing(database: &str, file: &str) {
    let mut command = waymark(database);
    command.args(["import", "ideas", file]).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut process = Killed(command.spawn().unwrap());
    let lines = BufReader::new(process.0.stderr.take().unwrap()).lines().map_while(Result::ok);
    let mut written = lines.filter_map(|line| line.split_once(" of ")?.0.parse::<usize>().ok());
    let first = written.find(|rows| *rows > 0);
    assert!(first.is_some_and(|rows| rows < ROWS), "{first:?}");
}

async fn comes_in_once(database: &str) {
    let folder =
        Folder::new(if database.starts_with("sqlite") { "import-sqlite" } else { "import-postgres" });
    let file = file(&folder);
    for _ in 0..2 {
        killed_while_writing(database, &file);
        assert!(kept(database).await.0.is_empty(), "nothing is seen before the last row");
    }
    let (output, text) = said(database, &["import", "ideas", &file]);
    assert!(output.status.success() && text.contains(&format!("New: {ROWS}.")), "{text}");
    assert_eq!(kept(database).await.0.len(), ROWS);
    let (_, text) = said(database, &["import", "ideas", &file]);
    assert!(text.contains(&format!("New: 0. Changed: 0. As before: {ROWS}.")), "{text}");
    assert_sound(database);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_comes_in_once_on_sqlite() {
    let folder = Folder::new("import");
    let database = folder.sqlite("waymark.db");
    found(&database).await;
    comes_in_once(&database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_comes_in_once_on_postgres() {
    let database = postgres().await;
    found(&database.url).await;
    comes_in_once(&database.url).await;
}
