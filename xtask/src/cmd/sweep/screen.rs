//! A sweep in the terminal: a table with a bar a step, and what is to be learnt from it.

use std::fmt::Write as _;

use measure::{grouped, time};
use serde_json::Value;
use xtask_core::report::screen::wrapped;
use xtask_core::report::{BOLD, FAINT, styled};

use super::conclusions::conclusions;

/// Columns of the table with efficiency and Karp–Flatt; narrower terminals do without these two.
const ALL_COLUMNS: usize = 76;

/// All sweeps of a document.
pub fn screen(document: &Value, width: usize) -> String {
    let sweeps = document["sweeps"].as_array().into_iter().flatten();
    let cores = document["machine"]["cores_offered"].as_u64().unwrap_or(1);
    sweeps.map(|sweep| of_one(sweep, cores, width)).collect()
}

fn of_one(sweep: &Value, cores: u64, width: usize) -> String {
    let text = |name: &str| sweep[name].as_str().unwrap_or_default();
    let steps: Vec<Step> = sweep["steps"]
        .as_array()
        .into_iter()
        .flatten()
        .map(Step::read)
        .collect();
    let on = match sweep["threads"].as_u64() {
        None => String::new(),
        Some(1) => ", on one thread".to_owned(),
        Some(threads) => format!(", on {threads} threads"),
    };
    let title = format!("{}, over {}{on}", text("workload"), text("over"));
    let mut page = format!("{}\n", styled(BOLD, &wrapped(&title, width)));
    let by_threads = text("over") == "threads";
    let all_columns = by_threads && width >= ALL_COLUMNS;
    let value = steps.iter().map(|step| grouped(step.value).len()).max();
    let value = value.unwrap_or(0).max(text("over").chars().count());
    let head = format!(
        "{:>value$}   {:>8}  {:>8}  {:>8}  {:>13}{}",
        text("over"),
        "baseline",
        "time",
        "speed-up",
        "95 % interval",
        if all_columns {
            "  efficiency  Karp–Flatt"
        } else {
            ""
        }
    );
    let _ = writeln!(page, "{}", styled(FAINT, &head));
    for step in &steps {
        let _ = writeln!(page, "{}", step.row(value, all_columns));
    }
    let alone = sweep["alone"].as_f64().unwrap_or(1.0);
    let ideal = |step: &Step| {
        if by_threads {
            alone * step.value as f64
        } else {
            1.0
        }
    };
    // What lies beyond the cores may have an ideal far beyond the bars.
    let of_cores = |step: &Step| step.high.max(ideal(step).min(alone * cores as f64));
    let most = steps.iter().map(of_cores).fold(1.0, f64::max);
    page.push('\n');
    for step in &steps {
        let bar = bar(step, ideal(step), most, width - value - 2);
        let _ = writeln!(page, "{:>value$}{} {bar}", grouped(step.value), step.mark());
    }
    let reference = if by_threads { "ideal" } else { "1" };
    let legend = format!(
        "█ at least, ▒ to at most (95 % interval), ┊ {reference}; 1 is {}",
        text("baseline")
    );
    let _ = writeln!(page, "{}\n", styled(FAINT, &wrapped(&legend, width)));
    for words in conclusions(sweep, &steps, cores) {
        let _ = writeln!(page, "{}", wrapped(&words, width));
    }
    page + "\n"
}

/// A step of the document.
pub struct Step {
    pub value: u64,
    pub beyond_cores: bool,
    time: f64,
    serial: f64,
    low: f64,
    median: f64,
    high: f64,
    efficiency: Option<f64>,
    pub karp_flatt: Option<f64>,
}

impl Step {
    fn read(step: &Value) -> Self {
        let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
        Self {
            value: step["value"].as_u64().unwrap_or_default(),
            beyond_cores: step["beyond_cores"] == true,
            time: number(&step["time_s"]),
            serial: number(&step["serial_s"]),
            low: number(&step["speed_up"]["low"]),
            median: number(&step["speed_up"]["median"]),
            high: number(&step["speed_up"]["high"]),
            efficiency: step["efficiency"].as_f64(),
            karp_flatt: step["karp_flatt"].as_f64(),
        }
    }
}

impl Step {
    /// Stands behind more threads than there are cores.
    fn mark(&self) -> char {
        if self.beyond_cores { '*' } else { ' ' }
    }

    fn row(&self, width: usize, all_columns: bool) -> String {
        let or_dash = |number: Option<f64>, decimals: usize| {
            number.map_or("–".to_owned(), |number| format!("{number:.decimals$}"))
        };
        let by_threads = if all_columns {
            let (efficiency, karp_flatt) =
                (or_dash(self.efficiency, 2), or_dash(self.karp_flatt, 3));
            format!("  {efficiency:>10}  {karp_flatt:>10}")
        } else {
            String::new()
        };
        let interval = format!("{:.2} to {:.2}", self.low, self.high);
        format!(
            "{:>width$}{}  {:>8}  {:>8}  {:>8.2}  {interval:>13}{by_threads}",
            grouped(self.value),
            self.mark(),
            time(self.serial),
            time(self.time),
            self.median
        )
    }
}

/// Full up to the low end of the interval, shaded up to the high one, with a mark at the ideal if it has its place.
fn bar(step: &Step, ideal: f64, most: f64, width: usize) -> String {
    let column = |speed_up: f64| (speed_up / most * (width - 1) as f64).round() as usize;
    let (low, high, ideal) = (column(step.low), column(step.high), column(ideal));
    let cell = |place: usize| match place {
        place if place < low => '█',
        place if place < high => '▒',
        place if place == ideal => '┊',
        _ => ' ',
    };
    let bar: String = (0..width).map(cell).collect();
    bar.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document(over: &str) -> Value {
        let step = |value: u64, beyond: bool, speed_up: f64| {
            json!({ "value": value, "beyond_cores": beyond, "time_s": 0.0082 / speed_up, "serial_s": 0.0082,
                "speed_up": { "low": speed_up - 0.1, "median": speed_up, "high": speed_up + 0.1 },
                "efficiency": (over == "threads").then_some(speed_up / value as f64),
                "karp_flatt": (over == "threads" && value > 1).then_some(0.05) })
        };
        json!({
            "machine": { "cores_offered": 2 },
            "sweeps": [{
                "workload": "integral of x² − x: 10,000,000 samples in 64 chunks",
                "over": over,
                "threads": (over != "threads").then_some(2),
                "baseline": "the serial loop",
                "capacity": { "low": 1.9, "median": 1.95, "high": 1.98 },
                "knee": 2,
                "steps": [step(1, false, 1.0), step(2, false, 1.9), step(4, over == "threads", 1.85)],
                "simulation": { "tasks": 64, "limit": 61.25,
                    "steps": [{ "workers": 2, "speed_up": 1.99 }, { "workers": 8, "speed_up": 7.9 }] },
            }],
        })
    }

    fn plain(document: &Value, width: usize) -> String {
        anstream::adapter::strip_str(&screen(document, width)).to_string()
    }

    #[test]
    fn threads_are_swept_against_the_ideal() {
        insta::assert_snapshot!(plain(&document("threads"), 80), @"
        integral of x² − x: 10,000,000 samples in 64 chunks, over threads
        threads   baseline      time  speed-up  95 % interval  efficiency  Karp–Flatt
              1    8.20 ms   8.20 ms      1.00   0.90 to 1.10        1.00           –
              2    8.20 ms   4.32 ms      1.90   1.80 to 2.00        0.95       0.050
              4*   8.20 ms   4.43 ms      1.85   1.75 to 1.95        0.46       0.050

              1  ████████████████████████████████▒▒▒▒▒▒▒
              2  ███████████████████████████████████████████████████████████████▒▒▒▒▒▒▒┊
              4* █████████████████████████████████████████████████████████████▒▒▒▒▒▒▒
        █ at least, ▒ to at most (95 % interval), ┊ ideal; 1 is the serial loop

        * more threads than the 2 cores offered
        knee: 2 threads, the fewest that are not clearly slower than the best
        efficiency and Karp–Flatt (the serial fraction that would explain it) are
        against the same code on one thread; where Karp–Flatt rises, the loss is
        overhead
        the machine, meanwhile: pure arithmetic ran 1.95 times as fast on 2 threads
        (1.90 to 1.98)
        simulated, not measured, from the tasks' durations on one thread: 2.0 on 2, 7.9
        on 8; 64 tasks set the limit 61.2
        ");
    }

    #[test]
    fn tasks_are_swept_against_the_baseline() {
        insta::assert_snapshot!(plain(&document("chunks"), 60), @"
        integral of x² − x: 10,000,000 samples in 64 chunks, over
        chunks, on 2 threads
        chunks   baseline      time  speed-up  95 % interval
             1    8.20 ms   8.20 ms      1.00   0.90 to 1.10
             2    8.20 ms   4.32 ms      1.90   1.80 to 2.00
             4    8.20 ms   4.43 ms      1.85   1.75 to 1.95

             1  ███████████████████████▒▒▒▒▒
             2  ██████████████████████████████████████████████▒▒▒▒▒
             4  █████████████████████████████████████████████▒▒▒▒▒
        █ at least, ▒ to at most (95 % interval), ┊ 1; 1 is the
        serial loop

        knee: 2 chunks, the fewest that are not clearly slower than
        the best
        the machine, meanwhile: pure arithmetic ran 1.95 times as
        fast on 2 threads (1.90 to 1.98)
        simulated, not measured, from the tasks' durations on one
        thread: 2.0 on 2, 7.9 on 8; 64 tasks set the limit 61.2
        ");
    }

    #[test]
    fn a_busy_machine_is_told_instead_of_a_knee() {
        let mut busy = document("threads");
        busy["sweeps"][0]["capacity"]["low"] = json!(0.9);
        busy["sweeps"][0]["knee"] = Value::Null;
        let page = plain(&busy, 80);
        assert!(
            page.contains("your machine is busy: even pure arithmetic"),
            "{page}"
        );
        assert!(!page.contains("knee: "), "{page}");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for (over, width) in [("threads", 80), ("threads", 60), ("chunks", 80)] {
            let page = plain(&document(over), width);
            let widest = page.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(width), "{widest:?} of {width}:\n{page}");
        }
    }
}
