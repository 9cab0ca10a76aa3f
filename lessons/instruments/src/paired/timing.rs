//! Times a workload on this machine.

use fastrand::Rng;
use rayon::ThreadPoolBuildError;

use super::control::Control;
use super::decision::{Decision, Reason, decide};
use super::rounds::{Arm, Timing, race};
use super::{Comparison, Round};
use crate::{Stopwatch, WitnessedPool, Workload, cores_offered, expect};

/// In seconds: an arm that takes less is run several times over, or a single interrupt would be the measurement.
const SHORTEST_TIMING: f64 = 1e-3;

/// In seconds: the control runs about as long as the serial baseline, since what disturbs one then disturbs the other, but
/// no longer than this, to leave the time to the arms that are asked about.
const LONGEST_CONTROL: f64 = 0.025;

/// Times `workload` in rounds, in a pool of its own with as many threads as the machine offers cores.
///
/// # Errors
///
/// When the system refuses to start the threads.
///
/// # Panics
///
/// If the subject's answer differs from the serial one: a fast wrong answer cannot win.
pub fn compare(workload: &Workload) -> Result<Comparison, ThreadPoolBuildError> {
    let cores_offered = cores_offered();
    let pool = WitnessedPool::new(cores_offered)?;
    expect(
        pool.install(|| workload.answers_agree()),
        format!("{}: the answer differs from the serial one", workload.name),
        "the same answer, since a fast wrong answer cannot win",
    );
    let (rounds, decision) = if cores_offered.get() == 1 {
        (Vec::new(), Decision::CannotJudge(Reason::OneCore))
    } else {
        let rounds = pool.install(|| timed_rounds(workload));
        let decision = decide(&rounds);
        (rounds, decision)
    };
    Ok(Comparison {
        workload: workload.name.clone(),
        items: workload.items,
        threads: pool.threads(),
        cores_offered: cores_offered.get(),
        rounds,
        decision,
    })
}

/// Runs in the pool, after `answers_agree` has warmed both arms up.
fn timed_rounds(workload: &Workload) -> Vec<Round> {
    let (serial, subject) = (|| workload.run_serial(), || workload.run_subject());
    let serial_once = timed(1, serial).seconds;
    let serial_repeats = repeats(serial_once);
    let subject_repeats = repeats(timed(1, subject).seconds);
    let control = Control::lasting(serial_once.clamp(SHORTEST_TIMING, LONGEST_CONTROL));
    race(&mut Rng::new(), |arm| match arm {
        Arm::Serial => timed(serial_repeats, serial),
        Arm::Subject => timed(subject_repeats, subject),
        Arm::ControlOne => timed(1, || control.on_one_thread()),
        Arm::ControlAll => timed(1, || control.on_all_threads()),
    })
}

/// How often to run in a row what takes so many seconds once. A clock that saw no time pass makes it no more than a million.
fn repeats(seconds: f64) -> u32 {
    (SHORTEST_TIMING / seconds).ceil().clamp(1.0, 1e6) as u32
}

/// The time of one run, on average over so many in a row.
fn timed(repeats: u32, run: impl Fn()) -> Timing {
    let stopwatch = Stopwatch::start();
    (0..repeats).for_each(|_| run());
    let elapsed = stopwatch.elapsed();
    Timing {
        seconds: elapsed.wall.as_secs_f64() / f64::from(repeats),
        cores: elapsed.cores_in_use(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_runs_are_repeated_until_they_can_be_timed() {
        assert_eq!(
            [0.5, 1e-3, 0.9e-3, 1e-5, 0.0].map(repeats),
            [1, 1, 2, 100, 1_000_000]
        );
    }

    #[test]
    #[should_panic(expected = "seen: seven: the answer differs from the serial one")]
    fn a_fast_wrong_answer_cannot_win() {
        let _ = compare(&Workload::new(
            "seven",
            1,
            || 7,
            || 8,
            |serial, subject| serial == subject,
        ));
    }
}
