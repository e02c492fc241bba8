//! Where a record stands, how it came in and where it came from.

use serde::{Deserialize, Serialize};

/// Declares a list of named values: the name is the same in URLs, database and journal.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$case_doc])* #[serde(rename = $text)] $case),+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$case),+];

            /// The name in URLs, database and journal.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$case => $text),+
                }
            }

            /// The value of a name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
    };
}

pub(crate) use named;

named! {
    /// The steps of *decide it here* (profile Small): told, answered, tried, then kept, dropped or passed on.
    Stage {
        /// Somebody has it and owes an answer.
        Told = "told",
        /// Answered *not now*: it comes back on its event or date.
        NotNow = "not-now",
        /// Answered *try it*.
        Trying = "trying",
        /// Tried, and passed on to the finder.
        PassedOn = "passed-on",
        /// Tried and kept.
        Kept = "kept",
        /// Done by those who told it, without asking.
        Done = "done",
        /// Tried and dropped.
        Dropped = "dropped",
        /// Answered *no*.
        Stopped = "stopped",
        /// Taken back by who told it.
        Withdrawn = "withdrawn",
    }
}

impl Stage {
    /// Sent and not ended, *not now* included.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Told | Self::NotNow | Self::Trying | Self::PassedOn)
    }

    /// Does somebody owe an answer?
    pub const fn awaits_answer(self) -> bool {
        matches!(self, Self::Told | Self::PassedOn)
    }
}

named! {
    /// How a record came in (specification, Ways in).
    WayIn {
        /// An idea with something to try.
        Idea = "idea",
        /// A problem without a solution.
        Problem = "problem",
        /// Own, reversible, no money, nobody harmed: done already.
        JustDidIt = "just-did-it",
        /// Pasted from a spreadsheet.
        Imported = "imported",
    }
}

named! {
    /// Who brought it, asked once in five choices; later ways in add the others of the glossary.
    Origin {
        /// Staff who meet the problem every day.
        FrontLine = "front-line",
        /// Professionals of a field.
        Professional = "professional",
        /// I use this service.
        User = "user",
        /// Managers.
        Manager = "manager",
        /// Partners outside the body.
        Partner = "partner",
    }
}

named! {
    /// The two lanes.
    Lane {
        /// Decide it here.
        Here = "here",
        /// The full route.
        Full = "full",
    }
}

named! {
    /// What a decision gives at *decide it here*.
    AnswerKind {
        /// Try it.
        Go = "go",
        /// Not now, until.
        NotNow = "not-now",
        /// No, because.
        Stop = "stop",
        /// Not mine, send on.
        SendOn = "send-on",
    }
}

named! {
    /// Why an answer is not *go*: the subset of *decide it here* (specification, Reasons for an answer).
    Reason {
        /// We already do this.
        AlreadyDone = "R01",
        /// Not safe, or harm outweighs.
        NotSafe = "R03",
        /// Would not solve the problem, because.
        WouldNotSolve = "R05",
        /// No money until.
        NoMoney = "R07",
        /// No time or people until.
        NoTime = "R08",
        /// Not ours.
        NotOurs = "R10",
    }
}

named! {
    /// What became of a try.
    Outcome {
        /// We keep doing it.
        Keep = "keep",
        /// We stop doing it.
        Drop = "drop",
        /// It needs somebody else: to the finder.
        PassOn = "pass-on",
    }
}
