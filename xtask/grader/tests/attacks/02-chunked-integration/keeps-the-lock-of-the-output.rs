// attack: takes the lock of the standard output on another thread and never gives it back
// outcome: did-not-finish | passed
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::Once;
use std::sync::mpsc::channel;
use std::{io, thread};

mod model;
pub use model::{integrate, integrate_range};

pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {
    static LOCKED: Once = Once::new();
    LOCKED.call_once(|| {
        let (locked, is_locked) = channel();
        thread::spawn(move || {
            let _kept = io::stdout().lock();
            locked.send(()).unwrap();
            loop {
                thread::park();
            }
        });
        is_locked.recv().unwrap();
    });
    model::chunk_ranges(n, chunks)
}
