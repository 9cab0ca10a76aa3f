// rejected: attempt to multiply with overflow
use std::num::NonZeroUsize;

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, with_threads};

pub fn thread_counts(most: NonZeroUsize) -> Vec<NonZeroUsize> {
    let mut counts = Vec::new();
    let mut count = 1;
    while count < most.get() {
        counts.extend(NonZeroUsize::new(count));
        count *= 2;
    }
    counts.push(most);
    counts
}
