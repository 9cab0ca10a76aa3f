// attack: promises that a cell may be shared by threads
// outcome: did-not-compile
// words: unsafe
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub struct Shared(pub std::cell::Cell<f64>);

unsafe impl Sync for Shared {}
