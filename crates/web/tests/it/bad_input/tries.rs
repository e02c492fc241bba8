//! One form, with every kind of bad input.

use super::forms::Form;
use super::ids;
use super::judge::{cut, fair, holds, kept, said};
use super::kinds::{Count, Kind};
use super::scene::{Scene, signed_in};
use super::session;
use super::shown::{Field, Use};
use axum::body::Bytes;
use std::sync::LazyLock;
use waymark_store::sqlx::{self, Row as _};
use waymark_testkit::{Page, TestApp};

/// A form while it is tried.
#[derive(Debug)]
pub struct Trial<'a> {
    pub app: &'a TestApp,
    pub form: Form,
    pub scene: Scene,
    pub fields: Vec<Field>,
    is_used: bool,
}

/// A body of fifty megabytes, made once.
static FIFTY: LazyLock<Bytes> = LazyLock::new(|| {
    let mut body = b"token=".to_vec();
    body.resize(50 * 1024 * 1024, b'a');
    body.into()
});

/// Tries every kind on a form.
pub async fn every_kind(app: &TestApp, form: Form, count: &mut Count) {
    count.form();
    let mut trial = Trial::of(app, form).await;
    for kind in Kind::ALL {
        if let Some(why) = form.leaves_out(kind) {
            count.left_out(&form.name(), kind, why);
            continue;
        }
        match kind {
            Kind::WrongEncoding => trial.wrong_encoding(count).await,
            Kind::WrongId => ids::wrong(&mut trial, count).await,
            Kind::ExpiredSession => session::expired(&mut trial, count).await,
            Kind::Replay => trial.replay(count).await,
            Kind::FiftyMegabytes => trial.too_large(count).await,
            typed => trial.typed(typed, count).await,
        }
    }
}

impl<'a> Trial<'a> {
    async fn of(app: &'a TestApp, form: Form) -> Self {
        let mut scene = form.scene(app).await;
        let fields = scene.fields().await;
        Self { app, form, scene, fields, is_used: false }
    }

    /// The form as nobody has sent it yet.
    pub async fn ready(&mut self) {
        if self.is_used {
            *self = Self::of(self.app, self.form).await;
        }
    }

    /// It was taken: the next try needs another.
    pub const fn used(&mut self) {
        self.is_used = true;
    }

    /// What is sent where nothing is wrong.
    pub fn sent(&self) -> Vec<(String, String)> {
        self.scene.filled(&self.fields)
    }

    /// The name of a field that takes anything.
    fn any_field(&self) -> String {
        let typed = self.fields.iter().find(|field| field.is_for == Use::Typed);
        typed.or(self.fields.first()).map_or_else(|| "token".to_owned(), |field| field.name.clone())
    }

    async fn typed(&mut self, kind: Kind, count: &mut Count) {
        if self.fields.is_empty() {
            return count.left_out(&self.form.name(), kind, "it is a button without a field");
        }
        for field in self.fields.clone() {
            self.ready().await;
            let Some(sent) = self.with_bad(kind, &field) else { continue };
            let what = format!("{kind:?} in {} of {}", field.name, self.form.name());
            let answer = self.scene.send(&sent).await;
            count.sent(kind);
            let faults = self.judge(&answer, (&field, &sent), &what).await;
            count.note(faults);
        }
    }

    /// The fields with one that is bad; a date has three.
    fn with_bad(&self, kind: Kind, field: &Field) -> Option<Vec<(String, String)>> {
        let mut sent = self.sent();
        let mut put = |name: &str, value: String| {
            sent.retain(|(other, _)| other != name);
            sent.push((name.to_owned(), value));
        };
        match (kind, field.name.rsplit_once('-')) {
            (Kind::NoSuchDate, Some((date, "day"))) => {
                for (part, value) in [("day", "31"), ("month", "2"), ("year", "2027")] {
                    put(&format!("{date}-{part}"), value.to_owned());
                }
            }
            (Kind::NoSuchDate, Some((_, "month" | "year"))) => return None,
            _ => put(&field.name, kind.typed()?),
        }
        Some(sent)
    }

    async fn judge(
        &mut self,
        answer: &Page,
        (field, sent): (&Field, &[(String, String)]),
        what: &str,
    ) -> Vec<String> {
        let mut faults = fair(answer, what);
        // Only a hand-made form is wrong where nobody types or chooses.
        let is_hidden = field.is_for == Use::Hidden;
        match answer.status.as_u16() {
            422 | 409 if !is_hidden => {
                faults.extend(kept(answer, (&self.fields, sent), (&field.name, what)));
                faults.extend(said(answer, what));
            }
            429 => faults.extend(kept(answer, (&self.fields, sent), (&field.name, what))),
            303 => {
                self.used();
                let next = self.scene.client.follow(answer.clone()).await;
                faults.extend(fair(&next, what));
                let words = || format!("{what} leads to {}: {}", next.status, cut(&next.text()));
                faults.extend(holds(next.status.is_success(), words));
            }
            200 => self.used(),
            other => {
                let is_hand_made = field.is_for != Use::Typed;
                let words = || format!("{what}: {other} loses it: {}", cut(&answer.text()));
                faults.extend(holds(is_hand_made, words));
            }
        }
        let is_counted = [
            "SignIn",
            "Forgotten",
            "Code",
            "RecoveryCodes",
            "RemoveFactor",
            "CloseOwn",
            "Password",
            "EndOwnSessions",
        ];
        if is_counted.contains(&self.form.known.name) {
            // After some tries one would have to wait.
            self.used();
        }
        faults
    }

    async fn wrong_encoding(&mut self, count: &mut Count) {
        self.ready().await;
        let before = self.fingerprint().await;
        let (to, field) = (self.scene.to.clone(), self.any_field());
        let urlencoded = "application/x-www-form-urlencoded";
        let multipart = "multipart/form-data; boundary=b";
        let part = |value: &[u8]| {
            let head = format!("--b\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n");
            [head.as_bytes(), value, b"\r\n--b--\r\n"].concat()
        };
        let pair = |value: &[u8]| [field.as_bytes(), b"=", value].concat();
        let bodies: Vec<(&str, Vec<u8>)> = if self.scene.file.is_some() {
            vec![
                (multipart, part(b"\xFF\xFE")),
                (multipart, b"--b\r\nbroken".to_vec()),
                (urlencoded, pair(b"x")),
            ]
        } else {
            let bad: [&[u8]; 4] = [b"%FF%FE", b"caf\xE9", b"100%", b"%zz"];
            let mut bodies: Vec<_> = bad.iter().map(|value| (urlencoded, pair(value))).collect();
            bodies.push(("text/plain", pair(b"x")));
            bodies.push((multipart, part(b"x")));
            bodies
        };
        for (kind, body) in bodies {
            let what = format!("{:?} as {kind} to {}", String::from_utf8_lossy(&body), self.form.name());
            let answer = self.scene.client.post_body(&to, (kind, body)).await;
            count.sent(Kind::WrongEncoding);
            count.note(fair(&answer, &what));
            let status = answer.status.as_u16();
            let words = || format!("{what}: {status} {}", cut(&answer.text()));
            count.note(holds([400, 415, 422].contains(&status), words));
        }
        self.did_nothing(&before, count).await;
    }

    /// Nothing was written since.
    pub async fn did_nothing(&self, before: &[(String, i64)], count: &mut Count) {
        let after = self.fingerprint().await;
        let changed = || {
            let pairs = after.iter().zip(before).filter(|(after, before)| after != before);
            format!("{} did something: {:?}", self.form.name(), pairs.collect::<Vec<_>>())
        };
        count.note(holds(after == before, changed));
    }

    async fn too_large(&mut self, count: &mut Count) {
        self.ready().await;
        let before = self.fingerprint().await;
        let (answer, limit) = if let Some((name, _)) = self.scene.file.take() {
            self.scene.file = Some((name, vec![b'a'; 51 * 1024 * 1024]));
            self.used();
            (self.scene.send(&self.sent()).await, "50 MB")
        } else {
            let body = ("application/x-www-form-urlencoded", FIFTY.clone());
            (self.scene.client.post_body(&self.scene.to.clone(), body).await, "256 KB")
        };
        count.sent(Kind::FiftyMegabytes);
        count.note(fair(&answer, &self.form.name()));
        let is_said = answer.status == 413 && answer.text().contains(limit);
        let words = || format!("50 MB to {}: {} {}", self.form.name(), answer.status, cut(&answer.text()));
        count.note(holds(is_said, words));
        self.did_nothing(&before, count).await;
    }

    /// The same sent twice: the second answer is the first, and nothing more is done. A link works once by itself: then
    /// it is not there any more.
    async fn replay(&mut self, count: &mut Count) {
        self.ready().await;
        self.used();
        let sent = self.sent();
        let first = self.scene.send(&sent).await;
        let is_done = matches!(first.status.as_u16(), 200 | 303);
        let words = || format!("{} is not taken: {} {}", self.form.name(), first.status, cut(&first.text()));
        count.note(holds(is_done, words));
        let before = self.fingerprint().await;
        let second = self.scene.send(&sent).await;
        count.sent(Kind::Replay);
        count.note(fair(&second, &self.form.name()));
        let answer = |page: &Page| (page.status, page.location(), page.text());
        let is_same = match self.form.known.name {
            "Ticket" => second.status == 404,
            // Recovery codes are shown once: then it is said that there are some.
            "SetUpFactor" | "RecoveryCodes" => second.location().as_deref() == Some("/me/second-factor"),
            _ => answer(&second) == answer(&first),
        };
        let words =
            || format!("{} twice: {:?}, then {:?}", self.form.name(), answer(&first), answer(&second));
        count.note(holds(is_same, words));
        self.did_nothing(&before, count).await;
    }

    /// How many rows each table has, apart from the tokens of forms.
    pub async fn fingerprint(&self) -> Vec<(String, i64)> {
        let app = self.scene.own.as_ref().unwrap_or(self.app);
        let mut tx = app.env.db.read().await.expect("a database");
        let waymark_store::Tx::Sqlite(open) = &mut tx else { panic!("this test is written for SQLite") };
        let names =
            "select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name";
        let names = sqlx::query(names).fetch_all(open.connection().unwrap()).await.expect("tables");
        let mut counts = Vec::new();
        for name in names.iter().map(|row| row.get::<String, _>(0)) {
            let sql = format!("select count(*) from \"{name}\"");
            let sql = sqlx::AssertSqlSafe(sql);
            let rows = sqlx::query(sql).fetch_one(open.connection().unwrap()).await.expect("a count").get(0);
            counts.push((name, rows));
        }
        counts
    }

    /// The same form with the session of whoever fills it in begun anew.
    pub async fn sign_in_again(&mut self) {
        let account = self.scene.account.expect("somebody who was signed in");
        self.scene.client = signed_in(self.app, account, self.scene.client.clone()).await;
    }
}
