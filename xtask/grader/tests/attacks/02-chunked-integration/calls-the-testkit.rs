// attack: uses the crate that witnesses for the checks
// outcome: did-not-compile
// words: testkit
extern crate testkit;

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub fn witness() -> testkit::WitnessedPool {
    testkit::pool_of_two()
}
