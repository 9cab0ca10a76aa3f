//! A workload at given parameters: both sides of it, ready to run.

use std::fmt::{self, Debug, Formatter};
use std::hint::black_box;

use crate::{Trace, Tracer};

/// The same work done by the serial baseline and by the subject, on input that both hold ready.
///
/// ```
/// use testkit::BenchCase;
/// use rayon::prelude::*;
///
/// let case = BenchCase::new(
///     1000,
///     || (0..1000_u64).map(|i| i * i).sum::<u64>(),
///     || (0..1000_u64).into_par_iter().map(|i| i * i).sum::<u64>(),
///     |serial, subject| serial == subject,
///     |sum| *sum as f64,
/// );
/// assert!(case.answers_agree());
/// assert_eq!(case.digest(), 332_833_500.0);
/// ```
pub struct BenchCase {
    /// How many items one run handles: samples, rows, pairs.
    pub items: u64,
    runs: Box<dyn Runs>,
    traced: Option<(&'static str, Box<Traced>)>,
    tasks: Box<Tasks>,
    in_sequence: bool,
}

type Traced = dyn Fn(&Tracer) + Send + Sync;
type Tasks = dyn Fn() -> Vec<usize> + Send + Sync;

impl BenchCase {
    /// `serial` and `subject` each do the whole work once: only what they do is timed.
    ///
    /// `agree` returns whether the serial answer and the subject's are the same, as far as the lesson promises. `digest`
    /// makes one number of an answer, such as its sum, to compare with that of a program in another language.
    pub fn new<T: 'static>(
        items: u64,
        serial: impl Fn() -> T + Send + Sync + 'static,
        subject: impl Fn() -> T + Send + Sync + 'static,
        agree: impl Fn(&T, &T) -> bool + Send + Sync + 'static,
        digest: impl Fn(&T) -> f64 + Send + Sync + 'static,
    ) -> Self {
        Self {
            items,
            runs: Box::new(Closures { serial, subject, agree, digest }),
            traced: None,
            tasks: Box::new(Vec::new),
            in_sequence: false,
        }
    }

    /// Adds a traced run of the subject, `traced`, whose kernel reports every item to the tracer, numbered from 0. `items` is
    /// what they are: `samples`, `rows`.
    #[must_use]
    pub fn with_trace(
        self,
        items: &'static str,
        traced: impl Fn(&Tracer) + Send + Sync + 'static,
    ) -> Self {
        Self { traced: Some((items, Box::new(traced))), ..self }
    }

    /// Adds the first item of each task, in order: a tracer then begins a new piece with each task, even where one thread goes
    /// from a task to its neighbour. Without them, every item may go to any thread.
    #[must_use]
    pub fn with_tasks(self, tasks: impl Fn() -> Vec<usize> + Send + Sync + 'static) -> Self {
        Self { tasks: Box::new(tasks), ..self }
    }

    /// Declares that items wait for earlier ones: more workers could not simply share them all out.
    #[must_use]
    pub fn in_sequence(self) -> Self {
        Self { in_sequence: true, ..self }
    }

    /// Whether any item may be handled at any time, on any thread.
    pub fn items_are_free(&self) -> bool {
        !self.in_sequence
    }

    /// Does the work by the serial baseline. The answer goes through [`black_box`], so that it is really computed.
    pub fn run_serial(&self) {
        self.runs.serial();
    }

    /// Does the work by the subject. The answer goes through [`black_box`].
    pub fn run_subject(&self) {
        self.runs.subject();
    }

    /// Does the work both ways, and returns whether the answers agree.
    pub fn answers_agree(&self) -> bool {
        self.runs.agree()
    }

    /// The number that stands for the serial baseline's answer, which is computed for it.
    pub fn digest(&self) -> f64 {
        self.runs.digest()
    }

    /// What a tracer's items are; `None` if the case was not given a traced run.
    pub fn traced_items(&self) -> Option<&'static str> {
        self.traced.as_ref().map(|(items, _)| *items)
    }

    /// Does the work by the subject once, and returns which thread did what. `None` if the case was not given a traced run.
    pub fn trace(&self) -> Option<Trace> {
        let (_, traced) = self.traced.as_ref()?;
        let tracer = Tracer::new((self.tasks)());
        traced(&tracer);
        Some(tracer.finish())
    }
}

impl Debug for BenchCase {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("BenchCase").field("items", &self.items).finish_non_exhaustive()
    }
}

/// The closures without the type of their answer, so that cases of different answers stand in one list.
trait Runs: Send + Sync {
    fn serial(&self);
    fn subject(&self);
    fn agree(&self) -> bool;
    fn digest(&self) -> f64;
}

struct Closures<S, P, A, D> {
    serial: S,
    subject: P,
    agree: A,
    digest: D,
}

impl<T, S, P, A, D> Runs for Closures<S, P, A, D>
where
    S: Fn() -> T + Send + Sync,
    P: Fn() -> T + Send + Sync,
    A: Fn(&T, &T) -> bool + Send + Sync,
    D: Fn(&T) -> f64 + Send + Sync,
{
    fn serial(&self) {
        black_box((self.serial)());
    }

    fn subject(&self) {
        black_box((self.subject)());
    }

    fn agree(&self) -> bool {
        (self.agree)(&(self.serial)(), &(self.subject)())
    }

    fn digest(&self) -> f64 {
        (self.digest)(&(self.serial)())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn answers_are_compared_serial_first() {
        let case = BenchCase::new(1, || 1, || 2, |serial, subject| serial < subject, |_| 0.0);
        assert!(case.answers_agree());
    }

    #[test]
    fn each_side_runs_its_own_closure_once() {
        let (serial, subject) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counting = |runs: &Arc<AtomicUsize>| {
            let runs = Arc::clone(runs);
            move || runs.fetch_add(1, Ordering::Relaxed)
        };
        let case = BenchCase::new(1, counting(&serial), counting(&subject), |_, _| true, |_| 0.0);
        case.run_serial();
        case.run_subject();
        case.run_subject();
        let runs = [serial, subject].map(|runs| runs.load(Ordering::Relaxed));
        assert_eq!(runs, [1, 2]);
    }

    #[test]
    fn cases_of_different_answers_stand_in_one_list() {
        let list = [
            BenchCase::new(1, || 1.0, || 1.0, |a, b| a == b, |answer| *answer),
            BenchCase::new(1, || vec![1], || vec![2], |a, b| a == b, |answer| answer.len() as f64),
        ];
        assert_eq!(list.each_ref().map(BenchCase::answers_agree), [true, false]);
    }

    #[test]
    fn a_case_is_traced_by_its_traced_run() {
        let case = BenchCase::new(3, || (), || (), |_, _| true, |()| 0.0);
        assert!(case.trace().is_none());
        let traced = |tracer: &Tracer| (0..3).for_each(|item| tracer.call(item, || ()));
        let trace = case.with_trace("items", traced).with_tasks(|| vec![0, 1]).trace().unwrap();
        let ranges: Vec<_> =
            trace.lanes[0].pieces.iter().map(|piece| piece.items.clone()).collect();
        assert_eq!(ranges, [0..1, 1..3]);
    }
}
