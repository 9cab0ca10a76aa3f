//! What `xtask/peers/serve.py` is asked, and what it answers.

use serde_json::{Value, json};

use super::json::{json_struct, read_field};
use super::{Json, JsonError};

/// What Python can be asked.
#[derive(Debug, Clone, PartialEq)]
pub enum PythonRequest {
    /// The names of the ways to do the job there: a list of texts.
    Arms(PythonCase),
    /// A first run of one: a [`PythonRun`] with its digest.
    Prepare(String, PythonCase),
    /// One, run this many times in a row: a [`Timing`](super::Timing).
    Time(String, u32, PythonCase),
}

impl Json for PythonRequest {
    fn to_json(&self) -> Value {
        match self {
            Self::Arms(at) => json!({ "arms": at.to_json() }),
            Self::Prepare(name, at) => json!({ "prepare": name, "at": at.to_json() }),
            Self::Time(name, times, at) => {
                json!({ "time": name, "times": times, "at": at.to_json() })
            }
        }
    }

    fn from_json(json: &Value) -> Result<Self, JsonError> {
        let Value::Object(fields) = json else {
            return Err(JsonError::unlike("a request", json));
        };
        if fields.contains_key("arms") {
            read_field(fields, "arms").map(Self::Arms)
        } else if fields.contains_key("prepare") {
            let name = read_field(fields, "prepare")?;
            Ok(Self::Prepare(name, read_field(fields, "at")?))
        } else {
            let (name, times) = (read_field(fields, "time")?, read_field(fields, "times")?);
            Ok(Self::Time(name, times, read_field(fields, "at")?))
        }
    }
}

json_struct! {
    /// A workload at its parameters.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct PythonCase {
        /// The number of the Rust workload.
        pub workload: usize,
        /// How much is done.
        pub size: usize,
        /// In how many tasks; 1 where that cannot be chosen.
        pub tasks: usize,
        /// On how many threads or processes.
        pub threads: usize,
    }
}

json_struct! {
    /// A first run.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct PythonRun {
        /// The number that stands for the answer; NaN if that is not a number.
        pub digest: f64,
        /// In seconds.
        pub seconds: f64,
    }
}

/// What Python answers: a value, or its own words about what went wrong.
#[derive(Debug, Clone, PartialEq)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_keeps_its_form_and_is_read_again() {
        let case = PythonCase { workload: 0, size: 1000, tasks: 1, threads: 2 };
        let at = json!({ "workload": 0, "size": 1000, "tasks": 1, "threads": 2 });
        let name = || "loop".to_owned();
        for (request, json) in [
            (PythonRequest::Arms(case), json!({ "arms": at })),
            (PythonRequest::Prepare(name(), case), json!({ "prepare": "loop", "at": at })),
            (PythonRequest::Time(name(), 5, case), json!({ "time": "loop", "times": 5, "at": at })),
        ] {
            assert_eq!(request.to_json(), json);
            assert_eq!(PythonRequest::from_json(&json), Ok(request));
        }
    }
}
