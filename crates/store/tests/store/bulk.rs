//! Loading many records at once gives what single saves give.

use crate::sample::{Happening, Sample, at, doer, id, stamp, tables, tagged, title};
use waymark_domain::record::Record as _;
use waymark_domain::text::WordsRef;
use waymark_store::bulk::{self, Life};
use waymark_store::people::parties;
use waymark_store::verify::What;
use waymark_store::{StoreError, Tx, journal, run, verify};
use waymark_testkit::databases;

fn life(number: u128) -> Life<Sample> {
    let words = title(id(number), 1);
    let reference: WordsRef = words.reference();
    let told = Happening::Told { body: id(800), open: false, title: reference };
    let stamp = |seconds| stamp(number, seconds);
    let events =
        vec![(told, stamp(0)), (tagged("x"), stamp(5)), (Happening::Masked { version: 1 }, stamp(9))];
    Life { id: id(number), events, words: vec![words] }
}

/// Many lives with those who are named in them.
async fn load(tx: &mut Tx) {
    bulk::load(tx, (1..=1500).map(life).collect()).await.unwrap();
    let parties: Vec<_> = (1..=1500).map(|number| parties::cells(&doer(id(number)))).collect();
    bulk::rows(tx, &parties::TABLE, &parties).await.unwrap();
}

#[tokio::test]
async fn a_bulk_load_is_sound_and_can_be_gone_on_with() {
    for database in databases().await {
        tables(&database).await;
        let mut tx = database.db.write().await.unwrap();
        load(&mut tx).await;
        tx.commit().await.unwrap();
        let mut tx = database.db.write().await.unwrap();
        let sample: Sample = journal::load(&mut tx, id(299)).await.unwrap().unwrap();
        assert_eq!((sample.version(), sample.told_at.timestamp()), (3, at(0).timestamp()));
        let change = crate::sample::further(299, vec![tagged("y")]);
        journal::save(&mut tx, Some(&sample), change).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = database.db.read().await.unwrap();
        let report = verify::verify(&mut tx, &[&verify::of::<Sample>()], None).await.unwrap();
        assert!(report.is_sound(), "{:?}", report.faults);
        assert_eq!((report.counts.streams, report.counts.events, report.counts.rows), (1500, 4501, 3001));
    }
}

#[tokio::test]
async fn a_record_that_is_there_refuses_the_load() {
    for database in databases().await {
        tables(&database).await;
        let mut tx = database.db.write().await.unwrap();
        let twice = bulk::load(&mut tx, vec![life(1), life(1)]).await;
        assert!(matches!(twice, Err(StoreError::Conflict)), "{twice:?}");
    }
}

#[tokio::test]
async fn faults_are_found_on_every_page_of_a_long_journal() {
    for database in databases().await {
        tables(&database).await;
        let mut tx = database.db.write().await.unwrap();
        load(&mut tx).await;
        let victims = [1, 666, 667, 668, 1333, 1334, 1500];
        for number in victims {
            let sql = "delete from sample_tag where sample = $1";
            assert_eq!(run!(&mut tx, sqlx::query(sql).bind(id(number))).unwrap(), 1);
        }
        run!(&mut tx, sqlx::query("update stream set id = $1 where id = $2").bind(id(9_999)).bind(id(700)))
            .unwrap();
        let report = verify::verify(&mut tx, &[&verify::of::<Sample>()], None).await.unwrap();
        let missing = |table| {
            let found = report.faults.iter().filter(move |f| f.table == table && f.what == What::Missing);
            found.filter_map(|fault| fault.record).collect::<Vec<_>>()
        };
        assert_eq!(missing("sample_tag"), victims.map(id));
        assert_eq!(missing("stream"), [id(700)]);
        assert_eq!(report.faults_found, 9, "one stream is extra: {:?}", report.faults);
    }
}
