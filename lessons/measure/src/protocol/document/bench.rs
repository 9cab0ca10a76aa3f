//! The document of `bench`.

use super::Header;
use crate::Interval;
use crate::protocol::BenchArmName;
use crate::protocol::json::json_struct;

json_struct! {
    /// What criterion found.
    #[derive(Debug, Clone, PartialEq)]
    pub struct BenchDocument extends header: Header {
        /// The baseline that the figures are compared with.
        pub against: Option<String>,
        /// What was not measured, and why.
        pub missing: Vec<String>,
        /// The workloads.
        pub groups: Vec<BenchedWorkload>,
    }
}

json_struct! {
    /// A workload.
    #[derive(Debug, Clone, PartialEq)]
    pub struct BenchedWorkload {
        /// Its name, with its size.
        pub workload: String,
        /// How many items a run handles.
        pub items: u64,
        /// What was timed.
        pub arms: Vec<BenchArm>,
    }
}

json_struct! {
    /// One of those that were timed, in seconds.
    #[derive(Debug, Clone, PartialEq)]
    pub struct BenchArm {
        /// Which.
        pub name: BenchArmName,
        /// The median.
        pub median_s: f64,
        /// The low end of its interval.
        pub low_s: Option<f64>,
        /// The high end of its interval.
        pub high_s: Option<f64>,
        /// The ratio to the baseline, less 1.
        pub change: Option<Interval>,
    }
}

impl BenchedWorkload {
    /// The median of the serial baseline, in seconds.
    pub fn serial_s(&self) -> Option<f64> {
        let mut arms = self.arms.iter();
        let serial = arms.find(|arm| arm.name == BenchArmName::Serial);
        serial.map(|serial| serial.median_s)
    }
}
