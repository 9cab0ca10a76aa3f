// attack: panics with words that clear a terminal, retitle it, move its cursor and paint a pass
// outcome: failed
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    panic!(
        "\u{1b}[2J\u{1b}[H\u{1b}]0;passed\u{7}\u{1b}[1A\r\u{1b}[32mpassed\u{1b}[8m\u{9b}2K\u{0}\u{8}\u{7f}"
    )
}
