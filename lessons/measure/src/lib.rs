//! What is said of measurements: by the testkit, which take them inside a program, and by the runner, which compares
//! those of several programs. Only numbers come in, and nothing is measured here.
//!
//! | file | what lies there |
//! |---|---|
//! | `claims.rs` | [`claims`]: the messages between the grader and a claim |
//! | `interval.rs` | [`Interval`]: a median, and how far it can be trusted |
//! | `laws.rs` | [`efficiency`], [`karp_flatt`]: what a speed-up says |
//! | `schedule.rs` | [`makespan`]: how long so many workers take for a list of tasks, by simulation |
//! | `thresholds.rs` | [`FASTER_FROM`], [`CONTROL_SCALED`]: from where on a ratio means something |
//! | `wire.rs` | [`wire`]: the names by which a runner and a measured program know each other |
//! | `words.rs` | [`grouped`], [`time`], [`bytes`]: numbers as a reader wants them |

#![warn(missing_docs)]

pub mod claims;
mod interval;
mod laws;
mod schedule;
mod thresholds;
pub mod wire;
mod words;

pub use interval::Interval;
pub use laws::{efficiency, karp_flatt};
pub use schedule::makespan;
pub use thresholds::{CONTROL_SCALED, FASTER_FROM};
pub use words::{bytes, grouped, time};
