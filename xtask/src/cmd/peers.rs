//! `peers`: the lesson's job in Python, beside the Rust, in interleaved rounds.

use anyhow::{Result, ensure};
use measure::Interval;
use measure::protocol::{Kind, Language, PeerArm, PeersDocument, PeersJob, SpeedRatio};
use xtask_core::code_under_test::CodeUnderTest;
use xtask_core::course::Course;
use xtask_core::process::InterruptGuard;
use xtask_core::results;
use xtask_core::rounds::{Arm, Taken};
use xtask_core::ui::Working;
use xtask_core::variant::Variant;

use super::measuring::{self, JSON, QUICK, WORKLOAD};
use super::{CHOICE, Exit, choose_lesson};
use crate::cli::{Args, Command};

mod arm;
pub mod environment;
mod python;
mod race;
mod screen;
mod sides;

use arm::Run;
use race::{Patience, race};
use sides::Sides;

pub const COMMAND: Command = Command {
    name: "peers",
    about: "the model beside Python, numpy and numba",
    lesson: Some(CHOICE),
    more: None,
    flags: &[
        ("setup", "first install the Python packages, in a folder under target/"),
        ("solution", "only the model, without your code"),
        WORKLOAD,
        QUICK,
        JSON,
    ],
};

/// The arm that the others are compared with, besides the fastest Rust.
const PRANGE: &str = "numba prange";

/// With fewer rounds there is no interval of 95 %.
const ROUNDS_FOR_AN_INTERVAL: usize = 6;

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let lesson = choose_lesson(&course, args)?;
    ensure!(
        lesson.folder().join("peers.py").is_file(),
        "lesson {} has no Python peers; `lessons/*/peers.py` are those there are",
        lesson.number()
    );
    let python = environment::interpreter(&course, lesson, args.has("setup"))?;
    let subject = if args.has("solution") { Variant::Solution } else { Variant::Exercise };
    let working = Working::start(&format!("peers of lesson {}", lesson.number()));
    let mut sides = Sides::start(&course, lesson, subject, &python, &working)?;
    drop(working);

    let workloads = sides.workloads();
    let workloads = measuring::choose_workloads(args, &workloads)?;
    let guard = InterruptGuard::start();
    let mut jobs = Vec::new();
    let mut taken = Taken::All;
    for (number, workload) in workloads.iter().enumerate() {
        let working = Working::start(&format!("workload {} of {}", number + 1, workloads.len()));
        match race(workload, &mut sides, Patience::from_args(args), &working, &guard) {
            Ok(raced) => {
                let each_is_timed = raced.arms.iter().all(|arm| !arm.seconds.is_empty());
                jobs.extend(each_is_timed.then(|| job(&raced.name, &raced.arms)));
                taken = raced.taken;
            }
            Err(_) if guard.is_interrupted() => taken = Taken::Interrupted,
            Err(error) => return Err(error),
        }
        if taken == Taken::Interrupted {
            break;
        }
    }

    let measured = CodeUnderTest::OfTheCourse(subject);
    let command = measuring::command_line("peers", lesson, &measured);
    let complete = taken == Taken::All;
    let document = PeersDocument {
        header: results::header(Kind::Peers, lesson, measured.name(), &command, complete)?,
        rounds: measuring::rounds(args),
        notes: sides.notes,
        jobs,
    };
    let header = &document.header;
    measuring::finish(args, &course, lesson, &document, header, screen::screen, &[])
}

/// What came of one workload, the fastest first.
fn job(name: &str, arms: &[Arm<Run>]) -> PeersJob {
    let mut sorted: Vec<&Arm<Run>> = arms.iter().collect();
    let median = |arm: &Arm<Run>| arm.median().unwrap_or(f64::INFINITY);
    sorted.sort_by(|one, other| median(one).total_cmp(&median(other)));
    let fastest_rust = sorted.iter().copied().find(|arm| arm.run.language() == Language::Rust);
    let prange = |threads| {
        let same = |arm: &&&Arm<Run>| arm.name == PRANGE && arm.run.threads == threads;
        sorted.iter().find(same).copied()
    };
    let arms = sorted.iter().map(|arm| PeerArm {
        language: arm.run.language(),
        name: arm.name.clone(),
        threads: arm.run.threads,
        median_s: arm.median(),
        to_fastest_rust: speed(arm, fastest_rust),
        to_prange: speed(arm, prange(arm.run.threads)),
        seconds: arm.seconds.clone(),
    });
    PeersJob { workload: name.to_owned(), arms: arms.collect() }
}

/// How many times as fast as the other it was: the median of the ratios within a round, and its interval if there were enough.
fn speed(arm: &Arm<Run>, other: Option<&Arm<Run>>) -> Option<SpeedRatio> {
    let other = other?;
    let Interval { low, median, high } = arm.speed_over(other)?;
    let rounds = arm.seconds.len().min(other.seconds.len());
    let end = |end: f64| (rounds >= ROUNDS_FOR_AN_INTERVAL).then_some(end);
    Some(SpeedRatio { low: end(low), median, high: end(high) })
}

#[cfg(test)]
mod tests {
    use measure::protocol::PythonCase;
    use xtask_core::bench_process::{CaseParams, Side};

    use super::arm::Program;
    use super::*;

    fn arm(program: Program, name: &str, threads: usize, seconds: &[f64]) -> Arm<Run> {
        let mut arm = Arm::new(name, Run::new(program, threads, 0.0));
        arm.seconds = seconds.to_vec();
        arm
    }

    fn python() -> Program {
        let case = PythonCase { workload: 0, size: 10, tasks: 1, threads: 1 };
        Program::Python("any".to_owned(), case)
    }

    fn model() -> Program {
        let case = CaseParams { workload: 0, size: None, tasks: None, threads: None };
        Program::Model(case, Side::Subject)
    }

    #[test]
    fn ratios_are_taken_within_a_round_and_the_fastest_stands_first() {
        // The machine was twice as slow in the second round, for all.
        let arms = [
            arm(python(), "plain Python", 1, &[1.6]),
            arm(python(), PRANGE, 2, &[0.01, 0.02, 0.01, 0.01, 0.01, 0.01]),
            arm(model(), "the model", 2, &[0.004, 0.008, 0.004, 0.004, 0.004, 0.004]),
        ];
        let job = job("a sum", &arms);
        let names: Vec<_> = job.arms.iter().map(|arm| arm.name.as_str()).collect();
        assert_eq!(names, ["the model", PRANGE, "plain Python"]);
        let of_prange = SpeedRatio { low: Some(0.4), median: 0.4, high: Some(0.4) };
        assert_eq!(job.arms[1].to_fastest_rust, Some(of_prange));
        let of_plain = SpeedRatio { low: None, median: 0.0025, high: None };
        assert_eq!(job.arms[2].to_fastest_rust, Some(of_plain));
        assert_eq!(job.arms[2].to_prange, None, "prange ran on other threads");
    }
}
