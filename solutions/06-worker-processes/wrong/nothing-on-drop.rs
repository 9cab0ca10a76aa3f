// rejected: running on: 0, zombies: 2
// only check sees: what is left behind, in `/proc`, which the sandbox does not have
use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::process::{ChildStdin, ChildStdout, Command};
use std::process::{ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use lesson::{Answers, DeserializeOwned, PoolError, Process, Serialize};
use lesson::{TooLate, send};

pub struct Worker {
    pub process: Process,
    pub tasks: Option<ChildStdin>,
    pub answers: Answers<ChildStdout>,
}

impl Worker {
    pub fn start(command: Command, patience: Duration) -> Result<Self, PoolError> {
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
    }

    pub fn ask<T, A>(&mut self, chunk: &[T]) -> Result<Vec<A>, PoolError>
    where
        T: Serialize,
        A: DeserializeOwned,
    {
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
    }

    pub fn close(mut self) -> Result<(), PoolError> {
        let worker = self.process.id();
        self.tasks = None;
        match self.process.within(|| self.process.wait()) {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(PoolError::Died { worker, status }),
            Err(TooLate) => Err(PoolError::TimedOut { worker }),
        }
    }

    fn end(&self) -> ExitStatus {
        self.process.kill();
        self.process.wait()
    }
}

pub struct Pool {
    pub workers: Vec<Worker>,
}

impl Pool {
    pub fn start(
        mut command: impl FnMut() -> Command,
        workers: NonZeroUsize,
        patience: Duration,
    ) -> Result<Self, PoolError> {
        let workers = (0..workers.get()).map(|_| Worker::start(command(), patience));
        let workers = workers.collect::<Result<_, _>>()?;
        Ok(Self { workers })
    }

    pub fn map<T, A>(&mut self, tasks: &[T], chunk: NonZeroUsize) -> Result<Vec<A>, PoolError>
    where
        T: Serialize + Sync,
        A: DeserializeOwned + Send,
    {
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
                        while next().is_some() {}
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
            self.workers.clear();
        }
        let mut answered: Vec<_> = dealt?.into_iter().flatten().collect();
        answered.sort_by_key(|(place, _)| *place);
        Ok(answered
            .into_iter()
            .flat_map(|(_, answers)| answers)
            .collect())
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.workers.into_iter().try_for_each(Worker::close)
    }
}
