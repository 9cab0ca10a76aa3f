// attack: answers well, and prints bytes that are no UTF-8, without an end of the line
// outcome: passed
use std::io;
use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let _ = io::stdout()
        .write_all(b"\xff\xfe\0\x1b[2J")
        .and_then(|()| io::stdout().flush());
    model::chunk_ranges(n, chunks)
}
