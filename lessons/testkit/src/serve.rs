//! Runs jobs on request, for whoever times several programs in turn.
//!
//! The other side writes a JSON document a line, and gets one back for each, behind [`MARK`], since a line of standard
//! output may begin with words of somebody else's:
//!
//! | request | answer |
//! |---|---|
//! | `{"list": true}` | `{"cores_offered": …, "workloads": [{"what", "size", "tasks", "baseline", "one_thread"}]}` |
//! | `{"prepare": AT}` | `{"name", "items", "agree", "digest"}`, after both sides ran once and their answers were compared |
//! | `{"time": "serial" or "subject", "times": 1, "at": AT}` | `{"seconds"}` of wall time a run, on average over so many in a row |
//! | `{"time": "control", "threads": 2}` | the same for arithmetic that can scale, split over so many threads |
//! | `{"allocations": AT}` | `{"count", "bytes", "peak_bytes"}` of one run of the subject, or `null` where nobody counts |
//! | `{"trace": AT}` | who did what in a run of the subject, and what following it cost; `null` if it cannot be followed |
//! | `{"expect": AT}` | what its tasks, followed on one thread, would take on 1 to 64 workers; `null` likewise, or if items wait for others |
//!
//! `AT` is `{"workload": 0, "size": …, "tasks": …, "threads": …}`; what is left out is as usual. A size and a number of tasks
//! are `{"unit", "usual", "swept"}`. The end of the input ends the service.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, BufRead, Write};
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use measure::wire::MARK;
use serde_json::{Value, json};

use crate::allocations::measured_if_metered;
use crate::paired::control::Control;
use crate::paired::timing::{LONGEST_CONTROL, timed};
use crate::{Count, Job, KnownPool, Setting, Trace, Workload, cores_offered};

/// Answers requests until the input ends.
///
/// # Errors
///
/// The input cannot be read, the output not be written, or a request is none of those above; it is shown.
///
/// # Panics
///
/// If the system does not start the threads asked for, or a job panics.
pub fn serve(
    workloads: &[Workload],
    requests: impl BufRead,
    mut answers: impl Write,
) -> io::Result<()> {
    let mut service = Service::new(workloads);
    for line in requests.lines() {
        let line = line?;
        let request: Value = serde_json::from_str(&line).unwrap_or_default();
        let answer = service.answer(&request).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, format!("no request: {line}"))
        })?;
        writeln!(answers, "\n{MARK}{answer}")?;
        answers.flush()?;
    }
    Ok(())
}

/// A trace is that of the median of so many runs, so that it shows no accident.
const FOLLOWED_RUNS: usize = 5;

/// After so long a pool's threads have found their cores.
const AWAKE: Duration = Duration::from_millis(20);

struct Service<'a> {
    workloads: &'a [Workload],
    pools: HashMap<NonZeroUsize, KnownPool>,
    jobs: HashMap<(usize, Setting), Job>,
    control: Option<Control>,
}

impl<'a> Service<'a> {
    fn new(workloads: &'a [Workload]) -> Self {
        Self {
            workloads,
            pools: HashMap::new(),
            jobs: HashMap::new(),
            control: None,
        }
    }

    /// `None` to what is no request.
    fn answer(&mut self, request: &Value) -> Option<Value> {
        if request["list"] == true {
            return Some(listed(self.workloads));
        }
        if request["time"] == "control" {
            let threads = threads(&request["threads"])?;
            let control = *self
                .control
                .get_or_insert_with(|| Control::lasting(LONGEST_CONTROL));
            let timing = self.pool(threads).install(|| {
                warm_up(|| control.on_all_threads());
                timed(1, || control.on_all_threads())
            });
            return Some(json!({ "seconds": timing.seconds }));
        }
        if let Some(at) = request.get("prepare") {
            let (name, job, pool) = self.at(at)?;
            let agree = pool.install(|| job.answers_agree());
            let digest = job.digest();
            return Some(
                json!({ "name": name, "items": job.items, "agree": agree, "digest": digest }),
            );
        }
        if let Some(at) = request.get("allocations") {
            let (_, job, pool) = self.at(at)?;
            let ((), allocations) = pool.install(|| measured_if_metered(|| job.run_subject()));
            return Some(allocations.map_or(Value::Null, |seen| {
                json!({ "count": seen.count, "bytes": seen.bytes, "peak_bytes": seen.peak_bytes })
            }));
        }
        if let Some(at) = request.get("trace") {
            let (_, job, pool) = self.at(at)?;
            let Some((trace, untraced)) = pool.install(|| followed(job)) else {
                return Some(Value::Null);
            };
            let mut told = trace.to_json(pool.threads());
            told["untraced_s"] = json!(untraced);
            told["unit"] = json!(job.traced_items());
            return Some(told);
        }
        if let Some(at) = request.get("expect") {
            let (_, job, pool) = self.at(at)?;
            let expected = pool.install(|| job.items_are_free().then(|| followed(job)).flatten());
            return Some(expected.map_or(Value::Null, |(trace, wall)| trace.expected(wall)));
        }
        let (_, job, pool) = self.at(&request["at"])?;
        let times = u32::try_from(request["times"].as_u64().unwrap_or(1)).ok()?;
        let run: fn(&Job) = match request["time"].as_str()? {
            "serial" => Job::run_serial,
            "subject" => Job::run_subject,
            _ => return None,
        };
        let timing = pool.install(|| {
            warm_up(|| run(job));
            timed(times, || run(job))
        });
        Some(json!({ "seconds": timing.seconds }))
    }

    /// The job at a setting, made if it is asked for the first time, with its name and the pool to run it in.
    fn at(&mut self, at: &Value) -> Option<(String, &Job, &KnownPool)> {
        let index = usize::try_from(at["workload"].as_u64()?).ok()?;
        let workload = self.workloads.get(index)?;
        let usual = workload.usual();
        let chosen = |field: &str| match &at[field] {
            Value::Null => Some(None),
            number => usize::try_from(number.as_u64()?).ok().map(Some),
        };
        let setting = Setting {
            size: chosen("size")?.unwrap_or(usual.size),
            tasks: NonZeroUsize::new(chosen("tasks")?.unwrap_or(usual.tasks.get()))?,
            threads: NonZeroUsize::new(chosen("threads")?.unwrap_or(usual.threads.get()))?,
        };
        self.pool(setting.threads);
        let job = match self.jobs.entry((index, setting)) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(place) => place.insert(workload.job(setting)),
        };
        Some((
            workload.name(setting),
            job,
            self.pools.get(&setting.threads)?,
        ))
    }

    fn pool(&mut self, threads: NonZeroUsize) -> &KnownPool {
        self.pools.entry(threads).or_insert_with(|| {
            KnownPool::new(threads).expect("the system starts the threads asked for")
        })
    }
}

/// Runs until the threads of this process are awake, each on a core of its own.
///
/// In a process that has waited while others were timed, two threads often took as long as one for the first milliseconds;
/// they seem to wake up on one core. `ARCHITECTURE.md` has the figures.
fn warm_up(run: impl Fn()) {
    let begun = Instant::now();
    while {
        run();
        begun.elapsed() < AWAKE
    } {}
}

fn threads(number: &Value) -> Option<NonZeroUsize> {
    NonZeroUsize::new(usize::try_from(number.as_u64()?).ok()?)
}

fn listed(workloads: &[Workload]) -> Value {
    let count =
        |count: &Count| json!({ "unit": count.unit, "usual": count.usual, "swept": count.swept });
    let listed = workloads.iter().map(|workload| {
        json!({
            "what": workload.what,
            "size": count(&workload.size),
            "tasks": workload.tasks.as_ref().map(count),
            "baseline": workload.baseline,
            "one_thread": workload.one_thread,
        })
    });
    json!({ "cores_offered": cores_offered(), "workloads": listed.collect::<Vec<_>>() })
}

/// The median of a few followed runs, by its wall time, and the median wall time of as many that nobody followed, in turn.
fn followed(job: &Job) -> Option<(Trace, f64)> {
    warm_up(|| job.run_subject());
    let runs: Option<Vec<(Trace, f64)>> = (0..FOLLOWED_RUNS)
        .map(|_| Some((job.follow()?, timed(1, || job.run_subject()).seconds)))
        .collect();
    let (mut traces, mut untraced): (Vec<Trace>, Vec<f64>) = runs?.into_iter().unzip();
    traces.sort_by(|one, other| one.wall.total_cmp(&other.wall));
    untraced.sort_by(f64::total_cmp);
    Some((
        traces.swap_remove(FOLLOWED_RUNS / 2),
        untraced[FOLLOWED_RUNS / 2],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Trail;

    /// Sums as many ones as its size says, in as many tasks as it is told.
    fn ones() -> Workload {
        Workload::new("ones", Count::of("items", 10), |at| {
            let sum = move || (0..at.size).map(|_| 1.0).sum::<f64>();
            Job::new(at.size as u64, sum, sum, |a, b| a == b, |sum| *sum)
                .traced("items", move |trail: &Trail| {
                    (0..at.size).for_each(|item| trail.call(item, || ()))
                })
                .with_tasks(move || (0..at.size).step_by(at.size / at.tasks).collect())
        })
        .in_tasks(Count::of("chunks", 2).swept([1, 2]))
    }

    fn asked(requests: &[Value]) -> io::Result<Vec<Value>> {
        let requests: String = requests
            .iter()
            .map(|request| format!("{request}\n"))
            .collect();
        let mut answers = Vec::new();
        serve(&[ones()], requests.as_bytes(), &mut answers)?;
        let answers = String::from_utf8(answers).unwrap();
        let marked = answers.lines().filter_map(|line| line.strip_prefix(MARK));
        Ok(marked
            .map(|answer| serde_json::from_str(answer).unwrap())
            .collect())
    }

    fn answer(request: Value) -> Value {
        asked(&[request]).unwrap().remove(0)
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
        let answers = asked(&[
            json!({ "time": "serial", "at": at }),
            json!({ "time": "subject", "times": 100, "at": at }),
            json!({ "time": "control", "threads": 2 }),
        ])
        .unwrap();
        assert_eq!(answers.len(), 3);
        let timed = |answer: &Value| answer["seconds"].as_f64() >= Some(0.0);
        assert!(answers.iter().all(timed), "{answers:?}");
    }

    #[test]
    fn a_run_is_followed_in_its_tasks() {
        let trace = answer(json!({ "trace": { "workload": 0, "tasks": 5, "threads": 2 } }));
        assert_eq!((&trace["pieces"], &trace["items"]), (&json!(5), &json!(10)));
        assert_eq!(trace["unit"], "items");
        assert_eq!(trace["lanes"].as_array().unwrap().len(), 2);
        assert!(trace["untraced_s"].is_f64());
        let expected = answer(json!({ "expect": { "workload": 0, "tasks": 5, "threads": 1 } }));
        assert_eq!(expected["tasks"], 5);
        assert_eq!(expected["steps"].as_array().unwrap().len(), 64);
    }

    #[test]
    fn without_a_meter_no_allocations_are_told() {
        assert_eq!(
            answer(json!({ "allocations": { "workload": 0 } })),
            Value::Null
        );
    }

    #[test]
    fn what_is_no_request_ends_the_service_and_is_shown() {
        for request in [
            json!({}),
            json!({ "prepare": { "workload": 1 } }),
            json!({ "prepare": { "workload": 0, "threads": 0 } }),
            json!({ "time": "nothing", "at": { "workload": 0 } }),
        ] {
            let error = asked(std::slice::from_ref(&request)).unwrap_err();
            assert_eq!(error.to_string(), format!("no request: {request}"));
        }
    }
}
