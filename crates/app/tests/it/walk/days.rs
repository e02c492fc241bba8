//! What time does: days pass, and each night the jobs do what the day has brought.

use super::Walk;
use chrono::{Days, TimeDelta};
use rand::RngExt;
use waymark_app::Error;
use waymark_app::jobs::plan;
use waymark_store::{run, sqlx};

/// How long what has ended stays in the walk: hours are confirmed and answers judged or objected to after the end.
const REMEMBERED: TimeDelta = TimeDelta::days(12);

/// Mails of the day and of answers change no record, and they would take most of the walk's time.
async fn leave_out_mails(walk: &Walk<'_>) {
    let mut tx = walk.app.env.db.write().await.expect("a database");
    let sql = "delete from job where kind in ('digest', 'answer-mail', 'ticket-mail')";
    run!(&mut tx, sqlx::query(sql)).expect("jobs");
    tx.commit().await.expect("a commit");
}

/// One to three days pass, to any hour; a quarter to the next, so that the night's jobs are due in every zone where a
/// day has begun. Each morning there is one round of jobs, as where the service runs.
pub async fn days_pass(walk: &mut Walk<'_>) -> Result<(), Error> {
    for _ in 0..walk.dice.random_range(1..=3) {
        let now = walk.app.env.now();
        let hour = walk.dice.random_range(0..24);
        let then = (now.date_naive() + Days::new(1)).and_hms_opt(hour, 45, 0).expect("an hour");
        walk.app.advance(then.and_utc() - now);
        plan(&walk.app.env).await?;
        leave_out_mails(walk).await;
        walk.app.run_jobs().await;
    }
    let long_ago = walk.app.env.now() - REMEMBERED;
    walk.tales.retain(|_, record| record.ended_at.is_none_or(|ended| ended > long_ago));
    Ok(())
}
