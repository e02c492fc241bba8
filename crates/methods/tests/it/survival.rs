//! The product-limit estimate as lifelines has it (`tests/survival`), to 1e-9.

use serde_json::Value;
use std::path::Path;
use waymark_methods::survival::{Ends, kaplan_meier, quantile};

fn cases() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/survival/reference.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let all: Value = serde_json::from_str(&text).expect("JSON");
    all["cases"].as_array().expect("cases").clone()
}

fn count(row: &Value, field: &str) -> u64 {
    row[field].as_u64().unwrap_or_else(|| panic!("no {field}: {row}"))
}

fn ends(case: &Value) -> Vec<Ends> {
    let rows = case["rows"].as_array().expect("rows");
    let one = |row: &Value| Ends {
        duration: u32::try_from(count(row, "duration")).expect("a duration"),
        ended: count(row, "ended"),
        seen: count(row, "seen"),
    };
    rows.iter().map(one).collect()
}

#[test]
fn the_curve_and_its_intervals_are_those_of_lifelines() {
    let cases = cases();
    assert_eq!(cases.len(), 6);
    for case in &cases {
        let steps = kaplan_meier(&ends(case));
        let rows = case["rows"].as_array().expect("rows");
        assert_eq!(steps.len(), rows.len(), "{}", case["name"]);
        for (step, row) in steps.iter().zip(rows) {
            for (mine, field) in [(step.survival, "survival"), (step.low, "low"), (step.high, "high")] {
                // Where the interval has no value, lifelines says so in several ways.
                let Some(theirs) = row[field].as_f64() else { continue };
                assert!((mine - theirs).abs() < 1e-9, "{} {field}: {mine} and {row}", case["name"]);
            }
        }
    }
}

#[test]
fn the_quantiles_are_those_of_lifelines() {
    for case in &cases() {
        let steps = kaplan_meier(&ends(case));
        for (p, name) in [(0.25, "0.25"), (0.5, "0.5"), (0.9, "0.9")] {
            let theirs =
                case["quantiles"][name].as_u64().map(|days| u32::try_from(days).expect("a duration"));
            assert_eq!(quantile(&steps, p), theirs, "{} {name}", case["name"]);
        }
    }
}
