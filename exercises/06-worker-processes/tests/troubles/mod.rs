//! Workers that misbehave, and what has to come of it.

use std::sync::Arc;
use std::time::Duration;

use fastrand::Rng;
use lesson::leftovers::{before, expect_nothing};
use lesson::meeting::{Meeting, sentences};
use lesson::{PoolError, again_as};
use testkit::{Mismatch, Rendezvous, cases, claim};
use worker_processes::Pool;

use super::pool::{
    PATIENCE, SHORT, Said, expect_error, expect_ok, nonzero, plain, with_pool, words,
};

/// A way to misbehave.
struct Trouble {
    role: &'static str,
    /// What one worker is told; empty where the role says it.
    task: &'static str,
    patience: Duration,
    words: &'static str,
    error: &'static str,
    status: Option<i32>,
}

const DIED: (&str, Duration) = ("PoolError::Died", PATIENCE);
const GARBAGE: (&str, Duration) = ("PoolError::Garbage", PATIENCE);
const TIMED_OUT: (&str, Duration) = ("PoolError::TimedOut", SHORT);

/// The exit status of a worker that a signal has ended.
pub const BY_A_SIGNAL: Option<i32> = if cfg!(unix) { None } else { Some(9) };

static TROUBLES: [Trouble; 13] = [
    trouble(
        ("told", "die with status 3"),
        "is told to die with status 3",
        DIED,
        Some(3),
    ),
    trouble(
        ("told", "die in mid-answer"),
        "is told to die in mid-answer",
        DIED,
        Some(0),
    ),
    trouble(
        ("gone", ""),
        "ends before it has read its tasks",
        DIED,
        Some(3),
    ),
    trouble(
        ("told", "leave without an answer"),
        "ends with success and without an answer",
        DIED,
        Some(0),
    ),
    trouble(
        ("told", "die by a signal"),
        "is ended by a signal",
        DIED,
        BY_A_SIGNAL,
    ),
    trouble(
        ("told", "hang up"),
        "closes its pipes and lives on",
        DIED,
        BY_A_SIGNAL,
    ),
    trouble(
        ("told", "answer nonsense"),
        "is told to answer nonsense",
        GARBAGE,
        None,
    ),
    trouble(
        ("told", "print something"),
        "is told to print something",
        GARBAGE,
        None,
    ),
    trouble(
        ("forgetful", ""),
        "answers with an empty list",
        GARBAGE,
        None,
    ),
    trouble(
        ("careless", ""),
        "leaves out the last answer",
        GARBAGE,
        None,
    ),
    trouble(
        ("talkative", ""),
        "gives one answer too many",
        GARBAGE,
        None,
    ),
    trouble(("told", "never answer"), "never answers", TIMED_OUT, None),
    trouble(
        ("deaf", ""),
        "never reads a task larger than the pipe",
        TIMED_OUT,
        None,
    ),
];

const fn trouble(
    (role, task): (&'static str, &'static str),
    words: &'static str,
    (error, patience): (&'static str, Duration),
    status: Option<i32>,
) -> Trouble {
    Trouble {
        role,
        task,
        patience,
        words,
        error,
        status,
    }
}

/// A map whose task in this place meets with trouble, and in the role `told` no other.
#[derive(Clone)]
struct Case {
    trouble: &'static Trouble,
    workers: usize,
    tasks: usize,
    chunk: usize,
    place: usize,
}

impl Case {
    /// The plainest case of a trouble: a single chunk, in which the trouble is last.
    fn plain(trouble: &'static Trouble, workers: usize) -> Self {
        let tasks = match trouble.role {
            "careless" => 3,
            _ => 1,
        };
        Self {
            trouble,
            workers,
            tasks,
            chunk: tasks,
            place: tasks - 1,
        }
    }

    fn draw(troubles: &[&'static Trouble], random: &mut Rng) -> Self {
        let tasks = random.usize(1..6);
        Self {
            trouble: troubles[random.usize(..troubles.len())],
            workers: random.usize(1..4),
            tasks,
            chunk: random.usize(1..4),
            place: random.usize(..tasks),
        }
    }

    fn words(&self) -> String {
        let deal = words(&(self.workers, self.tasks, self.chunk));
        format!("{deal}, a worker {}", self.trouble.words)
    }

    /// What `work` makes of a pool of such workers.
    fn with_pool<A: Send + 'static>(
        &self,
        work: impl FnOnce(&Self, Pool) -> Result<A, PoolError> + Send + 'static,
    ) -> Said<A> {
        let (case, Trouble { role, patience, .. }) = (self.clone(), self.trouble);
        with_pool(
            || again_as(role),
            self.workers,
            *patience,
            move |pool| work(&case, pool),
        )
    }

    /// All tasks are honest but one. Those of workers that do not read are larger than a pipe.
    fn map(&self, pool: &mut Pool) -> Result<(), PoolError> {
        let mut tasks = sentences(self.tasks);
        let chunk = nonzero(self.chunk);
        match (self.trouble.role, self.trouble.task) {
            ("told", task) => task.clone_into(&mut tasks[self.place]),
            ("careless" | "talkative", _) => return pool.map::<_, usize>(&tasks, chunk).map(drop),
            _ => tasks.fill("x".repeat(200_000)),
        }
        pool.map::<_, String>(&tasks, chunk).map(drop)
    }

    fn expect_error<A>(&self, said: &Said<A>) -> Result<(), Mismatch> {
        expect_error(said, self.trouble.error, self.trouble.status)
    }
}

/// Claims that the troubles that end in this error do so: the plainest case of each, then random ones of all together.
#[track_caller]
pub fn claim_named(error: &str) {
    let troubles = TROUBLES.iter().filter(|trouble| trouble.error == error);
    let troubles: Vec<_> = troubles.collect();
    let plain = troubles.iter().map(|trouble| vec![Case::plain(trouble, 1)]);
    claim(
        cases(plain)
            .and_random(|random| {
                let draw = |trouble: &&'static Trouble| Case::draw(&[*trouble], random);
                troubles.iter().map(draw).collect()
            })
            .times(1),
        |all| {
            let said = all.iter();
            said.map(|case| case.with_pool(|case, mut pool| case.map(&mut pool)))
                .collect::<Vec<_>>()
        },
        |all, said| {
            Mismatch::unless(said.len() == all.len(), said.len(), all.len())?;
            let mut said = all.iter().zip(said);
            said.try_for_each(|(case, said)| {
                case.expect_error(said).map_err(|mismatch| Mismatch {
                    actual: format!("{}: {}", case.words(), mismatch.actual),
                    ..mismatch
                })
            })
        },
    );
}

/// Claims that an error leaves no process, and a pool that knows that it is closed.
#[track_caller]
pub fn claim_closed_after_an_error() {
    let troubles: Vec<_> = TROUBLES.iter().collect();
    let fixed = ["die with status 3", "answer nonsense", "never answer"];
    let fixed = TROUBLES
        .iter()
        .filter(|trouble| fixed.contains(&trouble.task));
    claim(
        cases(fixed.map(|trouble| Case::plain(trouble, 3)))
            .and_random(|random| Case::draw(&troubles, random))
            .times(4)
            .label(Case::words),
        |case| {
            let before = before();
            case.with_pool(move |case, mut pool| {
                let said = plain(case.map(&mut pool));
                let left = before.leftovers();
                if expect_nothing(&left).is_err() {
                    // The pool cannot wait any more for the processes that were waited for here.
                    std::mem::forget(pool);
                    return Ok((said, left, None));
                }
                let again = pool.map::<_, String>(&sentences(1), nonzero(1));
                Ok((said, left, Some(plain(again))))
            })
        },
        |case, said| {
            let (said, left, again) = expect_ok(said)?;
            case.expect_error(said)?;
            expect_nothing(left)?;
            again.iter().try_for_each(|again| {
                expect_error(again, "PoolError::Closed", None).map_err(|mismatch| Mismatch {
                    actual: format!("and asked again: {}", mismatch.actual),
                    ..mismatch
                })
            })
        },
    );
}

/// What workers do in place of an answer, and what has to come of it.
type Fate = (&'static str, &'static str, Option<i32>);

const FATES: [Fate; 2] = [
    ("die with status 3", "PoolError::Died", Some(3)),
    ("answer nonsense", "PoolError::Garbage", None),
];

/// Claims that the error of a worker is told, and its chunk not dealt to another one, while the others answer.
///
/// All workers meet inside their first task. Then the fated ones fail, and the others have time to do all that is left.
#[track_caller]
pub fn claim_told_at_once() {
    const TASKS: usize = 200;
    let [died, garbage] = FATES;
    claim(
        cases([(2, 0..1, died), (2, 1..2, garbage), (2, 0..2, died)])
            .and_random(|random| {
                let workers = random.usize(2..5);
                let first = random.usize(..workers);
                let fated = first..random.usize(first + 1..=workers);
                (workers, fated, FATES[random.usize(..FATES.len())])
            })
            .times(1)
            .label(|(workers, fated, (fate, ..))| {
                let deal = words(&(*workers, TASKS, 1));
                let fated: Vec<String> = fated
                    .clone()
                    .map(|worker| (worker + 1).to_string())
                    .collect();
                let fated = fated.join(" and ");
                format!("{deal}: worker {fated} is to {fate}, others answer")
            }),
        |(workers, fated, (fate, ..))| {
            let rendezvous = Arc::new(Rendezvous::new(*workers, Rendezvous::MEET_LIMIT));
            let arriving = Arc::clone(&rendezvous);
            let meeting = Arc::new(Meeting::open(move |_| arriving.arrive()));
            let (at_meeting, fated, fate) = (Arc::clone(&meeting), fated.clone(), *fate);
            let mut workers_to_come = 0..*workers;
            let command = move || {
                let worker = workers_to_come.next();
                match worker.is_some_and(|worker| fated.contains(&worker)) {
                    true => at_meeting.worker_with_fate(fate),
                    false => at_meeting.worker(),
                }
            };
            let map = move |mut pool: Pool| {
                let ids: Vec<u32> = pool
                    .workers
                    .iter()
                    .map(|worker| worker.process.id())
                    .collect();
                let said = pool.map::<_, String>(&sentences(TASKS), nonzero(1));
                let blamed = match said {
                    Err(PoolError::Died { worker, .. } | PoolError::Garbage { worker, .. }) => {
                        ids.iter().position(|id| *id == worker)
                    }
                    _ => None,
                };
                Ok((blamed, plain(said.map(drop))))
            };
            let said = with_pool(command, *workers, PATIENCE, map);
            (rendezvous.met(), said)
        },
        |(workers, fated, (_, error, status)), (met, said)| {
            Mismatch::unless(
                *met,
                format!("never {workers} processes inside a task at once"),
                "all workers at work: none waits until another has answered",
            )?;
            let (blamed, said) = expect_ok(said)?;
            expect_error(said, error, *status)?;
            let seen = match blamed {
                Some(worker) => format!("the error is about worker {}", worker + 1),
                None => "the error is about no worker of the pool".to_owned(),
            };
            Mismatch::unless(
                blamed.is_some_and(|worker| fated.contains(&worker)),
                seen,
                "the process id of one that failed",
            )
        },
    );
}
