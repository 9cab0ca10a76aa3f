//! What a probe has seen.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::thread::ThreadId;

/// One call of the watched closure.
#[derive(Debug, Clone, PartialEq)]
pub struct Call<T> {
    /// What it was called with.
    pub item: T,
    /// The thread that called it.
    pub thread: ThreadId,
}

/// All calls that a [`Probe`](crate::Probe) has seen.
#[derive(Debug)]
pub struct CallLog<T> {
    /// In order of start: from the rendezvous on, if there was one.
    pub calls: Vec<Call<T>>,
    /// Whether the threads met at the probe's rendezvous; false if it had none.
    pub met: bool,
}

impl<T> CallLog<T> {
    /// The threads that called the closure.
    pub fn threads(&self) -> HashSet<ThreadId> {
        self.calls.iter().map(|call| call.thread).collect()
    }

    /// Each item with a number for the thread that was called with it, in order of start. Threads are numbered from 0 as they
    /// come.
    pub fn items_and_threads(&self) -> Vec<(&T, usize)> {
        let mut numbers = HashMap::new();
        let calls = self.calls.iter();
        calls
            .map(|call| {
                let next = numbers.len();
                (&call.item, *numbers.entry(call.thread).or_insert(next))
            })
            .collect()
    }

    /// Maximal runs of consecutive indices on one thread, in order of start.
    ///
    /// A run grows upwards or downwards, and ends where its thread turns to an index that does not touch it. Two tasks
    /// whose indices touch are one run if one thread does them one right after the other, so the number of runs is
    /// at most the number of tasks, and the scheduler decides how many there are: assert bounds, never a number.
    pub fn runs(&self, index_of: impl Fn(&T) -> usize) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut latest_of: HashMap<ThreadId, usize> = HashMap::new();
        for call in &self.calls {
            let index = index_of(&call.item);
            let latest = latest_of.get(&call.thread).map(|&latest| &mut runs[latest]);
            match latest {
                Some(run) if index == run.end => run.end += 1,
                Some(run) if index + 1 == run.start => run.start = index,
                _ => {
                    latest_of.insert(call.thread, runs.len());
                    runs.push(index..index + 1);
                }
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    /// Calls by thread 0 or 1 of these indices.
    fn log(calls: &[(usize, usize)]) -> CallLog<usize> {
        let other = thread::spawn(|| thread::current().id()).join().unwrap();
        let threads = [thread::current().id(), other];
        let calls = calls.iter().map(|&(thread, item)| Call { item, thread: threads[thread] });
        CallLog { calls: calls.collect(), met: false }
    }

    #[test]
    fn a_run_is_of_neighbours_on_one_thread_in_order_of_start() {
        for (calls, runs) in [
            (&[(0, 3), (1, 0), (0, 4), (1, 1), (1, 2)][..], &[3..5, 0..3][..]),
            // A jump begins another.
            (&[(0, 0), (0, 1), (0, 8), (0, 9), (0, 2)], &[0..2, 8..10, 2..3]),
            // Downwards.
            (&[(0, 5), (0, 4), (0, 3), (0, 9)], &[3..6, 9..10]),
            // An index once more.
            (&[(0, 0), (0, 1), (0, 1), (0, 2)], &[0..2, 1..3]),
            // Neighbours on two threads.
            (&[(0, 0), (1, 1)], &[0..1, 1..2]),
            (&[], &[]),
        ] {
            assert_eq!(log(calls).runs(|&index| index), runs, "{calls:?}");
        }
    }

    #[test]
    fn threads_are_numbered_as_they_come() {
        let log = log(&[(1, 5), (0, 0), (1, 6)]);
        assert_eq!(log.items_and_threads(), [(&5, 0), (&0, 1), (&6, 0)]);
        assert_eq!(log.threads().len(), 2);
    }
}
