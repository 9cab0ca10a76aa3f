// rejected: the answers are ["task 1"
use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::Mutex;
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
        let chunks = Mutex::new(tasks.chunks(chunk.get()));
        let next = || chunks.lock().unwrap().next();
        let all = Mutex::new(Vec::new());
        let failed = Mutex::new(None);
        thread::scope(|scope| {
            for worker in &mut self.pool.workers {
                scope.spawn(|| {
                    while let Some(chunk) = next() {
                        match worker.ask(chunk) {
                            Ok(answers) => all.lock().unwrap().extend(answers),
                            Err(error) => *failed.lock().unwrap() = Some(error),
                        }
                    }
                });
            }
        });
        match failed.into_inner().unwrap() {
            Some(error) => {
                self.pool.workers.clear();
                Err(error)
            }
            None => Ok(all.into_inner().unwrap()),
        }
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.pool.close()
    }
}
