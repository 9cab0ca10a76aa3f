//! Where workers report to their parent from inside a task, and wait there until it lets them go.
//!
//! Processes share no memory, so a lock cannot bring them together as it does threads. They call home, over a socket of
//! their own: the pipes belong to the pool.

mod socket;

use std::env;
use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

use testkit::Rendezvous;

use socket::{Stream, connect, listen};

/// Tells a worker where its parent listens.
const ADDRESS: &str = "MANY_HANDS_MEETING";

/// Tells a worker what to do after its visit.
const FATE: &str = "MANY_HANDS_FATE";

/// A worker inside a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The worker's process id.
    pub worker: u32,
    /// What it is about to do.
    pub task: String,
}

impl Visit {
    /// The place of its task among [`sentences`].
    pub fn number(&self) -> Option<usize> {
        self.task.strip_prefix("task ")?.parse().ok()
    }
}

/// `task 0`, `task 1`, …: they mean nothing to a worker in the role `told`, so it hands them back as they are.
pub fn sentences(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("task {i}")).collect()
}

/// The parent's side.
#[derive(Debug)]
pub struct Meeting {
    address: String,
    book: Arc<Mutex<Book>>,
    listening: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Book {
    visits: Vec<Visit>,
    closed: bool,
}

impl Meeting {
    /// Listens. Each worker that comes is written down, and let go when `wait` returns. Each has a thread of its own
    /// for that, so `wait` may bring them together.
    ///
    /// # Panics
    ///
    /// If the system gives no socket.
    pub fn open(wait: impl Fn(&Visit) + Clone + Send + 'static) -> Self {
        let (listener, address) = listen().expect("the system gives a socket");
        let book = Arc::new(Mutex::new(Book::default()));
        let shared = Arc::clone(&book);
        let listening = thread::spawn(move || {
            for visitor in listener.incoming() {
                if shared.lock().expect(NEVER_POISONED).closed {
                    return;
                }
                if let Ok(visitor) = visitor {
                    let (book, wait) = (Arc::clone(&shared), wait.clone());
                    // A worker that is killed while it is here tells nobody, and nothing is to be done about it.
                    thread::spawn(move || receive(visitor, &book, wait));
                }
            }
        });
        Self { address, book, listening: Some(listening) }
    }

    /// Listens, and holds whoever does the first of so many [`sentences`] until all others are begun, but no longer
    /// than a rendezvous does.
    ///
    /// # Panics
    ///
    /// As for [`Meeting::open`].
    pub fn where_the_first_comes_last(tasks: usize) -> Self {
        let begun = Arc::new((Mutex::new(0), Condvar::new()));
        Self::open(move |visit| {
            let (others, changed) = &*begun;
            let mut others = others.lock().expect(NEVER_POISONED);
            if visit.number() == Some(0) {
                let missing = |others: &mut usize| *others < tasks - 1;
                drop(changed.wait_timeout_while(others, Rendezvous::MEET_LIMIT, missing));
            } else {
                *others += 1;
                changed.notify_all();
            }
        })
    }

    /// A worker in the role `told`, which calls here from inside every task that means nothing else to it.
    pub fn worker(&self) -> Command {
        let mut command = crate::again_as("told");
        command.env(ADDRESS, &self.address);
        command
    }

    /// Such a worker that does as it is told by `fate` after its first visit.
    pub fn worker_with_fate(&self, fate: &str) -> Command {
        let mut command = self.worker();
        command.env(FATE, fate);
        command
    }

    /// Who has come so far, in this order.
    pub fn visits(&self) -> Vec<Visit> {
        self.book.lock().expect(NEVER_POISONED).visits.clone()
    }
}

impl Drop for Meeting {
    fn drop(&mut self) {
        self.book.lock().expect(NEVER_POISONED).closed = true;
        // The listener sees it when the next one comes.
        let _ = connect(&self.address);
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";

fn receive(mut visitor: Stream, book: &Mutex<Book>, wait: impl Fn(&Visit)) -> io::Result<()> {
    let mut worker = [0; 4];
    visitor.read_exact(&mut worker)?;
    let mut task = String::new();
    visitor.read_to_string(&mut task)?;
    let worker = u32::from_le_bytes(worker);
    let visit = Visit { worker, task };
    book.lock().expect(NEVER_POISONED).visits.push(visit.clone());
    wait(&visit);
    visitor.write_all(b".")
}

/// The worker's side: calls home if there is a meeting, waits there to be let go, and hands the task back.
pub fn visit(task: String) -> String {
    if let Ok(address) = env::var(ADDRESS) {
        // If the parent is gone, so is whoever wanted to know.
        let _ = call(&address, &task);
    }
    task
}

/// What this worker does after a visit; `None` if it answers.
pub fn fate() -> Option<String> {
    env::var(FATE).ok()
}

fn call(address: &str, task: &str) -> io::Result<()> {
    let mut parent = connect(address)?;
    parent.write_all(&std::process::id().to_le_bytes())?;
    parent.write_all(task.as_bytes())?;
    parent.shutdown(Shutdown::Write)?;
    parent.read_exact(&mut [0])
}
