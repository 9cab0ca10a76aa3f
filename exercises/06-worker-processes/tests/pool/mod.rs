//! How the claims start a pool, and what they say of what comes of it.

use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use lesson::PoolError;
use lesson::meeting::{Meeting, sentences};
use testkit::{Mismatch, in_time};
use worker_processes::Pool;

/// Enough for an honest worker on a machine that is held up.
pub const PATIENCE: Duration = Duration::from_secs(4);

/// For workers that never do what they are waited for.
pub const SHORT: Duration = Duration::from_millis(5);

/// How many workers, how many tasks, in chunks of how many.
pub type Deal = (usize, usize, usize);

/// What a pool said: if an error, then its name, the exit status that it tells, and both in words.
pub type Said<A> = Result<A, (String, Option<i32>, String)>;

/// Above every patience of the checks, and below the limits of those who run them.
const LIMIT: Duration = Duration::from_secs(7);

const STILL_WAITING: &str = "still waiting after 7 s, without an alarm";

pub fn nonzero(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).expect("no case has zero workers or tasks a chunk")
}

/// What `work` makes of a pool of these workers, within [`LIMIT`].
pub fn with_pool<A: Send + 'static>(
    command: impl FnMut() -> Command + Send + 'static,
    workers: usize,
    patience: Duration,
    work: impl FnOnce(Pool) -> Result<A, PoolError> + Send + 'static,
) -> Said<A> {
    say_in_time(move || Pool::start(command, nonzero(workers), patience).and_then(work))
}

/// What `work` comes to, within [`LIMIT`].
pub fn say_in_time<A: Send + 'static>(
    work: impl FnOnce() -> Result<A, PoolError> + Send + 'static,
) -> Said<A> {
    let said = in_time(LIMIT, move || plain(work()));
    said.unwrap_or_else(|| Err((String::new(), None, STILL_WAITING.to_owned())))
}

pub fn plain<A>(said: Result<A, PoolError>) -> Said<A> {
    said.map_err(|error| {
        let status = match &error {
            PoolError::Died { status, .. } => status.code(),
            _ => None,
        };
        let name = error.name().to_owned();
        let words = format!("Err({name}): {error}");
        (name, status, words)
    })
}

/// What workers say that call at a meeting from inside every task, and who has called there about which task.
pub fn meet(
    &(workers, tasks, chunk): &Deal,
    meeting: Meeting,
) -> (Said<Vec<String>>, Vec<(u32, usize)>) {
    let meeting = Arc::new(meeting);
    let at_meeting = Arc::clone(&meeting);
    let said = with_pool(
        move || at_meeting.worker(),
        workers,
        PATIENCE,
        move |mut pool| pool.map(&sentences(tasks), nonzero(chunk)),
    );
    let visits = meeting.visits().into_iter();
    let visits = visits.filter_map(|visit| Some((visit.worker, visit.number()?)));
    (said, visits.collect())
}

/// # Errors
///
/// Unless answer i is that to task i of [`sentences`].
pub fn expect_answers(&(_, tasks, _): &Deal, said: &Said<Vec<String>>) -> Result<(), Mismatch> {
    let expected = sentences(tasks);
    let words = format!("{expected:?}: answer i is that to task i");
    let holds = *said == Ok(expected);
    match said {
        Ok(answers) => Mismatch::unless(holds, format!("the answers are {answers:?}"), words),
        Err((.., seen)) => mismatch(seen, words),
    }
}

/// # Errors
///
/// Unless it is an error of this name, with this exit status.
pub fn expect_error<A>(said: &Said<A>, name: &str, status: Option<i32>) -> Result<(), Mismatch> {
    let expected = match status {
        Some(code) => format!("Err({name}), with the exit status {code}"),
        None => format!("Err({name})"),
    };
    match said {
        Ok(_) => mismatch("Ok", expected),
        Err((error, code, _)) if error == name && *code == status => Ok(()),
        Err((.., seen)) => mismatch(seen, expected),
    }
}

/// # Errors
///
/// If it is an error.
pub fn expect_ok<A>(said: &Said<A>) -> Result<&A, Mismatch> {
    match said {
        Ok(answer) => Ok(answer),
        Err((.., seen)) => mismatch(seen, "Ok".to_owned()),
    }
}

fn mismatch<A>(seen: &str, expected: String) -> Result<A, Mismatch> {
    let end = "an end: wait for a worker inside `process.within`, or when it is killed or its tasks are closed";
    Err(Mismatch {
        actual: seen.to_owned(),
        expected: match seen {
            STILL_WAITING => end.to_owned(),
            _ => expected,
        },
    })
}

pub fn words(&(workers, tasks, chunk): &Deal) -> String {
    let [workers, tasks] = [count(workers, "worker"), count(tasks, "task")];
    format!("{workers}, {tasks} in chunks of {chunk}")
}

pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
