// attack: uses a library that lies beside the compiler, to call C
// outcome: did-not-compile
// words: unsafe
extern crate libc;

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub fn own_id() -> i32 {
    unsafe { libc::getpid() }
}
