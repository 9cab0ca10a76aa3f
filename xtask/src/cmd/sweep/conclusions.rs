//! What a sweep teaches, in sentences.

use measure::protocol::{Simulation, Sweep};
use measure::{CONTROL_SCALED, Interval, group_thousands};

/// Workers of the simulation that the screen shows; the document has all.
const WORKERS_TOLD: [usize; 6] = [2, 4, 8, 16, 32, 64];

/// What the figures say, in sentences.
pub fn conclusions(sweep: &Sweep, cores: usize) -> Vec<String> {
    let mut words = Vec::new();
    let steps = &sweep.steps;
    if steps.iter().any(|step| step.beyond_cores) {
        words.push(format!("* more threads than the {cores} cores offered"));
    }
    let capacity = sweep.capacity;
    let over = sweep.over.unit();
    if let Some(knee) = sweep.knee {
        words.push(format!(
            "knee: {} {}, the fewest that are not clearly slower than the best",
            group_thousands(knee as u64),
            if knee == 1 { over.trim_end_matches('s') } else { over }
        ));
    }
    let busy = |capacity: &Interval| capacity.low < CONTROL_SCALED;
    words.extend(capacity.filter(busy).map(|capacity| {
        format!(
            "your machine is busy: even pure arithmetic gained only {:.2} times ({:.2} to {:.2}) on {cores} threads; \
             try again when it is quiet",
            capacity.median, capacity.low, capacity.high
        )
    }));
    if steps.iter().filter(|step| step.karp_flatt.is_some()).count() > 1 {
        words.push("efficiency and Karp–Flatt (the serial fraction that would explain it) are against the same code on one thread; where \
             Karp–Flatt rises, the loss is overhead".to_owned());
    }
    words.extend(capacity.filter(|capacity| capacity.low >= CONTROL_SCALED).map(|capacity| {
        format!(
            "the machine, meanwhile: pure arithmetic ran {:.2} times as fast on {cores} threads ({:.2} to {:.2})",
            capacity.median, capacity.low, capacity.high
        )
    }));
    words.extend(sweep.simulation.as_ref().and_then(simulation));
    words
}

fn simulation(simulation: &Simulation) -> Option<String> {
    let told = simulation.steps.iter().filter(|step| WORKERS_TOLD.contains(&step.workers));
    let told: Vec<String> = told
        .filter_map(|step| Some(format!("{:.1} on {}", step.speed_up?, step.workers)))
        .collect();
    let split = match simulation.tasks {
        None => "as the library may split it anywhere, no limit but its serial part".to_owned(),
        Some(1) => "one task is one worker's".to_owned(),
        Some(tasks) => {
            let limit = simulation.limit?;
            format!("{} tasks set the limit {limit:.1}", group_thousands(tasks as u64))
        }
    };
    Some(format!(
        "simulated, not measured, from the tasks' durations on one thread: {}; {split}",
        told.join(", ")
    ))
}
