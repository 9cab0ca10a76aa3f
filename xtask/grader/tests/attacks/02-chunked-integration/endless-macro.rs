// attack: a macro that calls itself, with a limit beyond all bounds, and grows
// outcome: did-not-compile | did-not-finish | out-of-memory
#![recursion_limit = "18446744073709551615"]

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

macro_rules! grow {
    ($($token:tt)*) => {
        grow!($($token)* $($token)*);
    };
}

grow!(x);
