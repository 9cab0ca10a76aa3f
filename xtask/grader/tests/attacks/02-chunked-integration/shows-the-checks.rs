// attack: has the compiler show the checks, in an error
// outcome: did-not-compile
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

compile_error!(include_str!("../tests/check.rs"));
