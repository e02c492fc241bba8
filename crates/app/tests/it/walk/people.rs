//! What happens to people: roles, absences, accounts.

use super::picks::{Held, seen};
use super::{Person, Walk};
use chrono::Days;
use rand::RngExt;
use rand::seq::IndexedRandom;
use waymark_app::people::account::{Mail, NewPerson};
use waymark_app::people::ticket::{self, Purpose};
use waymark_app::people::{administration, closing, cover, roles};
use waymark_app::route::pass;
use waymark_app::{Actor, Ctx, Error};
use waymark_domain::find::innovation::Innovation;
use waymark_domain::ids::{AccountId, GrantId};
use waymark_domain::people::grant::GrantEnd;
use waymark_domain::people::ladder::Explained;
use waymark_domain::people::role::Role;
use waymark_domain::text::{Language, Line};

/// Fewer people than that, and nobody leaves.
const PEOPLE: usize = 12;
/// Holders of one role at one node.
const HOLDERS: usize = 2;

pub async fn give_role(walk: &mut Walk<'_>) -> Result<(), Error> {
    let role = *Role::ALL.choose(&mut walk.dice).expect("roles");
    let (node, account) = (walk.any_node(), walk.anybody());
    let same = |held: &&Held| held.role == role.name() && held.node == node.0;
    if walk.held().await.iter().filter(same).count() >= HOLDERS {
        return Err(Error::Forbidden);
    }
    let mut ctx = walk.as_administrator().await?;
    roles::grant(&mut ctx, role, node, account).await?;
    ctx.commit().await.map(drop)
}

/// Any role, now and then one that the root needs: who holds it may be the last.
pub async fn end_role(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (root, is_needed) = (walk.nodes[0].0, walk.dice.random_bool(0.3));
    let mut held = walk.held().await;
    let at_root =
        |held: &Held| held.node == root && Role::parse(&held.role).is_some_and(Role::is_needed_at_root);
    held.retain(|held| !is_needed || at_root(held));
    let ending = held.choose(&mut walk.dice).ok_or(Error::NotFound)?;
    let mut ctx = walk.as_administrator().await?;
    roles::end(&mut ctx, GrantId(ending.id), GrantEnd::Removed).await?;
    ctx.commit().await.map(drop)
}

pub async fn go_away(walk: &mut Walk<'_>, has_cover: bool) -> Result<(), Error> {
    let account = walk.holder(&[Role::TeamLead, Role::Finder, Role::Head]).await?;
    let by = walk.people.choose(&mut walk.dice).filter(|_| has_cover).map(|person| person.mail.clone());
    let from = walk.app.env.now().date_naive() + Days::new(walk.dice.random_range(0..4));
    let to = from + Days::new(walk.dice.random_range(0..12));
    let mut ctx = walk.context(account).await?;
    let typed = cover::Typed { from: Some(from), to: Some(to), by: by.as_deref().unwrap_or(""), chosen: "" };
    cover::add(&mut ctx, &typed).await?;
    ctx.commit().await.map(drop)
}

pub async fn come_back(walk: &mut Walk<'_>) -> Result<(), Error> {
    let account = walk.holder(&[Role::TeamLead, Role::Finder, Role::Head]).await?;
    let mut ctx = walk.context(account).await?;
    let absence = cover::list(&mut ctx).await?.first().ok_or(Error::NotFound)?.id;
    cover::end(&mut ctx, absence).await?;
    ctx.commit().await.map(drop)
}

pub async fn close_account(walk: &mut Walk<'_>) -> Result<(), Error> {
    let account = walk.anybody();
    if walk.people.len() <= PEOPLE {
        return Err(Error::Forbidden);
    }
    let mut ctx = walk.as_administrator().await?;
    administration::close_account(&mut ctx, account).await?;
    // Half of them are erased, and half of those with their words.
    if walk.dice.random_bool(0.5) {
        closing::erase(&mut ctx, account, walk.dice.random_bool(0.5)).await?;
    }
    ctx.commit().await?;
    walk.people.retain(|person| person.account != account);
    Ok(())
}

/// Somebody is invited, and sets a password by the link.
pub async fn accept_invitation(walk: &mut Walk<'_>) -> Result<(), Error> {
    if walk.people.len() > 3 * PEOPLE {
        return Err(Error::Forbidden);
    }
    walk.made += 1;
    let mail = format!("p{}@riverside.example", walk.made);
    let person = NewPerson {
        name: Line::parse(&format!("Person {}", walk.made)).expect("a name"),
        mail: Mail::parse(&mail).expect("a mail address"),
        language: Language::En,
        external_id: None,
    };
    let node = walk.any_node();
    let mut ctx = walk.as_administrator().await?;
    let account = administration::invite(&mut ctx, node, (&person, &[Role::Member])).await?;
    ctx.commit().await?;
    let env = &walk.app.env;
    let mut ctx = Ctx::write(env, Actor::Time).await?;
    let (link, ..) = ticket::issue(&mut ctx, account, Purpose::Invitation).await?;
    ctx.commit().await?;
    let secret = link.rsplit('/').next().expect("a secret");
    ticket::set_password(env, secret, ("seven dry teabags", "a test")).await?;
    walk.people.push(Person { account, mail });
    Ok(())
}

/// One after another, everybody who could decide declares an interest, until only the last resort is left.
pub async fn everybody_declares(walk: &mut Walk<'_>) -> Result<(), Error> {
    let record = walk.record_that(|record| record.stage.awaits_answer())?;
    let (id, people) = (record.id, walk.people.len());
    for _ in 0..=people {
        let mut ctx = Ctx::read(&walk.app.env, Actor::Time).await?;
        let record: Innovation = ctx.load(id.0).await?;
        drop(ctx);
        let Some(account) = decider_of(walk, &record).await else { return Err(Error::Forbidden) };
        let mut ctx = walk.context(account).await?;
        match pass::declare_interest(&mut ctx, seen(&record)).await {
            Ok(_) => {
                ctx.commit().await?;
                walk.check("an interest").await;
            }
            Err(Error::Refused(_) | Error::Forbidden) => {
                let decider = record.decider.expect("an open record has a decider");
                assert_eq!(decider.explained, Some(Explained::LastResort), "{record:#?}");
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
    panic!("more interests than people: {id}");
}

async fn decider_of(walk: &Walk<'_>, record: &Innovation) -> Option<AccountId> {
    let mut tx = walk.app.env.db.read().await.expect("a database");
    let party = record.decider?.party;
    let account = waymark_store::people::parties::account_of(&mut tx, party.0).await.expect("a party");
    account.map(AccountId)
}
