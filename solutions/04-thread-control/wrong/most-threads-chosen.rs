// rejected: 500 vectors
// rejected: Some(6)
use std::num::NonZeroUsize;

use lesson::Step;

mod model;
pub use model::{TOLERANCE, efficiency, karp_flatt, speed_up, sweep, thread_counts, with_threads};

pub fn choose(steps: &[Step]) -> Option<NonZeroUsize> {
    steps.iter().map(|step| step.threads).max()
}
