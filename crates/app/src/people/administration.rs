//! Administration: what an administrator sees and does at the nodes that they reach, and nowhere else.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::people::account::{self, NewPerson};
use crate::people::audit::{self, Act};
use crate::people::letters::{PEOPLE_MAIL, PeopleMail};
use crate::people::place::{Place, place};
use crate::people::ticket::{self, Purpose};
use crate::people::{asks, closing, roles, tokens};
use uuid::Uuid;
use waymark_domain::ids::{AccountId, GrantId, NodeId};
use waymark_domain::people::grant::GrantEnd;
use waymark_domain::people::role::Role;
use waymark_store::db::Lock;
use waymark_store::dialect;
use waymark_store::people::asks as store_asks;
use waymark_store::people::search::{self, Sought};
use waymark_store::people::{accounts, holders, sessions, tree};

pub use waymark_store::people::asks::AskRow;
pub use waymark_store::people::holders::RoleRow;
pub use waymark_store::people::search::PersonRow;
pub use waymark_store::people::tree::NodeRow;

/// People on one page of a list.
pub const PAGE_PEOPLE: u32 = 20;
/// The most people with a role that one node's page shows.
const ROLES_SHOWN: i64 = 500;
/// The most nodes that are looked through for a name.
const NODES_SEARCHED: i64 = 20_000;
/// The most nodes that a search shows.
const NODES_FOUND: usize = 20;

/// May whoever acts administer a node? Who may not is told that there is nothing.
///
/// # Errors
/// [`Error::SignInFirst`], [`Error::NotFound`].
pub async fn guard<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<()> {
    let account = ctx.account()?;
    let roles = holders::reaching(&mut ctx.tx, account.0, node.0).await?;
    let administers = roles.iter().any(|role| role == Role::Administrator.name());
    if administers { Ok(()) } else { Err(Error::NotFound) }
}

/// The nodes where whoever acts is administrator.
///
/// # Errors
/// [`Error::SignInFirst`]; [`Error::Forbidden`] for anybody else.
pub async fn tops<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<NodeRow>> {
    let account = ctx.account()?;
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    let mut tops = Vec::new();
    for held in held.iter().filter(|held| held.role == Role::Administrator.name()) {
        tops.extend(tree::node(&mut ctx.tx, held.node).await?);
    }
    if tops.is_empty() { Err(Error::Forbidden) } else { Ok(tops) }
}

/// Nodes that whoever acts reaches and whose name has some words in it.
///
/// # Errors
/// As [`tops`].
pub async fn nodes_named<K>(ctx: &mut Ctx<'_, K>, words: &str) -> Result<Vec<NodeRow>> {
    let folded = words.trim().to_lowercase();
    let mut found = Vec::new();
    for top in tops(ctx).await? {
        let below = tree::below(&mut ctx.tx, top.id, NODES_SEARCHED).await?;
        found.extend(below.into_iter().map(|below| below.node));
    }
    found.retain(|node| !node.is_closed && node.name.to_lowercase().contains(&folded));
    found.truncate(NODES_FOUND);
    Ok(found)
}

/// A node as its administrator sees it.
#[derive(Debug, Clone)]
pub struct NodeView {
    /// The node with what applies there.
    pub place: Place,
    /// Who holds which role there.
    pub roles: Vec<RoleRow>,
    /// Those of these roles that one person gave alone, since nobody else could say the second yes.
    pub explained: Vec<Uuid>,
    /// Roles there that wait for a second yes.
    pub asked: Vec<AskRow>,
    /// The nodes right below it that are open.
    pub below: Vec<NodeRow>,
}

/// A node.
///
/// # Errors
/// As [`guard`].
pub async fn node<K>(ctx: &mut Ctx<'_, K>, node: NodeId) -> Result<NodeView> {
    guard(ctx, node).await?;
    let place = place(ctx, node).await?;
    let roles = holders::at_node(&mut ctx.tx, node.0, ROLES_SHOWN).await?;
    let mut below = tree::children(&mut ctx.tx, node.0).await?;
    below.retain(|child| !child.is_closed);
    let explained = store_asks::explained(&mut ctx.tx, node.0).await?;
    let asked = store_asks::at_node(&mut ctx.tx, node.0).await?;
    Ok(NodeView { place, roles, explained, asked, below })
}

/// People with a role at a node or below it: those of one page (from 1), and how many there are.
///
/// # Errors
/// As [`guard`].
pub async fn people<K>(
    ctx: &mut Ctx<'_, K>,
    node: NodeId,
    (words, page): (&str, u32),
) -> Result<(Vec<PersonRow>, u32)> {
    guard(ctx, node).await?;
    let is_root = tree::node(&mut ctx.tx, node.0).await?.is_some_and(|row| row.parent.is_none());
    let folded = account::words_typed(words);
    let word = |place: usize| folded.get(place).map_or("", String::as_str);
    let sought = Sought { node: node.0, is_root, words: [word(0), word(1)] };
    let all = search::count(&mut ctx.tx, &sought).await?;
    let offset = i64::from(page.saturating_sub(1)) * i64::from(PAGE_PEOPLE);
    let rows = search::people(&mut ctx.tx, &sought, (PAGE_PEOPLE.into(), offset)).await?;
    Ok((rows, u32::try_from(all).unwrap_or(u32::MAX)))
}

/// Invites somebody: an account with roles at a node, and a mail with a link. Who has an account already gets the roles.
/// A powerful role is asked for, and given when another person agrees.
///
/// # Errors
/// As [`guard`]; [`Error::RoleRefused`] by the rules of roles.
pub async fn invite(
    ctx: &mut Ctx<'_, Write>,
    node: NodeId,
    (person, given): (&NewPerson, &[Role]),
) -> Result<AccountId> {
    guard(ctx, node).await?;
    let known = accounts::by_mail(&mut ctx.tx, &person.mail.folded()).await?;
    let account = match known {
        Some(row) if row.closed_at.is_some() => return Err(Error::field("mail", "admin-invite-closed")),
        Some(row) => AccountId(row.id),
        None => {
            let account = account::create(ctx, person).await?;
            ticket::mail_link(ctx, account, Purpose::Invitation).await?;
            audit::note(ctx, Act::Invited, account.0).await?;
            account
        }
    };
    dialect::lock(&mut ctx.tx, Lock::People).await?;
    for role in given {
        asks::give(ctx, *role, (node, account)).await?;
    }
    Ok(account)
}

/// Ends a role at a node that whoever acts administers.
///
/// # Errors
/// As [`guard`] and [`roles::end`].
pub async fn end_role(ctx: &mut Ctx<'_, Write>, node: NodeId, grant: GrantId) -> Result<()> {
    guard(ctx, node).await?;
    let at_node = holders::at_node(&mut ctx.tx, node.0, i64::MAX).await?;
    if !at_node.iter().any(|row| row.id == grant.0) {
        return Err(Error::NotFound);
    }
    roles::end(ctx, grant, GrantEnd::Removed).await?;
    Ok(())
}

/// Closes an account, whose every role must lie within the reach of whoever acts: roles and sessions end, and everything
/// open that it had goes to somebody else.
///
/// # Errors
/// [`Error::NotFound`] outside that reach, [`Error::RoleRefused`] for the last of a role that the root must have.
pub async fn close_account(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<()> {
    reachable_name(ctx, account).await?;
    closing::close(ctx, account).await?;
    audit::note(ctx, Act::AccountClosed, account.0).await
}

/// Signs somebody out everywhere, whose every role must lie within the reach of whoever acts: sessions and tokens end, and
/// they are told. Password and second factor stay.
///
/// # Errors
/// [`Error::NotFound`] outside that reach, and for one's own account: to end one's own takes a proof that it is oneself.
pub async fn end_sessions(ctx: &mut Ctx<'_, Write>, account: AccountId) -> Result<()> {
    if ctx.account()? == account {
        return Err(Error::NotFound);
    }
    reachable_name(ctx, account).await?;
    sessions::end_all(&mut ctx.tx, account.0, None).await?;
    tokens::end_all(ctx, account).await?;
    audit::note(ctx, Act::SessionsEnded, account.0).await?;
    ctx.enqueue(PEOPLE_MAIL, &PeopleMail::SessionsEnded { to: account.0 }).await
}

/// The name of a person whose every role lies within the reach of whoever acts.
///
/// # Errors
/// [`Error::NotFound`] outside that reach.
pub async fn reachable_name<K>(ctx: &mut Ctx<'_, K>, account: AccountId) -> Result<String> {
    let root = tree::root(&mut ctx.tx).await?.ok_or(Error::NotFound)?;
    let held = holders::held_by(&mut ctx.tx, account.0).await?;
    if held.is_empty() {
        guard(ctx, NodeId(root.id)).await?;
    }
    for one in &held {
        guard(ctx, NodeId(one.node)).await?;
    }
    let row = accounts::by_id(&mut ctx.tx, account.0).await?;
    row.filter(|row| row.closed_at.is_none()).map(|row| row.name).ok_or(Error::NotFound)
}

/// The one node of a name that whoever acts reaches.
///
/// # Errors
/// [`Error::Invalid`] on `parent` where there is none or more than one.
pub async fn node_of_text<K>(ctx: &mut Ctx<'_, K>, name: &str) -> Result<NodeId> {
    let folded = name.trim().to_lowercase();
    let found = nodes_named(ctx, name).await?;
    let same: Vec<&NodeRow> = found.iter().filter(|node| node.name.to_lowercase() == folded).collect();
    match same.as_slice() {
        [one] => Ok(NodeId(one.id)),
        [] => Err(Error::field("parent", "admin-move-unknown")),
        _ => Err(Error::field("parent", "admin-move-several")),
    }
}
