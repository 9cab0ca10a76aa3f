//! What follows from measurements, and how they travel: for the testkit, which measures inside a program, and for the runner,
//! which compares several programs. Nothing is measured here.
//!
//! | file | what lies there |
//! |---|---|
//! | `decision.rs` | [`decision`]: what intervals of ratios say about a subject |
//! | `interval.rs` | [`Interval`]: a median, and how far it can be trusted |
//! | `laws.rs` | [`efficiency`], [`karp_flatt`]: what follows from a speed-up |
//! | `protocol.rs`, `protocol/` | [`protocol`]: every message between processes and every document, typed |
//! | `schedule.rs` | [`makespan`]: how long some workers take for a list of tasks, by simulation |
//! | `thresholds.rs` | [`FASTER_FROM`], [`CONTROL_SCALED`]: from where on a ratio means something |
//! | `words.rs` | [`group_thousands`], [`time`], [`bytes`]: numbers as a reader wants them |

#![warn(missing_docs)]

pub mod decision;
mod interval;
mod laws;
pub mod protocol;
mod schedule;
mod thresholds;
mod words;

pub use decision::{Decision, Reason};
pub use interval::Interval;
pub use laws::{efficiency, karp_flatt};
pub use schedule::makespan;
pub use thresholds::{CONTROL_SCALED, FASTER_FROM};
pub use words::{bytes, group_thousands, time};
