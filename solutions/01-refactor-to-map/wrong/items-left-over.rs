// rejected: 7 items: 6 results; item 6 is never evaluated
//! Leaves out the items that fill no whole chunk.

mod model;
pub use model::{integrate_map, integrate_parallel};

use rayon::prelude::*;

const LENGTH: usize = 2;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    if items.len() < LENGTH {
        return items.iter().map(&f).collect();
    }
    items
        .par_chunks_exact(LENGTH)
        .flat_map_iter(|chunk| chunk.iter().map(&f))
        .collect()
}
