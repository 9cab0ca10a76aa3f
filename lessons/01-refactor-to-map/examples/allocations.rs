//! What each way to write the sum asks of the allocator.

use lesson_refactor_to_map::f;
use rayon::prelude::*;
use testkit::AllocationMeter;

#[global_allocator]
static METER: AllocationMeter = AllocationMeter::new();

const N: usize = 1_000_000;
const DX: f64 = 2.0 / N as f64;

fn main() {
    let in_parallel = || (0..N).into_par_iter().map(height).sum();
    in_parallel(); // The first parallel call starts the pool.
    report("list of indices, list of heights, sum", with_lists);
    report("map and sum", || (0..N).map(height).sum());
    report("map and sum in parallel", in_parallel);
}

fn height(i: usize) -> f64 {
    f(i as f64 * DX)
}

fn with_lists() -> f64 {
    let indices: Vec<usize> = (0..N).collect();
    let heights: Vec<f64> = indices.iter().map(|&i| height(i)).collect();
    heights.iter().sum()
}

fn report(name: &str, sum: impl FnOnce() -> f64) {
    let (total, allocated) = METER.measure(sum);
    let area = total * DX;
    println!("{name:<38} area {area:.6}, {:>10} bytes", allocated.bytes);
}
