//! Work that comes again. Each is planned once for a period, whoever asks first; an hour in which no process ran is
//! made up for where somebody waits for it.

use crate::ctx::{Actor, Ctx, Write};
use crate::env::Env;
use crate::error::{Error, Result};
use crate::jobs::{digest, figures, index, purge, seal, time_passes};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use waymark_store::find::due;
use waymark_store::recurring;

/// The local minute of the day at which time passes on records: half past midnight, after the due day has ended.
const MINUTES_PAST_MIDNIGHT: i64 = 30;
/// The most hours of mail that are made up for: a day.
const HOURS_MADE_UP: u32 = 24;

/// Plans all that is due now and was not planned before. Gives how many jobs it wrote.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn plan(env: &Env) -> Result<u32> {
    let mut reading = Ctx::read(env, Actor::Time).await?;
    let zones = due::zones(&mut reading.tx).await?;
    drop(reading);
    let now = env.now();
    let mut written = 0;
    written += once(env, (seal::KIND, &now.format("%Y-%m-%dT%H").to_string()), &()).await?;
    written += once(env, (purge::KIND, &now.format("%Y-%m-%d").to_string()), &()).await?;
    written += once(env, (figures::KIND, &now.format("%Y-%m-%d").to_string()), &()).await?;
    written += once(env, (index::KIND, &now.format("%Y-%m-%d").to_string()), &()).await?;
    for zone in zones {
        let local = local(&zone, now)?;
        let day = (local - TimeDelta::minutes(MINUTES_PAST_MIDNIGHT)).date();
        let passing = time_passes::Passing::begin(&zone, day);
        let name = format!("{}:{zone}", time_passes::KIND);
        written += once(env, (&name, &day.to_string()), &passing).await?;
        written += plan_digests(env, (&zone, local)).await?;
    }
    written += plan_root(env, now).await?;
    Ok(written)
}

/// The day's last root is mailed once the day (UTC, as seals count) is over; sealing comes first.
async fn plan_root(env: &Env, now: DateTime<Utc>) -> Result<u32> {
    let Some(day) =
        (now - TimeDelta::minutes(MINUTES_PAST_MIDNIGHT)).date_naive().checked_sub_days(Days::new(1))
    else {
        return Ok(0);
    };
    once(env, (seal::ROOT_MAIL, &day.to_string()), &seal::RootOf { day }).await
}

/// The clock on the wall there.
fn local(zone: &str, now: DateTime<Utc>) -> Result<NaiveDateTime> {
    let zone: Tz = zone.parse().map_err(|_| Error::internal("a time zone that is none"))?;
    Ok(now.with_timezone(&zone).naive_local())
}

/// Plans work of one period; its kind is the name up to a colon.
async fn once<P: serde::Serialize + Sync>(
    env: &Env,
    (name, period): (&str, &str),
    payload: &P,
) -> Result<u32> {
    if last(env, name).await?.is_some_and(|last| last.as_str() >= period) {
        return Ok(0);
    }
    let mut ctx = Ctx::write(env, Actor::Time).await?;
    if !recurring::advance(&mut ctx.tx, name, period).await? {
        return Ok(0);
    }
    let written = write(&mut ctx, (name, period), payload).await?;
    ctx.commit().await?;
    Ok(written)
}

async fn last(env: &Env, name: &str) -> Result<Option<String>> {
    let mut ctx = Ctx::read(env, Actor::Time).await?;
    Ok(recurring::last(&mut ctx.tx, name).await?)
}

async fn write<P: serde::Serialize + Sync>(
    ctx: &mut Ctx<'_, Write>,
    (name, period): (&str, &str),
    payload: &P,
) -> Result<u32> {
    let kind = name.split_once(':').map_or(name, |(kind, _)| kind);
    let now = ctx.now;
    let key = format!("{name}:{period}");
    Ok(u32::from(ctx.enqueue_at((kind, payload), now, Some(&key)).await?))
}

/// Each hour of the wall clock there since the last that was planned. An hour that a clock change leaves out is passed
/// all the same, and one that comes twice is had once.
async fn plan_digests(env: &Env, (zone, local): (&str, NaiveDateTime)) -> Result<u32> {
    let name = format!("{}:{zone}", digest::KIND);
    let period = hour_name(local);
    let before = last(env, &name).await?;
    if before.as_ref().is_some_and(|before| *before >= period) {
        return Ok(0);
    }
    let mut ctx = Ctx::write(env, Actor::Time).await?;
    if !recurring::advance(&mut ctx.tx, &name, &period).await? {
        return Ok(0);
    }
    let mut written = 0;
    for hour in hours_since(before.as_deref(), local) {
        let wanted = digest::Wanted::begin(zone, (hour.date(), hour.hour()));
        written += write(&mut ctx, (&name, &hour_name(hour)), &wanted).await?;
    }
    ctx.commit().await?;
    Ok(written)
}

fn hour_name(local: NaiveDateTime) -> String {
    local.format("%Y-%m-%dT%H").to_string()
}

/// The hours after `before` up to `until`, at most a day of them; only the last where nothing was planned before.
fn hours_since(before: Option<&str>, until: NaiveDateTime) -> Vec<NaiveDateTime> {
    let before = before.and_then(read_hour);
    let all = (0..HOURS_MADE_UP).map(|back| until - TimeDelta::hours(back.into()));
    let mut hours: Vec<_> = match before {
        Some(before) => all.take_while(|hour| hour_name(*hour) > hour_name(before)).collect(),
        None => all.take(1).collect(),
    };
    hours.reverse();
    hours
}

fn read_hour(name: &str) -> Option<NaiveDateTime> {
    let (day, hour) = name.split_once('T')?;
    day.parse::<NaiveDate>().ok()?.and_hms_opt(hour.parse().ok()?, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn hours_in_which_nothing_ran_are_made_up_for() {
        let hours = hours_since(Some("2026-07-07T22"), at("2026-07-08T01:40:00"));
        let names: Vec<_> = hours.into_iter().map(hour_name).collect();
        assert_eq!(names, ["2026-07-07T23", "2026-07-08T00", "2026-07-08T01"]);
    }

    #[test]
    fn a_first_start_and_a_long_pause_bring_no_flood() {
        assert_eq!(hours_since(None, at("2026-07-08T01:40:00")).len(), 1);
        assert_eq!(hours_since(Some("2025-01-01T00"), at("2026-07-08T01:40:00")).len(), 24);
    }
}
