//! What a measuring verb kept, read leniently: whatever is missing or null is a number that could not be had.

use anyhow::{Result, bail};
use serde_json::Value;

use crate::numbers::counted;

/// The version of the documents that this package draws.
const SCHEMA: u64 = 1;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Sweep,
    Trace,
    Compare,
}

pub fn kind(document: &Value) -> Result<Kind> {
    match document["schema"].as_u64() {
        Some(SCHEMA) => {}
        Some(other) => bail!(
            "its schema is {other}, this package draws schema {SCHEMA}; measure again with this course's `cargo xtask`"
        ),
        None => bail!(
            "it has no schema, so it is none of the documents that `cargo xtask sweep`, `trace` and `compare` keep"
        ),
    }
    Ok(match text(document, "kind") {
        "sweep" => Kind::Sweep,
        "trace" => Kind::Trace,
        "compare" => Kind::Compare,
        other => bail!(
            "nothing is drawn for the kind `{other}`; give a document of `cargo xtask sweep`, `trace` or `compare`"
        ),
    })
}

/// A median, and the ends of its 95 % interval where they are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub median: f64,
    pub ends: Option<(f64, f64)>,
}

impl Interval {
    pub fn high(&self) -> f64 {
        self.ends.map_or(self.median, |(_, high)| high)
    }

    pub fn low(&self) -> f64 {
        self.ends.map_or(self.median, |(low, _)| low)
    }
}

pub fn interval(value: &Value, key: &str) -> Option<Interval> {
    let value = &value[key];
    Some(Interval {
        median: number(value, "median")?,
        ends: number(value, "low").zip(number(value, "high")),
    })
}

/// Beyond it no measurement lies, and no axis has ticks.
const ABSURD: f64 = 1e15;

pub fn number(value: &Value, key: &str) -> Option<f64> {
    value[key].as_f64().filter(|number| number.abs() < ABSURD)
}

pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

pub fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

/// Where the figures come from: the machine, the command and the day.
pub fn birthplace(document: &Value) -> Vec<String> {
    let machine = &document["machine"];
    let cores = number(machine, "cores_offered").map(|cores| counted(cores, "core"));
    let cores = cores.unwrap_or_default();
    let machine = [
        cores.as_str(),
        text(machine, "cpu"),
        text(machine, "system"),
    ];
    let machine = machine.into_iter().filter(|part| !part.is_empty());
    [
        machine.collect::<Vec<_>>().join(", "),
        text(document, "command").to_owned(),
        number(document, "rounds").map_or(String::new(), |rounds| counted(rounds, "round")),
        text(document, "date").to_owned(),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect()
}

/// True for what was ended before its last round.
pub fn interrupted(document: &Value) -> bool {
    document["complete"] == Value::Bool(false)
}
