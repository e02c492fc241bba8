//! Seals cover what changed and nothing else; erased words leave everything whole.

use crate::sample::{Happening, Sample, at, further, id, lived, saved, tables, tagged, title};
use waymark_domain::text::{Field, Remade, Words};
use waymark_store::journal::Change;
use waymark_store::seals::{Seal, last, seal_now};
use waymark_store::verify::What;
use waymark_store::words::{self, Which};
use waymark_store::{on, run, verify};
use waymark_testkit::{TestDatabase, databases};

async fn sealed(database: &TestDatabase) -> Option<Seal> {
    let mut tx = database.db.write().await.unwrap();
    let seal = seal_now(&mut tx, at(100)).await.unwrap();
    tx.commit().await.unwrap();
    seal
}

#[tokio::test]
async fn a_seal_covers_only_what_changed_since_the_one_before() {
    for database in databases().await {
        tables(&database).await;
        assert_eq!(sealed(&database).await, None);
        let sample = lived(&database, 1).await;
        lived(&database, 2).await;
        let first = sealed(&database).await.unwrap();
        assert_eq!((first.number, first.leaves), (1, 2));
        assert_eq!(sealed(&database).await, None);
        saved(&database, Some(&sample), further(1, vec![tagged("c")])).await.unwrap();
        let second = sealed(&database).await.unwrap();
        assert_eq!((second.number, second.leaves, second.prev_root), (2, 1, first.root));
        let mut tx = database.db.read().await.unwrap();
        assert_eq!(last(&mut tx).await.unwrap(), Some(second));
        let sql = "select stream, version from seal_leaf where seal = 2";
        let leaves: Vec<(uuid::Uuid, i64)> =
            on!(&mut tx, c => sqlx::query_as(sql).fetch_all(c).await).unwrap();
        assert_eq!(leaves, [(id(1), 5)]);
    }
}

#[tokio::test]
async fn both_engines_give_the_same_root() {
    let mut roots = Vec::new();
    for database in databases().await {
        tables(&database).await;
        for number in [9, 2, 5] {
            lived(&database, number).await;
        }
        roots.push(sealed(&database).await.unwrap().root);
    }
    assert_eq!(roots[0], roots[1]);
}

#[tokio::test]
async fn erased_words_leave_the_chain_whole_and_are_counted() {
    for database in databases().await {
        tables(&database).await;
        let sample = lived(&database, 1).await;
        saved(&database, Some(&sample), further(1, vec![Happening::Masked { version: 1 }])).await.unwrap();
        sealed(&database).await;
        let mut tx = database.db.write().await.unwrap();
        let kept = words::find(&mut tx, id(1), Field::Title, 1).await.unwrap().unwrap();
        assert_eq!(kept.masked.as_deref(), Some("[[0,2]]"));
        assert_eq!(words::erase(&mut tx, id(1), Which::Text(Field::Title, 2), at(5)).await.unwrap(), 0);
        assert_eq!(words::erase(&mut tx, id(1), Which::Text(Field::Title, 1), at(5)).await.unwrap(), 1);
        assert_eq!(words::erase(&mut tx, id(1), Which::All, at(6)).await.unwrap(), 0);
        let kept = words::find(&mut tx, id(1), Field::Title, 1).await.unwrap().unwrap();
        assert_eq!((kept.body, kept.salt, kept.masked), (None, None, None));
        let report = verify::verify(&mut tx, &[&verify::of::<Sample>()], None).await.unwrap();
        assert!(report.is_sound(), "{:?}", report.faults);
        assert_eq!((report.counts.words, report.counts.erased), (1, 1));
    }
}

#[tokio::test]
async fn words_written_anew_take_the_place_of_the_old_and_nothing_else_may() {
    for database in databases().await {
        tables(&database).await;
        let sample = lived(&database, 1).await;
        let was = title(id(1), 1);
        let anew = Words { body: "[masked]".to_owned(), salt: [9; 16], ..was.clone() };
        let text = Remade { was: was.reference(), digest: anew.digest() };
        let change = Change { words: vec![anew.clone()], ..further(1, vec![Happening::Remade { text }]) };
        let sample = saved(&database, Some(&sample), change).await.unwrap();
        let mut tx = database.db.write().await.unwrap();
        let kept = words::of(&mut tx, id(1)).await.unwrap();
        assert_eq!(kept.len(), 1, "nothing of the old words is left");
        assert_eq!((kept[0].body.as_deref(), kept[0].version), (Some("[masked]"), 1));
        let report = verify::verify(&mut tx, &[&verify::of::<Sample>()], None).await.unwrap();
        assert!(report.is_sound(), "{:?}", report.faults);
        tx.commit().await.unwrap();
        // What names another text than the one that lay there vouches for nothing.
        let again = Words { body: "altered".to_owned(), ..anew };
        let text = Remade { was: was.reference(), digest: again.digest() };
        let change = Change { words: vec![again], ..further(1, vec![Happening::Remade { text }]) };
        saved(&database, Some(&sample), change).await.unwrap();
        let mut tx = database.db.read().await.unwrap();
        let report = verify::verify(&mut tx, &[&verify::of::<Sample>()], None).await.unwrap();
        let faults: Vec<_> = report.faults.iter().map(|fault| (fault.table, &fault.what)).collect();
        assert_eq!(faults, [("journal", &What::Text), ("words", &What::Text)]);
    }
}

#[tokio::test]
async fn the_database_refuses_words_that_are_half_erased() {
    for database in databases().await {
        tables(&database).await;
        lived(&database, 1).await;
        for half in ["erased_at = 1", "body = null", "salt = null"] {
            let mut tx = database.db.write().await.unwrap();
            let sql = sqlx::AssertSqlSafe(format!("update words set {half}"));
            assert!(run!(&mut tx, sqlx::query(sql)).is_err(), "{half}");
        }
    }
}
