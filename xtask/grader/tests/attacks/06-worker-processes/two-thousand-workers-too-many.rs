// attack: starts two thousand workers that nobody asked for, and waits for none
// outcome: failed | did-not-finish | out-of-memory | crashed
use std::mem::forget;
use std::num::NonZeroUsize;
use std::process::{Command, Stdio};
use std::time::Duration;

use lesson::{DeserializeOwned, PoolError, Serialize};

mod model;

pub struct Pool(model::Pool);

impl Pool {
    pub fn start(
        mut command: impl FnMut() -> Command,
        workers: NonZeroUsize,
        patience: Duration,
    ) -> Result<Self, PoolError> {
        for _ in 0..2000 {
            let worker = command()
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn();
            forget(worker);
        }
        model::Pool::start(command, workers, patience).map(Self)
    }

    pub fn map<T, A>(&mut self, tasks: &[T], chunk: NonZeroUsize) -> Result<Vec<A>, PoolError>
    where
        T: Serialize + Sync,
        A: DeserializeOwned + Send,
    {
        self.0.map(tasks, chunk)
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.0.close()
    }
}
