//! How many texts for a door are missed, and how many ordinary ones are asked about: 300 texts of each service area,
//! written blind to the cues (`tests/doors`).

use std::path::Path;
use waymark_methods::doors::{DOORS, Reading};

const AREAS: [&str; 4] = ["health", "justice", "education", "care"];
const KINDS: [&str; DOORS] = ["danger", "wrongdoing", "complaint", "help", "press"];
/// The most of the texts for a door that go unasked, in each area (issue *Safe to say, safe to run*).
const MISSES: f64 = 0.05;
/// The most of the ordinary texts that are asked about, in each area.
const FALSE_ALARMS: f64 = 0.10;

struct Labelled {
    /// Nothing for an ordinary text.
    door: Option<usize>,
    reading: Reading,
    has_solution: bool,
}

fn labelled(area: &str) -> Vec<Labelled> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/doors").join(format!("{area}.jsonl"));
    let lines = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    lines.lines().map(one).collect()
}

fn one(line: &str) -> Labelled {
    let value: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
    let said = |field: &str| value[field].as_str().unwrap_or_else(|| panic!("no {field}: {line}")).to_owned();
    let (problem, idea) = (said("problem"), said("idea"));
    let door = KINDS.iter().position(|kind| *kind == said("kind"));
    assert!(door.is_some() || said("kind") == "none", "{line}");
    Labelled { door, reading: Reading::of(&problem, &idea), has_solution: !idea.is_empty() }
}

/// The share of texts that hold something.
fn share(texts: &[&Labelled], holds: impl Fn(&Labelled) -> bool) -> f64 {
    let count = |number: usize| u32::try_from(number).map_or(0.0, f64::from);
    count(texts.iter().filter(|text| holds(text)).count()) / count(texts.len()).max(1.0)
}

#[test]
fn few_texts_for_a_door_are_missed_and_few_ordinary_ones_are_asked_about() {
    for area in AREAS {
        let texts = labelled(area);
        assert_eq!(texts.len(), 300, "{area}");
        let (doors, ordinary): (Vec<_>, Vec<_>) = texts.iter().partition(|text| text.door.is_some());
        assert_eq!((doors.len(), ordinary.len()), (150, 150), "{area}");
        let unsolved: Vec<_> = ordinary.iter().copied().filter(|text| !text.has_solution).collect();
        let missed = share(&doors, |text| !text.reading.is_asked());
        let alarmed = share(&ordinary, |text| text.reading.is_asked());
        let unsolved = share(&unsolved, |text| text.reading.is_asked());
        let first = share(&doors, |text| text.door == Some(text.reading.likeliest()[0]));
        let doubted = share(&doors, |text| text.reading.is_doubted());
        println!(
            "{area}: missed {missed:.3}, false alarms {alarmed:.3} (without an idea {unsolved:.3}), \
             right door first {first:.3}, in doubt whatever is said {doubted:.3}"
        );
        assert!(missed <= MISSES, "{area}: {missed} of the texts for a door are missed");
        assert!(alarmed <= FALSE_ALARMS, "{area}: {alarmed} of the ordinary texts are asked about");
    }
}
