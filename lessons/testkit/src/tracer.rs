//! Follows one run: which thread handled which items, when.

use std::cell::Cell;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::{Instant, SystemTime};

use crate::Trace;
use crate::trace::{Lane, Piece};

/// Follows one run, cheaply enough that the run stays what it is.
///
/// A [`Probe`](crate::Probe) remembers every call, for a check. A tracer remembers *pieces*: runs of neighbouring items
/// that one thread handled one right after the other. Each thread writes only to its own record, so the threads never wait
/// for each other. Every trace states what it costs: the wall time with and without it.
///
/// ```
/// use testkit::{Tracer, pool_of_two};
/// use rayon::prelude::*;
///
/// let tracer = Tracer::new(vec![]);
/// let square = |i: usize| tracer.call(i, || i * i);
/// let sum: usize = pool_of_two().install(|| (0..100).into_par_iter().map(square).sum());
///
/// assert_eq!(sum, 328_350);
/// assert_eq!(tracer.finish().items(), 100);
/// ```
#[derive(Debug)]
pub struct Tracer {
    /// Distinguishes this tracer's records from those that a thread has left on an earlier one.
    id: usize,
    begun: Instant,
    begun_by_the_calendar: SystemTime,
    /// The first item of each task, ascending; none if every item may go to any thread.
    tasks: Vec<usize>,
    records: Mutex<Vec<&'static Record>>,
    /// What other processes did, each with its number.
    elsewhere: Mutex<Vec<(u32, Piece)>>,
}

/// What one thread has done. Only that thread writes to it.
#[derive(Debug, Default)]
struct Record {
    /// The tracer that the thread is on.
    whose: AtomicUsize,
    /// The piece under way: its first item, and the one after its latest.
    first: AtomicUsize,
    next: AtomicUsize,
    /// Where it has to end, because another task begins there.
    limit: AtomicUsize,
    /// The next item that needs more than counting: the clock has to be read, or the piece ends.
    stop: AtomicUsize,
    start_ns: AtomicU64,
    /// The latest look at the clock, and the item that was next then.
    stamp_ns: AtomicU64,
    stamped: AtomicUsize,
    done: Mutex<Vec<Piece>>,
}

/// Of cheap items, the clock is read before one in this many: reading it costs about 20 to 50 ns.
const ITEMS_A_STAMP: usize = 64;

/// The next tracer's number. No tracer has the number 0.
static TRACERS: AtomicUsize = AtomicUsize::new(1);

thread_local! {
    /// This thread's record. It is never given back: that would cost every item a look whether it still is there.
    static OWN: Cell<Option<&'static Record>> = const { Cell::new(None) };
}

impl Tracer {
    /// A tracer that begins now. `tasks` has the first item of each task, ascending; if it is empty, every item may go to
    /// any thread.
    ///
    /// A thread is on one tracer at a time, the one to which it reported last.
    pub fn new(tasks: Vec<usize>) -> Self {
        Self {
            id: TRACERS.fetch_add(1, Relaxed),
            begun: Instant::now(),
            begun_by_the_calendar: SystemTime::now(),
            tasks,
            records: Mutex::default(),
            elsewhere: Mutex::default(),
        }
    }

    /// Reports that this thread is about to handle `item`, one of very many cheap ones.
    ///
    /// The clock is read before the first items of a piece and then now and then, so the end of a piece is good to a few
    /// dozen items.
    #[inline]
    pub fn step(&self, item: usize) {
        let record = self.own_record();
        if item == record.next.load(Relaxed) && item < record.stop.load(Relaxed) {
            record.next.store(item + 1, Relaxed);
        } else {
            self.step_and_look(record, item);
        }
    }

    #[cold]
    fn step_and_look(&self, record: &Record, item: usize) {
        if !record.goes_on_to(item) {
            record.turn_to(item, self.end_of_task(item), self.now());
        } else {
            record.stamp(item, self.now());
        }
        record.stop_after(item);
    }

    /// Handles `item` by `work`, with a look at the clock before and after, and returns what `work` returns.
    pub fn call<R>(&self, item: usize, work: impl FnOnce() -> R) -> R {
        let record = self.own_record();
        if !record.goes_on_to(item) {
            record.turn_to(item, self.end_of_task(item), self.now());
        }
        let result = work();
        record.stamp(item + 1, self.now());
        result
    }

    /// Reports that another process has handled `item`, from `start` to `end` by the machine's calendar clock.
    pub fn elsewhere(&self, process: u32, item: usize, start: SystemTime, end: SystemTime) {
        let since_begun = |time: SystemTime| {
            time.duration_since(self.begun_by_the_calendar).unwrap_or_default().as_secs_f64()
        };
        let piece =
            Piece { items: item..item + 1, start: since_begun(start), end: since_begun(end) };
        self.elsewhere.lock().expect(NEVER_POISONED).push((process, piece));
    }

    /// Ends the run, when all the work is done, and returns what was seen.
    pub fn finish(self) -> Trace {
        let wall = self.begun.elapsed().as_secs_f64();
        let mut lanes: Vec<Lane> = Vec::new();
        let mut records = self.records.into_inner().expect(NEVER_POISONED);
        records.retain(|record| record.whose.load(Relaxed) == self.id);
        for record in records {
            record.finish(self.begun.elapsed().as_nanos() as u64);
            let pieces = std::mem::take(&mut *record.done.lock().expect(NEVER_POISONED));
            lanes.push(Lane { is_process: false, pieces });
        }
        let mut elsewhere = self.elsewhere.into_inner().expect(NEVER_POISONED);
        elsewhere.sort_by(|one, other| {
            (one.0, one.1.start).partial_cmp(&(other.0, other.1.start)).expect("times are numbers")
        });
        for of_one in elsewhere.chunk_by(|one, other| one.0 == other.0) {
            lanes.push(Lane {
                is_process: true,
                pieces: of_one.iter().map(|(_, piece)| piece.clone()).collect(),
            });
        }
        lanes.sort_by(|one, other| one.begin().total_cmp(&other.begin()));
        Trace { wall, lanes, tasks: self.tasks }
    }

    fn now(&self) -> u64 {
        self.begun.elapsed().as_nanos() as u64
    }

    /// The first item past the task that `item` belongs to.
    fn end_of_task(&self, item: usize) -> usize {
        let later = self.tasks.partition_point(|&first| first <= item);
        self.tasks.get(later).copied().unwrap_or(usize::MAX)
    }

    #[inline]
    fn own_record(&self) -> &'static Record {
        match OWN.get() {
            Some(record) if record.whose.load(Relaxed) == self.id => record,
            other => self.begin_record(other),
        }
    }

    /// This thread comes to the tracer: for the first time, or from another one.
    #[cold]
    fn begin_record(&self, own: Option<&'static Record>) -> &'static Record {
        let record = own.unwrap_or_else(|| Box::leak(Box::default()));
        OWN.set(Some(record));
        record.begin(self.id);
        self.records.lock().expect(NEVER_POISONED).push(record);
        record
    }
}

impl Record {
    /// Forgets what was done on an earlier tracer.
    fn begin(&self, tracer: usize) {
        self.whose.store(tracer, Relaxed);
        for place in [&self.first, &self.next, &self.limit, &self.stop] {
            place.store(0, Relaxed);
        }
        self.done.lock().expect(NEVER_POISONED).clear();
    }

    /// Counts `item` to the piece under way, if it is the next of the same task.
    fn goes_on_to(&self, item: usize) -> bool {
        let goes_on = item == self.next.load(Relaxed) && item < self.limit.load(Relaxed);
        if goes_on {
            self.next.store(item + 1, Relaxed);
        }
        goes_on
    }

    /// The next look at the clock after `item`: before the second, the third, the fifth, … item of a piece, and then
    /// now and then.
    fn stop_after(&self, item: usize) {
        let first = self.first.load(Relaxed);
        let more = item - first + 1;
        let look = if more < ITEMS_A_STAMP {
            more.next_power_of_two()
        } else {
            more.next_multiple_of(ITEMS_A_STAMP)
        };
        let limit = self.limit.load(Relaxed);
        self.stop.store(limit.min(first + look), Relaxed);
    }

    /// Records the time before `item` was handled.
    fn stamp(&self, item: usize, now: u64) {
        self.stamp_ns.store(now, Relaxed);
        self.stamped.store(item, Relaxed);
    }

    /// Ends the piece under way, if there is one, and begins another.
    #[cold]
    fn turn_to(&self, item: usize, limit: usize, now: u64) {
        self.finish(now);
        self.first.store(item, Relaxed);
        self.next.store(item + 1, Relaxed);
        self.limit.store(limit, Relaxed);
        self.start_ns.store(now, Relaxed);
        self.stamp(item, now);
    }

    /// Ends the piece under way. It went on after the last look at the clock as fast as before.
    fn finish(&self, now: u64) {
        let Range { start: first, end: next } = self.first.load(Relaxed)..self.next.load(Relaxed);
        if first == next {
            return;
        }
        let (start, stamp) = (self.start_ns.load(Relaxed), self.stamp_ns.load(Relaxed));
        let stamped = self.stamped.load(Relaxed);
        let pace = (stamp - start) as f64 / (stamped - first).max(1) as f64;
        let end = stamp as f64 + (next - stamped) as f64 * pace;
        self.done.lock().expect(NEVER_POISONED).push(Piece {
            items: first..next,
            start: start as f64 * 1e-9,
            end: end.min(now as f64) * 1e-9,
        });
        self.first.store(next, Relaxed);
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::pool_of_two;

    /// First item and the one after the last, of every piece.
    fn ranges(trace: &Trace) -> Vec<Vec<(usize, usize)>> {
        let of_lane = |lane: &Lane| {
            lane.pieces.iter().map(|piece| (piece.items.start, piece.items.end)).collect()
        };
        trace.lanes.iter().map(of_lane).collect()
    }

    #[test]
    fn neighbours_handled_one_after_the_other_are_one_piece() {
        let tracer = Tracer::new(vec![]);
        [0, 1, 2, 7, 8, 3].into_iter().for_each(|item| tracer.step(item));
        assert_eq!(ranges(&tracer.finish()), [[(0, 3), (7, 9), (3, 4)]]);
    }

    #[test]
    fn a_piece_ends_where_another_task_begins() {
        let tracer = Tracer::new(vec![0, 3, 4]);
        (0..6).for_each(|item| tracer.step(item));
        assert_eq!(ranges(&tracer.finish()), [[(0, 3), (3, 4), (4, 6)]]);
        let tracer = Tracer::new(vec![0, 3, 4]);
        (0..6).for_each(|item| tracer.call(item, || ()));
        assert_eq!(ranges(&tracer.finish()), [[(0, 3), (3, 4), (4, 6)]]);
    }

    #[test]
    fn an_item_handled_twice_is_told_twice() {
        let tracer = Tracer::new(vec![]);
        [0, 1, 1].into_iter().for_each(|item| tracer.call(item, || ()));
        assert_eq!(ranges(&tracer.finish()), [[(0, 2), (1, 2)]]);
    }

    #[test]
    fn each_thread_has_a_lane_and_every_item_is_in_one() {
        let pool = pool_of_two();
        let tracer = Tracer::new(vec![]);
        pool.install(|| {
            rayon::broadcast(|context| (0..10).for_each(|i| tracer.step(10 * context.index() + i)))
        });
        let mut lanes = ranges(&tracer.finish());
        lanes.sort_by_key(|lane| lane[0]);
        assert_eq!(lanes, [[(0, 10)], [(10, 20)]]);
    }

    #[test]
    fn a_thread_that_was_on_an_earlier_trail_begins_anew() {
        for _ in 0..2 {
            let tracer = Tracer::new(vec![]);
            tracer.step(5);
            assert_eq!(ranges(&tracer.finish()), [[(5, 6)]]);
        }
    }

    #[test]
    fn a_thread_that_turns_to_another_trail_leaves_nothing_there() {
        let (left, entered) = (Tracer::new(vec![]), Tracer::new(vec![]));
        (0..9).for_each(|item| left.step(item));
        (9..20).for_each(|item| entered.step(item));
        assert_eq!(ranges(&entered.finish()), [[(9, 20)]]);
        assert_eq!(left.finish().lanes.len(), 0);
    }

    #[test]
    fn steps_and_visits_make_one_piece() {
        let tracer = Tracer::new(vec![]);
        for item in 0..300 {
            if item % 7 == 0 {
                tracer.call(item, || ());
            } else {
                tracer.step(item);
            }
        }
        assert_eq!(ranges(&tracer.finish()), [[(0, 300)]]);
    }

    #[test]
    fn a_piece_lasts_as_long_as_its_work() {
        let tracer = Tracer::new(vec![]);
        let spin = |time: Duration| {
            let start = Instant::now();
            while start.elapsed() < time {}
        };
        let long = Duration::from_millis(3);
        tracer.call(0, || spin(long));
        spin(long);
        tracer.call(5, || spin(long));
        let trace = tracer.finish();
        let [first, second] = &trace.lanes[0].pieces[..] else { panic!("{trace:?}") };
        for piece in [first, second] {
            assert!(piece.end - piece.start >= long.as_secs_f64(), "{piece:?}");
        }
        assert!(second.start - first.end >= long.as_secs_f64(), "nothing ran between: {trace:?}");
        assert!(trace.wall >= second.end, "{trace:?}");
    }

    #[test]
    fn the_end_of_a_piece_of_cheap_items_is_told_at_their_pace() {
        let record = Record::default();
        record.turn_to(0, usize::MAX, 0);
        record.next.store(100, Relaxed);
        record.stamp(64, 6400);
        record.finish(1_000_000);
        let ends: Vec<f64> = record.done.lock().unwrap().iter().map(|piece| piece.end).collect();
        assert!((ends[0] - 1e-5).abs() < 1e-12, "{ends:?}");
    }

    #[test]
    fn other_processes_have_lanes_of_their_own() {
        let tracer = Tracer::new(vec![]);
        let at = |ms| tracer.begun_by_the_calendar + Duration::from_millis(ms);
        tracer.elsewhere(7, 1, at(5), at(6));
        tracer.elsewhere(9, 2, at(1), at(3));
        tracer.elsewhere(7, 0, at(2), at(4));
        let trace = tracer.finish();
        assert_eq!(ranges(&trace), [vec![(2, 3)], vec![(0, 1), (1, 2)]]);
        let piece = &trace.lanes[0].pieces[0];
        assert!((piece.end - piece.start - 2e-3).abs() < 1e-9, "{piece:?}");
    }
}
