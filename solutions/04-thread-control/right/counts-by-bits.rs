// accepted: the powers of two below `most`, counted by its bits
use std::num::NonZeroUsize;

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, with_threads};

pub fn thread_counts(most: NonZeroUsize) -> Vec<NonZeroUsize> {
    let below = (most.get() - 1).checked_ilog2().map_or(0, |last| last + 1);
    let powers = (0..below).map(|power| NonZeroUsize::MIN.get() << power);
    powers.filter_map(NonZeroUsize::new).chain([most]).collect()
}
