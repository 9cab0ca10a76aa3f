//! What is asked of `choose`.

use std::num::NonZeroUsize;
use std::time::Duration;

use fastrand::Rng;
use testkit::{Mismatch, Question};

use super::{Subject, nonzero};
use crate::Step;

pub(super) fn question(Subject { choose, .. }: Subject) -> Question {
    Question::new(
        "the fewest threads are chosen that are not clearly slower than the best",
        drawn,
        move |steps| choose(steps).map(usize::from),
        |steps: &Vec<Step>, chosen| {
            let expected = fewest(steps);
            let words = steps.iter().map(|step| {
                let time = step.interval();
                format!(
                    "{}: {:.4} s, {:.4} to {:.4}",
                    step.threads, time.median, time.low, time.high
                )
            });
            let words = words.collect::<Vec<_>>().join("; ");
            let seen = format!(
                "medians and intervals of {} runs by threads: {words}: {chosen:?}",
                runs(steps)
            );
            Mismatch::unless(*chosen == expected, seen, format!("{expected:?}"))
        },
    )
    .in_cases(40)
}

/// The contract's, copied here because a judge calls no submission.
const TOLERANCE: f64 = 0.05;

fn fewest(steps: &[Step]) -> Option<usize> {
    let medians = steps.iter().map(|step| step.interval().median);
    let best = medians.min_by(f64::total_cmp)?;
    let good = steps
        .iter()
        .filter(|step| step.interval().low <= best * (1.0 + TOLERANCE));
    good.map(|step| step.threads.get()).min()
}

fn runs(steps: &[Step]) -> usize {
    steps.first().map_or(0, |step| step.times.len())
}

/// Steps in any order, of a job with more or less that cannot be split, on a machine that is more or less quiet: some runs
/// take much longer than the others, and some much shorter.
fn drawn(random: &mut Rng) -> Vec<Step> {
    let mut counts: Vec<NonZeroUsize> = (1..=8).map(nonzero).collect();
    random.shuffle(&mut counts);
    counts.truncate(random.usize(..=6));
    let runs = random.usize(1..15);
    let serial = [0.0, 0.2, 0.6][random.usize(..3)];
    let noise = [0.0, 0.05, 0.4][random.usize(..3)];
    let mut time_on = |threads: NonZeroUsize| {
        let time = serial + (1.0 - serial) / threads.get() as f64;
        let odd = match random.u8(..12) {
            0 => 5.0,
            1 => 0.3,
            _ => 1.0,
        };
        Duration::from_secs_f64(time * odd * (1.0 + noise * random.f64()))
    };
    let steps = counts.into_iter().map(|threads| Step {
        threads,
        times: (0..runs).map(|_| time_on(threads)).collect(),
    });
    steps.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_threads_that_are_good_enough_are_expected() {
        let steps = |times: [u64; 3]| -> Vec<Step> {
            let step = |(time, threads)| Step {
                threads: nonzero(threads),
                times: vec![Duration::from_millis(time); 7],
            };
            times.into_iter().zip([4, 2, 1]).map(step).collect()
        };
        assert_eq!(fewest(&steps([50, 52, 100])), Some(2));
        assert_eq!(fewest(&steps([50, 53, 100])), Some(4));
        assert_eq!(fewest(&[]), None);
    }
}
