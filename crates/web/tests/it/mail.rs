//! Mail over a real server, which may be away.

use crate::jobs::{answered, no, told};
use chrono::TimeDelta;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use waymark_app::jobs::Worker;
use waymark_app::mail::{Letter, Mailer, NewLetter, Post, Trust};
use waymark_app::people::account::Mail;
use waymark_testkit::TestApp;

/// The address of a mail server for tests, and the folder into which it writes what it gets; see `scripts/with-smtp`.
pub fn server() -> (String, PathBuf) {
    let url = std::env::var("WAYMARK_TEST_SMTP");
    let folder = std::env::var("WAYMARK_TEST_SMTP_FOLDER");
    match (url, folder) {
        (Ok(url), Ok(folder)) => (url, folder.into()),
        _ => {
            panic!("WAYMARK_TEST_SMTP is not set: run `make test`, which starts a mail server for the tests")
        }
    }
}

/// What the server got with a text in it.
pub fn received(part: &str) -> Vec<String> {
    let files = std::fs::read_dir(server().1).unwrap();
    let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    texts.filter(|text| text.contains(part)).collect()
}

#[tokio::test]
async fn a_mail_arrives_at_a_real_server_as_it_was_written() {
    let app = TestApp::new().await;
    let to = Mail::parse("ada@arrives.example").unwrap();
    let identity: [u8; 16] = app.env.bytes();
    let (subject, text) = ("Ateb i’ch syniad\r\nBcc: eve@arrives.example", "Tŷ newydd.\n.\nAfter a dot.");
    let new = NewLetter { to: &to, subject, text, identity: &[&identity] };
    let letter = Letter::new(new, app.env.now());
    let post = Post::parse(&server().0, &Trust::default()).unwrap();
    post.send("waymark@riverside.example", &letter).await.unwrap();
    let got = received(&letter.id);
    assert_eq!(got.len(), 1);
    assert!(got[0].contains("X-RcptTo: ada@arrives.example\n"), "{}", got[0]);
    assert!(got[0].contains("Message-ID: <"), "{}", got[0]);
    assert!(!got[0].lines().any(|line| line.to_lowercase().starts_with("bcc:")), "{}", got[0]);
    assert!(got[0].contains("After a dot."), "{}", got[0]);
}

#[tokio::test]
async fn a_server_that_refuses_an_address_is_no_server_that_is_away() {
    let app = TestApp::new().await;
    let to = Mail::parse("refused@arrives.example").unwrap();
    let letter =
        Letter::new(NewLetter { to: &to, subject: "x", text: "x", identity: &[b"r"] }, app.env.now());
    let post = Post::parse(&server().0, &Trust::default()).unwrap();
    let error = post.send("waymark@riverside.example", &letter).await.unwrap_err();
    assert!(matches!(error, waymark_app::mail::SendError::Refused(_)), "{error}");
}

/// A door in front of the mail server that can be shut.
pub async fn door(open: tokio::sync::watch::Receiver<bool>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let target = server().0.trim_start_matches("smtp://").to_owned();
    tokio::spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            if *open.borrow() {
                let mut to = TcpStream::connect(&target).await.unwrap();
                tokio::spawn(async move { drop(copy_bidirectional(&mut from, &mut to).await) });
            } else {
                // Shut down in the middle of its greeting.
                let _ = from.write_all(b"2").await;
                let _ = from.shutdown().await;
                let _ = from.read(&mut [0; 8]).await;
            }
        }
    });
    port
}

#[tokio::test]
async fn mail_waits_while_its_server_is_away_and_goes_when_it_is_back() {
    let (shut, is_open) = tokio::sync::watch::channel(false);
    let port = door(is_open).await;
    let mailer = Mailer::fixed(Post::parse(&format!("smtp://127.0.0.1:{port}"), &Trust::default()).unwrap());
    let app = TestApp::new().await.with_mail(mailer);
    let idea = told(&app, "ada").await;
    answered(&app, ("len", idea.id), &no()).await;
    let worker = Worker::new(Arc::clone(&app.env));
    for _ in 0..15 {
        let ran = worker.run_due().await.unwrap();
        assert_eq!(ran.failed, 1, "{ran:?}");
        app.advance(TimeDelta::minutes(1));
    }
    let reference = idea.told.reference.as_str();
    assert!(received(reference).is_empty());
    shut.send(true).unwrap();
    app.advance(TimeDelta::minutes(1));
    assert_eq!(app.run_jobs().await, 1);
    assert_eq!(received(reference).len(), 1);
}

#[tokio::test]
async fn mail_is_written_to_files_where_the_administrator_named_no_server() {
    let app = TestApp::new().await.with_mail(Mailer::default());
    let idea = told(&app, "ada").await;
    answered(&app, ("len", idea.id), &no()).await;
    app.run_jobs().await;
    let folder = app.env.db.file().unwrap().parent().unwrap().join("mails");
    let files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1);
    assert!(std::fs::read_to_string(&files[0]).unwrap().contains("To: ada@riverside.example"));
}
