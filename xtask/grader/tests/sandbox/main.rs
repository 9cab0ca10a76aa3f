//! Hostile programs in the real sandbox. Where it cannot be built, every test fails with the reason and the remedy.
//!
//! Most tests answer all calls to the system as ever, to see that the walls hold by themselves; `calls` is about seccomp.
#![cfg(target_os = "linux")]

mod attempt;
mod compiling;
mod endings;
mod files;
mod limits;
mod network;
mod ordinary_user;
mod overlap;
mod processes;
mod syscalls;
mod unconfined;
