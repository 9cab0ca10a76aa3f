//! What the speed tier measured, which it hands to the runner as a line of a file.

use super::json::{json_struct, json_words};
use crate::Decision;

json_words! {
    /// What a line of the file is about.
    pub enum RecordKind {
        Speed = "speed",
    }

    /// What the speed tier decided.
    pub enum SpeedDecision {
        Faster = "faster",
        /// The subject is not faster, on a machine on which it could have been.
        NotFaster = "not-faster",
        /// Nothing can be said.
        CannotJudge = "cannot-judge",
    }
}

impl From<Decision> for SpeedDecision {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Faster => Self::Faster,
            Decision::NotFaster => Self::NotFaster,
            Decision::CannotJudge(_) => Self::CannotJudge,
        }
    }
}

json_struct! {
    /// What was seen when a workload was timed. Times are medians in seconds; what was not measured is `None`.
    pub struct SpeedRecord {
        pub kind: RecordKind,
        /// All of it in a sentence.
        pub words: String,
        /// The workload's name, with its size.
        pub workload: String,
        /// What the serial side is called.
        pub baseline: String,
        /// How many items a run handles.
        pub items: u64,
        /// The threads of the pool that the subject ran in.
        pub threads: usize,
        /// How many threads the machine can run at once, by its own account.
        pub cores_offered: usize,
        pub rounds: usize,
        pub decision: SpeedDecision,
        /// Why nothing can be said.
        pub reason: Option<String>,
        pub ratio: Option<f64>,
        pub low: Option<f64>,
        pub high: Option<f64>,
        /// What the control gained.
        pub control: Option<f64>,
        /// CPU time over wall time of the subject.
        pub cores_in_use: Option<f64>,
        pub serial_s: Option<f64>,
        pub subject_s: Option<f64>,
    }
}
