//! What cargo and rustc print with `--message-format json`, as far as the runner reads it.

use serde_json::Value;

use super::json::json_struct;

json_struct! {
    /// A line of cargo's.
    pub struct CargoMessage {
        pub reason: String,
        pub package_id: Option<String>,
        pub target: Option<CargoTarget>,
        pub executable: Option<String>,
        /// Whether cargo found it built.
        pub fresh: Option<bool>,
        pub message: Option<Diagnostic>,
        /// At the end: whether everything was built.
        pub success: Option<bool>,
    }

    /// A library, a program or a test.
    pub struct CargoTarget {
        pub name: String,
    }

    /// An error or a warning of rustc's.
    pub struct Diagnostic {
        pub level: String,
        pub message: String,
        /// As rustc shows it in a terminal.
        pub rendered: Option<String>,
        /// The places in the code.
        pub spans: Vec<Value>,
    }
}

impl CargoMessage {
    /// Whether it is about a target of this name.
    pub fn is_about(&self, target: &str) -> bool {
        self.target.as_ref().is_some_and(|of| of.name == target)
    }
}
