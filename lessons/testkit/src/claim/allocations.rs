//! Claims about what a call asks of the allocator.

use super::{Cases, claim};
use crate::exclusive::is_run_elsewhere;
use crate::{Allocations, KnownPool, Mismatch, pool_of_two};

/// What a call may ask of the allocator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowance {
    /// At most this many bytes in all.
    Bytes(usize),
    /// At most this many blocks.
    Blocks(usize),
}

/// Claims that a call allocates no more than is allowed, in a process that runs no other test.
///
/// Where the program has no [`AllocationMeter`](crate::AllocationMeter), nothing is seen. Leave room for what the test harness
/// and the threads of a pool allocate now and then.
///
/// # Panics
///
/// As [`claim`] does.
#[track_caller]
pub fn claim_allocations<C>(
    cases: Cases<C>,
    call: impl Fn(&C) -> Allocations,
    allowed: impl Fn(&C) -> Allowance,
    reason: &str,
) {
    if is_run_elsewhere() {
        return;
    }
    claim(
        cases,
        |case| {
            let allocations = call(case);
            (allocations.bytes, allocations.count)
        },
        |case, &(bytes, blocks)| {
            let (seen, most, what) = match allowed(case) {
                Allowance::Bytes(most) => (bytes, most, "bytes"),
                Allowance::Blocks(most) => (blocks, most, "blocks"),
            };
            Mismatch::unless(
                seen <= most,
                format!("{seen} {what} allocated"),
                format!("at most {most}: {reason}"),
            )
        },
    );
}

/// What two allocations may differ by though the same code made them, in bytes and in blocks: a pool's threads divide the same
/// work in more parts or in fewer.
const SLACK: (usize, usize) = (500, 8);

/// Claims that a call allocates no more for a large input than for a small one, but for what is allowed, in a process that
/// runs no other test.
///
/// A bound on one size leaves room for what grows; a difference of two sizes does not. `call` gives the
/// [least](crate::AllocationMeter::measure_least) of several measurements in the pool of two that it is given: one for all inputs,
/// since a thread that ends allocates 2 KiB (it hands over its garbage). `allowed` is in bytes, for either input. Where the program has no [`AllocationMeter`](crate::AllocationMeter), nothing is seen.
///
/// # Panics
///
/// As [`claim`] does.
#[track_caller]
pub fn claim_growth<C>(
    pairs: Cases<[C; 2]>,
    call: impl Fn(&C, &KnownPool) -> Allocations,
    allowed: impl Fn(&C) -> usize,
    reason: &str,
) {
    if is_run_elsewhere() {
        return;
    }
    let pool = pool_of_two();
    let call = |input: &C| call(input, &pool);
    claim(
        pairs,
        |inputs| inputs.each_ref().map(&call).map(|of| (of.bytes, of.count)).to_vec(),
        |[small, large], seen| {
            let &[(few, few_blocks), (many, many_blocks)] = &seen[..] else {
                return Mismatch::unless(false, "not two measurements", "two");
            };
            let growth = allowed(large).saturating_sub(allowed(small));
            Mismatch::unless(
                many <= few + growth + SLACK.0,
                format!("{few} bytes allocated for the small one, {many} for the large one"),
                format!("at most {growth} more, and a little for the pool's queues: {reason}"),
            )?;
            Mismatch::unless(
                many_blocks <= few_blocks + SLACK.1,
                format!(
                    "{few_blocks} blocks allocated for the small one, {many_blocks} for the large one"
                ),
                format!("as many, and a few for the pool's queues: {reason}"),
            )
        },
    );
}
