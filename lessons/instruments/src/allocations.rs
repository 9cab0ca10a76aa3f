//! Counts what the process asks of the allocator.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The system's allocator, counting.
///
/// It counts the whole process, so a check that uses it runs its tests one at a time (`RUST_TEST_THREADS = "1"` in
/// `.cargo/config.toml`). Even then the harness's own thread allocates now and then beside the test that it has just
/// started: 2 blocks of 144 bytes in all, beside one measurement in eight (two cores of a shared x86-64 Linux machine,
/// 2026-11-22, 900 measurements). So give a bound with room, "less than 1000 bytes", where you mean none.
///
/// ```
/// use instruments::AllocationMeter;
///
/// #[global_allocator]
/// static METER: AllocationMeter = AllocationMeter::new();
///
/// let (sum, allocations) = METER.measure(|| (0..1000_u64).collect::<Vec<_>>().iter().sum::<u64>());
/// assert_eq!(sum, 499_500);
/// assert!(allocations.bytes >= 8000);
/// ```
#[derive(Debug, Default)]
pub struct AllocationMeter {
    count: AtomicUsize,
    bytes: AtomicUsize,
    live: AtomicUsize,
    peak: AtomicUsize,
}

/// What was asked of the allocator while the work ran, by all threads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocations {
    /// How many times. Growing or shrinking a block in place or by moving it is once.
    pub count: usize,
    /// How many bytes in all, freed or not. A block that grows counts with its whole new size.
    pub bytes: usize,
    /// How many bytes were held at once at most, above what was held when the work began.
    ///
    /// While a growing block is moved, the old and the new one are counted as one.
    pub peak_bytes: usize,
}

impl AllocationMeter {
    /// A meter to be declared as the `#[global_allocator]`.
    pub const fn new() -> Self {
        Self {
            count: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
            live: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
        }
    }

    /// Does `work` and tells what the process allocated meanwhile.
    ///
    /// Measurements may be nested. Two at once on two threads see each other's allocations, and spoil each other's peak.
    pub fn measure<R>(&self, work: impl FnOnce() -> R) -> (R, Allocations) {
        let count = self.count.load(Relaxed);
        let bytes = self.bytes.load(Relaxed);
        let level = self.live.load(Relaxed);
        let peak_around = self.peak.swap(level, Relaxed);

        let result = work();

        let allocations = Allocations {
            count: self.count.load(Relaxed) - count,
            bytes: self.bytes.load(Relaxed) - bytes,
            peak_bytes: self.peak.load(Relaxed).saturating_sub(level),
        };
        // A measurement around this one must not forget the peak it had seen.
        self.peak.fetch_max(peak_around, Relaxed);
        (result, allocations)
    }

    fn grow(&self, size: usize) {
        self.count.fetch_add(1, Relaxed);
        self.bytes.fetch_add(size, Relaxed);
        let live = self.live.fetch_add(size, Relaxed) + size;
        self.peak.fetch_max(live, Relaxed);
    }

    fn shrink(&self, size: usize) {
        self.live.fetch_sub(size, Relaxed);
    }
}

// SAFETY: every request goes to `System` unchanged, and what it answers is returned unchanged; counting touches only
// atomics, so it neither allocates nor unwinds.
unsafe impl GlobalAlloc for AllocationMeter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.grow(layout.size());
        // SAFETY: the caller's promises about `layout` are those that `System` asks for.
        unsafe { System.alloc(layout) }
    }

    // Not the default, which would write zeros into pages that the system hands out as zeros.
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        self.grow(layout.size());
        // SAFETY: as in `alloc`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        self.shrink(layout.size());
        self.grow(new_size);
        // SAFETY: `block` came from `System` through this meter; the rest the caller promises.
        unsafe { System.realloc(block, layout, new_size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.shrink(layout.size());
        // SAFETY: `block` came from `System` through this meter, with this layout.
        unsafe { System.dealloc(block, layout) }
    }
}
