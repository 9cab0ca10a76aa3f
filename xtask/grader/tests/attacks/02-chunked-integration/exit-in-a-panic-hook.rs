// attack: replaces the panic hook by one that ends the process with success, then panics
// outcome: ended-early
use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic;
use std::process::exit;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(_n: usize, _chunks: NonZeroUsize) -> Vec<Range<usize>> {
    panic::set_hook(Box::new(|_| exit(0)));
    panic!("nobody hears this")
}
