//! Whoever alters the database behind Waymark's back is found, by table, record and version. Each case tampers in a
//! transaction, verifies what it sees there, and rolls back.

use crate::sample::{Happening, Sample, at, doer, further, id, lived, saved, tables, tagged, told};
use waymark_domain::ids::AccountId;
use waymark_domain::people::party::Party;
use waymark_domain::text::Digest;
use waymark_store::journal::Entry;
use waymark_store::people::parties;
use waymark_store::seals::{Seal, seal_now};
use waymark_store::verify::{self, Fault, Report, What};
use waymark_store::{Tx, on, run};
use waymark_testkit::{TestDatabase, databases};

/// A record that lived, is sealed and is tampered with.
const VICTIM: u128 = 3;
/// A record without tags.
const BARE: u128 = 6;
/// No record.
const NOBODY: u128 = 77;

/// The change to an entry of version 3 and what must be said of the victim. `$1` is its id, `$2` an id of nobody.
const ENTRIES: &[(&str, What)] = &[
    ("kind = 'other'", What::Hash),
    ("body = $2", What::Hash),
    ("event = 'untold'", What::Hash),
    ("event_version = 2", What::Hash),
    ("payload = payload || ' '", What::Hash),
    ("actor = null", What::Hash),
    ("happened_at = happened_at + 1", What::Hash),
    ("recorded_at = recorded_at - 1", What::Hash),
    ("prev = hash", What::Chain),
    ("hash = prev", What::Hash),
    ("version = 9", What::Gap(3)),
    ("stream = $2", What::Gap(3)),
];

const WORDS: &[(&str, What)] = &[
    ("record = $2", What::Missing),
    ("field = 'problem'", What::Missing),
    ("version = 2", What::Missing),
    ("language = 'cy'", What::Text),
    ("salt = (select prev from journal where stream = $1 and version = 2)", What::Text),
    ("author = $2", What::Text),
    ("body = 'A drawer that opens'", What::Text),
    ("masked = '[[0,1]]'", What::Column("masked")),
];

/// The change to the party of the victim.
const PARTIES: &[(&str, What)] = &[
    ("id = $2", What::Missing),
    ("record = $2", What::Missing),
    ("account = $2", What::Commitment),
    ("salt = (select prev from journal where stream = $1 and version = 2)", What::Commitment),
];

const STREAMS: &[(&str, What)] = &[
    ("id = $2", What::Missing),
    ("kind = 'other'", What::Column("kind")),
    ("body = $2", What::Column("body")),
    ("version = version + 1", What::Column("version")),
    ("head = (select prev from journal where stream = $1 and version = 2)", What::Column("head")),
    ("sealed_version = 0", What::Column("sealed_version")),
];

const ROWS: &[(&str, What)] = &[
    ("body = $2", What::Column("body")),
    ("open = not open", What::Column("open")),
    ("count = null", What::Column("count")),
    ("mark = (select prev from journal where stream = $1 and version = 2)", What::Column("mark")),
    ("told_at = told_at + 1", What::Column("told_at")),
    ("told_on = '1999-12-31'", What::Column("told_on")),
];

const SEALS: &[(&str, What)] = &[
    ("number = 9", What::Gap(2)),
    ("prev_root = root", What::Chain),
    ("root = prev_root", What::Root),
    ("at = at + 1", What::Root),
    ("leaves = leaves + 1", What::Column("leaves")),
];

/// Six records, a seal, one change and a second seal, one change that no seal covers.
async fn furnished(database: &TestDatabase) -> Seal {
    tables(database).await;
    for number in 1..=5 {
        lived(database, number).await;
    }
    saved(database, None, told(BARE)).await.unwrap();
    sealed(database).await;
    changed(database, 2).await;
    let seal = sealed(database).await;
    changed(database, 5).await;
    seal
}

async fn changed(database: &TestDatabase, number: u128) {
    let mut tx = database.db.read().await.unwrap();
    let sample: Sample = waymark_store::journal::load(&mut tx, id(number)).await.unwrap().unwrap();
    drop(tx);
    saved(database, Some(&sample), further(number, vec![tagged("more")])).await.unwrap();
}

async fn sealed(database: &TestDatabase) -> Seal {
    let mut tx = database.db.write().await.unwrap();
    let seal = seal_now(&mut tx, at(100)).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    seal
}

async fn report(tx: &mut Tx, root: Option<Digest>) -> Report {
    verify::verify(tx, &[&verify::of::<Sample>()], root).await.unwrap()
}

/// Tampers with statements, verifies, undoes it.
async fn after(database: &TestDatabase, statements: &[&str]) -> Report {
    let mut tx = database.db.write().await.unwrap();
    for sql in statements {
        let done = run!(
            &mut tx,
            sqlx::query(sqlx::AssertSqlSafe((*sql).to_owned())).bind(id(VICTIM)).bind(id(NOBODY))
        );
        assert!(done.unwrap() > 0, "{sql} touched nothing");
    }
    let report = report(&mut tx, None).await;
    tx.rollback().await.unwrap();
    report
}

fn found(report: &Report, table: &str, number: u128, what: &What) -> bool {
    let same =
        |fault: &Fault| fault.table == table && fault.record == Some(id(number)) && fault.what == *what;
    report.faults.iter().any(same)
}

#[tokio::test]
async fn an_untouched_database_is_sound_and_says_what_is_not_sealed() {
    for database in databases().await {
        let seal = furnished(&database).await;
        let mut tx = database.db.read().await.unwrap();
        let report = report(&mut tx, Some(seal.root)).await;
        assert!(report.is_sound(), "{:?}", report.faults);
        assert_eq!((report.counts.streams, report.counts.events), (6, 23));
        assert_eq!((report.counts.words, report.counts.rows), (6, 18));
        assert_eq!((report.counts.seals, report.counts.leaves), (2, 7));
        assert_eq!((report.unsealed.streams, report.unsealed.events), (1, 1));
        assert_eq!(report.root, Some(seal.root));
    }
}

#[tokio::test]
async fn every_column_of_the_journal_is_watched() {
    for database in databases().await {
        furnished(&database).await;
        for (change, what) in ENTRIES {
            let sql = format!("update journal set {change} where stream = $1 and version = 3");
            let report = after(&database, &[&sql]).await;
            assert!(found(&report, "journal", VICTIM, what), "{change}: {:?}", report.faults);
        }
    }
}

#[tokio::test]
async fn every_column_of_texts_streams_and_rows_is_watched() {
    for database in databases().await {
        furnished(&database).await;
        let tables = [
            ("words", "record", WORDS),
            ("party", "record", PARTIES),
            ("stream", "id", STREAMS),
            ("sample", "id", ROWS),
        ];
        for (table, key, cases) in tables {
            for (change, what) in cases {
                let report =
                    after(&database, &[&format!("update {table} set {change} where {key} = $1")]).await;
                assert!(found(&report, table, VICTIM, what), "{table} {change}: {:?}", report.faults);
            }
        }
    }
}

/// A party who commits to whom it names, but whom no event names; and one who is said to have been erased and is there.
const FORGED: [&str; 2] = [
    "insert into party_erased (record, party) values ($1, $2)",
    "insert into party_erased (record, party) select record, id from party where record = $1",
];

#[tokio::test]
async fn who_was_erased_is_counted_and_who_is_lost_or_added_is_named() {
    for database in databases().await {
        furnished(&database).await;
        let lost = after(&database, &["delete from party where record = $1"]).await;
        assert!(found(&lost, "party", VICTIM, &What::Missing), "{:?}", lost.faults);
        for sql in FORGED {
            let forged = after(&database, &[sql]).await;
            assert!(found(&forged, "party_erased", VICTIM, &What::Extra), "{sql}: {:?}", forged.faults);
        }
        let mut tx = database.db.write().await.unwrap();
        let stranger = Party { account: AccountId(id(NOBODY)), ..doer(id(VICTIM)) };
        parties::add(&mut tx, &stranger);
        let forged = report(&mut tx, None).await;
        assert!(found(&forged, "party", VICTIM, &What::Extra), "{:?}", forged.faults);
        tx.rollback().await.unwrap();
        let mut tx = database.db.write().await.unwrap();
        assert_eq!(parties::erase(&mut tx, doer(id(VICTIM)).account.0).await.unwrap(), 6);
        let erased = report(&mut tx, None).await;
        assert!(erased.is_sound(), "{:?}", erased.faults);
        assert_eq!((erased.counts.parties, erased.counts.parties_erased), (6, 6));
    }
}

#[tokio::test]
async fn a_moved_row_is_missing_in_one_place_and_extra_in_the_other() {
    for database in databases().await {
        furnished(&database).await;
        let renamed =
            after(&database, &["update sample_tag set tag = 'z' where sample = $1 and tag = 'a'"]).await;
        assert!(found(&renamed, "sample_tag", VICTIM, &What::Missing), "{:?}", renamed.faults);
        assert!(found(&renamed, "sample_tag", VICTIM, &What::Extra), "{:?}", renamed.faults);
        let placed =
            after(&database, &["update sample_tag set place = 7 where sample = $1 and tag = 'a'"]).await;
        assert!(found(&placed, "sample_tag", VICTIM, &What::Column("place")), "{:?}", placed.faults);
        let moved = "update sample_tag set sample = (select id from sample where count is null)
            where sample = $1 and tag = 'a'";
        let moved = after(&database, &[moved]).await;
        assert!(found(&moved, "sample_tag", VICTIM, &What::Missing), "{:?}", moved.faults);
        assert!(found(&moved, "sample_tag", BARE, &What::Extra), "{:?}", moved.faults);
        let renumbered = after(&database, &["update sample set id = $2 where count is null"]).await;
        assert!(found(&renumbered, "sample", BARE, &What::Missing), "{:?}", renumbered.faults);
        assert!(found(&renumbered, "sample", NOBODY, &What::Extra), "{:?}", renumbered.faults);
    }
}

#[tokio::test]
async fn every_column_of_seals_and_leaves_is_watched() {
    for database in databases().await {
        furnished(&database).await;
        for (change, what) in SEALS {
            let report = after(&database, &[&format!("update seal set {change} where number = 2")]).await;
            let same = |fault: &Fault| fault.table == "seal" && fault.what == *what;
            assert!(report.faults.iter().any(same), "{change}: {:?}", report.faults);
        }
        let head = "head = (select prev from journal where stream = $1 and version = 2)";
        for change in ["seal = 9", "stream = $2", "version = 2", head] {
            let sql = format!("update seal_leaf set {change} where stream = $1");
            let report = after(&database, &[&sql]).await;
            let same =
                |fault: &Fault| (fault.table, fault.version, &fault.what) == ("seal", Some(1), &What::Root);
            assert!(report.faults.iter().any(same), "{change}: {:?}", report.faults);
        }
        let stray = after(&database, &["update seal_leaf set seal = 9 where stream = $1"]).await;
        assert!(found(&stray, "seal_leaf", VICTIM, &What::Extra), "{:?}", stray.faults);
    }
}

#[tokio::test]
async fn a_deleted_record_is_missed() {
    for database in databases().await {
        furnished(&database).await;
        let report = after(&database, &DELETED).await;
        assert!(found(&report, "journal", VICTIM, &What::Missing), "{:?}", report.faults);
    }
}

const DELETED: [&str; 5] = [
    "delete from journal where stream = $1",
    "delete from stream where id = $1",
    "delete from words where record = $1",
    "delete from sample_tag where sample = $1",
    "delete from sample where id = $1",
];

#[tokio::test]
async fn a_cut_tail_is_missed() {
    for database in databases().await {
        furnished(&database).await;
        let cut = [
            "delete from journal where stream = $1 and version = 4",
            "update stream set sealed_version = 3, version = 3,
                head = (select hash from journal where stream = $1 and version = 3) where id = $1",
            "update sample set count = null where id = $1",
        ];
        let report = after(&database, &cut).await;
        let same = |fault: &Fault| {
            (fault.table, fault.record, fault.version, &fault.what)
                == ("journal", Some(id(VICTIM)), Some(4), &What::Missing)
        };
        assert!(report.faults.iter().any(same), "{:?}", report.faults);
    }
}

#[tokio::test]
async fn swapped_and_added_rows_are_found() {
    for database in databases().await {
        furnished(&database).await;
        let swapped = after(
            &database,
            &[
                "update journal set version = 99 where stream = $1 and version = 2",
                "update journal set version = 2 where stream = $1 and version = 3",
                "update journal set version = 3 where stream = $1 and version = 99",
            ],
        )
        .await;
        let hashes =
            swapped.faults.iter().filter(|fault| fault.what == What::Hash).map(|fault| fault.version);
        assert_eq!(hashes.collect::<Vec<_>>(), [Some(2), Some(3)]);
        let columns =
            "kind, body, event, event_version, payload, actor, happened_at, recorded_at, prev, hash";
        let added = format!(
            "insert into journal (stream, version, {columns})
             select stream, 5, {columns} from journal where stream = $1 and version = 4"
        );
        let added = after(&database, &[&added]).await;
        assert!(found(&added, "journal", VICTIM, &What::Hash), "{:?}", added.faults);
        for (table, sql) in ADDED {
            let report = after(&database, &[sql]).await;
            let same = |fault: &Fault| fault.table == table && fault.what == What::Extra;
            assert!(report.faults.iter().any(same), "{table}: {:?}", report.faults);
        }
    }
}

const ADDED: [(&str, &str); 4] = [
    ("sample_tag", "insert into sample_tag (sample, tag, place) values ($1, 'forged', 9)"),
    (
        "words",
        "insert into words (record, field, version, language, salt, body)
         select record, 'why', version, language, salt, body from words where record = $1",
    ),
    (
        "stream",
        "insert into stream (id, kind, body, version, head)
         select $2, kind, body, version, head from stream where id = $1",
    ),
    (
        "sample",
        "insert into sample (id, body, open, count, mark, told_at, told_on)
         select $2, body, open, count, mark, told_at, told_on from sample where id = $1",
    ),
];

/// Rewrites the last event of a record as one who knows how Waymark hashes would.
async fn forge(tx: &mut Tx, number: u128, event: Happening) -> Entry {
    let sql = "select * from journal where stream = $1 order by version desc limit 1";
    let last = on!(tx, c => sqlx::query_as::<_, Entry>(sql).bind(id(number)).fetch_one(c).await);
    let mut last = last.unwrap();
    last.payload = serde_json::to_string(&event).unwrap();
    last.hash = last.digest().0.to_vec();
    let sql = "update journal set payload = $1, hash = $2 where stream = $3 and version = $4";
    run!(tx, sqlx::query(sql).bind(&last.payload).bind(&last.hash).bind(last.stream).bind(last.version))
        .unwrap();
    run!(tx, sqlx::query("update stream set head = $1 where id = $2").bind(&last.hash).bind(last.stream))
        .unwrap();
    last
}

#[tokio::test]
async fn a_recomputed_chain_is_found_by_its_seal() {
    for database in databases().await {
        furnished(&database).await;
        let mut tx = database.db.write().await.unwrap();
        forge(&mut tx, VICTIM, Happening::Counted { count: 4 }).await;
        run!(&mut tx, sqlx::query("update sample set count = 4 where id = $1").bind(id(VICTIM))).unwrap();
        let report = report(&mut tx, None).await;
        assert_eq!(report.faults_found, 1, "{:?}", report.faults);
        assert!(found(&report, "journal", VICTIM, &What::Sealed(1)), "{:?}", report.faults);
    }
}

#[tokio::test]
async fn recomputed_seals_are_found_by_a_root_kept_elsewhere() {
    for database in databases().await {
        let kept = furnished(&database).await;
        let mut tx = database.db.write().await.unwrap();
        forge(&mut tx, VICTIM, Happening::Counted { count: 4 }).await;
        run!(&mut tx, sqlx::query("update sample set count = 4 where id = $1").bind(id(VICTIM))).unwrap();
        for sql in ["delete from seal", "delete from seal_leaf", "update stream set sealed_version = 0"] {
            run!(&mut tx, sqlx::query(sql)).unwrap();
        }
        seal_now(&mut tx, at(100)).await.unwrap();
        assert!(report(&mut tx, None).await.is_sound(), "nothing inside can tell");
        let report = report(&mut tx, Some(kept.root)).await;
        assert_eq!(report.faults.iter().map(|fault| &fault.what).collect::<Vec<_>>(), [&What::UnknownRoot]);
    }
}

#[tokio::test]
async fn what_changed_after_the_last_seal_cannot_be_known_and_that_is_said() {
    for database in databases().await {
        furnished(&database).await;
        let mut tx = database.db.write().await.unwrap();
        forge(&mut tx, 5, tagged("forged")).await;
        let sql = "update sample_tag set tag = 'forged' where sample = $1 and tag = 'more'";
        run!(&mut tx, sqlx::query(sql).bind(id(5))).unwrap();
        let report = report(&mut tx, None).await;
        assert!(report.is_sound(), "{:?}", report.faults);
        assert_eq!((report.unsealed.streams, report.unsealed.events), (1, 1));
    }
}
