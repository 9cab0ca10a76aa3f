// attack: declares functions of the C library as safe, and calls one
// outcome: did-not-compile
// words: unsafe
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

unsafe extern "C" {
    safe fn _exit(status: i32) -> !;
}

pub fn exit() {
    _exit(0)
}
