//! Many at once: passwords are checked two at a time, so that a storm of sign-ins takes little memory, and health is
//! answered meanwhile.

use crate::browser::Browser;
use crate::gone::status;
use crate::kill::found;
use crate::process::Folder;
use crate::server::Serving;
use tokio::task::JoinSet;

/// How many sign in at the same time.
const PEOPLE: usize = 64;
/// The most memory that they may take, in mebibytes: twice 19 for the hashes, and their connections.
const MEBIBYTES: u64 = 64;

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_sign_ins_takes_little_memory_and_health_still_answers() {
    let folder = Folder::new("storm");
    let database = folder.sqlite("waymark.db");
    found(&database).await;
    let server = Serving::start(&database).await;
    let port = server.port;
    let before = server.peak_mebibytes();
    let mut people = JoinSet::new();
    for number in 0..PEOPLE {
        people.spawn(async move {
            let fields =
                [("mail", format!("somebody-{number}@riverside.example")), ("password", "x".repeat(20))];
            let fields = fields.map(|(name, value)| (name.to_owned(), value));
            Browser::new(port).post("/sign-in", &fields).await.unwrap().status
        });
    }
    assert_eq!(status(port, "/health/live").await.unwrap().0, 200);
    let answers = people.join_all().await;
    assert!(answers.iter().all(|status| [422, 503].contains(&status.as_u16())), "{answers:?}");
    assert!(answers.iter().any(|status| *status == 422), "{answers:?}");
    let taken = server.peak_mebibytes() - before;
    assert!(taken <= MEBIBYTES, "{taken} MiB");
}
