//! The steps of a sweep, and which of them is to be chosen.

use std::time::Duration;

use fastrand::Rng;
use lesson::Step;
use testkit::{Cases, Mismatch, claim};
use thread_control::choose;

use super::threads;

/// Steps of which one stands out, for a reason.
pub struct Row {
    pub name: &'static str,
    pub steps: Vec<Step>,
    pub expected: Option<usize>,
    pub reason: &'static str,
}

/// The notebook's threads, with mean and standard deviation of 7 runs in milliseconds.
pub const NOISY_ROW: [(usize, f64, f64); 6] = [
    (2, 65.0, 16.0),
    (3, 61.2, 7.26),
    (4, 50.9, 1.66),
    (5, 62.9, 3.85),
    (6, 55.3, 3.39),
    (7, 50.8, 1.38),
];

/// The contract's, written once more because a judge uses nothing of the code under test.
const TOLERANCE: f64 = 0.05;

/// A step for each number of threads, with one time in milliseconds for each run.
pub fn steps<const RUNS: usize>(
    times: impl IntoIterator<Item = (usize, [f64; RUNS])>,
) -> Vec<Step> {
    let steps = times.into_iter().map(|(count, milliseconds)| Step {
        threads: threads(count),
        times: milliseconds
            .map(|time| Duration::from_secs_f64(time / 1e3))
            .to_vec(),
    });
    steps.collect()
}

#[track_caller]
pub fn claim_choice<const ROWS: usize>(rows: [Row; ROWS]) {
    claim(
        testkit::cases(rows).label(|row| format!("{} ({})", row.name, medians(&row.steps))),
        |row| choose(&row.steps).map(usize::from),
        |row, chosen| {
            Mismatch::unless(
                *chosen == row.expected,
                format!("{chosen:?}"),
                format!("{:?}: {}", row.expected, row.reason),
            )
        },
    );
}

/// Claims that no step with fewer threads than the chosen one is as good, and that the chosen one is.
#[track_caller]
pub fn claim_fewest(cases: Cases<Vec<Step>>) {
    claim(
        cases.label(|steps| medians(steps)),
        |steps| choose(steps).map(usize::from),
        |steps, &chosen| {
            let medians = steps.iter().map(|step| step.interval().median);
            let best = medians.min_by(f64::total_cmp).unwrap_or_default();
            let is_good = |step: &&Step| step.interval().low <= best * (1.0 + TOLERANCE);
            let fewest = steps
                .iter()
                .filter(is_good)
                .map(|step| step.threads.get())
                .min();
            Mismatch::unless(
                chosen == fewest,
                format!("{chosen:?}"),
                format!("{fewest:?}: the fewest that are not clearly slower than the best"),
            )
        },
    );
}

fn medians(steps: &[Step]) -> String {
    let words = steps.iter().map(|step| match step.times.is_empty() {
        true => format!("{}: no time", step.threads),
        false => {
            let time = step.interval();
            let [low, median, high] = [time.low, time.median, time.high].map(|time| 1e3 * time);
            format!("{}: {median:.1} ms, {low:.1} to {high:.1}", step.threads)
        }
    });
    words.collect::<Vec<_>>().join("; ")
}

/// Two steps of which one takes 5 % longer than the other, but for a nanosecond.
pub fn draw_at_the_tolerance(random: &mut Rng) -> Vec<Step> {
    let best = 20 * random.u64(1_000_000..500_000_000);
    let other = best / 20 * 21 + 2 * random.u64(..2) - 1;
    let step = |count, time| Step {
        threads: threads(count),
        times: vec![Duration::from_nanos(time); 3],
    };
    vec![step(1, other), step(2, best)]
}

/// Steps in any order, of a job with more or less that cannot be split, on a machine that is more or less quiet: some runs
/// take much longer than the others, and some much shorter. The job takes from a microsecond to a
/// day, or less than the clock can tell.
pub fn draw_steps(random: &mut Rng) -> Vec<Step> {
    let mut counts: Vec<usize> = match random.u8(..3) {
        0 => (1..=20).map(|power| 1 << power).collect(),
        _ => (1..=8).collect(),
    };
    random.shuffle(&mut counts);
    counts.truncate(random.usize(..=12));
    let all = match random.u8(..10) {
        0 => 0.0,
        _ => 10_f64.powi(random.i32(-6..5)),
    };
    let runs = match random.u8(..6) {
        0 => random.usize(257..300),
        _ => random.usize(1..40),
    };
    let (slower_and_slower, same_runs) = (random.bool(), random.bool());
    let serial = [0.0, 0.2, 0.6][random.usize(..3)];
    let noise = [0.0, 0.05, 0.4][random.usize(..3)];
    let mut time_on = |count: usize| {
        let time = all * (serial + (1.0 - serial) / count as f64);
        let odd = match random.u8(..12) {
            0 => 5.0,
            1 => 0.3,
            _ => 1.0,
        };
        Duration::from_secs_f64(time * odd * (1.0 + noise * random.f64()))
    };
    let steps = counts.into_iter().zip((1..=runs).rev().cycle());
    let steps = steps.map(|(count, fewer)| {
        let runs = if same_runs { runs } else { fewer };
        let mut times: Vec<Duration> = (0..runs).map(|_| time_on(count)).collect();
        if slower_and_slower {
            times.sort();
        }
        Step {
            threads: threads(count),
            times,
        }
    });
    steps.collect()
}
