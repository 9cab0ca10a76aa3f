// attack: makes another folder the root of all paths
// outcome: forbidden
use std::num::NonZeroUsize;
use std::ops::Range;
use std::os::unix::fs::chroot;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let _ = chroot("/tmp");
    model::chunk_ranges(n, chunks)
}
