// accepted: every chunk is dealt together with the piece of the list that its answers belong to
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
        let mut all: Vec<Option<A>> = tasks.iter().map(|_| None).collect();
        let size = chunk.get();
        let chunks = Mutex::new(tasks.chunks(size).zip(all.chunks_mut(size)));
        let next = || chunks.lock().unwrap().next();
        let done = thread::scope(|scope| {
            let mut dealers = Vec::new();
            for worker in &mut self.pool.workers {
                let next = &next;
                dealers.push(scope.spawn(move || {
                    while let Some((chunk, places)) = next() {
                        let answers = worker
                            .ask(chunk)
                            .inspect_err(|_| while next().is_some() {})?;
                        for (place, answer) in places.iter_mut().zip(answers) {
                            *place = Some(answer);
                        }
                    }
                    Ok(())
                }));
            }
            dealers
                .into_iter()
                .try_for_each(|dealer| dealer.join().unwrap())
        });
        match done {
            Err(error) => {
                self.pool.workers.clear();
                Err(error)
            }
            Ok(()) => Ok(all.into_iter().flatten().collect()),
        }
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.pool.close()
    }
}
