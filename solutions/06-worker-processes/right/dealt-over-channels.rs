// accepted: the caller deals over a channel without room and gathers what comes back over another
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::{Arc, Mutex, mpsc};
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
        let (deal, dealt) = mpsc::sync_channel::<(usize, &[T])>(0);
        let dealt = Arc::new(Mutex::new(dealt));
        let (tell, told) = mpsc::channel();
        let said: BTreeMap<usize, Result<Vec<A>, PoolError>> = thread::scope(|scope| {
            for worker in &mut self.pool.workers {
                let (dealt, tell) = (Arc::clone(&dealt), tell.clone());
                scope.spawn(move || {
                    let next = || dealt.lock().unwrap().recv();
                    while let Ok((place, chunk)) = next() {
                        let answers = worker.ask(chunk);
                        let failed = answers.is_err();
                        tell.send((place, answers)).unwrap();
                        if failed {
                            return;
                        }
                    }
                });
            }
            drop((dealt, tell));
            for chunk in tasks.chunks(chunk.get()).enumerate() {
                if deal.send(chunk).is_err() {
                    break;
                }
            }
            drop(deal);
            told.into_iter().collect()
        });
        let answers: Result<Vec<_>, _> = said.into_values().collect();
        if answers.is_err() {
            self.pool.workers.clear();
        }
        Ok(answers?.into_iter().flatten().collect())
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.pool.close()
    }
}
