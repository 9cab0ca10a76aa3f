//! What is measured of a lesson, declared once: a serial baseline and the call under test, at any size.

use std::fmt::{self, Debug, Formatter};
use std::num::NonZeroUsize;

use measure::group_thousands;
pub use measure::protocol::Parameter;

use crate::{BenchCase, cores_offered};

/// What `bench`, `sweep`, `trace`, `compare`, `peers` and the speed tier run: the same work done by a serial baseline and by
/// the subject, at any [`Params`].
///
/// ```
/// use testkit::{Parameter, BenchCase, Workload};
/// use rayon::prelude::*;
///
/// let squares = Workload::new("sum of squares", Parameter::new("numbers", 1000), |at| {
///     let n = at.size as u64;
///     BenchCase::new(
///         n,
///         move || (0..n).map(|i| i * i).sum::<u64>(),
///         move || (0..n).into_par_iter().map(|i| i * i).sum::<u64>(),
///         |serial, subject| serial == subject,
///         |sum| *sum as f64,
///     )
/// });
/// let usual = squares.usual();
/// assert_eq!(squares.name(usual), "sum of squares: 1,000 numbers");
/// assert!(squares.case(usual).answers_agree());
/// ```
pub struct Workload {
    /// What is done, as a reader would say it, without its size: `integral of x² − x`.
    pub what: String,
    /// How much of it is done.
    pub size: Parameter,
    /// Into how many tasks it is split, where the caller says.
    pub tasks: Option<Parameter>,
    /// What the serial side is called: `the serial loop`.
    pub baseline: &'static str,
    /// Whether the subject too runs on one thread, whatever is offered.
    pub one_thread: bool,
    case: Box<dyn Fn(Params) -> BenchCase + Send + Sync>,
}

/// The parameters of a [`BenchCase`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Params {
    /// How much is done, in the unit of [`Workload::size`].
    pub size: usize,
    /// Into how many tasks it is split; 1 where the caller has no say.
    pub tasks: NonZeroUsize,
    /// The threads of the pool in which the subject runs; a subject that starts threads or processes itself starts this many.
    pub threads: NonZeroUsize,
}

impl Workload {
    /// A workload of this size. `case` makes what is run at given parameters: the input, and all else that is not timed.
    pub fn new(
        what: impl Into<String>,
        size: Parameter,
        case: impl Fn(Params) -> BenchCase + Send + Sync + 'static,
    ) -> Self {
        Self {
            what: what.into(),
            size,
            tasks: None,
            baseline: "the serial loop",
            one_thread: false,
            case: Box::new(case),
        }
    }

    /// Adds a number of tasks that the caller may choose.
    ///
    /// # Panics
    ///
    /// If the usual number or one of the swept is 0.
    #[must_use]
    pub fn in_tasks(self, tasks: Parameter) -> Self {
        assert!(tasks.usual > 0 && !tasks.swept.contains(&0), "{tasks:?}");
        Self { tasks: Some(tasks), ..self }
    }

    /// Names the serial side.
    #[must_use]
    pub fn against(self, baseline: &'static str) -> Self {
        Self { baseline, ..self }
    }

    /// Declares that the subject uses one thread, as the baseline does: what it gains, it gains without a second core.
    #[must_use]
    pub fn on_one_thread(self) -> Self {
        Self { one_thread: true, ..self }
    }

    /// The parameters if no others are chosen: as many threads as the machine offers cores.
    pub fn usual(&self) -> Params {
        let tasks = self.tasks.as_ref().map_or(1, |tasks| tasks.usual);
        Params {
            size: self.size.usual,
            tasks: NonZeroUsize::new(tasks).expect("no workload has zero tasks"),
            threads: if self.one_thread { NonZeroUsize::MIN } else { cores_offered() },
        }
    }

    /// What is done at these parameters: `integral of x² − x: 10,000,000 samples in 64 chunks`.
    pub fn name(&self, at: Params) -> String {
        let size = count_with_unit(&self.size, at.size);
        let tasks = match &self.tasks {
            Some(tasks) => format!(" in {}", count_with_unit(tasks, at.tasks.get())),
            None => String::new(),
        };
        format!("{}: {size}{tasks}", self.what)
    }

    /// The case at these parameters, with its input ready.
    pub fn case(&self, at: Params) -> BenchCase {
        (self.case)(at)
    }
}

/// A number with its unit: `1 chunk`, `10,000 chunks`. A unit of one word loses its `s` for 1.
fn count_with_unit(parameter: &Parameter, number: usize) -> String {
    let unit = parameter.unit.as_str();
    let unit = match number {
        1 if !unit.contains(' ') => unit.strip_suffix('s').unwrap_or(unit),
        _ => unit,
    };
    format!("{} {unit}", group_thousands(number as u64))
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
        Workload::new("a sum", Parameter::new("numbers", 12_000), |at| {
            let answer = move || at;
            BenchCase::new(at.size as u64, answer, answer, |a, b| a == b, |at| at.size as f64)
        })
    }

    #[test]
    fn its_name_says_how_much_and_in_how_many_tasks() {
        let plain = workload();
        assert_eq!(plain.name(plain.usual()), "a sum: 12,000 numbers");
        let chunked = workload().in_tasks(Parameter::new("chunks", 64));
        let at = Params { size: 5, ..chunked.usual() };
        assert_eq!(chunked.name(at), "a sum: 5 numbers in 64 chunks");
        let one = Params { tasks: NonZeroUsize::MIN, ..at };
        assert_eq!(chunked.name(one), "a sum: 5 numbers in 1 chunk");
    }

    #[test]
    fn the_usual_parameters_use_all_cores_unless_one_thread_is_meant() {
        assert_eq!(workload().usual().threads, cores_offered());
        assert_eq!(workload().on_one_thread().usual().threads.get(), 1);
    }

    #[test]
    fn the_case_is_made_for_the_parameters() {
        let at = Params { size: 7, ..workload().usual() };
        let case = workload().case(at);
        assert_eq!((case.items, case.digest()), (7, 7.0));
    }

    #[test]
    #[should_panic(expected = "usual: 0")]
    fn zero_tasks_are_refused() {
        let _ = workload().in_tasks(Parameter::new("chunks", 0));
    }
}
