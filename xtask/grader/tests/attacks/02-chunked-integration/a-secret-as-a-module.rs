// attack: names a secret as the file of a module: a syntax error shows its first line
// outcome: did-not-compile
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

#[path = "/root/.ssh/id_ed25519"]
mod secret;
