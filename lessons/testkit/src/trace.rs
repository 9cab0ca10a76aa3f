//! What a tracer has seen: the pieces of a run, and what they say.

use std::ops::Range;

use measure::makespan;
use measure::protocol::{self, Bar, SimulatedRun, SimulatedTime, TracedRun};

/// Who did what, when, in one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// From the beginning to the end of the run, in seconds.
    pub wall: f64,
    /// One for each thread or process that did something, in the order in which they began.
    pub lanes: Vec<Lane>,
    /// The first item of each task; none if every item may go to any thread.
    pub(crate) tasks: Vec<usize>,
}

/// What one thread or process did, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Whether it is another process, and not a thread of this one.
    pub is_process: bool,
    /// Its pieces.
    pub pieces: Vec<Piece>,
}

/// Neighbouring items, handled one right after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The items.
    pub items: Range<usize>,
    /// In seconds since the run began.
    pub start: f64,
    /// In seconds since the run began.
    pub end: f64,
}

/// A lane of a picture is at most this many bars long: more than a screen has columns of dots.
const BARS_A_LANE: f64 = 1500.0;

/// Items that may go to any thread count as tasks of this many parts of a piece, for the simulation: more would change
/// nothing on [`MOST_WORKERS`].
const PARTS_A_PIECE: usize = 1000;

/// The simulation goes up to this many.
const MOST_WORKERS: usize = 64;

impl Piece {
    /// In seconds.
    pub fn lasts(&self) -> f64 {
        self.end - self.start
    }
}

impl Lane {
    /// When its first piece began, in seconds; infinity without one.
    pub fn begin(&self) -> f64 {
        self.pieces.first().map_or(f64::INFINITY, |piece| piece.start)
    }

    /// Seconds of work.
    pub fn busy(&self) -> f64 {
        // From 0, and not from −0 as an empty `sum` does.
        self.pieces.iter().map(Piece::lasts).fold(0.0, |sum, piece| sum + piece)
    }

    /// How many items it handled.
    pub fn items(&self) -> usize {
        self.pieces.iter().map(|piece| piece.items.len()).sum()
    }

    /// Its pieces, those drawn as one that would begin within `resolution` seconds of each other and are shorter.
    fn bars(&self, resolution: f64) -> Vec<Bar> {
        let mut bars: Vec<Bar> = Vec::new();
        for piece in &self.pieces {
            match bars.last_mut() {
                Some(bar) if piece.end - bar.start_s < resolution => {
                    bar.from = bar.from.min(piece.items.start);
                    bar.to = bar.to.max(piece.items.end);
                    bar.end_s = piece.end;
                    bar.pieces += 1;
                    bar.busy_s += piece.lasts();
                }
                _ => bars.push(Bar {
                    from: piece.items.start,
                    to: piece.items.end,
                    start_s: piece.start,
                    end_s: piece.end,
                    pieces: 1,
                    busy_s: piece.lasts(),
                }),
            }
        }
        bars
    }
}

impl Trace {
    /// How many items were handled.
    pub fn items(&self) -> usize {
        self.lanes.iter().map(Lane::items).sum()
    }

    /// Seconds of work, of all lanes together.
    pub fn busy(&self) -> f64 {
        self.lanes.iter().map(Lane::busy).fold(0.0, |sum, lane| sum + lane)
    }

    fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.lanes.iter().flat_map(|lane| &lane.pieces)
    }

    /// What the runner gets: lanes of at most about 1,500 bars. `unit` is what the items are; `threads` is how many could take
    /// part, and those that did nothing are empty lanes; `untraced` is how many seconds a run takes that is not traced.
    pub(crate) fn describe(&self, unit: &str, threads: usize, untraced: f64) -> TracedRun {
        let lanes = threads.max(self.lanes.len());
        let (busy, pieces) = (self.busy(), self.pieces().count());
        let busiest = self.lanes.iter().map(Lane::busy).fold(0.0, f64::max);
        let idle =
            Lane { is_process: self.lanes.iter().any(|lane| lane.is_process), pieces: Vec::new() };
        let lane = |number: usize| {
            let lane = self.lanes.get(number).unwrap_or(&idle);
            let kind = if lane.is_process { "process" } else { "thread" };
            protocol::Lane {
                name: format!("{kind} {}", number + 1),
                items: lane.items(),
                pieces: lane.pieces.len(),
                busy_s: lane.busy(),
                share: share(lane.busy(), busy),
                bars: lane.bars(self.wall / BARS_A_LANE),
            }
        };
        TracedRun {
            unit: unit.to_owned(),
            threads: lanes,
            wall_s: self.wall,
            untraced_s: untraced,
            items: self.items(),
            pieces,
            longest_s: self.pieces().map(Piece::lasts).fold(0.0, f64::max),
            shortest_s: self.pieces().map(Piece::lasts).fold(f64::INFINITY, f64::min),
            mean_s: share(busy, pieces as f64),
            imbalance: share(busiest * lanes as f64, busy),
            idle: 1.0 - share(busy, lanes as f64 * self.wall),
            lanes: (0..lanes).map(lane).collect(),
        }
    }

    /// What the same tasks would take on 1 to 64 workers, by simulation, for a run that takes `wall` seconds on one thread.
    ///
    /// It holds for a run on one thread, whose pieces nothing disturbed. What no piece covers counts as serial.
    pub(crate) fn simulate(&self, wall: f64) -> SimulatedRun {
        // Tracing a run makes it longer, its parts alike.
        let scale = wall / self.wall;
        let tasks: Vec<f64> = self.task_times().into_iter().map(|time| time * scale).collect();
        let serial = (wall - tasks.iter().sum::<f64>()).max(0.0);
        let longest = tasks.iter().copied().fold(0.0, f64::max);
        let on = |workers| SimulatedTime {
            workers,
            s: serial + makespan(tasks.iter().copied(), workers),
        };
        let is_split = !self.tasks.is_empty();
        SimulatedRun {
            tasks: is_split.then_some(tasks.len()),
            one_s: wall,
            serial_s: serial,
            // More workers than tasks change nothing; items that may go anywhere set no limit of their own.
            least_s: if is_split { serial + longest } else { serial },
            steps: (1..=MOST_WORKERS).map(on).collect(),
        }
    }

    /// In the order of their items, as a pool would deal them.
    fn task_times(&self) -> Vec<f64> {
        let mut pieces: Vec<&Piece> = self.pieces().collect();
        pieces.sort_by_key(|piece| piece.items.start);
        let parts = |piece: &Piece| {
            if self.tasks.is_empty() { piece.items.len().clamp(1, PARTS_A_PIECE) } else { 1 }
        };
        let times = pieces.iter().flat_map(|piece| {
            let parts = parts(piece);
            std::iter::repeat_n(piece.lasts() / parts as f64, parts)
        });
        times.collect()
    }
}

/// 0 of nothing.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(pieces: &[(Range<usize>, f64, f64)]) -> Lane {
        let piece = |(items, start, end): &(Range<usize>, f64, f64)| Piece {
            items: items.clone(),
            start: *start,
            end: *end,
        };
        Lane { is_process: false, pieces: pieces.iter().map(piece).collect() }
    }

    /// Two lanes, of 3 and of 1 seconds of work, in 4 seconds.
    fn uneven(tasks: Vec<usize>) -> Trace {
        Trace {
            wall: 4.0,
            lanes: vec![
                lane(&[(0..10, 0.0, 1.0), (10..40, 1.0, 3.0)]),
                lane(&[(40..50, 0.5, 1.5)]),
            ],
            tasks,
        }
    }

    #[test]
    fn imbalance_and_idle_time_are_told() {
        let told = uneven(vec![]).describe("items", 2, 4.0);
        assert_eq!(told.pieces, 3);
        assert_eq!(told.longest_s, 2.0);
        assert_eq!(told.shortest_s, 1.0);
        assert_eq!(told.imbalance, 1.5, "3 seconds where an even share were 2");
        assert_eq!(told.idle, 0.5, "4 of 8 seconds");
        assert_eq!(told.lanes[0].share, 0.75);
    }

    #[test]
    fn threads_that_did_nothing_are_empty_lanes() {
        let told = uneven(vec![]).describe("items", 4, 4.0);
        assert_eq!(told.lanes.len(), 4);
        assert_eq!(told.lanes[3].pieces, 0);
        assert_eq!(told.lanes[3].name, "thread 4");
        assert_eq!(told.lanes[3].share.to_bits(), 0, "0, and not -0");
        assert_eq!(told.imbalance, 3.0);
    }

    #[test]
    fn pieces_too_short_to_be_seen_are_one_bar() {
        let tiny = |k: usize| (k..k + 1, k as f64 * 1e-6, (k as f64 + 0.5) * 1e-6);
        let pieces: Vec<_> = (0..100_000).map(tiny).collect();
        let bars = lane(&pieces).bars(0.1 / BARS_A_LANE);
        assert!((1000..=1600).contains(&bars.len()), "{}", bars.len());
        assert_eq!(bars.iter().map(|bar| bar.pieces).sum::<usize>(), 100_000);
        let busy: f64 = bars.iter().map(|bar| bar.busy_s).sum();
        assert!((busy - 0.05).abs() < 1e-9, "half of the time: {busy}");
        assert_eq!(lane(&[(0..1, 0.0, 1.0), (1..2, 1.0, 2.0)]).bars(0.1).len(), 2);
    }

    #[test]
    fn the_longest_task_limits_what_more_workers_bring() {
        let expected = uneven(vec![0, 10, 40]).simulate(4.0);
        assert_eq!(expected.tasks, Some(3));
        assert_eq!(expected.least_s, 2.0, "no serial second, and a task of 2");
        let on = |workers: usize| expected.steps[workers - 1].s;
        assert_eq!([on(1), on(2), on(64)], [4.0, 2.0, 2.0]);
    }

    #[test]
    fn what_no_piece_covers_stays_serial() {
        let expected = uneven(vec![]).simulate(8.0);
        let serial = |expected: &SimulatedRun| expected.serial_s;
        assert!(serial(&expected) < 1e-9, "all is twice as long: {expected:?}");
        let mut late = uneven(vec![]);
        late.wall = 5.0;
        let expected = late.simulate(5.0);
        assert!((serial(&expected) - 1.0).abs() < 1e-9, "{expected:?}");
        let on_all = expected.steps[63].s;
        assert!((on_all - (1.0 + 4.0 / 64.0)).abs() < 0.1, "{on_all}");
    }

    #[test]
    fn without_a_piece_nothing_is_divided_by_zero() {
        let empty = Trace { wall: 1.0, lanes: Vec::new(), tasks: Vec::new() };
        let told = empty.describe("items", 2, 4.0);
        assert_eq!([told.mean_s, told.imbalance], [0.0, 0.0]);
        assert_eq!(told.idle, 1.0);
    }
}
