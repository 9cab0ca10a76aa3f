//! Documents as the measuring commands keep them.

use serde_json::{Value, json};

fn document(kind: &str, contents: Value) -> Value {
    let mut document = json!({
        "schema": 1, "kind": kind, "lesson": "02-chunked-integration", "title": "Chunked integration",
        "subject": "exercise", "command": format!("cargo xtask {kind} 02"), "date": "2026-11-22", "complete": true,
        "machine": { "cores_offered": 2, "system": "linux x86_64", "cpu": "AMD EPYC 7B13" },
    });
    let contents = contents.as_object().expect("fields").clone();
    document.as_object_mut().expect("fields").extend(contents);
    document
}

fn interval(median: f64) -> Value {
    json!({ "median": median, "low": median - 0.25, "high": median + 0.25 })
}

/// Over threads: 1, 2 and 4 on 2 cores. The medians are halves and quarters, so that places can be computed.
pub fn sweep() -> Value {
    let step = |threads: u32, speed_up: f64| {
        json!({
            "value": threads, "beyond_cores": threads > 2, "time_s": 0.01 / speed_up, "serial_s": 0.01,
            "speed_up": interval(speed_up), "efficiency": speed_up / f64::from(threads), "karp_flatt": 0.03,
            "seconds": [], "serial_seconds": [],
        })
    };
    let simulated =
        [1, 2, 8, 64].map(|workers| json!({ "workers": workers, "speed_up": workers.min(8) }));
    let threads = json!({
        "workload": "integral: 10,000,000 samples", "over": "threads", "baseline": "the serial loop", "threads": null,
        "capacity": interval(1.875), "steps": [step(1, 1.0), step(2, 1.75), step(4, 1.5)], "knee": 2,
        "simulation": { "tasks": 8, "limit": 8, "steps": simulated },
    });
    document("sweep", json!({ "rounds": 15, "sweeps": [threads] }))
}

pub fn sweep_over_tasks() -> Value {
    let mut document = sweep();
    let sweep = &mut document["sweeps"][0];
    for (step, tasks) in [1, 100, 10_000].into_iter().enumerate() {
        sweep["steps"][step]["value"] = json!(tasks);
        sweep["steps"][step]["beyond_cores"] = json!(false);
    }
    sweep["over"] = json!("tasks");
    sweep["threads"] = json!(2);
    sweep["knee"] = json!(100);
    sweep["simulation"] = Value::Null;
    document
}

/// Eight pieces of 1 ms on two lanes that end together; the last piece of the second lane stands for 1,000 short ones, of
/// which a quarter was work.
pub fn trace() -> Value {
    let bar = |piece: u32| {
        let start = f64::from(piece / 2) * 1e-3;
        json!({
            "from": piece * 100, "to": (piece + 1) * 100, "start_s": start, "end_s": start + 1e-3, "pieces": 1,
            "busy_s": 1e-3,
        })
    };
    let lane = |thread: u32| {
        let bars: Vec<Value> = (0..4).map(|index| bar(2 * index + thread)).collect();
        json!({
            "name": format!("thread {}", thread + 1), "items": 400, "pieces": 4, "busy_s": 4e-3, "share": 0.5,
            "bars": bars,
        })
    };
    let mut lanes = json!([lane(0), lane(1)]);
    lanes[1]["bars"][3]["pieces"] = json!(1000);
    lanes[1]["bars"][3]["busy_s"] = json!(0.25e-3);
    let trace = json!({
        "workload": "integral: 800 samples", "unit": "samples", "threads": 2, "items": 800, "wall_s": 5e-3, "untraced_s": 4e-3,
        "overhead": 1.25, "pieces": 1007, "longest_s": 1e-3, "mean_s": 1e-4, "shortest_s": 1e-6, "imbalance": 1.0,
        "idle": 0.2, "words": ["Both threads did half of the work."], "lanes": lanes,
    });
    document("trace", json!({ "traces": [trace] }))
}

/// The model, a faster submission and one of which nothing can be told; the last could not run the second workload.
pub fn compare() -> Value {
    let measured = |to_model: f64, decision: &str| {
        json!({
            "time_s": 0.01 / to_model, "to_model": interval(to_model), "to_serial": interval(2.0 * to_model),
            "decision": decision, "paid": "faster", "seconds": [], "threads": 2, "allocations": 12, "allocated_bytes": 4096, "peak_bytes": 4096,
        })
    };
    let subject = |name: &str, source: &str, first: Value, second: Value| {
        json!({
            "name": name, "code": format!("{name}/src/lib.rs"), "lines": 3, "verdict": "passed", "seen": null,
            "tiers": [{ "tier": "correct", "tests": 19, "failures": 1 }], "source": source,
            "workloads": [first, second],
        })
    };
    let one = || measured(1.0, "the model");
    let subjects = [
        subject("the model", "fn one() {}\nfn two() {}\n", one(), one()),
        subject("exercise", "fn one() {}\nfn two() {}\n", measured(2.0, "faster"), one()),
        subject("anna", "fn one() {}\nfn three() {}\n", measured(0.5, "cannot tell"), Value::Null),
    ];
    let workloads = ["integral: 10,000,000 samples", "integral: 1,000 samples"];
    document("compare", json!({ "rounds": 15, "workloads": workloads, "subjects": subjects }))
}
