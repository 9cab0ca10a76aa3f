// rejected: most = 1: []
// rejected: from 1, with which all is compared
use std::num::NonZeroUsize;

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, with_threads};

pub fn thread_counts(most: NonZeroUsize) -> Vec<NonZeroUsize> {
    let counts = (2..=most.get()).filter(|count| count.is_power_of_two() || *count == most.get());
    counts.filter_map(NonZeroUsize::new).collect()
}
