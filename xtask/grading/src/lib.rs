//! `cargo xtask grade`: verdicts on code that nobody has read. `SECURITY.md` has the threats and the defences.

pub mod confine;
pub mod digest;
pub mod overlap;
pub mod overlapping;
pub mod record;
pub mod sandbox;
pub mod untrusted;
