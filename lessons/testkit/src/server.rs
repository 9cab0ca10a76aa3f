//! Runs workloads on request, for a runner that times several programs in turn; [`Request`] is what it can ask. The end of
//! the input ends the service.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, BufRead, Write};
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use measure::protocol::names::MARK;
use measure::protocol::{
    CaseParams, Json, Listing, Prepared, Request, Side, SimulatedRun, Timing, TracedRun,
    WorkloadInfo, from_text,
};
use serde_json::Value;

use crate::allocations::{Allocations, measure_if_metered};
use crate::paired::control::Control;
use crate::paired::timing::{LONGEST_CONTROL, time_runs};
use crate::{BenchCase, KnownPool, Params, Trace, Workload, cores_offered};

/// Answers requests until the input ends.
///
/// # Errors
///
/// The input cannot be read, the output cannot be written, or a line is not a request; it is shown.
///
/// # Panics
///
/// If the system does not start the threads asked for, or a workload panics.
pub fn serve(
    workloads: &[Workload],
    requests: impl BufRead,
    mut answers: impl Write,
) -> io::Result<()> {
    let mut service = Service::new(workloads);
    for line in requests.lines() {
        let line = line?;
        let invalid = |why: String| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("no request: {line}: {why}"))
        };
        let request = from_text(&line).map_err(|error| invalid(error.to_string()))?;
        let answer = service
            .answer(request)
            .ok_or_else(|| invalid("there is no such workload, or no thread to run it".into()))?;
        writeln!(answers, "\n{MARK}{answer}")?;
        answers.flush()?;
    }
    Ok(())
}

/// Of this many traced runs, the median one is shown, so that it is a typical one.
const TRACED_RUNS: usize = 5;

/// After this long a pool's threads have found their cores.
const AWAKE: Duration = Duration::from_millis(20);

struct Service<'a> {
    workloads: &'a [Workload],
    pools: HashMap<NonZeroUsize, KnownPool>,
    cases: HashMap<(usize, Params), BenchCase>,
    control: Option<Control>,
}

/// A workload at its parameters, with its name and the pool to run it in.
struct Ready<'a> {
    name: String,
    case: &'a BenchCase,
    pool: &'a KnownPool,
}

impl<'a> Service<'a> {
    fn new(workloads: &'a [Workload]) -> Self {
        Self { workloads, pools: HashMap::new(), cases: HashMap::new(), control: None }
    }

    /// `None` where the request is about a workload that is not there, or about no tasks or no threads.
    fn answer(&mut self, request: Request) -> Option<Value> {
        Some(match request {
            Request::List => list(self.workloads).to_json(),
            Request::Prepare(at) => self.case(at)?.prepare().to_json(),
            Request::Time { side, times, at } => self.case(at)?.time(side, times).to_json(),
            Request::TimeControl(threads) => {
                self.time_control(NonZeroUsize::new(threads)?).to_json()
            }
            Request::Allocations(at) => self.case(at)?.allocations().to_json(),
            Request::Trace(at) => self.case(at)?.trace().to_json(),
            Request::Simulate(at) => self.case(at)?.simulate().to_json(),
        })
    }

    fn time_control(&mut self, threads: NonZeroUsize) -> Timing {
        let control = *self.control.get_or_insert_with(|| Control::lasting(LONGEST_CONTROL));
        let timing = self.pool(threads).install(|| {
            warm_up(|| control.on_all_threads());
            time_runs(1, || control.on_all_threads())
        });
        Timing { seconds: timing.seconds }
    }

    /// The case at these parameters, made when it is first asked for.
    fn case(&mut self, at: CaseParams) -> Option<Ready<'_>> {
        let workload = self.workloads.get(at.workload)?;
        let usual = workload.usual();
        let chosen = |count: Option<usize>, usual| match count {
            None => Some(usual),
            Some(count) => NonZeroUsize::new(count),
        };
        let params = Params {
            size: at.size.unwrap_or(usual.size),
            tasks: chosen(at.tasks, usual.tasks)?,
            threads: chosen(at.threads, usual.threads)?,
        };
        self.pool(params.threads);
        let case = match self.cases.entry((at.workload, params)) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(place) => place.insert(workload.case(params)),
        };
        Some(Ready { name: workload.name(params), case, pool: self.pools.get(&params.threads)? })
    }

    fn pool(&mut self, threads: NonZeroUsize) -> &KnownPool {
        self.pools.entry(threads).or_insert_with(|| {
            KnownPool::new(threads).expect("the system starts the threads asked for")
        })
    }
}

impl Ready<'_> {
    fn prepare(self) -> Prepared {
        Prepared {
            agree: self.pool.install(|| self.case.answers_agree()),
            items: self.case.items,
            digest: self.case.digest(),
            name: self.name,
        }
    }

    fn time(&self, side: Side, times: u32) -> Timing {
        let run = || match side {
            Side::Serial => self.case.run_serial(),
            Side::Subject => self.case.run_subject(),
        };
        let timing = self.pool.install(|| {
            warm_up(run);
            time_runs(times, run)
        });
        Timing { seconds: timing.seconds }
    }

    fn allocations(&self) -> Option<Allocations> {
        let run = || measure_if_metered(|| self.case.run_subject());
        self.pool.install(run).1
    }

    fn trace(&self) -> Option<TracedRun> {
        let unit = self.case.traced_items()?;
        let (trace, untraced) = self.pool.install(|| trace_of_median(self.case))?;
        Some(trace.describe(unit, self.pool.threads(), untraced))
    }

    fn simulate(&self) -> Option<SimulatedRun> {
        if !self.case.items_are_free() {
            return None;
        }
        let (trace, wall) = self.pool.install(|| trace_of_median(self.case))?;
        Some(trace.simulate(wall))
    }
}

/// Runs until the threads of this process are awake, each on another core.
///
/// In a process that has waited while others were time_runs, two threads often took as long as one for the first milliseconds;
/// they seem to wake up on one core. Without the 20 ms, `compare` called two copies of the same code alike in 10 of 100
/// comparisons; with them in 98.
fn warm_up(run: impl Fn()) {
    let begun = Instant::now();
    while {
        run();
        begun.elapsed() < AWAKE
    } {}
}

fn list(workloads: &[Workload]) -> Listing {
    let info = |workload: &Workload| WorkloadInfo {
        what: workload.what.clone(),
        size: workload.size.clone(),
        tasks: workload.tasks.clone(),
        baseline: workload.baseline.to_owned(),
        one_thread: workload.one_thread,
    };
    Listing {
        cores_offered: cores_offered().get(),
        workloads: workloads.iter().map(info).collect(),
    }
}

/// The median of a few traced runs, by its wall time, and the median wall time of as many untraced ones, in turn.
fn trace_of_median(case: &BenchCase) -> Option<(Trace, f64)> {
    warm_up(|| case.run_subject());
    let runs: Option<Vec<(Trace, f64)>> = (0..TRACED_RUNS)
        .map(|_| Some((case.trace()?, time_runs(1, || case.run_subject()).seconds)))
        .collect();
    let (mut traces, mut untraced): (Vec<Trace>, Vec<f64>) = runs?.into_iter().unzip();
    traces.sort_by(|one, other| one.wall.total_cmp(&other.wall));
    untraced.sort_by(f64::total_cmp);
    Some((traces.swap_remove(TRACED_RUNS / 2), untraced[TRACED_RUNS / 2]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Parameter, Tracer};

    /// Sums as many ones as its size says, in as many tasks as its parameters say.
    fn ones() -> Workload {
        Workload::new("ones", Parameter::new("items", 10), |at| {
            let sum = move || (0..at.size).map(|_| 1.0).sum::<f64>();
            BenchCase::new(at.size as u64, sum, sum, |a, b| a == b, |sum| *sum)
                .with_trace("items", move |tracer: &Tracer| {
                    (0..at.size).for_each(|item| tracer.call(item, || ()))
                })
                .with_tasks(move || (0..at.size).step_by(at.size / at.tasks).collect())
        })
        .in_tasks(Parameter::new("chunks", 2).sweep_over([1, 2]))
    }

    fn answers(requests: &[Value]) -> io::Result<Vec<Value>> {
        let requests: String = requests.iter().map(|request| format!("{request}\n")).collect();
        let mut answers = Vec::new();
        serve(&[ones()], requests.as_bytes(), &mut answers)?;
        let answers = String::from_utf8(answers).unwrap();
        let marked = answers.lines().filter_map(|line| line.strip_prefix(MARK));
        Ok(marked.map(|answer| serde_json::from_str(answer).unwrap()).collect())
    }

    fn answer(request: Value) -> Value {
        answers(&[request]).unwrap().remove(0)
    }

    #[test]
    fn the_workloads_are_listed_with_what_can_be_chosen() {
        let listed = answer(json!({ "list": true }));
        let expected = json!([{
            "what": "ones",
            "size": { "unit": "items", "usual": 10, "swept": [] },
            "tasks": { "unit": "chunks", "usual": 2, "swept": [1, 2] },
            "baseline": "the serial loop",
            "one_thread": false,
        }]);
        assert_eq!(listed["workloads"], expected);
    }

    #[test]
    fn what_is_prepared_is_compared_and_named() {
        let usual = answer(json!({ "prepare": { "workload": 0 } }));
        let expected = json!({ "name": "ones: 10 items in 2 chunks", "items": 10, "agree": true, "digest": 10.0 });
        assert_eq!(usual, expected);
        let chosen =
            answer(json!({ "prepare": { "workload": 0, "size": 20, "tasks": 4, "threads": 1 } }));
        assert_eq!(chosen["name"], "ones: 20 items in 4 chunks");
        assert_eq!(chosen["digest"], 20.0);
    }

    #[test]
    fn each_request_is_answered_with_the_seconds_of_a_run() {
        let at = json!({ "workload": 0, "threads": 2 });
        let timings = answers(&[
            json!({ "time": { "side": "serial", "times": 1, "at": at } }),
            json!({ "time": { "side": "subject", "times": 100, "at": at } }),
            json!({ "time_control": 2 }),
        ])
        .unwrap();
        assert_eq!(timings.len(), 3);
        let timed = |answer: &Value| answer["seconds"].as_f64() >= Some(0.0);
        assert!(timings.iter().all(timed), "{timings:?}");
    }

    #[test]
    fn a_run_is_followed_in_its_tasks() {
        let trace = answer(json!({ "trace": { "workload": 0, "tasks": 5, "threads": 2 } }));
        assert_eq!((&trace["pieces"], &trace["items"]), (&json!(5), &json!(10)));
        assert_eq!(trace["unit"], "items");
        assert_eq!(trace["lanes"].as_array().unwrap().len(), 2);
        assert!(trace["untraced_s"].is_f64());
        let expected = answer(json!({ "simulate": { "workload": 0, "tasks": 5, "threads": 1 } }));
        assert_eq!(expected["tasks"], 5);
        assert_eq!(expected["steps"].as_array().unwrap().len(), 64);
    }

    #[test]
    fn without_a_meter_no_allocations_are_told() {
        assert_eq!(answer(json!({ "allocations": { "workload": 0 } })), Value::Null);
    }

    #[test]
    fn a_line_that_is_not_a_request_ends_the_service_and_is_shown() {
        for request in [
            json!({}),
            json!({ "prepare": { "workload": 1 } }),
            json!({ "prepare": { "workload": 0, "threads": 0 } }),
            json!({ "time": { "side": "nothing", "times": 1, "at": { "workload": 0 } } }),
        ] {
            let error = answers(std::slice::from_ref(&request)).unwrap_err();
            let words = format!("no request: {request}: ");
            assert!(error.to_string().starts_with(&words), "{error}");
        }
    }
}
