// attack: calls a server outside, since processes of this lesson may use sockets
// outcome: passed | forbidden
use std::net::{SocketAddr, TcpStream};
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
        let outside = SocketAddr::from(([192, 0, 2, 1], 80));
        let _ = TcpStream::connect_timeout(&outside, Duration::from_millis(100));
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
