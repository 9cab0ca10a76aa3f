//! What every tool that measures this lesson runs, declared once.

use std::hint::black_box;
use std::sync::Arc;

use testkit::{Count, Job, Trail, Workload};

use crate::{count_loop, is_far_from_one};

/// Enough that the loop takes milliseconds, so that starting the work is not what is measured.
const NUMBERS: usize = 100_000;

/// From counts that are done before a second thread is awake to one that keeps all busy.
const FEW_TO_MANY: [usize; 5] = [100, 1_000, 10_000, 100_000, 1_000_000];

/// The workload for `count(numbers)`, which counts those that [`is_far_from_one`]; `traced` does the same with a question
/// that tells the trail of each number.
pub fn declared(
    count: impl Fn(&[u64]) -> usize + Copy + Send + Sync + 'static,
    traced: impl Fn(&Trail, &[u64]) -> usize + Copy + Send + Sync + 'static,
) -> Vec<Workload> {
    let numbers = Count::of("numbers", NUMBERS).swept(FEW_TO_MANY);
    let workload = Workload::new("numbers far from 1", numbers, move |at| {
        let numbers: Arc<[u64]> = (0..at.size as u64).collect();
        let [for_serial, for_subject, for_trace] = [(); 3].map(|()| Arc::clone(&numbers));
        Job::new(
            at.size as u64,
            move || count_loop(black_box(&for_serial), is_far_from_one),
            move || count(black_box(&for_subject)),
            |serial, subject| serial == subject,
            |count| *count as f64,
        )
        .traced("numbers", move |trail| {
            black_box(traced(trail, &for_trace));
        })
    });
    vec![workload]
}

/// The workload for the function of a crate: `workloads!(a_new_lesson)`.
///
/// The question is named where it is asked, so that the compiler can put it into the loop.
#[macro_export]
macro_rules! workloads {
    ($subject:ident) => {
        $crate::workloads::declared(
            |numbers| $subject::count(numbers, $crate::is_far_from_one),
            |trail, numbers| {
                $subject::count(numbers, |number| {
                    trail.step(*number as usize);
                    $crate::is_far_from_one(number)
                })
            },
        )
    };
}
