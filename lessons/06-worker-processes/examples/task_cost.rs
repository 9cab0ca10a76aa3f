//! What one task costs: by a thread of its own, by a worker process that is there already, by a process of its own. The
//! cost is split in three: start, ship, compute.

mod bare;

use std::time::{Duration, Instant};

use lesson_worker_processes as lesson;

use bare::{Worker, work_if_told_so};
use lesson::roles::{TimedArea, task_of};

/// An odd number, so that there is a median.
const ROUNDS: usize = 201;

fn main() {
    work_if_told_so();
    let command = || lesson::again_as("timed integrals");
    println!("one task; the median of {ROUNDS} rounds, in microseconds\n");
    println!("samples    by                          start      ship   compute");
    for samples in [1, 10_000, 1_000_000] {
        let mut pool = Worker::start(&mut command());
        let (mut thread, mut pooled, mut own) = <(Costs, Costs, Costs)>::default();
        for _ in 0..ROUNDS {
            thread.add(by_a_thread(samples));
            pooled.add(ask(&mut pool, samples));
            let start = Instant::now();
            let mut worker = Worker::start(&mut command());
            let started = start.elapsed();
            let (_, ship, compute) = ask(&mut worker, samples);
            let end = Instant::now();
            worker.end();
            own.add((started + end.elapsed(), ship, compute));
        }
        pool.end();
        thread.show(samples, "a thread of its own");
        pooled.show(samples, "a process that is there");
        own.show(samples, "a process of its own");
    }
}

/// Start, ship, compute.
type Cost = (Duration, Duration, Duration);

/// The worker tells how long it computed; all the rest of the round trip is shipping.
fn ask(worker: &mut Worker, samples: u64) -> Cost {
    let start = Instant::now();
    let answers: Vec<TimedArea> = worker.ask(&[task_of(samples)]).expect("an honest worker");
    let compute = Duration::from_secs_f64(answers[0].1);
    let ship = start.elapsed().saturating_sub(compute);
    (Duration::ZERO, ship, compute)
}

/// Nothing is shipped: the thread reads the task where it is.
fn by_a_thread(samples: u64) -> Cost {
    let start = Instant::now();
    let computing = std::thread::spawn(move || {
        let start = Instant::now();
        std::hint::black_box(lesson::integrate(task_of(samples)));
        start.elapsed()
    });
    let compute = computing.join().expect("it does not panic");
    (start.elapsed().saturating_sub(compute), Duration::ZERO, compute)
}

#[derive(Default)]
struct Costs {
    start: Vec<Duration>,
    ship: Vec<Duration>,
    compute: Vec<Duration>,
}

impl Costs {
    fn add(&mut self, (start, ship, compute): Cost) {
        self.start.push(start);
        self.ship.push(ship);
        self.compute.push(compute);
    }

    fn show(self, samples: u64, by: &str) {
        let [start, ship, compute] = [self.start, self.ship, self.compute].map(median);
        println!("{samples:<10} {by:<24} {start:8.0}  {ship:8.0}  {compute:8.0}");
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e6
}
