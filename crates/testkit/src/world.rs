//! A small world for tests: two hospitals under a department, and people in the roles of the first stretch.

use std::collections::HashMap;
use waymark_app::people::account::{self, Mail, NewPerson};
use waymark_app::people::node::{self, NewNode};
use waymark_app::people::roles;
use waymark_app::{Actor, Ctx, Env, Write};
use waymark_domain::ids::{AccountId, NodeId};
use waymark_domain::people::host::hosts;
use waymark_domain::people::level::Level;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::{Door, Setting};
use waymark_domain::route::calendar::CalendarName;
use waymark_domain::text::{Language, Line};

/// Nodes and people by short names.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// `root`, `riverside` (body), `ward4`, `ward5`, `hillside` (body, Scotland), `ward1`.
    pub nodes: HashMap<&'static str, NodeId>,
    /// `ada`, `bea` (ward 4), `len` (its lead), `cai` (ward 5, no lead), `fay` (finder of Riverside), `hana` (its head),
    /// `olu` (Hillside ward 1), `una` (its lead), `ivo` (finder of Hillside), `rhys` (head of the root), `rae` (finder of
    /// the root), `ann` (administrator), `otto` (auditor).
    pub people: HashMap<&'static str, AccountId>,
}

/// Short name, name, level, the node above, and the calendar of a legal body.
type NodeLine = (&'static str, &'static str, Level, Option<&'static str>, Option<CalendarName>);

const NODES: [NodeLine; 6] = [
    ("root", "Department of Health", Level::Department, None, Some(CalendarName::EnglandAndWales)),
    (
        "riverside",
        "Riverside Hospital",
        Level::Organisation,
        Some("root"),
        Some(CalendarName::EnglandAndWales),
    ),
    ("ward4", "Ward 4", Level::Team, Some("riverside"), None),
    ("ward5", "Ward 5", Level::Team, Some("riverside"), None),
    ("hillside", "Hillside Hospital", Level::Organisation, Some("root"), Some(CalendarName::Scotland)),
    ("ward1", "Ward 1", Level::Team, Some("hillside"), None),
];

/// Short name, name, and the roles with their nodes.
type PersonLine = (&'static str, &'static str, &'static [(Role, &'static str)]);

const PEOPLE: [PersonLine; 13] = [
    ("ada", "Ada Price", &[(Role::Member, "ward4")]),
    ("bea", "Bea Okafor", &[(Role::Member, "ward4")]),
    ("len", "Len Hughes", &[(Role::Member, "ward4"), (Role::TeamLead, "ward4")]),
    ("cai", "Cai Morgan", &[(Role::Member, "ward5")]),
    ("fay", "Fay Singh", &[(Role::Member, "riverside"), (Role::Finder, "riverside")]),
    ("hana", "Hana Lewis", &[(Role::Member, "riverside"), (Role::Head, "riverside")]),
    ("olu", "Olu Adeyemi", &[(Role::Member, "ward1")]),
    ("una", "Una McKay", &[(Role::Member, "ward1"), (Role::TeamLead, "ward1")]),
    ("ivo", "Ivo Grant", &[(Role::Member, "hillside"), (Role::Finder, "hillside")]),
    ("rhys", "Rhys Ward", &[(Role::Member, "root"), (Role::Head, "root")]),
    ("rae", "Rae Dunn", &[(Role::Member, "root"), (Role::Finder, "root")]),
    ("ann", "Ann Field", &[(Role::Member, "root"), (Role::Administrator, "root")]),
    ("otto", "Otto Reed", &[(Role::Member, "root"), (Role::Auditor, "root")]),
];

impl World {
    /// Founds the world in an empty database.
    ///
    /// # Panics
    /// Where the database is not empty or cannot be reached.
    pub async fn found(env: &Env) -> Self {
        let mut ctx = Ctx::write(env, Actor::Console).await.expect("a database");
        let mut world = Self::default();
        for (key, name, level, parent, calendar) in NODES {
            let id = world.found_node(&mut ctx, (key, name, level, parent), calendar).await;
            world.nodes.insert(key, id);
        }
        for (key, name, held) in PEOPLE {
            let id = world.found_person(&mut ctx, (key, name), held).await;
            world.people.insert(key, id);
        }
        let doors = Door::ALL.map(|door| Setting::Door(door, format!("{}@riverside.example", door.name())));
        let hosts = Setting::MailHosts(hosts("riverside.example").expect("a host"));
        let settings = doors.into_iter().chain([hosts]).collect();
        node::set(&mut ctx, world.nodes["root"], settings).await.expect("settings");
        ctx.commit().await.expect("a commit");
        world
    }

    async fn found_node(
        &self,
        ctx: &mut Ctx<'_, Write>,
        (_, name, level, parent): (&str, &str, Level, Option<&str>),
        calendar: Option<CalendarName>,
    ) -> NodeId {
        let new = NewNode {
            name: name.to_owned(),
            level,
            parent: parent.map(|parent| self.nodes[parent]),
            is_body: calendar.is_some(),
            calendar,
            zone: None,
            external_id: None,
        };
        node::found(ctx, new).await.expect("a node")
    }

    async fn found_person(
        &self,
        ctx: &mut Ctx<'_, Write>,
        (key, name): (&str, &str),
        held: &[(Role, &'static str)],
    ) -> AccountId {
        let person = NewPerson {
            name: Line::parse(name).expect("a name"),
            mail: Mail::parse(&format!("{key}@riverside.example")).expect("a mail address"),
            language: Language::En,
            external_id: None,
        };
        let account = account::create(ctx, &person).await.expect("an account");
        for (role, node) in held {
            roles::grant(ctx, *role, self.nodes[node], account).await.expect("a role");
        }
        account
    }
}
