// rejected: one worker did all the tasks
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
        let Some(worker) = self.pool.workers.first_mut() else {
            return Err(PoolError::Closed);
        };
        let answers: Result<Vec<Vec<A>>, _> = tasks
            .chunks(chunk.get())
            .map(|chunk| worker.ask(chunk))
            .collect();
        if answers.is_err() {
            self.pool.workers.clear();
        }
        Ok(answers?.into_iter().flatten().collect())
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.pool.close()
    }
}
