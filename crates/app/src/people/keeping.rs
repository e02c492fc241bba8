//! How long things are kept, as whoever administers the whole sets it.

use crate::ctx::{Ctx, Write};
use crate::error::{Error, Result};
use crate::jobs::retention::{Old, Period, Periods};
use crate::people::audit::{self, Act};
use crate::people::{administration, start};
use waymark_store::people::installation;

/// What is kept for how long, for administrators of the root.
///
/// # Errors
/// [`Error::NotFound`] for anybody else.
pub async fn read<K>(ctx: &mut Ctx<'_, K>) -> Result<Periods> {
    let root = start::root(ctx).await?;
    administration::guard(ctx, root).await?;
    Periods::read(ctx).await
}

/// The period of a name, with the days that hold, where it can be set.
///
/// # Errors
/// [`Error::NotFound`], also where it follows from how the service works.
pub async fn one<K>(ctx: &mut Ctx<'_, K>, name: &str) -> Result<(Period, i64)> {
    let periods = read(ctx).await?;
    let old = Old::parse(name).ok_or(Error::NotFound)?;
    periods.all().find(|(period, _)| period.old == old && period.is_set_here()).ok_or(Error::NotFound)
}

/// Says for how many days something is kept from now on. What was said before and now stands in the audit.
///
/// # Errors
/// What [`one`] says, [`Error::Invalid`] on `days`.
pub async fn set(ctx: &mut Ctx<'_, Write>, name: &str, typed: &str) -> Result<()> {
    let (period, before) = one(ctx, name).await?;
    let days = days_of(&period, typed).ok_or_else(|| Error::field("days", "keeping-days-wrong"))?;
    if days == before {
        return Ok(());
    }
    if days == period.usual {
        installation::remove(&mut ctx.tx, &period.key()).await?;
    } else {
        installation::set(&mut ctx.tx, &period.key(), &days.to_string()).await?;
    }
    let what = format!("{} {before} {days}", period.old);
    audit::note_of(ctx, Act::KeepingSet, &what).await
}

/// Days as they are typed, where they lie within the bounds.
fn days_of(period: &Period, typed: &str) -> Option<i64> {
    let days = typed.trim().replace(',', "").parse().ok()?;
    (period.least..=period.most).contains(&days).then_some(days)
}

/// The periods that were changed, for `waymark doctor`: each with its days and those that hold where nobody said anything.
///
/// # Errors
/// [`Error::Unavailable`].
pub async fn changed<K>(ctx: &mut Ctx<'_, K>) -> Result<Vec<(Period, i64)>> {
    let periods = Periods::read(ctx).await?;
    Ok(periods.all().filter(|(period, days)| *days != period.usual).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::retention::PERIODS;

    #[test]
    fn days_are_whole_and_within_their_bounds() {
        let audit = PERIODS.into_iter().find(|period| period.old == Old::Audit).unwrap();
        for (typed, days) in [("366", Some(366)), (" 2,192 ", Some(2_192)), ("365", None), ("2193", None)] {
            assert_eq!(days_of(&audit, typed), days, "{typed}");
        }
        for typed in ["", "-366", "366.5", "a year", "99999999999999999999"] {
            assert_eq!(days_of(&audit, typed), None, "{typed}");
        }
    }
}
