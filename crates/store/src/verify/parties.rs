//! The parties: each row gives the id by which the events of its record name it, and nobody is named without a row.

use super::window::{Window, fault};
use super::{Report, What};
use crate::db::Tx;
use crate::error::Result;
use crate::on;
use crate::people::openers::SealedRow;
use crate::people::public::TellerRow;
use std::collections::BTreeSet;
use uuid::Uuid;
use waymark_domain::ids::{AccountId, PartyId};
use waymark_domain::people::party::{Party, public_id, sealed_id};

/// A row of the table of parties.
#[derive(sqlx::FromRow)]
struct Kept {
    id: Uuid,
    record: Uuid,
    account: Uuid,
    salt: Vec<u8>,
}

/// Compares the parties of a range of records with those that its events name.
pub(super) async fn check(tx: &mut Tx, (low, high, lives): Window<'_>, report: &mut Report) -> Result<()> {
    // Whom the events of a stream that cannot be read name, cannot be told.
    let read = || lives.iter().filter(|life| life.folding.is_some());
    let unread: BTreeSet<Uuid> =
        lives.iter().filter(|life| life.folding.is_none()).map(|life| life.id).collect();
    let mut named: BTreeSet<(Uuid, PartyId)> =
        read().flat_map(|life| life.parties.iter().map(|party| (life.id, *party))).collect();
    let sql = "select id, record, account, salt from party where record >= $1 and record <= $2";
    let kept: Vec<Kept> = on!(tx, c => sqlx::query_as(sql).bind(low).bind(high).fetch_all(c).await)?;
    for row in &kept {
        if !gives_its_id(row) {
            report.add(fault("party", row.record, None, What::Commitment));
        }
    }
    let sql = "select id, record, sealed from sealed_name where record >= $1 and record <= $2";
    let hidden: Vec<SealedRow> = on!(tx, c => sqlx::query_as(sql).bind(low).bind(high).fetch_all(c).await)?;
    for row in &hidden {
        if sealed_id(row.record, &row.sealed).0 != row.id {
            report.add(fault("sealed_name", row.record, None, What::Commitment));
        }
    }
    let tellers = tellers(tx, (low, high), report).await?;
    let hidden = hidden.iter().map(|row| ("sealed_name", row.record, row.id));
    let hidden = hidden.chain(tellers.iter().map(|row| ("public_teller", row.record, row.id)));
    let sql = "select record, party from party_erased where record >= $1 and record <= $2";
    let erased: Vec<(Uuid, Uuid)> =
        on!(tx, c => sqlx::query_as(sql).bind(low).bind(high).fetch_all(c).await)?;
    report.counts.parties_erased += erased.len() as u64;
    let kept = kept.iter().map(|row| ("party", row.record, row.id)).chain(hidden);
    for (table, record, party) in
        kept.chain(erased.iter().map(|(record, party)| ("party_erased", *record, *party)))
    {
        report.counts.parties += 1;
        if !named.remove(&(record, PartyId(party))) && !unread.contains(&record) {
            report.add(fault(table, record, None, What::Extra));
        }
    }
    for (record, _) in named {
        report.add(fault("party", record, None, What::Missing));
    }
    Ok(())
}

/// Those who told something without an account.
async fn tellers(tx: &mut Tx, (low, high): (Uuid, Uuid), report: &mut Report) -> Result<Vec<TellerRow>> {
    let sql = "select id, record, salt from public_teller where record >= $1 and record <= $2";
    let rows: Vec<TellerRow> = on!(tx, c => sqlx::query_as(sql).bind(low).bind(high).fetch_all(c).await)?;
    for row in &rows {
        if public_id(row.record, &row.salt).0 != row.id {
            report.add(fault("public_teller", row.record, None, What::Commitment));
        }
    }
    Ok(rows)
}

fn gives_its_id(row: &Kept) -> bool {
    let Ok(salt) = row.salt.as_slice().try_into() else { return false };
    Party { record: row.record, account: AccountId(row.account), salt }.id().0 == row.id
}
