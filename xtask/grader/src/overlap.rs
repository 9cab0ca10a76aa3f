//! Samples the threads of a job from outside of the sandbox, by `/proc`, which no submission can forge: which threads were
//! runnable at the same moment, and how much CPU time each used.

pub mod proc_fs;

use std::collections::BTreeMap;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A thread of a job at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskState {
    pub pid: u32,
    pub tid: u32,
    /// Whether the thread is on a processor or waiting for one.
    pub runnable: bool,
    /// CPU time since the thread began, in nanoseconds. 0 if the kernel does not tell.
    pub on_cpu_ns: u64,
}

/// The threads of all processes at least `depth` generations below the process `command`. For a job, `depth` is
/// [`crate::sandbox::Sandbox::process_depth`]. Omits threads that end meanwhile.
pub fn sample(command: u32, depth: usize) -> Vec<TaskState> {
    let mut processes = vec![command];
    for _ in 0..depth {
        processes = processes.into_iter().flat_map(proc_fs::children).collect();
    }
    let mut tasks = Vec::new();
    while let Some(process) = processes.pop() {
        tasks.extend(proc_fs::tasks(process));
        processes.extend(proc_fs::children(process));
    }
    tasks
}

/// The samples of a job. A thread is a pair of process id and thread id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// The runnable threads of each sample.
    pub runnable: Vec<Vec<(u32, u32)>>,
    /// CPU time of each thread from its first sample to its last, in nanoseconds.
    pub cpu_ns: BTreeMap<(u32, u32), u64>,
}

/// The samples so far, and the CPU time at which each thread began to count.
#[derive(Debug, Default)]
struct Recording {
    overlap: Overlap,
    before: BTreeMap<(u32, u32), u64>,
}

impl Recording {
    /// Adds a sample. A thread that was not in the first sample began later, so its whole time counts.
    fn add(&mut self, tasks: &[TaskState]) {
        let is_first = self.overlap.runnable.is_empty();
        for task in tasks {
            let thread = (task.pid, task.tid);
            let begun = if is_first { task.on_cpu_ns } else { 0 };
            let before = *self.before.entry(thread).or_insert(begun);
            let cpu_ns = task.on_cpu_ns.saturating_sub(before);
            self.overlap.cpu_ns.insert(thread, cpu_ns);
        }
        let runnable = tasks.iter().filter(|task| task.runnable);
        let runnable = runnable.map(|task| (task.pid, task.tid)).collect();
        self.overlap.runnable.push(runnable);
    }
}

/// A thread that samples a job regularly.
pub struct Observer {
    stop: Sender<()>,
    thread: JoinHandle<Overlap>,
}

impl Observer {
    /// Starts sampling: at once, and then after each interval of `every`. See [`sample`] for the other arguments.
    pub fn start(command: u32, depth: usize, every: Duration) -> Self {
        let (stop, stopped) = mpsc::channel();
        let thread = thread::spawn(move || {
            let mut recording = Recording::default();
            loop {
                recording.add(&sample(command, depth));
                match stopped.recv_timeout(every) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(()) | Err(RecvTimeoutError::Disconnected) => return recording.overlap,
                }
            }
        });
        Self { stop, thread }
    }

    /// Stops sampling, and returns the samples.
    pub fn stop(self) -> Overlap {
        drop(self.stop);
        self.thread.join().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(tid: u32, runnable: bool, on_cpu_ns: u64) -> TaskState {
        TaskState { pid: 7, tid, runnable, on_cpu_ns }
    }

    #[test]
    fn each_sample_is_kept_and_cpu_time_counts_from_the_first_one() {
        let mut recording = Recording::default();
        recording.add(&[task(1, true, 5), task(2, false, 3)]);
        recording.add(&[task(1, true, 8), task(2, true, 3), task(3, true, 1)]);
        let expected = Overlap {
            runnable: vec![vec![(7, 1)], vec![(7, 1), (7, 2), (7, 3)]],
            cpu_ns: BTreeMap::from([((7, 1), 3), ((7, 2), 0), ((7, 3), 1)]),
        };
        assert_eq!(recording.overlap, expected);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_running_thread_is_runnable_and_a_waiting_one_is_not() {
        let (release, wait) = mpsc::channel::<()>();
        let (send_id, receive_id) = mpsc::channel();
        let waiting = thread::spawn(move || {
            send_id.send(nix::unistd::gettid().as_raw()).unwrap();
            wait.recv().unwrap_err();
        });
        let waiting_id = receive_id.recv().unwrap() as u32;
        let own_id = nix::unistd::gettid().as_raw() as u32;
        let is_runnable = |tid| {
            let tasks = sample(std::process::id(), 0);
            tasks.iter().find(|task| task.tid == tid).unwrap().runnable
        };
        assert!(is_runnable(own_id));
        // It has sent its id, and is about to wait.
        while is_runnable(waiting_id) {
            thread::yield_now();
        }
        drop(release);
        waiting.join().unwrap();
    }
}
