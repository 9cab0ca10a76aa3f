//! Times a workload on this machine.

use fastrand::Rng;
use rayon::ThreadPoolBuildError;

use super::control::Control;
use super::rounds::{Arm, Timing, decide, race};
use super::{Comparison, Decision, Reason, Round};
use crate::{BenchCase, KnownPool, Stopwatch, Workload, cores_offered, expect};

/// In seconds: an arm that takes less is run several times over, or a single interrupt would be the measurement.
const SHORTEST_TIMING: f64 = 1e-3;

/// In seconds: the control runs about as long as the serial baseline, since what disturbs one then disturbs the other, but
/// no longer than this, to leave the time to the arms that are asked about.
pub(crate) const LONGEST_CONTROL: f64 = 0.025;

/// Times `workload` at its usual parameters, in rounds, in a new pool.
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
    let at = workload.usual();
    let (name, case) = (workload.name(at), workload.case(at));
    let pool = KnownPool::new(at.threads)?;
    expect(
        pool.install(|| case.answers_agree()),
        format!("{name}: the answer differs from the serial one"),
        "the same answer, since a fast wrong answer cannot win",
    );
    let (rounds, decision) = if cores_offered.get() == 1 {
        (Vec::new(), Decision::CannotJudge(Reason::OneCore))
    } else {
        let all_cores = match at.threads == cores_offered {
            true => None,
            false => Some(KnownPool::new(cores_offered)?),
        };
        let rounds = timed_rounds(&case, &pool, all_cores.as_ref().unwrap_or(&pool));
        let decision = decide(&rounds);
        (rounds, decision)
    };
    Ok(Comparison {
        workload: name,
        baseline: workload.baseline,
        items: case.items,
        threads: pool.threads(),
        cores_offered: cores_offered.get(),
        rounds,
        decision,
    })
}

/// In the subject's pool and, for the control, in one of all cores, after `answers_agree` has warmed both arms up.
fn timed_rounds(case: &BenchCase, pool: &KnownPool, all_cores: &KnownPool) -> Vec<Round> {
    let serial = |times| pool.install(|| time_runs(times, || case.run_serial()));
    let subject = |times| pool.install(|| time_runs(times, || case.run_subject()));
    let serial_once = serial(1).seconds;
    let (serial_repeats, subject_repeats) = (repeats(serial_once), repeats(subject(1).seconds));
    let control = Control::lasting(serial_once.clamp(SHORTEST_TIMING, LONGEST_CONTROL));
    race(&mut Rng::new(), |arm| match arm {
        Arm::Serial => serial(serial_repeats),
        Arm::Subject => subject(subject_repeats),
        Arm::ControlOne => all_cores.install(|| time_runs(1, || control.on_one_thread())),
        Arm::ControlAll => all_cores.install(|| time_runs(1, || control.on_all_threads())),
    })
}

/// How often to run in a row what takes this many seconds once: at most a million times, even if the clock saw no time pass.
fn repeats(seconds: f64) -> u32 {
    (SHORTEST_TIMING / seconds).ceil().clamp(1.0, 1e6) as u32
}

/// The time of one run, on average over this many in a row.
pub(crate) fn time_runs(repeats: u32, run: impl Fn()) -> Timing {
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
    use crate::Parameter;

    #[test]
    fn short_runs_are_repeated_until_they_can_be_timed() {
        assert_eq!([0.5, 1e-3, 0.9e-3, 1e-5, 0.0].map(repeats), [1, 1, 2, 100, 1_000_000]);
    }

    #[test]
    #[should_panic(expected = "seen: seven: 1 answer: the answer differs from the serial one")]
    fn a_fast_wrong_answer_cannot_win() {
        let seven = Workload::new("seven", Parameter::new("answer", 1), |_| {
            BenchCase::new(1, || 7, || 8, |serial, subject| serial == subject, |_| 0.0)
        });
        let _ = compare(&seven);
    }
}
