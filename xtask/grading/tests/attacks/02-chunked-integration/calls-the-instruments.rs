// attack: uses the crate that witnesses for the checks
// outcome: did-not-compile
// words: instruments
extern crate instruments;

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub fn witness() -> instruments::WitnessedPool {
    instruments::pool_of_two()
}
