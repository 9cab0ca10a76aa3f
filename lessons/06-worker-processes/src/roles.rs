//! The workers that the checks and the examples start: honest ones, and some that behave badly on purpose.

use std::env;
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
/// | `late` | a sentence | the sentence; begins after [`SLOW`], or as many times as long as [`SLOWER`] says |
/// | `slow` | a sentence | the sentence; begins as late, and answers each message after as long again |
/// | `paced` | a number of ms | the number, after so long |
/// | `forgetful` | a sentence | an empty list for every chunk |
/// | `careless` | a sentence | how many came in the same message, but leaves out the last answer |
/// | `talkative` | a sentence | how many came in the same message, once too often |
/// | `wants tasks` | a sentence | the sentence; ends with status 9 at a message without tasks |
/// | `counts` | a sentence | how many came in the same message |
/// | `gone` | is never read: it ends with status 3 | |
/// | `lingers` | a sentence | the sentence; closes its output when the tasks end, and ends after [`SLOW`] |
/// | `listens` | is read as mere bytes | their number, when they end |
/// | `stays` | a sentence | the sentence; does not end when the tasks do |
/// | `ends with 7` | a sentence | the sentence; ends with status 7 |
/// | `ends by a signal` | a sentence | the sentence; then a signal ends it |
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
        "late" => serve_late(Duration::ZERO),
        "slow" => serve_late(slowness()),
        "paced" => serve(|pause: u64| {
            thread::sleep(Duration::from_millis(pause));
            pause
        }),
        "forgetful" => by_message(|_| 0),
        "careless" => by_message(|tasks| tasks - 1),
        "talkative" => by_message(|tasks| tasks + 1),
        "wants tasks" => serve_but_no_empty_message(),
        "counts" => by_message(|tasks| tasks),
        "gone" => exit(3),
        "lingers" => serve(|task: String| task).map(|()| linger()),
        "listens" => listen(),
        "stays" => serve(|task: String| task).and_then(|()| stuck()),
        "ends with 7" => serve(|task: String| task).and_then(|()| exit(7)),
        "ends by a signal" => serve(|task: String| task).and_then(|()| die_by_a_signal()),
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

/// A task that can go wrong in every way there is. One that means nothing else is a [visit](meeting::visit), after which the
/// worker meets with its fate, if it has one.
fn as_told(task: String) -> String {
    let out = &mut io::stdout();
    let said = match &*task {
        "tell your process id" => return std::process::id().to_string(),
        "tell your directory" => return directory(),
        "die with status 3" => exit(3),
        "leave without an answer" => exit(0),
        "die by a signal" => die_by_a_signal(),
        "hang up" => hang_up(),
        "complain" => io::stderr().write_all(&[b'!'; COMPLAINT]),
        "die in mid-answer" => out.write_all(&[200, 0, 0, 0, b'h']).map(|()| exit(0)),
        "print something" => out.write_all(b"x = 3\n"),
        // 0xC1 is the one byte that MessagePack never uses.
        "answer nonsense" => out.write_all(&[1, 0, 0, 0, 0xC1]),
        "never answer" => stuck(),
        _ => {
            let task = meeting::visit(task);
            return meeting::fate().map_or(task, as_told);
        }
    };
    said.and_then(|()| out.flush()).map_or_else(|_| exit(1), |()| task)
}

fn directory() -> String {
    env::current_dir().map_or_else(|error| error.to_string(), |path| path.display().to_string())
}

/// In bytes: four times what a pipe holds on Linux.
pub const COMPLAINT: usize = 1 << 18;

#[cfg(unix)]
fn die_by_a_signal() -> ! {
    let _ = nix::sys::signal::raise(nix::sys::signal::Signal::SIGKILL);
    unreachable!("nothing survives this signal")
}

#[cfg(not(unix))]
fn die_by_a_signal() -> ! {
    exit(9)
}

/// Closes both pipes, and lives on.
#[cfg(unix)]
fn hang_up() -> ! {
    for pipe in [0, 1] {
        let _ = nix::unistd::close(pipe);
    }
    stuck()
}

#[cfg(not(unix))]
fn hang_up() -> ! {
    exit(9)
}

fn serve_late(pause: Duration) -> io::Result<()> {
    thread::sleep(slowness());
    serve(|task: String| {
        thread::sleep(pause);
        task
    })
}

fn slowness() -> Duration {
    let factor = env::var(SLOWER).ok().and_then(|factor| factor.parse().ok());
    SLOW * factor.unwrap_or(1)
}

/// Closes the output, and ends later.
fn linger() {
    #[cfg(unix)]
    let _ = nix::unistd::close(1);
    thread::sleep(SLOW);
}

fn listen() -> io::Result<()> {
    let heard = io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    let mut answers = io::stdout().lock();
    answers.write_all(GREETING)?;
    send(&mut answers, &heard)
}

/// Answers each message by as many numbers as `answers_to` makes of the number of tasks in it, which each of them is.
fn by_message(answers_to: impl Fn(usize) -> usize) -> io::Result<()> {
    let (mut tasks, mut answers) = (io::stdin().lock(), io::stdout().lock());
    answers.write_all(GREETING)?;
    answers.flush()?;
    while let Some(chunk) = receive::<Vec<String>>(&mut tasks)? {
        send(&mut answers, &vec![chunk.len(); answers_to(chunk.len())])?;
    }
    Ok(())
}

fn serve_but_no_empty_message() -> io::Result<()> {
    let (mut tasks, mut answers) = (io::stdin().lock(), io::stdout().lock());
    answers.write_all(GREETING)?;
    answers.flush()?;
    while let Some(chunk) = receive::<Vec<String>>(&mut tasks)? {
        if chunk.is_empty() {
            exit(9);
        }
        send(&mut answers, &chunk)?;
    }
    Ok(())
}

/// How long a slow worker takes to begin, to answer, or to end.
pub const SLOW: Duration = Duration::from_millis(60);

/// The environment variable that makes a late or a slow worker slower by a factor.
pub const SLOWER: &str = "MANY_HANDS_SLOWER";

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
