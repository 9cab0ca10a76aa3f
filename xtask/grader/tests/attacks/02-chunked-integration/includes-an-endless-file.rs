// attack: includes a file that has no end
// outcome: did-not-compile | out-of-memory | did-not-finish
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub static ZEROES: &[u8] = include_bytes!("/dev/zero");
