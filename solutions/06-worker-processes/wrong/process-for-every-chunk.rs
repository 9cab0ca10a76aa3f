// rejected: 3 maps of 4 tasks: 12 processes took part
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
        let mut all = Vec::new();
        let chunks: Vec<&[T]> = tasks.chunks(chunk.get()).collect();
        for round in chunks.chunks(self.workers) {
            let answers: Result<Vec<Vec<A>>, PoolError> = thread::scope(|scope| {
                let mut asked = Vec::new();
                for &chunk in round {
                    let mut worker = started(&mut self.command, self.patience)?;
                    asked.push(scope.spawn(move || worker.ask(chunk)));
                }
                asked
                    .into_iter()
                    .map(|asked| asked.join().unwrap())
                    .collect()
            });
            all.extend(answers?.into_iter().flatten());
        }
        Ok(all)
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
