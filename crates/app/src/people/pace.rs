//! How fast one person may write and search, or one address from which nobody has signed in: so many at once, then one more
//! each so often. Kept in memory by each process: what a restart forgets is a little patience.

use crate::error::{Error, Result};
use crate::people::attempts::Key;
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use waymark_domain::ids::AccountId;

/// A pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How many at once.
    at_once: i64,
    /// How long until one more, in microseconds.
    each_micros: i64,
}

/// Of a person: more than anybody types, less than it takes to keep the others out.
const PERSON: Pace = Pace { at_once: 1_000, each_micros: 200_000 };
/// Of an address without a session: a hospital is one address.
const ADDRESS: Pace = Pace { at_once: 2_000, each_micros: 100_000 };
/// Of sign-ins from an address, counted apart: a thousand wrong ones a minute leave room for everybody else of a hospital,
/// and hold up nothing else that is sent from there.
const SIGN_INS: Pace = Pace { at_once: 2_000, each_micros: 50_000 };
/// Of ideas sent from an address without an account: a waiting room full of people, then one more each half minute.
const PUBLIC: Pace = Pace { at_once: 60, each_micros: 30_000_000 };
/// Of searches by a person, and of lists that they take away whole: a hundred and twenty a minute for as long as they like, and
/// so many before that counts that nobody who types meets it.
const SEARCHES: Pace = Pace { at_once: 1_000, each_micros: 500_000 };
/// Of searches from an address without a session: a hospital is one address.
const SEARCHES_FROM: Pace = Pace { at_once: 2_000, each_micros: 100_000 };
/// Of all that a person's programs ask for: more than one of them needs that asks for each record in turn.
const CALLS: Pace = Pace { at_once: 3_000, each_micros: 50_000 };
/// How many people and addresses are remembered.
const REMEMBERED: usize = 100_000;

/// Who writes, or searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose<'a> {
    /// A person.
    Person(AccountId),
    /// Somebody at an address.
    Address(&'a str),
    /// Somebody at an address who signs in.
    SignIn(&'a str),
    /// Somebody at an address who sends an idea without an account.
    Public(&'a str),
    /// A person who searches, or takes a list away.
    Search(AccountId),
    /// Somebody at an address who does.
    SearchFrom(&'a str),
    /// A program of a person.
    Program(AccountId),
}

/// What is remembered: when each could again do all at once, in microseconds since 1970.
#[derive(Debug, Default)]
pub struct Paces(Mutex<HashMap<Key, i64>>);

impl Paces {
    /// Takes one turn.
    ///
    /// # Errors
    /// [`Error::TooMany`] where it comes too early.
    pub fn take(&self, whose: Whose<'_>, now: DateTime<Utc>) -> Result<()> {
        let (key, pace) = match whose {
            Whose::Person(account) => (Key::of(&["person", &account.0.to_string()]), PERSON),
            Whose::Address(address) => (Key::of(&["address", &network(address)]), ADDRESS),
            Whose::SignIn(address) => (Key::of(&["sign-in", &network(address)]), SIGN_INS),
            Whose::Public(address) => (Key::of(&["public", &network(address)]), PUBLIC),
            Whose::Search(account) => (Key::of(&["search", &account.0.to_string()]), SEARCHES),
            Whose::SearchFrom(address) => (Key::of(&["search-from", &network(address)]), SEARCHES_FROM),
            Whose::Program(account) => (Key::of(&["program", &account.0.to_string()]), CALLS),
        };
        let now = now.timestamp_micros();
        let mut rested_at = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        make_room(&mut rested_at, now);
        let full = now + pace.at_once * pace.each_micros;
        let rested = rested_at.entry(key).or_insert(now);
        // Where the clock was set back, nobody waits longer than for a whole load.
        *rested = (*rested).clamp(now, full);
        let at = *rested + pace.each_micros;
        if at > full {
            let seconds = (at - full).div_euclid(1_000_000) + 1;
            return Err(Error::TooMany { retry_after_seconds: u32::try_from(seconds).unwrap_or(u32::MAX) });
        }
        *rested = at;
        Ok(())
    }
}

/// Forgets who has rested. Were there too many even so, all begin anew: memory is kept before strictness.
fn make_room(rested_at: &mut HashMap<Key, i64>, now: i64) {
    if rested_at.len() < REMEMBERED {
        return;
    }
    rested_at.retain(|_, at| *at > now);
    if rested_at.len() > REMEMBERED / 2 {
        rested_at.clear();
    }
}

/// The network of an address: whoever has one address of IPv6 has 2⁶⁴.
fn network(address: &str) -> String {
    match address.parse() {
        Ok(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use uuid::Uuid;

    const ADA: Whose<'static> = Whose::Person(AccountId(Uuid::nil()));

    /// How many turns are given at one moment.
    fn turns(paces: &Paces, whose: Whose<'_>, now: DateTime<Utc>) -> i64 {
        (0..10_000).take_while(|_| paces.take(whose, now).is_ok()).count().try_into().unwrap()
    }

    #[test]
    fn so_many_at_once_then_one_more_each_so_often() {
        let (paces, now) = (Paces::default(), DateTime::UNIX_EPOCH);
        assert_eq!(turns(&paces, ADA, now), PERSON.at_once);
        let Err(Error::TooMany { retry_after_seconds }) = paces.take(ADA, now) else { panic!("a turn") };
        assert_eq!(retry_after_seconds, 1);
        assert_eq!(turns(&paces, ADA, now + TimeDelta::seconds(1)), 5);
        assert_eq!(turns(&paces, Whose::Address("10.0.0.1"), now), ADDRESS.at_once, "others have their own");
        assert_eq!(turns(&paces, ADA, now + TimeDelta::hours(1)), PERSON.at_once);
    }

    #[test]
    fn a_thousand_wrong_sign_ins_a_minute_leave_room_for_a_hospital_all_day() {
        let (paces, morning) = (Paces::default(), DateTime::UNIX_EPOCH);
        for number in 0..60_000 {
            let now = morning + TimeDelta::milliseconds(60 * number);
            assert!(paces.take(Whose::SignIn("10.0.0.1"), now).is_ok(), "after {number}");
        }
        let now = morning + TimeDelta::hours(1);
        assert_eq!(turns(&paces, Whose::SignIn("10.0.0.1"), now), SIGN_INS.at_once, "none is held up");
        assert_eq!(turns(&paces, Whose::Address("10.0.0.1"), now), ADDRESS.at_once, "nor anything else");
    }

    #[test]
    fn whoever_searches_has_a_hundred_and_twenty_a_minute_besides_what_they_write() {
        let (paces, now) = (Paces::default(), DateTime::UNIX_EPOCH);
        let ada = Whose::Search(AccountId(Uuid::nil()));
        assert_eq!(turns(&paces, ada, now), SEARCHES.at_once);
        assert_eq!(turns(&paces, ada, now + TimeDelta::minutes(1)), 120);
        assert_eq!(turns(&paces, ADA, now), PERSON.at_once, "writing is counted apart");
        assert_eq!(turns(&paces, Whose::SearchFrom("10.0.0.1"), now), SEARCHES_FROM.at_once);
        assert_eq!(turns(&paces, Whose::Program(AccountId(Uuid::nil())), now), CALLS.at_once);
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_out() {
        let (paces, later) = (Paces::default(), DateTime::UNIX_EPOCH + TimeDelta::days(1));
        assert_eq!(turns(&paces, ADA, later), PERSON.at_once);
        let now = DateTime::UNIX_EPOCH;
        assert!(paces.take(ADA, now).is_err());
        assert_eq!(turns(&paces, ADA, now + TimeDelta::seconds(2)), 10);
    }

    #[test]
    fn a_network_of_ipv6_is_one_address_and_what_is_remembered_is_bounded() {
        let (paces, now) = (Paces::default(), DateTime::UNIX_EPOCH);
        for address in ["2001:db8::1", "2001:db8::ffff:1"] {
            paces.take(Whose::Address(address), now).unwrap();
        }
        assert_eq!(paces.0.lock().unwrap().len(), 1);
        for number in 0..=REMEMBERED {
            paces.take(Whose::Address(&number.to_string()), now).unwrap();
        }
        assert!(paces.0.lock().unwrap().len() <= REMEMBERED);
    }
}
