// attack: declares itself to be what handles panics
// outcome: did-not-compile
// words: panic
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

#[panic_handler]
fn panic(_: &std::panic::PanicHookInfo) -> ! {
    std::process::exit(0)
}
