// rejected: most = 3: [1, 2]
use std::num::NonZeroUsize;

mod model;
pub use model::{TOLERANCE, choose, efficiency, karp_flatt, speed_up, sweep, with_threads};

pub fn thread_counts(most: NonZeroUsize) -> Vec<NonZeroUsize> {
    let powers = (0..usize::BITS).map(|power| 1_usize << power);
    let counts = powers.take_while(|&count| count <= most.get());
    counts.filter_map(NonZeroUsize::new).collect()
}
