//! Who asks besides the people of the world: a moderator and openers of Riverside, people of whom nobody is to know what
//! they told, and whoever comes with a code.

use super::client;
use waymark_app::people::account::{self, Mail, NewPerson};
use waymark_app::people::{opener, roles};
use waymark_app::{Actor, Ctx};
use waymark_domain::people::role::Role;
use waymark_domain::text::{Language, Line};
use waymark_testkit::{Client, TestApp};
use waymark_web::visitor::CODE_COOKIE;

/// How somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comes {
    /// Signed in, by their name in the world; nobody by an empty one.
    As(&'static str),
    /// With the code of the record that is asked about, where it has one.
    WithItsCode,
    /// Signed in, with the code of the record that is asked about, where it has one.
    WithItsCodeAs(&'static str),
    /// With the code of another record with a hidden name.
    WithHidden,
    /// With the code of another record of somebody without an account.
    WithPublic,
}

/// Whose idea with a hidden name a row is about: told anew for each.
pub const HIDDEN: &str = "nest";

/// Everybody who asks, by the name of their column: how they stand to Ada's idea from ward 4 of Riverside. Where a name
/// is hidden it is Nest's idea, and `own` is a colleague; whoever has its code comes without an account in `its-code`,
/// and Nest signed in and with it in `own+code`.
pub const COLUMNS: [(&str, Comes); 17] = [
    ("nobody", Comes::As("")),
    ("own", Comes::As("ada")),
    ("same-unit", Comes::As("bea")),
    ("other-unit", Comes::As("cai")),
    ("other-body", Comes::As("olu")),
    ("decider", Comes::As("len")),
    ("finder", Comes::As("fay")),
    ("head", Comes::As("hana")),
    ("top-head", Comes::As("rhys")),
    ("admin", Comes::As("ann")),
    ("auditor", Comes::As("otto")),
    ("moderator", Comes::As("mair")),
    ("opener", Comes::As("gwen")),
    ("its-code", Comes::WithItsCode),
    ("own+code", Comes::WithItsCodeAs(HIDDEN)),
    ("hid-code", Comes::WithHidden),
    ("pub-code", Comes::WithPublic),
];

/// Short name, name, and the roles with their nodes.
pub type PersonLine = (&'static str, &'static str, &'static [(Role, &'static str)]);

/// Who joins the world.
pub const PEOPLE: [PersonLine; 6] = [
    ("mair", "Mair Rees", &[(Role::Member, "ward5"), (Role::Moderator, "riverside")]),
    ("gwen", "Gwen Puw", &[(Role::Member, "ward5"), (Role::Opener, "riverside")]),
    // The other of the two without whom no name is hidden.
    ("tom", "Tom Ellis", &[(Role::Member, "root"), (Role::Opener, "root")]),
    (HIDDEN, "Nest Plygain", &[(Role::Member, "ward4")]),
    ("gwladys", "Gwladys Zorbulan", &[(Role::Member, "ward5")]),
    ("cari", "Cari Wyn", &[(Role::Member, "ward4")]),
];

/// A pass-phrase that an opener wrote down.
const PHRASE: &str = "7K3QF-2M9XA-0B4CD-8EWHJ-5NPRS";

/// The world with all of them.
pub async fn world() -> TestApp {
    let mut app = TestApp::new().await;
    for person in PEOPLE {
        join(&mut app, person).await;
    }
    keys(&app, &["gwen", "tom"]).await;
    app
}

/// Makes a key for each of some openers: where two reach, a name can be hidden.
pub async fn keys(app: &TestApp, openers: &[&str]) {
    for name in openers {
        let mut ctx = app.write_as(name).await;
        opener::make_key(&mut ctx, (PHRASE, PHRASE)).await.expect("a key");
        ctx.commit().await.expect("a commit");
    }
}

/// Somebody more, with their roles.
pub async fn join(app: &mut TestApp, (key, name, held): PersonLine) {
    let person = NewPerson {
        name: Line::parse(name).expect("a name"),
        mail: Mail::parse(&format!("{key}@riverside.example")).expect("a mail address"),
        language: Language::En,
        external_id: None,
    };
    let mut ctx = Ctx::write(&app.env, Actor::Console).await.expect("a database");
    let account = account::create(&mut ctx, &person).await.expect("an account");
    for (role, node) in held {
        roles::grant(&mut ctx, *role, app.world.nodes[node], account).await.expect("a role");
    }
    ctx.commit().await.expect("a commit");
    app.world.people.insert(key, account);
}

/// A client for each column; `codes` are those of the other records, with a hidden name and of the public.
pub async fn clients(app: &TestApp, [hidden, public]: &[String; 2]) -> Vec<Client> {
    let mut clients = Vec::new();
    for (_, comes) in COLUMNS {
        clients.push(match comes {
            Comes::As(name) | Comes::WithItsCodeAs(name) => client(app, name).await,
            Comes::WithItsCode => app.visitor(),
            Comes::WithHidden => app.visitor().with_cookie(CODE_COOKIE, hidden),
            Comes::WithPublic => app.visitor().with_cookie(CODE_COOKIE, public),
        });
    }
    clients
}

/// The client of somebody who asks about a record, with its code where they come with it; nothing for them where it has
/// none.
pub fn coming(comes: Comes, client: &Client, code: Option<&str>) -> Option<Client> {
    match (comes, code) {
        (Comes::WithItsCode | Comes::WithItsCodeAs(_), None) => None,
        (Comes::WithItsCode | Comes::WithItsCodeAs(_), Some(code)) => {
            Some(client.clone().with_cookie(CODE_COOKIE, code))
        }
        _ => Some(client.clone()),
    }
}
