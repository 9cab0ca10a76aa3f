// attack: a static of a terabyte, which takes no room in the file
// outcome: did-not-compile | out-of-memory
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub static LARGE: [u8; 1 << 40] = [0; 1 << 40];
