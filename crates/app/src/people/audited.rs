//! What an auditor reads besides records: what was done that is no record's history, and who looked at what with a reason. Each
//! sees what lies at or below where they are auditor; what belongs to no place is for the auditor of the root. To read it asks
//! for no reason and is not noted: it is what the role is for.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::find::list::Cursor;
use crate::people::audit::Act;
use crate::people::start;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;
use uuid::Uuid;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;
use waymark_domain::reference::Reference;
use waymark_store::people::audited::{self, DoneRow, LookedRow, Wanted};
use waymark_store::people::holders;
use waymark_store::purge::Old;

/// Entries on one page.
pub const PAGE: usize = 50;

/// What can be looked at.
const LOOKS: [&str; 2] = ["record", "account"];

/// Which of the two parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// What was done.
    #[default]
    Done,
    /// Who looked.
    Looks,
}

impl Part {
    /// Both, in the order of the page.
    pub const ALL: [Self; 2] = [Self::Done, Self::Looks];

    /// The name in addresses and keys.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Looks => "looks",
        }
    }

    /// What has a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }

    /// The kinds of entries that it has, by their names; the words of each are `audit-<part>-<kind>`.
    pub fn kinds(self) -> Vec<&'static str> {
        match self {
            Self::Done => Act::ALL.into_iter().filter(|act| !act.comes_in()).map(Act::name).collect(),
            Self::Looks => LOOKS.into(),
        }
    }

    /// The kind of a name.
    pub fn kind(self, name: &str) -> Option<&'static str> {
        self.kinds().into_iter().find(|kind| *kind == name)
    }
}

/// What is wanted, as it stands in an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of which part.
    pub part: Part,
    /// Of which kind; every one where nothing is said.
    pub kind: Option<&'static str>,
    /// From which day on.
    pub from: Option<NaiveDate>,
    /// Until which day, that one included.
    pub until: Option<NaiveDate>,
    /// Where the page begins.
    pub after: Option<Cursor>,
}

/// What an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Somebody's account, by their name; empty once they were erased.
    Person(String),
    /// A place, or what was sent there.
    Place(String),
    /// A record.
    Record(Reference),
    /// How many days something is kept: before, and from then on.
    Kept(Old, [i64; 2]),
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Its kind.
    pub kind: &'static str,
    /// Who; empty once they were erased, nothing where nobody had signed in.
    pub by: Option<String>,
    /// About what; nothing where it is about whoever did it, or nobody can tell any more.
    pub about: Option<About>,
    /// Why somebody looked: in their words at a record, a name of the code at an account.
    pub why: Option<String>,
    /// Is it about what only those see who handle it? Then it is in no feed.
    pub is_with_care: bool,
}

/// A page of entries, the latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The names of the places whose auditor reads it.
    pub places: Vec<String>,
    /// The entries.
    pub entries: Vec<Entry>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// The entries that are wanted and that whoever acts may read as auditor, at most so many.
///
/// # Errors
/// [`Error::NotFound`] for whoever is auditor nowhere, [`Error::SignInFirst`], [`Error::Unavailable`].
pub async fn read<K>(ctx: &mut Ctx<'_, K>, filter: &Filter, size: usize) -> Result<Listed> {
    let account = ctx.account()?;
    let mut held = holders::held_by(&mut ctx.tx, account.0).await?;
    held.retain(|one| one.role == Role::Auditor.name());
    if held.is_empty() {
        return Err(Error::NotFound);
    }
    let root = start::root(ctx).await?;
    let kinds = filter.kind.map_or_else(|| filter.part.kinds(), |kind| vec![kind]);
    let wanted = Wanted {
        auditor: account.0,
        is_whole: held.iter().any(|one| one.node == root.0),
        kinds: &kinds,
        between: between(filter),
        before: filter.after.map_or((i64::MAX, Uuid::max()), Cursor::place),
        limit: i64::try_from(size + 1).unwrap_or(i64::MAX),
    };
    let mut entries: Vec<Entry> = match filter.part {
        Part::Done => {
            audited::done(&mut ctx.tx, &wanted).await?.into_iter().map(done).collect::<Result<_>>()?
        }
        Part::Looks => {
            audited::looks(&mut ctx.tx, &wanted).await?.into_iter().map(looked).collect::<Result<_>>()?
        }
    };
    let goes_on = entries.len() > size;
    entries.truncate(size);
    let last = entries.last().filter(|_| goes_on);
    let next = last.map(|last| Cursor::new(last.at.timestamp_micros(), last.id));
    Ok(Listed { places: held.into_iter().map(|one| one.node_name).collect(), entries, next })
}

/// From when until before when, microseconds since 1970. Days are those of the clock by which pages write times.
fn between(filter: &Filter) -> (i64, i64) {
    let begins = |day: NaiveDate| London.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest();
    let from = filter.from.and_then(begins);
    let until = filter.until.and_then(|day| day.succ_opt()).and_then(begins);
    (from.map_or(i64::MIN, |at| at.timestamp_micros()), until.map_or(i64::MAX, |at| at.timestamp_micros()))
}

fn kind_of(part: Part, name: &str) -> Result<&'static str> {
    part.kind(name).ok_or_else(|| Error::internal("an entry of no kind"))
}

fn done(row: DoneRow) -> Result<Entry> {
    let about = match (row.about_name, row.place) {
        (Some(_), _) if row.is_own => None,
        (Some(name), _) => Some(About::Person(name)),
        (None, Some(place)) => Some(About::Place(place)),
        (None, None) => kept(&row.subject),
    };
    Ok(Entry {
        id: row.id,
        at: DateTime::from_timestamp_micros(row.at).unwrap_or_default(),
        kind: kind_of(Part::Done, &row.action)?,
        by: row.by_name,
        about,
        why: None,
        is_with_care: false,
    })
}

/// How long something is kept, as [`crate::people::keeping::set`] writes it down.
fn kept(subject: &str) -> Option<About> {
    let mut parts = subject.split(' ');
    let old = Old::parse(parts.next()?)?;
    let mut days = || -> Option<i64> { parts.next()?.parse().ok() };
    Some(About::Kept(old, [days()?, days()?]))
}

fn looked(row: LookedRow) -> Result<Entry> {
    let record = row.reference.as_deref().and_then(Reference::parse).map(About::Record);
    let sees = row.seen_by.as_deref().map(SeenBy::parse);
    Ok(Entry {
        id: row.id,
        at: DateTime::from_timestamp_micros(row.at).unwrap_or_default(),
        kind: kind_of(Part::Looks, &row.what)?,
        by: row.by_name,
        about: record.or_else(|| row.about_name.map(About::Person)),
        why: Some(row.why),
        is_with_care: sees.is_some_and(|sees| sees.is_none_or(|sees| sees == SeenBy::Handlers)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::looks::Why;
    use crate::words::{Lang, text};

    /// What says that somebody was there.
    const COMES_IN: [&str; 8] = [
        "signed-in",
        "sign-ins-refused",
        "code-refused",
        "password-set",
        "confirmed",
        "linked",
        "stepped-up",
        "recovery-code-used",
    ];

    #[test]
    fn every_kind_has_its_words_and_what_says_who_was_there_is_none() {
        for lang in Lang::ALL {
            for part in Part::ALL {
                for kind in part.kinds() {
                    assert!(!text(lang, &format!("audit-{}-{kind}", part.name())).is_empty());
                }
            }
            for why in Why::ALL {
                assert!(!text(lang, &format!("audit-why-{}", why.name())).is_empty());
            }
        }
        for name in COMES_IN {
            assert_eq!(Part::Done.kind(name), None, "{name}");
        }
    }

    #[test]
    fn days_are_those_of_the_clock_of_the_pages_and_the_last_is_included() {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        let filter = Filter { from: day("2026-07-07"), until: day("2026-07-07"), ..Filter::default() };
        let (from, until) = between(&filter);
        let at = |micros| DateTime::from_timestamp_micros(micros).unwrap().to_rfc3339();
        assert_eq!(at(from), "2026-07-06T23:00:00+00:00");
        assert_eq!(at(until), "2026-07-07T23:00:00+00:00");
        assert_eq!(between(&Filter::default()), (i64::MIN, i64::MAX));
    }

    #[test]
    fn what_is_kept_is_read_as_it_is_written_down() {
        assert_eq!(kept("audit 730 1000"), Some(About::Kept(Old::Audit, [730, 1000])));
        assert_eq!(kept("0190e2c4-0000-7000-8000-000000000000"), None);
        assert_eq!(kept("audit 730"), None);
    }
}
