// attack: switches on what only a nightly compiler has
// outcome: did-not-compile
// words: feature
#![feature(rustc_private, test)]

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};
