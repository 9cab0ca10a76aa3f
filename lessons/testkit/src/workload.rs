//! What a lesson has measured, declared once: a serial baseline and the call under test, at any size.

use std::fmt::{self, Debug, Formatter};
use std::num::NonZeroUsize;

use measure::grouped;

use crate::{Job, cores_offered};

/// What bench, sweep, trace, compare, peers and the speed tier run: the same job done by a serial baseline and by the
/// subject, at a [`Setting`] that whoever measures chooses.
///
/// ```
/// use testkit::{Count, Job, Workload};
/// use rayon::prelude::*;
///
/// let squares = Workload::new("sum of squares", Count::of("numbers", 1000), |at| {
///     let n = at.size as u64;
///     Job::new(
///         n,
///         move || (0..n).map(|i| i * i).sum::<u64>(),
///         move || (0..n).into_par_iter().map(|i| i * i).sum::<u64>(),
///         |serial, subject| serial == subject,
///         |sum| *sum as f64,
///     )
/// });
/// let usual = squares.usual();
/// assert_eq!(squares.name(usual), "sum of squares: 1,000 numbers");
/// assert!(squares.job(usual).answers_agree());
/// ```
pub struct Workload {
    /// What is done, as a reader would say it, without its size: `integral of x² − x`.
    pub what: String,
    /// How much of it is done.
    pub size: Count,
    /// Into how many tasks it is split, where the caller says.
    pub tasks: Option<Count>,
    /// What the serial side is called: `the serial loop`.
    pub baseline: &'static str,
    /// Whether the subject too runs on one thread, whatever is offered.
    pub one_thread: bool,
    job: Box<dyn Fn(Setting) -> Job + Send + Sync>,
}

/// A number that whoever measures may choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    /// What is counted: `samples`.
    pub unit: &'static str,
    /// The number where nobody chooses another.
    pub usual: usize,
    /// The numbers by which a sweep shows what it changes; none if it shows nothing.
    pub swept: Vec<usize>,
}

impl Count {
    /// So many of this unit, not swept.
    pub fn of(unit: &'static str, usual: usize) -> Self {
        Self {
            unit,
            usual,
            swept: Vec::new(),
        }
    }

    /// With the numbers that a sweep goes through.
    #[must_use]
    pub fn swept(self, over: impl IntoIterator<Item = usize>) -> Self {
        Self {
            swept: over.into_iter().collect(),
            ..self
        }
    }
}

impl Count {
    /// So many of the unit: `1 chunk`, `10,000 chunks`. A unit of one word loses its `s` where there is one.
    fn told(&self, number: usize) -> String {
        let unit = match number {
            1 if !self.unit.contains(' ') => self.unit.strip_suffix('s').unwrap_or(self.unit),
            _ => self.unit,
        };
        format!("{} {unit}", grouped(number as u64))
    }
}

/// What whoever measures has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Setting {
    /// How much is done, in the unit of [`Workload::size`].
    pub size: usize,
    /// Into how many tasks it is split; 1 where the caller has no say.
    pub tasks: NonZeroUsize,
    /// The threads of the pool in which the subject runs, for a job that starts threads or processes of its own.
    pub threads: NonZeroUsize,
}

impl Workload {
    /// A workload of this size whose job at a setting is made by `job`: input and all that is not to be timed.
    pub fn new(
        what: impl Into<String>,
        size: Count,
        job: impl Fn(Setting) -> Job + Send + Sync + 'static,
    ) -> Self {
        Self {
            what: what.into(),
            size,
            tasks: None,
            baseline: "the serial loop",
            one_thread: false,
            job: Box::new(job),
        }
    }

    /// With a number of tasks that the caller may choose.
    ///
    /// # Panics
    ///
    /// If the usual number or one of the swept is 0.
    #[must_use]
    pub fn in_tasks(self, tasks: Count) -> Self {
        assert!(tasks.usual > 0 && !tasks.swept.contains(&0), "{tasks:?}");
        Self {
            tasks: Some(tasks),
            ..self
        }
    }

    /// With another name for the serial side.
    #[must_use]
    pub fn against(self, baseline: &'static str) -> Self {
        Self { baseline, ..self }
    }

    /// Whose subject uses one thread, as the baseline does: what it gains, it gains without a second core.
    #[must_use]
    pub fn on_one_thread(self) -> Self {
        Self {
            one_thread: true,
            ..self
        }
    }

    /// The setting where nobody chooses another: as many threads as the machine offers cores.
    pub fn usual(&self) -> Setting {
        let tasks = self.tasks.as_ref().map_or(1, |tasks| tasks.usual);
        Setting {
            size: self.size.usual,
            tasks: NonZeroUsize::new(tasks).expect("no workload has zero tasks"),
            threads: if self.one_thread {
                NonZeroUsize::MIN
            } else {
                cores_offered()
            },
        }
    }

    /// What is done at this setting: `integral of x² − x: 10,000,000 samples in 64 chunks`.
    pub fn name(&self, at: Setting) -> String {
        let size = self.size.told(at.size);
        let tasks = match &self.tasks {
            Some(tasks) => format!(" in {}", tasks.told(at.tasks.get())),
            None => String::new(),
        };
        format!("{}: {size}{tasks}", self.what)
    }

    /// The job at this setting, with its input ready.
    pub fn job(&self, at: Setting) -> Job {
        (self.job)(at)
    }
}

impl Debug for Workload {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workload")
            .field("what", &self.what)
            .field("size", &self.size)
            .field("tasks", &self.tasks)
            .field("baseline", &self.baseline)
            .field("one_thread", &self.one_thread)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workload() -> Workload {
        Workload::new("a sum", Count::of("numbers", 12_000), |at| {
            let answer = move || at;
            Job::new(
                at.size as u64,
                answer,
                answer,
                |a, b| a == b,
                |at| at.size as f64,
            )
        })
    }

    #[test]
    fn its_name_says_how_much_and_in_how_many_tasks() {
        let plain = workload();
        assert_eq!(plain.name(plain.usual()), "a sum: 12,000 numbers");
        let chunked = workload().in_tasks(Count::of("chunks", 64));
        let at = Setting {
            size: 5,
            ..chunked.usual()
        };
        assert_eq!(chunked.name(at), "a sum: 5 numbers in 64 chunks");
        let one = Setting {
            tasks: NonZeroUsize::MIN,
            ..at
        };
        assert_eq!(chunked.name(one), "a sum: 5 numbers in 1 chunk");
    }

    #[test]
    fn the_usual_setting_uses_all_cores_unless_one_thread_is_meant() {
        assert_eq!(workload().usual().threads, cores_offered());
        assert_eq!(workload().on_one_thread().usual().threads.get(), 1);
    }

    #[test]
    fn the_job_is_made_for_the_setting() {
        let at = Setting {
            size: 7,
            ..workload().usual()
        };
        let job = workload().job(at);
        assert_eq!((job.items, job.digest()), (7, 7.0));
    }

    #[test]
    #[should_panic(expected = "usual: 0")]
    fn zero_tasks_are_refused() {
        let _ = workload().in_tasks(Count::of("chunks", 0));
    }
}
