//! Numbers that leave a body: none so small, and no two so close, that one person could be read from them.

/// No count under this is shown.
pub const FEWEST: u64 = 10;
/// What counts are rounded to.
pub const STEP: u64 = 5;

/// A count as it may be published: a multiple of five next to it, or nothing where it is under ten. `dice` is drawn from
/// what the cell is, by a key that stays: it says whether the count goes up or down, up as often as it is near to the
/// multiple above (so that sums of many are right on the whole). The same cell with the same count is always the same.
///
/// The dice do not depend on the count, so that one that grows never shrinks on the page.
#[must_use]
pub fn rounded(count: u64, dice: u64) -> Option<u64> {
    let (down, rest) = (count - count % STEP, count % STEP);
    let goes_up = dice % STEP < rest;
    (count >= FEWEST).then_some(if goes_up { down + STEP } else { down })
}

/// A share in whole percents, halves up; nothing of nothing.
#[must_use]
pub fn percent(part: u64, whole: u64) -> Option<u64> {
    (whole > 0).then(|| (part.min(whole) * 200 + whole) / (2 * whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_under_ten_is_shown_and_what_is_shown_is_a_multiple_near_it(count in 0_u64..10_000, dice: u64) {
            match rounded(count, dice) {
                None => prop_assert!(count < FEWEST),
                Some(shown) => {
                    prop_assert!(shown >= FEWEST && shown.is_multiple_of(STEP));
                    prop_assert!(shown.abs_diff(count) < STEP);
                }
            }
        }

        #[test]
        fn the_difference_of_two_cells_tells_no_single_person(
            count in 0_u64..10_000, more in 0_u64..10, first: u64, second: u64
        ) {
            if let (Some(first), Some(second)) = (rounded(count, first), rounded(count + more, second)) {
                // What differs by one person looks the same, or like five.
                prop_assert!(first.abs_diff(second).is_multiple_of(STEP));
                prop_assert!(first.abs_diff(second) <= more.div_ceil(STEP) * STEP + STEP);
            }
        }

        #[test]
        fn what_is_shown_may_be_at_least_five_counts(count in FEWEST..10_000, dice: u64) {
            let shown = rounded(count, dice).unwrap();
            // Whoever knows the rule and not the dice: which counts can look like this?
            let may_be = |one: &u64| (0..STEP).any(|dice| rounded(*one, dice) == Some(shown));
            prop_assert!((shown.saturating_sub(STEP)..=shown + STEP).filter(may_be).count() >= 5);
        }

        #[test]
        fn a_count_that_grows_never_shrinks_on_the_page(count in FEWEST..10_000, dice: u64) {
            prop_assert!(rounded(count, dice) <= rounded(count + 1, dice));
        }

        #[test]
        fn percents_are_whole_and_between_none_and_all(part in 0_u64..5_000, whole in 1_u64..5_000) {
            prop_assert!(percent(part, whole).unwrap() <= 100);
        }
    }

    #[test]
    fn over_all_dice_the_mean_of_what_is_shown_is_the_count() {
        for count in FEWEST..60 {
            let sum: u64 = (0..STEP).filter_map(|dice| rounded(count, dice)).sum();
            assert_eq!(sum, count * STEP);
        }
    }

    #[test]
    fn halves_go_up_and_nothing_of_nothing_is_no_share() {
        assert_eq!((percent(1, 3), percent(2, 3), percent(1, 8)), (Some(33), Some(67), Some(13)));
        assert_eq!((percent(0, 0), percent(5, 5), percent(0, 5)), (None, Some(100), Some(0)));
    }
}
