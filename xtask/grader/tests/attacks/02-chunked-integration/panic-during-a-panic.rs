// attack: panics in a destructor while a panic unwinds, which no test can catch
// outcome: crashed | failed
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

struct Panics;

impl Drop for Panics {
    fn drop(&mut self) {
        panic!("the second panic")
    }
}

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let _panics = Panics;
    panic!("the first panic")
}
