//! `compare`: several subjects side by side, for an instructor: are they right, how fast, at what cost?
//!
//! Every subject runs in a separate process, and all of them take turns. Their code is run as it is, so this is for
//! code that its owner trusts.
//!
//! Two subjects are called different where the whole interval of their ratio lies past a tenth. How often that errs, by
//! `cargo xtask compare 02 COPY SERIAL THIRD --repeat N` on two cores of a shared x86-64 Linux machine, 2026-11-22: a copy of
//! the model; serial code posing as parallel; and code that does every third chunk twice, 1.5 times as fast as the serial loop
//! and 1.33 times as slow as the model. Idle, in three runs of 60 (with one look only), 100 and 34 comparisons; beside an
//! endless loop of another process, and at times a build, in one run of 65:
//!
//! | | idle, 194 comparisons | busy, 65 |
//! |---|---|---|
//! | the copy beside the model | alike 184, cannot tell 10, different **0** | alike 33, cannot tell 32, different **0** |
//! | serial code beside the serial loop | not faster 193, cannot judge 1, faster **0** | cannot judge 65, faster **0** |
//! | the true 1.33 beside the model | slower **194** | slower 44, cannot tell 21 |
//! | the true 1.5 beside the serial loop | faster **184**, cannot judge 10 | cannot judge 65 |
//! | the model, a true 1.97, beside the serial loop | faster 184, cannot judge 10 | cannot judge 65 |
//!
//! Beside the serial loop the true 1.5 was left open as often as the model, a true 1.97: a shared machine is not idle all the
//! time.

use anyhow::{Context, Result};
use measure::decision::{Reason, beside_the_model, beside_the_serial_baseline};
use measure::protocol::{CompareDocument, Gain, Kind, MeasuredSubject, OrAbsent, Standing, Tally};
use measure::{Decision, Interval};
use xtask_core::bench_process::{CaseParams, Side};
use xtask_core::code_under_test::CodeUnderTest;
use xtask_core::course::Course;
use xtask_core::process::InterruptGuard;
use xtask_core::results;
use xtask_core::rounds::{self, Arm, Taken};
use xtask_core::ui::Working;

use super::measuring::{self, JSON, QUICK, SIZE, TASKS, WORKLOAD};
use super::{CHOICE, Exit, choose_lesson};
use crate::cli::{Args, Command};

mod entrant;
mod screen;
mod tally;

use entrant::{Entrant, MODEL, entrants, threads_at_work};
use tally::count_comparison;

pub const COMMAND: Command = Command {
    name: "compare",
    about: "for instructors: subjects side by side",
    lesson: Some(CHOICE),
    more: Some("PATH…"),
    flags: &[
        ("threads N", "this many threads, instead of one per core"),
        SIZE,
        TASKS,
        WORKLOAD,
        QUICK,
        ("repeat N", "compare N times, and count what was said"),
        JSON,
    ],
};

/// What takes turns in the rounds of one workload.
#[derive(Clone, Copy, Debug, PartialEq)]
enum CompareArm {
    /// Pure arithmetic, in the model's process, on all threads or on one.
    Control { on_all: bool },
    /// The serial baseline, in the model's process.
    Serial,
    /// An entrant, by number.
    Variant(usize),
}

/// The model takes part as the first of the entrants.
const MODEL_RUN: CompareArm = CompareArm::Variant(0);

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Course::here()?;
    let lesson = choose_lesson(&course, args)?;
    let others = args.more.iter().map(|path| CodeUnderTest::from_name(path));
    let others: Vec<CodeUnderTest> = others.collect::<Result<_>>()?;
    let working = Working::start(&format!("comparing on lesson {}", lesson.number()));
    let mut entrants = entrants(&course, lesson, others, &working)?;
    let guard = InterruptGuard::start();
    let mut taken = Taken::All;
    let mut names = Vec::new();
    let mut tally = Tally { comparisons: 0, said: Vec::new() };
    for _ in 0..args.count("repeat")?.map_or(1, usize::from) {
        (names, taken) = compare_once(args, &mut entrants, &working, &guard)?;
        if taken == Taken::Interrupted {
            break;
        }
        count_comparison(&mut tally, &entrants);
    }
    drop(working);

    let command = format!("cargo xtask compare {} {}", lesson.number(), args.more.join(" "));
    let command = command.trim_end();
    let document = CompareDocument {
        header: results::header(Kind::Compare, lesson, MODEL, command, taken == Taken::All)?,
        rounds: *looks(args).last().expect("there is a last look"),
        workloads: names,
        tally: OrAbsent(args.has("repeat").then_some(tally)),
        subjects: entrants.into_iter().map(|entrant| entrant.subject).collect(),
    };
    let header = &document.header;
    measuring::finish(args, &course, lesson, &document, header, screen::screen, &[])
}

/// Starts all programs anew and compares them on the workloads that are asked for: the names of those that were begun.
fn compare_once(
    args: &Args,
    entrants: &mut [Entrant],
    working: &Working,
    guard: &InterruptGuard,
) -> Result<(Vec<String>, Taken)> {
    for entrant in &mut *entrants {
        entrant.start()?;
        entrant.subject.workloads.clear();
    }
    let model = entrants[0].process.as_ref();
    let model = model.context("the model does not compile")?;
    let workloads = model.workloads.clone();
    let mut names = Vec::new();
    for workload in measuring::choose_workloads(args, &workloads)? {
        let at = CaseParams {
            threads: args.count("threads")?.map(usize::from),
            ..measuring::choose_params(args, workload)?
        };
        match compare(entrants, at, looks(args), working, guard) {
            Ok((name, taken)) => {
                names.push(name);
                if taken == Taken::Interrupted {
                    return Ok((names, taken));
                }
            }
            Err(_) if guard.is_interrupted() => return Ok((names, Taken::Interrupted)),
            Err(error) => return Err(error),
        }
    }
    Ok((names, Taken::All))
}

/// Compares all entrants at one setting: each one's document gets a `workload`, `null` for one that cannot do it. The
/// answer is the workload's name.
fn compare(
    entrants: &mut [Entrant],
    at: CaseParams,
    looks: &[usize],
    working: &Working,
    guard: &InterruptGuard,
) -> Result<(String, Taken)> {
    let mut name = String::new();
    let mut runners = Vec::new();
    for (index, entrant) in entrants.iter_mut().enumerate() {
        working.progress(&format!("{}: comparing the answers", entrant.subject.name));
        let Some(process) = &mut entrant.process else {
            continue;
        };
        match process.prepare(at) {
            Ok(prepared) => {
                name = prepared.name;
                runners.push(index);
            }
            Err(error) if index == 0 || guard.is_interrupted() => return Err(error),
            // It panics or is wrong: its verdict says so.
            Err(_) => (entrant.process, entrant.checks) = (None, None),
        }
    }
    let cores = entrants[0].process.as_ref().map_or(1, |model| model.cores_offered);
    let mut arms = vec![
        Arm::new("arithmetic on one thread", CompareArm::Control { on_all: false }),
        Arm::new("arithmetic on all threads", CompareArm::Control { on_all: true }),
        Arm::new("the serial baseline", CompareArm::Serial),
    ];
    let of_runner =
        |&index: &usize| Arm::new(entrants[index].subject.name.clone(), CompareArm::Variant(index));
    arms.extend(runners.iter().map(of_runner));
    let mut time = |run: &CompareArm, times| {
        let index = match *run {
            CompareArm::Control { .. } | CompareArm::Serial => 0,
            CompareArm::Variant(index) => index,
        };
        let process = entrants[index].process.as_mut();
        let process = process.context("only those that run take turns")?;
        match *run {
            CompareArm::Control { on_all } => process.time_control(if on_all { cores } else { 1 }),
            CompareArm::Serial => process.time(at, Side::Serial, times),
            CompareArm::Variant(_) => process.time(at, Side::Subject, times),
        }
    };
    let mut taken = Taken::All;
    for &look in looks {
        let more = look - arms[0].seconds.len();
        taken = rounds::take(&mut arms, more, working, guard, &mut time)?;
        let undecided = |arm: &Arm<CompareArm>| {
            matches!(arm.run, CompareArm::Variant(_))
                && Said::from_rounds(arm, &arms, looks.len()).is_open()
        };
        if taken == Taken::Interrupted || !arms.iter().any(undecided) {
            break;
        }
    }

    for (index, entrant) in entrants.iter_mut().enumerate() {
        let own = arms.iter().find(|arm| arm.run == CompareArm::Variant(index));
        let measured = match (own, &mut entrant.process) {
            (Some(own), Some(process)) if !own.seconds.is_empty() => {
                let (threads, allocations) = match taken {
                    Taken::All => (threads_at_work(process, at)?, process.allocations(at)?),
                    Taken::Interrupted => (None, None),
                };
                let said = Said::from_rounds(own, &arms, looks.len());
                Some(MeasuredSubject {
                    time_s: own.median().unwrap_or(f64::NAN),
                    to_model: said.to_model,
                    to_serial: said.to_serial,
                    decision: said.standing,
                    paid: said.gain,
                    threads,
                    allocations: allocations.map(|allocations| allocations.count),
                    allocated_bytes: allocations.map(|allocations| allocations.bytes),
                    peak_bytes: allocations.map(|allocations| allocations.peak_bytes),
                    seconds: own.seconds.clone(),
                })
            }
            _ => None,
        };
        entrant.subject.workloads.push(measured);
    }
    Ok((name, taken))
}

/// What the rounds so far say of one entrant.
struct Said {
    to_model: Option<Interval>,
    to_serial: Option<Interval>,
    standing: Standing,
    gain: Gain,
}

impl Said {
    fn from_rounds(own: &Arm<CompareArm>, arms: &[Arm<CompareArm>], looks: usize) -> Self {
        let arm = |wanted: fn(&CompareArm) -> bool| arms.iter().find(|arm| wanted(&arm.run));
        let over = |arm: Option<&Arm<CompareArm>>, other| arm?.speed_over_at_looks(other?, looks);
        let to_model = over(Some(own), arm(|run| *run == MODEL_RUN));
        let to_serial = over(Some(own), arm(|run| *run == CompareArm::Serial));
        let one = arm(|run| *run == CompareArm::Control { on_all: false });
        let control = over(arm(|run| *run == CompareArm::Control { on_all: true }), one);
        Self {
            to_model,
            to_serial,
            standing: match own.run {
                MODEL_RUN => Standing::Model,
                _ => to_model.map_or(Standing::CannotTell, beside_the_model),
            },
            // As the speed tier decides it.
            gain: match to_serial.zip(control) {
                Some((to_serial, control)) => beside_the_serial_baseline(to_serial, control),
                None => Decision::CannotJudge(Reason::OneCore),
            }
            .into(),
        }
    }

    /// Whether more rounds might say more.
    fn is_open(&self) -> bool {
        self.standing == Standing::CannotTell || matches!(self.gain, Gain::CannotJudge | Gain::Busy)
    }
}

/// After how many rounds the decisions are taken; the last only if something is open after the one before.
fn looks(args: &Args) -> &'static [usize] {
    if args.has(QUICK.0) { &[6] } else { &[15, 31] }
}
