//! What the program says of a mail server that it does not believe, and that it never says a password.

use crate::kill::found;
use crate::process::{Folder, waymark};

/// A value of `scripts/with-smtp`.
fn value(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run `make test`, which starts a mail server"))
}

/// What `doctor` says of mail, with everything that the program wrote.
fn doctor(database: &str, (mail, authority): (&str, Option<&str>)) -> (String, String) {
    let mut command = waymark(database);
    command.args(["doctor", "--mail", mail]).args(authority.map(|file| format!("--mail-ca={file}")));
    let output = command.env("RUST_LOG", "trace").output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    let line = text.lines().find(|line| line.contains("  mail  ")).unwrap_or_else(|| panic!("{text}"));
    let line = line.to_owned();
    (line, text)
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_names_an_authority_that_is_missing_and_a_password_that_is_wrong_and_says_none() {
    let folder = Folder::new("doctor-mail");
    let database = folder.sqlite("waymark.db");
    found(&database).await;
    let authority = value("WAYMARK_TEST_SMTP_CA");
    for server in [value("WAYMARK_TEST_SMTP_STARTTLS"), value("WAYMARK_TEST_SMTP_TLS")] {
        let (line, text) = doctor(&database, (&server, Some(&authority)));
        assert!(line.starts_with("well"), "{text}");
        let (line, unknown) = doctor(&database, (&server, None));
        assert!(line.starts_with("ILL") && line.contains("--mail-ca"), "{unknown}");
        let (line, wrong) =
            doctor(&database, (&server.replace("a-password", "b-password"), Some(&authority)));
        assert!(line.starts_with("ILL") && line.contains("535"), "{wrong}");
        for text in [text, unknown, wrong] {
            assert!(!text.contains("password-of-tests"), "{text}");
        }
    }
    let missing = waymark(&database).args(["doctor", "--mail-ca", "/nowhere.pem"]).output().unwrap();
    assert!(String::from_utf8_lossy(&missing.stderr).contains("/nowhere.pem"));
}
