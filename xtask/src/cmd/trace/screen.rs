//! A trace in the terminal: a line a thread.

use std::fmt::Write as _;

use measure::protocol::{Bar, Trace, TraceDocument, TracedRun};
use measure::{group_thousands, time};
use xtask_core::ui::screen::wrap;
use xtask_core::ui::{BOLD, FAINT, apply_style};

/// Columns beside the lanes: their name, and the thread's share of the work.
const BESIDE_A_LANE: usize = 18;
/// This many pieces or fewer are listed one by one.
const LISTED: usize = 16;
/// From this factor on, what is seen is not quite the run without observation.
const DEAR: f64 = 1.5;
/// A cell with less work than this is idle.
const IDLE: f64 = 0.1;

pub fn screen(document: &TraceDocument, width: usize) -> String {
    let traces = document.traces.iter();
    traces.map(|trace| of_one(trace, width)).collect()
}

fn of_one(trace: &Trace, width: usize) -> String {
    let run = &trace.run;
    let wall = run.wall_s;
    let mut page = format!("{}\n\n", apply_style(BOLD, &wrap(&trace.workload, width)));
    let cells = width - BESIDE_A_LANE;
    for lane in &run.lanes {
        let (name, share) = (&lane.name, 100.0 * lane.share);
        let _ = writeln!(page, "{name:>11} {} {share:>3.0} %", draw_lane(&lane.bars, wall, cells));
    }
    let end = time(wall);
    let axis = format!("{:11} 0{end:>1$}", "", cells - 1);
    let _ = writeln!(page, "{}", apply_style(FAINT, &axis));
    let legend = "█ ▓ a piece, ▒ several short ones, · idle; at the right the share of the work";
    let _ = writeln!(page, "{}\n", apply_style(FAINT, &wrap(legend, width)));

    for words in &trace.words {
        let _ = writeln!(page, "{}", apply_style(BOLD, &wrap(words, width)));
    }
    let figures = format!(
        "pieces: {}, longest {}, mean {}, shortest {}; imbalance {:.2} (busiest thread over the mean); idle {:.0} %",
        group_thousands(run.pieces as u64),
        time(run.longest_s),
        time(run.mean_s),
        time(run.shortest_s),
        run.imbalance,
        100.0 * run.idle.max(0.0),
    );
    let _ = writeln!(page, "{}", wrap(&figures, width));
    let followed = format!(
        "followed, the run took {}, alone {}: watching every item costs a factor of {:.1} here{}",
        time(wall),
        time(run.untraced_s),
        trace.overhead,
        if trace.overhead < DEAR {
            ""
        } else {
            ", so pieces look longer than they are, and handing them over cheaper"
        }
    );
    let _ = writeln!(page, "{}", wrap(&followed, width));
    page += &list_pieces(run);
    page + "\n"
}

/// A lane of this many cells, each a stretch of time.
fn draw_lane(bars: &[Bar], wall: f64, cells: usize) -> String {
    let a_cell = wall / cells as f64;
    let cell = |place: usize| {
        let (from, to) = (place as f64 * a_cell, (place + 1) as f64 * a_cell);
        let first = bars.partition_point(|bar| bar.end_s <= from);
        let within = bars[first..].iter().take_while(|bar| bar.start_s < to);
        let (mut work, mut pieces, mut longest) = (0.0, 0, (0.0, 0));
        for (index, bar) in within.enumerate() {
            let shared = bar.end_s.min(to) - bar.start_s.max(from);
            // The share of a bar that stands for several pieces is as busy as the whole.
            work += shared * bar.busy_s / (bar.end_s - bar.start_s).max(f64::MIN_POSITIVE);
            pieces += bar.pieces;
            if shared > longest.0 {
                longest = (shared, first + index);
            }
        }
        match longest.1 % 2 {
            _ if work < IDLE * a_cell => '·',
            // A border between two pieces belongs to the larger part; a third makes it a crowd.
            _ if pieces > 2 => '▒',
            0 => '█',
            _ => '▓',
        }
    };
    (0..cells).map(cell).collect()
}

/// The pieces one by one, with their items, if they are few.
fn list_pieces(run: &TracedRun) -> String {
    let mut pieces: Vec<(&str, &Bar)> = Vec::new();
    for lane in &run.lanes {
        pieces.extend(lane.bars.iter().map(|bar| (lane.name.as_str(), bar)));
    }
    if run.pieces > LISTED || pieces.len() > LISTED {
        return String::new();
    }
    pieces.sort_by(|(_, one), (_, other)| one.start_s.total_cmp(&other.start_s));
    let unit = &run.unit;
    let items = |bar: &Bar| {
        format!("{}..{}", group_thousands(bar.from as u64), group_thousands(bar.to as u64))
    };
    let widest = pieces.iter().map(|(_, bar)| items(bar).len()).max().unwrap_or(0);
    let mut list = format!(
        "\n{}\n",
        apply_style(FAINT, &format!("pieces in the order in which they began; items are {unit}"))
    );
    for (name, bar) in &pieces {
        let _ = writeln!(
            list,
            "{name:>11} {:>widest$}  {:>8} to {:>8}",
            items(bar),
            time(bar.start_s),
            time(bar.end_s)
        );
    }
    list
}

#[cfg(test)]
mod tests {
    use measure::protocol::{Json, Lane};
    use serde_json::json;

    use super::*;

    fn bar(from: usize, to: usize, start_s: f64, end_s: f64, pieces: usize) -> Bar {
        Bar { from, to, start_s, end_s, pieces, busy_s: end_s - start_s }
    }

    fn plain(lanes: &[Vec<Bar>], pieces: usize) -> String {
        let lane = |(k, bars): (usize, &Vec<Bar>)| Lane {
            name: format!("thread {}", k + 1),
            items: 0,
            pieces: bars.len(),
            busy_s: 0.0,
            share: 0.5,
            bars: bars.clone(),
        };
        let lanes: Vec<Lane> = lanes.iter().enumerate().map(lane).collect();
        let trace = Trace::from_json(&json!({
            "workload": "integral of x² − x: 10,000,000 samples in 4 chunks", "unit": "samples", "threads": 2,
            "wall_s": 0.02, "untraced_s": 0.005, "overhead": 4.0, "items": 10_000_000, "pieces": pieces,
            "longest_s": 0.01, "mean_s": 0.01, "shortest_s": 0.01, "imbalance": 1.0, "idle": 0.02,
            "words": ["evenly shared: the threads were at work 98 % of the time"], "lanes": lanes.to_json(),
        }));
        anstream::adapter::strip_str(&of_one(&trace.unwrap(), 80)).to_string()
    }

    #[test]
    fn a_few_large_pieces_are_seen_one_by_one() {
        let lanes = [
            vec![bar(0, 2_500_000, 0.0, 0.01, 1), bar(2_500_000, 5_000_000, 0.01, 0.02, 1)],
            vec![
                bar(5_000_000, 7_500_000, 0.001, 0.01, 1),
                bar(7_500_000, 10_000_000, 0.01, 0.019, 1),
            ],
        ];
        insta::assert_snapshot!(plain(&lanes, 4), @"
        integral of x² − x: 10,000,000 samples in 4 chunks

           thread 1 ███████████████████████████████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓  50 %
           thread 2 ···████████████████████████████▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓···  50 %
                    0                                                      20.0 ms
        █ ▓ a piece, ▒ several short ones, · idle; at the right the share of the work

        evenly shared: the threads were at work 98 % of the time
        pieces: 4, longest 10.0 ms, mean 10.0 ms, shortest 10.0 ms; imbalance 1.00
        (busiest thread over the mean); idle 2 %
        followed, the run took 20.0 ms, alone 5.00 ms: watching every item costs a
        factor of 4.0 here, so pieces look longer than they are, and handing them over
        cheaper

        pieces in the order in which they began; items are samples
           thread 1          0..2,500,000   0.00 ns to  10.0 ms
           thread 2  5,000,000..7,500,000   1.00 ms to  10.0 ms
           thread 1  2,500,000..5,000,000   10.0 ms to  20.0 ms
           thread 2 7,500,000..10,000,000   10.0 ms to  19.0 ms
        ");
    }

    #[test]
    fn many_tiny_pieces_look_otherwise() {
        let tiny = |k: usize| bar(k, k + 500, k as f64 * 1e-5, k as f64 * 1e-5 + 8e-6, 500);
        let lanes = [(0..2000).map(tiny).collect(), vec![]];
        let page = plain(&lanes, 1_000_000);
        let lane = |name: &str| page.lines().find(|line| line.contains(name)).unwrap().to_owned();
        assert!(lane("thread 1").contains(&"▒".repeat(62)), "{page}");
        assert!(lane("thread 2").contains(&"·".repeat(62)), "{page}");
        assert!(!page.contains("in the order in which they began"), "{page}");
    }
}
