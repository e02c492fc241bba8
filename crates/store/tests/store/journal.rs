//! Saving and loading a record.

use crate::sample::{Happening, Sample, at, count, doer, further, id, lived, saved, tables, tagged, told};
use waymark_domain::people::party::Party;
use waymark_domain::record::Record as _;
use waymark_store::people::parties;
use waymark_store::{Engine, StoreError, journal, on, words};
use waymark_testkit::databases;

#[tokio::test]
async fn a_record_is_loaded_as_it_was_saved() {
    for database in databases().await {
        tables(&database).await;
        let sample = lived(&database, 1).await;
        assert_eq!(sample.version(), 4);
        let mut tx = database.db.read().await.unwrap();
        assert_eq!(journal::load::<Sample>(&mut tx, id(1)).await.unwrap(), Some(sample.clone()));
        assert_eq!(tx.queries(), 1);
        assert_eq!(journal::load::<Sample>(&mut tx, id(2)).await.unwrap(), None);
        let history = journal::history::<Sample>(&mut tx, id(1)).await.unwrap();
        assert_eq!(history.len(), 4);
        assert_eq!(history[0].meta.happened_at.timestamp_nanos_opt().unwrap() % 1_000_000, 456_000);
        assert_eq!(history[0].meta.recorded_at.timestamp(), at(1).timestamp());
        let texts = words::of(&mut tx, id(1)).await.unwrap();
        assert_eq!(texts.len(), 1);
        assert_eq!(texts[0].body.as_deref(), Some("A drawer that closes"));
    }
}

#[tokio::test]
async fn a_save_costs_four_statements_which_sqlite_takes_together() {
    for database in databases().await {
        // The second one asks for the head first.
        let (first, second) = match database.engine() {
            Engine::Sqlite => (1, 2),
            Engine::Postgres => (4, 4),
        };
        tables(&database).await;
        let mut tx = database.db.write().await.unwrap();
        let sample = journal::save(&mut tx, None, told(1)).await.unwrap();
        assert_eq!(tx.queries(), 0, "nobody waits for it yet");
        tx.settle().await.unwrap();
        assert_eq!(tx.queries(), first);
        journal::save(&mut tx, Some(&sample), further(1, vec![Happening::Counted { count: 1 }]))
            .await
            .unwrap();
        tx.settle().await.unwrap();
        assert_eq!(tx.queries(), first + second);
    }
}

#[tokio::test]
async fn rows_follow_the_record() {
    for database in databases().await {
        tables(&database).await;
        let sample = lived(&database, 1).await;
        let untag = vec![Happening::Untagged { tag: "a".to_owned() }, Happening::Counted { count: 9 }];
        saved(&database, Some(&sample), further(1, untag)).await.unwrap();
        let mut tx = database.db.read().await.unwrap();
        let sql = "select tag, place from sample_tag order by tag";
        let tags: Vec<(String, i64)> = on!(&mut tx, c => sqlx::query_as(sql).fetch_all(c).await).unwrap();
        assert_eq!(tags, [("b".to_owned(), 0)]);
        let sql = "select open, count from sample";
        let row: (bool, i64) = on!(&mut tx, c => sqlx::query_as(sql).fetch_one(c).await).unwrap();
        assert_eq!(row, (true, 9));
    }
}

#[tokio::test]
async fn the_second_of_two_writers_is_told_and_leaves_nothing() {
    for database in databases().await {
        tables(&database).await;
        let sample = lived(&database, 1).await;
        saved(&database, Some(&sample), further(1, vec![tagged("first")])).await.unwrap();
        let second = saved(&database, Some(&sample), further(1, vec![tagged("second")])).await;
        assert!(matches!(second, Err(StoreError::Conflict)), "{second:?}");
        let again = saved(&database, None, told(1)).await;
        assert!(matches!(again, Err(StoreError::Conflict)), "{again:?}");
        let mut tx = database.db.read().await.unwrap();
        assert_eq!(count(&mut tx, "select count(*) from journal").await, 5);
        assert_eq!(count(&mut tx, "select count(*) from sample_tag where tag = 'second'").await, 0);
    }
}

#[tokio::test]
async fn several_records_are_saved_together_or_not_at_all() {
    for database in databases().await {
        tables(&database).await;
        let one = lived(&database, 1).await;
        let two = lived(&database, 2).await;
        let change = |number: u128| further(number, vec![tagged("together")]);
        let mut tx = database.db.write().await.unwrap();
        journal::save_many(&mut tx, vec![(&one, change(1)), (&two, change(2))]).await.unwrap();
        assert_eq!(tx.queries(), 1, "both heads are read at once, and nobody waits for the rest");
        tx.commit().await.unwrap();
        let mut tx = database.db.read().await.unwrap();
        let found: Vec<Sample> = journal::load_many(&mut tx, &[id(1), id(2)]).await.unwrap();
        assert!(found.iter().all(|sample| sample.tags == ["a", "b", "together"] && sample.version() == 5));
        drop(tx);
        // One of them has moved on.
        let mut tx = database.db.write().await.unwrap();
        let first = further(1, vec![tagged("late")]);
        let late = journal::save_many(&mut tx, vec![(&found[0], first), (&two, change(2))]).await;
        assert!(matches!(late, Err(StoreError::Conflict)), "{late:?}");
        drop(tx);
        let mut tx = database.db.read().await.unwrap();
        assert_eq!(count(&mut tx, "select count(*) from sample_tag where tag = 'late'").await, 0);
        assert_eq!(count(&mut tx, "select count(*) from sample_tag where tag = 'together'").await, 2);
    }
}

#[tokio::test]
async fn two_writers_at_the_same_moment_cannot_both_win() {
    for database in databases().await {
        tables(&database).await;
        let sample = lived(&database, 1).await;
        let writers = (0..8)
            .map(|number| saved(&database, Some(&sample), further(1, vec![tagged(&number.to_string())])));
        let results = join_all(writers).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        assert_eq!(results.iter().filter(|result| matches!(result, Err(StoreError::Conflict))).count(), 7);
    }
}

#[tokio::test]
async fn many_records_are_loaded_in_the_order_asked() {
    for database in databases().await {
        tables(&database).await;
        for number in 1..=7 {
            lived(&database, number).await;
        }
        let mut tx = database.db.read().await.unwrap();
        let ids = [id(5), id(99), id(1), id(7)];
        let found: Vec<Sample> = journal::load_many(&mut tx, &ids).await.unwrap();
        assert_eq!(found.iter().map(|sample| sample.id).collect::<Vec<_>>(), [id(5), id(1), id(7)]);
        assert_eq!(found[0].tags, ["a", "b"]);
    }
}

#[tokio::test]
async fn a_text_that_no_event_vouches_for_is_refused() {
    for database in databases().await {
        tables(&database).await;
        let mut change = told(1);
        change.words[0].body.push('!');
        let refused = saved(&database, None, change).await;
        assert!(matches!(refused, Err(StoreError::Broken(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn what_a_person_reads_of_an_error_names_no_sql() {
    for database in databases().await {
        let mut tx = database.db.write().await.unwrap();
        let broken =
            on!(&mut tx, c => sqlx::query("select nonsense from nowhere").execute(c).await.map(drop));
        let error = broken.unwrap_err();
        assert!(!error.to_string().contains("no"), "{error}");
        assert!(std::error::Error::source(&error).unwrap().to_string().contains("nowhere"));
    }
}

#[tokio::test]
async fn a_unique_value_is_named_by_its_columns() {
    for database in databases().await {
        let mut tx = database.db.write().await.unwrap();
        for number in 1..=2 {
            let party = Party { salt: [number; 32], ..doer(id(10)) };
            parties::add(&mut tx, &party);
            match tx.settle().await {
                Ok(()) => assert_eq!(number, 1),
                Err(error) => assert!(error.is_unique_on("party", &["record", "account"]), "{error:?}"),
            }
        }
    }
}

/// Runs futures side by side on this task.
async fn join_all<F: Future + Send>(futures: impl Iterator<Item = F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.map(Box::pin).map(Some).collect();
    let mut done: Vec<Option<F::Output>> = running.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, result) in running.iter_mut().zip(&mut done) {
            if let Some(std::task::Poll::Ready(value)) = future.as_mut().map(|f| f.as_mut().poll(context)) {
                *result = Some(value);
                *future = None;
            }
        }
        if running.iter().all(Option::is_none) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done.into_iter().map(|result| result.expect("every future has finished")).collect()
}
