#![doc = include_str!("../README.md")]

mod error;
mod in_time;
pub mod leftovers;
pub mod meeting;
pub mod message;
mod process;
pub mod questions;
pub mod roles;
mod worker;
pub mod workloads;

pub use error::PoolError;
pub use in_time::in_time;
pub use message::{Answers, receive, send};
pub use process::{Process, TooLate};
pub use serde::Serialize;
pub use serde::de::DeserializeOwned;
pub use worker::{again_as, role, serve};

/// The integrand of the course, x² − x. Its integral from 0 to 2 is 2/3.
#[inline]
pub fn f(x: f64) -> f64 {
    x * x - x
}

/// A task: from where, to where, with how many samples.
pub type Integral = (f64, f64, u64);

/// What a worker makes of a task: the integral of [`f`] by the left rule, in one loop. Without samples it is NaN.
pub fn integrate((a, b, n): Integral) -> f64 {
    let dx = (b - a) / n as f64;
    let mut sum = 0.0;
    for i in 0..n as i64 {
        sum += f(a + i as f64 * dx);
    }
    sum * dx
}
