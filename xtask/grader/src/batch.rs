//! A class, submission by submission, several at a time.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use xtask_core::process::InterruptGuard;
use xtask_core::ui::Working;

use crate::at_once::{self, lock};
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
        let counts = Mutex::new((0, 0));
        let records = at_once::map(tasks, jobs.get(), |task, number| {
            if guard.is_interrupted() {
                return Ok(None);
            }
            let (record, is_new) = self.record(&task, &number.to_string());
            if guard.is_interrupted() {
                // The interrupt has ended its processes.
                return Ok(None);
            }
            if is_new {
                lock(&self.journal).append(self.course, record.clone())?;
            }
            let mut counts = lock(&counts);
            *counts = (counts.0 + 1, counts.1 + usize::from(is_new));
            let (done, new) = *counts;
            working.progress(&progress(done, all, new, started.elapsed()));
            Ok(Some(record))
        })?;
        Ok(records.into_iter().flatten().collect())
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
        let (outcome, reason) = (Outcome::NotStarted, "the skeleton, as it was");
        let mut record = Record::new(&student.name, Some(lesson), outcome, reason);
        let ignored = submission.ignored.iter();
        record.flags = ignored.map(|file| format!("`{file}` was not taken")).collect();
        record.token_fingerprint = similarity::token_fingerprint(&submission.files);
        record.fingerprint = Some(submission.fingerprint);
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
            None => getrandom::u64().context("the system has no randomness to give")? >> 11,
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
