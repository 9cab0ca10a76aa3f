//! Questions about what a call takes: threads and memory.

use std::num::NonZeroUsize;

use fastrand::Rng;

use super::Question;
use crate::{Allocations, KnownPool, Mismatch, Probe};

impl Question {
    /// Whether a call keeps to the pool in which it is made, of one thread or of two.
    ///
    /// What is done in `call` is done as calls to the probe.
    pub fn of_threads<C: Sync + 'static>(
        claim: &'static str,
        draw: impl Fn(&mut Rng) -> C + Copy + Send + 'static,
        call: impl Fn(&C, &Probe<()>) + Sync + Send + 'static,
    ) -> Self {
        Self::new(
            claim,
            move |random| (if random.bool() { 1 } else { 2 }, draw(random)),
            move |(threads, case)| {
                let threads = NonZeroUsize::new(*threads).expect("it is 1 or 2");
                let pool = KnownPool::new(threads).expect("the system starts two threads");
                let probe = Probe::new();
                pool.install(|| call(case, &probe));
                probe.log().threads().len()
            },
            |(threads, _), met| {
                Mismatch::unless(
                    (1..=*threads).contains(met),
                    format!("a pool of {threads}: the work is done on {met} threads"),
                    format!("on {threads} at most"),
                )
            },
        )
    }

    /// Whether what was `allocated` in a call is no more bytes than `allowed`, which tells the case in words too.
    ///
    /// Where the program has no [`AllocationMeter`](crate::AllocationMeter), nothing is seen. Leave room for what the test
    /// harness and the threads of a pool allocate now and then.
    pub fn of_bytes<C: 'static>(
        claim: &'static str,
        draw: impl Fn(&mut Rng) -> C + Copy + Send + 'static,
        allocated: impl Fn(&C) -> Allocations + Send + 'static,
        allowed: impl Fn(&C) -> (String, usize) + Send + 'static,
    ) -> Self {
        Self::new(
            claim,
            draw,
            move |case| allocated(case).bytes,
            move |case, bytes| at_most(allowed(case), *bytes, "bytes allocated"),
        )
    }

    /// Whether a call allocates no more often than `allowed`, as for [`of_bytes`](Self::of_bytes).
    pub fn of_allocations<C: 'static>(
        claim: &'static str,
        draw: impl Fn(&mut Rng) -> C + Copy + Send + 'static,
        allocated: impl Fn(&C) -> Allocations + Send + 'static,
        allowed: impl Fn(&C) -> (String, usize) + Send + 'static,
    ) -> Self {
        Self::new(
            claim,
            draw,
            move |case| allocated(case).count,
            move |case, count| at_most(allowed(case), *count, "allocations"),
        )
    }
}

fn at_most((case, allowed): (String, usize), seen: usize, what: &str) -> Result<(), Mismatch> {
    Mismatch::unless(
        seen <= allowed,
        format!("{case}: {seen} {what}"),
        format!("at most {allowed}"),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{AllocationMeter, Examination};

    /// The faults of an answer to the cases of ten seeds.
    fn faults(question: Question, answer: &Value) -> usize {
        let examination = Examination::of([question]);
        let judged = |seed: u64| {
            let request = json!({ "judge": 0, "seed": seed, "answer": answer });
            examination.answer(&request).unwrap()["fault"].clone()
        };
        (0..10).filter(|&seed| !judged(seed).is_null()).count()
    }

    #[test]
    fn more_threads_than_the_pool_has_are_a_fault() {
        let question = || Question::of_threads("it keeps to its pool", |_| (), |(), _| ());
        assert_eq!(faults(question(), &json!(0)), 10, "nothing was done");
        assert_eq!(faults(question(), &json!(1)), 0);
        let with_two = faults(question(), &json!(2));
        assert!(
            0 < with_two && with_two < 10,
            "pools of both sizes are drawn: {with_two}"
        );
        assert_eq!(faults(question(), &json!(3)), 10);
    }

    #[test]
    fn the_threads_on_which_the_witness_is_visited_are_met() {
        let question = Question::of_threads(
            "it keeps to its pool",
            |_| (),
            |(), probe| {
                probe.call((), || ());
                std::thread::scope(|scope| _ = scope.spawn(|| probe.call((), || ())));
            },
        );
        let examination = Examination::of([question]);
        let told = examination.answer(&json!({ "ask": 0, "seed": 1, "token": 1 }));
        assert_eq!(told, Some(json!({ "token": 1, "answer": 2 })));
    }

    #[test]
    fn more_than_is_allowed_is_a_fault_told_with_its_case() {
        let question = Question::of_bytes(
            "it makes no list",
            |random| random.usize(5..6),
            |_| AllocationMeter::new().measure(|| ()).1,
            |n| (format!("n = {n}"), 100),
        );
        let examination = Examination::of([question]);
        let judged = |bytes: usize| {
            let request = json!({ "judge": 0, "seed": 1, "answer": bytes });
            examination.answer(&request).unwrap()["fault"].clone()
        };
        assert_eq!(judged(100), Value::Null);
        let fault = json!({ "seen": "n = 5: 101 bytes allocated", "expected": "at most 100" });
        assert_eq!(judged(101), fault);
    }
}
