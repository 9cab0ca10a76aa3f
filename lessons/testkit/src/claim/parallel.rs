//! Claims about a function that makes calls of a closure in parallel: what holds for every such function, whatever it computes.

use std::iter;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fastrand::Rng;
use measure::protocol::claims::OverlapKind;

use super::{BUSY, Claim, Setting, Wrong, cases, role, run};
use crate::exclusive::is_run_elsewhere;
use crate::kernel::{Behaviour, Kernel};
use crate::lockstep::Sharing;
use crate::process_threads::ProcessThreads;
use crate::{Answer, KnownPool, Lockstep, Mismatch, in_time, panics, pool};

/// Few and many calls: none and one, fewer and more than there are threads, around a word of bits, and beyond the limits that
/// code likes to have, with 16 bits as the last.
const SIZES: [usize; 11] = [0, 1, 2, 3, 4, 5, 63, 64, 65, 1000, 70_000];

/// The seeds of the fixed cases are 1 and so on, up to this at most; those of random cases are drawn from all numbers.
const FIXED: u64 = 1000;

/// The threads of the pool in which all [`SIZES`] are tried.
const THREADS: usize = 3;

/// The calls of a turn where two calls at once take turns, so that they mix: a few turns each.
const TURN_AT_ONCE: usize = 8;

/// Pools in which the calls are shared out: more threads than a machine of two or four cores has, and more than eight, which code
/// likes to have as a limit.
const POOLS: [usize; 4] = [1, 2, 3, 9];

/// The turns that each thread takes where the work is shared out evenly: fewer where there are many threads, to save time.
fn turns(threads: usize) -> usize {
    if threads > 2 { 8 } else { 16 }
}

/// Some thousand times what a call takes. The runner stops a test after 10 s, and cannot say in which situation it was.
const LIMIT: Duration = Duration::from_secs(5);

/// How many calls, and in a pool of how many threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Or a few more, where the input cannot have exactly this many.
    pub calls: usize,
    /// The size of the pool.
    pub threads: usize,
}

/// A function that makes calls of a closure in parallel, as the claims about it see it.
///
/// `C` is what it is given besides the closure, `A` what it returns.
pub struct ParallelFn<C, A> {
    words: [&'static str; 2],
    draw: Draw<C>,
    calls: Box<dyn Fn(&C) -> usize + Send + Sync>,
    call: Call<C, A>,
    judge: Judge<C, A>,
    label: Box<dyn Fn(&C) -> String + Send + Sync>,
    grain: usize,
    most: usize,
    any_threads: bool,
}

type Draw<C> = Box<dyn Fn(Shape, &mut Rng) -> C + Send + Sync>;
type Call<C, A> = Box<dyn Fn(&C, &Kernel) -> A + Send + Sync>;
type Judge<C, A> = Box<dyn Fn(&C, &A) -> Result<(), Mismatch> + Send + Sync>;

impl<C: Sync + 'static, A: Answer + Send + 'static> ParallelFn<C, A> {
    /// `call` calls the function under test with a closure that goes through [`Kernel::call`], each time with another number of
    /// `calls`. `words` name the closure and what it is called for: `["f", "sample"]`.
    pub fn new(
        words: [&'static str; 2],
        draw: impl Fn(Shape, &mut Rng) -> C + Send + Sync + 'static,
        calls: impl Fn(&C) -> usize + Send + Sync + 'static,
        call: impl Fn(&C, &Kernel) -> A + Send + Sync + 'static,
        judge: impl Fn(&C, &A) -> Result<(), Mismatch> + Send + Sync + 'static,
    ) -> Self {
        let [_, item] = words;
        Self {
            words,
            draw: Box::new(draw),
            calls: Box::new(calls),
            call: Box::new(call),
            judge: Box::new(judge),
            label: Box::new(move |_| format!("{item}s")),
            grain: 1,
            most: usize::MAX,
            any_threads: false,
        }
    }

    /// Names an input in a mismatch: `n = 10, chunks = 3`.
    #[must_use]
    pub fn label(self, label: impl Fn(&C) -> String + Send + Sync + 'static) -> Self {
        Self { label: Box::new(label), ..self }
    }

    /// This many neighbouring calls may be one piece of work, which one thread does.
    #[must_use]
    pub fn grain(self, grain: usize) -> Self {
        Self { grain, ..self }
    }

    /// With more calls than that it would take too long.
    #[must_use]
    pub fn most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// The function may start more threads than the pool has, as long as they end with it.
    #[must_use]
    pub fn on_any_number_of_threads(self) -> Self {
        Self { any_threads: true, ..self }
    }

    /// The inputs of a situation: always the same for a seed.
    fn inputs(&self, situation: Situation, seed: u64) -> Vec<C> {
        let mut random = Rng::with_seed(seed);
        let mut draw = |calls: usize, threads| {
            (self.draw)(Shape { calls: calls.min(self.most), threads }, &mut random)
        };
        match situation {
            Situation::Size(calls) => vec![draw(calls, THREADS)],
            Situation::Pool(_) | Situation::Outside => {
                // More in a random case, so that code cannot recognise it by its size.
                let more = if seed > FIXED { Rng::with_seed(seed).usize(1..=8) } else { 0 };
                let (threads, turns) = (situation.threads(), turns(situation.threads()) + more);
                vec![draw(turns * threads * self.grain, threads)]
            }
            Situation::Few => vec![draw(5 * self.grain, situation.threads())],
            Situation::Nested(threads) => vec![draw(64, threads), draw(16, threads)],
            Situation::Inner => vec![draw(1, 2), draw(5 * self.grain, 2)],
            Situation::AtOnce | Situation::Panic => vec![draw(64, 2), draw(48, 2)],
        }
    }

    fn kernel<'k>(&self, input: &C, pool: u64, behaviour: Behaviour<'k>) -> Kernel<'k> {
        Kernel::new((self.calls)(input), pool, behaviour)
    }

    /// Calls the function under test in a situation.
    fn run(&self, situation: Situation, seed: u64, setting: Setting) -> Seen<A> {
        let inputs = self.inputs(situation, seed);
        let (first, second) = (&inputs[0], &inputs[inputs.len() - 1]);
        let threads = situation.threads();
        let mut seen = Seen::default();
        pool::start_global_pool(THREADS);
        if situation == Situation::Outside {
            let kernel = self.kernel_in_step(first, pool::GLOBAL, threads, setting);
            seen.add((self.call)(first, &kernel), self.calls_of(&kernel));
            seen.sharing = kernel.sharing();
            return seen;
        }
        let pool = KnownPool::of(threads);
        let before = ProcessThreads::list();
        let call = |input: &C, kernel: &Kernel| pool.install(|| (self.call)(input, kernel));
        let plain = |input: &C| self.kernel(input, pool.number(), Behaviour::Plain);
        match situation {
            Situation::Size(_) | Situation::Pool(1) | Situation::Outside => {
                let kernel = plain(first);
                seen.add(call(first, &kernel), self.calls_of(&kernel));
            }
            Situation::Pool(_) | Situation::Few => {
                let kernel = self.kernel_in_step(first, pool.number(), threads, setting);
                seen.add(call(first, &kernel), self.calls_of(&kernel));
                seen.sharing = kernel.sharing();
            }
            Situation::Nested(_) => {
                let nested = Mutex::new(Vec::new());
                let call_again = || {
                    let kernel = plain(second);
                    let answer = (self.call)(second, &kernel);
                    nested.lock().expect(NEVER_POISONED).push((answer, self.calls_of(&kernel)));
                };
                let kernel = self.kernel(first, pool.number(), Behaviour::Nest(&call_again));
                seen.add(call(first, &kernel), self.calls_of(&kernel));
                let nested = nested.into_inner().expect(NEVER_POISONED);
                nested.into_iter().for_each(|(answer, calls)| seen.add(answer, calls));
            }
            Situation::Inner => {
                let inner = self.kernel_in_step(second, pool.number(), threads, setting);
                let (has_begun, answer) = (AtomicBool::new(false), Mutex::new(None));
                let call_once = || {
                    if !has_begun.swap(true, Relaxed) {
                        let inner = (self.call)(second, &inner);
                        *answer.lock().expect(NEVER_POISONED) = Some(inner);
                    }
                };
                let kernel = self.kernel(first, pool.number(), Behaviour::Nest(&call_once));
                seen.add(call(first, &kernel), self.calls_of(&kernel));
                if let Some(answer) = answer.into_inner().expect(NEVER_POISONED) {
                    seen.add(answer, self.calls_of(&inner));
                    seen.sharing = inner.sharing();
                }
            }
            Situation::AtOnce => {
                let calls = inputs.iter().map(&self.calls).sum();
                let lockstep = Lockstep::new(2, TURN_AT_ONCE, calls);
                let in_step = |input: &C| {
                    self.kernel(input, pool.number(), Behaviour::InStep(lockstep.clone()))
                };
                let (one, other) = (in_step(first), in_step(second));
                let (first, second) = pool.install(|| {
                    rayon::join(|| (self.call)(first, &one), || (self.call)(second, &other))
                });
                seen.add(first, self.calls_of(&one));
                seen.add(second, self.calls_of(&other));
            }
            Situation::Panic => {
                let at = self.panics_at(first);
                let kernel = self.kernel(first, pool.number(), Behaviour::Panic(at));
                seen.panicked = panics(|| _ = call(first, &kernel));
                seen.again = kernel.visits(at) > 1;
                let kernel = plain(second);
                seen.add(call(second, &kernel), self.calls_of(&kernel));
            }
        }
        seen.left = before.left();
        seen
    }

    fn kernel_in_step<'k>(
        &self,
        input: &C,
        pool: u64,
        threads: usize,
        setting: Setting,
    ) -> Kernel<'k> {
        let calls = (self.calls)(input);
        let lockstep = Lockstep::new(threads, self.grain, calls);
        let lockstep = match setting {
            Setting::Plain => lockstep,
            Setting::Observed => {
                lockstep.with_busy_turns(BUSY.div_ceil(calls.div_ceil(self.grain)))
            }
        };
        self.kernel(input, pool, Behaviour::InStep(lockstep))
    }

    fn calls_of(&self, kernel: &Kernel) -> CallsSeen {
        (kernel.fault(self.words), kernel.by_strangers(), kernel.threads())
    }

    fn panics_at(&self, input: &C) -> usize {
        (self.calls)(input) / 2
    }

    fn judge(&self, situation: Situation, seed: u64, seen: &Seen<A>) -> Result<(), Wrong> {
        self.judge_values(situation, seed, seen)
            .map_err(|mismatch| Wrong::Value(self.with_case(situation, seed, mismatch)))?;
        let Some(sharing) = seen.sharing else { return Ok(()) };
        sharing
            .expect_overlap()
            .map_err(|mismatch| Wrong::Serial(self.with_case(situation, seed, mismatch)))
    }

    fn judge_values(
        &self,
        situation: Situation,
        seed: u64,
        seen: &Seen<A>,
    ) -> Result<(), Mismatch> {
        let [closure, item] = self.words;
        Mismatch::unless(
            !seen.hangs,
            "it does not come back",
            "a result: does a thread wait for what no thread is left to do?",
        )?;
        let inputs = self.inputs(situation, seed);
        if situation == Situation::Panic {
            Mismatch::unless(
                seen.panicked,
                "the call returns as if nothing had happened",
                format!("a panic: that of `{closure}` reaches the caller"),
            )?;
            Mismatch::unless(
                !seen.again,
                format!("`{closure}` is called again for {item} {}", self.panics_at(&inputs[0])),
                "no second try: its panic reaches the caller",
            )?;
        }
        // A nested call may be made on a thread that the function has started, and not in the pool.
        let most = match situation {
            Situation::Nested(_) | Situation::Inner => situation.threads().max(THREADS),
            _ => situation.threads(),
        };
        for (fault, by_strangers, threads) in &seen.calls {
            let expected = format!("one call of `{closure}` for each {item}");
            Mismatch::unless(fault.is_none(), fault.as_deref().unwrap_or_default(), expected)?;
            let calls = if *by_strangers == 1 { "call" } else { "calls" };
            Mismatch::unless(
                *by_strangers == 0,
                format!("{by_strangers} {calls} of `{closure}` on threads of another pool"),
                "all in the pool in which it is called",
            )?;
            Mismatch::unless(
                *threads <= most || self.any_threads,
                format!("calls of `{closure}` on {threads} threads"),
                format!("on {most} at most: how many there are is the caller's decision"),
            )?;
        }
        // The call that panics has no answer; the last input may be tried several times.
        let of_input = inputs.iter().skip(usize::from(situation == Situation::Panic));
        let of_input = of_input.chain(iter::repeat(&inputs[inputs.len() - 1]));
        for (input, answer) in of_input.zip(&seen.answers) {
            (self.judge)(input, answer)?;
        }
        let threads = if seen.left == 1 { "thread is" } else { "threads are" };
        Mismatch::unless(
            seen.left == 0,
            format!("after the call, {} more {threads} there than before", seen.left),
            "none: what a call starts ends with it",
        )
    }

    fn with_case(&self, situation: Situation, seed: u64, mismatch: Mismatch) -> Mismatch {
        let case = self.case(situation, seed);
        Mismatch { actual: format!("{case}: {}", mismatch.actual), ..mismatch }
    }

    fn case(&self, situation: Situation, seed: u64) -> String {
        let [closure, item] = self.words;
        let inputs = self.inputs(situation, seed);
        let label = (self.label)(&inputs[0]);
        match situation {
            Situation::Size(_) => format!("{label}, in a pool of {THREADS}"),
            Situation::Pool(_) | Situation::Few => {
                format!("{label}, in a pool of {}", situation.threads())
            }
            Situation::Nested(threads) => {
                format!("{label}, in a pool of {threads}, called again inside `{closure}`")
            }
            Situation::Inner => {
                let label = (self.label)(&inputs[1]);
                format!(
                    "{label}, called inside `{closure}`, in a pool of 2 with nothing else to do"
                )
            }
            Situation::AtOnce => {
                format!("{label}, and another call at the same time in the pool of 2")
            }
            Situation::Panic => {
                let at = self.panics_at(&inputs[0]);
                format!("{label}, `{closure}` panics for {item} {at}")
            }
            Situation::Outside => {
                format!(
                    "{label}, called outside of any pool, with {THREADS} threads in the global one"
                )
            }
        }
    }

    /// A situation that does not need all threads at work.
    fn any(random: &mut Rng) -> Situation {
        match random.u8(..6) {
            0 | 1 => Situation::Pool(1),
            2 => Situation::Nested(2),
            3 => Situation::AtOnce,
            4 => Situation::Panic,
            _ => Situation::Size(random.usize(..2_000)),
        }
    }

    /// As [`run`](Self::run), but gives up what does not come back.
    fn run_in_time(self: &Arc<Self>, situation: Situation, seed: u64) -> Seen<A> {
        let this = Arc::clone(self);
        in_time(LIMIT, move || this.run(situation, seed, Setting::Plain))
            .unwrap_or_else(|| Seen { hangs: true, ..Seen::default() })
    }

    /// Random cases are in the `observed` situation, which the grader observes from outside; without one, in any situation.
    #[track_caller]
    fn claim(self, situations: impl IntoIterator<Item = Situation>, observed: Option<Situation>) {
        if is_run_elsewhere() {
            return;
        }
        let this = Arc::new(self);
        let cases = cases(situations.into_iter().zip(1..));
        let cases = match observed {
            Some(situation) => cases.and_random(move |random| (situation, random.u64(..))).times(1),
            None => cases.and_random(|random| (Self::any(random), random.u64(..))).times(4),
        };
        run(&Claim {
            cases,
            overlap: observed.map(|_| OverlapKind::Paired),
            call: &|&(situation, seed), setting| match role() {
                None => this.run_in_time(situation, seed),
                // The grader has a limit of its own.
                Some(_) => this.run(situation, seed, setting),
            },
            judge: &|&(situation, seed), seen| this.judge(situation, seed, seen),
        });
    }

    /// Claims that the values are right and each call is made once, by threads of the pool in which the function is called, and
    /// that no thread is left: with few calls and many, nested in its own closure, twice at the same time, and after a panic of
    /// the closure, which reaches the caller.
    ///
    /// # Panics
    ///
    /// As [`claim`](super::claim) does.
    #[track_caller]
    pub fn claim_calls(self) {
        let most = self.most;
        let sizes = SIZES.into_iter().filter(|&calls| calls <= most).map(Situation::Size);
        let others =
            [Situation::Nested(1), Situation::Nested(2), Situation::AtOnce, Situation::Panic];
        self.claim(sizes.chain(others), None);
    }

    /// Claims that the calls are shared out evenly among all threads of the pool in which the function is called, whatever its
    /// size: outside of any pool, among those of the global one.
    ///
    /// # Panics
    ///
    /// As [`claim`](super::claim) does.
    #[track_caller]
    pub fn claim_sharing(self) {
        let others = [Situation::Few, Situation::Inner, Situation::Outside];
        self.claim(POOLS.map(Situation::Pool).into_iter().chain(others), Some(Situation::Pool(2)));
    }

    /// Claims of sharing no more than that five [grains](Self::grain) are shared out among two threads: for a second grain, where
    /// [`claim_sharing`](Self::claim_sharing) has been claimed for the first.
    ///
    /// # Panics
    ///
    /// As [`claim`](super::claim) does.
    #[track_caller]
    pub fn claim_few_are_shared(self) {
        self.claim([Situation::Few], Some(Situation::Few));
    }
}

/// In which a function is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Situation {
    /// With this many calls.
    Size(usize),
    /// In a pool of this size, in which all threads take turns together.
    Pool(usize),
    /// In a pool of two, with little more work than one thread may do alone.
    Few,
    /// In a pool of this size, and again inside its closure.
    Nested(usize),
    /// As in `Few`, but inside its closure, while nothing else is to do.
    Inner,
    /// Twice at the same time, in one pool.
    AtOnce,
    /// With a closure that panics, and then once more in the same pool.
    Panic,
    /// Outside of any pool.
    Outside,
}

impl Situation {
    /// The size of its pool.
    fn threads(self) -> usize {
        match self {
            Self::Size(_) | Self::Outside => THREADS,
            Self::Pool(threads) | Self::Nested(threads) => threads,
            Self::AtOnce | Self::Panic | Self::Few | Self::Inner => 2,
        }
    }
}

/// The first call that was not made once, in words; how many calls were made by threads of another pool; how many threads made
/// calls.
type CallsSeen = (Option<String>, usize, usize);

/// What was seen in a situation.
struct Seen<A> {
    /// It has not come back, so nothing else is known.
    hangs: bool,
    /// As many as the situation has inputs.
    answers: Vec<A>,
    calls: Vec<CallsSeen>,
    sharing: Option<Sharing>,
    /// Whether the call panicked, if the closure was to.
    panicked: bool,
    /// Whether a call that panicked was made again.
    again: bool,
    /// Threads that are still there after the call.
    left: usize,
}

impl<A> Seen<A> {
    fn add(&mut self, answer: A, calls: CallsSeen) {
        self.answers.push(answer);
        self.calls.push(calls);
    }
}

impl<A> Default for Seen<A> {
    fn default() -> Self {
        let (answers, calls) = (Vec::new(), Vec::new());
        Self { hangs: false, answers, calls, sharing: None, panicked: false, again: false, left: 0 }
    }
}

impl<A: Answer> Answer for Seen<A> {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.answers.write(bytes);
        self.calls.write(bytes);
        self.sharing.write(bytes);
        self.panicked.write(bytes);
        self.again.write(bytes);
        self.left.write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let (answers, calls, sharing, panicked, again, left) = Answer::read(bytes)?;
        // One that hangs sends nothing.
        Some(Self { hangs: false, answers, calls, sharing, panicked, again, left })
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::{LazyLock, mpsc};
    use std::thread;

    use rayon::prelude::*;

    use super::*;
    use crate::exclusive;

    const ALL: [Situation; 13] = [
        Situation::Size(0),
        Situation::Size(1000),
        Situation::Nested(1),
        Situation::Nested(2),
        Situation::AtOnce,
        Situation::Panic,
        Situation::Pool(1),
        Situation::Pool(2),
        Situation::Pool(3),
        Situation::Pool(9),
        Situation::Few,
        Situation::Inner,
        Situation::Outside,
    ];

    type Double = fn(usize, &(dyn Fn(usize) -> usize + Sync)) -> Vec<usize>;

    /// What is wrong with code that doubles the numbers below n, in the first situation in which something is.
    fn fault(double: Double) -> Option<String> {
        let doubling = ParallelFn::new(
            ["f", "number"],
            |shape, _| shape.calls,
            |&n| n,
            move |&n, kernel| double(n, &|i| kernel.call(i, || 2 * i)),
            |&n, doubled| {
                let right = doubled.iter().copied().eq((0..n).map(|i| 2 * i));
                Mismatch::unless(right, "not the doubles", "the doubles")
            },
        )
        .label(|n| format!("n = {n}"));
        let mut fault = None;
        exclusive(|| {
            fault = ALL.into_iter().find_map(|situation| {
                let seen = doubling.run(situation, 1, Setting::Plain);
                let wrong = doubling.judge(situation, 1, &seen).err()?;
                Some(wrong.mismatch().actual)
            });
        });
        fault
    }

    /// Checks in a process of its own that the fault is this one.
    #[track_caller]
    fn has_fault(double: Double, expected: &str) {
        exclusive(|| {
            let fault = fault(double).unwrap_or_default();
            assert!(fault.contains(expected), "{fault}");
        });
    }

    #[test]
    fn code_that_keeps_the_contract_has_no_fault() {
        exclusive(|| {
            assert_eq!(fault(|n, f| (0..n).into_par_iter().map(f).collect()), None);
            let chunks: Double = |n, f| {
                let numbers: Vec<usize> = (0..n).collect();
                let tasks = numbers.par_chunks(n.div_ceil(64).max(1));
                tasks.flat_map_iter(|numbers| numbers.iter().map(|&i| f(i))).collect()
            };
            assert_eq!(fault(chunks), None);
        });
    }

    #[test]
    fn serial_code_is_never_on_two_threads() {
        has_fault(
            |n, f| (0..n).map(f).collect(),
            "in a pool of 2: never two threads inside at once",
        );
    }

    #[test]
    fn few_calls_are_shared_out_as_well() {
        let many_only: Double = |n, f| match n {
            ..6 => (0..n).map(f).collect(),
            _ => (0..n).into_par_iter().map(f).collect(),
        };
        has_fault(many_only, "n = 5, in a pool of 2: never two threads inside at once");
    }

    #[test]
    fn a_call_inside_another_is_shared_out_as_well() {
        thread_local! {
            static IS_INSIDE: Cell<bool> = const { Cell::new(false) };
        }
        let flat: Double = |n, f| {
            if IS_INSIDE.get() {
                return (0..n).map(f).collect();
            }
            let call = |i| {
                IS_INSIDE.set(true);
                let doubled = f(i);
                IS_INSIDE.set(false);
                doubled
            };
            (0..n).into_par_iter().map(call).collect()
        };
        has_fault(flat, "n = 5, called inside `f`, in a pool of 2 with nothing else to do: never");
    }

    #[test]
    fn two_halves_are_not_enough_for_three_threads() {
        let halves: Double = |n, f| {
            let half = |range: std::ops::Range<usize>| range.map(f).collect::<Vec<_>>();
            let (one, other) = rayon::join(|| half(0..n / 2), || half(n / 2..n));
            [one, other].concat()
        };
        has_fault(halves, "in a pool of 3: never three threads inside at once");
    }

    #[test]
    fn a_pool_that_is_kept_is_another_one() {
        static KEPT: LazyLock<rayon::ThreadPool> =
            LazyLock::new(|| rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap());
        let kept: Double = |n, f| KEPT.install(|| (0..n).into_par_iter().map(f).collect());
        has_fault(kept, "3 more threads are there than before");
    }

    #[test]
    fn a_panic_that_is_swallowed_is_seen() {
        let swallowing: Double = |n, f| {
            let call = |i| catch_unwind(AssertUnwindSafe(|| f(i))).unwrap_or(0);
            (0..n).into_par_iter().map(call).collect()
        };
        has_fault(swallowing, "the call returns as if nothing had happened");
    }

    #[test]
    fn a_second_call_is_counted() {
        let twice: Double = |n, f| {
            let call = |i| f(i).max(f(i));
            (0..n).into_par_iter().map(call).collect()
        };
        has_fault(twice, "`f` is called 2 times for number 0");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_thread_that_is_left_is_seen() {
        let leaving: Double = |n, f| {
            let (forever, never) = mpsc::channel::<()>();
            std::mem::forget(forever);
            thread::spawn(move || never.recv());
            (0..n).into_par_iter().map(f).collect()
        };
        has_fault(leaving, "1 more thread is there than before");
    }
}
