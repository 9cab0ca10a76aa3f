//! Worker processes as bare as can be, for measuring: whatever goes wrong is a panic. To do better is your part.

use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;

use lesson_worker_processes as lesson;

use lesson::{Answers, DeserializeOwned, Serialize};

pub struct Worker {
    child: Child,
    tasks: ChildStdin,
    answers: Answers<ChildStdout>,
}

impl Worker {
    /// Starts it, and waits until it is there.
    pub fn start(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program can be started");
        let tasks = child.stdin.take().expect("it has a pipe");
        let answers = child.stdout.take().expect("it has a pipe");
        let mut answers = Answers::new(answers);
        answers.wait_for_greeting().expect("a worker greets");
        Self { child, tasks, answers }
    }

    /// The answers to a chunk of tasks; `None` if the worker has ended.
    pub fn ask<T: Serialize, A: DeserializeOwned>(&mut self, chunk: &[T]) -> Option<Vec<A>> {
        lesson::send(&mut self.tasks, chunk).ok()?;
        self.answers.receive().ok()?
    }

    /// Closes its tasks, and waits until it has ended.
    pub fn end(self) -> ExitStatus {
        let Self { mut child, tasks, .. } = self;
        drop(tasks);
        child.wait().expect("it is a child of ours")
    }
}

/// The sum of the answers. Each worker has its chunks dealt in advance, which is good enough where all tasks are equal.
#[allow(dead_code, reason = "not every example has more than one worker")]
pub fn sum_of<T: Serialize + Sync>(workers: &mut [Worker], tasks: &[T], chunk: usize) -> f64 {
    let number = workers.len();
    thread::scope(|scope| {
        let mut sums = Vec::new();
        for (first, worker) in workers.iter_mut().enumerate() {
            let own = tasks.chunks(chunk).skip(first).step_by(number);
            let asked = own.map(|chunk| worker.ask(chunk).expect("an honest worker answers"));
            sums.push(scope.spawn(|| asked.flat_map(|answers: Vec<f64>| answers).sum::<f64>()));
        }
        let sums = sums.into_iter().map(|sum| sum.join().expect("as above"));
        sums.sum()
    })
}

/// What an example calls first, since it is its own worker.
pub fn work_if_told_so() {
    if let Some(role) = lesson::role() {
        lesson::roles::play(&role);
    }
}
