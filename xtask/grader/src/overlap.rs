//! Whether a job's work overlaps, seen from outside, where no submission can pretend: how often two of its threads were runnable
//! at once, in `/proc`.

pub mod proc_fs;

use std::collections::BTreeMap;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// One thread of a job at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskState {
    pub pid: u32,
    pub tid: u32,
    /// On a processor, or waiting for one: as opposed to waiting for anything else.
    pub runnable: bool,
    /// CPU time since the thread began. 0 where the kernel does not tell.
    pub on_cpu_ns: u64,
}

/// Whether this system lets itself be observed: Linux with `/proc`, and a kernel that tells a process's children.
pub fn is_observable() -> bool {
    proc_fs::are_open()
}

/// The threads of all processes `generation` generations below the process `command`, or more: of a job in the sandbox, with
/// [`crate::sandbox::Sandbox::process_depth`]. What ends meanwhile is left out.
pub fn sample(command: u32, generation: usize) -> Vec<TaskState> {
    let mut processes = vec![command];
    for _ in 0..generation {
        processes = processes.into_iter().flat_map(proc_fs::children).collect();
    }
    let mut tasks = Vec::new();
    while let Some(process) = processes.pop() {
        tasks.extend(proc_fs::tasks(process));
        processes.extend(proc_fs::children(process));
    }
    tasks
}

/// What was seen of a job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// For each glance, the threads (process, thread) that were runnable.
    pub runnable: Vec<Vec<(u32, u32)>>,
    /// CPU time by thread, in nanoseconds, from the first glance at it to the last.
    pub cpu_ns: BTreeMap<(u32, u32), u64>,
}

/// What `/proc` said at the first glance at each thread, and how many glances there were.
#[derive(Debug, Default)]
struct Recording {
    seen: Overlap,
    before: BTreeMap<(u32, u32), u64>,
}

impl Recording {
    /// A thread that was not there at the first glance began afterwards: all its time counts.
    fn add(&mut self, tasks: &[TaskState]) {
        let is_first = self.seen.runnable.is_empty();
        for task in tasks {
            let thread = (task.pid, task.tid);
            let begun = if is_first { task.on_cpu_ns } else { 0 };
            let before = *self.before.entry(thread).or_insert(begun);
            self.seen
                .cpu_ns
                .insert(thread, task.on_cpu_ns.saturating_sub(before));
        }
        let runnable = tasks.iter().filter(|task| task.runnable);
        self.seen
            .runnable
            .push(runnable.map(|task| (task.pid, task.tid)).collect());
    }
}

/// A thread that looks at a job now and then, until it is told to stop.
pub struct Observer {
    stop: Sender<()>,
    thread: JoinHandle<Overlap>,
}

impl Observer {
    /// Looks at once, and again each time that so much time has passed; see [`sample`].
    pub fn start(command: u32, generation: usize, every: Duration) -> Self {
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || {
            let mut looking = Recording::default();
            loop {
                looking.add(&sample(command, generation));
                match stopped.recv_timeout(every) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return looking.seen,
                }
            }
        });
        Self { stop, thread }
    }

    /// Stops looking, and tells what was seen.
    pub fn stop(self) -> Overlap {
        drop(self.stop);
        self.thread.join().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(tid: u32, runnable: bool, on_cpu_ns: u64) -> TaskState {
        TaskState {
            pid: 7,
            tid,
            runnable,
            on_cpu_ns,
        }
    }

    #[test]
    fn each_glance_is_kept_and_cpu_time_counts_from_the_first_one() {
        let mut looking = Recording::default();
        looking.add(&[task(1, true, 5), task(2, false, 3)]);
        looking.add(&[task(1, true, 8), task(2, true, 3), task(3, true, 1)]);
        let expected = Overlap {
            runnable: vec![vec![(7, 1)], vec![(7, 1), (7, 2), (7, 3)]],
            cpu_ns: BTreeMap::from([((7, 1), 3), ((7, 2), 0), ((7, 3), 1)]),
        };
        assert_eq!(looking.seen, expected);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_thread_that_looks_sees_itself_at_work_and_another_waiting() {
        let (held, wait) = mpsc::channel::<()>();
        let (tell, told) = mpsc::channel();
        let waiting = thread::spawn(move || {
            tell.send(nix::unistd::gettid().as_raw()).unwrap();
            wait.recv().unwrap_err();
        });
        let waiting_id = told.recv().unwrap() as u32;
        let own_id = nix::unistd::gettid().as_raw() as u32;
        let is_runnable = |tid| {
            let tasks = sample(std::process::id(), 0);
            tasks.iter().find(|task| task.tid == tid).unwrap().runnable
        };
        assert!(is_runnable(own_id));
        // It has said that it lives, and is about to wait.
        while is_runnable(waiting_id) {
            thread::yield_now();
        }
        drop(held);
        waiting.join().unwrap();
    }
}
