//! Why a process ended before it had finished its work.

use std::fmt::{self, Display};

use xtask_core::process::Termination;

use crate::record::Outcome;

/// The reason why a process ended too early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// The limit of wall time or CPU time.
    DidNotFinish,
    /// The limit of output.
    Flooded,
    StackOverflow,
    /// The limit of memory.
    OutOfMemory,
    /// The limit of a file's size.
    FileTooLarge,
    /// A forbidden system call, with what the process tried, as the beginning of a sentence.
    Forbidden(String),
    /// Another signal, by its number.
    Signal(i32),
    /// The process ended itself with this status.
    Exit(i32),
}

/// SIGSYS, which the kernel sends for a forbidden system call.
pub const FORBIDDEN: i32 = 31;
/// SIGXCPU.
const CPU_TIME: i32 = 24;
/// SIGXFSZ.
const FILE_SIZE: i32 = 25;

impl StopReason {
    /// The reason, given how the process ended and the end of its standard error.
    ///
    /// The process controls that text, which only chooses between reasons and never makes a pass.
    pub fn of(termination: Termination, last_words: &str) -> Self {
        match termination {
            Termination::Deadline | Termination::Signal(CPU_TIME) => Self::DidNotFinish,
            Termination::Flood => Self::Flooded,
            Termination::Signal(FORBIDDEN) => {
                Self::Forbidden("it asked the system for what no exercise needs".to_owned())
            }
            Termination::Signal(FILE_SIZE) => Self::FileTooLarge,
            _ if last_words.contains("has overflowed its stack") => Self::StackOverflow,
            Termination::Signal(_) | Termination::Exit(_) if out_of_memory(last_words) => {
                Self::OutOfMemory
            }
            Termination::Signal(signal) => Self::Signal(signal),
            Termination::Exit(status) => Self::Exit(status),
        }
    }

    /// The outcome of a submission whose process stopped for this reason.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::DidNotFinish => Outcome::DidNotFinish,
            Self::Flooded => Outcome::Flooded,
            Self::StackOverflow => Outcome::StackOverflow,
            Self::OutOfMemory => Outcome::OutOfMemory,
            Self::FileTooLarge | Self::Forbidden(_) => Outcome::Forbidden,
            Self::Signal(_) => Outcome::Crashed,
            Self::Exit(_) => Outcome::EndedEarly,
        }
    }
}

/// Whether the text has a message of Rust's allocator, or of a C program, for a failed allocation.
fn out_of_memory(last_words: &str) -> bool {
    ["memory allocation of ", "Cannot allocate memory", "out of memory", "capacity overflow"]
        .iter()
        .any(|words| last_words.contains(words))
}

impl Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DidNotFinish => write!(
                f,
                "it did not finish in time: a loop without an end, or two threads waiting for each other?"
            ),
            Self::Flooded => write!(f, "it printed more than is read: a `println!` inside a loop?"),
            Self::StackOverflow => {
                write!(f, "the stack overflowed: a recursion that does not end?")
            }
            Self::OutOfMemory => write!(f, "it asked for more memory than there is for it"),
            Self::FileTooLarge => write!(f, "it wrote a larger file than it may"),
            Self::Forbidden(what) => write!(f, "{what}, and was stopped"),
            Self::Signal(signal) => write!(f, "the program was ended by signal {signal}"),
            Self::Exit(status) => write!(
                f,
                "the program ended itself with status {status} before it had answered: a call of `exit`?"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_termination_has_its_outcome() {
        let overflow = "thread 'main' has overflowed its stack";
        let allocation = "memory allocation of 8589934592 bytes failed";
        for (termination, words, outcome) in [
            (Termination::Deadline, "", Outcome::DidNotFinish),
            (Termination::Signal(24), "", Outcome::DidNotFinish),
            (Termination::Signal(31), "", Outcome::Forbidden),
            (Termination::Signal(25), "", Outcome::Forbidden),
            (Termination::Signal(11), "", Outcome::Crashed),
            (Termination::Exit(0), "", Outcome::EndedEarly),
            (Termination::Signal(6), overflow, Outcome::StackOverflow),
            (Termination::Signal(6), allocation, Outcome::OutOfMemory),
            // A forged message does not hide a limit.
            (Termination::Flood, allocation, Outcome::Flooded),
            (Termination::Deadline, allocation, Outcome::DidNotFinish),
        ] {
            let reason = StopReason::of(termination, words);
            assert_eq!(reason.outcome(), outcome, "{termination:?} {words}");
        }
    }
}
