#![doc = include_str!("../README.md")]

mod error;
pub mod leftovers;
pub mod meeting;
pub mod message;
mod process;
pub mod roles;
mod worker;

pub use error::PoolError;
pub use message::{Answers, receive, send};
pub use process::{Process, TooLate};
pub use serde::de::DeserializeOwned;
pub use serde::{Serialize, Serializer};
pub use worker::{again_as, role, serve};

/// The integrand of the course, x² − x. Its integral from 0 to 2 is 2/3.
#[inline]
pub fn f(x: f64) -> f64 {
    x * x - x
}

/// A task: from where, to where, with how many samples.
pub type Integral = (f64, f64, u64);

/// Splits `samples` evenly into `tasks`, or into a task a sample where there are fewer: task i is an integral from 0 to i + 1.
pub fn split(samples: usize, tasks: usize) -> impl Iterator<Item = Integral> {
    let tasks = tasks.min(samples);
    (0..tasks).map(move |i| {
        let n = samples / tasks + usize::from(i < samples % tasks);
        (0.0, (i + 1) as f64, n as u64)
    })
}

/// What a worker makes of a task: the integral of [`f`] by the left rule, in one loop. Without samples it is NaN.
pub fn integrate((a, b, n): Integral) -> f64 {
    let dx = (b - a) / n as f64;
    let mut sum = 0.0;
    for i in 0..n as i64 {
        sum += f(a + i as f64 * dx);
    }
    sum * dx
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_in_one_task_and_no_task_is_empty() {
        for (samples, tasks) in [(10, 3), (64, 64), (3, 8), (32_000_000, 10_000)] {
            let split: Vec<Integral> = split(samples, tasks).collect();
            let all: u64 = split.iter().map(|&(_, _, n)| n).sum();
            assert_eq!((split.len(), all), (tasks.min(samples), samples as u64));
            assert!(split.iter().all(|&(_, _, n)| n > 0), "{split:?}");
        }
    }
}
