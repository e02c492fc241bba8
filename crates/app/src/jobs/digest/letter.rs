//! The text of the one mail a day: what is late first, then what waits, then one's own ideas, then what moderators did.

use crate::env::Env;
use crate::jobs::digest::gather::{Gathered, LINES, Person, day_of};
use crate::jobs::digest::news::{Days, Tell, tell};
use crate::jobs::digest::{KIND, Wanted};
use crate::mail::{Letter, NewLetter};
use crate::routes::Route;
use crate::words::{Lang, Value, date, number, text, text_with};
use chrono::NaiveDate;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_store::people::digests::{DutyRow, OwnRow};

/// A part of the mail: a heading and its lines.
pub(super) struct Part {
    pub heading: &'static str,
    pub lines: Vec<String>,
}

/// Writes somebody's mail; nothing where there is nothing to say.
pub(super) fn write(env: &Env, wanted: &Wanted, (gathered, one): (&Gathered, &Person)) -> Option<Letter> {
    let pen = Pen { env, lang: one.lang, today: wanted.day };
    let none = Vec::new();
    let duties = gathered.duties.get(&one.id).map_or(&[][..], Vec::as_slice);
    let own = gathered.own.get(&one.id).unwrap_or(&none);
    let after = one.last_day.unwrap_or_else(|| day_of(one.since, wanted.zone()));
    let days = Days { after, today: wanted.day, zone: wanted.zone() };
    let mut parts = pen.duties(duties);
    parts.push(pen.moderation(gathered.moderation.get(&one.id).copied().unwrap_or(0)));
    parts.extend(pen.asked(gathered, one));
    parts.extend(pen.own(own, (one.since, days)));
    parts.push(pen.moderated(gathered, one));
    parts.retain(|part| !part.lines.is_empty());
    if parts.is_empty() {
        return None;
    }
    let body = pen.text(one, &parts, duties);
    let subject = text_with(one.lang, "mail-digest-subject", &[("day", date(one.lang, wanted.day).into())]);
    let day = wanted.day.to_string();
    let identity = [KIND.as_bytes(), one.id.as_bytes(), day.as_bytes()];
    let new = NewLetter { to: &one.mail, subject: &subject, text: &body, identity: &identity };
    Some(Letter::new(new, env.now()))
}

/// Writes lines in one language.
pub(super) struct Pen<'a> {
    pub env: &'a Env,
    pub lang: Lang,
    today: NaiveDate,
}

impl Pen<'_> {
    fn text(&self, one: &Person, parts: &[Part], duties: &[DutyRow]) -> String {
        let mut body = vec![self.say("mail-digest-begin", &[("name", one.name.as_str().into())])];
        for part in parts {
            body.push(format!("{}\n{}", self.say(part.heading, &[]), part.lines.join("\n")));
        }
        let in_all = duties.first().map_or(0, |row| row.in_all);
        if in_all > LINES {
            let more = number(self.lang, in_all - LINES);
            body.push(self.say("mail-digest-more", &[("count", more.into())]));
        }
        let home = format!("{}{}", self.env.config.origin, Route::Work);
        body.push(self.say("mail-digest-end", &[("link", home.into())]));
        body.join("\n\n")
    }

    /// What is late, what is due today, what waits.
    fn duties(&self, rows: &[DutyRow]) -> Vec<Part> {
        let today = self.today.to_string();
        let is_late =
            |row: &DutyRow| row.missed_on.is_some() || row.due_on.as_ref().is_some_and(|due| *due < today);
        let is_today = |row: &DutyRow| row.due_on.as_ref().is_some_and(|due| *due == today);
        let waiting: Vec<&DutyRow> = rows.iter().filter(|row| !row.is_paused).collect();
        let (late, in_time): (Vec<&DutyRow>, Vec<&DutyRow>) =
            waiting.into_iter().partition(|row| is_late(row));
        let (now, later): (Vec<&DutyRow>, Vec<&DutyRow>) = in_time.into_iter().partition(|row| is_today(row));
        let part = |heading, rows: Vec<&DutyRow>| Part {
            heading,
            lines: rows.into_iter().map(|row| self.duty(row)).collect(),
        };
        vec![
            part("mail-digest-late", late),
            part("mail-digest-today", now),
            part("mail-digest-waiting", later),
        ]
    }

    /// What waits for somebody as moderator: how much, and where.
    fn moderation(&self, count: i64) -> Part {
        let link = format!("{}{}", self.env.config.origin, Route::Moderation);
        let values = [("count", number(self.lang, count).into()), ("link", link.into())];
        let says = (count > 0).then(|| self.say("mail-digest-moderate", &values));
        Part { heading: "mail-digest-moderation", lines: says.into_iter().collect() }
    }

    fn duty(&self, row: &DutyRow) -> String {
        if row.seen_by == SeenBy::Handlers.name() {
            return self.careful();
        }
        let key = if row.stage == "trying" { "mail-digest-lines-due" } else { "mail-digest-duty" };
        let due = row.missed_on.as_ref().or(row.due_on.as_ref());
        let values = self.about((&row.reference, row.title.as_deref()), (due, None));
        self.say(key, &values)
    }

    fn own(&self, rows: &[OwnRow], (since, days): (i64, Days)) -> Vec<Part> {
        let mut parts = [
            ("mail-digest-questions", "mail-digest-question", Tell::Question),
            ("mail-digest-answers", "mail-digest-judge", Tell::Judge),
            ("mail-digest-own", "mail-digest-news", Tell::News),
            ("mail-digest-own-comments", "mail-digest-comment", Tell::Comment),
            ("mail-digest-own-not-now", "mail-digest-not-now", Tell::NotNow),
            ("mail-digest-own-still", "mail-digest-still", Tell::Still),
        ]
        .map(|(heading, line, what)| (what, line, Part { heading, lines: Vec::new() }));
        for row in rows {
            let Some(what) = tell(row, since, days) else { continue };
            let limit = usize::try_from(LINES).unwrap_or(usize::MAX);
            for (_, line, part) in parts.iter_mut().filter(|(kind, ..)| *kind == what) {
                if part.lines.len() < limit {
                    part.lines.push(self.own_line(line, row));
                }
            }
        }
        parts.map(|(.., part)| part).into()
    }

    fn own_line(&self, key: &str, row: &OwnRow) -> String {
        if row.seen_by == SeenBy::Handlers.name() {
            return self.careful();
        }
        let stage = text(self.lang, &format!("mail-stage-{}", row.stage));
        let mut values = self
            .about((&row.reference, row.title.as_deref()), (row.next_on.as_ref(), row.decider.as_deref()));
        values.push(("stage", stage.into()));
        self.say(key, &values)
    }

    /// Something that is handled with care: a link and no words.
    fn careful(&self) -> String {
        let home = format!("{}{}", self.env.config.origin, Route::Work);
        self.say("mail-digest-careful", &[("link", home.into())])
    }

    fn about<'v>(
        &self,
        (reference, title): (&str, Option<&str>),
        (day, name): (Option<&String>, Option<&str>),
    ) -> Vec<(&'static str, Value<'v>)> {
        let day = day.and_then(|day| day.parse().ok()).map(|day| date(self.lang, day)).unwrap_or_default();
        let path = Reference::parse(reference).map(|reference| Route::Record { reference }.to_string());
        let link = format!("{}{}", self.env.config.origin, path.unwrap_or_default());
        vec![
            ("title", title.unwrap_or(reference).to_owned().into()),
            ("reference", reference.to_owned().into()),
            ("link", link.into()),
            ("day", day.into()),
            ("name", name.unwrap_or_default().to_owned().into()),
        ]
    }

    pub(super) fn say(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
        text_with(self.lang, key, values)
    }
}
