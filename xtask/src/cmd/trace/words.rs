//! What a trace says, in sentences that tell what to change.

use measure::protocol::{Lane, TracedRun};
use measure::{group_thousands, time};

/// From here on the busiest thread's share is worth a word: the others wait for a fifth of its work.
const UNEVEN: f64 = 1.2;
/// A longest piece this many times the mean decides when all is done.
const LONG: f64 = 2.0;
/// Seconds. Shorter pieces are not much longer than what it costs to hand one over, a microsecond or so.
const TINY: f64 = 5e-6;
/// With this many pieces a lane, more would hardly help.
const FEW_A_LANE: usize = 16;
/// The share of the wall time from which on a part of it is worth a word.
const MUCH: f64 = 0.1;

/// What to make of a trace, the most telling first; never empty.
pub fn words(run: &TracedRun) -> Vec<String> {
    let (lanes, pieces) = (run.lanes.as_slice(), run.pieces);
    let at_work = lanes.iter().filter(|lane| lane.pieces > 0).count();
    let mut words = Vec::new();

    if lanes.len() == 1 {
        words.push("one thread: there is no other to share with".to_owned());
    } else if at_work == 1 {
        let why = match pieces {
            1 => "the work is one piece: split it",
            _ => "its pieces ran one after the other: hand them to the pool",
        };
        words.push(format!("one thread of {} did all the work; {why}", lanes.len()));
    } else if run.imbalance > UNEVEN {
        let busiest = lanes.iter().max_by(|one, other| one.busy_s.total_cmp(&other.busy_s));
        let (name, share) = busiest.map_or(("", 0.0), |lane| (lane.name.as_str(), lane.share));
        let times = run.longest_s / run.mean_s;
        let why = if times >= LONG {
            format!(
                "the longest piece is {times:.1} times the mean: smaller or more even pieces balance better"
            )
        } else if pieces < 2 * lanes.len() {
            "there are fewer than two pieces a thread: more of them balance better".to_owned()
        } else {
            "its pieces are not longer than the others': another program may have held the other threads up".to_owned()
        };
        words.push(format!("{name} did {:.0} % of the work; {why}", 100.0 * share));
    }
    if pieces > lanes.len() && run.mean_s < TINY {
        words.push(format!(
            "{} pieces of {} on average: handing each over costs about as much as its work; give each task more",
            group_thousands(pieces as u64),
            time(run.mean_s)
        ));
    }
    let (first, last) = first_and_last(lanes);
    let (before, after) = (first, run.wall_s - last);
    for (lasts, when) in
        [(before, "before the first piece began"), (after, "after the last piece ended")]
    {
        if lasts > MUCH * run.wall_s {
            words.push(format!(
                "{} of {} passed {when}: work on one thread, which more threads do not shorten",
                time(lasts),
                time(run.wall_s)
            ));
        }
    }
    let end_of = |lane: &Lane| first_and_last(std::slice::from_ref(lane)).1;
    let first_done = lanes.iter().min_by(|one, other| end_of(one).total_cmp(&end_of(other)));
    if let Some(lane) =
        first_done.filter(|lane| words.is_empty() && last - end_of(lane) > MUCH * run.wall_s)
    {
        let more =
            if pieces < FEW_A_LANE * lanes.len() { ": more pieces balance better" } else { "" };
        words.push(format!(
            "{} ran out of work {} before the end{more}",
            lane.name,
            time(last - end_of(lane))
        ));
    }
    if words.is_empty() && run.idle > MUCH {
        words.push(format!(
            "the threads were idle {:.0} % of the time, between their pieces: was the machine busy?",
            100.0 * run.idle
        ));
    }
    if words.is_empty() {
        words.push(format!(
            "evenly shared: the threads were at work {:.0} % of the time",
            100.0 * (1.0 - run.idle)
        ));
    }
    words
}

/// When the first piece began and the last one ended, in seconds.
fn first_and_last(lanes: &[Lane]) -> (f64, f64) {
    let bars = || lanes.iter().flat_map(|lane| &lane.bars);
    let first = bars().map(|bar| bar.start_s).fold(f64::INFINITY, f64::min);
    let last = bars().map(|bar| bar.end_s).fold(0.0, f64::max);
    (if first.is_finite() { first } else { 0.0 }, last)
}

#[cfg(test)]
mod tests {
    use measure::protocol::Bar;

    use super::*;

    /// The pieces of a lane: in ms, from and to.
    type Pieces<'a> = &'a [(f64, f64)];

    /// A run of 10 ms on these lanes.
    fn trace(lanes: &[Pieces]) -> TracedRun {
        let wall = 10e-3;
        let lasts = |piece: &(f64, f64)| (piece.1 - piece.0) * 1e-3;
        let all: Vec<f64> = lanes.iter().flat_map(|lane| lane.iter().map(lasts)).collect();
        let busy: f64 = all.iter().sum();
        let of_lane = |lane: &Pieces| lane.iter().map(lasts).sum::<f64>();
        let busiest = lanes.iter().map(of_lane).fold(0.0, f64::max);
        let bar = |piece: &(f64, f64)| Bar {
            from: 0,
            to: 1,
            start_s: piece.0 * 1e-3,
            end_s: piece.1 * 1e-3,
            pieces: 1,
            busy_s: lasts(piece),
        };
        let lane = |(k, pieces): (usize, &Pieces)| Lane {
            name: format!("thread {}", k + 1),
            items: pieces.len(),
            pieces: pieces.len(),
            busy_s: of_lane(pieces),
            share: of_lane(pieces) / busy,
            bars: pieces.iter().map(bar).collect(),
        };
        TracedRun {
            unit: "items".to_owned(),
            threads: lanes.len(),
            wall_s: wall,
            untraced_s: wall,
            items: all.len(),
            pieces: all.len(),
            longest_s: all.iter().copied().fold(0.0, f64::max),
            shortest_s: all.iter().copied().fold(f64::INFINITY, f64::min),
            mean_s: busy / all.len() as f64,
            imbalance: busiest * lanes.len() as f64 / busy,
            idle: 1.0 - busy / (wall * lanes.len() as f64),
            lanes: lanes.iter().enumerate().map(lane).collect(),
        }
    }

    #[test]
    fn a_trace_is_told_in_the_words_that_help_most() {
        let even = [(0.0, 5.0), (5.0, 10.0)];
        let late = [(4.0, 6.0), (6.0, 8.5)];
        let tiny: Vec<_> =
            (0..2000).map(|k| f64::from(k) * 5e-3).map(|at| (at, at + 3e-3)).collect();
        let traces: [(&str, &[Pieces]); 9] = [
            ("even pieces to the end", &[&even, &even]),
            ("a long last piece", &[&[(0.0, 1.0), (1.0, 10.0)], &[(0.0, 1.0), (1.0, 2.0)]]),
            ("a thread that is done early", &[&even, &[(0.0, 4.0), (4.0, 8.5)]]),
            ("three pieces on two threads", &[&even, &[(0.0, 5.0)]]),
            ("one piece", &[&[(0.0, 10.0)], &[]]),
            ("pieces on one of two threads", &[&even, &[]]),
            ("one thread", &[&[(0.0, 10.0)]]),
            ("tiny pieces", &[&tiny, &tiny]),
            ("serial work before and after", &[&late, &late]),
        ];
        let told =
            traces.map(|(of, lanes)| format!("{of}:\n  {}\n", words(&trace(lanes)).join("\n  ")));
        insta::assert_snapshot!(told.concat(), @"
        even pieces to the end:
          evenly shared: the threads were at work 100 % of the time
        a long last piece:
          thread 1 did 83 % of the work; the longest piece is 3.0 times the mean: smaller or more even pieces balance better
        a thread that is done early:
          thread 2 ran out of work 1.50 ms before the end: more pieces balance better
        three pieces on two threads:
          thread 1 did 67 % of the work; there are fewer than two pieces a thread: more of them balance better
        one piece:
          one thread of 2 did all the work; the work is one piece: split it
        pieces on one of two threads:
          one thread of 2 did all the work; its pieces ran one after the other: hand them to the pool
        one thread:
          one thread: there is no other to share with
        tiny pieces:
          4,000 pieces of 3.00 µs on average: handing each over costs about as much as its work; give each task more
        serial work before and after:
          4.00 ms of 10.0 ms passed before the first piece began: work on one thread, which more threads do not shorten
          1.50 ms of 10.0 ms passed after the last piece ended: work on one thread, which more threads do not shorten
        ");
    }
}
