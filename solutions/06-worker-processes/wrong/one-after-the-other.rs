// rejected: never 2 processes inside a task at once: 2 took turns
use std::num::NonZeroUsize;
use std::process::Command;
use std::time::Duration;

use lesson::{DeserializeOwned, PoolError, Serialize};

mod model;

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
        if self.pool.workers.is_empty() {
            return Err(PoolError::Closed);
        }
        let mut workers = self.pool.workers.iter_mut();
        let mut all = Vec::new();
        for chunk in tasks.chunks(chunk.get()) {
            let worker = match workers.next() {
                Some(worker) => worker,
                None => {
                    workers = self.pool.workers.iter_mut();
                    workers.next().expect("it is not empty")
                }
            };
            match worker.ask(chunk) {
                Ok(answers) => all.extend(answers),
                Err(error) => {
                    self.pool.workers.clear();
                    return Err(error);
                }
            }
        }
        Ok(all)
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.pool.close()
    }
}
