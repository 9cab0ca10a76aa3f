// attack: links a file of the system into the folder for temporary files
// outcome: forbidden
// words: writ
use std::num::NonZeroUsize;
use std::ops::Range;
use std::os::unix::fs::symlink;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let _ = symlink("/etc/passwd", "/tmp/link");
    model::chunk_ranges(n, chunks)
}
