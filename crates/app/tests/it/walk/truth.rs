//! What must hold after every act: for each stream that it touched, and for every open record.

use super::{Walk, steps};
use uuid::Uuid;
use waymark_app::sound::kinds;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::record::Record as _;
use waymark_domain::route::talk::waits_for_contributor;
use waymark_domain::text::Digest;
use waymark_store::sqlx;
use waymark_store::verify::{self, Verifier};
use waymark_store::{Tx, journal, on, seals};
use waymark_testkit::TestApp;

/// Open records of a zone (`$1`) that on a day there (`$2`) wait with nobody, with somebody who has left or has no right to
/// it, without a day that lies ahead, or where their node is not.
const FORSAKEN: &str = "select i.id from innovation i
    join node n on n.id = i.at_node join node b on b.id = n.body
    left join party d on d.id = i.decider left join account da on da.id = d.account and da.closed_at is null
    left join party o on o.id = i.owner left join account oa on oa.id = o.account and oa.closed_at is null
    where i.ended_at is null and i.zone = $1 and (da.id is null or oa.id is null
        or i.next_on is null or i.next_on < $2
        or i.at_body <> b.id or i.zone <> b.zone or n.is_closed
        or not exists (select 1 from node_above up where up.node = i.at_node and up.ancestor = i.decider_node)
        or not exists (select 1 from role_grant g join party h on h.id = g.holder
            left join cover c on c.account = h.account and c.from_on <= $2 and c.to_on >= $2
            where g.ended is null and g.role = i.decider_role and g.node = i.decider_node
                and (h.account = d.account or c.covered_by = d.account)))
    order by i.id";

/// The zones of the walk's bodies.
pub const ZONES: [chrono_tz::Tz; 2] = [chrono_tz::Europe::London, chrono_tz::Europe::Paris];

impl Walk<'_> {
    /// Checks every stream that changed since the last time, and who has what is open.
    pub async fn check(&mut self, act: &str) {
        let mut tx = self.app.env.db.read().await.expect("a database");
        let sql = "select id, kind, version, head from stream order by id";
        let streams: Vec<(Uuid, String, i64, Vec<u8>)> =
            on!(&mut tx, c => sqlx::query_as(sql).fetch_all(c).await).expect("streams");
        let mut heads = Vec::new();
        for (id, kind, version, head) in streams {
            if self.checked.insert(id, version) != Some(version) {
                self.check_stream(&mut tx, (id, &kind), act).await;
                heads.push(head);
            }
        }
        let heads: Vec<&[u8]> = heads.iter().map(Vec::as_slice).collect();
        self.trace.push((act.to_owned(), Digest::of(&heads)));
        self.check_open(&mut tx, act).await;
    }

    async fn check_stream(&mut self, tx: &mut Tx, (id, kind): (Uuid, &str), act: &str) {
        let kinds = kinds();
        let verifier = kinds.iter().find(|verifier| verifier.kind() == kind).expect("a kind of record");
        let report = verify::record(tx, verifier.as_ref(), id).await.expect("a report");
        assert!(report.is_sound(), "after {act}: {:?}", report.faults);
        if kind == Innovation::KIND {
            self.check_steps(tx, id, act).await;
        }
    }

    /// Each step since the record was last seen, and what it is now.
    async fn check_steps(&mut self, tx: &mut Tx, id: Uuid, act: &str) {
        let history = journal::history::<Innovation>(tx, id).await.expect("a history");
        let begun = || Innovation::begin(id, &history[0]).expect("it was told");
        let mut record = self.tales.remove(&id).unwrap_or_else(begun);
        let known = usize::try_from(record.version).expect("a short history");
        for next in &history[known..] {
            let before = record.clone();
            record.apply(next);
            steps::check((&before, &record), &next.event);
        }
        assert_eq!(Innovation::fold(id, &history).as_ref(), Some(&record), "after {act}");
        assert_eq!(record.broken_promise(), None, "after {act}: {record:#?}");
        assert_eq!(waits_for_contributor(&record), record.question.is_some(), "after {act}: {record:#?}");
        let barred = record.decider.is_some_and(|decider| record.is_barred(decider));
        assert!(!barred, "after {act} somebody with an interest decides: {record:#?}");
        self.tales.insert(id, record);
    }

    async fn check_open(&self, tx: &mut Tx, act: &str) {
        for zone in ZONES {
            let today = self.app.env.now().with_timezone(&zone).date_naive().to_string();
            let forsaken: Vec<Uuid> = on!(tx, c => sqlx::query_scalar(FORSAKEN)
                .bind(zone.name())
                .bind(&today)
                .fetch_all(c)
                .await)
            .expect("open records");
            let Some(first) = forsaken.first() else { continue };
            let sql = "select kind || ': ' || last_error from job where last_error is not null order by id";
            let failed: Vec<String> = on!(tx, c => sqlx::query_scalar(sql).fetch_all(c).await).expect("jobs");
            panic!("after {act} on {today} in {zone}, jobs that failed {failed:?}: {:#?}", self.tales[first]);
        }
    }
}

/// Seals what there is, verifies everything, and gives the root.
pub async fn sealed_and_sound(app: &TestApp) -> Digest {
    let mut tx = app.env.db.write().await.expect("a database");
    seals::seal_now(&mut tx, app.env.now()).await.expect("a seal");
    let kinds = kinds();
    let kinds: Vec<&dyn Verifier> = kinds.iter().map(AsRef::as_ref).collect();
    let report = verify::verify(&mut tx, &kinds, None).await.expect("a report");
    assert!(report.is_sound(), "{:?}: {:?}", app.engine(), report.faults);
    assert_eq!(report.unsealed.events, 0);
    report.root.expect("a seal")
}
