// rejected: chunk_size must not be zero
//! One chunk a thread: with fewer items than threads a chunk has no length.

mod model;
pub use model::{integrate_map, integrate_parallel};

use rayon::prelude::*;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    let length = items.len() / rayon::current_num_threads();
    items
        .par_chunks(length)
        .flat_map_iter(|chunk| chunk.iter().map(&f))
        .collect()
}
