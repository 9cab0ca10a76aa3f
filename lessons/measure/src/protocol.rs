//! Everything that crosses a process or a file, as typed values: the only place in which fields of JSON are read.
//!
//! | file | what lies there |
//! |---|---|
//! | `json.rs` | [`Json`]: a value to and from JSON; the macros that make such structs and enums |
//! | `names.rs` | the environment variables and the mark by which a runner and a measured program know each other |
//! | `bench_process.rs` | what a speed test that serves its workloads is asked, and what it answers |
//! | `claims.rs` | [`claims`]: what the grader asks a test program that makes a claim |
//! | `criterion.rs` | what the program around criterion gets and asks, and the files that criterion leaves behind |
//! | `python.rs` | what `xtask/peers/serve.py` is asked, and what it answers |
//! | `document.rs` | [`Document`]: what the measuring commands keep and print |
//! | `document/` | a file for each of them |
//! | `request.rs` | [`request`]: what the runner asks of `grader` and `book` |
//! | `speed.rs` | [`SpeedRecord`]: what the speed tier measured |
//! | `cargo.rs` | what cargo and rustc print |
//! | `check.rs` | the documents of `check`, `list` and `doctor`, and what is remembered of a lesson |

mod bench_process;
mod cargo;
mod check;
pub mod claims;
mod criterion;
mod document;
pub(crate) mod json;
pub mod names;
mod python;
pub mod request;
mod speed;

pub use bench_process::*;
pub use cargo::*;
pub use check::*;
pub use criterion::*;
pub use document::bench::*;
pub use document::compare::*;
pub use document::peers::*;
pub use document::sweep::*;
pub use document::trace::*;
pub use document::{Document, DocumentError, Header, Kind, Machine, SCHEMA};
pub(crate) use json::json_struct;
pub use json::{Json, JsonError, JsonObject, OrAbsent, from_text};
pub use python::*;
pub use speed::*;
