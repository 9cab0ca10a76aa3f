//! What is asked of a submission that is graded: cases that nobody has seen, drawn anew for each.

mod distances;
mod integral;
mod points;
mod survey;

use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2};
use testkit::{AllocationMeter, Allocations, Examination, Samples};

use crate::Survey;

/// What `integrate_fused` is given: nothing says that it may be shared with another thread.
pub type Height<'a> = &'a dyn Fn(f64) -> f64;

/// What `integrate_parallel` and `survey` are given.
pub type SharedHeight<'a> = &'a (dyn Fn(f64) -> f64 + Sync);

/// What `distances` is given.
pub type Distance<'a> = &'a (dyn Fn(ArrayView1<f64>, ArrayView1<f64>) -> f64 + Sync);

/// The functions under test, each by its name.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    pub integrate_expression: fn(ArrayView1<f64>, f64) -> f64,
    pub integrate_fused: fn(Height, ArrayView1<f64>, f64) -> f64,
    pub integrate_parallel: fn(SharedHeight, ArrayView1<f64>, f64) -> f64,
    pub survey: fn(SharedHeight, Samples) -> Survey,
    pub distances: fn(Distance, ArrayView2<f64>, ArrayView2<f64>, ArrayViewMut2<f64>),
}

/// The questions to five functions.
pub fn declared(subject: Subject) -> Examination {
    let questions = [
        integral::questions(subject),
        survey::questions(subject),
        distances::questions(subject),
    ];
    Examination::of(questions.into_iter().flatten())
}

/// Bytes for the queues of a pool, which do not grow with what is shared out.
const ROOM: usize = 65_536;

/// Bytes that no temporary array fits into; they leave room for what the test harness allocates now and then.
const NEXT_TO_NOTHING: usize = 8_192;

fn allocated<R>(call: impl FnOnce() -> R) -> Allocations {
    AllocationMeter::new().measure(call).1
}

/// The questions to the functions of a crate: `questions!(array_parallelism)`.
#[macro_export]
macro_rules! questions {
    ($subject:ident) => {
        $crate::questions::declared($crate::questions::Subject {
            integrate_expression: $subject::integrate_expression,
            integrate_fused: |f, xs, dx| $subject::integrate_fused(f, xs, dx),
            integrate_parallel: |f, xs, dx| $subject::integrate_parallel(f, xs, dx),
            survey: |f, at| $subject::survey(f, at.a, at.b, at.n),
            distances: |distance, from, to, out| $subject::distances(distance, from, to, out),
        })
    };
}
