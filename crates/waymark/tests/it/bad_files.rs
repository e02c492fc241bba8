//! Bad files on the command line: each is refused in words, with the exit code for it, and nothing of it comes in.

use crate::process::{Folder, said};
use waymark_testkit::TestApp;

/// Words that only our own insides have.
const LEAKS: [&str; 8] =
    ["sqlx", "SQLITE", "panicked", "src/", "Some(", "Err(", "Error {", "stack backtrace"];

#[tokio::test(flavor = "multi_thread")]
async fn each_bad_file_is_refused_in_words_and_nothing_of_it_comes_in() {
    let app = TestApp::new().await;
    let folder = Folder::new("bad-files");
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    let bad: [(&str, &[u8], i32, &str); 12] = [
        ("empty.csv", b"", 1, "The file is empty"),
        ("nul.csv", b"title,problem\na\0b,c\n", 1, "NUL character"),
        ("quote.csv", b"title,problem\n\"a,c\n", 1, "quotation mark opens"),
        ("old.xls", &[0xD0, 0xCF, 0x11, 0xE0], 1, "old (.xls) or a locked"),
        ("broken.xlsx", b"PK\x03\x04 and no more", 1, "workbook"),
        ("half.json", b"[{\"title\": ", 1, "The JSON cannot be read"),
        ("deep.json", deep.as_bytes(), 1, "The JSON cannot be read"),
        ("key.json", br#"[{"ti\u0000tle": "a"}]"#, 1, "NUL character"),
        ("steer.csv", b"title,problem,told-on\nA,B,\x1b[2J\n,B,1\n", 2, "is missing"),
        ("long.csv", "title,problem\n".as_bytes(), 0, "0 of 0 rows"),
        ("html.csv", b"title,problem\n<script>alert(1)</script>,\n", 2, "is missing"),
        ("date.csv", b"title,problem,told-on,state\nA,,31/02/2026,x\n", 2, "0 of 1 rows"),
    ];
    for (name, bytes, code, words) in bad {
        let file = folder.0.join(name);
        std::fs::write(&file, bytes).unwrap();
        let (output, text) = said(app.url(), &["import", "ideas", &file.display().to_string()]);
        assert_eq!(output.status.code(), Some(code), "{name}: {text}");
        assert!(text.contains(words), "{name}: {text}");
        assert!(!text.contains("New: "), "{name}: {text}");
        assert!(!text.contains(|sign: char| sign.is_control() && sign != '\n'), "{name}: {text:?}");
        assert!(LEAKS.iter().all(|leak| !text.contains(leak)), "{name}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_too_large_or_is_not_there_is_said_to_be_so() {
    let app = TestApp::new().await;
    let folder = Folder::new("no-file");
    let large = folder.0.join("large.csv");
    std::fs::File::create(&large).unwrap().set_len(51 * 1024 * 1024).unwrap();
    let none = folder.0.join("none.csv");
    for (file, words) in [(large, "at most"), (none, "none.csv")] {
        let (output, text) = said(app.url(), &["import", "ideas", &file.display().to_string()]);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(text.contains(words), "{text}");
    }
}
