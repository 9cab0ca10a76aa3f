// attack: has the compiler show a variable of its environment, in an error
// outcome: did-not-compile
// words: HOME
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

compile_error!(env!("HOME"));
