// attack: has the compiler show a file of the system, in an error
// outcome: did-not-compile
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

compile_error!(include_str!("/etc/passwd"));
