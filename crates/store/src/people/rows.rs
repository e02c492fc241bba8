//! The rows of nodes and of granted roles.

use crate::row::{Cell, Kind, Row, Stored, Table, column};
use waymark_domain::people::ask::Ask;
use waymark_domain::people::erasure::Erasure;
use waymark_domain::people::grant::{Grant, GrantEnd};
use waymark_domain::people::node::Node;

const NODE: Table = Table {
    name: "node",
    columns: &[
        column("id", Kind::Id),
        column("version", Kind::Int),
        column("name", Kind::Text),
        column("level", Kind::Text),
        column("parent", Kind::Id),
        column("is_body", Kind::Bool),
        column("body", Kind::Id),
        column("calendar", Kind::Text),
        column("zone", Kind::Text),
        column("external_id", Kind::Text),
        column("is_closed", Kind::Bool),
    ],
    key: 1,
    record: "id",
};

const NODE_SETTING: Table = Table {
    name: "node_setting",
    columns: &[column("node", Kind::Id), column("name", Kind::Text), column("value", Kind::Text)],
    key: 2,
    record: "node",
};

impl Stored for Node {
    const TABLES: &'static [Table] = &[NODE, NODE_SETTING];

    fn project(&self) -> Vec<Row> {
        let said = &self.founded;
        let node = Row::new(
            &NODE,
            vec![
                self.id.0.into(),
                self.version.into(),
                said.name.as_str().into(),
                said.level.name().into(),
                Cell::or_null(said.parent.map(|parent| parent.0), Kind::Id),
                said.is_body.into(),
                said.body.0.into(),
                said.calendar.as_str().into(),
                said.zone.as_str().into(),
                Cell::or_null(said.external_id.as_deref(), Kind::Text),
                self.is_closed.into(),
            ],
        );
        let settings = self.settings.iter().map(|(name, setting)| {
            // A setting is words, numbers and addresses: there is nothing in it that JSON cannot say.
            let value = serde_json::to_string(setting).unwrap_or_default();
            Row::new(&NODE_SETTING, vec![self.id.0.into(), name.as_str().into(), value.into()])
        });
        std::iter::once(node).chain(settings).collect()
    }
}

const ROLE_GRANT: Table = Table {
    name: "role_grant",
    columns: &[
        column("id", Kind::Id),
        column("version", Kind::Int),
        column("role", Kind::Text),
        column("node", Kind::Id),
        column("body", Kind::Id),
        column("holder", Kind::Id),
        column("ended", Kind::Text),
    ],
    key: 1,
    record: "id",
};

impl Stored for Grant {
    const TABLES: &'static [Table] = &[ROLE_GRANT];

    fn project(&self) -> Vec<Row> {
        let cells = vec![
            self.id.0.into(),
            self.version.into(),
            self.role.name().into(),
            self.node.0.into(),
            self.body.0.into(),
            self.holder.into(),
            Cell::or_null(self.ended.map(end_name), Kind::Text),
        ];
        vec![Row::new(&ROLE_GRANT, cells)]
    }
}

const fn end_name(end: GrantEnd) -> &'static str {
    match end {
        GrantEnd::Removed => "removed",
        GrantEnd::AccountClosed => "account-closed",
        GrantEnd::NodeClosed => "node-closed",
    }
}

const ROLE_ASK: Table = Table {
    name: "role_ask",
    columns: &[
        column("id", Kind::Id),
        column("version", Kind::Int),
        column("role", Kind::Text),
        column("node", Kind::Id),
        column("body", Kind::Id),
        column("holder", Kind::Id),
        column("asked_by", Kind::Id),
        column("until_on", Kind::Text),
        column("state", Kind::Text),
        column("role_grant", Kind::Id),
    ],
    key: 1,
    record: "id",
};

impl Stored for Ask {
    const TABLES: &'static [Table] = &[ROLE_ASK];

    fn project(&self) -> Vec<Row> {
        let cells = vec![
            self.id.0.into(),
            self.version.into(),
            self.role.name().into(),
            self.node.0.into(),
            self.body.0.into(),
            self.holder.into(),
            Cell::or_null(self.asked_by, Kind::Id),
            self.until.into(),
            self.state.name().into(),
            Cell::or_null(self.grant.map(|grant| grant.0), Kind::Id),
        ];
        vec![Row::new(&ROLE_ASK, cells)]
    }
}

const ERASURE: Table = Table {
    name: "erasure",
    columns: &[
        column("id", Kind::Id),
        column("version", Kind::Int),
        column("body", Kind::Id),
        column("parties", Kind::Int),
        column("texts", Kind::Int),
    ],
    key: 1,
    record: "id",
};

impl Stored for Erasure {
    const TABLES: &'static [Table] = &[ERASURE];

    fn project(&self) -> Vec<Row> {
        let cells = vec![
            self.id.0.into(),
            self.version.into(),
            self.body.0.into(),
            self.parties.into(),
            self.texts.into(),
        ];
        vec![Row::new(&ERASURE, cells)]
    }
}
