//! A serial baseline and the call under test, declared once a lesson.

use std::fmt::{self, Debug, Formatter};
use std::hint::black_box;

/// What bench, sweep, trace, compare and the speed tier run: the same job done by the serial baseline and by the subject.
///
/// ```
/// use instruments::Workload;
/// use rayon::prelude::*;
///
/// let squares = Workload::new(
///     "sum of 1,000 squares",
///     1000,
///     || (0..1000_u64).map(|i| i * i).sum::<u64>(),
///     || (0..1000_u64).into_par_iter().map(|i| i * i).sum::<u64>(),
///     |serial, subject| serial == subject,
/// );
/// assert!(squares.answers_agree());
/// ```
pub struct Workload {
    /// What is done, as a reader would say it, with its size: `integral of 10,000,000 samples`.
    pub name: String,
    /// How many items one run handles: samples, rows, pairs.
    pub items: u64,
    job: Box<dyn Job>,
    digest: Option<Box<dyn Fn() -> f64 + Send + Sync>>,
}

impl Workload {
    /// `serial` and `subject` each do the whole job once, on input that they hold ready: only what they do is timed.
    /// `agree` tells whether the serial answer and the subject's are the same, as far as the lesson promises.
    pub fn new<T: 'static>(
        name: impl Into<String>,
        items: u64,
        serial: impl Fn() -> T + Send + Sync + 'static,
        subject: impl Fn() -> T + Send + Sync + 'static,
        agree: impl Fn(&T, &T) -> bool + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            items,
            job: Box::new(Closures {
                serial,
                subject,
                agree,
            }),
            digest: None,
        }
    }

    /// With one number that stands for the whole answer, a sum of it for instance, so that it can be compared with that
    /// of a program in another language.
    #[must_use]
    pub fn with_digest(self, digest: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        Self {
            digest: Some(Box::new(digest)),
            ..self
        }
    }

    /// The number that stands for the answer, if the workload has one.
    pub fn digest(&self) -> Option<f64> {
        self.digest.as_ref().map(|digest| digest())
    }

    /// Does the job by the serial baseline. The answer goes through [`black_box`], so that it is really computed.
    pub fn run_serial(&self) {
        self.job.run_serial();
    }

    /// Does the job by the subject. The answer goes through [`black_box`].
    pub fn run_subject(&self) {
        self.job.run_subject();
    }

    /// Does the job both ways and tells whether the answers agree.
    pub fn answers_agree(&self) -> bool {
        self.job.answers_agree()
    }
}

impl Debug for Workload {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Workload")
            .field("name", &self.name)
            .field("items", &self.items)
            .finish_non_exhaustive()
    }
}

/// The closures without the type of their answer, so that workloads of different answers stand in one list.
trait Job: Send + Sync {
    fn run_serial(&self);
    fn run_subject(&self);
    fn answers_agree(&self) -> bool;
}

struct Closures<S, P, A> {
    serial: S,
    subject: P,
    agree: A,
}

impl<T, S, P, A> Job for Closures<S, P, A>
where
    S: Fn() -> T + Send + Sync,
    P: Fn() -> T + Send + Sync,
    A: Fn(&T, &T) -> bool + Send + Sync,
{
    fn run_serial(&self) {
        black_box((self.serial)());
    }

    fn run_subject(&self) {
        black_box((self.subject)());
    }

    fn answers_agree(&self) -> bool {
        (self.agree)(&(self.serial)(), &(self.subject)())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn answers_are_compared_serial_first() {
        let workload = Workload::new(
            "one and two",
            1,
            || 1,
            || 2,
            |serial, subject| serial < subject,
        );
        assert!(workload.answers_agree());
    }

    #[test]
    fn each_arm_runs_its_own_closure_once() {
        let (serial, subject) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let counting = |runs: &Arc<AtomicUsize>| {
            let runs = Arc::clone(runs);
            move || runs.fetch_add(1, Ordering::Relaxed)
        };
        let workload = Workload::new("count", 1, counting(&serial), counting(&subject), |_, _| {
            true
        });
        workload.run_serial();
        workload.run_subject();
        workload.run_subject();
        assert_eq!(
            (
                serial.load(Ordering::Relaxed),
                subject.load(Ordering::Relaxed)
            ),
            (1, 2)
        );
    }

    #[test]
    fn workloads_of_different_answers_stand_in_one_list() {
        let list = [
            Workload::new("number", 1, || 1.0, || 1.0, |a, b| a == b),
            Workload::new("list", 1, || vec![1], || vec![2], |a, b| a == b),
        ];
        assert_eq!(list.each_ref().map(Workload::answers_agree), [true, false]);
    }
}
