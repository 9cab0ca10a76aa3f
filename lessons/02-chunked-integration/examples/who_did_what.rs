//! A picture of who evaluated which sample: 64 samples in so many chunks (8, or the number you name) on two threads.

use std::collections::HashMap;
use std::thread::ThreadId;

use instruments::{Piece, Witness, pool_of_two};
use lesson_chunked_integration as lesson;
use rayon::prelude::*;

const SAMPLES: usize = 64;

fn main() {
    let named = std::env::args().nth(1).map(|argument| argument.parse());
    let chunks: usize = match named {
        None => 8,
        Some(Ok(chunks)) if (1..=SAMPLES).contains(&chunks) && SAMPLES % chunks == 0 => chunks,
        Some(_) => {
            println!(
                "Name a number of chunks into which {SAMPLES} samples fall evenly: 1, 2, 4, … {SAMPLES}."
            );
            println!("To split what does not fall evenly is your part of this lesson.");
            return;
        }
    };

    let pool = pool_of_two();
    let witness = Witness::new();
    let length = SAMPLES / chunks;
    pool.install(|| {
        (0..chunks)
            .into_par_iter()
            .with_max_len(1)
            .for_each(|chunk| {
                for i in chunk * length..(chunk + 1) * length {
                    witness.visit(i, || some_work(i));
                }
            });
    });
    draw(chunks, &witness.testimony().pieces(|&i| i));
}

/// Long enough that the second thread is awake before the first is done.
fn some_work(i: usize) -> f64 {
    lesson::integrate_loop(lesson::f, 0.0, i as f64, 400_000)
}

fn draw(chunks: usize, pieces: &[Piece]) {
    println!("{SAMPLES} samples, chunks: {chunks}, threads: 2\n");
    let length = SAMPLES / chunks;
    let starts: String = (0..SAMPLES)
        .map(|i| if i % length == 0 { '|' } else { ' ' })
        .collect();
    println!("chunks    {starts}|");

    let mut letters: HashMap<ThreadId, char> = HashMap::new();
    for piece in pieces {
        let next = ['A', 'B'][letters.len().min(1)];
        letters.entry(piece.thread).or_insert(next);
    }
    for letter in ['A', 'B'] {
        let own = |i| {
            pieces
                .iter()
                .any(|piece| letters[&piece.thread] == letter && piece.range.contains(&i))
        };
        let samples: String = (0..SAMPLES)
            .map(|i| if own(i) { letter } else { '·' })
            .collect();
        println!("thread {letter}  {samples}");
    }

    println!("\npieces, in the order in which they were begun:");
    for piece in pieces {
        let [start, end] = [piece.start, piece.end].map(|time| time.as_secs_f64() * 1e3);
        let (letter, range) = (letters[&piece.thread], format!("{:?}", piece.range));
        println!("  thread {letter}  samples {range:<7}  {start:5.2} to {end:5.2} ms");
    }
}
