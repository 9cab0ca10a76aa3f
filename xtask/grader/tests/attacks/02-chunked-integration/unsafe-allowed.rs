// attack: allows itself what the grader has forbidden
// outcome: did-not-compile
// words: unsafe
#![allow(unsafe_code)]

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub fn nowhere() -> u8 {
    let nowhere = std::ptr::null::<u8>();
    unsafe { *nowhere }
}
