//! The time that figures are of: twelve months up to a day, in four quarters of three months each.

use chrono::{Datelike, Months, NaiveDate};

/// Quarters of a period.
pub const QUARTERS: usize = 4;
const MONTHS_OF_A_QUARTER: u32 = 3;
const MONTHS: u32 = 12;

/// Twelve months, the one of the last day included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    to: NaiveDate,
}

impl Period {
    /// The months up to a day.
    pub const fn until(to: NaiveDate) -> Self {
        Self { to }
    }

    /// The last day.
    pub const fn to(self) -> NaiveDate {
        self.to
    }

    /// The first day.
    pub fn from(self) -> NaiveDate {
        self.begins(0)
    }

    /// The first day of a quarter, counted from 0, the oldest first; one after the last begins after the period.
    pub fn begins(self, quarter: usize) -> NaiveDate {
        let passed = u32::try_from(quarter).unwrap_or(0) * MONTHS_OF_A_QUARTER;
        let first = self.to.with_day(1).unwrap_or(self.to);
        let back = (MONTHS - 1).saturating_sub(passed);
        let ahead = passed.saturating_sub(MONTHS - 1);
        let month = first.checked_sub_months(Months::new(back)).unwrap_or(first);
        month.checked_add_months(Months::new(ahead)).unwrap_or(month)
    }

    /// The last day of a quarter.
    pub fn ends(self, quarter: usize) -> NaiveDate {
        let next = self.begins(quarter + 1);
        next.pred_opt().unwrap_or(next).min(self.to)
    }

    /// The quarter that a day lies in.
    pub fn quarter_of(self, day: NaiveDate) -> Option<usize> {
        (0..QUARTERS).find(|quarter| self.begins(*quarter) <= day && day <= self.ends(*quarter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_is_the_month_of_its_last_day_and_eleven_before_in_four_quarters() {
        let period = Period::until(day("2026-11-26"));
        assert_eq!((period.from(), period.to()), (day("2025-12-01"), day("2026-11-26")));
        let begins: Vec<_> = (0..=QUARTERS).map(|quarter| period.begins(quarter)).collect();
        let months = ["2025-12-01", "2026-03-01", "2026-06-01", "2026-09-01", "2026-12-01"];
        assert_eq!(begins, months.map(day));
        assert_eq!(period.ends(0), day("2026-02-28"));
        assert_eq!(period.ends(3), day("2026-11-26"));
    }

    #[test]
    fn each_day_of_a_period_lies_in_one_quarter_and_no_other_day_does() {
        let period = Period::until(day("2026-03-31"));
        assert_eq!(period.quarter_of(day("2025-03-31")), None);
        assert_eq!(period.quarter_of(day("2025-04-01")), Some(0));
        assert_eq!(period.quarter_of(day("2025-06-30")), Some(0));
        assert_eq!(period.quarter_of(day("2025-07-01")), Some(1));
        assert_eq!(period.quarter_of(day("2026-03-31")), Some(3));
        assert_eq!(period.quarter_of(day("2026-04-01")), None);
        let days = period.from().iter_days().take_while(|day| *day <= period.to());
        assert_eq!(days.filter(|day| period.quarter_of(*day).is_some()).count(), 365);
    }
}
