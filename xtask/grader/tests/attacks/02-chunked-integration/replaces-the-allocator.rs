// attack: replaces the allocator that counts for the checks, without any unsafe code
// outcome: did-not-compile
// words: global_allocator
use std::alloc::System;

mod model;
pub use model::{chunk_ranges, integrate, integrate_range};

#[global_allocator]
static UNCOUNTED: System = System;
