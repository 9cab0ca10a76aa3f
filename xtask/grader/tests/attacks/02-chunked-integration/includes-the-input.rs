// attack: includes the compiler's own input, which may never come
// outcome: did-not-compile | did-not-finish
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub static INPUT: &[u8] = include_bytes!("/dev/stdin");
