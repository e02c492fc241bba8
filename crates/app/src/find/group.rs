//! Whose idea it is: one's own, a group's with shares, or somebody's who agreed that another types it.

use crate::ctx::{Ctx, Write};
use crate::error::{Checks, Error, FieldProblem, Result, Wrong};
use crate::find::draft::{Fields, set, value};
use crate::people::account::{self, Mail, NewPerson};
use crate::people::found::{self, Found, Person};
use crate::people::ticket::{self, Purpose};
use waymark_domain::find::tell::equal_shares;
use waymark_domain::ids::AccountId;
use waymark_domain::limits::CONTRIBUTORS;
use waymark_domain::text::Line;
use waymark_store::people::accounts;

/// The names of the fields of one further person, by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The field of the name.
    pub name: &'static str,
    /// The field of the work mail.
    pub mail: &'static str,
    /// The field of the share in percent.
    pub share: &'static str,
    /// The field of who was chosen from several of a name.
    pub who: &'static str,
}

macro_rules! places {
    ($($number:literal)+) => {
        [$(Place {
            name: concat!("name-", $number),
            mail: concat!("mail-", $number),
            share: concat!("share-", $number),
            who: concat!("who-", $number),
        }),+]
    };
}

/// The further people of a group: with the one who tells it they are [`CONTRIBUTORS`].
pub const PLACES: [Place; CONTRIBUTORS - 1] =
    places!("1" "2" "3" "4" "5" "6" "7" "8" "9" "10" "11" "12" "13" "14" "15" "16" "17" "18" "19");
/// The field of the share of the one who tells it.
pub const OWN_SHARE: &str = "share-own";

/// Whose idea it is, as chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The one's who tells it.
    Own,
    /// A group's.
    Group,
    /// Somebody's who agreed.
    Behalf,
    /// The one's who tells it, with a hidden name.
    Hidden,
}

impl Whose {
    /// All choices in order.
    pub const ALL: [Self; 4] = [Self::Own, Self::Group, Self::Behalf, Self::Hidden];

    /// The value of the field.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Group => "group",
            Self::Behalf => "behalf",
            Self::Hidden => "hidden",
        }
    }

    /// The choice of a value.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|whose| whose.name() == name)
    }

    /// The choice of a draft; one's own where none was made.
    pub fn of(fields: &Fields) -> Self {
        Self::parse(value(fields, "whose")).unwrap_or(Self::Own)
    }
}

/// Somebody named on the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: Line,
    /// The work mail.
    pub mail: Mail,
    /// The share in percent.
    pub share_percent: u8,
}

/// A group: the share of the one who tells it, and the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The share of the one who tells it.
    pub own_percent: u8,
    /// The others.
    pub others: Vec<Named>,
}

/// Reads the group of a draft. Where no share was typed, all are equal.
///
/// # Errors
/// [`Error::Invalid`] with every problem, by field.
pub fn group(fields: &Fields) -> Result<Group> {
    let mut checks = Checks::default();
    let filled: Vec<&Place> = PLACES
        .iter()
        .filter(|place| {
            [place.name, place.mail, place.share].iter().any(|field| !value(fields, field).trim().is_empty())
        })
        .collect();
    checks.holds("name-1", !filled.is_empty(), "tell-group-empty");
    let people: Vec<Option<(Line, Mail)>> =
        filled.iter().map(|place| person(&mut checks, place, fields)).collect();
    check_once(&mut checks, &filled, &people);
    let share_fields: Vec<&'static str> =
        std::iter::once(OWN_SHARE).chain(filled.iter().map(|place| place.share)).collect();
    let shares = shares(&mut checks, &share_fields, fields);
    let built = people.into_iter().collect::<Option<Vec<_>>>().zip(shares).map(|(people, shares)| {
        let named = people.into_iter().zip(shares.iter().skip(1));
        let others = named.map(|((name, mail), share)| Named { name, mail, share_percent: *share }).collect();
        Group { own_percent: shares[0], others }
    });
    checks.finish(built)
}

/// Fills in the addresses of people of one's own body who were typed by name alone: who was chosen, or the one of that
/// whole name. Gives those of whom one has to be chosen, by place. Nobody is found for who has not signed in.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn find_people<K>(ctx: &mut Ctx<'_, K>, fields: &mut Fields) -> Result<Vec<(usize, Vec<Person>)>> {
    let mut open = Vec::new();
    if ctx.actor.account().is_none() {
        return Ok(open);
    }
    let bodies = found::own_bodies(ctx).await?;
    for (number, place) in PLACES.iter().enumerate() {
        let (name, mail) = (value(fields, place.name).to_owned(), value(fields, place.mail));
        if name.trim().is_empty() || !mail.trim().is_empty() {
            fields.remove(place.who);
            continue;
        }
        let chosen = found::chosen(ctx, &bodies, value(fields, place.who)).await?;
        let found = match chosen {
            Some(person) => Found::One(person),
            None => found::people(ctx, &bodies, &name).await?,
        };
        match found {
            Found::One(person) => {
                set(fields, place.name, person.name);
                set(fields, place.mail, person.mail);
                fields.remove(place.who);
            }
            Found::Some(people) => open.push((number, people)),
            Found::Nobody => {}
        }
    }
    Ok(open)
}

/// What the form says where people have to be chosen first.
pub fn choose_first(open: &[(usize, Vec<Person>)]) -> Error {
    let at_name = |(number, _): &(usize, Vec<Person>)| FieldProblem {
        field: PLACES[*number].name,
        problem: Wrong::Key("people-some"),
    };
    Error::Invalid(open.iter().map(at_name).collect())
}

fn person(checks: &mut Checks, place: &Place, fields: &Fields) -> Option<(Line, Mail)> {
    let name = value(fields, place.name);
    let name = if name.trim().is_empty() {
        checks.some(place.name, None, "tell-name-empty")
    } else {
        checks.text(place.name, Line::parse(name))
    };
    let mail = checks.some(place.mail, Mail::parse(value(fields, place.mail)).ok(), "tell-mail-wrong");
    Some((name?, mail?))
}

/// Nobody is named twice.
fn check_once(checks: &mut Checks, places: &[&Place], people: &[Option<(Line, Mail)>]) {
    let folded = |person: &Option<(Line, Mail)>| person.as_ref().map(|(_, mail)| mail.folded());
    for (number, place) in places.iter().enumerate() {
        let own = people.get(number).and_then(folded);
        let is_again = own.is_some() && people[..number].iter().any(|other| folded(other) == own);
        checks.holds(place.mail, !is_again, "tell-mail-twice");
    }
}

/// The shares as typed: all or none, whole percents that make 100.
fn shares(checks: &mut Checks, names: &[&'static str], fields: &Fields) -> Option<Vec<u8>> {
    let typed: Vec<&str> =
        names.iter().map(|field| value(fields, field).trim().trim_end_matches('%').trim()).collect();
    if typed.iter().all(|share| share.is_empty()) {
        return Some(equal_shares(u8::try_from(names.len()).unwrap_or(u8::MAX)));
    }
    let parsed: Option<Vec<u8>> = names
        .iter()
        .zip(&typed)
        .map(|(name, share)| {
            let percent = share.parse().ok().filter(|percent| (1..=100).contains(percent));
            checks.some(name, percent, "tell-share-wrong")
        })
        .collect::<Vec<_>>()
        .into_iter()
        .collect();
    let parsed = parsed?;
    let sum: u32 = parsed.iter().map(|share| u32::from(*share)).sum();
    checks.some(OWN_SHARE, (sum == 100).then_some(parsed), "tell-shares-sum")
}

/// Reads who an idea is told on behalf of; their agreement must be noted.
///
/// # Errors
/// [`Error::Invalid`] with every problem, by field.
pub fn behalf(fields: &Fields) -> Result<Named> {
    let mut checks = Checks::default();
    let place = Place { name: "behalf-name", mail: "behalf-mail", share: "", who: "" };
    let person = person(&mut checks, &place, fields);
    checks.holds("agreed", value(fields, "agreed") == "yes", "tell-agreed-empty");
    checks.finish(person.map(|(name, mail)| Named { name, mail, share_percent: 100 }))
}

/// Who brought it, with shares, and whether it was typed for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Accounts with their shares in percent.
    pub contributors: Vec<(AccountId, u8)>,
    /// Was it typed on their behalf?
    pub is_assisted: bool,
}

/// The accounts of those who brought a draft that `sender` sends. People without an account get one and are invited.
///
/// # Errors
/// [`Error::Invalid`] as [`group()`] and [`behalf`].
pub async fn brought(ctx: &mut Ctx<'_, Write>, fields: &Fields, sender: AccountId) -> Result<Brought> {
    match Whose::of(fields) {
        Whose::Own | Whose::Hidden => Ok(Brought { contributors: vec![(sender, 100)], is_assisted: false }),
        Whose::Group => {
            let group = group(fields)?;
            let mut contributors = vec![(sender, group.own_percent)];
            for named in &group.others {
                let account = account_of(ctx, &named.name, &named.mail).await?;
                add_share(&mut contributors, (account, named.share_percent));
            }
            Ok(Brought { contributors, is_assisted: false })
        }
        Whose::Behalf => {
            let named = behalf(fields)?;
            let account = account_of(ctx, &named.name, &named.mail).await?;
            Ok(Brought { contributors: vec![(account, 100)], is_assisted: account != sender })
        }
    }
}

/// Who tells it may be among the people named, by another spelling of their address: the shares are theirs together.
fn add_share(contributors: &mut Vec<(AccountId, u8)>, (account, share): (AccountId, u8)) {
    match contributors.iter_mut().find(|(known, _)| *known == account) {
        Some((_, known)) => *known = known.saturating_add(share),
        None => contributors.push((account, share)),
    }
}

/// The account of a work mail; made and invited where there is none.
async fn account_of(ctx: &mut Ctx<'_, Write>, name: &Line, mail: &Mail) -> Result<AccountId> {
    if let Some(known) = accounts::by_mail(&mut ctx.tx, &mail.folded()).await? {
        return Ok(AccountId(known.id));
    }
    let person =
        NewPerson { name: name.clone(), mail: mail.clone(), language: ctx.language, external_id: None };
    let account = account::create(ctx, &person).await?;
    ticket::mail_link(ctx, account, Purpose::Invitation).await?;
    Ok(account)
}

/// Is it about the people named, whose fields only their own pages can show?
pub fn is_of_group(error: &Error) -> bool {
    let Error::Invalid(problems) = error else { return false };
    problems.iter().any(|problem| {
        ["name-", "mail-", "share-", "behalf-", "agreed", "whose"]
            .iter()
            .any(|own| problem.field.starts_with(own))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
    }

    fn named<'a>(more: &[(&'a str, &'a str)]) -> Fields {
        let mut all = vec![
            ("name-1", "Bea"),
            ("mail-1", "bea@riverside.example"),
            ("name-2", "Cai"),
            ("mail-2", "cai@riverside.example"),
        ];
        all.extend_from_slice(more);
        fields(&all)
    }

    fn wrong(fields: &Fields) -> Vec<&'static str> {
        let Err(Error::Invalid(problems)) = group(fields) else { panic!("taken") };
        problems.iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn three_people_share_equally_unless_they_say_otherwise() {
        let equal = group(&named(&[])).expect("a group");
        assert_eq!((equal.own_percent, equal.others[0].share_percent), (34, 33));
        let typed = named(&[("share-own", "33 %"), ("share-1", "33"), ("share-2", "34%")]);
        assert_eq!(group(&typed).expect("a group").others[1].share_percent, 34);
    }

    #[test]
    fn shares_make_a_hundred_and_nobody_is_named_twice() {
        assert_eq!(wrong(&named(&[("share-own", "50")])), ["share-1", "share-2"]);
        let sum = [("share-own", "50"), ("share-1", "30"), ("share-2", "10")];
        assert_eq!(wrong(&named(&sum)), ["share-own"]);
        assert_eq!(
            wrong(&named(&[("share-own", "0"), ("share-1", "x"), ("share-2", "1")])),
            ["share-own", "share-1"]
        );
        assert_eq!(wrong(&named(&[("name-3", "Bea"), ("mail-3", "BEA@riverside.example")])), ["mail-3"]);
        assert_eq!(wrong(&fields(&[])), ["name-1"]);
        assert_eq!(wrong(&fields(&[("mail-1", "bea")])), ["name-1", "mail-1"]);
    }
}
