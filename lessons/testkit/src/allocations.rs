//! Counts what the process asks of the allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, AtomicUsize, Ordering::Relaxed};
use std::{panic, thread};

pub use measure::protocol::Allocations;

/// The system's allocator, which counts during a measurement. At other times it only reads a flag, so that timings in the
/// same program stay what they are.
///
/// It counts the whole process, so a test that uses it takes a process to itself, by [`exclusive`](crate::exclusive()). Even
/// then the harness's own thread sometimes allocates beside the test that it has just started: 2 blocks of 144 bytes in all,
/// beside one measurement in eight (two cores of a shared x86-64 Linux machine, 2026-11-22, 900 measurements). So give a
/// bound with room, "less than 1000 bytes", where you mean none.
///
/// ```
/// use testkit::AllocationMeter;
///
/// #[global_allocator]
/// static METER: AllocationMeter = AllocationMeter::new();
///
/// let (sum, allocations) = METER.measure(|| (0..1000_u64).collect::<Vec<_>>().iter().sum::<u64>());
/// assert_eq!(sum, 499_500);
/// assert!(allocations.bytes >= 8000);
/// ```
#[derive(Debug, Default)]
pub struct AllocationMeter(());

/// The process has one allocator, and so one set of counters.
static COUNTED: Counters = Counters {
    measurements: AtomicUsize::new(0),
    count: AtomicUsize::new(0),
    bytes: AtomicUsize::new(0),
    live: AtomicIsize::new(0),
    peak: AtomicIsize::new(0),
};

#[derive(Debug)]
struct Counters {
    /// How many measurements are under way.
    measurements: AtomicUsize,
    count: AtomicUsize,
    bytes: AtomicUsize,
    /// Less than 0 where blocks from before the measurement were freed in it.
    live: AtomicIsize,
    peak: AtomicIsize,
}

impl AllocationMeter {
    /// A meter to declare as the `#[global_allocator]`.
    pub const fn new() -> Self {
        Self(())
    }

    /// Does `work`, and returns its value and what the process allocated meanwhile.
    ///
    /// Measurements may be nested. Two at once on two threads see each other's allocations, and spoil each other's peak.
    pub fn measure<R>(&self, work: impl FnOnce() -> R) -> (R, Allocations) {
        count_allocations(work)
    }
}

impl AllocationMeter {
    /// Does `work` three times, and returns the least that the process allocated meanwhile: a thread of a pool that works for
    /// the first time allocates what it keeps, and the test harness a little now and then.
    ///
    /// Each time it is called on a new thread, so what the caller's thread would keep is allocated each time.
    ///
    /// # Panics
    ///
    /// With the panic of `work`.
    pub fn measure_least(&self, mut work: impl FnMut() + Send) -> Allocations {
        let mut measure = || {
            let measured = thread::scope(|scope| scope.spawn(|| self.measure(&mut work).1).join());
            measured.unwrap_or_else(|panic| panic::resume_unwind(panic))
        };
        let [one, two, three] = [(); 3].map(|()| measure());
        let least = |of: fn(&Allocations) -> usize| of(&one).min(of(&two)).min(of(&three));
        Allocations {
            count: least(|of| of.count),
            bytes: least(|of| of.bytes),
            peak_bytes: least(|of| of.peak_bytes),
        }
    }
}

/// Does `work`, and returns its value and what the process allocated meanwhile; `None` if it has no [`AllocationMeter`].
pub(crate) fn measure_if_metered<R>(work: impl FnOnce() -> R) -> (R, Option<Allocations>) {
    let ((), probe) = count_allocations(|| drop(std::hint::black_box(Box::new(0_u8))));
    let (result, allocations) = count_allocations(work);
    (result, (probe.count > 0).then_some(allocations))
}

fn count_allocations<R>(work: impl FnOnce() -> R) -> (R, Allocations) {
    COUNTED.measurements.fetch_add(1, Relaxed);
    let count = COUNTED.count.load(Relaxed);
    let bytes = COUNTED.bytes.load(Relaxed);
    let level = COUNTED.live.load(Relaxed);
    let peak_around = COUNTED.peak.swap(level, Relaxed);

    let result = work();

    let above = COUNTED.peak.load(Relaxed) - level;
    let allocations = Allocations {
        count: COUNTED.count.load(Relaxed) - count,
        bytes: COUNTED.bytes.load(Relaxed) - bytes,
        peak_bytes: usize::try_from(above).unwrap_or(0),
    };
    // A measurement around this one must not forget the peak it had seen.
    COUNTED.peak.fetch_max(peak_around, Relaxed);
    COUNTED.measurements.fetch_sub(1, Relaxed);
    (result, allocations)
}

impl Counters {
    fn grow(&self, size: usize) {
        if self.measurements.load(Relaxed) > 0 {
            self.count.fetch_add(1, Relaxed);
            self.bytes.fetch_add(size, Relaxed);
            // No block is larger than `isize::MAX`.
            let live = self.live.fetch_add(size as isize, Relaxed) + size as isize;
            self.peak.fetch_max(live, Relaxed);
        }
    }

    fn shrink(&self, size: usize) {
        if self.measurements.load(Relaxed) > 0 {
            self.live.fetch_sub(size as isize, Relaxed);
        }
    }
}

// SAFETY: every request goes to `System` unchanged, and what it answers is returned unchanged; counting touches only
// atomics, so it neither allocates nor unwinds.
unsafe impl GlobalAlloc for AllocationMeter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNTED.grow(layout.size());
        // SAFETY: the caller's promises about `layout` are those that `System` asks for.
        unsafe { System.alloc(layout) }
    }

    // Not the default, which would write zeros into pages that the system hands out as zeros.
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        COUNTED.grow(layout.size());
        // SAFETY: as in `alloc`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        COUNTED.shrink(layout.size());
        COUNTED.grow(new_size);
        // SAFETY: `block` came from `System` through this meter; the rest the caller promises.
        unsafe { System.realloc(block, layout, new_size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        COUNTED.shrink(layout.size());
        // SAFETY: `block` came from `System` through this meter, with this layout.
        unsafe { System.dealloc(block, layout) }
    }
}
