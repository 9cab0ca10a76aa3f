//! What every tool that measures this lesson runs.

use std::hint::black_box;
use std::sync::Arc;

use lesson::{count_loop, is_far_from_one};
use testkit::{BenchCase, Parameter, Workload};

use a_new_lesson::count;

/// Enough that the loop takes milliseconds, so that starting the work is not what is measured.
const NUMBERS: usize = 100_000;

/// From counts that are done before a second thread is awake to one that keeps all busy.
const FEW_TO_MANY: [usize; 5] = [100, 1_000, 10_000, 100_000, 1_000_000];

pub fn all() -> Vec<Workload> {
    let numbers = Parameter::new("numbers", NUMBERS).sweep_over(FEW_TO_MANY);
    let workload = Workload::new("numbers far from 1", numbers, |at| {
        let numbers: Arc<[u64]> = (0..at.size as u64).collect();
        let [for_serial, for_subject, for_trace] = [(); 3].map(|()| Arc::clone(&numbers));
        BenchCase::new(
            at.size as u64,
            move || count_loop(black_box(&for_serial), is_far_from_one),
            move || count(black_box(&for_subject), is_far_from_one),
            |serial, subject| serial == subject,
            |count| *count as f64,
        )
        .with_trace("numbers", move |tracer| {
            black_box(count(&for_trace, |number| {
                tracer.step(*number as usize);
                is_far_from_one(number)
            }));
        })
    });
    vec![workload]
}
