// rejected: chunk size must be non-zero
use std::num::NonZeroUsize;
use std::process::Command;
use std::thread;
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
        let _ = chunk;
        let share = tasks.len().div_ceil(self.pool.workers.len());
        let dealt: Result<Vec<Vec<A>>, PoolError> = thread::scope(|scope| {
            let workers = self.pool.workers.iter_mut();
            let dealers: Vec<_> = workers
                .zip(tasks.chunks(share))
                .map(|(worker, own)| scope.spawn(|| worker.ask(own)))
                .collect();
            dealers
                .into_iter()
                .map(|dealer| dealer.join().unwrap())
                .collect()
        });
        Ok(dealt?.into_iter().flatten().collect())
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.pool.close()
    }
}
