//! The document of `bench`.

use super::Header;
use crate::Interval;
use crate::protocol::BenchArmName;
use crate::protocol::json::json_struct;

json_struct! {
    /// What criterion found.
    pub struct BenchDocument extends header: Header {
        /// The baseline that the figures are compared with.
        pub against: Option<String>,
        /// What was not measured, and why.
        pub missing: Vec<String>,
        pub groups: Vec<BenchedWorkload>,
    }

    /// A workload.
    pub struct BenchedWorkload {
        /// Its name, with its size.
        pub workload: String,
        /// How many items a run handles.
        pub items: u64,
        pub arms: Vec<BenchArm>,
    }

    /// One of those that were timed, in seconds.
    pub struct BenchArm {
        pub name: BenchArmName,
        pub median_s: f64,
        pub low_s: Option<f64>,
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
