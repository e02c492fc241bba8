//! The importer on real files: 318 challenges of two feeds, CC0, with 42 shapes of dates.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, Timelike as _};
use proptest::prelude::*;
use waymark_app::import::columns::{Kind, propose};
use waymark_app::import::dates::{Because, Order};
use waymark_app::import::faults::{Fault, Remark};
use waymark_app::import::judge::{
    Judged, Ways, judge_ideas, judge_organisations, judge_people, judge_problems,
};
use waymark_app::import::limits;
use waymark_app::import::read::{Format, Hints, Sheet, read};
use waymark_app::import::report::Report;
use waymark_app::import::rows::{Moment, ProblemRow};

const SAMPLE: &[u8] = include_bytes!("../data/challenges-sample.json");
const SHAPES: &str = include_str!("../data/challenge-dates.tsv");

// Values of the feeds by a program of another language that shares no code with this one.
/// Dates of `submission-start`: how many, sum of their days since year 1, sum of the seconds of their times.
const OPENS: (usize, i64, u64) = (316, 233_034_898, 8_853_840);
/// The same of `submission-end`.
const CLOSES: (usize, i64, u64) = (318, 234_543_477, 20_075_639);
/// Prizes that are one amount: how many, and their sum in cents.
const MONEY: (usize, i64) = (237, 18_170_800_000);
/// What stands in `submission-start` and is no date, with its row.
const NONE: [(usize, &str); 2] = [(77, "03/02/20202 05:00 PM"), (99, "04/23/ 10:00 AM")];

fn feed(name: &str) -> Sheet {
    let folder: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/challenges");
    let path = folder.join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| {
        panic!(
            "{} cannot be read ({error}): put the shared data folder beside the repository, as ../shared/data",
            path.display()
        )
    });
    read(&bytes, Hints { name: Some(name), sheet: None }).expect("a readable feed")
}

fn both_feeds() -> [Sheet; 2] {
    [feed("feed-closed.json"), feed("feed-open.json")]
}

fn judged(sheet: &Sheet) -> Judged<ProblemRow> {
    judge_problems(sheet, &propose(Kind::Problems, &sheet.columns), &Ways::default())
}

/// A value with every digit as 9.
fn shape(value: &str) -> String {
    value.chars().map(|sign| if sign.is_ascii_digit() { '9' } else { sign }).collect()
}

fn texts(row: &ProblemRow) -> impl Iterator<Item = &str> {
    let sections = row.sections.iter().map(|section| section.text.as_str());
    [row.title.as_str(), row.text.as_str()].into_iter().chain(sections)
}

/// Number of dates, sum of their days since year 1, and sum of the seconds of those with a time of day.
fn sums<'a>(moments: impl Iterator<Item = &'a Moment>) -> (usize, i64, u64) {
    moments.fold((0, 0, 0), |(count, days, seconds), moment| {
        let time = moment.time.map_or(0, |time| u64::from(time.num_seconds_from_midnight()));
        (count + 1, days + i64::from(moment.date.num_days_from_ce()), seconds + time)
    })
}

#[test]
fn all_318_challenges_come_in() {
    let sheets = both_feeds();
    let counts: Vec<usize> = sheets.iter().map(|sheet| judged(sheet).good.len()).collect();
    assert_eq!(counts, [289, 29]);
    let faults: Vec<Fault> = sheets.iter().flat_map(|sheet| judged(sheet).faults).collect();
    assert_eq!(faults, []);
    assert!(sheets.iter().all(|sheet| sheet.format == Format::Json && judged(sheet).made_ids == 0));
}

#[test]
fn dates_of_the_feeds_are_those_that_another_program_read() {
    let rows: Vec<ProblemRow> = both_feeds().iter().flat_map(|sheet| judged(sheet).good).collect();
    assert_eq!(sums(rows.iter().filter_map(|row| row.opens.as_ref())), OPENS);
    assert_eq!(sums(rows.iter().filter_map(|row| row.closes.as_ref())), CLOSES);
}

#[test]
fn dates_of_the_feeds_are_counted_and_read_month_first() {
    let readings: Vec<_> = both_feeds().iter().flat_map(|sheet| judged(sheet).readings).collect();
    let sum = |count: fn(&_) -> usize| readings.iter().map(count).sum::<usize>();
    assert_eq!((sum(|r: &_| r.dates), sum(|r| r.empty), sum(|r| r.not_dates)), (634, 0, 2));
    assert_eq!(readings.len(), 4);
    // The open feed writes the year first, so that its columns need no decision and tell none.
    let undecided: Vec<usize> = readings
        .iter()
        .filter(|reading| reading.decision.because == Because::Setting)
        .map(|reading| reading.decision.either_way)
        .collect();
    assert_eq!(undecided, [0, 0]);
    for reading in readings.iter().filter(|reading| reading.decision.either_way > 0) {
        assert_eq!(reading.decision.order, Order::MonthFirst, "{}", reading.column);
        assert!(matches!(reading.decision.because, Because::Value(_)), "{}", reading.column);
    }
}

#[test]
fn the_two_that_are_no_dates_are_named() {
    let named: Vec<(usize, String, String)> = both_feeds()
        .iter()
        .flat_map(|sheet| judged(sheet).notices)
        .filter_map(|notice| match notice.remark {
            Remark::DateLeftEmpty { value, .. } => Some((notice.row, notice.column, value)),
            _ => None,
        })
        .collect();
    let start = |row, value: &str| (row, "submission-start".to_owned(), value.to_owned());
    assert_eq!(named, NONE.map(|(row, value)| start(row, value)));
}

#[test]
fn the_table_of_shapes_has_every_shape_of_the_feeds() {
    let in_table: BTreeSet<String> =
        SHAPES.lines().filter_map(|line| line.split_once('\t')).map(|(value, _)| shape(value)).collect();
    let mut in_feeds = BTreeSet::new();
    for sheet in both_feeds() {
        for (place, column) in sheet.columns.iter().enumerate() {
            if column.starts_with("submission-") {
                in_feeds.extend(sheet.rows.iter().map(|row| shape(&row.cells[place])));
            }
        }
    }
    assert_eq!(in_feeds.len(), 42);
    assert_eq!(in_feeds, in_table);
}

#[test]
fn money_of_the_feeds_is_read_where_it_is_clear() {
    let rows: Vec<ProblemRow> = both_feeds().iter().flat_map(|sheet| judged(sheet).good).collect();
    let amounts: Vec<i64> = rows.iter().filter_map(|row| row.money).map(|amount| amount.pence).collect();
    assert_eq!((amounts.len(), amounts.iter().sum::<i64>()), MONEY);
    let unclear: Vec<&str> =
        rows.iter().filter(|row| row.money.is_none()).filter_map(|row| row.money_words.as_deref()).collect();
    assert_eq!(unclear, ["30000"]);
}

#[test]
fn no_markup_of_the_feeds_stays_and_no_limit_is_passed() {
    for row in both_feeds().iter().flat_map(|sheet| judged(sheet).good) {
        assert!(row.title.chars().count() <= limits::TITLE_CHARS);
        for text in texts(&row) {
            assert!(text.chars().count() <= limits::SECTION_CHARS, "{}", row.external_id);
            let is_tag = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
            assert!(!text.split('<').skip(1).any(is_tag), "{}: {text}", row.external_id);
            assert!(
                !text.contains("{{")
                    && !text.contains('‹')
                    && !text.contains('‹')
                    && !text.contains("&nbsp;")
                    && !text.is_empty(),
                "{}",
                row.external_id
            );
        }
    }
}

#[test]
fn the_sample_shows_each_kind_of_notice_and_its_report_can_be_read() {
    let sheet = read(SAMPLE, Hints::default()).expect("readable");
    let judged = judged(&sheet);
    assert_eq!((judged.good.len(), judged.faults.len()), (sheet.rows.len(), 0));
    let keys: BTreeSet<&str> = judged.notices.iter().map(|notice| notice.remark.key()).collect();
    let expected =
        ["import-notice-date-left-empty", "import-notice-text-divided", "import-notice-title-shortened"];
    assert_eq!(keys, expected.into_iter().collect());
    let table = Report::new(&sheet, &propose(Kind::Problems, &sheet.columns), &judged).table();
    assert!(table.contains("“04/23/ 10:00 AM” is not a date"), "{table}");
    assert!(table.contains("Write the year with four digits."), "{table}");
}

#[test]
fn words_out_of_a_file_steer_no_terminal() {
    let sheet =
        read(b"title,problem,\x1b]0;t\x07,told-on\nA,B,c,\x1b[2J\n", Hints::default()).expect("readable");
    let mapping = propose(Kind::Ideas, &sheet.columns);
    let table = Report::new(&sheet, &mapping, &judge_ideas(&sheet, &mapping, &Ways::default())).table();
    assert!(table.contains("[2J") && table.contains("]0;t"), "{table}");
    assert!(!table.contains(|sign: char| sign.is_control() && sign != '\n'), "{table:?}");
}

#[test]
fn the_same_table_says_the_same_as_csv_and_as_json() {
    let json = read(br#"[{"title":"A","problem":"a, b"},{"title":"B","problem":"c\nd"}]"#, Hints::default());
    let csv = read(b"title;problem\nA;a, b\nB;\"c\nd\"\n", Hints::default());
    let judged =
        |sheet: &Sheet| judge_ideas(sheet, &propose(Kind::Ideas, &sheet.columns), &Ways::default()).good;
    let said = |sheet: Result<Sheet, _>| {
        let rows = judged(&sheet.expect("readable"));
        rows.into_iter().map(|row| (row.external_id, row.title, row.problem)).collect::<Vec<_>>()
    };
    assert_eq!(said(json), said(csv));
}

fn judge_all(bytes: &[u8]) {
    let Ok(sheet) = read(bytes, Hints::default()) else { return };
    let ways = Ways::default();
    let mapping = |kind| propose(kind, &sheet.columns);
    judge_ideas(&sheet, &mapping(Kind::Ideas), &ways);
    judge_problems(&sheet, &mapping(Kind::Problems), &ways);
    judge_people(&sheet, &mapping(Kind::People), &ways);
    let organisations = mapping(Kind::Organisations);
    let judged = judge_organisations(&sheet, &organisations, &ways);
    Report::new(&sheet, &organisations, &judged).table();
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        judge_all(&bytes);
    }

    #[test]
    fn no_table_makes_it_panic(body in "([a-z0-9<>&/\",;\t=@.é-]{0,9}[,\n]){0,30}") {
        judge_all(format!("id,title,name,text,mail,level,parent,date,roles\n{body}").as_bytes());
    }

    #[test]
    fn no_json_makes_it_panic(start in "[\\[{]", body in "[\\[\\]{}\",:a1ntrue ]{0,60}") {
        judge_all(format!("{start}{body}").as_bytes());
    }
}
