//! What was timed, as a table.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::report::{BOLD, styled};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Rust,
    Python,
}

/// One way to do the job, on one number of threads.
#[derive(Clone, Debug)]
pub struct Arm {
    pub language: Language,
    pub name: String,
    pub threads: usize,
    /// What its program is asked, to run it once.
    pub request: Value,
    /// A timing a round, in the order of the rounds.
    pub seconds: Vec<f64>,
}

impl Arm {
    fn label(&self) -> String {
        format!("{:?}: {}", self.language, self.name)
    }

    fn median(&self) -> f64 {
        median(self.seconds.iter().copied())
    }

    pub fn to_json(&self) -> Value {
        json!({
            "language": format!("{:?}", self.language).to_lowercase(),
            "name": self.name,
            "threads": self.threads,
            "median_s": self.median(),
            "seconds": self.seconds,
        })
    }
}

/// A line an arm, medians, the fastest first, with its speed in terms of the fastest Rust and of numba's `prange` on as many
/// threads: the medians of the ratios within a round.
pub fn table(arms: &[Arm]) -> String {
    let mut sorted: Vec<&Arm> = arms.iter().collect();
    sorted.sort_by(|one, other| one.median().total_cmp(&other.median()));
    let fastest_rust = sorted
        .iter()
        .copied()
        .find(|arm| arm.language == Language::Rust);
    let prange = |threads| {
        arms.iter()
            .find(|arm| arm.name == "numba prange" && arm.threads == threads)
    };
    let widest = arms
        .iter()
        .map(|arm| arm.label().chars().count())
        .max()
        .unwrap_or(0);

    let heads = format!(
        "{:<widest$}  threads    time      of the fastest Rust  × numba prange",
        ""
    );
    let mut table = format!("{}\n", styled(BOLD, heads.trim_end()));
    for arm in sorted {
        let speed = |other: Option<&Arm>| match other {
            Some(other) => median(
                other
                    .seconds
                    .iter()
                    .zip(&arm.seconds)
                    .map(|(other, own)| other / own),
            ),
            None => f64::NAN,
        };
        let _ = writeln!(
            table,
            "{:<widest$}  {:>7}  {:>10}  {:>17.2}  {:>14.2}",
            arm.label(),
            arm.threads,
            time(arm.median()),
            speed(fastest_rust),
            speed(prange(arm.threads)),
        );
    }
    table
}

fn time(seconds: f64) -> String {
    if seconds < 1.0 {
        format!("{:.2} ms", seconds * 1e3)
    } else {
        format!("{seconds:.2} s")
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_taken_within_a_round() {
        let arm = |language, name: &str, threads, seconds: [f64; 3]| Arm {
            language,
            name: name.to_owned(),
            threads,
            request: Value::Null,
            seconds: seconds.to_vec(),
        };
        // The machine was twice as slow in the second round, for all.
        let arms = [
            arm(Language::Python, "numba prange", 2, [0.010, 0.020, 0.010]),
            arm(Language::Python, "plain Python", 1, [1.6, 3.2, 1.6]),
            arm(Language::Rust, "the model", 2, [0.004, 0.008, 0.004]),
        ];
        insta::assert_snapshot!(anstream::adapter::strip_str(&table(&arms)), @"
                              threads    time      of the fastest Rust  × numba prange
        Rust: the model             2     4.00 ms               1.00            2.50
        Python: numba prange        2    10.00 ms               0.40            1.00
        Python: plain Python        1      1.60 s               0.00             NaN
        ");
    }
}
