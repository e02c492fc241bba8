//! What administrators do to the tree.

use super::Walk;
use super::truth::ZONES;
use rand::RngExt;
use rand::seq::IndexedRandom;
use waymark_app::Error;
use waymark_app::people::node::{NewNode, found, set};
use waymark_app::people::relocate;
use waymark_domain::people::level::Level;
use waymark_domain::people::setting::{SeenBy, Setting};
use waymark_domain::text::Line;

/// The most nodes that are open at a time.
const NODES: usize = 14;

pub async fn add(walk: &mut Walk<'_>) -> Result<(), Error> {
    if walk.nodes.len() >= NODES {
        return Err(Error::Forbidden);
    }
    walk.made += 1;
    let is_body = walk.dice.random_bool(0.3);
    let zone = ZONES.choose(&mut walk.dice).filter(|_| is_body).map(|zone| zone.name().to_owned());
    let new = NewNode {
        name: format!("Team {}", walk.made),
        level: if is_body { Level::Organisation } else { Level::Team },
        parent: Some(walk.any_node()),
        is_body,
        calendar: None,
        zone,
        external_id: None,
    };
    let mut ctx = walk.as_administrator().await?;
    let node = found(&mut ctx, new).await?;
    ctx.commit().await?;
    walk.nodes.push(node);
    Ok(())
}

pub async fn rename(walk: &mut Walk<'_>) -> Result<(), Error> {
    let node = walk.any_node();
    let name = format!("Ward {}", walk.dice.random_range(1..100));
    let mut ctx = walk.as_administrator().await?;
    relocate::rename(&mut ctx, node, &Line::parse(&name).expect("a name")).await?;
    ctx.commit().await.map(drop)
}

pub async fn put_elsewhere(walk: &mut Walk<'_>) -> Result<(), Error> {
    let (node, parent) = (walk.any_node(), walk.any_node());
    let mut ctx = walk.as_administrator().await?;
    relocate::move_under(&mut ctx, node, parent).await?;
    ctx.commit().await.map(drop)
}

pub async fn close(walk: &mut Walk<'_>) -> Result<(), Error> {
    // The newest ones are mostly empty; the others are tried too.
    let newest = walk.nodes[walk.nodes.len() - 1];
    let node = if walk.dice.random_bool(0.8) { newest } else { walk.any_node() };
    let mut ctx = walk.as_administrator().await?;
    relocate::close(&mut ctx, node).await?;
    ctx.commit().await?;
    walk.nodes.retain(|open| *open != node);
    Ok(())
}

pub async fn settings(walk: &mut Walk<'_>) -> Result<(), Error> {
    let node = walk.any_node();
    let pence = Setting::GoPence(walk.dice.random_range(10_000..60_000));
    let seen_by = Setting::SeenBy(*SeenBy::ALL.choose(&mut walk.dice).expect("four"));
    let mut ctx = walk.as_administrator().await?;
    set(&mut ctx, node, vec![pence, seen_by]).await?;
    ctx.commit().await.map(drop)
}
