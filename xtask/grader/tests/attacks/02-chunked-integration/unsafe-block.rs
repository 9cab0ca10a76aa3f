// attack: ends the process by a call that needs `unsafe`
// outcome: did-not-compile
// words: unsafe
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub fn nowhere() -> u8 {
    let nowhere = std::ptr::null::<u8>();
    unsafe { *nowhere }
}
