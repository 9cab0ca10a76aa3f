//! Hostile programs in the real sandbox. Where it is not available, every test fails with the reason and the remedy.
//!
//! Most tests allow all system calls, so that they test the other layers alone; `syscalls` is about seccomp.
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
