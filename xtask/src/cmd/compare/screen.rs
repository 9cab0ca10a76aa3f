//! A comparison in the terminal.

use std::fmt::Write as _;

use measure::{bytes, grouped, time};
use serde_json::Value;
use xtask_core::report::screen::wrapped;
use xtask_core::report::{BAD, BOLD, FAINT, GOOD, OPEN, styled};

/// Longer names are cut at their beginning: the end of a path tells more.
const LONGEST_NAME: usize = 24;
/// Columns of a line beside the name.
const BESIDE_A_NAME: usize = 44;

/// The subjects with their verdicts, then a table for each workload.
pub fn screen(document: &Value, width: usize) -> String {
    let subjects: Vec<&Value> = document["subjects"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let longest = width.saturating_sub(BESIDE_A_NAME).clamp(8, LONGEST_NAME);
    let names: Vec<String> = subjects
        .iter()
        .map(|subject| name(subject, longest))
        .collect();
    let widest = names
        .iter()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0);
    let mut page = format!(
        "{}\n",
        styled(BOLD, document["title"].as_str().unwrap_or_default())
    );
    for (subject, name) in subjects.iter().zip(&names) {
        let _ = writeln!(page, "  {name:<widest$}  {}", verdict(subject));
        if let Some(seen) = subject["seen"].as_str() {
            let seen = wrapped(seen, width - 4).replace('\n', "\n    ");
            let _ = writeln!(page, "    {}", styled(FAINT, &seen));
        }
    }
    let workloads = document["workloads"].as_array().into_iter().flatten();
    for (number, workload) in workloads.filter_map(Value::as_str).enumerate() {
        let _ = writeln!(page, "\n{}", styled(BOLD, &wrapped(workload, width)));
        let heads = format!(
            "  {:<widest$}  {:>8}  {:>7}  {:>13}",
            "", "time", "× model", "95 % interval"
        );
        let _ = writeln!(page, "{}", styled(FAINT, &heads));
        for (subject, name) in subjects.iter().zip(&names) {
            page += &of_subject(
                &format!("{name:<widest$}"),
                &subject["workloads"][number],
                width,
            );
        }
    }
    page + &tally(&document["tally"]) + "\n"
}

/// What was said in all comparisons, if there were several.
fn tally(tally: &Value) -> String {
    let Some(comparisons) = tally["comparisons"].as_u64() else {
        return String::new();
    };
    let title = format!("what was said in {comparisons} comparisons");
    let mut lines = format!("\n{}\n", styled(BOLD, &title));
    for said in tally["said"].as_array().into_iter().flatten() {
        let beside = match said["question"].as_str() {
            Some("paid") => "the serial baseline",
            _ => "the model",
        };
        let answers = said["answers"].as_object().into_iter().flatten();
        let answers: Vec<_> = answers
            .map(|(answer, count)| format!("{answer} {count}"))
            .collect();
        let number = said["workload"].as_u64().unwrap_or_default() + 1;
        let _ = writeln!(
            lines,
            "  {} beside {beside}, workload {number}: {}",
            name(said, LONGEST_NAME),
            answers.join(", ")
        );
    }
    lines
}

fn name(subject: &Value, longest: usize) -> String {
    let name = subject["name"].as_str().unwrap_or_default();
    match name.char_indices().rev().nth(longest - 2) {
        Some((at, _)) if name.chars().count() > longest => format!("…{}", &name[at..]),
        _ => name.to_owned(),
    }
}

fn verdict(subject: &Value) -> String {
    let word = subject["verdict"].as_str().unwrap_or_default();
    let sign = match word {
        "passed" => styled(GOOD, "✓"),
        "not-started" => styled(OPEN, "○"),
        _ => styled(BAD, "✗"),
    };
    let tiers = subject["tiers"].as_array().into_iter().flatten();
    let tiers = tiers.map(|tier| {
        let count = |name: &str| tier[name].as_u64().unwrap_or_default();
        let holding = count("tests") - count("failures");
        format!(
            ", {} {holding}/{}",
            tier["tier"].as_str().unwrap_or_default(),
            count("tests")
        )
    });
    let lines = subject["lines"].as_u64().unwrap_or_default();
    format!(
        "{sign} {}{}, {lines} lines",
        word.replace('-', " "),
        tiers.collect::<String>()
    )
}

fn of_subject(name: &str, measured: &Value, width: usize) -> String {
    if measured.is_null() {
        return format!(
            "  {name}  {}\n",
            styled(FAINT, "not measured: see its verdict")
        );
    }
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    let (ratio, serial) = (&measured["to_model"], &measured["to_serial"]);
    let interval = format!(
        "{:.2} to {:.2}",
        number(&ratio["low"]),
        number(&ratio["high"])
    );
    let said = measured["decision"].as_str().unwrap_or_default();
    let style = match said {
        "faster" => GOOD,
        "slower" => BAD,
        _ => FAINT,
    };
    let said = if said == "the model" {
        String::new()
    } else {
        styled(style, said)
    };
    let first = format!(
        "  {name}  {:>8}  {:>7.2}  {interval:>13}  {said}",
        time(number(&measured["time_s"])),
        number(&ratio["median"]),
    );
    let mut costs = vec![format!(
        "{:.2} × the serial baseline ({})",
        number(&serial["median"]),
        measured["paid"].as_str().unwrap_or_default()
    )];
    costs.extend(measured["threads"].as_u64().map(|threads| match threads {
        1 => "1 thread".to_owned(),
        more => format!("{more} threads"),
    }));
    costs.extend(measured["allocations"].as_u64().map(|count| {
        let peak = measured["peak_bytes"].as_u64().unwrap_or_default();
        let plural = if count == 1 { "" } else { "s" };
        format!(
            "{} allocation{plural}, {} at once",
            grouped(count),
            bytes(peak as f64)
        )
    }));
    let costs = wrapped(&costs.join(", "), width - 4).replace('\n', "\n    ");
    format!("{}\n    {}\n", first.trim_end(), styled(FAINT, &costs))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn subjects_stand_side_by_side() {
        let workload = |time: f64, ratio: f64, said: &str| {
            json!({ "time_s": time, "to_model": { "low": ratio - 0.02, "median": ratio, "high": ratio + 0.02 },
                "to_serial": { "median": 1.9 * ratio }, "decision": said, "paid": "faster", "threads": 2,
                "allocations": 12, "peak_bytes": 2048 })
        };
        let passed = json!([{ "tier": "correct", "tests": 19, "failures": 0 }, { "tier": "concurrent", "tests": 4, "failures": 0 }]);
        let failed = json!([{ "tier": "correct", "tests": 19, "failures": 3 }]);
        let document = json!({
            "title": "Chunked integration",
            "workloads": ["integral of x² − x: 10,000,000 samples in 64 chunks"],
            "subjects": [
                { "name": "the model", "verdict": "passed", "tiers": passed, "lines": 29, "workloads": [workload(0.0043, 1.0, "the model")] },
                { "name": "submissions/2026/a-long-name/02", "verdict": "passed", "tiers": passed, "lines": 35, "workloads": [workload(0.0062, 0.69, "slower")] },
                { "name": "exercise", "verdict": "failed", "tiers": failed, "lines": 20, "seen": "n = 10, chunks = 3: sample 9 is never evaluated", "workloads": [null] },
            ],
        });
        let page = anstream::adapter::strip_str(&screen(&document, 80)).to_string();
        insta::assert_snapshot!(page, @"
        Chunked integration
          the model                 ✓ passed, correct 19/19, concurrent 4/4, 29 lines
          …ons/2026/a-long-name/02  ✓ passed, correct 19/19, concurrent 4/4, 35 lines
          exercise                  ✗ failed, correct 16/19, 20 lines
            n = 10, chunks = 3: sample 9 is never evaluated

        integral of x² − x: 10,000,000 samples in 64 chunks
                                        time  × model  95 % interval
          the model                  4.30 ms     1.00   0.98 to 1.02
            1.90 × the serial baseline (faster), 2 threads, 12 allocations, 2.0 KiB at
            once
          …ons/2026/a-long-name/02   6.20 ms     0.69   0.67 to 0.71  slower
            1.31 × the serial baseline (faster), 2 threads, 12 allocations, 2.0 KiB at
            once
          exercise                  not measured: see its verdict
        ");
        assert!(
            page.lines().all(|line| line.chars().count() <= 80),
            "{page}"
        );
    }
}
