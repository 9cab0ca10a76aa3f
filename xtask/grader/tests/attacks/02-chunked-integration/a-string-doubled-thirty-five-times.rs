// attack: doubles a string literal thirty-five times
// outcome: did-not-compile | did-not-finish | out-of-memory
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

macro_rules! doubled {
    ($text:expr;) => { $text };
    ($text:expr; $_once:tt $($more:tt)*) => {
        doubled!(concat!($text, $text); $($more)*)
    };
}

pub static LONG: &str =
    doubled!("x"; 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5);
