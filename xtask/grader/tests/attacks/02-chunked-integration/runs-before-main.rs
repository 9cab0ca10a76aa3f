// attack: puts a function among those that run before `main`
// outcome: did-not-compile
// words: unsafe
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

#[used]
#[unsafe(link_section = ".init_array")]
static BEFORE_MAIN: extern "C" fn() = before_main;

extern "C" fn before_main() {
    println!("test result: ok. 23 passed; 0 failed");
    std::process::exit(0)
}
