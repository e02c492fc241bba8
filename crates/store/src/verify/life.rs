//! One stream of the journal while it is read: its chain, its record and the texts that its events vouch for.

use super::{Fault, Folding, Report, Verifier, What};
use crate::journal::{BEGINNING, Entry};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;
use waymark_domain::ids::PartyId;
use waymark_domain::text::{Digest, Field, Remade, WordsRef};

/// A stream as far as it was read.
pub(super) struct Life {
    pub id: Uuid,
    pub kind: String,
    pub body: Uuid,
    pub version: i64,
    pub head: Vec<u8>,
    /// What each text must hash to.
    pub texts: HashMap<(Field, u32), Digest>,
    /// Whom its events name.
    pub parties: BTreeSet<PartyId>,
    /// Nothing once an entry could not be read: the rows cannot be told then.
    pub folding: Option<Box<dyn Folding>>,
}

impl Life {
    pub fn begin(kinds: &[&dyn Verifier], first: &Entry, report: &mut Report) -> Self {
        let verifier = kinds.iter().find(|verifier| verifier.kind() == first.kind);
        let life = Self {
            id: first.stream,
            kind: first.kind.clone(),
            body: first.body,
            version: 0,
            head: BEGINNING.0.to_vec(),
            texts: HashMap::new(),
            parties: BTreeSet::new(),
            folding: verifier.map(|verifier| verifier.begin(first.stream)),
        };
        if verifier.is_none() {
            life.fault(first, What::Unreadable(format!("no kind of record is {}", first.kind)), report);
        }
        report.counts.streams += 1;
        life
    }

    /// Takes the next entry in and says what is wrong with it.
    pub fn take(&mut self, entry: &Entry, report: &mut Report) {
        report.counts.events += 1;
        if entry.version != self.version + 1 {
            self.fault(entry, What::Gap(self.version + 1), report);
        }
        if entry.prev != self.head {
            self.fault(entry, What::Chain, report);
        }
        if entry.digest().0.as_slice() != entry.hash {
            self.fault(entry, What::Hash, report);
        }
        if entry.kind != self.kind {
            self.fault(entry, What::Column("kind"), report);
        }
        self.read(entry, report);
        (self.version, self.body) = (entry.version, entry.body);
        self.head.clone_from(&entry.hash);
    }

    fn read(&mut self, entry: &Entry, report: &mut Report) {
        let Some(folding) = &mut self.folding else { return };
        match folding.take(entry) {
            Ok(named) => self.parties.extend(named),
            Err(why) => {
                self.folding = None;
                self.fault(entry, What::Unreadable(why), report);
            }
        }
        match serde_json::from_str(&entry.payload) {
            Ok(payload) => self.find_texts(entry, &payload, report),
            Err(_) => self.texts.clear(),
        }
    }

    /// Every object that reads as a [`WordsRef`] is one: no other value of an event has a digest with a field. One that
    /// reads as a [`Remade`] names what vouched for a text until then, and what does from then on.
    fn find_texts(&mut self, entry: &Entry, value: &Value, report: &mut Report) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.find_texts(entry, item, report)),
            Value::Object(_) if remade(value).is_some_and(|remade| self.remake(remade)) => {}
            Value::Object(object) => {
                if let Some(text) = words_ref(value) {
                    let known = *self.texts.entry((text.field, text.version)).or_insert(text.digest);
                    if known != text.digest {
                        self.fault(entry, What::Text, report);
                    }
                }
                object.values().for_each(|inner| self.find_texts(entry, inner, report));
            }
            _ => {}
        }
    }

    /// Takes in that a text was written anew; says whether what vouched for it until then is named as it was.
    fn remake(&mut self, Remade { was, digest }: Remade) -> bool {
        let known = self.texts.get_mut(&(was.field, was.version)).filter(|known| **known == was.digest);
        known.map(|known| *known = digest).is_some()
    }

    fn fault(&self, entry: &Entry, what: What, report: &mut Report) {
        report.add(Fault { table: "journal", record: Some(self.id), version: Some(entry.version), what });
    }
}

fn remade(value: &Value) -> Option<Remade> {
    value.get("was")?;
    serde_json::from_value(value.clone()).ok()
}

fn words_ref(value: &Value) -> Option<WordsRef> {
    value.get("digest")?;
    serde_json::from_value(value.clone()).ok()
}
