// rejected: results in the order of the items
//! Threads take items one by one from a serial iterator, and results come as they are ready.

mod model;
pub use model::{integrate_map, integrate_parallel};

use rayon::prelude::*;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    items.iter().par_bridge().map(&f).collect()
}
