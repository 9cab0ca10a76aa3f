//! What is asked of a submission that is graded: cases that nobody has seen, drawn anew for each.

mod choice;
mod figures;
mod pool;
mod refusal;
mod swept;

use std::num::NonZeroUsize;
use std::time::Duration;

use rayon::ThreadPoolBuildError;
use testkit::Examination;

use crate::Step;

/// The work of `with_threads`, which is asked to do it once.
pub type Work<'a> = &'a (dyn Fn() -> u64 + Sync);

/// The clock of a sweep.
pub type Clock<'a> = &'a (dyn Fn() -> Duration + Sync);

/// The work of a sweep.
pub type Swept<'a> = &'a (dyn Fn() + Sync);

/// `sweep(counts, runs, clock, work)`.
pub type Sweep =
    fn(&[NonZeroUsize], NonZeroUsize, Clock, Swept) -> Result<Vec<Step>, ThreadPoolBuildError>;

/// The functions under test, each by its name.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    pub with_threads: fn(NonZeroUsize, Work) -> Result<u64, ThreadPoolBuildError>,
    pub speed_up: fn(Duration, Duration) -> f64,
    pub efficiency: fn(f64, NonZeroUsize) -> f64,
    pub karp_flatt: fn(f64, NonZeroUsize) -> Option<f64>,
    pub thread_counts: fn(NonZeroUsize) -> Vec<NonZeroUsize>,
    pub sweep: Sweep,
    pub choose: fn(&[Step]) -> Option<NonZeroUsize>,
}

/// The questions to seven functions.
///
/// In a second run of this program, which a question starts, it tells what the functions make of a system that refuses to
/// start threads, and ends the program.
pub fn declared(subject: Subject) -> Examination {
    refusal::tell_in_the_second_run(subject);
    let questions = [
        pool::questions(subject),
        figures::questions(subject),
        vec![swept::question(subject), choice::question(subject)],
        refusal::questions(),
    ];
    Examination::of(questions.into_iter().flatten()).with_processes()
}

fn nonzero(threads: usize) -> NonZeroUsize {
    NonZeroUsize::new(threads).expect("no case has zero threads")
}

/// The questions to the functions of a crate: `questions!(thread_control)`.
#[macro_export]
macro_rules! questions {
    ($subject:ident) => {
        $crate::questions::declared($crate::questions::Subject {
            with_threads: |threads, work| $subject::with_threads(threads, work),
            speed_up: $subject::speed_up,
            efficiency: $subject::efficiency,
            karp_flatt: $subject::karp_flatt,
            thread_counts: $subject::thread_counts,
            sweep: |counts, runs, clock, work| $subject::sweep(counts, runs, clock, work),
            choose: $subject::choose,
        })
    };
}
