//! What was timed, as a table a workload.

use std::fmt::Write as _;

use measure::protocol::{Language, PeerArm, PeersDocument, PeersJob, SpeedRatio};
use measure::time;
use xtask_core::ui::screen::wrap;
use xtask_core::ui::{BOLD, FAINT, apply_style};

/// The longest name that leaves room for the rest on a line of 80.
const NAME: usize = 26;
/// In less, the intervals are left out.
const WIDTH_WITH_INTERVALS: usize = 80;

pub fn screen(document: &PeersDocument, width: usize) -> String {
    let mut page: String = document.jobs.iter().map(|job| of_one(job, width)).collect();
    if !document.jobs.is_empty() {
        let _ = writeln!(page, "{}\n", apply_style(FAINT, &wrap(LEGEND, width)));
    }
    for note in &document.notes {
        let _ = writeln!(page, "{}", wrap(note, width));
    }
    page
}

const LEGEND: &str = "× Rust: how many times as fast as the fastest Rust; × prange: as numba prange \
    on as many threads; 1/20 is 20 times as slow. The Rust is built for this processor, as numba compiles for it. \
    A Pool's threads are processes.";

fn of_one(job: &PeersJob, width: usize) -> String {
    let rounds = |arm: &PeerArm| arm.seconds.len();
    let most = job.arms.iter().map(rounds).max().unwrap_or(0);
    let fewest = job.arms.iter().map(rounds).min().unwrap_or(0);

    let mut page = format!("{}\n", apply_style(BOLD, &wrap(&job.workload, width)));
    let heads = ["threads", "time", "× Rust", "95 % interval", "× prange"];
    let _ =
        writeln!(page, "{}", apply_style(FAINT, &line("", heads.map(str::to_owned), ' ', width)));
    for arm in &job.arms {
        let rust = arm.language == Language::Rust;
        let name = &arm.name;
        let label = if rust { format!("Rust: {name}") } else { name.clone() };
        let cells = [
            arm.threads.to_string(),
            arm.median_s.map_or(DASH.to_owned(), time),
            median(arm.to_fastest_rust),
            interval(arm.to_fastest_rust),
            median(arm.to_prange),
        ];
        let mark = if rounds(arm) < most { '*' } else { ' ' };
        let line = line(&label, cells, mark, width);
        let _ = writeln!(page, "{}", if rust { apply_style(BOLD, &line) } else { line });
    }
    let mut medians = format!("medians of {}", count_words(most));
    if fewest < most {
        let _ = write!(medians, "; * slow: of {}", count_words(fewest));
    }
    page + &apply_style(FAINT, &wrap(&medians, width)) + "\n\n"
}

const DASH: &str = "–";

fn count_words(rounds: usize) -> String {
    match rounds {
        1 => "1 run".to_owned(),
        rounds => format!("{rounds} rounds"),
    }
}

fn line(label: &str, cells: [String; 5], mark: char, width: usize) -> String {
    let [threads, time, rust, interval, prange] = cells;
    let interval =
        if width < WIDTH_WITH_INTERVALS { String::new() } else { format!("  {interval:>16}") };
    let line =
        format!("{label:<NAME$} {threads:>7} {time:>8}{mark}  {rust:>7}{interval} {prange:>8}");
    line.trim_end().to_owned()
}

/// `1.27`, `0.79`, and `1/136` for what is slower than a tenth.
fn ratio(ratio: f64) -> String {
    match ratio {
        ratio if ratio < 0.0995 => format!("1/{:.0}", 1.0 / ratio),
        ratio if ratio < 9.995 => format!("{ratio:.2}"),
        ratio if ratio < 99.95 => format!("{ratio:.1}"),
        ratio => format!("{ratio:.0}"),
    }
}

fn median(of: Option<SpeedRatio>) -> String {
    of.map_or(DASH.to_owned(), |of| ratio(of.median))
}

/// The ends of an interval; where both are the same, it is the fastest Rust beside itself.
fn interval(of: Option<SpeedRatio>) -> String {
    match of.and_then(|of| of.low.zip(of.high)) {
        Some((low, high)) if low != high => format!("{} to {}", ratio(low), ratio(high)),
        _ => DASH.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use measure::protocol::Language::{Python, Rust};

    use super::super::super::sweep::screen::tests::header;
    use super::*;

    fn arm(language: Language, name: &str, threads: usize, median: f64, rounds: usize) -> PeerArm {
        let fastest = 0.0078;
        let ratio = fastest / median;
        let end =
            |factor: f64| (rounds > 5).then_some(ratio * if ratio == 1.0 { 1.0 } else { factor });
        PeerArm {
            language,
            name: name.to_owned(),
            threads,
            median_s: Some(median),
            to_fastest_rust: Some(SpeedRatio { low: end(0.96), median: ratio, high: end(1.03) }),
            to_prange: (threads == 2).then_some(SpeedRatio {
                low: None,
                median: 0.0099 / median,
                high: None,
            }),
            seconds: vec![median; rounds],
        }
    }

    fn document() -> PeersDocument {
        PeersDocument {
            header: header(),
            rounds: 15,
            jobs: vec![PeersJob {
                workload: "integral of x² − x: 10,000,000 samples in 64 chunks".to_owned(),
                arms: vec![
                    arm(Rust, "the model", 2, 0.0078, 15),
                    arm(Python, "numba prange", 2, 0.0099, 15),
                    arm(Rust, "the array expression", 1, 0.0201, 15),
                    arm(Python, "numba automatic parallel", 1, 0.0105, 15),
                    arm(Python, "Pool, 64 tasks", 2, 0.61, 15),
                    arm(Python, "plain Python", 1, 1.06, 3),
                ],
            }],
            notes: vec!["yours is not measured: lesson 02 is not started".to_owned()],
        }
    }

    fn plain(width: usize) -> String {
        anstream::adapter::strip_str(&screen(&document(), width)).to_string()
    }

    #[test]
    fn each_way_to_do_the_job_is_a_line() {
        insta::assert_snapshot!(plain(80), @"
        integral of x² − x: 10,000,000 samples in 64 chunks
                                   threads     time    × Rust     95 % interval × prange
        Rust: the model                  2  7.80 ms      1.00                 –     1.27
        numba prange                     2  9.90 ms      0.79      0.76 to 0.81     1.00
        Rust: the array expression       1  20.1 ms      0.39      0.37 to 0.40        –
        numba automatic parallel         1  10.5 ms      0.74      0.71 to 0.77        –
        Pool, 64 tasks                   2   610 ms      1/78      1/81 to 1/76     1/62
        plain Python                     1   1.06 s*    1/136                 –        –
        medians of 15 rounds; * slow: of 3 rounds

        × Rust: how many times as fast as the fastest Rust; × prange: as numba prange on
        as many threads; 1/20 is 20 times as slow. The Rust is built for this processor,
        as numba compiles for it. A Pool's threads are processes.

        yours is not measured: lesson 02 is not started
        ");
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in [62, 80, 100] {
            let page = plain(width);
            let widest = page.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(width), "{widest:?} of {width}:\n{page}");
        }
    }
}
