// rejected: 2 workers, 3 maps of 4 tasks: 6 processes took part
use std::num::NonZeroUsize;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use lesson::{Answers, DeserializeOwned, PoolError, Process, Serialize};

mod model;
use model::Worker;

pub struct Pool {
    command: Command,
    workers: usize,
    patience: Duration,
}

impl Pool {
    pub fn start(
        mut command: impl FnMut() -> Command,
        workers: NonZeroUsize,
        patience: Duration,
    ) -> Result<Self, PoolError> {
        Ok(Self {
            command: command(),
            workers: workers.get(),
            patience,
        })
    }

    pub fn map<T, A>(&mut self, tasks: &[T], chunk: NonZeroUsize) -> Result<Vec<A>, PoolError>
    where
        T: Serialize + Sync,
        A: DeserializeOwned + Send,
    {
        let mut workers = Vec::new();
        for _ in 0..self.workers {
            workers.push(started(&mut self.command, self.patience)?);
        }
        let answers: Result<Vec<Vec<A>>, PoolError> = thread::scope(|scope| {
            let mut asked = Vec::new();
            for (first, mut worker) in workers.into_iter().enumerate() {
                let own = tasks.chunks(chunk.get()).skip(first).step_by(self.workers);
                asked.push(scope.spawn(move || {
                    let mut answers = Vec::new();
                    for chunk in own {
                        answers.push(worker.ask(chunk)?);
                    }
                    Ok(answers)
                }));
            }
            let mut answers: Vec<_> = Vec::new();
            for asked in asked {
                answers.push(asked.join().unwrap()?.into_iter());
            }
            let mut in_order = Vec::new();
            while let Some(next) = answers[in_order.len() % self.workers].next() {
                in_order.push(next);
            }
            Ok(in_order)
        });
        Ok(answers?.into_iter().flatten().collect())
    }

    pub fn close(self) -> Result<(), PoolError> {
        Ok(())
    }
}

fn started(command: &mut Command, patience: Duration) -> Result<Worker, PoolError> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(PoolError::Start)?;
    let tasks = child.stdin.take();
    let answers = Answers::new(child.stdout.take().unwrap());
    let process = Process::new(child, patience);
    Ok(Worker {
        process,
        tasks,
        answers,
    })
}
