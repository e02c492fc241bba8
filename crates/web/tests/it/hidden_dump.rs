//! Whoever has everything (the database, its back-up, the mails, the logs) finds nothing that joins an account with what
//! was told there with a hidden name.

use crate::capture::sent;
use crate::hidden::{NOT_NOW, back, openers, record_of, told};
use crate::jobs::{answered, no, told as told_openly};
use crate::public::judged;
use chrono::TimeDelta;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;
use uuid::Uuid;
use waymark_app::mail::Letter;
use waymark_store::{Db, Engine, Options, backup};
use waymark_testkit::dump::{DumpRow, Held, dump};
use waymark_testkit::{Client, TestApp};

/// Everything that could join two rows: ids, digests, addresses, tokens, times to the microsecond.
fn telling(row: &DumpRow) -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    for value in &row.values {
        match value {
            Held::Bytes(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => told.extend(parts(text)),
                Err(_) => {
                    told.insert(hex(bytes));
                }
            },
            // Seconds, minutes and days do not join; microseconds that are no whole hour do.
            Held::Number(number) if *number > 1_000_000_000_000 && number % 3_600_000_000 != 0 => {
                told.insert(number.to_string());
            }
            Held::Number(_) => {}
        }
    }
    told
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The parts of a text that name something: ids without hyphens, addresses, long words of digits and letters.
fn parts(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || "-@._:".contains(c)));
    let plain = words.map(|word| word.replace('-', "").to_lowercase());
    plain.filter(|word| word.len() >= 16 || word.contains('@')).collect()
}

/// All that the rows with a value in them tell.
fn closure(rows: &[(String, BTreeSet<String>)], value: &str) -> BTreeSet<String> {
    let own = rows.iter().filter(|(_, told)| told.contains(value));
    own.flat_map(|(_, told)| told.iter().cloned()).collect()
}

/// What was hidden: the record, its reference and its code.
struct Hidden {
    id: Uuid,
    reference: String,
    code: String,
}

fn plain(id: Uuid) -> String {
    id.simple().to_string()
}

/// Somebody hides a name, writes news with the code, is asked, replies, gets an answer and judges it.
async fn hidden(app: &TestApp) -> Hidden {
    openers(app).await;
    app.advance(TimeDelta::seconds(1_234));
    let mut ada = app.signed_in("ada").await;
    app.advance(TimeDelta::seconds(77));
    let (receipt, code) = told(&mut ada, &[]).await;
    app.run_jobs().await;
    // Long enough for a mail of the day.
    app.advance(TimeDelta::hours(26));
    app.run_jobs().await;
    let record = record_of(&receipt);
    app.advance(TimeDelta::seconds(999));
    let (mut phone, _) = back(app, &code).await;
    let news = phone.get(format!("{record}/news")).await;
    sent(&mut phone, &news, &[("news", "Still so.")]).await;
    talked(app, (&mut phone, &record)).await;
    app.run_jobs().await;
    let reference = record.rsplit('/').next().expect("a reference").to_owned();
    let mut tx = app.env.db.read().await.expect("a database");
    let id = waymark_store::find::sent::of_reference(&mut tx, &reference).await;
    Hidden { id: id.expect("a read").expect("a record"), reference, code }
}

/// Fay asks and answers; whoever has the code replies and says whether it was an answer.
async fn talked(app: &TestApp, (phone, record): (&mut Client, &str)) {
    let mut fay = app.signed_in("fay").await;
    let ask = fay.get(format!("{record}/ask")).await;
    sent(&mut fay, &ask, &[("question", "Which day is it?")]).await;
    app.advance(TimeDelta::seconds(555));
    let reply = phone.get(format!("{record}/reply")).await;
    sent(phone, &reply, &[("reply", "On Sundays.")]).await;
    app.advance(TimeDelta::seconds(333));
    let answer = fay.get(format!("{record}/answer?answer=not-now")).await;
    sent(&mut fay, &answer, &NOT_NOW).await;
    app.run_jobs().await;
    app.advance(TimeDelta::seconds(111));
    let page = phone.get(record).await;
    assert!(page.text().contains("Not before May."), "{}", page.text());
    judged(phone, &page).await;
}

/// Says that no value occurs both among the rows of the account and those of the record.
fn assert_apart(app: &TestApp, rows: &[DumpRow], hidden: &Hidden) {
    let rows: Vec<_> = rows.iter().map(|row| (row.table.clone(), telling(row))).collect();
    let own = closure(&rows, &plain(app.person("ada").0));
    let its = closure(&rows, &plain(hidden.id));
    assert!(own.len() > 5 && its.len() > 20, "{} and {}", own.len(), its.len());
    let nodes: BTreeSet<String> = app.world.nodes.values().map(|node| plain(node.0)).collect();
    let both: Vec<&String> = own.intersection(&its).filter(|value| !nodes.contains(*value)).collect();
    assert!(both.is_empty(), "{both:?}");
    // The code and her name are in no row of the record, and her address in none but her own.
    assert!(!its.contains(&hidden.code.replace('-', "").to_lowercase()));
    let hers = rows.iter().filter(|(_, told)| told.contains("ada@riverside.example"));
    let hers: BTreeSet<&str> = hers.map(|(table, _)| table.as_str()).collect();
    assert!(hers.iter().all(|table| ["account", "account_word", "ticket"].contains(table)), "{hers:?}");
}

#[tokio::test]
async fn nothing_joins_the_account_and_the_record_in_the_database_and_its_back_up() {
    for app in TestApp::on_each().await {
        let hidden = hidden(&app).await;
        assert_apart(&app, &dump(&app.env.db).await, &hidden);
        // PostgreSQL's own tool writes the same rows.
        if app.engine() == Engine::Sqlite {
            let file = std::env::temp_dir().join(format!("waymark-hidden-{}.db", std::process::id()));
            backup::backup(&app.env.db, &file).await.expect("a back-up");
            let copy = Db::open(&format!("sqlite:{}", file.display()), Options::default())
                .await
                .expect("the back-up");
            assert_apart(&app, &dump(&copy).await, &hidden);
            let bytes = std::fs::read(&file).expect("the file");
            let code = hidden.code.replace('-', "");
            for secret in [&hidden.code, &code] {
                assert!(!bytes.windows(secret.len()).any(|held| held == secret.as_bytes()), "the code");
            }
            std::fs::remove_file(&file).expect("the file");
        }
    }
}

#[tokio::test]
async fn no_mail_to_whoever_told_it_speaks_of_it_and_no_other_of_them() {
    for app in TestApp::on_each().await {
        let open = told_openly(&app, "ada").await;
        answered(&app, ("len", open.id), &no()).await;
        let hidden = hidden(&app).await;
        app.advance(TimeDelta::days(8));
        app.run_jobs().await;
        let (hers, others): (Vec<Letter>, Vec<Letter>) =
            app.mails().into_iter().partition(|mail| mail.to == "ada@riverside.example");
        assert!(!hers.is_empty(), "she hears of what she told openly");
        let speaks = |mail: &Letter, of: &str| format!("{}\n{}", mail.subject, mail.text).contains(of);
        assert!(hers.iter().all(|mail| !speaks(mail, &hidden.reference)), "{hers:#?}");
        let of_it: Vec<&Letter> = others.iter().filter(|mail| speaks(mail, &hidden.reference)).collect();
        assert!(!of_it.is_empty(), "whoever answers hears of it");
        assert!(of_it.iter().all(|mail| !speaks(mail, "Ada") && !speaks(mail, "ada@")), "{of_it:#?}");
        assert!(
            hers.iter().chain(&others).all(|mail| !speaks(mail, &hidden.code)),
            "the code goes by no mail"
        );
        let ids: BTreeSet<&str> = hers.iter().map(|mail| mail.id.as_str()).collect();
        assert!(of_it.iter().all(|mail| !ids.contains(mail.id.as_str())));
    }
}

/// What was logged.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Its lines so far.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("the log").clone()).expect("text")
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn no_log_names_either() {
    let log = Log::default();
    // With one subscriber alone, what another test's thread logs first would be switched off for this one, too.
    let second = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(io::sink);
    let _second = tracing::Dispatch::new(second.finish());
    let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(log.clone());
    let _logging = tracing::subscriber::set_default(lines.finish());
    let app = TestApp::new().await;
    let hidden = hidden(&app).await;
    let told = log.text();
    assert!(told.contains("waymark::request") && told.contains("/come-back"), "requests are logged: {told}");
    let (id, short) = (hidden.id.to_string(), plain(hidden.id));
    let ada = app.person("ada").0.to_string();
    let secrets = [id.as_str(), &short, &hidden.reference, &hidden.code, &ada, "ada@", "Ada Price"];
    for secret in secrets {
        assert!(!told.contains(secret), "{secret}");
    }
}
