//! Each index exactly once.

use std::fmt::{self, Display, Formatter};

/// The first index, from 0 upwards, that was not evaluated exactly once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncovered {
    /// This index was left out.
    Never(usize),
    /// This index was taken more than once.
    Again {
        /// Which one.
        index: usize,
        /// How often.
        times: usize,
    },
    /// This index should not have been taken at all.
    Outside {
        /// Which one, at least `n`.
        index: usize,
        /// How many indices there are.
        n: usize,
    },
}

/// Checks that `indices`, in any order, are each of `0..n` exactly once.
///
/// # Errors
///
/// The fault with the lowest index, whichever the threads came to first.
///
/// ```
/// use testkit::{Uncovered, coverage};
///
/// assert_eq!(coverage(4, [2, 3, 0, 1]), Ok(()));
/// assert_eq!(coverage(4, [2, 3, 0]), Err(Uncovered::Never(1)));
/// ```
pub fn coverage(n: usize, indices: impl IntoIterator<Item = usize>) -> Result<(), Uncovered> {
    let mut times = vec![0_usize; n];
    let mut outside: Option<usize> = None;
    for index in indices {
        match times.get_mut(index) {
            Some(times) => *times += 1,
            None => outside = Some(outside.map_or(index, |first| first.min(index))),
        }
    }
    match times.iter().position(|&times| times != 1) {
        Some(index) if times[index] == 0 => Err(Uncovered::Never(index)),
        Some(index) => Err(Uncovered::Again { index, times: times[index] }),
        None => outside.map_or(Ok(()), |index| Err(Uncovered::Outside { index, n })),
    }
}

impl Display for Uncovered {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never(index) => write!(f, "sample {index} is never evaluated"),
            Self::Again { index, times } => write!(f, "sample {index} is evaluated {times} times"),
            Self::Outside { index, n } => write!(f, "sample {index} is outside 0..{n}"),
        }
    }
}

impl std::error::Error for Uncovered {}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(n: usize, indices: &[usize]) -> String {
        coverage(n, indices.iter().copied()).expect_err("the indices have a fault").to_string()
    }

    #[test]
    fn each_index_once_in_any_order_is_covered() {
        assert_eq!(coverage(5, [3, 1, 4, 0, 2]), Ok(()));
    }

    #[test]
    fn nothing_covers_nothing() {
        assert_eq!(coverage(0, []), Ok(()));
        assert_eq!(fault(0, &[0]), "sample 0 is outside 0..0");
    }

    #[test]
    fn a_dropped_end_is_named() {
        assert_eq!(fault(10, &[0, 1, 2, 3, 4, 5, 6, 7, 8]), "sample 9 is never evaluated");
    }

    #[test]
    fn a_repeated_index_is_named_with_its_count() {
        assert_eq!(fault(5, &[0, 1, 2, 3, 4, 4]), "sample 4 is evaluated 2 times");
    }

    #[test]
    fn an_index_past_the_end_is_named() {
        assert_eq!(fault(3, &[0, 1, 2, 7, 3]), "sample 3 is outside 0..3");
    }

    #[test]
    fn of_several_faults_the_first_by_index_is_named() {
        assert_eq!(fault(5, &[9, 4, 4, 1, 2]), "sample 0 is never evaluated");
        assert_eq!(fault(5, &[9, 1, 0, 1, 2]), "sample 1 is evaluated 2 times");
    }
}
