// attack: takes the name of the crate that witnesses for the checks
// outcome: did-not-compile
// words: instruments
#![crate_name = "instruments"]

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};
