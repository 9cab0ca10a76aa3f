//! What the rounds of a sweep say, as parts of its document.

use anyhow::Result;
use measure::{efficiency, karp_flatt};
use serde_json::{Value, json};
use xtask_core::rounds::Arm;
use xtask_core::served::{Served, Side};

use super::Run;
use super::plan::{Over, Plan};
use crate::cmd::measuring::told;

pub fn step(plan: &Plan, value: usize, arms: &[Arm<Run>], cores: usize) -> Option<Value> {
    let at = plan.at(value);
    let arm = |side| {
        arms.iter().find(|arm| match arm.run {
            Run::Workload(of, its) => {
                its == side && (of == at || (side == Side::Serial && plan.over != Over::Size))
            }
            Run::Control(_) => false,
        })
    };
    let (serial, subject) = (arm(Side::Serial)?, arm(Side::Subject)?);
    let speed_up = subject.speed_over(serial)?;
    let of_threads = plan.over == Over::Threads;
    // What the threads contribute is seen beside the same code on one of them.
    let one = Run::Workload(plan.at(1), Side::Subject);
    let one = arms.iter().find(|arm| of_threads && arm.run == one);
    let gain = one
        .and_then(|one| subject.speed_over(one))
        .unwrap_or(speed_up)
        .median;
    Some(json!({
        "value": value,
        "beyond_cores": of_threads && value > cores,
        "time_s": subject.median()?,
        "serial_s": serial.median()?,
        "speed_up": told(Some(speed_up)),
        "efficiency": of_threads.then(|| efficiency(gain, value)),
        "karp_flatt": of_threads.then(|| karp_flatt(gain, value)).flatten(),
        "seconds": subject.seconds,
        "serial_seconds": serial.seconds,
    }))
}

/// The speed-up of the subject on one thread, where the threads are swept over and one is among them. Ideal is so much for
/// each thread.
pub fn alone(plan: &Plan, steps: &[Value]) -> Value {
    let one = steps.iter().find(|step| step["value"] == 1);
    one.filter(|_| plan.over == Over::Threads)
        .map_or(Value::Null, |one| one["speed_up"]["median"].clone())
}

/// So much above the best time is clearly slower, by the rule of lesson 04.
const CLEARLY_SLOWER: f64 = 1.05;

/// On a quiet machine, the smallest number of threads or tasks that is not clearly slower than the best. A size has no
/// knee: it is not chosen.
pub fn knee(plan: &Plan, steps: &[Value]) -> Option<usize> {
    let figure = |step: &Value, name: &str| step["speed_up"][name].as_f64().unwrap_or(f64::NAN);
    let best = steps
        .iter()
        .map(|step| figure(step, "median"))
        .fold(0.0, f64::max);
    let reaches = |step: &&Value| CLEARLY_SLOWER * figure(step, "high") >= best;
    let first = steps
        .iter()
        .find(reaches)
        .filter(|_| plan.over != Over::Size)?;
    first["value"]
        .as_u64()
        .and_then(|value| usize::try_from(value).ok())
}

/// What its tasks would take on 1 to 64 workers, against the serial baseline.
pub fn simulated(plan: &Plan, served: &mut Served, serial_s: f64) -> Result<Value> {
    let told = served.ask(&json!({ "expect": plan.at(1).to_json() }))?;
    if told.is_null() {
        return Ok(Value::Null);
    }
    let speed_up = |seconds: &Value| seconds.as_f64().filter(|&s| s > 0.0).map(|s| serial_s / s);
    let steps = told["steps"].as_array().into_iter().flatten();
    let steps =
        steps.map(|step| json!({ "workers": step["workers"], "speed_up": speed_up(&step["s"]) }));
    Ok(json!({
        "tasks": told["tasks"],
        "limit": speed_up(&told["least_s"]),
        "steps": steps.collect::<Vec<_>>(),
    }))
}

#[cfg(test)]
mod tests {
    use super::super::plan::tests::workload;
    use super::*;

    #[test]
    fn the_knee_is_the_first_that_is_not_clearly_slower_than_the_best() {
        let step = |value: usize, median: f64, high: f64| json!({ "value": value, "speed_up": { "median": median, "high": high } });
        let steps = [step(1, 1.0, 1.1), step(2, 1.9, 2.0), step(4, 2.05, 2.15)];
        let workload = workload(false);
        let mut plan = Plan {
            workload: &workload,
            at: workload.usual(),
            over: Over::Threads,
            values: vec![1, 2, 4],
        };
        assert_eq!(knee(&plan, &steps), Some(2));
        plan.over = Over::Size;
        assert_eq!(knee(&plan, &steps), None);
    }
}
