//! What criterion has found, in the terminal.

use std::fmt::Write as _;

use measure::time;
use serde_json::Value;
use xtask_core::report::screen::wrapped;
use xtask_core::report::{BOLD, FAINT, OPEN, styled};

/// A table for each workload.
pub fn screen(document: &Value, width: usize) -> String {
    let mut page = String::new();
    for group in document["groups"].as_array().into_iter().flatten() {
        page += &of_group(group, document["against"].as_str(), width);
    }
    for missing in document["missing"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        let words = wrapped(&format!("not measured, {missing}"), width - 4).replace('\n', "\n    ");
        let _ = writeln!(page, "  {} {words}", styled(OPEN, "○"));
    }
    let method = "medians by criterion, one arm after the other; `cargo xtask compare` and `sweep` time them in turn, \
                  which is safer on a busy machine";
    page + &format!("{}\n\n", styled(FAINT, &wrapped(method, width)))
}

fn of_group(group: &Value, against: Option<&str>, width: usize) -> String {
    let arms: Vec<&Value> = group["arms"].as_array().into_iter().flatten().collect();
    let title = group["workload"].as_str().unwrap_or_default();
    let mut page = format!("{}\n", styled(BOLD, &wrapped(title, width)));
    let change = against.map_or(String::new(), |name| format!("  since {name}"));
    let heads = format!(
        "  {:<15}  {:>8}  {:>20}  {:>8}  {:>12}{change}",
        "", "median", "95 % interval", "× serial", "items a s"
    );
    let _ = writeln!(page, "{}", styled(FAINT, &heads));
    let seconds = |arm: &Value, name: &str| arm[name].as_f64().unwrap_or(f64::NAN);
    let serial = arms
        .iter()
        .find(|arm| arm["name"] == "serial baseline")
        .map(|arm| seconds(arm, "median_s"));
    let items = group["items"].as_f64().unwrap_or(f64::NAN);
    for arm in arms {
        let median = seconds(arm, "median_s");
        let interval = format!(
            "{} to {}",
            time(seconds(arm, "low_s")),
            time(seconds(arm, "high_s"))
        );
        let _ = writeln!(
            page,
            "  {:<15}  {:>8}  {interval:>20}  {:>8}  {:>12}{}",
            arm["name"].as_str().unwrap_or_default(),
            time(median),
            serial.map_or("–".to_owned(), |serial| format!("{:.2}", serial / median)),
            rate(items / median),
            since(&arm["change"]),
        );
    }
    page + "\n"
}

/// Items a second: `2.33 billion`.
fn rate(items: f64) -> String {
    match items {
        items if items >= 1e9 => format!("{:.2} billion", items * 1e-9),
        items if items >= 1e6 => format!("{:.1} million", items * 1e-6),
        items => format!("{items:.0}"),
    }
}

fn since(change: &Value) -> String {
    let per_cent = |name: &str| Some(100.0 * change[name].as_f64()?);
    match (per_cent("median"), per_cent("low"), per_cent("high")) {
        (Some(median), Some(low), Some(high)) => {
            let judged = if low > 0.0 || high < 0.0 {
                ""
            } else {
                " (noise)"
            };
            format!("  {median:+.0} %{judged}")
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_arm_is_a_line_with_its_ratio() {
        let arm = |name: &str, median: f64, change: Value| json!({ "name": name, "median_s": median, "low_s": 0.98 * median, "high_s": 1.02 * median, "change": change });
        let document = json!({
            "against": "before",
            "missing": ["yours: it does not compile"],
            "groups": [{ "workload": "integral of x² − x: 10,000,000 samples in 64 chunks", "items": 10_000_000, "arms": [
                arm("serial baseline", 0.0085, json!({ "median": 0.01, "low": -0.01, "high": 0.03 })),
                arm("the model", 0.0043, json!({ "median": -0.2, "low": -0.25, "high": -0.15 })),
            ] }],
        });
        let page = anstream::adapter::strip_str(&screen(&document, 80)).to_string();
        insta::assert_snapshot!(page, @"
        integral of x² − x: 10,000,000 samples in 64 chunks
                             median         95 % interval  × serial     items a s  since before
          serial baseline   8.50 ms    8.33 ms to 8.67 ms      1.00  1.18 billion  +1 % (noise)
          the model         4.30 ms    4.21 ms to 4.39 ms      1.98  2.33 billion  -20 %

          ○ not measured, yours: it does not compile
        medians by criterion, one arm after the other; `cargo xtask compare` and `sweep`
        time them in turn, which is safer on a busy machine
        ");
    }
}
