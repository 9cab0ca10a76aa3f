//! How long a number of workers would take, by simulation.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// When the last of `workers` is done, if each takes the next task as soon as it is free.
///
/// That is how a pool deals tasks that wait in one queue. It is never more than twice as long as the best possible plan
/// (Graham 1966, Bell System Technical Journal 45:1563). Handing a task over takes no time here. Tasks are durations in any
/// unit, none of them negative, and the answer is in that unit; no task takes 0.
///
/// # Panics
///
/// If `workers` is 0.
pub fn makespan(tasks: impl IntoIterator<Item = f64>, workers: usize) -> f64 {
    assert!(workers > 0, "without a worker nothing is ever done");
    // Durations are not negative, and for those numbers the order of the bits is that of the values.
    let mut free_at: BinaryHeap<Reverse<u64>> =
        (0..workers).map(|_| Reverse(0.0_f64.to_bits())).collect();
    let mut last = 0.0_f64;
    for task in tasks {
        let Reverse(free) = free_at.pop().expect("there is a worker");
        let done = f64::from_bits(free) + task.max(0.0);
        free_at.push(Reverse(done.to_bits()));
        last = last.max(done);
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_that_is_free_takes_the_next_task() {
        for (claim, tasks, workers, expected) in [
            ("one worker does one task after the other", &[3.0, 1.0, 2.0][..], 1, 6.0),
            (
                "the second worker does 1 and then 2, while the first is at 3",
                &[3.0, 1.0, 2.0],
                2,
                3.0,
            ),
            ("with a worker a task, the longest task decides", &[3.0, 1.0, 2.0], 3, 3.0),
            ("more workers than tasks do not help", &[3.0, 1.0, 2.0], 64, 3.0),
            ("a long task that comes last is waited for", &[1.0, 1.0, 4.0], 2, 5.0),
            ("tasks that do not divide evenly leave workers idle", &[1.0; 9], 8, 2.0),
            ("no task takes no time", &[], 4, 0.0),
        ] {
            assert_eq!(makespan(tasks.iter().copied(), workers), expected, "{claim}");
        }
    }

    #[test]
    #[should_panic(expected = "without a worker")]
    fn no_worker_is_refused() {
        makespan([1.0], 0);
    }
}
