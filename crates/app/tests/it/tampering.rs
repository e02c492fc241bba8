//! Every column of every table of the real records: changed by hand behind the program's back, it is named.
//! How chains, tails and seals are watched is tried in `store`, with a record made for it.

use waymark_app::ctx::Writing;
use waymark_app::find::moderation::Typed;
use waymark_app::find::{comment, draft, send, sight};
use waymark_app::people::account::{self, Mail, NewPerson};
use waymark_app::people::{asks, closing};
use waymark_app::route::answer::Words;
use waymark_app::route::change::Seen;
use waymark_app::route::shared;
use waymark_app::sound::kinds;
use waymark_app::{Actor, Ctx, Env, demo};
use waymark_domain::find::comment::Comment;
use waymark_domain::find::innovation::Innovation;
use waymark_domain::find::moderation::Because;
use waymark_domain::find::problem::{Listed, Problem, ProblemEvent};
use waymark_domain::find::stage::Reason;
use waymark_domain::ids::{AccountId, CommentId, InnovationId, NodeId};
use waymark_domain::people::ask::Ask;
use waymark_domain::people::erasure::Erasure;
use waymark_domain::people::grant::Grant;
use waymark_domain::people::node::Node;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::route::shared::SharedAnswer;
use waymark_domain::text::{Field, Language, Line, Prose, Remark};
use waymark_store::people::{openers, parties, public, tree};
use waymark_store::row::Column;
use waymark_store::sqlx::types::Uuid;
use waymark_store::sqlx::{self, AssertSqlSafe};
use waymark_store::verify::{self, Report, What};
use waymark_store::{Engine, Kind, Stored, Table, Tx, on, run};
use waymark_testkit::{TestApp, databases};

async fn demonstrations() -> Vec<TestApp> {
    let mut apps = Vec::new();
    for database in databases().await {
        let app = TestApp::empty(database).await;
        demo::fill(&app.env).await.expect("an empty database takes the demonstration");
        list_a_problem(&app.env).await;
        ask(&app).await;
        hidden(&app).await;
        share(&app).await;
        offer(&app).await;
        erased(&app).await;
        apps.push(app);
    }
    apps
}

/// The demonstration has no problem that ideas are told to: here is one with every column filled.
async fn list_a_problem(env: &Env) {
    let mut tx = env.db.read().await.expect("a database");
    let root = tree::root(&mut tx).await.expect("a database").expect("a root");
    let sql = "select id from account order by id limit 1";
    let account: Uuid = on!(&mut tx, c => sqlx::query_scalar(sql).fetch_one(c).await).expect("an account");
    drop(tx);
    let mut ctx = Ctx::write(env, Actor::Console).await.expect("a database");
    let (id, now) = (env.id(), ctx.now);
    let by = ctx.party(id, AccountId(account)).await.expect("a party");
    let mut writing = Writing::new(env, (id, 1), Language::En);
    let listed = Listed {
        node: NodeId(root.id),
        body: NodeId(root.body),
        by,
        seen_by: SeenBy::Body,
        language: Language::En,
        title: writing.note(Field::Title, "Fewer letters"),
        problem: writing.note(Field::Problem, "Most of them are not read."),
        details: Some(writing.note(Field::Details, "How to take part")),
        opens_at: Some(now),
        closes_at: Some(now),
        money: Some("£500".to_owned()),
        source_url: Some("https://example.org/letters".to_owned()),
        external_id: Some("letters".to_owned()),
    };
    let events = vec![ProblemEvent::Listed(Box::new(listed))];
    ctx.save::<Problem>(None, (id, events), (Some(by), writing.finish())).await.expect("a problem");
    ctx.commit().await.expect("a commit");
}

/// An administrator of the demonstration asks that a member administers, too.
async fn ask(app: &TestApp) {
    let sql = "select p.account, g.node from role_grant g join party p on p.id = g.holder \
               where g.role = $1 order by g.id limit 1";
    let mut tx = app.env.db.read().await.expect("a database");
    let mut of_role = async |role: &str| -> (Uuid, Uuid) {
        on!(&mut tx, c => sqlx::query_as(sql).bind(role).fetch_one(c).await).expect("somebody")
    };
    let ((administrator, node), (member, _)) = (of_role("administrator").await, of_role("member").await);
    let mut ctx = Ctx::write(&app.env, Actor::Person(AccountId(administrator))).await.expect("a database");
    asks::give(&mut ctx, Role::Administrator, (NodeId(node), AccountId(member))).await.expect("asked");
    ctx.commit().await.expect("a commit");
}

/// Somebody who had an account is erased.
async fn erased(app: &TestApp) {
    let person = NewPerson {
        name: Line::parse("Nia Puw").expect("a name"),
        mail: Mail::parse("nia.puw@tarrowmere.example.org").expect("a mail address"),
        language: Language::En,
        external_id: None,
    };
    let mut ctx = Ctx::write(&app.env, Actor::Console).await.expect("a database");
    let account = account::create(&mut ctx, &person).await.expect("an account");
    closing::erase(&mut ctx, account, true).await.expect("erased");
    ctx.commit().await.expect("a commit");
}

/// Somebody of the demonstration tells an idea with a hidden name.
async fn hidden(app: &TestApp) {
    let mut tx = app.env.db.read().await.expect("a database");
    let sql = "select p.account, g.node from role_grant g join party p on p.id = g.holder \
               where g.role = 'member' order by g.id limit 1";
    let (account, node): (Uuid, Uuid) =
        on!(&mut tx, c => sqlx::query_as(sql).fetch_one(c).await).expect("one");
    drop(tx);
    let (node, code) = (node.to_string(), "7".repeat(20));
    let said = [
        ("whose", "hidden"),
        ("code", &code),
        ("at", &node),
        ("problem", "The lamp by the door flickers."),
        ("unknown", "yes"),
        ("title", "A lamp"),
        ("who", "unknown"),
        ("origin", "front-line"),
    ];
    let fields = said.map(|(name, value)| (name.to_owned(), vec![value.to_owned()])).into();
    let mut ctx = Ctx::write(&app.env, Actor::Person(AccountId(account))).await.expect("a database");
    send::send_at_once(&mut ctx, (draft::Kind::Tell, fields)).await.expect("told");
    ctx.commit().await.expect("a commit");
}

/// Somebody of the demonstration gives a shared answer, and says something about the record.
async fn share(app: &TestApp) {
    let sql = "select p.account from innovation i join party p on p.id = i.decider \
               where i.stage = 'told' and not i.is_paused order by i.id limit 1";
    let mut tx = app.env.db.read().await.expect("a database");
    let account: Uuid = on!(&mut tx, c => sqlx::query_scalar(sql).fetch_one(c).await).expect("a decider");
    drop(tx);
    let mut ctx = Ctx::write(&app.env, Actor::Person(AccountId(account))).await.expect("a database");
    let choices = shared::choices(&mut ctx, &[]).await.expect("what waits");
    let prose = |text: &str| Prose::parse(text).expect("a text");
    let words = Words {
        reason: Reason::NoMoney,
        words: prose("Not before the field is paved."),
        would_change: prose("It is paved."),
    };
    let reread_on = ctx.now.date_naive() + chrono::Days::new(100);
    let typed = shared::Typed { words, reread_on };
    shared::write(&mut ctx, &typed, &[choices[0].seen]).await.expect("written");
    let words = Remark::parse("Here, too.").expect("a text");
    let on = choices[0].seen.id;
    let written = comment::write(&mut ctx, on, &words).await.expect("written");
    ctx.commit().await.expect("a commit");
    moderated(app, account, (on, written.id)).await;
}

/// Whoever brought an idea of the demonstration wishes that everybody sees it.
async fn offer(app: &TestApp) {
    let sql = "select p.account, i.id from innovation i join contributor c on c.innovation = i.id \
               join party p on p.id = c.party join account a on a.id = p.account and a.closed_at is null \
               where i.listed = 'listed' and i.seen_by = 'body' order by i.id limit 1";
    let mut tx = app.env.db.read().await.expect("a database");
    let (account, id): (Uuid, Uuid) =
        on!(&mut tx, c => sqlx::query_as(sql).fetch_one(c).await).expect("an idea");
    drop(tx);
    let mut ctx = Ctx::write(&app.env, Actor::Person(AccountId(account))).await.expect("a database");
    let seen = Seen { id: InnovationId(id), version: None };
    sight::show_to(&mut ctx, seen, SeenBy::Everyone).await.expect("offered");
    ctx.commit().await.expect("a commit");
}

/// Somebody else than who wrote it takes a comment away.
async fn moderated(app: &TestApp, author: Uuid, about: (InnovationId, CommentId)) {
    let sql = "select g.account from innovation i join node_above a on a.node = i.node \
               join role_held g on g.node = a.ancestor and g.role = 'finder' and g.account <> $2 \
               where i.id = $1 order by a.height, g.account limit 1";
    let mut tx = app.env.db.read().await.expect("a database");
    let on = about.0.0;
    let found: Result<Uuid, _> =
        on!(&mut tx, c => sqlx::query_scalar(sql).bind(on).bind(author).fetch_one(c).await);
    let finder = found.expect("a finder");
    drop(tx);
    let mut ctx = Ctx::write(&app.env, Actor::Person(AccountId(finder))).await.expect("a database");
    let why = Prose::parse("It names the porter.").expect("a text");
    comment::moderate(&mut ctx, about, &Typed::Unlist(Because::Private, why)).await.expect("taken away");
    ctx.commit().await.expect("a commit");
}

async fn report(tx: &mut Tx) -> Report {
    let kinds = kinds();
    let kinds: Vec<&dyn verify::Verifier> = kinds.iter().map(AsRef::as_ref).collect();
    verify::verify(tx, &kinds, None).await.expect("a report")
}

/// Another value than the one that is there, on both engines.
fn other_value(engine: Engine, column: &Column) -> String {
    let name = column.name;
    match (column.kind, engine) {
        (Kind::Int, _) => format!("coalesce({name}, 0) + 1"),
        (Kind::Text, _) => format!("coalesce({name}, '') || 'x'"),
        (Kind::Bool, Engine::Sqlite) => format!("1 - coalesce({name}, 0)"),
        (Kind::Bool, Engine::Postgres) => format!("not coalesce({name}, false)"),
        (Kind::Id, Engine::Sqlite) => "randomblob(16)".to_owned(),
        (Kind::Id, Engine::Postgres) => "gen_random_uuid()".to_owned(),
        (Kind::Bytes, Engine::Sqlite) => "randomblob(32)".to_owned(),
        (Kind::Bytes, Engine::Postgres) => "sha256(gen_random_uuid()::text::bytea)".to_owned(),
    }
}

/// Changes a column of one row and says what verify found; nothing where the database itself refuses the change.
async fn changed(app: &TestApp, table: &Table, column: &Column) -> Option<Report> {
    let mut tx = app.env.db.write().await.expect("a database");
    let keys: Vec<&str> = table.columns[..table.key].iter().map(|column| column.name).collect();
    let keys = keys.join(", ");
    let sql = format!(
        "update {name} set {column} = {value} where ({keys}) = (select {keys} from {name} order by {keys} limit 1)",
        name = table.name,
        column = column.name,
        value = other_value(app.engine(), column),
    );
    let touched = run!(&mut tx, sqlx::query(AssertSqlSafe(sql.as_str()))).ok()?;
    assert_eq!(touched, 1, "{sql}");
    Some(report(&mut tx).await)
}

/// The tables whose rows are compared with the journal column by column.
fn record_tables() -> Vec<Table> {
    let of_records = [
        Innovation::TABLES,
        Problem::TABLES,
        Node::TABLES,
        Grant::TABLES,
        Ask::TABLES,
        Erasure::TABLES,
        SharedAnswer::TABLES,
        Comment::TABLES,
    ];
    [of_records.concat().as_slice(), &[parties::TABLE, openers::TABLE, public::TABLE]].concat()
}

/// The tables that the tampering tests of `store` try.
const TRIED_IN_STORE: [&str; 6] = ["journal", "stream", "words", "seal", "seal_leaf", "party_erased"];

/// The tables that follow from roles and from who is who: [`what_follows_from_roles_is_compared_with_them`].
const OF_ROLES: [&str; 3] = ["role_held", "role_grant_side", "role_side"];

/// The tables that are not accountable, and why not.
const NOT_ACCOUNTABLE: &[(&str, &str)] = &[
    (
        "account",
        "a name and an address, which the person may change; which account a party is, its id commits to",
    ),
    ("account_word", "an index: follows from accounts"),
    ("api_token", "hashes of what programs send to act as a person"),
    ("attempt", "counts tries for some minutes"),
    ("audit", "what is no record's history; kept for some time only"),
    ("come_back", "counted each night from records and who is who; a count, no record's history"),
    ("cover", "who is away; what follows from it for a record is in the record's events"),
    ("digest", "which day's mail somebody had"),
    ("hidden_code", "a way back to a record; what it opens is in the record's events"),
    ("door_answer", "what a channel answers to what it got: no record"),
    ("door_message", "went to somebody else: no record, and no words once it is delivered"),
    ("draft", "half typed, nobody's word yet"),
    ("figure_missing", "records whose facts are still to be written"),
    ("factor_reset", "second factors that are to be taken away; what came of it is in the audit"),
    ("form_token", "forms that were sent, for a day"),
    ("held_back", "waits to be read: no record yet, and no words once it was"),
    ("import_batch", "the account of a file; what came of it is in the records"),
    ("import_row", "a file before it is applied"),
    ("installation", "settings of this service, no record's"),
    ("job", "work to do; done, its row is gone"),
    ("listing", "an index: follows from records and the tree"),
    ("look", "who looked at what of whom; kept for some time only"),
    ("newcomer", "who waits to be let in; what they typed is no record yet"),
    ("opener_key", "whose key it is; what was encrypted to it, the party's id commits to"),
    ("opening", "half way to a name that two people open"),
    ("node_above", "an index: follows from the parents of nodes"),
    ("oidc_link", "who somebody is at a provider of sign-ins"),
    ("oidc_login", "sign-ins under way, for a quarter of an hour"),
    ("report", "what somebody said is wrong; what a moderator did about it is in the record's events"),
    ("recovery_code", "stands in for a phone that is lost"),
    ("recurring", "which recurring work was planned last"),
    ("second_factor", "how somebody signs in"),
    ("session", "who is signed in"),
    ("similar_index", "an index: follows from the texts of records"),
    ("similar_text", "an index: follows from the texts of records"),
    ("ticket", "links that work once"),
];

#[tokio::test]
async fn every_table_is_watched_or_says_why_not() {
    let of_records = record_tables();
    let watched: Vec<&str> =
        of_records.iter().map(|table| table.name).chain(TRIED_IN_STORE).chain(OF_ROLES).collect();
    for database in databases().await {
        let mut tx = database.db.read().await.expect("a database");
        let sql = match database.engine() {
            Engine::Sqlite => {
                "select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual') \
                 and name not like 'sqlite_%' and name not like '_sqlx_%' order by name"
            }
            Engine::Postgres => {
                "select table_name::text from information_schema.tables where table_schema = 'public' \
                 and table_type = 'BASE TABLE' and table_name not like '_sqlx_%' order by table_name"
            }
        };
        let tables: Vec<String> =
            on!(&mut tx, c => sqlx::query_scalar(sql).fetch_all(c).await).expect("the catalogue");
        let is_reasoned = |name: &str| NOT_ACCOUNTABLE.iter().any(|(table, _)| *table == name);
        for table in &tables {
            let (is_watched, is_reasoned) = (watched.contains(&table.as_str()), is_reasoned(table));
            assert!(is_watched || is_reasoned, "{table} is neither watched nor said not to be accountable");
            assert!(!(is_watched && is_reasoned), "{table} is watched: it needs no reason");
        }
        let all = watched.iter().copied().chain(NOT_ACCOUNTABLE.iter().map(|(table, _)| *table));
        for name in all {
            assert!(tables.iter().any(|table| table == name), "there is no table {name}");
        }
    }
}

#[tokio::test]
async fn every_column_of_every_record_table_is_watched() {
    let mut looked_at = 0;
    for app in demonstrations().await {
        for table in &record_tables() {
            for column in table.columns {
                let Some(report) = changed(&app, table, column).await else { continue };
                let is_key = table.columns[..table.key].iter().any(|key| key.name == column.name);
                let named = |what: &What| match what {
                    What::Column(name) => *name == column.name,
                    What::Missing | What::Extra => is_key || column.name == table.record,
                    What::Commitment => ["party", "sealed_name", "public_teller"].contains(&table.name),
                    _ => false,
                };
                let is_named =
                    report.faults.iter().any(|fault| fault.table == table.name && named(&fault.what));
                assert!(is_named, "{:?} {}.{}: {:?}", app.engine(), table.name, column.name, report.faults);
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 160, "only {looked_at} columns could be changed");
}

#[tokio::test]
async fn a_missing_or_added_row_of_a_record_is_named() {
    for app in demonstrations().await {
        for sql in ["delete from answer where number = 1", "delete from contributor where place = 0"] {
            let mut tx = app.env.db.write().await.expect("a database");
            run!(&mut tx, sqlx::query(AssertSqlSafe(sql))).expect("rows to delete");
            let report = report(&mut tx).await;
            assert!(
                report.faults.iter().any(|fault| fault.what == What::Missing),
                "{sql}: {:?}",
                report.faults
            );
        }
        let mut tx = app.env.db.write().await.expect("a database");
        let again = "insert into contributor (innovation, party, share_percent, place) \
                     select innovation, innovation, share_percent, place from contributor limit 1";
        run!(&mut tx, sqlx::query(again)).expect("a row to add");
        let report = report(&mut tx).await;
        assert!(report.faults.iter().any(|fault| fault.what == What::Extra), "{:?}", report.faults);
    }
}

#[tokio::test]
async fn what_follows_from_roles_is_compared_with_them() {
    // The database itself refuses what an auditor or an opener may not hold.
    let by_hand = "insert into role_held (account, role_grant, role, node) \
                   select a.id, n.id, 'administrator', n.id from account a, node n where not exists \
                   (select 1 from role_held g where g.account = a.id and g.role in ('auditor', 'opener')) \
                   order by a.id, n.id limit 1";
    let another = "update role_held set role = 'head' where role = 'member' \
                   and account not in (select account from role_held where role = 'auditor')";
    let changes = [
        ("role_held", What::Extra, by_hand),
        ("role_held", What::Extra, another),
        ("role_held", What::Missing, "delete from role_held where role = 'finder'"),
        ("role_grant_side", What::Missing, "delete from role_grant_side"),
        (
            "role_side",
            What::Extra,
            "insert into role_side (account, rule, side) select id, 'x', 'one' from account",
        ),
    ];
    for app in demonstrations().await {
        for (table, what, sql) in &changes {
            let mut tx = app.env.db.write().await.expect("a database");
            let touched = run!(&mut tx, sqlx::query(AssertSqlSafe(*sql))).expect("a change");
            let report = report(&mut tx).await;
            let is_named = report.faults.iter().any(|fault| fault.table == *table && fault.what == *what);
            assert!(touched > 0 && is_named, "{:?} {sql}: {:?}", app.engine(), report.faults);
        }
    }
}
