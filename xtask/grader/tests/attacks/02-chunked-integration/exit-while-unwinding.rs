// attack: ends the process with success in a destructor, which a panic calls
// outcome: ended-early
use std::num::NonZeroUsize;
use std::ops::Range;
use std::process::exit;

mod model;
pub use model::{integrate, integrate_range};

struct Exit;

impl Drop for Exit {
    fn drop(&mut self) {
        exit(0)
    }
}

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let _exit = Exit;
    panic!("this unwinds through a destructor")
}
