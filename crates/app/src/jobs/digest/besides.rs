//! What the mail asks and tells besides duties and one's own ideas: who may see a record, roles that take a second yes, what
//! moderators did. It is read from how things stand, so that whatever was settled meanwhile is not said
//! (`docs/decisions/0026-mails-at-once.md`).

use crate::find::labels;
use crate::jobs::digest::gather::{Gathered, LINES, Person};
use crate::jobs::digest::letter::{Part, Pen};
use crate::route::acts::Act;
use crate::routes::Route;
use crate::words::{Value, date, number, text};
use chrono::NaiveDate;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_store::people::digests::{ModeratedRow, OfferRow, RoleRow};

impl Pen<'_> {
    /// What waits for their yes, and what became of what they asked for.
    pub(super) fn asked(&self, gathered: &Gathered, one: &Person) -> [Part; 2] {
        let offers = gathered.offers.get(&one.id).into_iter().flatten();
        let offers = offers.filter(|row| is_new(row.offered_at, gathered, one)).map(|row| self.offer(row));
        let (mut open, mut settled) = (Vec::new(), Vec::new());
        for row in gathered.roles.get(&one.id).into_iter().flatten() {
            match row.settled_at {
                0 => open.push(self.role("asked", row)),
                at if is_new(at, gathered, one) => settled.push(self.role(&row.state, row)),
                _ => {}
            }
        }
        // What waits is said each day, as a duty is; what became of one is said once, so it comes first.
        let roles = settled.into_iter().chain(open);
        [self.part("mail-digest-sight", offers.collect()), self.part("mail-digest-roles", roles.collect())]
    }

    /// What moderators did to what they reported, brought or said.
    pub(super) fn moderated(&self, gathered: &Gathered, one: &Person) -> Part {
        let rows = gathered.moderated.get(&one.id).into_iter().flatten();
        let rows = rows.filter(|row| is_new(row.moderated_at, gathered, one));
        self.part("mail-digest-moderated", rows.map(|row| self.done(row)).collect())
    }

    /// As many lines as a mail has of one kind, and how many more there are.
    fn part(&self, heading: &'static str, mut lines: Vec<String>) -> Part {
        let most = usize::try_from(LINES).unwrap_or(usize::MAX);
        if lines.len() > most {
            let more = number(self.lang, i64::try_from(lines.len() - most).unwrap_or(i64::MAX));
            lines.truncate(most);
            lines.push(self.say("mail-digest-more", &[("count", more.into())]));
        }
        Part { heading, lines }
    }

    /// No word of the record is in it: what is handled with care is what more people may come to see.
    fn offer(&self, row: &OfferRow) -> String {
        let to = SeenBy::parse(&row.seen_by).map(|to| labels::seen_by(self.lang, to)).unwrap_or_default();
        let act = |reference| Route::Act { reference, act: Act::WhoSees };
        let [reference, link] = self.named(&row.reference, act);
        self.say("mail-digest-offer", &[reference, link, ("to", to.into())])
    }

    fn done(&self, row: &ModeratedRow) -> String {
        let to = |reference| match row.what.as_str() {
            "unlisted" => Route::Record { reference },
            "comment-unlisted" => Route::History { reference },
            _ => Route::Moderation,
        };
        self.say(&format!("mail-digest-{}", row.what), &self.named(&row.reference, to))
    }

    fn role(&self, what: &str, row: &RoleRow) -> String {
        let until = row.until_on.parse::<NaiveDate>().map(|day| date(self.lang, day)).unwrap_or_default();
        let values = [
            ("name", row.holder_name.as_str().into()),
            ("by", row.asked_by_name.as_str().into()),
            ("role", text(self.lang, &format!("people-role-{}", row.role)).into()),
            ("place", row.node_name.as_str().into()),
            ("day", until.into()),
            ("link", format!("{}{}", self.env.config.origin, Route::Waiting).into()),
        ];
        self.say(&format!("mail-digest-role-{what}"), &values)
    }

    /// What people call a record by, and the address of something about it.
    fn named(
        &self,
        reference: &str,
        to: impl FnOnce(Reference) -> Route,
    ) -> [(&'static str, Value<'static>); 2] {
        let path = Reference::parse(reference).map(|reference| to(reference).to_string()).unwrap_or_default();
        let link = format!("{}{path}", self.env.config.origin);
        [("reference", reference.to_owned().into()), ("link", link.into())]
    }
}

/// Did it happen since their last mail, and before this one was gathered? A time that is still to come is the end of the hour
/// that alone was written down.
const fn is_new(at: i64, gathered: &Gathered, one: &Person) -> bool {
    at > one.since && at <= gathered.at
}
