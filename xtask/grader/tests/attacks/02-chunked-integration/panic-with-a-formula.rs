// attack: panics with words that a spreadsheet would run
// outcome: failed
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    panic!("=cmd|' /C calc'!A0\n+1\n-1\n@SUM(A1)\n\t=1\n\r=1\n＝1")
}
