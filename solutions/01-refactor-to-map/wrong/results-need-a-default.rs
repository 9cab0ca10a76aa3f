// rejected: the trait bound `Sealed: Clone` is not satisfied
// rejected: the trait bound `Sealed: Default` is not satisfied
//! Fills a list with defaults to write the results into, which not every type has.

mod model;
pub use model::{integrate_map, integrate_parallel};

use rayon::prelude::*;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send + Default + Clone,
    F: Fn(&T) -> U + Sync,
{
    let mut results = vec![U::default(); items.len()];
    results
        .par_iter_mut()
        .zip(items)
        .for_each(|(result, item)| *result = f(item));
    results
}
