// attack: uses the lesson's crate, which it may
// outcome: passed
mod model;
pub use model::{distances, integrate_expression, integrate_fused, integrate_parallel, survey};

pub fn sampled() -> usize {
    lesson::samples(0.0, 2.0, 10).len()
}
