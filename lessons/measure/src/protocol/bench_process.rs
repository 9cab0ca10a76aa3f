//! What a speed test that serves its workloads is asked, and what it answers.
//!
//! The other side writes a request a line, and gets an answer for each behind [`MARK`](super::names::MARK), since a line of
//! standard output may begin with other output.

use serde_json::{Value, json};

use super::json::{json_struct, json_words, read_field};
use super::{Json, JsonError};

/// What a speed test can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// Its workloads: a [`Listing`].
    List,
    /// Both sides run once, their answers compared: [`Prepared`].
    Prepare(CaseParams),
    /// The [`Timing`] of one side, run `times` in a row.
    Time {
        /// Which side.
        side: Side,
        /// How often it is run.
        times: u32,
        /// At which parameters.
        at: CaseParams,
    },
    /// The [`Timing`] of arithmetic that can scale, split over this many threads.
    TimeControl {
        /// How many.
        threads: usize,
    },
    /// What one run of the subject allocates: [`Allocations`], or `null` where nothing counts them.
    Allocations(CaseParams),
    /// Which thread did what in a run of the subject: a [`TracedRun`](super::TracedRun), or `null` if it cannot be traced.
    Trace(CaseParams),
    /// What its tasks, traced on one thread, would take on 1 to 64 workers: a [`SimulatedRun`], or `null` likewise, or if
    /// items wait for others.
    Simulate(CaseParams),
}

impl Json for Request {
    fn to_json(&self) -> Value {
        match self {
            Self::List => json!({ "list": true }),
            Self::Prepare(at) => json!({ "prepare": at.to_json() }),
            Self::Time { side, times, at } => {
                json!({ "time": side.word(), "times": times, "at": at.to_json() })
            }
            Self::TimeControl { threads } => json!({ "time": CONTROL, "threads": threads }),
            Self::Allocations(at) => json!({ "allocations": at.to_json() }),
            Self::Trace(at) => json!({ "trace": at.to_json() }),
            Self::Simulate(at) => json!({ "expect": at.to_json() }),
        }
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let not_one = || JsonError::unlike("a request", json);
        let Value::Object(fields) = json else {
            return Err(not_one());
        };
        let at = |name: &str| fields.contains_key(name).then(|| read_field(fields, name));
        if let Some(true) = read_field::<Option<bool>>(fields, "list")? {
            Ok(Self::List)
        } else if let Some(at) = at("prepare") {
            at.map(Self::Prepare)
        } else if let Some(at) = at("allocations") {
            at.map(Self::Allocations)
        } else if let Some(at) = at("trace") {
            at.map(Self::Trace)
        } else if let Some(at) = at("expect") {
            at.map(Self::Simulate)
        } else if fields.get("time").is_some_and(|timed| timed == CONTROL) {
            let threads = read_field(fields, "threads")?;
            Ok(Self::TimeControl { threads })
        } else if fields.contains_key("time") {
            Ok(Self::Time {
                side: read_field(fields, "time")?,
                times: read_field::<Option<u32>>(fields, "times")?.unwrap_or(1),
                at: read_field(fields, "at")?,
            })
        } else {
            Err(not_one())
        }
    }
}

/// What stands in the place of a side where the control is timed.
const CONTROL: &str = "control";

json_words! {
    /// The two sides of a workload.
    pub enum Side {
        /// The serial baseline.
        Serial = "serial",
        /// The code under test.
        Subject = "subject",
    }
}

json_struct! {
    /// A workload at chosen parameters; what is `None` is as usual.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct CaseParams {
        /// The number of the workload in the [`Listing`], from 0.
        pub workload: usize,
        /// How much is done.
        pub size: Option<usize>,
        /// Into how many tasks it is split.
        pub tasks: Option<usize>,
        /// On how many threads.
        pub threads: Option<usize>,
    }
}

json_struct! {
    /// What a program can run.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Listing {
        /// How many threads can run at once here, by the system's account.
        pub cores_offered: usize,
        /// Its workloads.
        pub workloads: Vec<WorkloadInfo>,
    }
}

json_struct! {
    /// What can be asked of a workload.
    #[derive(Debug, Clone, PartialEq)]
    pub struct WorkloadInfo {
        /// What is done, without its size.
        pub what: String,
        /// How much of it is done.
        pub size: Parameter,
        /// Into how many tasks it is split, where that can be chosen.
        pub tasks: Option<Parameter>,
        /// What the serial side is called.
        pub baseline: String,
        /// Whether the subject too runs on one thread.
        pub one_thread: bool,
    }
}

json_struct! {
    /// A number that can be chosen.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Parameter {
        /// What is counted: `samples`.
        pub unit: String,
        /// The number where no other is chosen.
        pub usual: usize,
        /// The numbers by which a sweep shows what the parameter changes; empty if it shows nothing.
        pub swept: Vec<usize>,
    }
}

impl Parameter {
    /// A parameter of which this number is usual, and which is not swept.
    pub fn of(unit: &str, usual: usize) -> Self {
        Self { unit: unit.to_owned(), usual, swept: Vec::new() }
    }

    /// With the numbers that a sweep goes through.
    #[must_use]
    pub fn swept(self, over: impl IntoIterator<Item = usize>) -> Self {
        Self { swept: over.into_iter().collect(), ..self }
    }
}

json_struct! {
    /// A workload of which both sides ran once.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Prepared {
        /// Its name, with its size.
        pub name: String,
        /// How many items a run handles.
        pub items: u64,
        /// Whether the answers agree.
        pub agree: bool,
        /// The number that stands for the serial answer.
        pub digest: f64,
    }
}

json_struct! {
    /// The wall time of runs.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Timing {
        /// In seconds. A [`Request`] is answered with those of one run, on average.
        pub seconds: f64,
    }
}

json_struct! {
    /// What was asked of the allocator while work ran, by all threads.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Allocations {
        /// How many times. Growing or shrinking a block in place or by moving it is once.
        pub count: usize,
        /// How many bytes in all, freed or not. A block that grows counts with its whole new size.
        pub bytes: usize,
        /// How many bytes were held at once at most, above what was held when the work began.
        ///
        /// While a growing block is moved, the old and the new one are counted as one.
        pub peak_bytes: usize,
    }
}

json_struct! {
    /// What the tasks of a workload would take on several workers.
    #[derive(Debug, Clone, PartialEq)]
    pub struct SimulatedRun {
        /// How many tasks there are; `None` if every item may go to any worker.
        pub tasks: Option<usize>,
        /// In seconds, on one thread.
        pub one_s: f64,
        /// The seconds of it in which no task runs.
        pub serial_s: f64,
        /// In seconds, on any number of workers.
        pub least_s: f64,
        /// On 1 to 64 workers.
        pub steps: Vec<SimulatedTime>,
    }
}

json_struct! {
    /// A simulated time.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct SimulatedTime {
        /// On how many workers.
        pub workers: usize,
        /// In seconds.
        pub s: f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: CaseParams = CaseParams { workload: 1, size: None, tasks: Some(8), threads: Some(2) };

    #[test]
    fn a_request_keeps_its_form_and_is_read_again() {
        let at = json!({ "workload": 1, "size": null, "tasks": 8, "threads": 2 });
        let time = Request::Time { side: Side::Subject, times: 3, at: AT };
        for (request, json) in [
            (Request::List, json!({ "list": true })),
            (Request::Prepare(AT), json!({ "prepare": at })),
            (time, json!({ "time": "subject", "times": 3, "at": at })),
            (Request::TimeControl { threads: 2 }, json!({ "time": "control", "threads": 2 })),
            (Request::Allocations(AT), json!({ "allocations": at })),
            (Request::Trace(AT), json!({ "trace": at })),
            (Request::Simulate(AT), json!({ "expect": at })),
        ] {
            assert_eq!(request.to_json(), json);
            assert_eq!(Request::from_json(&json), Ok(request));
        }
    }

    #[test]
    fn what_is_left_out_of_a_request_is_as_usual() {
        let json = json!({ "time": "serial", "at": { "workload": 0 } });
        let Ok(Request::Time { times, at, .. }) = Request::from_json(&json) else {
            panic!("{json}")
        };
        assert_eq!((times, at.size, at.threads), (1, None, None));
    }

    #[test]
    fn what_is_not_a_request_is_refused_with_the_field() {
        for (json, words) in [
            (json!({}), "the JSON is not a request: {}"),
            (
                json!({ "time": "nothing", "at": { "workload": 0 } }),
                "`time` is not one of serial, subject: \"nothing\"",
            ),
            (json!({ "prepare": {} }), "`prepare.workload` is missing"),
        ] {
            assert_eq!(Request::from_json(&json).unwrap_err().to_string(), words);
        }
    }
}
