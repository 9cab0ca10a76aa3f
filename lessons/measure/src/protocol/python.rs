//! What `xtask/peers/serve.py` is asked, and what it answers.

use serde_json::{Value, json};

use super::json::{json_messages, json_struct, read_field};
use super::{Json, JsonError};

json_messages! {
    /// What Python can be asked.
    pub enum PythonRequest {
        /// The names of the ways to do the job there: a list of texts.
        Arms(at: PythonCase) = "arms",
        /// A first run of one: a [`PythonRun`].
        Prepare { name: String, at: PythonCase } = "prepare",
        /// One, run this many times in a row: a [`Timing`](super::Timing).
        Time { name: String, times: u32, at: PythonCase } = "time",
    }
}

json_struct! {
    /// A workload at its parameters.
    #[derive(Copy)]
    pub struct PythonCase {
        /// The number of the Rust workload.
        pub workload: usize,
        pub size: usize,
        /// In how many tasks; 1 where that cannot be chosen.
        pub tasks: usize,
        /// On how many threads or processes.
        pub threads: usize,
    }

    /// A first run.
    #[derive(Copy)]
    pub struct PythonRun {
        /// The number that stands for the answer; NaN if that is not a number.
        pub digest: f64,
        pub seconds: f64,
    }
}

/// What Python answers: a value, or its own words about what went wrong.
pub enum PythonAnswer<T> {
    /// What was asked for.
    Answer(T),
    /// Python's words.
    Error(String),
}

impl<T: Json> Json for PythonAnswer<T> {
    fn to_json(&self) -> Value {
        match self {
            Self::Answer(answer) => answer.to_json(),
            Self::Error(words) => json!({ "error": words }),
        }
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        match json {
            Value::Object(fields) if fields.contains_key("error") => {
                read_field(fields, "error").map(Self::Error)
            }
            json => T::from_json(json).map(Self::Answer),
        }
    }
}
