//! How long something takes where some are still waiting: the product-limit estimate of Kaplan and Meier (Nonparametric
//! Estimation from Incomplete Observations, JASA 53, 1958). Who still waits counts as having waited that long at least;
//! leaving them out would make every median too short.

/// How many ended, and of how many one knows only that they lasted so long, at one duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ends {
    /// How long, in any unit.
    pub duration: u32,
    /// How many ended after it.
    pub ended: u64,
    /// How many were last seen after it, not ended (censored).
    pub seen: u64,
}

/// The estimate after one duration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// How long.
    pub duration: u32,
    /// How many were there before.
    pub at_risk: u64,
    /// The share that lasts longer.
    pub survival: f64,
    /// The lower end of the 95 % interval at this duration.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

/// The two-sided 95 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The estimate at every duration, shortest first; durations may come in any order and several times. Empty for nothing.
/// Intervals are pointwise, by the log of the minus log of the estimate with Greenwood's variance; where nothing ended
/// or all have ended that has no value, and the interval is the estimate itself.
///
/// Cost: sorting, then one step for each duration.
pub fn kaplan_meier(ends: &[Ends]) -> Vec<Step> {
    let ends = merged(ends);
    let mut at_risk: u64 = ends.iter().map(|end| end.ended + end.seen).sum();
    let (mut survival, mut variance) = (1.0, 0.0);
    let mut steps = Vec::with_capacity(ends.len());
    for end in ends {
        let (risk, ended) = (float(at_risk), float(end.ended));
        survival *= 1.0 - ended / risk;
        if end.ended < at_risk {
            variance += ended / (risk * (risk - ended));
        }
        let (low, high) = interval(survival, variance);
        steps.push(Step { duration: end.duration, at_risk, survival, low, high });
        at_risk -= end.ended + end.seen;
    }
    steps
}

/// The shortest duration after which at most a share of `1 - p` lasts longer: the inverse of the estimated distribution
/// (of the nine definitions of Hyndman and Fan the first, where nobody waits). Nothing where so many have not ended yet.
pub fn quantile(steps: &[Step], p: f64) -> Option<u32> {
    // A product of fractions misses a half by the last digit.
    let reached = |step: &&Step| step.survival <= 1.0 - p + 1e-12;
    steps.iter().find(reached).map(|step| step.duration)
}

fn merged(ends: &[Ends]) -> Vec<Ends> {
    let mut sorted: Vec<Ends> = ends.iter().copied().filter(|end| end.ended + end.seen > 0).collect();
    sorted.sort_unstable();
    sorted.dedup_by(|next, kept| {
        let is_same = next.duration == kept.duration;
        if is_same {
            kept.ended += next.ended;
            kept.seen += next.seen;
        }
        is_same
    });
    sorted
}

fn interval(survival: f64, variance: f64) -> (f64, f64) {
    if survival <= 0.0 || survival >= 1.0 {
        return (survival, survival);
    }
    let log = survival.ln();
    let width = Z * variance.sqrt() / log.abs();
    let bound = |sign: f64| ((-log).ln() + sign * width).exp();
    ((-bound(1.0)).exp(), (-bound(-1.0)).exp())
}

/// Counts of people and records are far below the 2⁵³ that a float holds exactly.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
const fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(all: &[(u32, u64, u64)]) -> Vec<Ends> {
        all.iter()
            .map(|(duration, ended, seen)| Ends { duration: *duration, ended: *ended, seen: *seen })
            .collect()
    }

    #[test]
    fn where_nobody_waits_it_is_the_plain_share() {
        let steps = kaplan_meier(&ends(&[(4, 1, 0), (1, 1, 0), (2, 1, 0), (3, 1, 0)]));
        assert_eq!(steps.iter().map(|step| step.duration).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!((quantile(&steps, 0.5), quantile(&steps, 0.9)), (Some(2), Some(4)));
        assert!(steps[3].survival.abs() < 1e-15);
    }

    #[test]
    fn who_waits_makes_the_median_longer_and_may_leave_none() {
        let steps = kaplan_meier(&ends(&[(1, 1, 0), (2, 0, 3), (5, 1, 0), (9, 1, 0)]));
        assert_eq!((quantile(&steps, 0.5), quantile(&steps, 0.9)), (Some(5), Some(9)));
        let waiting = kaplan_meier(&ends(&[(1, 1, 0), (2, 0, 3)]));
        assert_eq!(quantile(&waiting, 0.5), None);
        assert_eq!(kaplan_meier(&[]), []);
        assert_eq!(quantile(&[], 0.5), None);
    }
}
