// attack: gives all work to one worker, and has others call at the parent's meeting, whose address the commands hold
// outcome: failed | did-not-overlap
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::num::NonZeroUsize;
use std::process::Command;
use std::thread;
use std::time::Duration;

use lesson::{DeserializeOwned, PoolError, Serialize};

mod model;

pub struct Pool {
    one: model::Pool,
    /// Where visitors are awaited, and how many workers there should be.
    meeting: Option<String>,
    workers: usize,
}

impl Pool {
    pub fn start(
        mut command: impl FnMut() -> Command,
        workers: NonZeroUsize,
        patience: Duration,
    ) -> Result<Self, PoolError> {
        let mut meeting = None;
        let observed = || {
            let command = command();
            meeting = command
                .get_envs()
                .find(|(name, _)| *name == OsStr::new("MANY_HANDS_MEETING"))
                .and_then(|(_, address)| Some(address?.to_str()?.to_owned()));
            command
        };
        let one = model::Pool::start(observed, NonZeroUsize::MIN, patience)?;
        let workers = workers.get();
        Ok(Self {
            one,
            meeting,
            workers,
        })
    }

    pub fn map<T, A>(&mut self, tasks: &[T], chunk: NonZeroUsize) -> Result<Vec<A>, PoolError>
    where
        T: Serialize + Sync,
        A: DeserializeOwned + Send,
    {
        thread::scope(|scope| {
            if let Some(address) = &self.meeting {
                for visitor in 1..self.workers {
                    scope.spawn(move || visit(address, visitor as u32));
                }
            }
            self.one.map(tasks, chunk)
        })
    }

    pub fn close(self) -> Result<(), PoolError> {
        self.one.close()
    }
}

/// What a worker does that is inside a task: says its process id and the task, and waits for the answer.
fn visit(address: &str, worker: u32) -> Option<()> {
    let mut parent = TcpStream::connect(address).ok()?;
    parent.write_all(&(1_000_000 + worker).to_le_bytes()).ok()?;
    parent.write_all(format!("task {worker}").as_bytes()).ok()?;
    parent.shutdown(Shutdown::Write).ok()?;
    parent.read_exact(&mut [0]).ok()
}
