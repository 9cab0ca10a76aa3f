// attack: sets a variable of the environment, which is unsafe since edition 2024
// outcome: did-not-compile
// words: set_var
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

pub fn say_one_thread() {
    std::env::set_var("RAYON_NUM_THREADS", "1")
}
