//! The median of a few numbers, and an interval for it.

use std::fmt::{self, Display, Formatter};

use crate::protocol::json_struct;

/// The chance that an interval does not hold the true median, at most.
const MISS: f64 = 0.05;

json_struct! {
    /// A median with its 95 % interval.
    ///
    /// Its ends are two of the sorted values, as far from the lowest and the highest as [the chance of a
    /// miss](Interval::of_median) allows.
    #[derive(Copy)]
    pub struct Interval {
        pub low: f64,
        pub median: f64,
        pub high: f64,
    }
}

impl Interval {
    /// The median of `values`, and the interval from the `k`-th lowest to the `k`-th highest of them.
    ///
    /// Every value lies above the true median with chance ½, whatever their distribution. So the median of all lies
    /// below the `k`-th lowest only if fewer than `k` of `n` coins show heads, and `k` follows from the binomial
    /// distribution alone (the interval of the sign test; Thompson 1936, Annals of Mathematical Statistics 7:122).
    ///
    /// The percentile bootstrap of a median ends at two of the sorted values as well, but promises too much when they are
    /// few: its 95 % interval of 7 values is that from the second lowest to the second highest, which holds 87.5 %.
    ///
    /// Five values or fewer are too few: their interval, from the lowest to the highest, holds less than 95 %.
    ///
    /// # Panics
    ///
    /// If there are no values.
    pub fn of_median(values: impl IntoIterator<Item = f64>) -> Self {
        Self::of_median_at_looks(values, 1)
    }

    /// The median of `values` with its interval, if the values were looked at `looks` times and each look might have been the
    /// last.
    ///
    /// Each look gets its share of the 5 % that all may miss together (Bonferroni), which makes the interval shown in the
    /// end one of 95 %.
    ///
    /// # Panics
    ///
    /// If there are no values.
    pub fn of_median_at_looks(values: impl IntoIterator<Item = f64>, looks: usize) -> Self {
        let mut sorted: Vec<f64> = values.into_iter().collect();
        assert!(!sorted.is_empty(), "no value has no median");
        sorted.sort_by(f64::total_cmp);
        let k = values_from_the_end(sorted.len(), MISS / looks as f64);
        Self {
            low: sorted[k - 1],
            median: median_of_sorted(&sorted),
            high: sorted[sorted.len() - k],
        }
    }
}

impl Display for Interval {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} to {:.2}", self.low, self.high)
    }
}

fn median_of_sorted(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { (sorted[half - 1] + sorted[half]) / 2.0 }
}

/// The largest `k` whose interval misses the true median with at most this chance, but at least 1.
fn values_from_the_end(n: usize, miss: f64) -> usize {
    (1..=n.div_ceil(2)).take_while(|&k| chance_of_a_miss(n, k) <= miss).last().unwrap_or(1)
}

/// The chance that fewer than `k`, or more than `n - k`, of `n` fair coins show heads.
fn chance_of_a_miss(n: usize, k: usize) -> f64 {
    let mut chance = 0.5_f64.powi(n as i32);
    let mut fewer_than_k = 0.0;
    for heads in 0..k {
        fewer_than_k += chance;
        chance *= (n - heads) as f64 / (heads + 1) as f64;
    }
    2.0 * fewer_than_k
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_in_the_middle() {
        assert_eq!(Interval::of_median([3.0, 1.0, 2.0]).median, 2.0);
        assert_eq!(Interval::of_median([4.0, 1.0, 2.0, 3.0]).median, 2.5);
    }

    #[test]
    fn seven_values_are_spanned_from_the_lowest_to_the_highest() {
        let interval = Interval::of_median([5.0, 1.0, 4.0, 2.0, 7.0, 3.0, 6.0]);
        assert_eq!(interval, Interval { low: 1.0, median: 4.0, high: 7.0 });
    }

    #[test]
    fn with_more_values_outliers_are_left_out_and_with_more_looks_fewer() {
        let at_one_look = |n| values_from_the_end(n, MISS);
        assert_eq!([5, 7, 9, 15, 31].map(at_one_look), [1, 1, 2, 4, 10]);
        let at_four_looks = |n| values_from_the_end(n, MISS / 4.0);
        assert_eq!([7, 11, 19, 31].map(at_four_looks), [1, 2, 4, 9]);
    }

    #[test]
    fn the_chance_of_a_miss_is_that_of_coins() {
        assert_eq!(chance_of_a_miss(7, 1), 2.0 / 128.0);
        assert_eq!(chance_of_a_miss(7, 2), 2.0 * (1.0 + 7.0) / 128.0);
        assert_eq!(chance_of_a_miss(3, 2), 1.0);
    }

    #[test]
    fn from_six_values_on_an_interval_misses_at_most_five_times_in_a_hundred() {
        for n in 6..200 {
            let misses = chance_of_a_miss(n, values_from_the_end(n, MISS));
            assert!(misses <= MISS, "{n} values: {misses}");
        }
    }

    #[test]
    #[should_panic(expected = "no value has no median")]
    fn no_value_has_no_median() {
        Interval::of_median([]);
    }
}
