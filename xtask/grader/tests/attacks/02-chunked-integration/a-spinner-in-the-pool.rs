// attack: one thread does all, while the pool's other thread yields over and over, as if it looked for work
// outcome: did-not-overlap
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

mod model;
pub use model::{chunk_ranges, integrate_range};

/// Of the checks that look for two threads at once.
const WATCHED: usize = 64;

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == 0 || n == WATCHED {
        return model::integrate(f, a, b, n, chunks);
    }
    let done = AtomicBool::new(false);
    rayon::scope(|scope| {
        scope.spawn(|_| {
            while !done.load(Relaxed) {
                thread::yield_now();
            }
        });
        let area = integrate_range(&f, a, (b - a) / n as f64, 0..n);
        done.store(true, Relaxed);
        area
    })
}
