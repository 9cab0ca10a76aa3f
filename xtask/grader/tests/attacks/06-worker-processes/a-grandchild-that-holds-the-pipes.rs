// attack: has a shell start a process that outlives everybody and holds the standard output open
// outcome: passed | failed | forbidden
use std::num::NonZeroUsize;
use std::process::Command;
use std::time::Duration;

use lesson::{DeserializeOwned, PoolError, Serialize};

mod model;

pub struct Pool(model::Pool);

impl Pool {
    pub fn start(
        command: impl FnMut() -> Command,
        workers: NonZeroUsize,
        patience: Duration,
    ) -> Result<Self, PoolError> {
        let mut shell = Command::new("/bin/sh");
        let _ = shell.args(["-c", "sleep 600 & exit"]).status();
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
