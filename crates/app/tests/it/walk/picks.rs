//! Whom and what an act is tried with: mostly somebody who may, on a record at the step for it; sometimes anybody, anything.

use super::Walk;
use rand::RngExt;
use rand::seq::IndexedRandom;
use uuid::Uuid;
use waymark_app::route::change::Seen;
use waymark_app::{Actor, Ctx, Error, Write};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::{AccountId, NodeId, PartyId};
use waymark_domain::people::role::Role;
use waymark_store::on;
use waymark_store::people::parties;
use waymark_store::sqlx;

/// A role that somebody holds.
#[derive(Debug, Clone)]
pub struct Held {
    pub id: Uuid,
    pub role: String,
    pub node: Uuid,
    pub account: Uuid,
}

impl<'a> Walk<'a> {
    pub fn anybody(&mut self) -> AccountId {
        self.people.choose(&mut self.dice).expect("people").account
    }

    pub fn any_node(&mut self) -> NodeId {
        *self.nodes.choose(&mut self.dice).expect("nodes")
    }

    /// The account behind a party, or sometimes anybody.
    pub async fn mostly(&mut self, record: &Innovation, party: Option<PartyId>) -> AccountId {
        let anybody = self.anybody();
        let Some(party) = party.filter(|_| self.dice.random_bool(0.95)) else { return anybody };
        let mut tx = self.app.env.db.read().await.expect("a database");
        let rows = parties::of_record(&mut tx, record.id.0).await.expect("parties");
        let account = rows.iter().find(|row| row.id == party.0).map(|row| AccountId(row.account));
        let is_open = |account: &AccountId| self.people.iter().any(|person| person.account == *account);
        account.filter(is_open).unwrap_or(anybody)
    }

    /// A record for which something holds, or sometimes any.
    pub fn record_that(&mut self, holds: fn(&Innovation) -> bool) -> Result<Innovation, Error> {
        let is_any = self.dice.random_bool(0.05);
        let fitting: Vec<&Innovation> =
            self.tales.values().filter(|record| is_any || holds(record)).collect();
        fitting.choose(&mut self.dice).map(|record| Innovation::clone(record)).ok_or(Error::NotFound)
    }

    pub async fn context(&self, account: AccountId) -> Result<Ctx<'a, Write>, Error> {
        Ctx::write(&self.app.env, Actor::Person(account)).await
    }

    /// Picks a record and whoever decides it next.
    pub async fn as_decider(
        &mut self,
        holds: fn(&Innovation) -> bool,
    ) -> Result<(Innovation, Ctx<'a, Write>), Error> {
        let record = self.record_that(holds)?;
        let account = self.mostly(&record, record.decider.map(|duty| duty.party)).await;
        let ctx = self.context(account).await?;
        Ok((record, ctx))
    }

    /// Picks a record and whoever brought it.
    pub async fn as_contributor(
        &mut self,
        holds: fn(&Innovation) -> bool,
    ) -> Result<(Innovation, Ctx<'a, Write>), Error> {
        let record = self.record_that(holds)?;
        let account = self.mostly(&record, Some(record.told.contributors[0].party)).await;
        let ctx = self.context(account).await?;
        Ok((record, ctx))
    }

    /// Every role that is held.
    pub async fn held(&self) -> Vec<Held> {
        let sql = "select g.id, g.role, g.node, p.account from role_grant g
            join party p on p.id = g.holder where g.ended is null order by g.id";
        let mut tx = self.app.env.db.read().await.expect("a database");
        let held: Vec<(Uuid, String, Uuid, Uuid)> =
            on!(&mut tx, c => sqlx::query_as(sql).fetch_all(c).await).expect("roles");
        held.into_iter().map(|(id, role, node, account)| Held { id, role, node, account }).collect()
    }

    /// Somebody who holds one of some roles.
    pub async fn holder(&mut self, roles: &[Role]) -> Result<AccountId, Error> {
        let held = self.held().await;
        let fitting: Vec<&Held> =
            held.iter().filter(|held| roles.iter().any(|role| role.name() == held.role)).collect();
        fitting.choose(&mut self.dice).map(|held| AccountId(held.account)).ok_or(Error::NotFound)
    }

    /// An administrator of everything.
    pub async fn as_administrator(&mut self) -> Result<Ctx<'a, Write>, Error> {
        let held = self.held().await;
        let is_top = |held: &&Held| held.role == Role::Administrator.name() && held.node == self.nodes[0].0;
        let top = held.iter().find(is_top).expect("the root has an administrator");
        self.context(AccountId(top.account)).await
    }
}

/// A record in the version that it was seen in.
pub fn seen(record: &Innovation) -> Seen {
    Seen { id: record.id, version: Some(record.version) }
}
