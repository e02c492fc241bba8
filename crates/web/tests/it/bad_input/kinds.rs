//! The fourteen kinds of bad input, and how often each was tried.

use std::collections::BTreeMap;

/// A kind of bad input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Empty,
    TooLong,
    WrongEncoding,
    Nul,
    Emoji,
    RightToLeft,
    Html,
    CsvFormula,
    HugeNumber,
    NoSuchDate,
    WrongId,
    ExpiredSession,
    Replay,
    FiftyMegabytes,
}

impl Kind {
    /// All fourteen.
    pub const ALL: [Self; 14] = [
        Self::Empty,
        Self::TooLong,
        Self::WrongEncoding,
        Self::Nul,
        Self::Emoji,
        Self::RightToLeft,
        Self::Html,
        Self::CsvFormula,
        Self::HugeNumber,
        Self::NoSuchDate,
        Self::WrongId,
        Self::ExpiredSession,
        Self::Replay,
        Self::FiftyMegabytes,
    ];

    /// What is typed into one field, where the kind is about a field. Some of it is a fair answer: then it must be taken
    /// and shown as text.
    pub fn typed(self) -> Option<String> {
        Some(match self {
            Self::Empty => String::new(),
            // More than a draft takes, and less than the form.
            Self::TooLong => format!("ŵ{}", "x".repeat(140_000)),
            Self::Nul => "a\0b".to_owned(),
            Self::Emoji => "👩🏽‍⚕️ late again 🕐".to_owned(),
            Self::RightToLeft => "مرحبا \u{202e}evil\u{202c}".to_owned(),
            Self::Html => "<script>alert(1)</script><b>bold</b>".to_owned(),
            Self::CsvFormula => "=HYPERLINK(\"http://evil.example\")".to_owned(),
            Self::HugeNumber => "999999999999999999999999".to_owned(),
            Self::NoSuchDate => "31 02 2026".to_owned(),
            Self::WrongEncoding
            | Self::WrongId
            | Self::ExpiredSession
            | Self::Replay
            | Self::FiftyMegabytes => return None,
        })
    }
}

/// How much was tried.
#[derive(Debug, Default)]
pub struct Count {
    forms: usize,
    sent: BTreeMap<Kind, usize>,
    left_out: Vec<(String, Kind, &'static str)>,
    faults: Vec<String>,
}

impl Count {
    /// Another form.
    pub const fn form(&mut self) {
        self.forms += 1;
    }

    /// One request of a kind.
    pub fn sent(&mut self, kind: Kind) {
        *self.sent.entry(kind).or_default() += 1;
    }

    /// A kind that makes no sense for a form, and why.
    pub fn left_out(&mut self, form: &str, kind: Kind, why: &'static str) {
        self.left_out.push((form.to_owned(), kind, why));
    }

    /// Notes what is wrong with an answer: all faults of a room are told at once.
    pub fn note(&mut self, faults: impl IntoIterator<Item = String>) {
        self.faults.extend(faults);
    }

    /// Prints the count.
    ///
    /// # Panics
    /// Where there is a fault, or a kind was never tried.
    pub fn print(&self, what: &str) {
        let all: usize = self.sent.values().sum();
        eprintln!("bad input, {what}: {all} requests to {} forms", self.forms);
        for kind in Kind::ALL {
            let sent = self.sent.get(&kind).copied().unwrap_or_default();
            assert!(sent > 0, "{kind:?} was never sent");
            eprintln!("  {kind:?}: {sent}");
        }
        eprintln!("  does not apply: {}", self.left_out.len());
        for (form, kind, why) in &self.left_out {
            eprintln!("    {form}, {kind:?}: {why}");
        }
        let faults = &self.faults;
        assert!(faults.is_empty(), "{} faults of {what}: {faults:#?}", faults.len());
    }
}
