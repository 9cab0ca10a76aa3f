//! A sweep in the terminal: a table with a bar a step, and what it teaches.

use std::fmt::Write as _;

use measure::protocol::{Sweep, SweepDocument, SweepStep, SweptOver};
use measure::{group_thousands, time};
use xtask_core::ui::screen::wrap;
use xtask_core::ui::{BOLD, FAINT, apply_style};

use super::conclusions::conclusions;

/// Columns of the table with efficiency and Karp–Flatt; narrower terminals do without these two.
const ALL_COLUMNS: usize = 76;

pub fn screen(document: &SweepDocument, width: usize) -> String {
    let cores = document.header.machine.cores_offered;
    let sweeps = document.sweeps.iter();
    sweeps.map(|sweep| of_one(sweep, cores, width)).collect()
}

fn of_one(sweep: &Sweep, cores: usize, width: usize) -> String {
    let (steps, over) = (&sweep.steps, sweep.over.unit());
    let on = match sweep.threads {
        None => String::new(),
        Some(1) => ", on one thread".to_owned(),
        Some(threads) => format!(", on {threads} threads"),
    };
    let title = format!("{}, over {over}{on}", sweep.workload);
    let mut page = format!("{}\n", apply_style(BOLD, &wrap(&title, width)));
    let by_threads = sweep.over == SweptOver::Threads;
    let all_columns = by_threads && width >= ALL_COLUMNS;
    let value = steps.iter().map(|step| group_thousands(step.value as u64).len()).max();
    let value = value.unwrap_or(0).max(over.chars().count());
    let head = format!(
        "{:>value$}   {:>8}  {:>8}  {:>8}  {:>13}{}",
        over,
        "baseline",
        "time",
        "speed-up",
        "95 % interval",
        if all_columns { "  efficiency  Karp–Flatt" } else { "" }
    );
    let _ = writeln!(page, "{}", apply_style(FAINT, &head));
    for step in steps {
        let _ = writeln!(page, "{}", row(step, value, all_columns));
    }
    let alone = sweep.alone.unwrap_or(1.0);
    let ideal = |step: &SweepStep| {
        if by_threads { alone * step.value as f64 } else { 1.0 }
    };
    // What lies beyond the cores may have an ideal far beyond the bars.
    let of_cores = |step: &SweepStep| step.speed_up.high.max(ideal(step).min(alone * cores as f64));
    let most = steps.iter().map(of_cores).fold(1.0, f64::max);
    page.push('\n');
    for step in steps {
        let bar = bar(step, ideal(step), most, width - value - 2);
        let _ =
            writeln!(page, "{:>value$}{} {bar}", group_thousands(step.value as u64), mark(step));
    }
    let reference = if by_threads { "ideal" } else { "1" };
    let legend =
        format!("█ at least, ▒ to at most (95 % interval), ┊ {reference}; 1 is {}", sweep.baseline);
    let _ = writeln!(page, "{}\n", apply_style(FAINT, &wrap(&legend, width)));
    for words in conclusions(sweep, cores) {
        let _ = writeln!(page, "{}", wrap(&words, width));
    }
    page + "\n"
}

/// Stands behind more threads than there are cores.
fn mark(step: &SweepStep) -> char {
    if step.beyond_cores { '*' } else { ' ' }
}

fn row(step: &SweepStep, width: usize, all_columns: bool) -> String {
    let or_dash = |number: Option<f64>, decimals: usize| {
        number.map_or("–".to_owned(), |number| format!("{number:.decimals$}"))
    };
    let by_threads = if all_columns {
        let (efficiency, karp_flatt) = (or_dash(step.efficiency, 2), or_dash(step.karp_flatt, 3));
        format!("  {efficiency:>10}  {karp_flatt:>10}")
    } else {
        String::new()
    };
    let interval = step.speed_up.to_string();
    format!(
        "{:>width$}{}  {:>8}  {:>8}  {:>8.2}  {interval:>13}{by_threads}",
        group_thousands(step.value as u64),
        mark(step),
        time(step.serial_s),
        time(step.time_s),
        step.speed_up.median
    )
}

/// Full up to the low end of the interval, shaded up to the high one, with a mark at the ideal if it has its place.
fn bar(step: &SweepStep, ideal: f64, most: f64, width: usize) -> String {
    let column = |speed_up: f64| (speed_up / most * (width - 1) as f64).round() as usize;
    let (low, high, ideal) = (column(step.speed_up.low), column(step.speed_up.high), column(ideal));
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
pub mod tests {
    use measure::Interval;
    use measure::protocol::{Header, Kind, Machine, SCHEMA, Simulation, SimulationStep};

    use super::*;

    /// What a document begins with.
    pub fn header() -> Header {
        Header {
            schema: SCHEMA,
            kind: Kind::Sweep,
            lesson: "02-chunked-integration".to_owned(),
            title: "Chunked integration".to_owned(),
            subject: "exercise".to_owned(),
            command: "cargo xtask sweep 02".to_owned(),
            date: "2026-11-22".to_owned(),
            machine: Machine { cores_offered: 2, system: "linux x86_64".to_owned(), cpu: None },
            complete: true,
        }
    }

    /// A sweep over threads, or over the number of something else.
    pub fn document(over: &str) -> SweepDocument {
        let by_threads = over == "threads";
        let step = |value: usize, beyond_cores, median| SweepStep {
            value,
            beyond_cores,
            time_s: 0.0082 / median,
            serial_s: 0.0082,
            speed_up: Interval { low: median - 0.1, median, high: median + 0.1 },
            efficiency: by_threads.then_some(median / value as f64),
            karp_flatt: (by_threads && value > 1).then_some(0.05),
            seconds: Vec::new(),
            serial_seconds: Vec::new(),
        };
        let simulated = |workers, speed_up| SimulationStep { workers, speed_up: Some(speed_up) };
        SweepDocument {
            header: header(),
            rounds: 15,
            sweeps: vec![Sweep {
                workload: "integral of x² − x: 10,000,000 samples in 64 chunks".to_owned(),
                over: match by_threads {
                    true => SweptOver::Threads,
                    false => SweptOver::Number(over.to_owned()),
                },
                threads: (!by_threads).then_some(2),
                baseline: "the serial loop".to_owned(),
                capacity: Some(Interval { low: 1.9, median: 1.95, high: 1.98 }),
                alone: None,
                knee: Some(2),
                steps: vec![step(1, false, 1.0), step(2, false, 1.9), step(4, by_threads, 1.85)],
                simulation: Some(Simulation {
                    tasks: Some(64),
                    limit: Some(61.25),
                    steps: vec![simulated(2, 1.99), simulated(8, 7.9)],
                }),
            }],
        }
    }

    fn plain(document: &SweepDocument, width: usize) -> String {
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
        let sweep = &mut busy.sweeps[0];
        sweep.capacity.as_mut().unwrap().low = 0.9;
        sweep.knee = None;
        let page = plain(&busy, 80);
        assert!(page.contains("your machine is busy: even pure arithmetic"), "{page}");
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
