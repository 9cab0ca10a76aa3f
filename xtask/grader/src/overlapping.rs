//! From what an observer saw of the threads to whether the work overlapped: pure.

use measure::protocol::claims::OverlapKind;

use crate::overlap::Overlap;

/// Fewer glances at a working program than this say nothing.
const ENOUGH: usize = 10;
/// A thread was at work if it used at least this part of the CPU time of the busiest one. A pool's idle thread looks for work
/// and yields: on a busy machine it is runnable for long, but it uses next to nothing.
const AT_WORK: f64 = 0.1;
/// Two were runnable at once in at most this share of the glances where they take turns. Measured: 0 to 9 % where one waits
/// for the other, 80 to 100 % where none does, also on a busy machine.
const HARDLY: f64 = 0.2;
/// One thread with a larger share of the CPU time than this did nearly all the work, of two that could have shared it.
const NEARLY_ALL: f64 = 0.85;
/// Times the CPU time of the model, for the same work.
const FAR_MORE: f64 = 1.6;

/// What was seen, in short.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen {
    Together,
    /// One thread did it all, or two took turns.
    Apart,
    /// Too little.
    Nothing,
}

/// What follows from a look at the threads.
pub fn read_look(look: &Overlap, kind: OverlapKind) -> Seen {
    let (any, two) = glances(look);
    let share = two as f64 / any.max(1) as f64;
    match () {
        () if any < ENOUGH => Seen::Nothing,
        () if workers(look).count() < 2 => Seen::Apart,
        () if kind == OverlapKind::Free && share <= HARDLY => Seen::Apart,
        () => Seen::Together,
    }
}

/// In how many glances at least one of those that worked was runnable, and in how many at least two.
fn glances(look: &Overlap) -> (usize, usize) {
    let workers: Vec<_> = workers(look).collect();
    let runnable = look
        .runnable
        .iter()
        .map(|runnable| runnable.iter().filter(|thread| workers.contains(thread)).count());
    runnable.fold((0, 0), |(any, two), count| {
        (any + usize::from(count >= 1), two + usize::from(count >= 2))
    })
}

/// The threads that were at work.
fn workers(look: &Overlap) -> impl Iterator<Item = &(u32, u32)> {
    let most = look.cpu_ns.values().max().copied().unwrap_or_default() as f64;
    let worked = move |ns: u64| ns > 0 && ns as f64 >= AT_WORK * most;
    let threads = look.cpu_ns.iter();
    threads.filter_map(move |(thread, ns)| worked(*ns).then_some(thread))
}

/// What was seen, for a sentence.
pub fn describe(look: &Overlap) -> String {
    match workers(look).count() {
        0 | 1 => "one thread did all the work".to_owned(),
        _ => {
            let (any, two) = glances(look);
            format!("two threads were at work at once in {two} of {any} glances")
        }
    }
}

/// Nanoseconds of CPU time, of all threads.
pub fn cpu_ns(look: &Overlap) -> u64 {
    look.cpu_ns.values().sum()
}

/// What an instructor should look at, if the model used this much CPU time for the same work.
pub fn flags(look: &Overlap, models_ns: Option<u64>) -> Vec<String> {
    let total = cpu_ns(look);
    let most = look.cpu_ns.values().max().copied().unwrap_or_default();
    let share = most as f64 / total.max(1) as f64;
    let mut flags = Vec::new();
    if share > NEARLY_ALL && workers(look).count() > 1 {
        flags.push(format!("one thread used {:.0} % of the CPU time", 100.0 * share));
    }
    if let Some(models) = models_ns.filter(|models| total as f64 > FAR_MORE * *models as f64) {
        let times = total as f64 / models.max(1) as f64;
        flags.push(format!(
            "it used {times:.1} times the CPU time of the model: is a thread kept busy with nothing?"
        ));
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Threads 0 and 1 runnable in this many glances, both of them, or the first alone.
    fn look(both: usize, alone: usize, cpu_ns: [u64; 2]) -> Overlap {
        let (first, second) = ((1, 0), (1, 1));
        let mut runnable = vec![vec![first, second]; both];
        runnable.extend(vec![vec![first]; alone]);
        Overlap { runnable, cpu_ns: [(first, cpu_ns[0]), (second, cpu_ns[1])].into() }
    }

    #[test]
    fn work_overlaps_when_two_threads_worked_at_once() {
        use OverlapKind::{Free, Paired};
        use Seen::{Apart, Nothing, Together};
        let idle = look(60, 4, [5000, 10]);
        assert_eq!(describe(&idle), "one thread did all the work");
        for (claim, look, kind, seen) in [
            ("both were runnable at once", look(60, 4, [50, 50]), Free, Together),
            ("they took turns", look(4, 60, [50, 50]), Free, Apart),
            ("a pair takes turns, and its time tells", look(4, 60, [50, 50]), Paired, Together),
            ("one of a pair did nothing", look(60, 4, [100, 5]), Paired, Apart),
            ("looking for work is not work", idle, Free, Apart),
            ("a few glances say nothing", look(9, 0, [50, 50]), Free, Nothing),
            ("no glance says nothing", Overlap::default(), Paired, Nothing),
        ] {
            assert_eq!(read_look(&look, kind), seen, "{claim}");
        }
    }

    #[test]
    fn what_is_odd_is_pointed_out() {
        assert_eq!(flags(&look(60, 0, [50, 50]), Some(100)), Vec::<String>::new());
        assert_eq!(flags(&look(60, 0, [90, 10]), None), ["one thread used 90 % of the CPU time"]);
        assert_eq!(
            flags(&look(60, 0, [100, 100]), Some(100)),
            ["it used 2.0 times the CPU time of the model: is a thread kept busy with nothing?"]
        );
    }
}
