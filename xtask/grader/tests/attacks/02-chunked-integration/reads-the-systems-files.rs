// attack: reads what a system tells everybody, if it does: passwords, the environment, the memory, the mounts
// outcome: passed
use std::fs;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    for path in [
        "/etc/passwd",
        "/etc/shadow",
        "/proc/self/environ",
        "/proc/self/maps",
        "/proc/mounts",
        "/root/.bashrc",
    ] {
        let _ = black_box(fs::read(path));
    }
    model::chunk_ranges(n, chunks)
}
