// attack: uses the lesson's crate, which it may, for its workloads, which are for the course's own measurements
// outcome: passed
mod model;
pub use model::{distances, integrate_expression, integrate_fused, integrate_parallel, survey};

pub fn measured() -> usize {
    lesson::workloads!(model).len()
}
