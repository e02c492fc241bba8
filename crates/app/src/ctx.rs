//! Who acts, in which transaction, with which world: the first argument of every use case.

use crate::env::Env;
use crate::error::{Error, Result};
use crate::people::audit::Noted;
use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};
use serde::Serialize;
use std::collections::HashMap;
use std::marker::PhantomData;
use uuid::Uuid;
use waymark_domain::ids::{AccountId, PartyId};
use waymark_domain::people::party::Party;
use waymark_domain::text::{Field, Language, Remade, Words};
use waymark_store::jobs::{self, NewJob};
use waymark_store::people::parties;
use waymark_store::{Change, Stamp, Stored, Tx, journal};

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// A visitor who has not signed in.
    Nobody,
    /// A person who has.
    Person(AccountId),
    /// Whoever has the code of a record on which their name is hidden: nobody elsewhere, its party there.
    Bearer {
        /// The record.
        record: Uuid,
        /// The party.
        party: PartyId,
    },
    /// Time itself: a job.
    Time,
    /// Whoever has the machine: the command line and the first run.
    Console,
}

impl Actor {
    /// The account, where a person acts.
    pub const fn account(self) -> Option<AccountId> {
        match self {
            Self::Person(account) => Some(account),
            Self::Nobody | Self::Bearer { .. } | Self::Time | Self::Console => None,
        }
    }

    /// The party of a record whose code is borne.
    pub fn bears(self, record: Uuid) -> Option<PartyId> {
        match self {
            Self::Bearer { record: own, party } if own == record => Some(party),
            _ => None,
        }
    }
}

/// Marks a context that only reads.
#[derive(Debug, Clone, Copy)]
pub struct Read;
/// Marks a context that may write.
#[derive(Debug, Clone, Copy)]
pub struct Write;

/// The context of a use case: an open transaction with who, when and the world.
#[derive(Debug)]
pub struct Ctx<'e, K> {
    /// The world.
    pub env: &'e Env,
    /// Who acts.
    pub actor: Actor,
    /// Now: the same through the whole use case.
    pub now: DateTime<Utc>,
    /// The language of the page: what is typed on it is taken to be in it.
    pub language: Language,
    /// Is it written down long after it happened? Then nobody is mailed about it.
    pub(crate) is_past: bool,
    /// Does what is written only tell the hour? A time to the microsecond would join a hidden name's record to whoever was
    /// busy just then.
    is_coarse: bool,
    /// The open transaction, for the queries of `store`.
    pub(crate) tx: Tx,
    /// What the log is told once all of it is committed: nothing of what was undone.
    pub(crate) noted: Vec<Noted>,
    /// Parties that facts named before it was known whether the record would: one for each person and record, so that
    /// two sets of facts in one change agree.
    minted: HashMap<Uuid, HashMap<AccountId, Minted>>,
    kind: PhantomData<K>,
}

/// A party that no record had before this transaction.
#[derive(Debug, Clone, Copy)]
struct Minted {
    id: PartyId,
    party: Party,
    /// Has it a row by now?
    is_kept: bool,
}

impl<'e> Ctx<'e, Read> {
    /// Opens a snapshot to read from.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn read(env: &'e Env, actor: Actor) -> Result<Self> {
        Ok(Self::with(env, actor, env.db.read().await?))
    }
}

impl<'e> Ctx<'e, Write> {
    /// Opens a transaction to write in. Dropped without [`Ctx::commit`], nothing of it stays.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn write(env: &'e Env, actor: Actor) -> Result<Self> {
        Ok(Self::with(env, actor, env.db.write().await?))
    }

    /// The same with a time of its own: imports and the demonstration write what happened earlier, and nobody is mailed.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn write_at(env: &'e Env, actor: Actor, now: DateTime<Utc>) -> Result<Self> {
        Ok(Self { now, is_past: true, ..Self::write(env, actor).await? })
    }

    /// Keeps what was written. Gives how many queries it took.
    ///
    /// # Errors
    /// [`Error::Unavailable`], [`Error::Conflict`].
    pub async fn commit(self) -> Result<u32> {
        let queries = self.tx.queries();
        self.tx.commit().await?;
        self.noted.iter().for_each(Noted::tell);
        self.env.room.is_there();
        Ok(queries)
    }

    /// Saves events of a record with their texts.
    ///
    /// # Errors
    /// [`Error::Conflict`] where somebody was quicker.
    pub async fn save<R: Stored>(
        &mut self,
        before: Option<&R>,
        (id, events): (Uuid, Vec<R::Event>),
        (actor, words): (Option<PartyId>, Vec<Words>),
    ) -> Result<R> {
        let stamp = self.stamp(actor);
        Ok(journal::save(&mut self.tx, before, Change { id, events, words, stamp }).await?)
    }

    /// Saves one more event of each of several records, with its texts, as nobody's: it follows from what was done elsewhere.
    ///
    /// # Errors
    /// As [`Ctx::save`].
    pub(crate) async fn save_many<R: Stored>(
        &mut self,
        changes: Vec<(&R, R::Event, Vec<Words>)>,
    ) -> Result<()> {
        let stamp = self.stamp(None);
        let changes = changes.into_iter().map(|(before, event, words)| {
            (before, Change::<R> { id: before.id(), events: vec![event], words, stamp })
        });
        Ok(journal::save_many(&mut self.tx, changes.collect()).await?)
    }

    fn stamp(&self, actor: Option<PartyId>) -> Stamp {
        let recorded_at = if self.is_coarse { self.now } else { self.env.now() };
        Stamp { actor, happened_at: self.now, recorded_at }
    }

    /// Enqueues a job that is due now, in this transaction.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn enqueue<P: Serialize + Sync>(&mut self, kind: &str, payload: &P) -> Result<()> {
        let job = NewJob { kind, payload, run_at: self.now, unique_key: None };
        jobs::enqueue(&mut self.tx, job, self.now).await?;
        Ok(())
    }

    /// The party that an account is in a record; made if it is none yet.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn party(&mut self, record: Uuid, account: AccountId) -> Result<PartyId> {
        let minted = self.minted.get(&record).and_then(|own| own.get(&account));
        if minted.is_some_and(|minted| minted.is_kept) {
            return Ok(self.minted(record, account));
        }
        if let Some(party) = self.known_party(record, account).await? {
            return Ok(party);
        }
        Ok(self.first_party(record, account))
    }

    /// The same in a record that begins now, in which nobody is a party yet.
    pub(crate) fn first_party(&mut self, record: Uuid, account: AccountId) -> PartyId {
        let Minted { id, party, is_kept } = *self.mint(record, account);
        if !is_kept {
            parties::add(&mut self.tx, &party);
            self.mint(record, account).is_kept = true;
        }
        id
    }

    /// Writes the row of a party that was only minted so far; nothing where it has one.
    pub(crate) fn keep(&mut self, record: Uuid, party: PartyId) {
        let mut own = self.minted.get(&record).into_iter().flatten();
        // It was minted since nobody had it, and whoever gives it to somebody meanwhile changes the record, too.
        if let Some(account) = own.find(|(_, minted)| minted.id == party).map(|(account, _)| *account) {
            self.first_party(record, account);
        }
    }
}

impl<'e, K> Ctx<'e, K> {
    fn with(env: &'e Env, actor: Actor, tx: Tx) -> Self {
        Self {
            env,
            actor,
            now: env.now(),
            language: Language::default(),
            is_past: false,
            is_coarse: false,
            tx,
            noted: Vec::new(),
            minted: HashMap::new(),
            kind: PhantomData,
        }
    }

    /// The same on a page in another language.
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The party that an account would be in a record where it is none yet.
    pub(crate) fn minted(&mut self, record: Uuid, account: AccountId) -> PartyId {
        self.mint(record, account).id
    }

    fn mint(&mut self, record: Uuid, account: AccountId) -> &mut Minted {
        let env = self.env;
        self.minted.entry(record).or_default().entry(account).or_insert_with(|| {
            let party = env.party(record, account);
            Minted { id: party.id(), party, is_kept: false }
        })
    }

    /// The parties of a record that begins in this transaction.
    pub(crate) fn first_parties(&self, record: Uuid) -> impl Iterator<Item = (AccountId, PartyId)> {
        let own = self.minted.get(&record).into_iter().flatten();
        own.map(|(account, minted)| (*account, minted.id))
    }

    /// From now on only the hour is written down.
    pub(crate) fn coarsen(&mut self) {
        self.now = self.now.duration_trunc(TimeDelta::hours(1)).unwrap_or(self.now);
        self.is_coarse = true;
    }

    /// The account that acts.
    ///
    /// # Errors
    /// [`Error::SignInFirst`].
    pub fn account(&self) -> Result<AccountId> {
        self.actor.account().ok_or(Error::SignInFirst)
    }

    /// How many queries were run so far.
    pub fn queries(&self) -> u32 {
        self.tx.queries()
    }

    /// The party that an account is in a record, where it is one.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn known_party(&mut self, record: Uuid, account: AccountId) -> Result<Option<PartyId>> {
        Ok(parties::of_account(&mut self.tx, record, account.0).await?.map(PartyId))
    }

    /// A record, or [`Error::NotFound`].
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Unavailable`].
    pub async fn load<R: Stored>(&mut self, id: Uuid) -> Result<R> {
        journal::load(&mut self.tx, id).await?.ok_or(Error::NotFound)
    }

    /// The records of different ids, in their order, or [`Error::NotFound`] where one is none.
    ///
    /// # Errors
    /// As [`Ctx::load`].
    pub(crate) async fn load_many<R: Stored>(&mut self, ids: &[Uuid]) -> Result<Vec<R>> {
        let found = journal::load_many(&mut self.tx, ids).await?;
        if found.len() == ids.len() { Ok(found) } else { Err(Error::NotFound) }
    }
}

/// Texts about to be written with one change of a record: each gets its salt here.
#[derive(Debug)]
pub struct Writing<'e> {
    env: &'e Env,
    record: Uuid,
    version: u32,
    language: Language,
    words: Vec<Words>,
}

impl<'e> Writing<'e> {
    /// Texts of a record's next version (1 for a new record), in one language.
    pub fn new(env: &'e Env, (record, version): (Uuid, u32), language: Language) -> Self {
        Self { env, record, version, language, words: Vec::new() }
    }

    /// The language that it is written in.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Notes a text and gives what the event carries of it.
    pub fn note(&mut self, field: Field, text: &str) -> waymark_domain::text::WordsRef {
        let words = Words {
            record: self.record,
            field,
            version: self.version,
            language: self.language,
            salt: self.env.bytes(),
            author: None,
            body: text.to_owned(),
        };
        let reference = words.reference();
        self.words.push(words);
        reference
    }

    /// Notes a text where there is one.
    pub fn note_some<T: AsRef<str>>(
        &mut self,
        field: Field,
        text: Option<&T>,
    ) -> Option<waymark_domain::text::WordsRef> {
        text.map(|text| self.note(field, text.as_ref()))
    }

    /// Writes a text anew in its own place, in its language; gives what the event carries of it.
    pub fn anew(&mut self, was: &Words, body: String) -> Remade {
        let words = Words { salt: self.env.bytes(), body, ..was.clone() };
        let remade = Remade { was: was.reference(), digest: words.digest() };
        self.words.push(words);
        remade
    }

    /// The texts, to be saved with the events.
    pub fn finish(self) -> Vec<Words> {
        self.words
    }
}
