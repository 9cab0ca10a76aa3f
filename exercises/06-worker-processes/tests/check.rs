//! What lesson 06 asks for, in the order in which its reader meets it.

mod workloads;

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use approx::relative_eq;
use lesson::leftovers::{expect_nothing_since, leftovers};
use lesson::meeting::{Meeting, Visit, sentences};
use lesson::{PoolError, again_as, in_time};
use testkit::{AllocationMeter, Rendezvous, coverage, expect};
use worker_processes::Pool;

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

/// Enough for an honest worker on a machine that is held up.
const PATIENCE: Duration = Duration::from_secs(4);

/// For workers that never do what they are waited for.
const SHORT: Duration = Duration::from_millis(50);

/// In bytes: sixteen times what a pipe holds on Linux.
const LARGE: usize = 1 << 20;

/// The workers of these checks are this very binary, started once more.
#[test]
#[ignore = "the part of the workers"]
fn worker_program() {
    if let Some(role) = lesson::role() {
        lesson::roles::play(&role);
    }
}

mod correct {
    use super::*;

    #[test]
    fn a_task_gets_its_answer() {
        let case = "1 worker, 1 task";
        expect_answers(case, told(case, 1, sentences(1), 1), &sentences(1));
    }

    #[test]
    fn a_worker_does_one_chunk_after_the_other() {
        let case = "1 worker, 7 tasks in chunks of 2";
        expect_answers(case, told(case, 1, sentences(7), 2), &sentences(7));
    }

    #[test]
    fn answers_stand_in_the_order_of_the_tasks() {
        let case = "2 workers, 8 tasks, task 0 is answered last";
        let meeting = Meeting::where_the_first_comes_last(8);
        let (said, _) = met_at(case, meeting, 2, 8, 1);
        expect_answers(case, said, &sentences(8));
    }

    #[test]
    fn each_task_is_done_once() {
        for (tasks, chunk) in [(10, 1), (10, 3), (10, 10), (10, 11), (3, usize::MAX)] {
            let case = format!("2 workers, {tasks} tasks in chunks of {chunk}");
            let (said, visits) = met_at(&case, Meeting::open(|_| ()), 2, tasks, chunk);
            let fault = coverage(tasks, visits.iter().filter_map(Visit::number)).err();
            let fault = fault.map(|fault| fault.to_string().replace("sample", "task"));
            expect(
                fault.is_none(),
                format!("{case}: {}", fault.unwrap_or_default()),
                "each task done by one worker, once",
            );
            expect_answers(&case, said, &sentences(tasks));
        }
    }

    #[test]
    fn no_tasks_have_no_answers() {
        let case = "2 workers, 0 tasks";
        expect_answers(case, told(case, 2, sentences(0), 1), &[]);
    }

    #[test]
    fn areas_are_those_of_the_serial_loop() {
        let mut random = fastrand::Rng::with_seed(6);
        let mut task = || (1.0 + random.f64(), 2.0 + random.f64(), random.u64(1..100));
        let tasks: Vec<_> = (0..1000).map(|_| task()).collect();
        let serial: Vec<f64> = tasks.iter().map(|&task| lesson::integrate(task)).collect();
        let case = "2 workers, 1000 integrals in chunks of 64";
        let areas = in_time(case, move || {
            let areas = pool_of(2, || again_as("integrals")).map::<_, f64>(&tasks, nonzero(64));
            areas.expect("honest workers answer")
        });
        let near =
            |(&area, &serial): (&f64, &f64)| relative_eq!(area, serial, max_relative = 1e-12);
        let unlike = areas
            .iter()
            .zip(&serial)
            .filter(|&pair| !near(pair))
            .count();
        expect(
            areas.len() == 1000 && unlike == 0,
            format!("{case}: {} areas, {unlike} of them wrong", areas.len()),
            "each area in the place of its task",
        );
    }

    #[test]
    fn the_same_processes_serve_every_map() {
        let case = "2 workers, 3 maps of 4 tasks";
        let ids = in_time(case, || {
            let mut pool = pool_of(2, || again_as("told"));
            let who = vec!["tell your process id".to_owned(); 4];
            let mut map = || pool.map::<_, String>(&who, nonzero(1));
            [map(), map(), map()].map(|said| said.expect("honest workers answer"))
        });
        let processes: HashSet<_> = ids.iter().flatten().collect();
        expect(
            processes.len() <= 2,
            format!("{case}: {} processes took part", processes.len()),
            "the 2 that `Pool::start` has started: a process is dear, so it is used again",
        );
    }

    /// Were all tasks written before an answer is read, both sides would wait: the pipe of the answers is full and nobody
    /// reads it, so the worker reads no task any more, so the pipe of the tasks is full too.
    #[test]
    fn tasks_and_answers_larger_than_a_pipe_do_no_harm() {
        for chunk in [1, 4] {
            let case = format!("1 worker, 4 tasks of 1 MiB in chunks of {chunk}");
            let large = vec!["x".repeat(LARGE); 4];
            let said = told(&case, 1, large.clone(), chunk);
            let seen = match &said {
                Err(PoolError::TimedOut { .. }) => "worker and parent wait for each other".into(),
                said => outcome(said),
            };
            expect(
                said.is_ok_and(|answers| answers == large),
                format!("{case}: {seen}"),
                "all answers: read what one message brings before you write the next",
            );
        }
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let case = "the third of 3 workers is a program that does not exist";
        let before = leftovers();
        let started = in_time(case, || {
            let mut next = 0;
            let command = || {
                next += 1;
                match next {
                    3 => Command::new("many-hands-lesson-06-no-such-program"),
                    _ => again_as("told"),
                }
            };
            Pool::start(command, nonzero(3), PATIENCE).map(drop)
        });
        expect(
            matches!(started, Err(PoolError::Start(_))),
            format!("{case}: {}", outcome(&started)),
            "Err(PoolError::Start)",
        );
        expect_nothing_since(case, before);
    }

    #[test]
    fn a_worker_that_dies_is_named() {
        for (task, code) in [("die with status 3", 3), ("die in mid-answer", 0)] {
            let case = format!("a worker is told to {task}");
            let said = told(&case, 1, vec![task.to_owned()], 1);
            let status = match &said {
                Err(PoolError::Died { status, .. }) => status.code(),
                _ => None,
            };
            expect(
                status == Some(code),
                format!("{case}: {}", outcome(&said)),
                format!("Err(PoolError::Died), with the exit status {code}"),
            );
        }
    }

    #[test]
    fn a_worker_that_answers_garbage_is_named() {
        for task in ["answer nonsense", "print something"] {
            let case = format!("a worker is told to {task}");
            let said = told(&case, 1, vec![task.to_owned()], 1);
            expect_error(&case, &said, "PoolError::Garbage");
        }
        let case = "a worker answers 2 tasks with an empty list";
        let said = in_time(case, || {
            pool_of(1, || again_as("forgetful")).map::<_, String>(&sentences(2), nonzero(2))
        });
        expect_error(case, &said, "PoolError::Garbage");
    }

    #[test]
    fn a_worker_that_never_answers_is_named() {
        let case = "a worker never answers";
        let said = in_time(case, || {
            let never = ["never answer".to_owned()];
            started(|| again_as("told"), 1, SHORT).map::<_, String>(&never, nonzero(1))
        });
        expect_error(case, &said, "PoolError::TimedOut");
    }

    #[test]
    fn a_worker_that_never_reads_is_named() {
        let case = "a worker never reads a task larger than the pipe";
        let said = in_time(case, || {
            let large = ["x".repeat(LARGE)];
            started(|| again_as("deaf"), 1, SHORT).map::<_, String>(&large, nonzero(1))
        });
        expect_error(case, &said, "PoolError::TimedOut");
    }

    #[test]
    fn after_an_error_nobody_is_left() {
        for (task, patience) in [("die with status 3", PATIENCE), ("never answer", SHORT)] {
            let case = format!("3 workers, one is told to {task}, the pool is kept");
            let before = leftovers();
            let mut pool = in_time(&case, move || {
                let mut pool = started(|| again_as("told"), 3, patience);
                let said = pool.map::<_, String>(&[task.to_owned()], nonzero(1));
                expect(said.is_err(), outcome(&said), "an error");
                pool
            });
            expect_nothing_since(&case, before);
            let again = in_time(&case, move || {
                pool.map::<_, String>(&sentences(1), nonzero(1))
            });
            expect_error(
                &format!("{case} and asked again"),
                &again,
                "PoolError::Closed",
            );
        }
    }

    #[test]
    fn a_closed_pool_has_let_its_workers_end_by_themselves() {
        for role in ["told", "ends with 7"] {
            let case = format!("2 workers in the role `{role}`, closed after 2 tasks");
            let before = leftovers();
            let closed = in_time(&case, move || {
                let mut pool = pool_of(2, || again_as(role));
                let said = pool.map::<_, String>(&sentences(2), nonzero(1));
                said.and_then(|_| pool.close())
            });
            let (holds, expected) = match &closed {
                closed if role == "told" => (closed.is_ok(), "Ok"),
                Err(PoolError::Died { status, .. }) => (status.code() == Some(7), WITH_7),
                _ => (false, WITH_7),
            };
            expect(holds, format!("{case}: {}", outcome(&closed)), expected);
            expect_nothing_since(&case, before);
        }
    }

    const WITH_7: &str = "Err(PoolError::Died) with the exit status 7, which the worker chose";

    #[test]
    fn a_worker_that_does_not_end_is_ended() {
        let case = "a worker does not end when its tasks do";
        let before = leftovers();
        let closed = in_time(case, || started(|| again_as("stays"), 1, SHORT).close());
        expect_error(case, &closed, "PoolError::TimedOut");
        expect_nothing_since(case, before);
    }

    #[test]
    fn a_hundred_pools_leave_no_zombie_and_no_descriptor() {
        let case = "100 pools, each tenth closed, the others dropped";
        let before = leftovers();
        in_time(case, || {
            for i in 0..100 {
                let pool = pool_of(1, || again_as("told"));
                if i % 10 == 0 {
                    pool.close().expect("an honest worker ends");
                }
            }
        });
        expect_nothing_since(case, before);
    }
}

mod concurrent {
    use super::*;

    #[test]
    fn all_workers_are_inside_tasks_at_once() {
        for workers in [2, 3] {
            let case = format!("{workers} workers, {workers} tasks");
            let (met, processes) = rendezvous(&case, workers, 1, Rendezvous::MEET_LIMIT);
            let how = match processes {
                1 => "one worker did all the tasks".to_owned(),
                _ => format!("{processes} took turns"),
            };
            expect(
                met,
                format!("{case}: never {workers} processes inside a task at once: {how}"),
                "all workers at work: none waits until another has answered",
            );
        }
    }

    #[test]
    fn a_chunk_is_for_one_worker() {
        let case = "2 workers, 2 tasks in chunks of 2";
        let (met, _) = rendezvous(case, 2, 2, Rendezvous::NO_MEETING_LIMIT);
        expect(
            !met,
            format!("{case}: two processes inside a task at once"),
            "one chunk, one worker: `chunk` says how many tasks are shipped together",
        );
    }

    #[test]
    fn a_busy_worker_gets_no_further_chunk() {
        let case = "2 workers, 8 tasks, task 0 waits until the others are begun";
        let meeting = Meeting::where_the_first_comes_last(8);
        let (_, visits) = met_at(case, meeting, 2, 8, 1);
        let busy = visits.iter().find(|visit| visit.number() == Some(0));
        let tasks: Vec<usize> = visits
            .iter()
            .skip_while(|visit| visit.number() != Some(0))
            .filter(|visit| Some(visit.worker) == busy.map(|busy| busy.worker))
            .filter_map(Visit::number)
            .collect();
        expect(
            tasks == [0],
            format!("{case}: its worker was to do {tasks:?}, while the other had nothing to do"),
            "only task 0: each worker gets its next chunk when it has answered the last",
        );
    }

    /// With as many tasks as workers: whether all workers were inside tasks at once, and how many there were.
    fn rendezvous(case: &str, workers: usize, chunk: usize, limit: Duration) -> (bool, usize) {
        let rendezvous = Arc::new(Rendezvous::new(workers, limit));
        let arriving = Arc::clone(&rendezvous);
        let meeting = Meeting::open(move |_| arriving.arrive());
        let (_, visits) = met_at(case, meeting, workers, workers, chunk);
        let processes: HashSet<u32> = visits.iter().map(|visit| visit.worker).collect();
        (rendezvous.met(), processes.len())
    }
}

mod speed {
    use super::workloads;

    #[test]
    #[ignore = "needs the machine to itself: `cargo xtask check 06` runs it"]
    fn a_pool_beside_the_serial_loop() {
        testkit::paired::report(&workloads::all());
    }
}

type Said = Result<Vec<String>, PoolError>;

fn nonzero(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).expect("no case has zero workers or tasks a chunk")
}

fn started(command: impl FnMut() -> Command, workers: usize, patience: Duration) -> Pool {
    let pool = Pool::start(command, nonzero(workers), patience);
    pool.expect("this program can be started")
}

fn pool_of(workers: usize, command: impl FnMut() -> Command) -> Pool {
    started(command, workers, PATIENCE)
}

/// What workers say that do as they are told.
#[track_caller]
fn told(case: &str, workers: usize, tasks: Vec<String>, chunk: usize) -> Said {
    in_time(case, move || {
        pool_of(workers, || again_as("told")).map(&tasks, nonzero(chunk))
    })
}

/// What workers say that call at a meeting from inside every task, and who has called.
#[track_caller]
fn met_at(
    case: &str,
    meeting: Meeting,
    workers: usize,
    tasks: usize,
    chunk: usize,
) -> (Said, Vec<Visit>) {
    in_time(case, move || {
        let mut pool = pool_of(workers, || meeting.worker());
        let said = pool.map(&sentences(tasks), nonzero(chunk));
        (said, meeting.visits())
    })
}

fn outcome<T>(said: &Result<T, PoolError>) -> String {
    match said {
        Ok(_) => "Ok".to_owned(),
        Err(error) => format!("Err({}): {error}", error.name()),
    }
}

#[track_caller]
fn expect_answers(case: &str, said: Said, expected: &[String]) {
    let seen = match &said {
        Ok(answers) => format!("the answers are {answers:?}"),
        Err(_) => outcome(&said),
    };
    expect(
        said.is_ok_and(|answers| answers == expected),
        format!("{case}: {seen}"),
        format!("{expected:?}: answer i is that to task i"),
    );
}

#[track_caller]
fn expect_error<T>(case: &str, said: &Result<T, PoolError>, name: &str) {
    expect(
        matches!(said, Err(error) if error.name() == name),
        format!("{case}: {}", outcome(said)),
        format!("Err({name})"),
    );
}
