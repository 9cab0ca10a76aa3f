// attack: a static of two gigabytes that has to be written to the disk
// outcome: did-not-compile | out-of-memory | did-not-finish
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub static LARGE: [u8; 1 << 31] = [1; 1 << 31];
