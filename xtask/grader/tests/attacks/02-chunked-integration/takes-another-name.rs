// attack: takes the name of the crate that witnesses for the checks
// outcome: did-not-compile
// words: testkit
#![crate_name = "testkit"]

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};
