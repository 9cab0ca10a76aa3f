//! doc
use a::{b, c};
pub mod d;
#[x] unsafe fn f() { x.map(|y| { y }); match z { _ => { 1 } } r#"a"#; b"\x00"; 1_f64 }