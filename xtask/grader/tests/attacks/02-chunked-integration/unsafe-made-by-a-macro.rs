// attack: writes `unsafe` only in a macro, piece by piece
// outcome: did-not-compile
// words: unsafe
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

macro_rules! block {
    ($keyword:tt $body:tt) => {
        $keyword $body
    };
}

pub fn nowhere() -> u8 {
    let nowhere = std::ptr::null::<u8>();
    block!(unsafe { *nowhere })
}
