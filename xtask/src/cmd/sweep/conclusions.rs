//! What is to be learnt from a sweep, in sentences.

use measure::{CONTROL_SCALED, grouped};
use serde_json::Value;

use super::screen::Step;

/// Workers of the simulation that are told on the screen; the document has all.
const WORKERS_TOLD: [u64; 6] = [2, 4, 8, 16, 32, 64];

/// What the figures say, in sentences.
pub fn conclusions(sweep: &Value, steps: &[Step], cores: u64) -> Vec<String> {
    let mut words = Vec::new();
    if steps.iter().any(|step| step.beyond_cores) {
        words.push(format!("* more threads than the {cores} cores offered"));
    }
    let capacity = Capacity::read(&sweep["capacity"]);
    let over = sweep["over"].as_str().unwrap_or_default();
    if let Some(knee) = sweep["knee"].as_u64() {
        words.push(format!(
            "knee: {} {}, the fewest that are not clearly slower than the best",
            grouped(knee),
            if knee == 1 {
                over.trim_end_matches('s')
            } else {
                over
            }
        ));
    }
    let busy = |capacity: &&Capacity| capacity.low < CONTROL_SCALED;
    words.extend(capacity.as_ref().filter(busy).map(|capacity| {
        format!(
            "your machine is busy: even pure arithmetic gained only {:.2} times ({:.2} to {:.2}) on {cores} threads; \
             try again when it is quiet",
            capacity.median, capacity.low, capacity.high
        )
    }));
    if steps
        .iter()
        .filter(|step| step.karp_flatt.is_some())
        .count()
        > 1
    {
        words.push("efficiency and Karp–Flatt (the serial fraction that would explain it) are against the same code on one thread; where \
             Karp–Flatt rises, the loss is overhead".to_owned());
    }
    words.extend(capacity.filter(|capacity| capacity.low >= CONTROL_SCALED).map(|capacity| {
        format!(
            "the machine, meanwhile: pure arithmetic ran {:.2} times as fast on {cores} threads ({:.2} to {:.2})",
            capacity.median, capacity.low, capacity.high
        )
    }));
    words.extend(simulation(&sweep["simulation"]));
    words
}

/// How many times as fast pure arithmetic ran on all cores as on one.
struct Capacity {
    low: f64,
    median: f64,
    high: f64,
}

impl Capacity {
    fn read(told: &Value) -> Option<Self> {
        Some(Self {
            low: told["low"].as_f64()?,
            median: told["median"].as_f64()?,
            high: told["high"].as_f64()?,
        })
    }
}

fn simulation(simulation: &Value) -> Option<String> {
    let steps = simulation["steps"].as_array()?;
    let told: Vec<String> = steps
        .iter()
        .filter(|step| {
            step["workers"]
                .as_u64()
                .is_some_and(|workers| WORKERS_TOLD.contains(&workers))
        })
        .filter_map(|step| {
            Some(format!(
                "{:.1} on {}",
                step["speed_up"].as_f64()?,
                step["workers"]
            ))
        })
        .collect();
    let split = match simulation["tasks"].as_u64() {
        None => "as the library may split it anywhere, no limit but its serial part".to_owned(),
        Some(1) => "one task is one worker's".to_owned(),
        Some(tasks) => {
            let limit = simulation["limit"].as_f64()?;
            format!("{} tasks set the limit {limit:.1}", grouped(tasks))
        }
    };
    Some(format!(
        "simulated, not measured, from the tasks' durations on one thread: {}; {split}",
        told.join(", ")
    ))
}
