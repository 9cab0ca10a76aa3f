//! The workers that the checks and the examples start: honest ones, and some that behave badly on purpose.

use std::io::{self, Write};
use std::process::exit;
use std::thread;
use std::time::{Duration, Instant, UNIX_EPOCH};

use testkit::busy_work;

use crate::message::{GREETING, receive, send};
use crate::{Integral, integrate, meeting, serve};

/// Plays a role until the tasks end, then ends the process.
///
/// | role | task | answer |
/// |---|---|---|
/// | `integrals` | an [`Integral`] | its area |
/// | `heavy integrals` | an [`Integral`] | its area, after half a millisecond or so |
/// | `timed integrals` | an [`Integral`] | its area, and the seconds that computing it took |
/// | `followed integrals` | an [`Integral`] | a [`Followed`]: who computed it when, and its area |
/// | `sampled` | an x | `f(x)` |
/// | `greedy` | a number of MiB | the number of bytes that it has filled; `u64::MAX` MiB make it crash |
/// | `told` | a sentence | see the source: the worker does as it is told |
/// | `deaf` | is never read | |
/// | `slow` | a sentence | the sentence; reads the first after [`SLOW`], and answers each after as long again |
/// | `forgetful` | a sentence | an empty list for every chunk |
/// | `counts` | a sentence | how many came in the same message |
/// | `gone` | is never read: it ends with status 3 | |
/// | `stays` | a sentence | the sentence; does not end when the tasks do |
/// | `ends with 7` | a sentence | the sentence; ends with status 7 |
pub fn play(role: &str) -> ! {
    let served = match role {
        "integrals" => serve(integrate),
        "heavy integrals" => serve(|task| busy_work(integrate(task))),
        "timed integrals" => serve(|task| time(|| integrate(task))),
        "followed integrals" => serve(|task| follow(|| integrate(task))),
        "sampled" => serve(crate::f),
        "told" => serve(as_told),
        "greedy" => serve(fill),
        "deaf" => stuck(),
        "slow" => {
            thread::sleep(SLOW);
            serve(|task: String| {
                thread::sleep(SLOW);
                task
            })
        }
        "forgetful" => by_message(|_| Vec::new()),
        "counts" => by_message(|tasks| vec![tasks; tasks]),
        "gone" => exit(3),
        "stays" => serve(|task: String| task).and_then(|()| stuck()),
        "ends with 7" => serve(|task: String| task).and_then(|()| exit(7)),
        _ => unreachable!("nobody is started as {role:?}"),
    };
    exit(match served {
        Ok(()) => 0,
        Err(error) => {
            eprintln!("the worker cannot go on: {error}");
            1
        }
    })
}

fn time(area: impl FnOnce() -> f64) -> (f64, f64) {
    let start = Instant::now();
    let area = area();
    (area, start.elapsed().as_secs_f64())
}

/// By the calendar clock, which all processes of a machine share.
fn follow(area: impl FnOnce() -> f64) -> Followed {
    let now = || {
        let since = UNIX_EPOCH.elapsed();
        since.expect("the epoch has begun").as_nanos() as u64
    };
    let start = now();
    let area = area();
    (std::process::id(), start, now(), area)
}

fn fill(mebibytes: u64) -> u64 {
    if mebibytes == u64::MAX {
        std::process::abort();
    }
    // Not zeros, which the system gives without filling anything.
    let bytes = vec![1_u8; (mebibytes as usize) << 20];
    std::hint::black_box(bytes).len() as u64
}

/// A task that can go wrong in every way there is.
fn as_told(task: String) -> String {
    let out = &mut io::stdout();
    let said = match &*task {
        "tell your process id" => return std::process::id().to_string(),
        "die with status 3" => exit(3),
        "die in mid-answer" => out.write_all(&[200, 0, 0, 0, b'h']).map(|()| exit(0)),
        "print something" => out.write_all(b"x = 3\n"),
        // 0xC1 is the one byte that MessagePack never uses.
        "answer nonsense" => out.write_all(&[1, 0, 0, 0, 0xC1]),
        "never answer" => stuck(),
        _ => return meeting::visit(task),
    };
    said.and_then(|()| out.flush()).map_or_else(|_| exit(1), |()| task)
}

/// Answers each message by the number of tasks in it.
fn by_message(answers_to: impl Fn(usize) -> Vec<usize>) -> io::Result<()> {
    let (mut tasks, mut answers) = (io::stdin().lock(), io::stdout().lock());
    answers.write_all(GREETING)?;
    answers.flush()?;
    while let Some(chunk) = receive::<Vec<String>>(&mut tasks)? {
        send(&mut answers, &answers_to(chunk.len()))?;
    }
    Ok(())
}

/// How long a slow worker takes to read, and to answer.
pub const SLOW: Duration = Duration::from_millis(150);

/// How long a worker that does nothing does it, lest one that is never ended stay for ever.
const STUCK_FOR: Duration = Duration::from_secs(20);

fn stuck() -> ! {
    let start = Instant::now();
    while start.elapsed() < STUCK_FOR {
        thread::park_timeout(STUCK_FOR);
    }
    exit(9)
}

/// The timed role's task, for those who start it.
pub type TimedArea = (f64, f64);

/// The followed role's answer: the process id, when it began and when it was done in nanoseconds since the Unix epoch, and
/// the area.
pub type Followed = (u32, u64, u64, f64);

/// A task of this many samples, from 0 to 2.
pub fn task_of(samples: u64) -> Integral {
    (0.0, 2.0, samples)
}
