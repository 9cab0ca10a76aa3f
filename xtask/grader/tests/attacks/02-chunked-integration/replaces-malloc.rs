// attack: defines `malloc`, in place of the system's
// outcome: did-not-compile
// words: unsafe
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

#[unsafe(no_mangle)]
pub extern "C" fn malloc(_size: usize) -> *mut u8 {
    std::process::exit(0)
}
