// skeleton: //! Lesson 06: a pool of worker processes. `cargo xtask check 06` tells how far you are.
// skeleton: //!
// skeleton: //! Five bodies are to be written, from the top down; `Pool::start` and `Pool::close` are there. You will need
// skeleton: //! `lesson::{TooLate, send}`, `std::process::Stdio` and `std::thread` as well.
// solution:
//! Lesson 06: the model solution.
//!
//! # Why so
//!
//! - **One question at a time**: `ask` writes one message and reads what it brings. Neither side can wait for a pipe that
//!   the other does not empty, however large the messages are. While an answer travels the worker has nothing to do; to
//!   ship the next chunk ahead would fill that gap, but then reading and writing need a thread each.
//! - **A thread for each worker** in the parent. It mostly sleeps. One thread could watch all pipes, as asynchronous
//!   programs do; the standard library has no call for that.
//! - **Chunks are dealt when they are asked for**, from one iterator behind a lock, so a worker that is held up gets fewer.
//!   To deal them round in advance needs no lock, and waits for the slowest. `next` is a closure of its own, so that the
//!   lock is let go before the worker is asked.
//! - **Each answer keeps the number of its chunk**, and one sort restores the order. A slot for each chunk would need no
//!   sort, and as many locks as chunks.
//! - **`Drop` ends a worker**, since it is run on every path: after an error, after `?` in `Pool::start`, in a panic. It
//!   kills before it waits, because a worker that was told nothing never ends.
//! - **`ask` kills a worker that has gone, too**, before it asks how it ended: it may have closed its output and live on.
//!   One that has ended already keeps its own status.
//! - **After an error the pool is empty.** To start another worker and deal the chunk again is right where workers die of
//!   bad luck, and wrong where the task kills them: that is for the caller to know.
//! - **MessagePack, by `rmp-serde`**, because it keeps every bit of an `f64`, can be read in any language, and builds
//!   quickly: 2.4 s of CPU time in a cold build, of which this lesson alone pays. `postcard` is smaller on the wire but
//!   builds serde's derive macros (7.5 s), `bitcode` took 4.5 s. `borsh` took 0.4 s but refuses NaN, JSON makes it null, and
//!   `bincode` is no longer kept (RUSTSEC-2025-0141). (Two cores of a shared x86-64 Linux machine, 2026-11-22: user time of
//!   `cargo build` beside that of `serde_json`, which the course builds anyway.)
// end

use std::num::NonZeroUsize;
// solution:
use std::io::ErrorKind;
use std::process::{ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;
// end
use std::process::{ChildStdin, ChildStdout, Command};
use std::time::Duration;

use lesson::{Answers, DeserializeOwned, PoolError, Process, Serialize};
// solution:
use lesson::{TooLate, send};
// end

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
        // skeleton: todo!("start {command:?}, with pipes and a patience of {patience:?}")
        // solution:
        let mut command = command;
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(PoolError::Start)?;
        let tasks = child.stdin.take();
        let answers = child.stdout.take().expect("it was given a pipe just now");
        Ok(Self {
            process: Process::new(child, patience),
            tasks,
            answers: Answers::new(answers),
        })
        // end
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
        // skeleton: todo!("ship {} tasks, read their answers", chunk.len())
        // solution:
        let worker = self.process.id();
        let tasks = self.tasks.as_mut().ok_or(PoolError::Closed)?;
        let garbage = |what| Err(PoolError::Garbage { worker, what });
        let said = self.process.within(|| {
            send(tasks, chunk)?;
            self.answers.receive::<Vec<A>>()
        });
        match said {
            Err(TooLate) => Err(PoolError::TimedOut { worker }),
            Ok(Ok(Some(answers))) if answers.len() == chunk.len() => Ok(answers),
            Ok(Ok(Some(answers))) => garbage(format!(
                "{} answers to {} tasks",
                answers.len(),
                chunk.len()
            )),
            Ok(Err(error)) if error.kind() == ErrorKind::InvalidData => garbage(error.to_string()),
            Ok(Ok(None) | Err(_)) => {
                let status = self.end();
                Err(PoolError::Died { worker, status })
            }
        }
        // end
    }

    /// Closes the pipe of the tasks, so that the worker ends by itself, and waits until it has. What it still writes
    /// need not be read.
    ///
    /// # Errors
    ///
    /// - [`PoolError::TimedOut`] when it has not ended within the patience. It is ended then.
    /// - [`PoolError::Died`] when it ended, but not with success: with another code than 0, or by a signal.
    pub fn close(mut self) -> Result<(), PoolError> {
        // skeleton: todo!("close {:?}, then wait for the end", self.tasks.take())
        // solution:
        let worker = self.process.id();
        self.tasks = None;
        match self.process.within(|| self.process.wait()) {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(PoolError::Died { worker, status }),
            Err(TooLate) => Err(PoolError::TimedOut { worker }),
        }
        // end
    }
    // solution:

    /// Ends the process if it has not ended, and takes note of how it did.
    fn end(&self) -> ExitStatus {
        self.process.kill();
        self.process.wait()
    }
    // end
}

/// Whatever happened to a worker, it leaves no process behind, neither one that runs on nor a zombie; also when a panic
/// drops it.
impl Drop for Worker {
    fn drop(&mut self) {
        // skeleton: // A panic while another one is under way would end the program without a word.
        // skeleton: if !std::thread::panicking() {
        // skeleton:     todo!("end process {}, and wait for it", self.process.id())
        // skeleton: }
        // solution:
        self.end();
        // end
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
        // skeleton: todo!(
        // skeleton:     "deal {} tasks to {} workers in chunks of {chunk}",
        // skeleton:     tasks.len(),
        // skeleton:     self.workers.len()
        // skeleton: )
        // solution:
        if self.workers.is_empty() {
            return Err(PoolError::Closed);
        }
        let chunks = Mutex::new(tasks.chunks(chunk.get()).enumerate());
        let next = || chunks.lock().expect("dealing does not panic").next();
        let deal_to = |worker: &mut Worker| {
            let mut answered = Vec::new();
            while let Some((place, chunk)) = next() {
                match worker.ask(chunk) {
                    Ok(answers) => answered.push((place, answers)),
                    Err(error) => {
                        while next().is_some() {} // the others find nothing more to do
                        return Err(error);
                    }
                }
            }
            Ok(answered)
        };
        let deal_to = &deal_to;
        let dealt: Result<Vec<_>, PoolError> = thread::scope(|scope| {
            let workers = self.workers.iter_mut();
            let dealers: Vec<_> = workers
                .map(|worker| scope.spawn(move || deal_to(worker)))
                .collect();
            dealers
                .into_iter()
                .map(|dealer| dealer.join().expect("dealing does not panic"))
                .collect()
        });
        if dealt.is_err() {
            self.workers.clear(); // dropping ends them
        }
        let mut answered: Vec<_> = dealt?.into_iter().flatten().collect();
        answered.sort_by_key(|(place, _)| *place);
        Ok(answered
            .into_iter()
            .flat_map(|(_, answers)| answers)
            .collect())
        // end
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
