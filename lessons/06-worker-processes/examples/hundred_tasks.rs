//! A hundred equal tasks: in one loop, and by 1, 2, 4 and 8 worker processes. Wall time, and the CPU time of two clocks.

mod bare;

use std::time::Duration;

use lesson_worker_processes as lesson;
use testkit::{Elapsed, Stopwatch};

use bare::{Worker, sum_of, work_if_told_so};

/// Some milliseconds of work for each task.
const SAMPLES: u64 = 4_000_000;

/// An odd number, so that there is a median.
const ROUNDS: usize = 5;

fn main() {
    work_if_told_so();
    let tasks = &[lesson::roles::task_of(SAMPLES); 100];
    let (mut serial, mut pools) = (Vec::new(), [1, 2, 4, 8].map(|workers| (workers, Vec::new())));
    for _ in 0..ROUNDS {
        serial.push(time(|| {
            let areas = tasks.iter().map(|&task| lesson::integrate(task));
            (areas.sum(), || ())
        }));
        for (number, times) in &mut pools {
            let mut workers: Vec<_> =
                (0..*number).map(|_| Worker::start(&mut lesson::again_as("integrals"))).collect();
            times.push(time(|| {
                let sum = sum_of(&mut workers, tasks, 1);
                (sum, || drop(workers.into_iter().map(Worker::end).collect::<Vec<_>>()))
            }));
        }
    }
    println!("100 tasks of {SAMPLES} samples; the median of {ROUNDS} rounds\n");
    println!("                 wall   CPU of this process   CPU of its children   cores in use");
    show("one loop", serial);
    for (number, times) in pools {
        show(&format!("workers: {number}"), times);
    }
}

/// The wall time until the sum is there, and the CPU times when the workers have ended: the system tells of a child only
/// when it was waited for.
fn time<E: FnOnce()>(work: impl FnOnce() -> (f64, E)) -> Elapsed {
    let stopwatch = Stopwatch::start();
    let (sum, end) = work();
    let wall = stopwatch.elapsed().wall;
    std::hint::black_box(sum);
    end();
    Elapsed { wall, ..stopwatch.elapsed() }
}

fn show(label: &str, mut times: Vec<Elapsed>) {
    times.sort_by_key(|elapsed| elapsed.wall);
    let median = times[times.len() / 2];
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    print!("{label:<12} {:6.0} ms", ms(median.wall));
    match (median.cpu, median.children_cpu) {
        (Some(own), Some(children)) => println!(
            "   {:16.1} ms   {:16.0} ms   {:12.2}",
            ms(own),
            ms(children),
            ms(own + children) / ms(median.wall)
        ),
        _ => println!("   this system does not tell"),
    }
}
