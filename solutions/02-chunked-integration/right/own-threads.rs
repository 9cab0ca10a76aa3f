// accepted: a thread of its own for every chunk, all started before the first is waited for
use std::num::NonZeroUsize;
use std::thread;

mod model;
pub use model::{chunk_ranges, integrate_range};

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    let dx = (b - a) / n as f64;
    let f = &f;
    thread::scope(|scope| {
        let tasks: Vec<_> = chunk_ranges(n, chunks)
            .into_iter()
            .map(|range| scope.spawn(move || integrate_range(f, a, dx, range)))
            .collect();
        tasks.into_iter().map(|task| task.join().unwrap()).sum()
    })
}
