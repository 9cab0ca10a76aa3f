//! A class, submission by submission, several at a time.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use xtask_core::process::InterruptGuard;
use xtask_core::ui::Working;

use crate::grading_env::GradingEnv;
use crate::intake::plan::PlannedSubmission;
use crate::intake::{Class, SourceFile, Student};
use crate::journal::{Journal, PriorRecords};
use crate::record::{Outcome, Record};
use crate::similarity;
use crate::submission;

/// One student's submission for one lesson, to be graded.
#[derive(Clone, Debug)]
pub struct Task {
    pub student: Student,
    pub planned: PlannedSubmission,
}

/// The state that all workers share.
pub struct Batch<'a> {
    pub class: &'a Class,
    /// By lesson.
    pub envs: &'a BTreeMap<String, GradingEnv<'a>>,
    /// The fingerprint of the course.
    pub course: &'a str,
    /// The records of earlier runs, unless everything should be graded again.
    pub prior: Option<&'a PriorRecords>,
    /// The seed of every submission's unseen cases; without one, each gets its own from the operating system.
    pub seed: Option<u64>,
    pub journal: Mutex<Journal>,
}

impl Batch<'_> {
    /// Grades the tasks, `jobs` at a time, until all are done or the user interrupts. Returns the records in no particular
    /// order.
    ///
    /// # Errors
    ///
    /// The journal cannot be written.
    pub fn grade(
        &self,
        tasks: Vec<Task>,
        jobs: NonZeroUsize,
        working: &Working,
        guard: &InterruptGuard,
    ) -> Result<Vec<Record>> {
        let (all, started) = (tasks.len(), Instant::now());
        let waiting: Mutex<VecDeque<Task>> = Mutex::new(tasks.into());
        let done: Mutex<Vec<Record>> = Mutex::new(Vec::new());
        let new = AtomicUsize::new(0);
        let worker = |number: usize| -> Result<()> {
            while !guard.is_interrupted() {
                let Some(task) = lock(&waiting).pop_front() else {
                    break;
                };
                let (record, is_new) = self.record(&task, &number.to_string());
                if guard.is_interrupted() {
                    // The interrupt has ended its processes.
                    break;
                }
                if is_new {
                    lock(&self.journal).append(self.course, record.clone())?;
                    new.fetch_add(1, Ordering::Relaxed);
                }
                let mut done = lock(&done);
                done.push(record);
                working.progress(&progress(
                    done.len(),
                    all,
                    new.load(Ordering::Relaxed),
                    started.elapsed(),
                ));
            }
            Ok(())
        };
        thread::scope(|scope| {
            let worker = &worker;
            let workers: Vec<_> =
                (0..jobs.get()).map(|number| scope.spawn(move || worker(number))).collect();
            workers.into_iter().try_for_each(|worker| {
                worker.join().map_err(|_| anyhow!("a worker of `grade` panicked"))?
            })
        })?;
        Ok(done.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// The record of one submission, and whether it is a new one.
    fn record(&self, task: &Task, place: &str) -> (Record, bool) {
        let (student, lesson) = (&task.student, &*task.planned.lesson);
        let submission = match self.class.read(student, &task.planned) {
            Ok(submission) => submission,
            Err(refusal) => return (student.refusal_record(Some(lesson), &refusal), true),
        };
        let prior = self.prior.and_then(|prior| {
            prior.reusable(self.course, &student.name, lesson, &submission.fingerprint)
        });
        if let Some(record) = prior {
            return (record.clone(), false);
        }
        let mut record = Record {
            fingerprint: Some(submission.fingerprint.clone()),
            token_fingerprint: similarity::token_fingerprint(&submission.files),
            flags: submission
                .ignored
                .iter()
                .map(|file| format!("`{file}` was not taken"))
                .collect(),
            ..Record::new(
                &student.name,
                Some(lesson),
                Outcome::NotStarted,
                "the skeleton, as it was",
            )
        };
        let env = &self.envs[lesson];
        if env.is_skeleton(&submission.files) {
            return (record, true);
        }
        if let Err(error) = self.judge(&mut record, env, &submission.files, place) {
            record.outcome = Outcome::NotGraded;
            record.reason = format!("the grader failed: {error:#}");
        }
        (record, true)
    }

    /// Grades a submission, and completes its record.
    fn judge(
        &self,
        record: &mut Record,
        env: &GradingEnv,
        files: &[SourceFile],
        place: &str,
    ) -> Result<()> {
        let seed = match self.seed {
            Some(seed) => seed,
            // A number of JSON is exact up to 2⁵³.
            None => {
                getrandom::u64().context("the operating system has no randomness to give")? >> 11
            }
        };
        record.seed = Some(seed);
        let found = submission::assess(env, files, seed, place)?;
        record.outcome = found.classification.outcome;
        record.reason = found.classification.reason;
        record.failed_claims = found.classification.failed_claims;
        record.errors = found.classification.errors;
        record.flags.extend(found.classification.flags);
        record.compiling_s = found.compiling_s;
        record.testing_s = found.testing_s;
        Ok(())
    }
}

/// The progress with an estimate from the `new` records of this run: `12 of 300, about 4 min left`.
fn progress(done: usize, all: usize, new: usize, elapsed: Duration) -> String {
    let progress = format!("{done} of {all}");
    if new == 0 {
        return progress;
    }
    let left = elapsed.mul_f64((all - done) as f64 / new as f64);
    match left.as_secs() {
        0..60 => format!("{progress}, less than a minute left"),
        seconds => format!("{progress}, about {} min left", seconds.div_ceil(60)),
    }
}

fn lock<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_the_new_records() {
        let minute = Duration::from_secs(60);
        assert_eq!(progress(10, 300, 0, minute), "10 of 300");
        assert_eq!(progress(100, 200, 50, minute), "100 of 200, about 2 min left");
        assert_eq!(progress(199, 200, 50, minute), "199 of 200, less than a minute left");
    }
}
