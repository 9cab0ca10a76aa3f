//! What a sweep finds out about one number of threads.

use std::num::NonZeroUsize;
use std::time::Duration;

use crate::Interval;

/// All the times that a job took on one number of threads.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// On how many threads.
    pub threads: NonZeroUsize,
    /// How long each run took, in the order of the runs. All are kept: what is thrown away cannot be looked at again.
    pub times: Vec<Duration>,
}

impl Step {
    /// The median time in seconds, and the interval in which the true median lies with a chance of at least 95 %.
    ///
    /// With 6 to 8 times it goes from the shortest to the longest. From 9 times on it leaves out the extremes.
    /// With fewer than 6 it promises too much.
    ///
    /// # Panics
    ///
    /// If there is no time.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use std::time::Duration;
    ///
    /// let step = lesson_thread_control::Step {
    ///     threads: NonZeroUsize::MIN,
    ///     times: [5, 4, 90, 3, 6, 4, 5].map(Duration::from_secs).to_vec(),
    /// };
    /// let time = step.interval();
    /// assert_eq!((time.low, time.median, time.high), (3.0, 5.0, 90.0));
    /// ```
    pub fn interval(&self) -> Interval {
        Interval::of_median(self.times.iter().map(Duration::as_secs_f64))
    }
}
