//! Lesson 06: a pool of worker processes. `cargo xtask check 06` tells how far you are.
//!
//! Five bodies are to be written, from the top down; `Pool::start` and `Pool::close` are there. You will need
//! `lesson::{TooLate, send}`, `std::process::Stdio` and `std::thread` as well.

use std::num::NonZeroUsize;
use std::process::{ChildStdin, ChildStdout, Command};
use std::time::Duration;

use lesson::{Answers, DeserializeOwned, PoolError, Process, Serialize};

/// One worker process, and the two pipes to it.
pub struct Worker {
    /// The process, and an alarm clock for it.
    pub process: Process,
    /// Its standard input; `None` once that is closed.
    pub tasks: Option<ChildStdin>,
    /// Its standard output.
    pub answers: Answers<ChildStdout>,
}

impl Worker {
    /// Starts the program, with a pipe to its standard input and one from its standard output. All else is as `command`
    /// says: what the program writes to its standard error, for one, is not yours to take.
    ///
    /// # Errors
    ///
    /// [`PoolError::Start`] when the system cannot start it.
    pub fn start(command: Command, patience: Duration) -> Result<Self, PoolError> {
        todo!("start {command:?}, with pipes and a patience of {patience:?}")
    }

    /// Ships a chunk of tasks as one message, and reads the message with their answers, one for each task, in order.
    ///
    /// It is up to you whether an empty chunk is shipped; which error comes of tasks that `lesson::send` refuses, of
    /// garbage from a worker that then ends, and of a question after an error; what an extra message does to the next
    /// question; and how long you wait where a process that the worker has started holds its pipes.
    ///
    /// # Errors
    ///
    /// All of them name this worker by its process id.
    ///
    /// - [`PoolError::TimedOut`] when shipping and reading together take longer than the patience.
    /// - [`PoolError::Garbage`] when what comes is no list of answers (`ErrorKind::InvalidData`), or one that is shorter or
    ///   longer than the list of the tasks.
    /// - [`PoolError::Died`] when the worker has ended, with success or not: the answers end, or a pipe breaks. One that has
    ///   closed its pipes and lives on is ended first.
    pub fn ask<T, A>(&mut self, chunk: &[T]) -> Result<Vec<A>, PoolError>
    where
        T: Serialize,
        A: DeserializeOwned,
    {
        todo!("ship {} tasks, read their answers", chunk.len())
    }

    /// Closes the pipe of the tasks, so that the worker ends by itself, and waits until it has. What it still writes
    /// need not be read.
    ///
    /// # Errors
    ///
    /// - [`PoolError::TimedOut`] when it has not ended within the patience. It is ended then.
    /// - [`PoolError::Died`] when it ended, but not with success: with another code than 0, or by a signal.
    pub fn close(mut self) -> Result<(), PoolError> {
        todo!("close {:?}, then wait for the end", self.tasks.take())
    }
}

/// Whatever happened to a worker, it leaves no process behind, neither one that runs on nor a zombie; also when a panic
/// drops it.
impl Drop for Worker {
    fn drop(&mut self) {
        // A panic while another one is under way would end the program without a word.
        if !std::thread::panicking() {
            todo!("end process {}, and wait for it", self.process.id())
        }
    }
}

/// Worker processes that wait for tasks. Dropping the pool ends them.
pub struct Pool {
    /// Empty after an error.
    pub workers: Vec<Worker>,
}

impl Pool {
    /// Starts `workers` processes, each by a command of its own.
    ///
    /// A worker may take no longer than `patience` for a chunk of tasks, nor for its end. (The time it needs to start
    /// counts towards its first chunk.)
    ///
    /// # Errors
    ///
    /// [`PoolError::Start`] when one cannot be started. Those that were started before it are ended.
    pub fn start(
        mut command: impl FnMut() -> Command,
        workers: NonZeroUsize,
        patience: Duration,
    ) -> Result<Self, PoolError> {
        let workers = (0..workers.get()).map(|_| Worker::start(command(), patience));
        let workers = workers.collect::<Result<_, _>>()?;
        Ok(Self { workers })
    }

    /// The answers to `tasks`, in the order of the tasks.
    ///
    /// The tasks are dealt in chunks of `chunk` neighbours; only the last chunk may be shorter. A worker gets a chunk when
    /// it has answered the one before, so all are at work while there are chunks left, however many workers there are, and
    /// a slow one gets fewer. In which order the chunks are dealt is up to you. Each task is done once. No tasks have no
    /// answers, and no worker hears of it.
    ///
    /// # Errors
    ///
    /// The error of a worker, as [`Worker::ask`] tells it. No further chunk is dealt then, nor that one again, and every
    /// worker has been ended when this returns. The others may still be at a chunk when the first fails: if several fail,
    /// tell the error of any of them, but not of one that you have ended. From then on it is [`PoolError::Closed`] (without
    /// tasks, no answers will do as well).
    ///
    /// # Panics
    ///
    /// If a task panics while it is written. There are no answers then.
    pub fn map<T, A>(&mut self, tasks: &[T], chunk: NonZeroUsize) -> Result<Vec<A>, PoolError>
    where
        T: Serialize + Sync,
        A: DeserializeOwned + Send,
    {
        todo!(
            "deal {} tasks to {} workers in chunks of {chunk}",
            tasks.len(),
            self.workers.len()
        )
    }

    /// Lets every worker end by itself, and waits for it.
    ///
    /// # Errors
    ///
    /// The first error of a worker, as [`Worker::close`] tells it. The others are ended.
    pub fn close(self) -> Result<(), PoolError> {
        self.workers.into_iter().try_for_each(Worker::close)
    }
}
