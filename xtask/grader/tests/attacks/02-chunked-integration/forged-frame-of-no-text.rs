// attack: prints an answer that is no UTF-8, with a zero byte in it
// outcome: forged
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let forged = b"\nMANY_HANDS {\"token\":\"\xff\xfe\0\"}\n";
    io::stdout().write_all(forged).unwrap();
    model::chunk_ranges(n, chunks)
}
