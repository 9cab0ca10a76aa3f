//! What observes and measures. It knows no lesson: every claim, benchmark and trace of the course is built from these parts.
//!
//! | file | what lies there |
//! |---|---|
//! | `expect.rs` | [`expect()`]: what a check says when it fails |
//! | `claim.rs` | [`claim()`]: cases, a call of the code under test, a judgement of what it returned |
//! | `claim/allocations.rs` | [`claim_allocations()`], [`claim_growth()`]: what a call asks of the allocator |
//! | `claim/parallel.rs` | [`ParallelFn`]: what holds for every function that makes calls of a closure in parallel |
//! | `kernel.rs` | [`Kernel`]: counts these calls, and sees on whose threads they are made |
//! | `answer.rs` | [`Answer`]: what such a call may return |
//! | `rendezvous.rs` | [`Rendezvous`]: proves without a clock that several threads were inside at once |
//! | `idle_proof.rs` | whether a pool still has work while some of its threads wait for another |
//! | `interleaver.rs` | [`Interleaver`]: interleaves the work of two threads, so that a lost order shows |
//! | `lockstep.rs` | [`Lockstep`]: whether several threads were at work together, turn after turn |
//! | `probe.rs` | [`Probe`]: watches every call of a closure: with what, on which thread, in which order |
//! | `call_log.rs` | [`CallLog`]: what a probe has seen |
//! | `coverage.rs` | [`coverage()`]: each index exactly once |
//! | `samples.rs` | [`Samples`]: each sample of an integral exactly once, by its value; [`RandomIntegrand`]: an unforeseeable integrand |
//! | `allocations.rs` | [`AllocationMeter`]: counts what the process asks of the allocator |
//! | `exclusive.rs` | [`exclusive()`]: a process that runs one test alone |
//! | `clocks.rs` | [`Stopwatch`]: wall time, CPU time, CPU time of children |
//! | `in_time.rs` | [`in_time()`]: gives up work that hangs |
//! | `own_program.rs` | [`own_program()`], [`second_run()`]: for a program that starts itself again |
//! | `panics.rs` | [`panics()`]: whether work panics, as a contract asks |
//! | `pool.rs` | [`KnownPool`]: a thread pool that knows its own threads |
//! | `process_threads.rs` | how many threads are left |
//! | `wakes.rs` | [`wakes_its_pool()`]: whether a call hands work to other threads |
//! | `tracer.rs` | [`Tracer`]: follows a whole run: which thread handled which items, when |
//! | `trace.rs` | [`Trace`]: what a tracer has seen, for a picture and a simulation |
//! | `workload.rs` | [`Workload`]: what is measured of a lesson, declared once, at any size |
//! | `bench_case.rs` | [`BenchCase`]: a workload at one size, ready to run: serial baseline and call under test |
//! | `share.rs` | [`share()`]: inputs that cases of several parameters have in common, made once |
//! | `paired.rs`, `paired/` | [`paired`]: whether it is faster, here and now, with an interval, or "cannot judge" |
//! | `record.rs` | [`record`]: hands a measurement to the runner |
//! | `busy_work.rs` | [`busy_work`]: work that takes long enough for an observer outside; [`busy_calls`]: how many calls a case makes |
//! | `server.rs` | [`server`]: runs workloads on request, for a runner that times several programs in turn |

#![warn(missing_docs)]

mod allocations;
mod answer;
mod bench_case;
mod busy_work;
mod call_log;
mod claim;
mod clocks;
mod coverage;
mod exclusive;
mod expect;
mod idle_proof;
mod in_time;
mod interleaver;
mod kernel;
mod lockstep;
mod own_program;
pub mod paired;
mod panics;
mod pool;
mod probe;
mod process_threads;
pub mod record;
mod rendezvous;
mod samples;
pub mod server;
mod share;
pub mod trace;
mod tracer;
mod wakes;
mod workload;

pub use allocations::{AllocationMeter, Allocations};
pub use answer::Answer;
pub use bench_case::BenchCase;
pub use busy_work::{busy_calls, busy_work};
pub use call_log::{Call, CallLog};
pub use claim::{
    Allowance, Cases, ParallelFn, Shape, cases, claim, claim_allocations, claim_growth,
    claim_observed_overlap, claim_overlap, random_cases,
};
pub use clocks::{Elapsed, Stopwatch};
pub use coverage::{Uncovered, coverage};
pub use exclusive::exclusive;
pub use expect::{Mismatch, expect};
pub use in_time::in_time;
pub use interleaver::Interleaver;
pub use kernel::Kernel;
pub use lockstep::Lockstep;
pub use own_program::{own_program, second_run};
pub use panics::panics;
pub use pool::{KnownPool, cores_offered, global_pool_was_untouched, pool_of_two};
pub use probe::Probe;
pub use rendezvous::Rendezvous;
#[cfg(target_pointer_width = "64")]
pub use samples::claim_far_end;
pub use samples::{ODD_NUMBERS, OffGridSample, RandomIntegrand, Samples, claim_any_bounds};
pub use share::share;
pub use trace::Trace;
pub use tracer::Tracer;
pub use wakes::{expect_callers_thread, wakes_its_pool};
pub use workload::{Parameter, Params, Workload};
