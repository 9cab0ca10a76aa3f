// accepted: the chunks are dealt from the back, and put into order in the end
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
        if self.pool.workers.is_empty() {
            return Err(PoolError::Closed);
        }
        let chunks = Mutex::new(tasks.chunks(chunk.get()).enumerate().collect::<Vec<_>>());
        let next = || chunks.lock().unwrap().pop();
        let next = &next;
        let dealt: Vec<_> = thread::scope(|scope| {
            let workers = self.pool.workers.iter_mut();
            let dealers: Vec<_> = workers
                .map(|worker| {
                    scope.spawn(move || {
                        let dealt = std::iter::from_fn(next);
                        let asked = dealt.map(|(place, chunk)| Ok((place, worker.ask(chunk)?)));
                        asked.collect::<Result<Vec<_>, PoolError>>()
                    })
                })
                .collect();
            dealers
                .into_iter()
                .map(|dealer| dealer.join().unwrap())
                .collect()
        });
        let dealt: Result<Vec<_>, _> = dealt.into_iter().collect();
        if dealt.is_err() {
            self.pool.workers.clear();
        }
        let mut answered: Vec<(usize, Vec<A>)> = dealt?.into_iter().flatten().collect();
        answered.sort_by_key(|(place, _)| *place);
        Ok(answered
            .into_iter()
            .flat_map(|(_, answers)| answers)
            .collect())
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.pool.close()
    }
}
