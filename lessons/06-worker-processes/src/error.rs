//! What can go wrong with a pool of processes, each by its name.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::io;
use std::process::ExitStatus;

/// Why a pool gave no answers. `worker` is the process id of the worker to blame.
#[derive(Debug)]
pub enum PoolError {
    /// The system could not start the worker's program.
    Start(io::Error),
    /// The worker has ended although more was to be done, or has ended badly.
    Died {
        /// Its process id.
        worker: u32,
        /// How it ended: by itself with a code, or by a signal.
        status: ExitStatus,
    },
    /// What came from the worker is no answer.
    Garbage {
        /// Its process id.
        worker: u32,
        /// What came instead.
        what: String,
    },
    /// The worker took longer than the pool's patience, and was ended.
    TimedOut {
        /// Its process id.
        worker: u32,
    },
    /// There is no worker left, because of an error before.
    Closed,
}

impl PoolError {
    /// The variant, as one writes it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Start(_) => "PoolError::Start",
            Self::Died { .. } => "PoolError::Died",
            Self::Garbage { .. } => "PoolError::Garbage",
            Self::TimedOut { .. } => "PoolError::TimedOut",
            Self::Closed => "PoolError::Closed",
        }
    }
}

impl Display for PoolError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => write!(f, "the worker program cannot be started: {error}"),
            Self::Died { worker, status } => write!(f, "worker {worker} has ended: {status}"),
            Self::Garbage { worker, what } => {
                write!(f, "worker {worker} said what is no answer: {what}")
            }
            Self::TimedOut { worker } => {
                write!(f, "worker {worker} took too long, and was ended")
            }
            Self::Closed => write!(f, "the pool has no worker left, after an earlier error"),
        }
    }
}

impl Error for PoolError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Start(error) => Some(error),
            _ => None,
        }
    }
}
