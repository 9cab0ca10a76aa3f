//! What a speed test that serves its workloads is asked, and what it answers.
//!
//! The other side writes a request a line, and gets an answer for each behind [`MARK`](super::names::MARK), since a line of
//! standard output may begin with other output.

use super::json::{json_messages, json_struct, json_words};

json_messages! {
    /// What a speed test can be asked.
    #[derive(Copy)]
    pub enum Request {
        /// Its workloads: a [`Listing`].
        List = "list",
        /// Both sides run once, their answers compared: [`Prepared`].
        Prepare(at: CaseParams) = "prepare",
        /// The [`Timing`] of one side, run `times` in a row.
        Time { side: Side, times: u32, at: CaseParams } = "time",
        /// The [`Timing`] of arithmetic that can scale, split over this many threads.
        TimeControl(threads: usize) = "time_control",
        /// What one run of the subject allocates: [`Allocations`], or `null` where nothing counts them.
        Allocations(at: CaseParams) = "allocations",
        /// Which thread did what in a run of the subject: a [`TracedRun`](super::TracedRun), or `null` if it cannot be traced.
        Trace(at: CaseParams) = "trace",
        /// What its tasks, traced on one thread, would take on 1 to 64 workers: a [`SimulatedRun`], or `null` likewise, or if
        /// items wait for others.
        Simulate(at: CaseParams) = "simulate",
    }
}

json_words! {
    /// The two sides of a workload.
    pub enum Side {
        Serial = "serial",
        Subject = "subject",
    }
}

json_struct! {
    /// A workload at chosen parameters; what is `None` is as usual.
    #[derive(Copy)]
    pub struct CaseParams {
        /// The number of the workload in the [`Listing`], from 0.
        pub workload: usize,
        pub size: Option<usize>,
        /// Into how many tasks it is split.
        pub tasks: Option<usize>,
        pub threads: Option<usize>,
    }

    /// What a program can run.
    pub struct Listing {
        /// How many threads can run at once here, by the system's account.
        pub cores_offered: usize,
        pub workloads: Vec<WorkloadInfo>,
    }

    /// What can be asked of a workload.
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

    /// A number that can be chosen.
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
    pub fn new(unit: &str, usual: usize) -> Self {
        Self { unit: unit.to_owned(), usual, swept: Vec::new() }
    }

    /// With the numbers that a sweep goes through.
    #[must_use]
    pub fn sweep_over(self, over: impl IntoIterator<Item = usize>) -> Self {
        Self { swept: over.into_iter().collect(), ..self }
    }
}

json_struct! {
    /// A workload of which both sides ran once.
    pub struct Prepared {
        /// Its name, with its size.
        pub name: String,
        /// How many items a run handles.
        pub items: u64,
        pub agree: bool,
        /// The number that stands for the serial answer.
        pub digest: f64,
    }

    /// The wall time of runs.
    #[derive(Copy)]
    pub struct Timing {
        /// In seconds. A [`Request`] is answered with those of one run, on average.
        pub seconds: f64,
    }

    /// What was asked of the allocator while work ran, by all threads.
    #[derive(Copy)]
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

    /// What the tasks of a workload would take on several workers.
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

    /// A simulated time.
    #[derive(Copy)]
    pub struct SimulatedTime {
        pub workers: usize,
        pub s: f64,
    }
}
