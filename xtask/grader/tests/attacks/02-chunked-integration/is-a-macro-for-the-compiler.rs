// attack: declares itself a procedural macro, which runs inside the compiler
// outcome: did-not-compile
#![crate_type = "proc-macro"]

extern crate proc_macro;
use proc_macro::TokenStream;

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

#[proc_macro]
pub fn inside_the_compiler(_: TokenStream) -> TokenStream {
    std::process::exit(0)
}
