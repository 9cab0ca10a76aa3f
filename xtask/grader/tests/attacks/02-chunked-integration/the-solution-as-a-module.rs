// attack: names the model solution as the file of a module
// outcome: did-not-compile
#[path = "../../../solutions/02-chunked-integration/src/lib.rs"]
mod solution;
pub use solution::*;
