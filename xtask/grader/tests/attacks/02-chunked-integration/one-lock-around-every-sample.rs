// attack: two threads take turns under one lock, a sample at a time, and spin while they wait for it
// outcome: did-not-overlap
use std::hint;
use std::num::NonZeroUsize;
use std::sync::Mutex;

mod model;
pub use model::{chunk_ranges, integrate_range};

/// Of the checks that look for two threads at once.
const WATCHED: usize = 64;

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == WATCHED {
        return model::integrate(f, a, b, n, chunks);
    }
    let turn = Mutex::new(());
    let one_at_a_time = |x| loop {
        if let Ok(_turn) = turn.try_lock() {
            return f(x);
        }
        hint::spin_loop();
    };
    model::integrate(one_at_a_time, a, b, n, chunks)
}
