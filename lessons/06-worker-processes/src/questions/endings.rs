//! What is asked where workers misbehave, and when a pool ends.

use std::process::Command;
use std::time::Duration;

use fastrand::Rng;
use testkit::{Mismatch, Question};

use super::left::before;
use super::{PATIENCE, Start, nonzero, outcome};
use crate::meeting::sentences;
use crate::{PoolError, again_as};

pub(super) fn questions(told: Start<String, String>) -> Vec<Question> {
    let start = move |role: &'static str, workers: usize, patience| {
        told(&mut || again_as(role), nonzero(workers), patience)
    };
    vec![
        Question::new(
            "a worker that misbehaves is named; then nobody is left, and the pool is closed",
            Case::drawn,
            move |case| {
                let before = before();
                let mut pool =
                    start(case.trouble.role, case.workers, case.trouble.patience).ok()?;
                let said = pool.map(&case.tasks(), nonzero(case.chunk));
                let left = before.left();
                let again = pool.map(&sentences(1), nonzero(1));
                Some((outcome(&said), code(&said), left, outcome(&again)))
            },
            |case, told| case.is_told(told.as_ref()),
        ),
        Question::new(
            "a program that is not there is named, and those that were started before it are ended",
            |random| {
                let workers = random.usize(1..5);
                (workers, random.usize(..workers))
            },
            move |&(workers, missing)| {
                let before = before();
                let mut started = 0;
                let mut command = || {
                    started += 1;
                    match started > missing {
                        true => Command::new("many-hands-lesson-06-no-such-program"),
                        false => again_as("told"),
                    }
                };
                let pool = told(&mut command, nonzero(workers), PATIENCE);
                let said = outcome(&pool);
                drop(pool);
                (said, before.left())
            },
            |(workers, missing), (said, left)| {
                let case = format!(
                    "{workers} workers, from number {missing} on their program does not exist"
                );
                is_named(&case, said, "PoolError::Start")?;
                nothing_left(&case, left.as_deref())
            },
        )
        .in_cases(5),
        Question::new(
            "a pool that is closed lets its workers end by themselves, and tells how they did",
            |random| (random.usize(..3), random.usize(1..4), random.usize(..5)),
            move |&(role, workers, tasks)| {
                let before = before();
                let (role, patience, ..) = CLOSED[role];
                let mut pool = start(role, workers, patience).ok()?;
                if patience == PATIENCE {
                    pool.map(&sentences(tasks), nonzero(1)).ok()?;
                }
                let closed = pool.close();
                Some((outcome(&closed), code(&closed), before.left()))
            },
            |&(role, workers, tasks), told| {
                let (role, _, name, expected) = CLOSED[role];
                let case =
                    format!("{workers} workers in the role `{role}`, closed after {tasks} tasks");
                let Some((said, code, left)) = told else {
                    return is_named(&case, "an error before", name);
                };
                is_named(&case, said, name)?;
                let seen = format!("{case}: exit status {code:?}");
                Mismatch::unless(*code == expected, seen, format!("{expected:?}"))?;
                nothing_left(&case, left.as_deref())
            },
        ),
        Question::new(
            "a pool that is dropped leaves nothing behind",
            |random| (random.usize(1..4), random.usize(1..4), random.usize(..3)),
            move |&(pools, workers, tasks)| {
                let before = before();
                let served = || {
                    let mut pool = start("told", workers, PATIENCE)?;
                    pool.map(&sentences(tasks), nonzero(1))
                };
                let said = (0..pools).try_for_each(|_| served().map(drop));
                (outcome(&said), before.left())
            },
            |(pools, workers, tasks), (said, left)| {
                let case = format!("{pools} pools of {workers}, each dropped after {tasks} tasks");
                is_named(&case, said, "Ok")?;
                nothing_left(&case, left.as_deref())
            },
        )
        .in_cases(10),
    ]
}

/// For workers that never do what they are waited for.
const SHORT: Duration = Duration::from_millis(50);

/// The role of workers whose pool is closed, its patience, what comes of it, and the exit status that it tells.
const CLOSED: [(&str, Duration, &str, Option<i32>); 3] = [
    ("told", PATIENCE, "Ok", None),
    ("ends with 7", PATIENCE, "PoolError::Died", Some(7)),
    ("stays", SHORT, "PoolError::TimedOut", None),
];

/// A way to misbehave.
#[derive(Debug)]
struct Trouble {
    role: &'static str,
    /// Empty where it is in the role.
    task: &'static str,
    patience: Duration,
    name: &'static str,
    code: Option<i32>,
}

const fn trouble(role: &'static str, task: &'static str, name: &'static str) -> Trouble {
    Trouble {
        role,
        task,
        patience: PATIENCE,
        name,
        code: None,
    }
}

const TROUBLES: [Trouble; 7] = [
    Trouble {
        code: Some(3),
        ..trouble("told", "die with status 3", "PoolError::Died")
    },
    Trouble {
        code: Some(0),
        ..trouble("told", "die in mid-answer", "PoolError::Died")
    },
    trouble("told", "answer nonsense", "PoolError::Garbage"),
    trouble("told", "print something", "PoolError::Garbage"),
    trouble("forgetful", "", "PoolError::Garbage"),
    Trouble {
        patience: SHORT,
        ..trouble("told", "never answer", "PoolError::TimedOut")
    },
    Trouble {
        patience: SHORT,
        ..trouble("deaf", "", "PoolError::TimedOut")
    },
];

#[derive(Debug)]
struct Case {
    trouble: &'static Trouble,
    workers: usize,
    tasks: usize,
    chunk: usize,
    place: usize,
}

impl Case {
    fn drawn(random: &mut Rng) -> Self {
        let tasks = random.usize(1..6);
        Self {
            trouble: &TROUBLES[random.usize(..TROUBLES.len())],
            workers: random.usize(1..4),
            tasks,
            chunk: random.usize(1..4),
            place: random.usize(..tasks),
        }
    }

    /// All honest but one; to the deaf they are larger than a pipe.
    fn tasks(&self) -> Vec<String> {
        let mut tasks = sentences(self.tasks);
        if self.trouble.role == "deaf" {
            tasks.fill("x".repeat(200_000));
        } else if !self.trouble.task.is_empty() {
            tasks[self.place] = self.trouble.task.to_owned();
        }
        tasks
    }

    fn is_told(&self, told: Option<&Told>) -> Result<(), Mismatch> {
        let Self {
            trouble,
            workers,
            tasks,
            chunk,
            place,
        } = self;
        let case = format!(
            "{workers} workers in the role `{}`, {tasks} tasks in chunks of {chunk}, task {place} is {:?}",
            trouble.role, trouble.task
        );
        let Some((said, code, left, again)) = told else {
            return is_named(&case, "no pool", trouble.name);
        };
        is_named(&case, said, trouble.name)?;
        let seen = format!("{case}: exit status {code:?}");
        Mismatch::unless(*code == trouble.code, seen, format!("{:?}", trouble.code))?;
        nothing_left(&case, left.as_deref())?;
        is_named(
            &format!("{case}, and asked again"),
            again,
            "PoolError::Closed",
        )
    }
}

/// How the map ended, with which exit status, what was left, and how the next one ended.
type Told = (String, Option<i32>, Option<String>, String);

fn code<T>(said: &Result<T, PoolError>) -> Option<i32> {
    match said {
        Err(PoolError::Died { status, .. }) => status.code(),
        _ => None,
    }
}

fn is_named(case: &str, said: &str, name: &str) -> Result<(), Mismatch> {
    Mismatch::unless(said == name, format!("{case}: {said}"), name)
}

fn nothing_left(case: &str, left: Option<&str>) -> Result<(), Mismatch> {
    let seen = format!("{case}: {}", left.unwrap_or_default());
    Mismatch::unless(left.is_none(), seen, "no process and no open pipe is left")
}
