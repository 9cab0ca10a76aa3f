//! The program of criterion, `xtask/benchmarks`, and the files that criterion leaves behind.
//!
//! What is timed runs in other programs, which only the runner starts. So the program of criterion gets a [`BenchPlan`],
//! writes a [`TimingRequest`] behind [`MARK`](super::names::MARK) for each timing, and is answered with a
//! [`Timing`](super::Timing): how long these runs took together.

use super::json::{json_struct, json_words};

json_words! {
    /// What `bench` times of a workload.
    pub enum BenchArmName {
        /// The serial baseline.
        Serial = "serial baseline",
        /// The student's code.
        Yours = "yours",
        /// The model solution.
        Model = "the model",
    }
}

json_struct! {
    /// What criterion times, and where it keeps what it finds.
    #[derive(Debug, Clone, PartialEq)]
    pub struct BenchPlan {
        /// The folder for its results.
        pub folder: String,
        /// The baseline that these results become.
        pub save: Option<String>,
        /// The baseline that these results are compared with.
        pub against: Option<String>,
        /// Whether fewer samples are taken.
        pub quick: bool,
        /// The workloads.
        pub groups: Vec<BenchGroup>,
    }
}

json_struct! {
    /// A workload.
    #[derive(Debug, Clone, PartialEq)]
    pub struct BenchGroup {
        /// Its name, with its size.
        pub name: String,
        /// How many items a run handles.
        pub items: u64,
        /// What is timed of it.
        pub arms: Vec<BenchArmName>,
    }
}

json_struct! {
    /// Asks for the time of runs.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct TimingRequest {
        /// The number of the group in the plan.
        pub group: usize,
        /// The number of the arm in the group.
        pub arm: usize,
        /// How often it is run.
        pub times: u64,
    }
}

json_struct! {
    /// Criterion's `benchmark.json`: what a folder of results is about.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Benchmark {
        /// The workload.
        pub group_id: String,
        /// The arm.
        pub function_id: Option<String>,
    }
}

json_struct! {
    /// Criterion's `estimates.json`: times in nanoseconds, or in `change` a ratio less 1.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Estimates {
        /// The median.
        pub median: Estimate,
    }
}

json_struct! {
    /// A figure that criterion estimates.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Estimate {
        /// The figure.
        pub point_estimate: f64,
        /// Its interval.
        pub confidence_interval: ConfidenceInterval,
    }
}

json_struct! {
    /// The interval of an estimate.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct ConfidenceInterval {
        /// Its low end.
        pub lower_bound: f64,
        /// Its high end.
        pub upper_bound: f64,
    }
}
