//! Organisations: each row by itself first, then the tree that they make.

use chrono_tz::TZ_VARIANTS;

use super::desk::{Desk, Known, shortened};
use super::{Judged, Ways, judge_rows, tree};
use crate::import::columns::{Field, Mapping};
use crate::import::faults::Wrong;
use crate::import::limits;
use crate::import::read::Sheet;
use crate::import::rows::{Level, OrganisationRow, Parent};

const LEVELS: [(&str, Level); 11] = [
    ("team", Level::Team),
    ("organisation", Level::Organisation),
    ("department", Level::Department),
    ("area", Level::Area),
    ("government", Level::Government),
    ("organization", Level::Organisation),
    ("service area", Level::Area),
    ("tim", Level::Team),
    ("sefydliad", Level::Organisation),
    ("adran", Level::Department),
    ("llywodraeth", Level::Government),
];

const YES_OR_NO: [(&str, bool); 12] = [
    ("yes", true),
    ("no", false),
    ("y", true),
    ("n", false),
    ("true", true),
    ("false", false),
    ("1", true),
    ("0", false),
    ("x", true),
    ("ie", true),
    ("ydy", true),
    ("na", false),
];

/// Judges rows that are organisations; the good ones come parents first.
pub fn judge_organisations(sheet: &Sheet, mapping: &Mapping, ways: &Ways) -> Judged<OrganisationRow> {
    let judged = judge_rows(sheet, mapping, ways, organisation);
    tree::settle(judged, sheet, mapping)
}

fn organisation(desk: &mut Desk<'_>) -> Option<OrganisationRow> {
    let name = desk.needed_words(Field::Name, limits::TITLE_CHARS);
    let parent = desk.words(Field::Parent, limits::ID_CHARS);
    let level = level(desk);
    let is_body = is_body(desk);
    let calendar = calendar(desk);
    let time_zone = time_zone(desk);
    let areas = desk.raw(Field::ServiceAreas).split([';', ',', '\n']).map(str::trim);
    let service_areas = areas.filter(|area| !area.is_empty()).map(str::to_owned).collect();
    let external_id = desk.identify(&[name.as_deref().unwrap_or(""), parent.as_deref().unwrap_or("")]);
    Some(OrganisationRow {
        row: desk.number(),
        external_id,
        name: name?,
        // Settled once all rows are known.
        parent: parent.map(|words| Parent::Elsewhere { words }),
        level: level?,
        is_body: is_body?,
        calendar,
        time_zone,
        service_areas,
    })
}

fn level(desk: &mut Desk<'_>) -> Option<Level> {
    let raw = desk.raw(Field::Level);
    if raw.is_empty() {
        desk.fault(Field::Level, Wrong::Missing { field: Field::Level });
        return None;
    }
    desk.one_of(Field::Level, raw, &Known { words: &LEVELS, shown: 5 })
}

fn is_body(desk: &mut Desk<'_>) -> Option<bool> {
    let raw = desk.raw(Field::IsBody);
    let known = Known { words: &YES_OR_NO, shown: 2 };
    if raw.is_empty() { Some(false) } else { desk.one_of(Field::IsBody, raw, &known) }
}

fn calendar(desk: &mut Desk<'_>) -> Option<String> {
    let raw = desk.raw(Field::Calendar);
    let ways = desk.ways;
    let codes: Vec<(&str, &String)> = ways.calendars.iter().map(|code| (code.as_str(), code)).collect();
    let known = Known { words: &codes, shown: codes.len() };
    if raw.is_empty() { None } else { desk.one_of(Field::Calendar, raw, &known).cloned() }
}

fn time_zone(desk: &mut Desk<'_>) -> Option<String> {
    let raw = desk.raw(Field::TimeZone);
    if raw.is_empty() {
        return None;
    }
    let found = TZ_VARIANTS
        .iter()
        .find(|zone| zone.name().eq_ignore_ascii_case(raw))
        .map(|zone| zone.name().to_owned());
    if found.is_none() {
        desk.fault(Field::TimeZone, Wrong::BadTimeZone { value: shortened(raw, limits::TITLE_CHARS) });
    }
    found
}
