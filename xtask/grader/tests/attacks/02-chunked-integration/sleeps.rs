// attack: sleeps for a thousand years
// outcome: did-not-finish
use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread;
use std::time::Duration;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    thread::sleep(Duration::from_secs(1000 * 365 * 24 * 3600));
    model::chunk_ranges(n, chunks)
}
