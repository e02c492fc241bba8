use chrono::Days;
use proptest::prelude::*;

use super::*;
use crate::route::calendar::CalendarName;
use crate::text::Digest;

const LONDON: Tz = chrono_tz::Europe::London;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Ten in the morning, Greenwich time, of a day.
fn on(day: &str) -> DateTime<Utc> {
    format!("{day}T10:00:00Z").parse().unwrap()
}

fn england() -> Calendar {
    CalendarName::EnglandAndWales.calendar()
}

fn at_body(calendar: &Calendar) -> BodyTime<'_> {
    BodyTime { calendar, zone: LONDON }
}

fn started(promise: Promise, day: &str) -> Clock {
    let limit = Limits::STANDARD.of(promise).unwrap();
    Clock::start(promise, limit, on(day), at_body(&england()))
}

fn pause(clock: &Clock, day: &str) -> Result<Clock, ClockError> {
    clock.pause(on(day), &Limits::STANDARD, at_body(&england()))
}

fn resume(clock: &Clock, day: &str) -> Result<Clock, ClockError> {
    clock.resume(on(day), at_body(&england()))
}

fn reason(day: &str) -> Reason {
    let digest = Digest::of(&[b"the decider is ill"]);
    Reason { at: on(day), why: Some(WordsRef { field: Field::Why, version: 7, digest }) }
}

fn move_due(clock: &Clock, to: &str, day: &str) -> Result<Clock, ClockError> {
    clock.move_due(date(to), reason(day), LONDON)
}

/// *Decide it here*, started on Monday 1 June 2026 and due on Monday 15 June.
fn ten_days() -> Clock {
    started(Promise::DecideHere, "2026-06-01")
}

#[test]
fn a_clock_starts_with_the_limit_of_its_promise() {
    let clock = ten_days();
    assert_eq!(clock.due, Due { date: date("2026-06-15"), beyond_calendar: false });
    assert_eq!((clock.limit, clock.state), (Limit::WorkingDays(10), State::Running));
    assert_eq!(started(Promise::News, "2026-06-01").due.date, date("2026-07-01"));
}

#[test]
fn a_clock_past_the_last_known_year_starts_and_says_so() {
    let clock = started(Promise::DecideHere, "2028-12-20");
    assert!(clock.due.beyond_calendar);
    assert_eq!(clock.due.date, date("2029-01-05"), "1 January 2029 is counted, since nobody has listed it");
}

#[test]
fn a_start_late_in_the_evening_belongs_to_the_day_at_the_body() {
    let late = "2026-06-01T23:30:00Z".parse().unwrap();
    let clock = Clock::start(Promise::FirstAnswer, Limit::WorkingDays(5), late, at_body(&england()));
    assert_eq!(clock.due.date, date("2026-06-09"), "it is 2 June in London");
}

#[test]
fn a_pause_keeps_the_whole_days_left() {
    let paused = pause(&ten_days(), "2026-06-04").unwrap();
    let State::Paused { until, left, latest, .. } = paused.state else { panic!("{:?}", paused.state) };
    assert_eq!((left, until), (7, date("2026-06-18")));
    assert_eq!(latest.date, date("2026-06-29"));
    let resumed = resume(&paused, "2026-06-10").unwrap();
    assert_eq!((resumed.due.date, resumed.state), (date("2026-06-19"), State::Running));
}

#[test]
fn a_pause_over_a_weekend_costs_no_working_day() {
    let paused = pause(&ten_days(), "2026-06-05").unwrap();
    assert_eq!(resume(&paused, "2026-06-07").unwrap().due.date, date("2026-06-15"));
    assert_eq!(resume(&paused, "2026-06-08").unwrap().due.date, date("2026-06-16"));
    let on_saturday = pause(&ten_days(), "2026-06-06").unwrap();
    assert_eq!(resume(&on_saturday, "2026-06-07").unwrap().due.date, date("2026-06-15"));
}

#[test]
fn a_pause_on_the_due_day_leaves_none_and_resumes_due_on_a_working_day() {
    let paused = pause(&ten_days(), "2026-06-15").unwrap();
    assert!(matches!(paused.state, State::Paused { left: 0, .. }));
    assert_eq!(resume(&paused, "2026-06-17").unwrap().due.date, date("2026-06-17"));
    assert_eq!(resume(&paused, "2026-06-20").unwrap().due.date, date("2026-06-22"), "a Saturday");
}

#[test]
fn a_pause_over_christmas_ends_after_ten_worked_days() {
    let clock = started(Promise::FirstLook, "2026-12-16");
    let paused = pause(&clock, "2026-12-18").unwrap();
    assert_eq!(paused.next_date(), Some(date("2027-01-06")));
}

#[test]
fn a_resume_that_comes_late_gives_no_more_time_than_the_pause_allows() {
    let paused = pause(&ten_days(), "2026-06-04").unwrap();
    let last_day = resume(&paused, "2026-06-18").unwrap();
    let late_job = resume(&paused, "2026-06-25").unwrap();
    assert_eq!((last_day.due.date, late_job.due), (date("2026-06-29"), last_day.due));
}

#[test]
fn a_pause_is_over_when_its_last_day_has_ended() {
    let paused = pause(&ten_days(), "2026-06-04").unwrap();
    assert!(!paused.is_pause_over(on("2026-06-18"), LONDON));
    assert!(paused.is_pause_over("2026-06-18T23:00:00Z".parse().unwrap(), LONDON));
    assert!(!ten_days().is_pause_over(on("2027-06-18"), LONDON));
}

#[test]
fn calendar_days_are_kept_as_calendar_days() {
    let limit = Limit::On(date("2026-06-30"));
    let clock = Clock::start(Promise::Implementation, limit, on("2026-06-01"), at_body(&england()));
    let paused = pause(&clock, "2026-06-10").unwrap();
    assert!(matches!(paused.state, State::Paused { left: 20, .. }));
    assert_eq!(resume(&paused, "2026-06-12").unwrap().due.date, date("2026-07-02"));
}

#[test]
fn a_decision_is_paused_once() {
    let resumed = resume(&pause(&ten_days(), "2026-06-02").unwrap(), "2026-06-03").unwrap();
    assert_eq!(pause(&resumed, "2026-06-04"), Err(ClockError::PausesUsed));
    let generous = Limits { pauses_max: 2, ..Limits::STANDARD };
    assert!(resumed.pause(on("2026-06-04"), &generous, at_body(&england())).is_ok());
}

#[test]
fn a_pause_is_refused_when_it_makes_no_sense() {
    let clock = ten_days();
    assert_eq!(pause(&started(Promise::News, "2026-06-01"), "2026-06-02"), Err(ClockError::NeverPauses));
    assert_eq!(pause(&clock, "2026-05-29"), Err(ClockError::OutOfOrder));
    assert_eq!(pause(&clock, "2026-06-16"), Err(ClockError::Overdue));
    assert_eq!(pause(&pause(&clock, "2026-06-02").unwrap(), "2026-06-03"), Err(ClockError::NotRunning));
    assert_eq!(pause(&clock.stop(on("2026-06-02")).unwrap(), "2026-06-03"), Err(ClockError::Over));
}

#[test]
fn only_a_paused_clock_resumes_and_only_forwards() {
    assert_eq!(resume(&ten_days(), "2026-06-02"), Err(ClockError::NotPaused));
    let paused = pause(&ten_days(), "2026-06-04").unwrap();
    assert_eq!(resume(&paused, "2026-06-03"), Err(ClockError::OutOfOrder));
}

#[test]
fn an_act_on_the_due_day_is_in_time_and_one_a_day_later_is_late() {
    let met = |instant: &str| ten_days().meet(instant.parse().unwrap(), LONDON).unwrap().state;
    let last = "2026-06-15T22:59:59.999999Z";
    assert_eq!(met(last), State::Met { at: last.parse().unwrap(), late: false });
    let first = "2026-06-15T23:00:00Z";
    assert_eq!(met(first), State::Met { at: first.parse().unwrap(), late: true });
}

#[test]
fn a_decider_need_not_wait_for_the_end_of_a_pause() {
    let paused = pause(&ten_days(), "2026-06-04").unwrap();
    let met = paused.meet(on("2026-06-16"), LONDON).unwrap();
    assert_eq!(met.state, State::Met { at: on("2026-06-16"), late: false });
}

#[test]
fn a_miss_is_recorded_only_once_its_day_has_ended_and_only_once() {
    let clock = ten_days();
    assert_eq!(clock.miss(on("2026-06-15"), LONDON), Err(ClockError::NotYetDue));
    let missed = clock.miss(on("2026-06-17"), LONDON).unwrap();
    let instant = "2026-06-15T23:00:00Z".parse().unwrap();
    assert_eq!(missed.state, State::Missed { at: instant, on: date("2026-06-15") });
    assert_eq!(missed.miss(on("2026-06-18"), LONDON), Err(ClockError::NotRunning));
}

#[test]
fn a_pause_that_nobody_ended_is_missed_on_its_latest_day() {
    let paused = pause(&ten_days(), "2026-06-04").unwrap();
    assert!(!paused.is_overdue(on("2026-06-29"), LONDON));
    assert_eq!(paused.miss(on("2026-06-29"), LONDON), Err(ClockError::NotYetDue));
    assert!(paused.is_overdue(on("2026-06-30"), LONDON));
    let missed = paused.miss(on("2026-06-30"), LONDON).unwrap();
    assert!(matches!(missed.state, State::Missed { on, .. } if on == date("2026-06-29")));
    assert_eq!(missed.due.date, date("2026-06-29"));
}

#[test]
fn overdue_is_counted_in_working_days_from_the_missed_day() {
    let missed = ten_days().miss(on("2026-06-16"), LONDON).unwrap();
    let count = |day| missed.overdue(date(day), &england()).count;
    assert_eq!([count("2026-06-15"), count("2026-06-16"), count("2026-06-21")], [0, 1, 4]);
    assert_eq!([count("2026-06-29"), count("2026-07-13")], [10, 20]);
    let met = missed.meet(on("2026-06-20"), LONDON).unwrap();
    assert_eq!(met.overdue(date("2026-07-13"), &england()), WorkingDays::default());
}

#[test]
fn a_new_date_keeps_the_old_one_and_why() {
    let moved = move_due(&ten_days(), "2026-06-22", "2026-06-10").unwrap();
    assert_eq!((moved.due.date, moved.first_due().date), (date("2026-06-22"), date("2026-06-15")));
    let twice = move_due(&moved, "2026-06-26", "2026-06-19").unwrap();
    let old: Vec<_> = twice.moved.iter().map(|moved| moved.from.date).collect();
    assert_eq!(old, [date("2026-06-15"), date("2026-06-22")]);
    assert_eq!(twice.moved[1].at, on("2026-06-19"));
    assert!(!twice.is_overdue(on("2026-06-26"), LONDON));
}

#[test]
fn a_new_date_after_a_miss_does_not_undo_it() {
    let missed = ten_days().miss(on("2026-06-16"), LONDON).unwrap();
    let moved = move_due(&missed, "2026-06-26", "2026-06-17").unwrap();
    assert_eq!(moved.next_date(), Some(date("2026-06-26")));
    assert!(moved.is_overdue(on("2026-06-18"), LONDON));
    assert_eq!(moved.overdue(date("2026-06-22"), &england()).count, 5);
    let met = moved.meet(on("2026-06-25"), LONDON).unwrap();
    assert!(matches!(met.state, State::Met { late: true, .. }));
}

#[test]
fn a_meeting_before_the_date_makes_a_recorded_miss_none() {
    let missed = ten_days().miss(on("2026-06-16"), LONDON).unwrap();
    let met = missed.meet(on("2026-06-12"), LONDON).unwrap();
    assert_eq!(met.state, State::Met { at: on("2026-06-12"), late: false });
}

#[test]
fn a_date_is_not_moved_to_itself_into_the_past_or_during_a_pause() {
    let clock = ten_days();
    assert_eq!(move_due(&clock, "2026-06-15", "2026-06-02"), Err(ClockError::SameDate));
    assert_eq!(move_due(&clock, "2026-06-08", "2026-06-09"), Err(ClockError::OutOfOrder));
    let paused = pause(&clock, "2026-06-02").unwrap();
    assert_eq!(move_due(&paused, "2026-07-15", "2026-06-03"), Err(ClockError::NotRunning));
}

#[test]
fn a_clock_that_is_over_stays_so() {
    let stopped = ten_days().stop(on("2026-06-03")).unwrap();
    let met = ten_days().meet(on("2026-06-03"), LONDON).unwrap();
    for over in [stopped, met] {
        assert_eq!(over.next_date(), None);
        assert!(!over.is_open() && !over.is_overdue(on("2027-01-01"), LONDON));
        assert_eq!(over.stop(on("2026-06-04")), Err(ClockError::Over));
        assert_eq!(over.meet(on("2026-06-04"), LONDON), Err(ClockError::Over));
        assert_eq!(over.miss(on("2027-01-01"), LONDON), Err(ClockError::Over));
        assert_eq!(move_due(&over, "2026-07-01", "2026-06-04"), Err(ClockError::Over));
    }
}

#[test]
fn a_date_is_moved_for_a_reason_and_not_with_other_words() {
    let mut other = reason("2026-06-02");
    other.why = other.why.map(|why| WordsRef { field: Field::Title, ..why });
    assert_eq!(ten_days().move_due(date("2026-06-22"), other, LONDON), Err(ClockError::NoReason));
}

#[test]
fn a_clock_survives_a_payload_in_every_state() {
    let running = ten_days();
    let paused = pause(&running, "2026-06-04").unwrap();
    let missed = running.miss(on("2026-06-16"), LONDON).unwrap();
    let moved = move_due(&missed, "2026-06-26", "2026-06-17").unwrap();
    let met = moved.meet(on("2026-06-20"), LONDON).unwrap();
    let stopped = running.stop(on("2026-06-03")).unwrap();
    for clock in [running, paused, missed, moved, met, stopped] {
        let text = serde_json::to_string(&clock).unwrap();
        assert_eq!(serde_json::from_str::<Clock>(&text).unwrap(), clock, "{text}");
    }
}

#[test]
fn a_payload_keeps_its_shape() {
    let text = concat!(
        r#"{"promise":"first-answer","started":"2026-06-01T10:00:00Z","limit":{"working-days":5},"#,
        r#""due":{"date":"2026-06-08","beyond_calendar":false},"state":{"is":"running"},"#,
        r#""pauses_used":0,"moved":[]}"#
    );
    let clock = started(Promise::FirstAnswer, "2026-06-01");
    assert_eq!(serde_json::to_string(&clock).unwrap(), text);
}

/// A clock that is asked once a day whether it counts: the day of the start is not counted, nor is the
/// day of the pause, which is not a whole one, nor any day until the one after the resume.
fn oracle_due(start: NaiveDate, (paused, resumed): (NaiveDate, NaiveDate), limit: u16) -> NaiveDate {
    let calendar = england();
    let (mut today, mut counted) = (start, 0);
    while counted < limit {
        today = today.succ_opt().unwrap();
        let stands = today > paused && today <= resumed;
        counted += u16::from(calendar.is_working_day(today) && !stands);
    }
    today
}

/// Any day from 2012 to 2027.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0..5_800_u64).prop_map(|days| date("2012-01-01") + Days::new(days))
}

fn noon(day: NaiveDate) -> DateTime<Utc> {
    on(&day.to_string())
}

proptest! {
    #[test]
    fn a_resumed_clock_is_due_where_a_daily_count_ends(
        start in any_day(), limit in 2..60_u16, wait in 0..40_u64, away in 0..30_u64,
    ) {
        let calendar = england();
        let body = at_body(&calendar);
        let clock = Clock::start(Promise::FirstLook, Limit::WorkingDays(limit), noon(start), body);
        let pause_day = (start + Days::new(wait)).min(clock.due.date.pred_opt().unwrap());
        let paused = clock.pause(noon(pause_day), &Limits::STANDARD, body).unwrap();
        let State::Paused { until, left, .. } = paused.state else { panic!("{:?}", paused.state) };
        prop_assume!(left > 0);
        let back = pause_day + Days::new(away);
        let resumed = paused.resume(noon(back), body).unwrap();
        prop_assert_eq!(resumed.due.date, oracle_due(start, (pause_day, back.min(until)), limit));
    }

    #[test]
    fn a_pause_never_makes_the_date_earlier_nor_more_than_ten_days_later(
        start in any_day(), limit in 1..60_u16, wait in 0..80_u64, away in 0..400_u64,
    ) {
        let calendar = england();
        let body = at_body(&calendar);
        let clock = Clock::start(Promise::FirstLook, Limit::WorkingDays(limit), noon(start), body);
        let pause_day = (start + Days::new(wait)).min(clock.due.date);
        let paused = clock.pause(noon(pause_day), &Limits::STANDARD, body).unwrap();
        let resumed = paused.resume(noon(pause_day + Days::new(away)), body).unwrap();
        let longer = working_days_between(&calendar, clock.due.date, resumed.due.date).count;
        prop_assert!(resumed.due.date >= clock.due.date);
        prop_assert!(longer <= u32::from(Limits::STANDARD.pause_max_working_days), "{longer}");
    }

    #[test]
    fn an_open_clock_always_has_a_next_date_and_a_miss_always_counts(
        start in any_day(), limit in 1..60_u16, later in 0..200_u64,
    ) {
        let calendar = england();
        let clock = Clock::start(Promise::Waiver, Limit::WorkingDays(limit), noon(start), at_body(&calendar));
        let today = start + Days::new(later);
        prop_assert_eq!(clock.next_date(), Some(clock.due.date));
        let is_missed = clock.miss(noon(today), LONDON).is_ok();
        prop_assert_eq!(is_missed, today > clock.due.date);
        prop_assert_eq!(is_missed, clock.is_overdue(noon(today), LONDON));
        let counted = calendar.is_working_day(today) && is_missed;
        prop_assert!(!counted || clock.overdue(today, &calendar).count > 0);
    }
}
