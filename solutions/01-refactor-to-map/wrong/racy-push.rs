// rejected: `U` cannot be shared between threads safely
// rejected: required because it appears within the type `&mut Vec<U>`
//! Every thread pushes to one list.

mod model;
pub use model::{integrate_map, integrate_parallel};

use rayon::prelude::*;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    let mut results = Vec::with_capacity(items.len());
    items.par_iter().for_each(|item| results.push(f(item)));
    results
}
