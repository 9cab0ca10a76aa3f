// rejected: worker and parent wait for each other
use lesson::{TooLate, send};
use std::num::NonZeroUsize;
use std::process::Command;
use std::time::Duration;

use lesson::{DeserializeOwned, PoolError, Serialize};

mod model;
use model::Worker;

pub struct Pool {
    pool: model::Pool,
}

impl Pool {
    pub fn start(
        command: impl FnMut() -> Command,
        workers: NonZeroUsize,
        patience: Duration,
    ) -> Result<Self, PoolError> {
        let pool = model::Pool::start(command, workers, patience)?;
        Ok(Self { pool })
    }

    pub fn map<T, A>(&mut self, tasks: &[T], chunk: NonZeroUsize) -> Result<Vec<A>, PoolError>
    where
        T: Serialize + Sync,
        A: DeserializeOwned + Send,
    {
        let workers = self.pool.workers.len();
        for (place, chunk) in tasks.chunks(chunk.get()).enumerate() {
            ship(&mut self.pool.workers[place % workers], chunk)?;
        }
        let mut all = Vec::new();
        for place in 0..tasks.len().div_ceil(chunk.get()) {
            all.extend(read(&mut self.pool.workers[place % workers])?);
        }
        Ok(all)
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.pool.close()
    }
}

fn ship<T: Serialize>(worker: &mut Worker, chunk: &[T]) -> Result<(), PoolError> {
    let tasks = worker.tasks.as_mut().unwrap();
    match worker.process.within(|| send(tasks, chunk)) {
        Err(TooLate) => Err(PoolError::TimedOut {
            worker: worker.process.id(),
        }),
        Ok(_) => Ok(()),
    }
}

fn read<A: DeserializeOwned>(worker: &mut Worker) -> Result<Vec<A>, PoolError> {
    match worker.process.within(|| worker.answers.receive()) {
        Ok(Ok(Some(answers))) => Ok(answers),
        _ => Err(PoolError::TimedOut {
            worker: worker.process.id(),
        }),
    }
}
