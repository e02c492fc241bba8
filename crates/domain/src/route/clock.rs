//! The clock of one promise: a value that events carry, and pure functions from one value to the next.
//!
//! A clock holds decided values (the limit that applied, the due day, the latest day of a pause), so that a
//! changed rule or a longer list of holidays moves nothing silently: whoever replays the journal sees the
//! dates that people saw. Sending to another body stops the clock and starts one by the receiver's
//! calendar.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::due::{BodyTime, Due, WorkingDays, nth_working_day_after, working_days_between};
use super::limits::{Limit, Limits, Promise};
use crate::text::{Field, WordsRef};

/// A promise with its date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What is promised.
    pub promise: Promise,
    /// When it began to count.
    pub started: DateTime<Utc>,
    /// The limit that applied.
    pub limit: Limit,
    /// The day at whose end it is due; while it is paused, the day from before the pause.
    pub due: Due,
    /// What became of it.
    pub state: State,
    /// How often it has been paused.
    #[serde(default)]
    pub pauses_used: u8,
    /// Every date that it had before, first one first.
    #[serde(default)]
    pub moved: Vec<Moved>,
}

/// Where a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum State {
    /// Its days are counted.
    Running,
    /// It waits for the contributor.
    Paused {
        /// Since when.
        since: DateTime<Utc>,
        /// The last day of the pause; from its end the decision is taken on what there is.
        until: NaiveDate,
        /// The whole days left, in the unit of the limit: working days, else calendar days.
        left: u16,
        /// When it is due if nobody resumes it before the pause runs out.
        latest: Due,
    },
    /// It was kept, or done late.
    Met {
        /// When the act was done.
        at: DateTime<Utc>,
        /// Whether the due day had ended by then.
        late: bool,
    },
    /// Its due day ended without the act, which is still owed.
    Missed {
        /// The first instant that was too late.
        at: DateTime<Utc>,
        /// The day that was missed. It stays when a new date is given: overdue is counted from it.
        on: NaiveDate,
    },
    /// Nothing is owed any more: sent on, withdrawn, merged, ended.
    Stopped {
        /// When.
        at: DateTime<Utc>,
    },
}

/// A date that was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The date before.
    pub from: Due,
    /// When it was replaced.
    pub at: DateTime<Utc>,
    /// The words that say why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<WordsRef>,
}

/// Why and when a date is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// When it is moved.
    pub at: DateTime<Utc>,
    /// The words that say why, of the field [`Field::Why`]; nothing where the route itself gives a date.
    pub why: Option<WordsRef>,
}

/// Why a clock did not do what was asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockError {
    /// It was met or stopped before.
    Over,
    /// It does not run: it is paused, or was missed.
    NotRunning,
    /// It is not paused.
    NotPaused,
    /// This promise never pauses.
    NeverPauses,
    /// Its decision has been paused as often as the route allows.
    PausesUsed,
    /// Its due day has ended: a pause would hide the miss.
    Overdue,
    /// Its due day has not ended.
    NotYetDue,
    /// The act is earlier than what it follows.
    OutOfOrder,
    /// The new date is the one that it has.
    SameDate,
    /// The words that are named are not those of a reason.
    NoReason,
}

impl Clock {
    /// A clock that starts now and is due when its limit has passed for the body that owes the act.
    pub fn start(promise: Promise, limit: Limit, started: DateTime<Utc>, body: BodyTime<'_>) -> Self {
        let due = body.due_after(body.day_of(started), limit);
        Self { promise, started, limit, due, state: State::Running, pauses_used: 0, moved: Vec::new() }
    }

    /// Waits for the contributor, at most as long as the route allows; the whole days after the day of the
    /// pause are kept.
    ///
    /// # Errors
    /// `NeverPauses`, `PausesUsed`, `Overdue`, `NotRunning`, `Over`, or `OutOfOrder` before the start.
    pub fn pause(&self, at: DateTime<Utc>, limits: &Limits, body: BodyTime<'_>) -> Result<Self, ClockError> {
        self.check_pause(at, limits, body.zone)?;
        let today = body.day_of(at);
        let until = nth_working_day_after(body.calendar, today, limits.pause_max_working_days).date;
        let left = self.days_left(today, body.calendar);
        let latest = self.due_with(left, until, body);
        let state = State::Paused { since: at, until, left, latest };
        Ok(Self { state, pauses_used: self.pauses_used.saturating_add(1), ..self.clone() })
    }

    /// Counts again, because the contributor answered, pressed *nothing to add*, or the pause ran out. The
    /// day of the resume is day 0 of the days left. A resume after the last day of the pause counts from
    /// that last day, so that a job which ran late gives nobody more time.
    ///
    /// # Errors
    /// `NotPaused`, or `OutOfOrder` before the pause.
    pub fn resume(&self, at: DateTime<Utc>, body: BodyTime<'_>) -> Result<Self, ClockError> {
        let State::Paused { since, until, left, latest } = self.state else {
            return Err(ClockError::NotPaused);
        };
        if at < since {
            return Err(ClockError::OutOfOrder);
        }
        let today = body.day_of(at);
        let due = if today < until { self.due_with(left, today, body) } else { latest };
        Ok(Self { due, state: State::Running, ..self.clone() })
    }

    /// The act was done at `at`, which may lie in the past: a decision taken in a meeting has the meeting's
    /// date, so a miss that was recorded before its minutes came turns out to be none.
    ///
    /// # Errors
    /// `Over`.
    pub fn meet(&self, at: DateTime<Utc>, zone: Tz) -> Result<Self, ClockError> {
        self.check_open()?;
        let late = self.is_overdue(at, zone);
        Ok(Self { state: State::Met { at, late }, ..self.clone() })
    }

    /// The due day has ended without the act. A pause that nobody ended has run out by then.
    ///
    /// # Errors
    /// `NotYetDue`, `NotRunning` when it was recorded as missed before, or `Over`.
    pub fn miss(&self, now: DateTime<Utc>, zone: Tz) -> Result<Self, ClockError> {
        self.check_open()?;
        if matches!(self.state, State::Missed { .. }) {
            return Err(ClockError::NotRunning);
        }
        let due = self.binding_due();
        if !due.is_past(now, zone) {
            return Err(ClockError::NotYetDue);
        }
        let state = State::Missed { at: due.ends_at(zone), on: due.date };
        Ok(Self { due, state, ..self.clone() })
    }

    /// Nothing is owed any more: sent to another body, withdrawn, merged or ended.
    ///
    /// # Errors
    /// `Over`.
    pub fn stop(&self, at: DateTime<Utc>) -> Result<Self, ClockError> {
        self.check_open()?;
        Ok(Self { state: State::Stopped { at }, ..self.clone() })
    }

    /// Gives another date and keeps the old one. A missed promise stays missed on its first day: a new date
    /// is said to the contributor, but does not turn a late answer into one in time.
    ///
    /// # Errors
    /// `Over`, `NotRunning` while it is paused, `SameDate`, `NoReason`, or `OutOfOrder` when the new date has passed.
    pub fn move_due(&self, to: NaiveDate, reason: Reason, zone: Tz) -> Result<Self, ClockError> {
        self.check_open()?;
        let due = Due { date: to, beyond_calendar: false };
        match self.state {
            State::Paused { .. } => return Err(ClockError::NotRunning),
            _ if reason.why.is_some_and(|why| why.field != Field::Why) => return Err(ClockError::NoReason),
            _ if to == self.due.date => return Err(ClockError::SameDate),
            _ if due.is_past(reason.at, zone) => return Err(ClockError::OutOfOrder),
            _ => {}
        }
        let mut next = Self { due, ..self.clone() };
        next.moved.push(Moved { from: self.due, at: reason.at, why: reason.why });
        Ok(next)
    }

    /// Whether the act is still owed.
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, State::Met { .. } | State::Stopped { .. })
    }

    /// Whether the act is owed and its day has ended; a paused clock is overdue once the day has ended that
    /// it would have after the longest pause, even if no job has resumed it.
    pub fn is_overdue(&self, now: DateTime<Utc>, zone: Tz) -> bool {
        let counted = Due { date: self.counted_from(), beyond_calendar: false };
        self.is_open() && counted.is_past(now, zone)
    }

    /// The working days since the promise's own missed day, up to and with `today`; none while it is in
    /// time, and none once it was met or stopped.
    pub fn overdue(&self, today: NaiveDate, calendar: &Calendar) -> WorkingDays {
        if self.is_open() {
            working_days_between(calendar, self.counted_from(), today)
        } else {
            WorkingDays::default()
        }
    }

    /// The next day on which something happens: the due day, or the last day of the pause; none when the
    /// clock is over.
    pub fn next_date(&self) -> Option<NaiveDate> {
        match self.state {
            State::Running | State::Missed { .. } => Some(self.due.date),
            State::Paused { until, .. } => Some(until),
            State::Met { .. } | State::Stopped { .. } => None,
        }
    }

    /// Whether the pause has run out, so that the clock must be resumed and decided on what there is.
    pub fn is_pause_over(&self, now: DateTime<Utc>, zone: Tz) -> bool {
        match self.state {
            State::Paused { until, .. } => Due { date: until, beyond_calendar: false }.is_past(now, zone),
            _ => false,
        }
    }

    /// The date before anybody moved it; a pause is no move.
    pub fn first_due(&self) -> Due {
        self.moved.first().map_or(self.due, |moved| moved.from)
    }

    fn check_open(&self) -> Result<(), ClockError> {
        if self.is_open() { Ok(()) } else { Err(ClockError::Over) }
    }

    fn check_pause(&self, at: DateTime<Utc>, limits: &Limits, zone: Tz) -> Result<(), ClockError> {
        self.check_open()?;
        match self.state {
            _ if !self.promise.may_pause() => Err(ClockError::NeverPauses),
            State::Paused { .. } => Err(ClockError::NotRunning),
            _ if self.pauses_used >= limits.pauses_max => Err(ClockError::PausesUsed),
            _ if at < self.started => Err(ClockError::OutOfOrder),
            _ if self.is_overdue(at, zone) => Err(ClockError::Overdue),
            _ => Ok(()),
        }
    }

    /// The whole days after `today` up to the due day, in the unit of the limit.
    fn days_left(&self, today: NaiveDate, calendar: &Calendar) -> u16 {
        let days = match self.limit {
            Limit::WorkingDays(_) => i64::from(working_days_between(calendar, today, self.due.date).count),
            Limit::Days(_) | Limit::Months(_) | Limit::On(_) => (self.due.date - today).num_days(),
        };
        u16::try_from(days.max(0)).unwrap_or(u16::MAX)
    }

    fn due_with(&self, left: u16, from: NaiveDate, body: BodyTime<'_>) -> Due {
        let limit = match self.limit {
            Limit::WorkingDays(_) => Limit::WorkingDays(left),
            Limit::Days(_) | Limit::Months(_) | Limit::On(_) => Limit::Days(left),
        };
        body.due_after(from, limit)
    }

    /// The due day that binds now: while paused, the one after the longest pause.
    fn binding_due(&self) -> Due {
        match self.state {
            State::Paused { latest, .. } => latest,
            _ => self.due,
        }
    }

    /// The day from which lateness is counted.
    fn counted_from(&self) -> NaiveDate {
        match self.state {
            State::Missed { on, .. } => on,
            _ => self.binding_due().date,
        }
    }
}

impl fmt::Display for ClockError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Over => "the clock is over",
            Self::NotRunning => "the clock does not run",
            Self::NotPaused => "the clock is not paused",
            Self::NeverPauses => "this promise never pauses",
            Self::PausesUsed => "this decision has had its pause",
            Self::Overdue => "the due day has ended",
            Self::NotYetDue => "the due day has not ended",
            Self::OutOfOrder => "the act is earlier than what it follows",
            Self::SameDate => "the clock has this date",
            Self::NoReason => "the words are not those of a reason",
        })
    }
}

impl std::error::Error for ClockError {}

#[cfg(test)]
mod tests;
