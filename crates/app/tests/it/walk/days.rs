//! What time does: days pass, and each night the jobs do what the day has brought.

use super::Walk;
use chrono::{Days, TimeDelta};
use rand::RngExt;
use waymark_app::Error;

/// How long what has ended stays in the walk: hours are confirmed and answers judged or objected to after the end.
const REMEMBERED: TimeDelta = TimeDelta::days(12);

/// One to three days pass, to any hour; a quarter to the next, so that the night's jobs are due in every zone where a
/// day has begun. Each morning there is one round of jobs, as where the service runs.
pub async fn days_pass(walk: &mut Walk<'_>) -> Result<(), Error> {
    for _ in 0..walk.dice.random_range(1..=3) {
        let now = walk.app.env.now();
        let hour = walk.dice.random_range(0..24);
        let then = (now.date_naive() + Days::new(1)).and_hms_opt(hour, 45, 0).expect("an hour");
        walk.app.advance(then.and_utc() - now);
        walk.app.run_jobs().await;
        drop(walk.app.mails());
    }
    let long_ago = walk.app.env.now() - REMEMBERED;
    walk.tales.retain(|_, record| record.ended_at.is_none_or(|ended| ended > long_ago));
    Ok(())
}
