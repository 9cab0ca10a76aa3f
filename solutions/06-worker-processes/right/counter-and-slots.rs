// accepted: a counter tells the next chunk, and each chunk has a slot for its answers
use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
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
        let chunks: Vec<&[T]> = tasks.chunks(chunk.get()).collect();
        let slots: Vec<Mutex<Vec<A>>> = chunks.iter().map(|_| Mutex::default()).collect();
        let places = &slots;
        let (chunks, next) = (&chunks, &AtomicUsize::new(0));
        let done: Result<(), PoolError> = thread::scope(|scope| {
            let workers = self.pool.workers.iter_mut();
            let dealers: Vec<_> = workers
                .map(|worker| {
                    scope.spawn(move || {
                        loop {
                            let place = next.fetch_add(1, Ordering::Relaxed);
                            let Some(chunk) = chunks.get(place) else {
                                return Ok(());
                            };
                            let answers = worker
                                .ask(chunk)
                                .inspect_err(|_| next.store(chunks.len(), Ordering::Relaxed))?;
                            *places[place].lock().unwrap() = answers;
                        }
                    })
                })
                .collect();
            dealers
                .into_iter()
                .try_for_each(|dealer| dealer.join().unwrap())
        });
        if let Err(error) = done {
            self.pool.workers.clear();
            return Err(error);
        }
        Ok(slots
            .into_iter()
            .flat_map(|slot| slot.into_inner().unwrap())
            .collect())
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.pool.close()
    }
}
