// rejected: never two threads inside f at once: several threads worked, one after the other
use std::num::NonZeroUsize;
use std::thread;

mod model;
pub use model::{chunk_ranges, integrate_range};

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 {
        return 0.0;
    }
    let dx = (b - a) / n as f64;
    let mut area = 0.0;
    for range in chunk_ranges(n, chunks) {
        area += thread::scope(|scope| {
            let task = scope.spawn(|| integrate_range(&f, a, dx, range));
            task.join().unwrap()
        });
    }
    area
}
