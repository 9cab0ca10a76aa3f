// attack: connects to a server, to hand out what it was asked
// outcome: forbidden
// words: network
use std::net::TcpStream;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let _ = TcpStream::connect(("192.0.2.1", 80));
    model::chunk_ranges(n, chunks)
}
