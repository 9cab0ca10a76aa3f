// attack: has the compiler compute a constant that is never done
// outcome: did-not-finish | did-not-compile
#![allow(long_running_const_eval)]

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub const NEVER: usize = {
    let mut turns = 0_usize;
    loop {
        turns = turns.wrapping_add(1);
        if turns == usize::MAX {
            break turns;
        }
    }
};
