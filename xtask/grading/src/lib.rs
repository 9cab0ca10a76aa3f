//! `cargo xtask grade`: verdicts on code that nobody has read. `SECURITY.md` has the threats and the defences.

pub mod confine;
pub mod digest;
pub mod feedback;
pub mod intake;
pub mod journal;
pub mod likeness;
pub mod merge;
pub mod overlap;
pub mod overlapping;
pub mod record;
pub mod results;
pub mod sandbox;
pub mod shard;
pub mod table;
pub mod untrusted;
