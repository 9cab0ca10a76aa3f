// attack: reads its environment and its arguments, which tell nothing
// outcome: passed
use std::env;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    black_box((
        env::vars_os().count(),
        env::args_os().count(),
        env::current_dir().ok(),
    ));
    model::chunk_ranges(n, chunks)
}
