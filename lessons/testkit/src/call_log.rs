//! What a probe has seen.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::thread::ThreadId;
use std::time::Duration;

/// One call of the watched closure.
#[derive(Debug, Clone, PartialEq)]
pub struct Call<T> {
    /// What it was called with.
    pub item: T,
    /// The thread that called it.
    pub thread: ThreadId,
    /// When the work began, since the probe was made: after the rendezvous, whose waiting is not work.
    pub start: Duration,
    /// When the work ended, since the probe was made.
    pub end: Duration,
}

/// All calls that a [`Probe`](crate::Probe) has seen.
#[derive(Debug)]
pub struct CallLog<T> {
    /// In order of start.
    pub calls: Vec<Call<T>>,
    met: bool,
}

/// A run of consecutive indices that one thread visited one right after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The indices.
    pub range: Range<usize>,
    /// The thread that visited them.
    pub thread: ThreadId,
    /// Start of the first visit, since the probe was made.
    pub start: Duration,
    /// End of the last visit, since the probe was made.
    pub end: Duration,
}

impl<T> CallLog<T> {
    /// `calls` as each thread made them: those of one thread in order, the threads mixed in any way.
    pub(crate) fn new(mut calls: Vec<Call<T>>, met: bool) -> Self {
        // Stable: where the clock is too coarse to tell two calls of a thread apart, they stay in order.
        calls.sort_by_key(|visit| visit.start);
        Self { calls, met }
    }

    /// Whether the threads met at the probe's rendezvous; false if it had none.
    pub fn met(&self) -> bool {
        self.met
    }

    /// The threads that called the closure.
    pub fn threads(&self) -> HashSet<ThreadId> {
        self.calls.iter().map(|visit| visit.thread).collect()
    }

    /// Each visited item with a number for the thread that visited it, in order of start. Threads are numbered from 0 as
    /// they come.
    pub fn numbered(&self) -> Vec<(&T, usize)> {
        let mut numbers = HashMap::new();
        let calls = self.calls.iter();
        calls
            .map(|visit| {
                let next = numbers.len();
                (&visit.item, *numbers.entry(visit.thread).or_insert(next))
            })
            .collect()
    }

    /// Maximal runs of consecutive indices on one thread, in order of start.
    ///
    /// A run grows upwards or downwards, and ends where its thread turns to an index that does not touch it. Two tasks
    /// whose indices touch are one piece if one thread does them one right after the other, so the number of pieces is
    /// at most the number of tasks, and the scheduler decides how many there are: assert bounds, never a number.
    pub fn pieces(&self, index_of: impl Fn(&T) -> usize) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut latest_of: HashMap<ThreadId, usize> = HashMap::new();
        for visit in &self.calls {
            let index = index_of(&visit.item);
            let latest = latest_of.get(&visit.thread).map(|&latest| &mut pieces[latest]);
            match latest {
                Some(piece) if index == piece.range.end => {
                    piece.range.end += 1;
                    piece.end = visit.end;
                }
                Some(piece) if index + 1 == piece.range.start => {
                    piece.range.start = index;
                    piece.end = visit.end;
                }
                _ => {
                    latest_of.insert(visit.thread, pieces.len());
                    pieces.push(Piece {
                        range: index..index + 1,
                        thread: visit.thread,
                        start: visit.start,
                        end: visit.end,
                    });
                }
            }
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// Visits of one time unit each, one right after the other, of `(thread, index)`.
    fn log(calls: &[(ThreadId, usize)]) -> CallLog<usize> {
        let at = |tick: usize| Duration::from_micros(tick as u64);
        let visit = |(tick, &(thread, item)): (usize, &(ThreadId, usize))| Call {
            item,
            thread,
            start: at(tick),
            end: at(tick + 1),
        };
        CallLog::new(calls.iter().enumerate().map(visit).collect(), false)
    }

    fn two_threads() -> (ThreadId, ThreadId) {
        let other = thread::spawn(|| thread::current().id()).join().unwrap();
        (thread::current().id(), other)
    }

    fn ranges(calls: &[(ThreadId, usize)]) -> Vec<Range<usize>> {
        log(calls).pieces(|&index| index).into_iter().map(|piece| piece.range).collect()
    }

    #[test]
    fn each_thread_s_run_is_a_piece_in_order_of_start() {
        let (one, other) = two_threads();
        let pieces =
            log(&[(one, 3), (other, 0), (one, 4), (other, 1), (other, 2)]).pieces(|&index| index);
        let at = Duration::from_micros;
        assert_eq!(
            pieces,
            [
                Piece { range: 3..5, thread: one, start: at(0), end: at(3) },
                Piece { range: 0..3, thread: other, start: at(1), end: at(5) },
            ]
        );
    }

    #[test]
    fn a_jump_begins_a_new_piece() {
        let (one, _) = two_threads();
        assert_eq!(
            ranges(&[(one, 0), (one, 1), (one, 8), (one, 9), (one, 2)]),
            [0..2, 8..10, 2..3]
        );
    }

    #[test]
    fn a_run_may_go_downwards() {
        let (one, _) = two_threads();
        assert_eq!(ranges(&[(one, 5), (one, 4), (one, 3), (one, 9)]), [3..6, 9..10]);
    }

    #[test]
    fn an_index_taken_again_is_a_piece_of_its_own() {
        let (one, _) = two_threads();
        assert_eq!(ranges(&[(one, 0), (one, 1), (one, 1), (one, 2)]), [0..2, 1..3]);
    }

    #[test]
    fn neighbours_on_two_threads_are_two_pieces() {
        let (one, other) = two_threads();
        assert_eq!(ranges(&[(one, 0), (other, 1)]), [0..1, 1..2]);
    }

    #[test]
    fn threads_are_numbered_as_they_come() {
        let (one, other) = two_threads();
        let log = log(&[(other, 5), (one, 0), (other, 6)]);
        assert_eq!(log.numbered(), [(&5, 0), (&0, 1), (&6, 0)]);
    }

    #[test]
    fn no_visit_is_no_piece() {
        assert_eq!(ranges(&[]), []);
        assert!(log(&[]).threads().is_empty());
    }

    #[test]
    fn visits_come_in_order_of_start_and_those_at_one_tick_in_order_of_arrival() {
        let (one, _) = two_threads();
        let at = |start: u64, item: usize| Call {
            item,
            thread: one,
            start: Duration::from_micros(start),
            end: Duration::from_micros(9),
        };
        let log = CallLog::new(vec![at(2, 0), at(1, 1), at(1, 2)], true);
        let items: Vec<usize> = log.calls.iter().map(|visit| visit.item).collect();
        assert_eq!(items, [1, 2, 0]);
        assert!(log.met());
    }
}
