// attack: brings a file by the name of the model, which answers nothing
// outcome: failed
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};
