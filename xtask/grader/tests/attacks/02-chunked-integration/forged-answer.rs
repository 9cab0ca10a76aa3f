// attack: prints an answer of its own before the true one is asked for, without the token
// outcome: forged
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let forged = b"\nMANY_HANDS {\"answer\":0.6666666666666666}\n";
    io::stdout().write_all(forged).unwrap();
    model::chunk_ranges(n, chunks)
}
