//! Median and spread of a few durations.
//!
//! Durations of incidents are few and skewed, so there is no mean here, and every reader of these figures gets `n`
//! with them.

use crate::model::archive::{merged, without};

/// The spread of a set of durations, in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Distribution {
    sorted: Vec<i64>,
}

impl Distribution {
    /// The fewest values that let anything be said of a group.
    pub const ENOUGH: usize = 5;
    /// The fewest of which the ninetieth percentile is not just the longest.
    pub const ENOUGH_FOR_P90: usize = 10;

    /// From values in any order.
    pub fn new(mut seconds: Vec<i64>) -> Self {
        seconds.sort_unstable();
        Self { sorted: seconds }
    }

    /// Without some of its values, and with others.
    pub(super) fn follow(&self, gone: Vec<i64>, fresh: Vec<i64>) -> Self {
        Self { sorted: merged(without(&self.sorted, gone), fresh, i64::cmp) }
    }

    /// How many values there are.
    pub fn n(&self) -> usize {
        self.sorted.len()
    }

    /// The values, the shortest first.
    pub fn values(&self) -> &[i64] {
        &self.sorted
    }

    /// True when there are enough values to compare the group with another.
    pub fn is_enough(&self) -> bool {
        self.n() >= Self::ENOUGH
    }

    /// True when there is something, but so little that it says hardly anything about others.
    pub fn is_few(&self) -> bool {
        self.n() > 0 && !self.is_enough()
    }

    /// The middle value; of an even number of values the middle of the two middle ones, rounded down.
    pub fn median(&self) -> Option<i64> {
        let upper = *self.sorted.get(self.n() / 2)?;
        if self.n() % 2 == 1 {
            return Some(upper);
        }
        let lower = *self.sorted.get(self.n() / 2 - 1)?;
        Some(lower + (upper - lower) / 2)
    }

    /// The value that `percent` of all values do not exceed, by the nearest-rank method: always one of the values.
    pub fn percentile(&self, percent: usize) -> Option<i64> {
        let rank = (self.n() * percent.min(100)).div_ceil(100).max(1);
        self.sorted.get(rank - 1).copied()
    }

    /// The value that nine of ten do not exceed.
    pub fn p90(&self) -> Option<i64> {
        self.percentile(90)
    }

    /// A quarter of all values do not exceed the first, three quarters not the second: the middle half lies between them.
    /// The spread of skewed durations is told by it, since no outlier can stretch it (Tukey, *Exploratory Data Analysis*,
    /// 1977, chapter 2); the standard deviation is as bare as a mean.
    pub fn middle_half(&self) -> Option<(i64, i64)> {
        Some((self.percentile(25)?, self.percentile(75)?))
    }

    /// The shortest and the longest.
    pub fn range(&self) -> Option<(i64, i64)> {
        Some((*self.sorted.first()?, *self.sorted.last()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_half_leaves_out_a_quarter_on_each_side() {
        let of = |values: &[i64]| Distribution::new(values.to_vec()).middle_half();
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[7]), Some((7, 7)));
        assert_eq!(of(&[1, 2, 3, 4, 5, 6, 7, 9_000]), Some((2, 6)));
    }

    #[test]
    fn the_median_and_the_ninetieth_percentile_of_known_sets() {
        let of = |values: &[i64]| {
            let spread = Distribution::new(values.to_vec());
            (spread.n(), spread.median(), spread.p90(), spread.range())
        };
        assert_eq!(of(&[]), (0, None, None, None));
        assert_eq!(of(&[7]), (1, Some(7), Some(7), Some((7, 7))));
        assert_eq!(of(&[9, 1]), (2, Some(5), Some(9), Some((1, 9))));
        assert_eq!(of(&[5, 3, 1]), (3, Some(3), Some(5), Some((1, 5))));
        assert_eq!(of(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), (10, Some(5), Some(9), Some((1, 10))));
    }
}
