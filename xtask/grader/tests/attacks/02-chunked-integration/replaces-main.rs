// attack: defines `main`, in place of the checks'
// outcome: did-not-compile
// words: unsafe
#![no_main]

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

#[unsafe(no_mangle)]
pub extern "C" fn main(_arguments: i32, _values: *const *const u8) -> i32 {
    println!("test result: ok. 23 passed; 0 failed");
    0
}
