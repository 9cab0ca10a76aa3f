// attack: speaks to itself over a pair of sockets that have no address: no network
// outcome: passed
use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::os::unix::net::UnixStream;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    let (mut one, _other) = UnixStream::pair().unwrap();
    one.write_all(b"x").unwrap();
    model::chunk_ranges(n, chunks)
}
