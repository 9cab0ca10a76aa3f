// rejected: `RefCell<Vec<U>>` cannot be shared between threads safely
//! A RefCell lets one thread push through a shared reference, but not two.

mod model;
pub use model::{integrate_map, integrate_parallel};

use std::cell::RefCell;

use rayon::prelude::*;

pub fn parallel_map<T, U, F>(items: &[T], f: F) -> Vec<U>
where
    T: Sync,
    U: Send,
    F: Fn(&T) -> U + Sync,
{
    let results = RefCell::new(Vec::new());
    items
        .par_iter()
        .for_each(|item| results.borrow_mut().push(f(item)));
    results.into_inner()
}
