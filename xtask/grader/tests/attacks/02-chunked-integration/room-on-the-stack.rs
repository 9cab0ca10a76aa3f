// attack: starts a thread with a stack of a terabyte
// outcome: failed | out-of-memory
use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread::Builder;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let deep = Builder::new().stack_size(1 << 40).spawn(|| ());
    deep.expect("a stack of a terabyte").join().unwrap();
    model::chunk_ranges(n, chunks)
}
