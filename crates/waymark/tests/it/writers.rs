//! Sixteen people who tell one idea after the other through the form. What was not answered they send again, as a person
//! does who presses the button once more.

use crate::browser::Browser;
use crate::kill::open;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use waymark_app::Env;
use waymark_domain::ids::AccountId;
use waymark_store::people::accounts;
use waymark_testkit::Page;

/// How many write at the same time.
const WRITERS: usize = 16;
/// Members of four wards, by the first part of their mail.
const MEMBERS: [&str; 4] = ["ada", "bea", "cai", "olu"];
/// For how long one and the same form is sent again.
const PERSEVERANCE: Duration = Duration::from_mins(1);
/// Where it begins.
const TELL: &str = "/tell";
/// Where receipts are.
const RECEIPT: &str = "/told/";

/// People who write.
pub struct Writers {
    told: UnboundedReceiver<String>,
    is_enough: Arc<AtomicBool>,
    people: JoinSet<()>,
}

impl Writers {
    /// Signs them in on a database of the tests' world and has them begin, at a server that may be there or not.
    pub async fn begin(database: &str, port: u16) -> Self {
        let env = open(database).await;
        let (tell, told) = unbounded_channel();
        let (is_enough, mut people) = (Arc::new(AtomicBool::new(false)), JoinSet::new());
        // Nobody begins before all have signed in: that is done beside the server, and SQLite has one writer.
        let mut writers = Vec::new();
        for number in 0..WRITERS {
            writers.push(Writer::new(&env, port, number).await);
        }
        env.db.close().await;
        for writer in writers {
            people.spawn(writer.write(tell.clone(), Arc::clone(&is_enough)));
        }
        Self { told, is_enough, people }
    }

    /// The references of the next so many that were acknowledged by a receipt.
    pub async fn next(&mut self, number: usize) -> Vec<String> {
        let mut references = Vec::with_capacity(number);
        while references.len() < number {
            references.push(self.told.recv().await.unwrap());
        }
        references
    }

    /// Has everybody finish the idea that they are at. Gives what was acknowledged since the last look.
    pub async fn finish(mut self) -> Vec<String> {
        self.is_enough.store(true, Ordering::Relaxed);
        while let Some(finished) = self.people.join_next().await {
            finished.unwrap();
        }
        let mut references = Vec::new();
        while let Ok(reference) = self.told.try_recv() {
            references.push(reference);
        }
        references
    }
}

/// One of them.
pub struct Writer {
    /// What they sit at.
    pub browser: Browser,
    number: usize,
}

/// What is asked of the server: a page, or a form with what is in it.
#[derive(Debug, Clone)]
pub struct Step {
    address: String,
    fields: Option<Vec<(String, String)>>,
}

impl Step {
    fn page(address: impl Into<String>) -> Self {
        Self { address: address.into(), fields: None }
    }

    /// The form of a page; that of telling is filled in.
    fn form(page: &Page, title: &str) -> Self {
        let (address, mut fields) = page.form();
        if address == TELL {
            let problem = format!("{title}: we run out of blood bottles every weekend.");
            let words = [("title", title), ("problem", problem.as_str()), ("solution", "Order on Thursday.")];
            let filled = [&words[..], &[("who", "lead"), ("origin", "front-line")]].concat();
            fields.retain(|(name, _)| !filled.iter().any(|(given, _)| given == name));
            fields.extend(filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        }
        Self { address, fields: Some(fields) }
    }
}

impl Writer {
    /// Somebody who has signed in on a database of the tests' world.
    pub async fn new(env: &Env, port: u16, number: usize) -> Self {
        let mut tx = env.db.read().await.unwrap();
        let mail = format!("{}@riverside.example", MEMBERS[number % MEMBERS.len()]);
        let account = AccountId(accounts::by_mail(&mut tx, &mail).await.unwrap().unwrap().id);
        drop(tx);
        Self { browser: Browser::signed_in(env, port, account).await, number }
    }

    async fn write(mut self, tell: UnboundedSender<String>, is_enough: Arc<AtomicBool>) {
        for idea in 0.. {
            if is_enough.load(Ordering::Relaxed) {
                break;
            }
            let title = format!("Idea {idea} of writer {}", self.number);
            let reference = self.tell(&title, PERSEVERANCE).await.unwrap();
            // Nobody counts any more: the test has failed already.
            let _ = tell.send(reference);
        }
    }

    /// The whole way to the receipt. Gives its reference.
    ///
    /// # Errors
    /// What was answered *come back later* for longer than the patience, with the page that says so.
    pub async fn tell(&mut self, title: &str, patience: Duration) -> Result<String, Box<(Step, Page)>> {
        self.go_on(title, Step::page(TELL), patience).await
    }

    /// The same from a step on.
    ///
    /// # Errors
    /// As [`Writer::tell`].
    pub async fn go_on(
        &mut self,
        title: &str,
        mut step: Step,
        patience: Duration,
    ) -> Result<String, Box<(Step, Page)>> {
        loop {
            let page = self.ask(&step, patience).await;
            let receipt = page.address.strip_prefix(RECEIPT).map(str::to_owned);
            step = match (page.status.as_u16(), page.location(), receipt) {
                (503, ..) => return Err(Box::new((step, page))),
                (200, _, Some(reference)) => return Ok(reference),
                (200, ..) => Step::form(&page, title),
                (_, Some(next), _) => Step::page(next),
                (status, ..) => panic!("{status} from {}: {}", page.address, page.text()),
            };
        }
    }

    /// Asks until there is a whole answer that is not *come back later*, or patience ends.
    pub async fn ask(&mut self, step: &Step, patience: Duration) -> Page {
        let end = Instant::now() + patience;
        let mut again = tokio::time::interval(Duration::from_millis(10));
        loop {
            let page = match &step.fields {
                Some(fields) => self.browser.post(&step.address, fields).await,
                None => self.browser.get(&step.address).await,
            };
            match page {
                Some(page) if page.status != 503 || Instant::now() >= end => return page,
                _ => assert!(Instant::now() < end, "no answer from {}", step.address),
            }
            again.tick().await;
        }
    }
}
