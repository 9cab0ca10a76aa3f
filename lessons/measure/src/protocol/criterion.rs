//! The program of criterion, `xtask/benchmarks`, and the files that criterion leaves behind.
//!
//! What is timed runs in other programs, which only the runner starts. So the program of criterion gets a [`BenchPlan`],
//! writes a [`TimingRequest`] behind [`MARK`](super::names::MARK) for each timing, and is answered with a
//! [`Timing`](super::Timing): how long these runs took together.

use super::json::{json_struct, json_words};

json_words! {
    /// What `bench` times of a workload.
    pub enum BenchArmName {
        Serial = "serial baseline",
        Yours = "yours",
        Model = "the model",
    }
}

json_struct! {
    /// What criterion times, and where it keeps what it finds.
    pub struct BenchPlan {
        /// The folder for its results.
        pub folder: String,
        /// The baseline that these results become.
        pub save: Option<String>,
        /// The baseline that these results are compared with.
        pub against: Option<String>,
        /// Whether fewer samples are taken.
        pub quick: bool,
        pub groups: Vec<BenchGroup>,
    }

    /// A workload.
    pub struct BenchGroup {
        /// Its name, with its size.
        pub name: String,
        /// How many items a run handles.
        pub items: u64,
        /// What is timed of it.
        pub arms: Vec<BenchArmName>,
    }

    /// Asks for the time of runs.
    #[derive(Copy)]
    pub struct TimingRequest {
        pub group: usize,
        pub arm: usize,
        pub times: u64,
    }

    /// Criterion's `benchmark.json`: what a folder of results is about.
    pub struct Benchmark {
        pub group_id: String,
        pub function_id: Option<String>,
    }

    /// Criterion's `estimates.json`: times in nanoseconds, or in `change` a ratio less 1.
    pub struct Estimates {
        pub median: Estimate,
    }

    /// A figure that criterion estimates.
    #[derive(Copy)]
    pub struct Estimate {
        pub point_estimate: f64,
        pub confidence_interval: ConfidenceInterval,
    }

    /// The interval of an estimate.
    #[derive(Copy)]
    pub struct ConfidenceInterval {
        pub lower_bound: f64,
        pub upper_bound: f64,
    }
}
