//! The contract of lesson 06: on which cases, what is called, what must hold.

mod pool;
mod troubles;
mod workloads;

use std::collections::HashSet;
use std::panic::{self, AssertUnwindSafe};
use std::process::{Command, Stdio};
use std::slice;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use approx::relative_eq;
use fastrand::Rng;
use lesson::leftovers::{before, expect_nothing};
use lesson::meeting::{Meeting, sentences};
use lesson::roles::{COMPLAINT, SLOW, SLOWER};
use lesson::{Answers, Integral, PoolError, Serialize, Serializer, again_as, integrate};
use testkit::{
    AllocationMeter, Cases, Mismatch, Rendezvous, busy_calls, cases, claim, claim_observed_overlap,
    coverage, exclusive, in_time, own_program, panics, random_cases,
};
use worker_processes::{Pool, Worker};

use pool::{
    Deal, PATIENCE, SHORT, Said, count, expect_answers, expect_error, expect_ok, meet, nonzero,
    plain, say_in_time, with_pool, words,
};
use troubles::{BY_A_SIGNAL, claim_closed_after_an_error, claim_named, claim_told_at_once};

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

/// In bytes: four times what a pipe holds on Linux.
const LARGE: usize = 1 << 18;

/// A length of chunks of which two do not fit in a `usize`: a position that is advanced by each wraps around.
const HALF_OF_USIZE: usize = 1 << (usize::BITS - 1);

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
        claim(
            cases([(1, 1, 1)]).label(words),
            |&(workers, tasks, chunk)| {
                with_pool(
                    || again_as("told"),
                    workers,
                    PATIENCE,
                    move |mut pool| pool.map(&sentences(tasks), nonzero(chunk)),
                )
            },
            expect_answers,
        );
    }

    #[test]
    fn a_worker_does_one_chunk_after_the_other() {
        claim(
            cases([(1, 7, 2)])
                .and_random(|random| (1, random.usize(4..9), random.usize(2..4)))
                .times(1)
                .label(|(_, tasks, chunk)| {
                    format!("a worker is asked for {tasks} tasks in chunks of {chunk}")
                }),
            |&(_, tasks, chunk)| {
                say_in_time(move || {
                    let mut worker = Worker::start(again_as("told"), PATIENCE)?;
                    let tasks = sentences(tasks);
                    let asked = tasks.chunks(chunk).map(|chunk| worker.ask(chunk));
                    Ok(asked.collect::<Result<Vec<_>, _>>()?.concat())
                })
            },
            expect_answers,
        );
    }

    #[test]
    fn answers_stand_in_the_order_of_the_tasks() {
        claim(
            cases([(2, 8, 1)])
                .and_random(|random| (random.usize(2..4), random.usize(4..9), 1))
                .times(1)
                .label(|deal| format!("{}, task 0 is answered last", words(deal))),
            |deal| meet(deal, Meeting::where_the_first_comes_last(deal.1)).0,
            expect_answers,
        );
    }

    #[test]
    fn each_task_is_done_once() {
        claim(
            cases([
                (2, 10, 1),
                (2, 10, 3),
                (2, 3, usize::MAX),
                (3, 3, HALF_OF_USIZE),
            ])
            .and_random(|random| match random.bool() {
                true => (random.usize(3..5), random.usize(1..12), HALF_OF_USIZE),
                false => draw_deal(random),
            })
            .times(3)
            .label(words),
            |deal| meet(deal, Meeting::open(|_| ())),
            |deal, (said, visits)| {
                let done = coverage(deal.1, visits.iter().map(|&(_, task)| task));
                let seen = done.map_err(|fault| fault.to_string().replace("sample", "task"));
                let expected = "each task done by one worker, once";
                Mismatch::unless(seen.is_ok(), seen.err().unwrap_or_default(), expected)?;
                expect_answers(deal, said)
            },
        );
    }

    #[test]
    fn a_chunk_is_one_message() {
        claim(
            cases([(1, 7, 3), (2, 2, 2)])
                .and_random(draw_deal)
                .times(4)
                .label(words),
            |&(workers, tasks, chunk)| {
                let counting = || again_as("counts");
                with_pool(counting, workers, PATIENCE, move |mut pool| {
                    pool.map::<_, usize>(&sentences(tasks), nonzero(chunk))
                })
            },
            |&(_, tasks, chunk), sizes| {
                let sizes = expect_ok(sizes)?;
                let size_of = |task: usize| chunk.min(tasks - task / chunk * chunk);
                let expected: Vec<usize> = (0..tasks).map(size_of).collect();
                Mismatch::unless(
                    *sizes == expected,
                    format!("the tasks come in messages of {sizes:?} tasks"),
                    format!("{expected:?}: `chunk` says how many are shipped together"),
                )
            },
        );
    }

    #[test]
    fn a_large_chunk_is_one_message_too() {
        claim(
            random_cases(|random| {
                let chunk = random.usize(66_000..70_000);
                (random.usize(1..3), chunk + random.usize(1..1_000), chunk)
            })
            .times(1)
            .label(words),
            |&(workers, tasks, chunk)| {
                let counting = || again_as("counts");
                with_pool(counting, workers, PATIENCE, move |mut pool| {
                    let mut sizes = pool.map::<_, usize>(&vec![""; tasks], nonzero(chunk))?;
                    sizes.dedup();
                    Ok(sizes)
                })
            },
            |&(_, tasks, chunk), sizes| {
                let sizes = expect_ok(sizes)?;
                let mut expected = vec![chunk, tasks - chunk];
                expected.retain(|size| *size > 0);
                let shown = &sizes[..sizes.len().min(5)];
                Mismatch::unless(
                    *sizes == expected,
                    format!("the tasks come in messages of {shown:?} tasks"),
                    format!("{expected:?}: `chunk` says how many are shipped together"),
                )
            },
        );
    }

    /// The workers are deaf: what is sent to them is never answered.
    #[test]
    fn no_tasks_have_no_answers_and_no_worker_hears_of_it() {
        claim(
            cases([(2, 0, 1), (1, 0, 1)]).label(words),
            |&(workers, tasks, chunk)| {
                with_pool(
                    || again_as("deaf"),
                    workers,
                    SHORT,
                    move |mut pool| pool.map(&sentences(tasks), nonzero(chunk)),
                )
            },
            expect_answers,
        );
    }

    /// In one map after the other.
    #[test]
    fn areas_are_those_of_the_serial_loop() {
        let many = draw_list(1000, 3, &mut Rng::with_seed(6));
        claim(
            cases([(2, vec![many])])
                .and_random(|random| {
                    let maps = 0..random.usize(1..4);
                    let list = |_| {
                        let tasks = random.usize(..50).saturating_sub(10);
                        let (tasks, chunk) = match random.u8(..4) {
                            0 => (300 + tasks, 1),
                            _ => (tasks, random.usize(1..12)),
                        };
                        draw_list(tasks, chunk, random)
                    };
                    let lists = maps.map(list).collect();
                    (random.usize(1..4), lists)
                })
                .times(3)
                .label(|(workers, lists)| {
                    format!(
                        "{}, {}",
                        count(*workers, "worker"),
                        count(lists.len(), "map")
                    )
                }),
            |(workers, lists)| areas_of("integrals", *workers, lists),
            |(_, lists), areas| expect_areas(lists, areas),
        );
    }

    #[test]
    fn the_same_processes_serve_every_map() {
        claim(
            cases([(2, 3, 4)])
                .and_random(|random| (random.usize(1..4), random.usize(2..4), random.usize(1..6)))
                .times(4)
                .label(|&(workers, maps, tasks)| {
                    let workers = count(workers, "worker");
                    format!("{workers}, {maps} maps of {}", count(tasks, "task"))
                }),
            |&(workers, maps, tasks)| {
                with_pool(
                    || again_as("told"),
                    workers,
                    PATIENCE,
                    move |mut pool| {
                        let ask = vec!["tell your process id"; tasks];
                        let map = |_| pool.map::<_, String>(&ask, nonzero(1));
                        (0..maps).map(map).collect::<Result<Vec<_>, _>>()
                    },
                )
            },
            |&(workers, maps, tasks), ids| {
                let ids: Vec<&String> = expect_ok(ids)?.iter().flatten().collect();
                let processes = ids.iter().collect::<HashSet<_>>().len();
                Mismatch::unless(
                    ids.len() == maps * tasks && processes <= workers,
                    format!(
                        "{processes} processes took part, with {} answers",
                        ids.len()
                    ),
                    format!(
                        "the {workers} that `Pool::start` has started: a process is dear, so it is used again"
                    ),
                )
            },
        );
    }

    /// Were all tasks written before an answer is read, both sides would wait: the pipe of the answers is full and nobody
    /// reads it, so the worker reads no task any more, so the pipe of the tasks is full too.
    #[test]
    fn tasks_and_answers_larger_than_a_pipe_do_no_harm() {
        claim(
            cases([((1, 4, 1), LARGE), ((1, 4, 4), LARGE)])
                .and_random(|random| {
                    let deal = (random.usize(1..3), random.usize(3..6), random.usize(1..4));
                    (deal, random.usize(200_000..300_000))
                })
                .times(1)
                .label(|(deal, bytes)| format!("{}, of {bytes} bytes each", words(deal))),
            |&((workers, tasks, chunk), bytes)| {
                with_pool(
                    || again_as("told"),
                    workers,
                    PATIENCE,
                    move |mut pool| {
                        let task = |i: usize| i.to_string().repeat(bytes);
                        let large: Vec<String> = (0..tasks).map(task).collect();
                        let answers = pool.map::<_, String>(&large, nonzero(chunk))?;
                        Ok(answers == large)
                    },
                )
            },
            |_, came_back| {
                let seen = match came_back {
                    Ok(_) => "the answers are not what was sent",
                    Err((name, ..)) if name == "PoolError::TimedOut" => {
                        "worker and parent wait for each other"
                    }
                    Err((.., words)) => words,
                };
                Mismatch::unless(
                    *came_back == Ok(true),
                    seen,
                    "all answers: read what one message brings before you write the next",
                )
            },
        );
    }

    #[test]
    fn long_lists_are_answered_to_the_end() {
        claim(
            random_cases(|random| {
                let tasks = random.usize(66_000..100_000);
                (random.usize(1..4), tasks, random.usize(10_000..=tasks))
            })
            .times(1)
            .label(words),
            |&(workers, tasks, chunk)| {
                with_pool(
                    || again_as("sampled"),
                    workers,
                    PATIENCE,
                    move |mut pool| {
                        let xs: Vec<f64> = (0..tasks).map(|i| i as f64).collect();
                        pool.map::<_, f64>(&xs, nonzero(chunk))
                    },
                )
            },
            |&(_, tasks, _), answers| {
                let answers = expect_ok(answers)?;
                let wrong = (0..tasks).find(|&i| answers.get(i) != Some(&lesson::f(i as f64)));
                let seen = match wrong {
                    Some(i) => format!("answer {i} is {:?}", answers.get(i)),
                    None => format!("{} answers", answers.len()),
                };
                Mismatch::unless(
                    wrong.is_none() && answers.len() == tasks,
                    seen,
                    "answer i is that to task i, for each of them",
                )
            },
        );
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let drawn = |random: &mut Rng| {
            let workers = random.usize(1..5);
            (workers, random.usize(1..=workers))
        };
        let label = |&(workers, missing): &(usize, usize)| {
            format!("worker {missing} of {workers} is a program that does not exist")
        };
        let call = |&(workers, missing): &(usize, usize)| {
            let before = before();
            let mut next = 0;
            let command = move || {
                next += 1;
                match next == missing {
                    true => Command::new("many-hands-lesson-06-no-such-program"),
                    false => again_as("told"),
                }
            };
            let said = with_pool(command, workers, PATIENCE, |_| Ok(()));
            (said, before.leftovers())
        };
        exclusive(|| {
            let cases = cases([(3, 3)]).and_random(drawn).times(4).label(label);
            claim(cases, call, |_, (said, left)| {
                expect_error(said, "PoolError::Start", None)?;
                expect_nothing(left)
            });
        });
    }

    #[test]
    fn a_worker_that_dies_is_named() {
        claim_named("PoolError::Died");
    }

    #[test]
    fn a_worker_that_answers_garbage_is_named() {
        claim_named("PoolError::Garbage");
    }

    #[test]
    fn a_worker_that_takes_too_long_is_named() {
        claim_named("PoolError::TimedOut");
    }

    /// The task is larger than a pipe, so shipping it lasts until the worker has begun. On a busy machine a start takes longer, so
    /// everything is slower by the least factor at which a worker that only begins late is in time. If this process is held up between
    /// the start and the question, the slow worker may be in time too, so it is asked up to three times.
    #[test]
    fn a_start_shipping_and_reading_share_one_patience() {
        claim(
            random_cases(|random| random.usize(150_000..250_000))
                .times(1)
                .label(|_| {
                    "3/5 of the patience to begin and as long again to answer a large task"
                        .to_owned()
                }),
            |&bytes| {
                let ask = move |role, factor: u32| {
                    let mut command = again_as(role);
                    command.env(SLOWER, factor.to_string());
                    let mut worker = Worker::start(command, SLOW * factor * 5 / 3)?;
                    worker.ask::<_, String>(&["x".repeat(bytes)]).map(drop)
                };
                say_in_time(move || {
                    let in_time = |factor: &u32| ask("late", *factor).is_ok();
                    let factor = [1, 4].into_iter().find(in_time).unwrap_or(16);
                    (0..3).try_for_each(|_| ask("slow", factor))
                })
            },
            |_, said| expect_error(said, "PoolError::TimedOut", None),
        );
    }

    /// The worker's standard error is the standard input of another process, which tells how much it was.
    #[test]
    fn all_else_is_as_the_command_says() {
        claim(
            random_cases(|random| random.usize(0..4))
                .times(1)
                .label(|_| {
                    "the command says in which directory, and where 256 KiB of standard error go"
                        .to_owned()
                }),
            |&up| {
                say_in_time(move || {
                    let program = own_program();
                    // Every process could be in the root by itself.
                    let below_root = program.ancestors().filter(|path| path.parent().is_some());
                    let directory = below_root.skip(1).take(up + 1).last();
                    let directory = directory.and_then(|path| path.canonicalize().ok());
                    let directory = directory.expect("a program is in a directory");
                    let mut listener = again_as("listens");
                    let listener = listener.stdin(Stdio::piped()).stdout(Stdio::piped());
                    let mut listener = listener.spawn().map_err(PoolError::Start)?;
                    let mut command = again_as("told");
                    command.current_dir(&directory);
                    command.stderr(listener.stdin.take().expect("a pipe was asked for"));
                    let said = Worker::start(command, PATIENCE).and_then(|mut worker| {
                        worker.ask::<_, String>(&["complain", "tell your directory"])
                    });
                    let heard = listener.stdout.take().map(Answers::new);
                    let heard = heard.and_then(|mut heard| heard.receive::<usize>().ok()?);
                    let _ = listener.wait();
                    Ok((directory.display().to_string(), said?, heard))
                })
            },
            |_, said| {
                let hint = "only standard input and output are yours to redirect";
                let (directory, told, heard) = match said {
                    Ok(said) => said,
                    Err((.., seen)) => return Mismatch::unless(false, seen, hint),
                };
                let seen = match heard {
                    Some(bytes) => format!("{bytes} bytes of standard error arrive"),
                    None => "standard error does not arrive".to_owned(),
                };
                Mismatch::unless(*heard == Some(COMPLAINT), seen, hint)?;
                let directory = &[directory.as_str()];
                Mismatch::unless(
                    told.iter().skip(1).eq(directory),
                    format!("the worker is in {:?}", &told[1..]),
                    format!("{directory:?}, as the command says"),
                )
            },
        );
    }

    #[test]
    fn an_error_tells_the_worker_s_process_id() {
        const TROUBLES: [(&str, Duration); 3] = [
            ("die with status 3", PATIENCE),
            ("answer nonsense", PATIENCE),
            ("never answer", SHORT),
        ];
        claim(
            cases(TROUBLES)
                .and_random(|random| TROUBLES[random.usize(..TROUBLES.len())])
                .times(5)
                .label(|(task, _)| format!("a worker is told to {task}")),
            |&(task, patience)| {
                say_in_time(move || {
                    let mut worker = Worker::start(again_as("told"), patience)?;
                    let id = worker.process.id();
                    let named = match worker.ask::<_, String>(&[task]) {
                        Err(
                            PoolError::Died { worker, .. }
                            | PoolError::Garbage { worker, .. }
                            | PoolError::TimedOut { worker },
                        ) => worker,
                        _ => 0,
                    };
                    Ok((id, named))
                })
            },
            |_, said| expect_own_id(said),
        );
    }

    #[test]
    fn after_an_error_no_process_is_left() {
        exclusive(claim_closed_after_an_error);
    }

    #[test]
    fn a_closed_pool_has_let_its_workers_end_by_themselves() {
        claim_closed("wants tasks", served_cases(), |said| {
            expect_ok(said).map(drop)
        });
    }

    #[test]
    fn a_worker_that_ends_badly_is_named() {
        let died = |said: &_| expect_error(said, "PoolError::Died", Some(7));
        claim_closed("ends with 7", served_cases(), died);
    }

    #[test]
    fn a_worker_that_a_signal_ends_has_ended_badly() {
        let died = |said: &_| expect_error(said, "PoolError::Died", BY_A_SIGNAL);
        claim_closed("ends by a signal", served_cases(), died);
    }

    #[test]
    fn a_worker_that_does_not_end_is_ended() {
        let timed_out = |said: &_| expect_error(said, "PoolError::TimedOut", None);
        let unserved = cases([(1, 0)]).and_random(|random| (random.usize(1..4), 0));
        claim_closed("stays", unserved, timed_out);
    }

    /// If the machine is held up during a chunk, the next attempt has longer pauses and a longer patience. Meanwhile another
    /// worker is closed, which closes its output long before it ends.
    #[test]
    fn each_chunk_and_the_end_have_the_whole_patience() {
        claim(
            random_cases(|random| random.usize(5..7)).times(1),
            |&chunks| {
                let linger = || {
                    say_in_time(|| {
                        let mut worker = Worker::start(again_as("lingers"), PATIENCE)?;
                        worker.ask::<_, String>(&sentences(1))?;
                        worker.close()
                    })
                };
                let lingering = thread::spawn(linger);
                let mut served = Ok(());
                for pause in [10, 100, 500] {
                    let patience = Duration::from_millis(4 * pause);
                    let serve = move |mut pool: Pool| pool.map(&vec![pause; chunks], nonzero(1));
                    let said: Said<Vec<u64>> = with_pool(|| again_as("paced"), 1, patience, serve);
                    served = said.map(drop);
                    if served.is_ok() {
                        break;
                    }
                }
                let closed = lingering.join();
                (
                    served,
                    closed.unwrap_or_else(|panic| panic::resume_unwind(panic)),
                )
            },
            |chunks, (served, closed)| {
                let served_words = format!("{chunks} chunks, each in 1/4 of the patience");
                let closed_words = format!(
                    "a worker that closes its output and ends {SLOW:?} later, closed with a patience of {PATIENCE:?}"
                );
                for (said, words) in [(served, served_words), (closed, closed_words)] {
                    expect_ok(said).map_err(|mismatch| Mismatch {
                        actual: format!("{words}: {}", mismatch.actual),
                        ..mismatch
                    })?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn an_error_at_the_end_tells_the_worker_s_process_id() {
        const ENDS: [(&str, Duration); 2] = [("ends with 7", PATIENCE), ("stays", SHORT)];
        claim(
            cases(ENDS)
                .and_random(|random| ENDS[random.usize(..ENDS.len())])
                .times(1)
                .label(|(role, _)| format!("a worker in the role `{role}` is closed")),
            |&(role, patience)| {
                say_in_time(move || {
                    let worker = Worker::start(again_as(role), patience)?;
                    let id = worker.process.id();
                    let named = match worker.close() {
                        Err(PoolError::Died { worker, .. } | PoolError::TimedOut { worker }) => {
                            worker
                        }
                        _ => 0,
                    };
                    Ok((id, named))
                })
            },
            |_, said| expect_own_id(said),
        );
    }

    #[test]
    fn a_pool_that_is_dropped_by_a_panic_leaves_no_process() {
        exclusive(|| {
            claim(
                cases([1])
                    .and_random(|random| random.usize(1..4))
                    .times(1)
                    .label(|workers| {
                        format!(
                            "a pool of {} is dropped by a panic",
                            count(*workers, "worker")
                        )
                    }),
                |&workers| {
                    let before = before();
                    let said = with_pool(
                        || again_as("told"),
                        workers,
                        PATIENCE,
                        |pool| {
                            let panicking = panic::catch_unwind(AssertUnwindSafe(move || {
                                let _pool = pool;
                                // Resumed and not begun, so that it prints nothing.
                                panic::resume_unwind(Box::new("the caller's"))
                            }));
                            let Err(_) = panicking;
                            Ok(())
                        },
                    );
                    (said, before.leftovers())
                },
                |_, (said, left)| {
                    expect_ok(said)?;
                    expect_nothing(left)
                },
            );
        });
    }

    #[test]
    fn pools_that_are_dropped_leave_no_zombie_and_no_descriptor() {
        exclusive(|| {
            claim(
                cases([(3, 1, 0, false), (2, 1, 1, true)])
                    .and_random(|random| {
                        let [pools, workers] = [(); 2].map(|()| random.usize(1..4));
                        (pools, workers, random.usize(..3), random.bool())
                    })
                    .times(4)
                    .label(|&(pools, workers, tasks, closed)| {
                        let (pools, tasks) = (count(pools, "pool"), count(tasks, "task"));
                        let workers = count(workers, "worker");
                        let closed = match closed {
                            true => ", with the pipes of the tasks closed",
                            false => "",
                        };
                        format!("{pools} of {workers}, each dropped after {tasks}{closed}")
                    }),
                |&(pools, workers, tasks, closed)| {
                    let before = before();
                    let serve = move |mut pool: Pool| {
                        let answers = pool.map(&sentences(tasks), nonzero(1))?;
                        if closed {
                            pool.workers
                                .iter_mut()
                                .for_each(|worker| worker.tasks = None);
                        }
                        Ok(answers)
                    };
                    let serve = |_| with_pool(|| again_as("told"), workers, PATIENCE, serve);
                    let said: Said<Vec<Vec<String>>> = (0..pools).map(serve).collect();
                    (said.map(drop), before.leftovers())
                },
                |_, (said, left)| {
                    expect_ok(said)?;
                    expect_nothing(left)
                },
            );
        });
    }

    /// Their patience is longer than the check: code that waits for it does not come back.
    #[test]
    fn a_pool_is_dropped_without_waiting_for_its_workers() {
        const LONG: Duration = Duration::from_secs(3600);
        exclusive(|| {
            claim(
                random_cases(|random| (random.usize(1..4), random.usize(..3)))
                    .times(1)
                    .label(|&(workers, tasks)| {
                        let (workers, tasks) = (count(workers, "worker"), count(tasks, "task"));
                        format!("a pool of {workers} in the role `stays`, dropped after {tasks}")
                    }),
                |&(workers, tasks)| {
                    let before = before();
                    let serve = move |mut pool: Pool| pool.map(&sentences(tasks), nonzero(1));
                    let said: Said<Vec<String>> =
                        with_pool(|| again_as("stays"), workers, LONG, serve);
                    (said.map(drop), before.leftovers())
                },
                |_, (said, left)| {
                    expect_ok(said)?;
                    expect_nothing(left)
                },
            );
        });
    }

    /// The process id of a worker, and the one that its error tells.
    fn expect_own_id(said: &Said<(u32, u32)>) -> Result<(), Mismatch> {
        let (id, named) = expect_ok(said)?;
        Mismatch::unless(
            id == named,
            format!("the error is about worker {named}"),
            id,
        )
    }

    /// How many workers, and how many tasks they do before the pool is closed.
    type Served = (usize, usize);

    fn served_cases<'a>() -> Cases<'a, Served> {
        cases([(2, 2)]).and_random(|random| (random.usize(1..4), random.usize(..5)))
    }

    /// Claims that `judge` accepts what closing a pool comes to, and that nothing is left.
    #[track_caller]
    fn claim_closed(
        role: &'static str,
        cases: Cases<Served>,
        judge: impl Fn(&Said<()>) -> Result<(), Mismatch>,
    ) {
        let cases = cases.times(2).label(|&(workers, tasks)| {
            let (workers, tasks) = (count(workers, "worker"), count(tasks, "task"));
            format!("{workers} in the role `{role}`, closed after {tasks}")
        });
        let patience = if role == "stays" { SHORT } else { PATIENCE };
        let call = |&(workers, tasks): &Served| {
            let before = before();
            let said = with_pool(
                move || again_as(role),
                workers,
                patience,
                move |mut pool| {
                    pool.map::<_, String>(&sentences(tasks), nonzero(1))?;
                    pool.close()
                },
            );
            (said, before.leftovers())
        };
        exclusive(|| {
            claim(cases, call, |_, (said, left)| {
                judge(said)?;
                expect_nothing(left)
            });
        });
    }
}

mod concurrent {
    use super::*;

    #[test]
    fn all_workers_are_inside_tasks_at_once() {
        claim(
            cases([(2, 1)])
                .and_random(|random| (random.usize(9..12), random.usize(1..3)))
                .times(1)
                .label(|&(workers, before)| {
                    let deal = words(&(workers, workers, 1));
                    format!("{deal}, after a map of {}", count(before, "task"))
                }),
            |&(workers, before)| {
                let rendezvous = Arc::new(Rendezvous::new(workers, Rendezvous::MEET_LIMIT));
                let arriving = Arc::clone(&rendezvous);
                let meeting = Arc::new(Meeting::open(move |_| arriving.arrive()));
                let at_meeting = Arc::clone(&meeting);
                let _: Said<Vec<String>> = with_pool(
                    move || at_meeting.worker(),
                    workers,
                    PATIENCE,
                    move |mut pool| {
                        let before = vec!["tell your process id"; before];
                        pool.map::<_, String>(&before, nonzero(1))?;
                        pool.map(&sentences(workers), nonzero(1))
                    },
                );
                let visits = meeting.visits();
                let processes: HashSet<u32> = visits.iter().map(|visit| visit.worker).collect();
                (rendezvous.met(), processes.len())
            },
            |(workers, _), &(met, processes)| {
                let how = match processes {
                    1 => "one worker did all the tasks".to_owned(),
                    _ => format!("{processes} took turns"),
                };
                Mismatch::unless(
                    met,
                    format!("never {workers} processes inside a task at once: {how}"),
                    "all workers at work: none waits until another has answered",
                )
            },
        );
    }

    #[test]
    fn two_pools_work_side_by_side() {
        const TASKS_EACH: usize = 4;
        claim(
            cases([2])
                .and_random(|random| random.usize(1..4))
                .times(1)
                .label(|&workers| {
                    let deal = words(&(workers, TASKS_EACH * workers, 1));
                    format!("two pools at once, each of {deal}")
                }),
            |&workers| {
                let rendezvous = Arc::new(Rendezvous::new(2 * workers, Rendezvous::MEET_LIMIT));
                let arriving = Arc::clone(&rendezvous);
                let meeting = Meeting::open(move |_| arriving.arrive());
                let serve = || {
                    let commands: Vec<_> = (0..workers).map(|_| meeting.worker()).collect();
                    let mut commands = commands.into_iter();
                    with_pool(
                        move || {
                            commands
                                .next()
                                .expect("a pool asks for as many as it needs")
                        },
                        workers,
                        PATIENCE,
                        move |mut pool| pool.map(&sentences(TASKS_EACH * workers), nonzero(1)),
                    )
                };
                let said = thread::scope(|scope| {
                    let pools = [(); 2].map(|()| scope.spawn(serve));
                    pools.map(|pool| {
                        pool.join()
                            .unwrap_or_else(|panic| panic::resume_unwind(panic))
                    })
                });
                (rendezvous.met(), said.to_vec())
            },
            |&workers, (met, said)| {
                Mismatch::unless(
                    *met,
                    format!("never {} processes inside a task at once", 2 * workers),
                    "the workers of both pools at work: no pool waits for another",
                )?;
                let mut said = said.iter();
                said.try_for_each(|said| expect_answers(&(workers, TASKS_EACH * workers, 1), said))
            },
        );
    }

    #[test]
    fn the_work_of_two_workers_overlaps() {
        claim_observed_overlap(
            random_cases(|random| draw_list(busy_calls(random), random.usize(4..9), random))
                .times(1)
                .label(|(tasks, chunk)| words(&(2, tasks.len(), *chunk))),
            |list, observed| {
                let role = match observed {
                    true => "heavy integrals",
                    false => "integrals",
                };
                areas_of(role, 2, slice::from_ref(list))
            },
            |list, areas| expect_areas(slice::from_ref(list), areas),
        );
    }

    #[test]
    fn a_busy_worker_gets_no_further_chunk() {
        claim(
            cases([(2, 8, 1)])
                .and_random(|random| (random.usize(2..4), random.usize(4..9), 1))
                .times(2)
                .label(|deal| format!("{}, task 0 waits until the others are begun", words(deal))),
            |deal| meet(deal, Meeting::where_the_first_comes_last(deal.1)).1,
            |_, visits| {
                let mut since = visits.iter().skip_while(|(_, task)| *task != 0).peekable();
                let busy = since.peek().map(|(worker, _)| *worker);
                let own = since.filter(|(worker, _)| Some(*worker) == busy);
                let tasks: Vec<usize> = own.map(|(_, task)| *task).collect();
                Mismatch::unless(
                    tasks == [0],
                    format!("its worker was to do {tasks:?}, while the others had nothing to do"),
                    "only task 0: each worker gets its next chunk when it has answered the last",
                )
            },
        );
    }

    #[test]
    fn an_error_is_told_though_the_other_workers_answer() {
        claim_told_at_once();
    }

    /// The first map must not panic: its tasks can be written. Code that waits for the dealer that has panicked does not come back,
    /// and has no answers either.
    #[test]
    fn where_a_task_panics_as_it_is_written_there_are_no_answers() {
        /// Far more than such a map takes. Code that takes longer has no answers, so the limit rejects nobody.
        const LONG_ENOUGH: Duration = Duration::from_secs(1);
        claim(
            cases([(1, 8, 7), (2, 8, 0)])
                .and_random(|random| {
                    let tasks = random.usize(1..10);
                    (random.usize(1..4), tasks, random.usize(..tasks))
                })
                .times(2)
                .label(|(workers, tasks, at)| {
                    format!("workers: {workers}, tasks: {tasks}, writing task {at} panics")
                }),
            |&(workers, tasks, at)| {
                let map = move |mut pool: Pool| {
                    let mut tasks: Vec<_> =
                        sentences(tasks).into_iter().map(Task::Written).collect();
                    pool.map::<_, String>(&tasks, nonzero(1))?;
                    tasks[at] = Task::Panics;
                    let mut returned = None;
                    panics(|| returned = Some(plain(pool.map::<_, String>(&tasks, nonzero(1)))));
                    Ok(returned)
                };
                let start = move || Pool::start(|| again_as("told"), nonzero(workers), PATIENCE);
                in_time(LONG_ENOUGH, move || plain(start().and_then(map))).unwrap_or(Ok(None))
            },
            |_, returned| {
                let returned = expect_ok(returned)?;
                let seen = match returned {
                    Some(Err((.., error))) => format!("map returns {error}"),
                    _ => "map returns answers, as if nothing had happened".to_owned(),
                };
                Mismatch::unless(returned.is_none(), seen, "the panic of the task")
            },
        );
    }

    /// Before the map with the error, the workers meet: so neither is still being started. The chunks may be dealt from either end.
    #[test]
    fn after_an_error_no_further_chunk_is_dealt() {
        claim(
            random_cases(|random| random.usize(800..1000))
                .times(1)
                .label(|&tasks| {
                    format!("2 workers, {tasks} tasks, and the first answer is garbage")
                }),
            |&tasks| {
                let rendezvous = Arc::new(Rendezvous::new(2, Rendezvous::MEET_LIMIT));
                let meeting = Arc::new(Meeting::open(move |_| rendezvous.arrive()));
                let at_meeting = Arc::clone(&meeting);
                let command = move || at_meeting.worker();
                with_pool(command, 2, PATIENCE, move |mut pool| {
                    pool.map::<_, String>(&sentences(2), nonzero(1))?;
                    let mut tasks = sentences(tasks);
                    for end in [0, tasks.len() - 1] {
                        "answer nonsense".clone_into(&mut tasks[end]);
                    }
                    drop(pool.map::<_, String>(&tasks, nonzero(1)));
                    Ok(meeting.visits().len() - 2)
                })
            },
            |&tasks, done| {
                let done = *expect_ok(done)?;
                let seen = format!("the other worker does {done} tasks");
                // While the error arrives, a few more are dealt.
                Mismatch::unless(
                    done < tasks / 2,
                    seen,
                    "no chunk is dealt after the first error",
                )
            },
        );
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

enum Task {
    Written(String),
    Panics,
}

impl Serialize for Task {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Written(sentence) => sentence.serialize(serializer),
            Self::Panics => panic!("as provoked: this task cannot be written"),
        }
    }
}

fn draw_deal(random: &mut Rng) -> Deal {
    (random.usize(1..4), random.usize(1..12), random.usize(1..6))
}

/// Tasks for one map, and how many of them make a chunk.
type List = (Vec<Integral>, usize);

fn draw_list(tasks: usize, chunk: usize, random: &mut Rng) -> List {
    let mut task = || (1.0 + random.f64(), 2.0 + random.f64(), random.u64(1..100));
    ((0..tasks).map(|_| task()).collect(), chunk)
}

/// What workers in this role answer to one list after the other.
fn areas_of(role: &'static str, workers: usize, lists: &[List]) -> Said<Vec<Vec<f64>>> {
    let lists = lists.to_vec();
    with_pool(
        move || again_as(role),
        workers,
        PATIENCE,
        move |mut pool| {
            let areas = |(tasks, chunk): &List| pool.map(tasks, nonzero(*chunk));
            lists.iter().map(areas).collect()
        },
    )
}

/// The workers compute what the judge computes, so they are equal but for the order of an operation or two.
fn expect_areas(lists: &[List], areas: &Said<Vec<Vec<f64>>>) -> Result<(), Mismatch> {
    let areas = expect_ok(areas)?;
    let maps = areas.len();
    Mismatch::unless(
        maps == lists.len(),
        format!("answers to {maps} maps"),
        lists.len(),
    )?;
    for ((tasks, chunk), areas) in lists.iter().zip(areas) {
        let serial: Vec<f64> = tasks.iter().map(|&task| integrate(task)).collect();
        let near = |(a, b): &(&f64, &f64)| relative_eq!(**a, **b, max_relative = 1e-12);
        let unlike = areas.iter().zip(&serial).filter(|pair| !near(pair)).count();
        let (n, seen) = (tasks.len(), areas.len());
        Mismatch::unless(
            seen == n && unlike == 0,
            format!("{n} integrals in chunks of {chunk}: {seen} areas, {unlike} of them wrong"),
            "each area in the place of its task",
        )?;
    }
    Ok(())
}
