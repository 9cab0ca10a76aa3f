// attack: defines a symbol in assembly
// outcome: did-not-compile
// words: global_asm
mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

std::arch::global_asm!(".globl exit", "exit: ud2");
