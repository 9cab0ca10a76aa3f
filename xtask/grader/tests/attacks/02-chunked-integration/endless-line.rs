// attack: prints one line without end
// outcome: flooded
use std::io;
use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    loop {
        let _ = io::stdout().write_all(&[b'x'; 4096]);
    }
}
