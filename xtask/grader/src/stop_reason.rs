//! Why a submission's process did not come to its end.

use std::fmt::{self, Display};

use xtask_core::process::Termination;
use xtask_core::verdict::Fault;

use crate::record::Outcome;

/// What ended a process before it had done what it was started for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StopReason {
    /// The limit of wall or of CPU time.
    DidNotFinish,
    /// It printed more than is read.
    Flooded,
    StackOverflow,
    /// The limit of memory.
    OutOfMemory,
    /// It wrote a larger file than it may.
    FileTooLarge,
    /// It asked the system for something that no submission of the lesson needs; the words say for what.
    Forbidden(String),
    /// This signal.
    Signal(i32),
    /// It ended itself with this status.
    Exit(i32),
}

/// What the kernel sends to a process that makes a forbidden system call.
pub const FORBIDDEN: i32 = 31;
const CPU_TIME: i32 = 24;
const FILE_SIZE: i32 = 25;

impl StopReason {
    /// Why a process stopped that ended so, with these last words on standard error.
    ///
    /// The words are the process's own and only choose between names for its end; they never make a pass.
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

    /// The same for a test that failed for such a reason; `None` if it failed by what it saw.
    pub fn of_fault(fault: &Fault, last_words: &str) -> Option<Self> {
        let termination = match fault {
            Fault::DidNotFinish { .. } => Termination::Deadline,
            Fault::Flooded { .. } => Termination::Flood,
            Fault::StackOverflow => return Some(Self::StackOverflow),
            Fault::Killed { signal } => Termination::Signal(*signal),
            Fault::EndedEarly { status } => Termination::Exit(*status),
            Fault::Unexpected { .. }
            | Fault::NotWritten { .. }
            | Fault::Panicked { .. }
            | Fault::NotRun => return None,
        };
        Some(Self::of(termination, last_words))
    }

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

/// What Rust's allocator and the linker's world say when there is no memory left.
fn out_of_memory(last_words: &str) -> bool {
    [
        "memory allocation of ",
        "Cannot allocate memory",
        "out of memory",
        "capacity overflow",
    ]
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
            Self::Flooded => write!(
                f,
                "it printed more than is read: a `println!` inside a loop?"
            ),
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
    fn an_end_is_called_by_what_brought_it_about() {
        let outcome = |termination, words| StopReason::of(termination, words).outcome();
        assert_eq!(outcome(Termination::Deadline, ""), Outcome::DidNotFinish);
        assert_eq!(outcome(Termination::Signal(24), ""), Outcome::DidNotFinish);
        assert_eq!(outcome(Termination::Signal(31), ""), Outcome::Forbidden);
        assert_eq!(outcome(Termination::Signal(25), ""), Outcome::Forbidden);
        assert_eq!(outcome(Termination::Signal(11), ""), Outcome::Crashed);
        assert_eq!(outcome(Termination::Exit(0), ""), Outcome::EndedEarly);
        let overflow = "thread 'main' has overflowed its stack";
        assert_eq!(
            outcome(Termination::Signal(6), overflow),
            Outcome::StackOverflow
        );
        let allocation = "memory allocation of 8589934592 bytes failed";
        assert_eq!(
            outcome(Termination::Signal(6), allocation),
            Outcome::OutOfMemory
        );
    }

    #[test]
    fn words_do_not_hide_a_limit() {
        let forged = "memory allocation of 1 bytes failed";
        assert_eq!(
            StopReason::of(Termination::Flood, forged),
            StopReason::Flooded
        );
        assert_eq!(
            StopReason::of(Termination::Deadline, forged),
            StopReason::DidNotFinish
        );
    }

    #[test]
    fn a_test_that_saw_something_wrong_was_not_stopped() {
        let panicked = Fault::Panicked {
            message: String::new(),
        };
        assert_eq!(StopReason::of_fault(&panicked, ""), None);
        assert_eq!(StopReason::of_fault(&Fault::NotRun, ""), None);
    }
}
