//! Mail over TLS, to a real server: whom it believes, and what happens where it does not.

use crate::jobs::{answered, no, told};
use crate::mail::received;
use chrono::TimeDelta;
use std::path::PathBuf;
use std::sync::Arc;
use waymark_app::jobs::Worker;
use waymark_app::mail::{Letter, Mailer, NewLetter, Post, SendError, Trust};
use waymark_app::people::account::Mail;
use waymark_testkit::TestApp;

/// A value of `scripts/with-smtp`.
fn value(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run `make test`, which starts a mail server"))
}

/// The server where one has to change to TLS, and the one that speaks it at once.
fn servers() -> [String; 2] {
    [value("WAYMARK_TEST_SMTP_STARTTLS"), value("WAYMARK_TEST_SMTP_TLS")]
}

/// The authority that signed their certificate.
fn trust() -> Trust {
    Trust::read(&PathBuf::from(value("WAYMARK_TEST_SMTP_CA"))).unwrap()
}

fn letter(app: &TestApp) -> Letter {
    let to = Mail::parse("ada@arrives.example").unwrap();
    let identity: [u8; 16] = app.env.bytes();
    Letter::new(NewLetter { to: &to, subject: "x", text: "x", identity: &[&identity] }, app.env.now())
}

async fn send(app: &TestApp, post: &Post) -> Result<usize, SendError> {
    let letter = letter(app);
    post.send("waymark@riverside.example", &letter).await?;
    Ok(received(&letter.id).len())
}

#[tokio::test]
async fn mail_goes_over_either_kind_of_tls_with_a_password_and_an_authority_of_ones_own() {
    let app = TestApp::new().await;
    for server in servers() {
        let post = Post::parse(&server, &trust()).unwrap();
        post.check().await.unwrap();
        assert_eq!(send(&app, &post).await.unwrap(), 1, "{server}");
    }
    // As the page of mail has it.
    let setting = &servers()[0];
    let (host, rest) = setting.rsplit_once('@').unwrap().1.split_once(':').unwrap();
    let port = rest.split_once('?').unwrap().0.parse().unwrap();
    let login = ("waymark".to_owned(), "a-password-of-tests".to_owned());
    let by_fields = Post::server((host, port), Some(login), &trust()).unwrap();
    assert_eq!(send(&app, &by_fields).await.unwrap(), 1);
}

#[tokio::test]
async fn a_server_whose_authority_nobody_named_gets_neither_password_nor_mail() {
    let app = TestApp::new().await;
    for server in servers() {
        let post = Post::parse(&server, &Trust::default()).unwrap();
        for error in [post.check().await.unwrap_err(), send(&app, &post).await.unwrap_err()] {
            let SendError::Away(why) = error else { panic!("{error}") };
            assert!(why.contains("certificate") && why.contains("--mail-ca"), "{why}");
        }
    }
}

#[tokio::test]
async fn a_certificate_of_another_name_is_refused() {
    let app = TestApp::new().await;
    let server = servers()[1].replace("@localhost:", "@127.0.0.1:");
    let error = send(&app, &Post::parse(&server, &trust()).unwrap()).await.unwrap_err();
    assert!(matches!(&error, SendError::Away(why) if why.contains("certificate")), "{error}");
}

#[tokio::test]
async fn a_wrong_password_lets_every_mail_wait_and_is_not_repeated() {
    let app = TestApp::new().await;
    for server in servers() {
        let server = server.replace("a-password-of-tests", "hush-hush");
        let post = Post::parse(&server, &trust()).unwrap();
        let error = send(&app, &post).await.unwrap_err();
        assert!(matches!(error, SendError::Away(_)), "{error}");
        assert!(!format!("{error} {error:?} {post:?}").contains("hush"), "{error:?}");
    }
}

#[tokio::test]
async fn mail_waits_until_the_authority_is_named_and_then_goes_once() {
    let mailer = |trust: &Trust| Mailer::fixed(Post::parse(&servers()[0], trust).unwrap());
    let app = TestApp::new().await.with_mail(mailer(&Trust::default()));
    let idea = told(&app, "ada").await;
    answered(&app, ("len", idea.id), &no()).await;
    for _ in 0..12 {
        let ran = Worker::new(Arc::clone(&app.env)).run_due().await.unwrap();
        assert_eq!(ran.failed, 1, "{ran:?}");
        app.advance(TimeDelta::minutes(1));
    }
    let app = app.with_mail(mailer(&trust()));
    app.run_jobs().await;
    assert_eq!(received(idea.told.reference.as_str()).len(), 1);
}

#[test]
fn an_authority_that_is_none_is_said_with_its_file() {
    let folder = std::env::temp_dir().join(format!("waymark-authority-{}", std::process::id()));
    for text in ["not a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        std::fs::write(&folder, text).unwrap();
        let error = Trust::read(&folder).unwrap_err();
        assert!(error.contains("waymark-authority"), "{error}");
    }
    std::fs::remove_file(&folder).unwrap();
    assert!(Trust::read(&folder).unwrap_err().contains("waymark-authority"));
}
