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

/// One value of each of the 42 shapes in the submission dates of the challenge feeds.
const FEED: [(&str, &str); 40] = [
    ("03/18/2019 12:00 AM", "2019-03-18 00:00:00"),
    ("03/27/2019 02:00 PM", "2019-03-27 14:00:00"),
    ("03/23/2020 9:00 AM", "2020-03-23 09:00:00"),
    ("11/14/2019 3:00 PM", "2019-11-14 15:00:00"),
    ("2021/06/21 12:01 AM", "2021-06-21 00:01:00"),
    ("03/22/2019", "2019-03-22"),
    ("2021/06/24 7:00 AM", "2021-06-24 07:00:00"),
    ("2020/08/28 09:00 PM", "2020-08-28 21:00:00"),
    ("01/27/2020 8 AM", "2020-01-27 08:00:00"),
    ("03/15/2021 ", "2021-03-15"),
    ("2021/03/31 5:00 PM", "2021-03-31 17:00:00"),
    ("9/16/2019 12:00 PM", "2019-09-16 12:00:00"),
    ("09/10/2020 09:00AM", "2020-09-10 09:00:00"),
    ("2020/07/20 9:00 AM ", "2020-07-20 09:00:00"),
    ("10/22/2020 11:00 AM ", "2020-10-22 11:00:00"),
    ("7/15/2019 8:00 AM", "2019-07-15 08:00:00"),
    ("11/1/2019 12:00 AM", "2019-11-01 00:00:00"),
    ("10/24/2019 12:00 pm", "2019-10-24 12:00:00"),
    ("01/21/2020 9 a.m.", "2020-01-21 09:00:00"),
    ("2020/02/28 8 a.m.", "2020-02-28 08:00:00"),
    ("03/02/2020 10 a.m.", "2020-03-02 10:00:00"),
    ("04/05/2020 5:00 p.m.", "2020-04-05 17:00:00"),
    ("11/30/2020 5:00 PM ", "2020-11-30 17:00:00"),
    ("12/15/2020 9:00 AM ", "2020-12-15 09:00:00"),
    ("06/24/2021 12:00 AM ET", "2021-06-24 00:00:00"),
    ("2020/03/19 12 p.m.", "2020-03-19 12:00:00"),
    ("2021/03/25 1:00 PM ", "2021-03-25 13:00:00"),
    ("2021/08/31", "2021-08-31"),
    ("2021/9/16 8:00 AM", "2021-09-16 08:00:00"),
    ("2021/10/14 11:00 AM ET", "2021-10-14 11:00:00"),
    ("08/05/2019  12:59 AM", "2019-08-05 00:59:00"),
    ("05/26/2020 5 p.m.", "2020-05-26 17:00:00"),
    ("09/08/2020 11:59PM", "2020-09-08 23:59:00"),
    ("04/24/2020 5 PM", "2020-04-24 17:00:00"),
    ("04/30/2020 06:00 p.m.", "2020-04-30 18:00:00"),
    ("10/08/2020 5:59:59 PM", "2020-10-08 17:59:59"),
    ("08/17/2020 11:59 PM ", "2020-08-17 23:59:00"),
    ("09/23/2021 04:59 PM ET", "2021-09-23 16:59:00"),
    ("2021/12/03 11:59 p.m.", "2021-12-03 23:59:00"),
    ("2022/3/27 11:59 PM", "2022-03-27 23:59:00"),
];

/// The two shapes of the feed that are no dates.
const FEED_NONE: [(&str, DateProblem); 2] =
    [("04/23/ 10:00 AM", DateProblem::NoYear), ("03/02/20202 05:00 PM", DateProblem::BadYear)];

#[test]
fn every_shape_of_the_feed_gives_its_date_or_is_named() {
    for (text, expected) in FEED {
        assert_eq!(us(text).as_ref().map(shown), Ok(expected.to_owned()), "{text}");
    }
    for (text, problem) in FEED_NONE {
        assert_eq!(us(text), Err(problem), "{text}");
    }
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
        ("31/03/2026 13:00 PM", DateProblem::NoSuchTime),
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
