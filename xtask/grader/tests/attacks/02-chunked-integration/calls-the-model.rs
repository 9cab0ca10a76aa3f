// attack: uses the crate of the model solution, which lies among the compiled libraries
// outcome: did-not-compile
// words: solution_chunked_integration
pub use solution_chunked_integration::{chunk_ranges, integrate, integrate_range};
