//! Problems and challenges become records; one that came in before is said anew where the file says something else.

use super::Account;
use crate::ctx::{Ctx, Write, Writing};
use crate::error::Result;
use crate::import::batch::{Batch, Outcome};
use crate::import::check::Challenge;
use crate::import::progress::Running;
use crate::import::rows::Moment;
use crate::people::place::{Place, place};
use crate::words::{Lang, text, text_with};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use uuid::Uuid;
use waymark_domain::find::problem::{Listed, Problem, ProblemEvent};
use waymark_domain::ids::{NodeId, PartyId};
use waymark_domain::text::{Field, Words};
use waymark_store::bulk::{self, Life};
use waymark_store::{Stamp, words};

pub(super) async fn write(
    ctx: &mut Ctx<'_, Write>,
    (_, rows): (&Batch, Vec<Challenge>),
    (running, outcome): Account<'_>,
) -> Result<()> {
    let mut spots: HashMap<NodeId, Place> = HashMap::new();
    let mut lives = Vec::new();
    for row in rows {
        let spot = match spots.entry(row.node) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(place(ctx, row.node).await?),
        };
        if let Some(known) = row.known {
            revise(ctx, (&row, known), spot, (running, outcome)).await?;
        } else {
            lives.push(life(ctx, &row, spot)?);
            running.one_more();
        }
    }
    outcome.made += lives.len();
    bulk::load(&mut ctx.tx, lives).await?;
    Ok(())
}

/// A problem that is new. It was listed when it opened, where that is past.
fn life(ctx: &mut Ctx<'_, Write>, row: &Challenge, spot: &Place) -> Result<Life<Problem>> {
    let id = ctx.env.id();
    let account = ctx.account()?;
    let by = ctx.first_party(id, account);
    let (listed, words) = listed(ctx, row, (spot, by, (id, 1)));
    let happened_at = listed.opens_at.filter(|opens| *opens < ctx.now).unwrap_or(ctx.now);
    let stamp = Stamp { actor: Some(by), happened_at, recorded_at: ctx.env.now() };
    Ok(Life { id, events: vec![(ProblemEvent::Listed(Box::new(listed)), stamp)], words })
}

async fn revise(
    ctx: &mut Ctx<'_, Write>,
    (row, known): (&Challenge, Uuid),
    spot: &Place,
    (running, outcome): (&Running, &mut Outcome),
) -> Result<()> {
    let before: Problem = ctx.load(known).await?;
    let (mut now, said) = listed(ctx, row, (spot, before.listed.by, (known, before.version + 1)));
    now.seen_by = before.listed.seen_by;
    running.one_more();
    if is_same(ctx, (&before.listed, known), (&now, &said)).await? {
        outcome.unchanged += 1;
        return Ok(());
    }
    outcome.revised += 1;
    // Only who changes something becomes a party: one that no event names is taken for forged.
    let by = ctx.party(known, ctx.account()?).await?;
    let event = ProblemEvent::Revised(Box::new(now));
    ctx.save(Some(&before), (known, vec![event]), (Some(by), said)).await?;
    Ok(())
}

/// Do two versions say the same? Texts are compared as texts: each version has salts of its own.
async fn is_same(
    ctx: &mut Ctx<'_, Write>,
    (before, id): (&Listed, Uuid),
    (now, said): (&Listed, &[Words]),
) -> Result<bool> {
    let aligned = Listed { title: now.title, problem: now.problem, details: now.details, ..before.clone() };
    if aligned != *now || before.details.is_some() != now.details.is_some() {
        return Ok(false);
    }
    let versions = [
        (Field::Title, Some(before.title)),
        (Field::Problem, Some(before.problem)),
        (Field::Details, before.details),
    ];
    for (field, reference) in versions {
        let Some(reference) = reference else { continue };
        let kept = words::find(&mut ctx.tx, id, field, reference.version).await?;
        let body = kept.and_then(|words| words.body);
        let new = said.iter().find(|words| words.field == field).map(|words| &words.body);
        if body.as_ref() != new {
            return Ok(false);
        }
    }
    Ok(true)
}

fn listed(
    ctx: &Ctx<'_, Write>,
    row: &Challenge,
    (spot, by, (id, version)): (&Place, PartyId, (Uuid, u32)),
) -> (Listed, Vec<Words>) {
    let mut writing = Writing::new(ctx.env, (id, version), ctx.language);
    let lang = Lang::parse(ctx.language.code()).unwrap_or_default();
    let listed = Listed {
        node: row.node,
        body: NodeId(spot.body.id),
        by,
        seen_by: spot.settings.seen_by,
        language: ctx.language,
        title: writing.note(Field::Title, row.title.as_str()),
        problem: writing.note(Field::Problem, &row.text),
        details: writing.note_some(Field::Details, details(row, lang).as_ref()),
        opens_at: row.row.opens.as_ref().and_then(|moment| instant(moment, spot.zone, false)),
        closes_at: row.row.closes.as_ref().and_then(|moment| instant(moment, spot.zone, true)),
        money: row.row.money_words.clone(),
        source_url: row.row.source_url.clone(),
        external_id: Some(row.row.external_id.clone()),
    };
    (listed, writing.finish())
}

/// The further sections under their headings, whose it is first; nothing where there are none.
fn details(row: &Challenge, lang: Lang) -> Option<String> {
    let whose = row
        .organisation
        .as_ref()
        .map(|name| text_with(lang, "import-text-organisation", &[("name", name.as_str().into())]));
    let sections = row.row.sections.iter().map(|section| {
        let heading = text(lang, &format!("import-field-{}", section.label));
        format!("{heading}\n\n{}", section.text)
    });
    let parts: Vec<String> = whose.into_iter().chain(sections).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// The instant of a local date: in the zone that was written, else the body's; without a time the day's beginning, or the
/// end of it.
fn instant(moment: &Moment, zone: Tz, is_end: bool) -> Option<DateTime<Utc>> {
    let zone = moment.zone.as_deref().and_then(named_zone).unwrap_or(zone);
    let local = match (moment.time, is_end) {
        (Some(time), _) => moment.date.and_time(time),
        (None, false) => moment.date.and_time(NaiveTime::MIN),
        (None, true) => next(moment.date).and_time(NaiveTime::MIN),
    };
    zone.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc))
}

fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// Short names of zones as published challenges write them.
fn named_zone(name: &str) -> Option<Tz> {
    match name.to_ascii_uppercase().as_str() {
        "ET" | "EST" | "EDT" => Some(chrono_tz::America::New_York),
        "CT" | "CST" | "CDT" => Some(chrono_tz::America::Chicago),
        "MT" | "MST" | "MDT" => Some(chrono_tz::America::Denver),
        "PT" | "PST" | "PDT" => Some(chrono_tz::America::Los_Angeles),
        "GMT" | "UTC" | "Z" => Some(chrono_tz::UTC),
        "BST" => Some(chrono_tz::Europe::London),
        _ => name.parse().ok(),
    }
}
