//! What is asked of a submission that is graded: cases that nobody has seen, drawn anew for each.
//!
//! The workers are the program that asks, started once more: see [`again_as`](crate::again_as).

mod answers;
mod endings;
mod left;

use std::num::NonZeroUsize;
use std::process::Command;
use std::time::Duration;

use testkit::Examination;

use crate::{Integral, PoolError};

/// A pool of the submission's, for tasks and answers of these types.
pub trait Pool<T, A> {
    /// `Pool::map`.
    ///
    /// # Errors
    ///
    /// As its contract says.
    fn map(&mut self, tasks: &[T], chunk: NonZeroUsize) -> Result<Vec<A>, PoolError>;

    /// `Pool::close`.
    ///
    /// # Errors
    ///
    /// As its contract says.
    fn close(self: Box<Self>) -> Result<(), PoolError>;
}

/// `Pool::start(command, workers, patience)`.
pub type Start<T, A> = fn(
    &mut dyn FnMut() -> Command,
    NonZeroUsize,
    Duration,
) -> Result<Box<dyn Pool<T, A>>, PoolError>;

/// The questions to a pool, of workers that do as they are told and of workers that compute integrals.
pub fn declared(told: Start<String, String>, integrals: Start<Integral, f64>) -> Examination {
    let questions = [
        answers::questions(told, integrals),
        endings::questions(told),
    ];
    Examination::of(questions.into_iter().flatten()).with_processes()
}

/// Enough for an honest worker on a machine that is held up.
const PATIENCE: Duration = Duration::from_secs(4);

fn nonzero(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).expect("no case has zero workers or tasks a chunk")
}

/// How a call ended: `Ok`, or the name of its error.
fn outcome<T>(result: &Result<T, PoolError>) -> String {
    let name = result.as_ref().err().map_or("Ok", PoolError::name);
    name.to_owned()
}

/// The questions to the `Pool` of a crate: `questions!(worker_processes)`.
///
/// The workers are the program that expands this macro, so it has to [`play`](crate::roles::play) the role it is started
/// in.
#[macro_export]
macro_rules! questions {
    ($subject:ident) => {{
        struct Asked($subject::Pool);

        impl<T, A> $crate::questions::Pool<T, A> for Asked
        where
            T: $crate::Serialize + Sync,
            A: $crate::DeserializeOwned + Send,
        {
            fn map(
                &mut self,
                tasks: &[T],
                chunk: std::num::NonZeroUsize,
            ) -> Result<Vec<A>, $crate::PoolError> {
                self.0.map(tasks, chunk)
            }

            fn close(self: Box<Self>) -> Result<(), $crate::PoolError> {
                self.0.close()
            }
        }

        $crate::questions::declared(
            |command, workers, patience| {
                Ok(Box::new(Asked($subject::Pool::start(
                    command, workers, patience,
                )?)))
            },
            |command, workers, patience| {
                Ok(Box::new(Asked($subject::Pool::start(
                    command, workers, patience,
                )?)))
            },
        )
    }};
}
