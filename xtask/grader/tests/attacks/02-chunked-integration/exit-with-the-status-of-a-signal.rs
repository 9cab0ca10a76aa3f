// attack: exits with the status that a shell reports for a process killed by SIGSYS, to be taken for an accident
// outcome: ended-early | crashed | forbidden
use std::num::NonZeroUsize;
use std::ops::Range;
use std::process::exit;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    exit(128 + 31)
}
