use proptest::prelude::*;

use super::*;

fn us(text: &str) -> Result<FoundDate, DateProblem> {
    read_date(text, Order::MonthFirst)
}

fn uk(text: &str) -> Result<FoundDate, DateProblem> {
    read_date(text, Order::DayFirst)
}

/// `2026-03-31`, or with a time `2026-03-31 09:30:00`.
fn shown(found: &FoundDate) -> String {
    found.time.map_or_else(|| found.date.to_string(), |time| format!("{} {time}", found.date))
}

/// One value of each of the 42 shapes in the submission dates of the challenge feeds, and the date that another
/// program read from it; the integration test checks that no shape of the feeds is missing here.
const FEED: &str = include_str!("../../../tests/data/challenge-dates.tsv");

#[test]
fn every_shape_of_the_feed_gives_its_date_or_is_named() {
    let mut none = Vec::new();
    for line in FEED.lines() {
        let (text, expected) = line.split_once('\t').expect("value and date");
        match us(text) {
            Ok(found) => assert_eq!(shown(&found), expected, "{text}"),
            Err(problem) => none.push((text, expected, problem)),
        }
    }
    let expected = [
        ("03/02/20202 05:00 PM", "none", DateProblem::BadYear),
        ("04/23/ 10:00 AM", "none", DateProblem::NoYear),
    ];
    none.sort_unstable_by_key(|(text, ..)| *text);
    assert_eq!(none, expected);
    assert_eq!(FEED.lines().count(), 42);
}

#[test]
fn our_own_shapes_are_read() {
    let cases = [
        ("2026-03-31", "2026-03-31"),
        ("2026-03-31T09:30:00", "2026-03-31 09:30:00"),
        ("2026-03-31T09:30:15.250Z", "2026-03-31 09:30:15"),
        ("2026-03-31 09:30+01:00", "2026-03-31 09:30:00"),
        ("20260331", "2026-03-31"),
        ("31/03/2026", "2026-03-31"),
        ("31/3/26", "2026-03-31"),
        ("1.4.99", "1999-04-01"),
        ("31-03-2026 at 9.30pm", "2026-03-31 21:30:00"),
        ("31 March 2026", "2026-03-31"),
        ("Tuesday, 31st of March 2026, 17:00", "2026-03-31 17:00:00"),
        ("March 31, 2026 at noon", "2026-03-31 12:00:00"),
        ("Mar 31st, '26", "2026-03-31"),
        ("31-Mar-26", "2026-03-31"),
        ("2026 March 31", "2026-03-31"),
        ("dydd Mawrth 31 Mawrth 2026", "2026-03-31"),
        ("31 Mawrth 2026", "2026-03-31"),
        ("45943", "2025-10-13"),
        ("45943.5", "2025-10-13 12:00:00"),
        ("04/23/2020 11:59 PM ET", "2020-04-23 23:59:00"),
        ("31 / 3 / 2026", "2026-03-31"),
        ("06/02/2021 00:00 AM", "2021-02-06 00:00:00"),
        ("31/03/2026 17:00 PM", "2026-03-31 17:00:00"),
    ];
    for (text, expected) in cases {
        assert_eq!(uk(text).as_ref().map(shown), Ok(expected.to_owned()), "{text}");
    }
}

#[test]
fn what_is_no_date_says_why() {
    let cases = [
        ("", DateProblem::Empty),
        ("  \u{a0}", DateProblem::Empty),
        ("TBD", DateProblem::NoneYet),
        ("Rolling", DateProblem::NoneYet),
        ("I'w gadarnhau", DateProblem::NoneYet),
        ("31/03", DateProblem::NoYear),
        ("31 March", DateProblem::NoYear),
        ("31/03/202", DateProblem::BadYear),
        ("31/03/1066", DateProblem::BadYear),
        ("2026", DateProblem::NoDay),
        ("March 2026", DateProblem::NoDay),
        ("2026-03", DateProblem::NoDay),
        ("31/02/2026", DateProblem::NoSuchDay),
        ("2026-13-01", DateProblem::NoSuchDay),
        ("31/03/2026 25:00", DateProblem::NoSuchTime),
        ("31/03/2026 13:00 AM", DateProblem::NoSuchTime),
        ("31/03/2026 00:30 PM", DateProblem::NoSuchTime),
        ("31/03/2026 or so", DateProblem::NotADate),
        ("soon", DateProblem::NotADate),
        ("12", DateProblem::NotADate),
        ("31/03/2026 10", DateProblem::NotADate),
    ];
    for (text, problem) in cases {
        assert_eq!(uk(text), Err(problem), "{text}");
    }
}

#[test]
fn a_zone_is_kept_as_written_and_not_worked_in() {
    let zones = [
        ("2026-03-31 09:30+01:00", "+01:00"),
        ("31/03/2026 11:59 PM ET", "ET"),
        ("2026-03-31T09:30:00Z", "Z"),
    ];
    for (text, zone) in zones {
        assert_eq!(uk(text).map(|found| found.zone), Ok(Some(zone.to_owned())), "{text}");
    }
}

#[test]
fn a_range_gives_its_first_and_last_day() {
    for text in [
        "3-5 March 2026",
        "3rd to 5th March 2026",
        "3/3/2026 - 5/3/2026",
        "From 3 March 2026 until 5 March 2026",
    ] {
        let found = uk(text).expect("a range");
        assert_eq!(
            (found.date.to_string(), found.until.map(|d| d.to_string())),
            ("2026-03-03".into(), Some("2026-03-05".into())),
            "{text}"
        );
    }
}

#[test]
fn the_order_matters_only_where_both_ways_work() {
    assert_eq!(
        us("03/04/2019").map(|f| (shown(&f), f.reading)),
        Ok(("2019-03-04".into(), Reading::EitherWay))
    );
    assert_eq!(
        uk("03/04/2019").map(|f| (shown(&f), f.reading)),
        Ok(("2019-04-03".into(), Reading::EitherWay))
    );
    assert_eq!(uk("03/18/2019").map(|f| f.reading), Ok(Reading::Only(Order::MonthFirst)));
    assert_eq!(us("18/03/2019").map(|f| f.reading), Ok(Reading::Only(Order::DayFirst)));
    assert_eq!(uk("05/05/2019").map(|f| f.reading), Ok(Reading::OneWay));
}

#[test]
fn one_telling_value_decides_the_column() {
    let american = decide(["03/04/2019", "TBD", "03/18/2019 "].into_iter(), Order::DayFirst);
    let expected =
        Decision { order: Order::MonthFirst, because: Because::Value("03/18/2019".into()), either_way: 1 };
    assert_eq!(american, expected);
    let silent = decide(["03/04/2019"].into_iter(), Order::DayFirst);
    assert_eq!((silent.order, silent.because), (Order::DayFirst, Because::Setting));
    let mixed = decide(["18/03/2019", "03/18/2019", "01/02/2019"].into_iter(), Order::DayFirst);
    assert_eq!(mixed.order, Order::DayFirst);
    assert!(matches!(mixed.because, Because::Mixed { .. }));
}

#[test]
fn a_column_that_tells_nothing_follows_the_others_if_they_agree() {
    let column = |value: &'static str| decide([value].into_iter(), Order::DayFirst);
    let (mut silent, mut american, mut british) =
        (column("03/04/2019"), column("03/18/2019"), column("18/03/2019"));
    agree(&mut [&mut silent, &mut american, &mut british]);
    assert_eq!((silent.order, &silent.because), (Order::DayFirst, &Because::Setting));
    agree(&mut [&mut silent, &mut american]);
    assert_eq!(
        (silent.order, silent.because),
        (Order::MonthFirst, Because::OtherColumn("03/18/2019".into()))
    );
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,40}") {
        let _ = uk(&text);
    }

    #[test]
    fn no_text_of_date_like_pieces_makes_it_panic(text in "[0-9/.:,' -]{0,20}([ap]m|march|to|t|z|th|[+]01:00|é){0,2}[0-9]{0,5}") {
        let _ = us(&text);
    }

    #[test]
    fn every_day_is_read_back_in_every_shape(days in 0_u64..80_000, shape in 0_usize..6) {
        let date = NaiveDate::from_ymd_opt(1970, 1, 1).and_then(|d| d.checked_add_days(Days::new(days))).expect("in range");
        let shapes = ["%Y-%m-%d", "%d/%m/%Y", "%-d %B %Y", "%A %d %b %Y", "%B %-d, %Y", "%Y/%m/%d 5 p.m."];
        let text = date.format(shapes[shape]).to_string();
        prop_assert_eq!(uk(&text).map(|found| found.date), Ok(date), "{}", text);
    }
}
