//! The document of `sweep`.

use serde_json::Value;

use super::Header;
use crate::Interval;
use crate::protocol::json::json_struct;
use crate::protocol::{Json, JsonError};

json_struct! {
    /// How the speed-up changes with the threads, the tasks or the size.
    pub struct SweepDocument extends header: Header {
        /// How many rounds were asked for.
        pub rounds: usize,
        /// A sweep for each workload and each number that is varied.
        pub sweeps: Vec<Sweep>,
    }

    /// One workload, and one number that is varied.
    pub struct Sweep {
        /// The workload's name, without the number that is varied.
        pub workload: String,
        pub over: SweptOver,
        /// What the serial side is called.
        pub baseline: String,
        /// On how many threads; `None` where they are varied.
        pub threads: Option<usize>,
        /// How many times as fast arithmetic that can scale ran on all cores as on one, in the same rounds.
        pub capacity: Option<Interval>,
        /// The speed-up on one thread, of which the ideal is a multiple.
        pub alone: Option<f64>,
        /// On a quiet machine, the smallest number that is not clearly slower than the best.
        pub knee: Option<usize>,
        /// What was measured at each number.
        pub steps: Vec<SweepStep>,
        pub simulation: Option<Simulation>,
    }
}

/// What is varied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SweptOver {
    /// The number of threads.
    Threads,
    /// The number of something else, with its unit: `chunks`, `samples`.
    Number(String),
}

impl SweptOver {
    /// What is counted.
    pub fn unit(&self) -> &str {
        match self {
            Self::Threads => "threads",
            Self::Number(unit) => unit,
        }
    }
}

impl Json for SweptOver {
    fn to_json(&self) -> Value {
        self.unit().into()
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let unit = String::from_json(json)?;
        Ok(if unit == Self::Threads.unit() { Self::Threads } else { Self::Number(unit) })
    }
}

json_struct! {
    /// What was measured at one number.
    pub struct SweepStep {
        pub value: usize,
        /// Whether there are more threads than cores.
        pub beyond_cores: bool,
        pub time_s: f64,
        pub serial_s: f64,
        pub speed_up: Interval,
        /// Where threads are varied, what each of them contributes.
        pub efficiency: Option<f64>,
        /// Where threads are varied, the serial fraction that would explain the gain.
        pub karp_flatt: Option<f64>,
        /// The time of the subject in each round.
        pub seconds: Vec<f64>,
        /// The time of the serial baseline in each round.
        pub serial_seconds: Vec<f64>,
    }

    /// What more workers would bring, by simulation of the tasks' durations on one thread.
    pub struct Simulation {
        /// How many tasks there are; `None` if the work can be split anywhere.
        pub tasks: Option<usize>,
        /// The speed-up that no number of workers exceeds.
        pub limit: Option<f64>,
        /// On 1 to 64 workers.
        pub steps: Vec<SimulationStep>,
    }

    /// A simulated speed-up.
    #[derive(Copy)]
    pub struct SimulationStep {
        pub workers: usize,
        /// Beside the serial baseline.
        pub speed_up: Option<f64>,
    }
}
