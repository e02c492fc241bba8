//! The tree of nodes: the line from a node to the root, and the settings along it.

use crate::db::Tx;
use crate::error::Result;
use crate::on;
use sqlx::FromRow;
use uuid::Uuid;

/// A node as lists and forms need it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct NodeRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: String,
    /// The node above.
    pub parent: Option<Uuid>,
    /// Is it a legal body?
    pub is_body: bool,
    /// The nearest legal body, itself included.
    pub body: Uuid,
    /// Whose bank holidays it keeps.
    pub calendar: String,
    /// Its time zone.
    pub zone: String,
    /// The id that another system knows it by.
    pub external_id: Option<String>,
    /// Is it no more?
    pub is_closed: bool,
}

/// The columns of [`NodeRow`] from a table called `n`.
macro_rules! select_node {
    ($rest:literal) => {
        select_node!("", $rest)
    };
    ($more:literal, $rest:literal) => {
        concat!(
            "select n.id, n.name, n.level, n.parent, n.is_body, n.body, n.calendar, n.zone, n.external_id, ",
            "n.is_closed",
            $more,
            " ",
            $rest
        )
    };
}

/// The nodes from one to the root, itself first; empty where there is none of that id.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn line(tx: &mut Tx, node: Uuid) -> Result<Vec<NodeRow>> {
    let sql = select_node!(
        "from node_above a join node n on n.id = a.ancestor where a.node = $1 order by a.height"
    );
    on!(tx, c => sqlx::query_as(sql).bind(node).fetch_all(c).await)
}

/// The root; nothing before the first run.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn root(tx: &mut Tx) -> Result<Option<NodeRow>> {
    let sql = select_node!("from node n where n.parent is null");
    on!(tx, c => sqlx::query_as(sql).fetch_optional(c).await)
}

/// The legal bodies that are open.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn bodies(tx: &mut Tx) -> Result<Vec<NodeRow>> {
    let sql = select_node!("from node n where n.is_body and not n.is_closed order by n.name, n.id");
    on!(tx, c => sqlx::query_as(sql).fetch_all(c).await)
}

/// A node.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn node(tx: &mut Tx, id: Uuid) -> Result<Option<NodeRow>> {
    let sql = select_node!("from node n where n.id = $1");
    on!(tx, c => sqlx::query_as(sql).bind(id).fetch_optional(c).await)
}

/// A node with the name of the one above it, by which two wards of one name are told apart.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Named {
    /// The node.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The name of the node above.
    pub above: Option<String>,
}

/// Open nodes whose name has a text in it (capital letters of ASCII do not matter), by name, at most `limit`.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn named(tx: &mut Tx, text: &str, limit: i64) -> Result<Vec<Named>> {
    // Whether taking the text out changes the name is the one test for *contains* that both engines read alike.
    let sql = "select n.id, n.name, up.name as above from node n left join node up on up.id = n.parent \
               where not n.is_closed and replace(lower(n.name), lower($1), '') <> lower(n.name) \
               order by n.name, n.id limit $2";
    on!(tx, c => sqlx::query_as(sql).bind(text).bind(limit).fetch_all(c).await)
}

/// The node that another system knows by an id.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn node_by_external_id(tx: &mut Tx, external_id: &str) -> Result<Option<NodeRow>> {
    let sql = select_node!("from node n where n.external_id = $1");
    on!(tx, c => sqlx::query_as(sql).bind(external_id).fetch_optional(c).await)
}

/// The nodes right below one, by name.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn children(tx: &mut Tx, node: Uuid) -> Result<Vec<NodeRow>> {
    let sql = select_node!("from node n where n.parent = $1 order by n.name, n.id");
    on!(tx, c => sqlx::query_as(sql).bind(node).fetch_all(c).await)
}

/// A node with how far below another it lies.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Below {
    /// The node.
    #[sqlx(flatten)]
    pub node: NodeRow,
    /// Levels below; 0 is the node itself.
    pub depth: i64,
}

/// The nodes below one, itself included, at most `limit`, the nearest first.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn below(tx: &mut Tx, node: Uuid, limit: i64) -> Result<Vec<Below>> {
    let sql = select_node!(
        ", a.height as depth",
        "from node_above a join node n on n.id = a.node where a.ancestor = $1 \
         order by a.height, n.name, n.id limit $2"
    );
    on!(tx, c => sqlx::query_as(sql).bind(node).bind(limit).fetch_all(c).await)
}

/// A node with one of its settings, where it has any.
#[derive(Debug, FromRow)]
struct Applying {
    #[sqlx(flatten)]
    node: NodeRow,
    value: Option<String>,
}

/// As [`line`], with the values of all settings from the root down to the node, in the order in which they are laid over
/// one another.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn line_and_settings(tx: &mut Tx, node: Uuid) -> Result<(Vec<NodeRow>, Vec<String>)> {
    let sql = select_node!(
        ", s.value",
        "from node_above a join node n on n.id = a.ancestor left join node_setting s on s.node = n.id \
         where a.node = $1 order by a.height desc, s.name"
    );
    let rows: Vec<Applying> = on!(tx, c => sqlx::query_as(sql).bind(node).fetch_all(c).await)?;
    let (mut line, mut values) = (Vec::new(), Vec::new());
    for Applying { node, value } in rows {
        values.extend(value);
        if line.last() != Some(&node) {
            line.push(node);
        }
    }
    line.reverse();
    Ok((line, values))
}

/// A legal body with a door that is set there or above it, as settings are kept.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct BodyDoor {
    /// The body.
    pub body: Uuid,
    /// Its name.
    pub name: String,
    /// The door; nothing where none is set.
    pub value: Option<String>,
}

/// The doors of the open bodies below the root, body by body and by name, in the order in which they are laid over one
/// another. A body without any is there, too.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn doors_of_bodies(tx: &mut Tx) -> Result<Vec<BodyDoor>> {
    let sql = "select b.id as body, b.name, s.value from node b join node_above a on a.node = b.id \
               left join node_setting s on s.node = a.ancestor and s.name like 'door-%' \
               where b.is_body and not b.is_closed and b.parent is not null \
               order by b.name, b.id, a.height desc, s.name";
    on!(tx, c => sqlx::query_as(sql).fetch_all(c).await)
}

/// Puts a new node under its parent in the table of ancestors.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn place(tx: &mut Tx, node: Uuid, parent: Option<Uuid>) -> Result<()> {
    let own = "insert into node_above (node, ancestor, height) values ($1, $1, 0)";
    on!(tx, c => sqlx::query(own).bind(node).execute(c).await.map(|done| done.rows_affected()))?;
    let above = "insert into node_above (node, ancestor, height) \
                 select $1, ancestor, height + 1 from node_above where node = $2";
    if let Some(parent) = parent {
        on!(tx, c => sqlx::query(above).bind(node).bind(parent).execute(c).await.map(|done| done.rows_affected()))?;
    }
    Ok(())
}

/// Moves a node with all below it: the ancestors that it shared with nobody below are replaced.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn replace(tx: &mut Tx, node: Uuid, parent: Uuid) -> Result<()> {
    let cut = "delete from node_above \
               where node in (select node from node_above where ancestor = $1) \
               and ancestor in (select ancestor from node_above where node = $1 and height > 0)";
    on!(tx, c => sqlx::query(cut).bind(node).execute(c).await.map(|done| done.rows_affected()))?;
    let join = "insert into node_above (node, ancestor, height) \
                select low.node, high.ancestor, low.height + high.height + 1 \
                from node_above low, node_above high where low.ancestor = $1 and high.node = $2";
    on!(tx, c => sqlx::query(join).bind(node).bind(parent).execute(c).await.map(|done| done.rows_affected()))?;
    Ok(())
}

/// The nodes that are not closed, at most `limit`, by name.
///
/// # Errors
/// Where the database cannot be reached.
pub async fn open_nodes(tx: &mut Tx, limit: i64) -> Result<Vec<NodeRow>> {
    let sql = select_node!("from node n where not n.is_closed order by n.name, n.id limit $1");
    on!(tx, c => sqlx::query_as(sql).bind(limit).fetch_all(c).await)
}
