//! What the commands of Many Hands stand on, and the programs that are built when a command first needs them.
//!
//! Between reading the disk ([`course`]), building ([`cargo`]), running ([`process`], [`test_binary`]) and writing to the terminal
//! ([`ui`]) there are only values, and deciding ([`verdict`]) is a pure function of them. Nothing here knows a command.

pub mod backup;
pub mod bench_process;
pub mod cargo;
pub mod check;
pub mod code_under_test;
pub mod content;
pub mod course;
pub mod exit;
pub mod files;
#[cfg(test)]
mod layers;
pub mod process;
pub mod progress;
pub mod request;
pub mod results;
pub mod rounds;
pub mod skeleton;
pub mod test_binary;
pub mod ui;
pub mod variant;
pub mod verdict;
