//! What did the library split, into which pieces, on which thread? One array, handed to two threads in several ways.

use std::collections::HashMap;
use std::hint::black_box;
use std::thread::ThreadId;

use ndarray::parallel::prelude::*;
use ndarray::{ArrayView2, Axis, Zip};
use testkit::{CallLog, Probe, Rendezvous, pool_of_two};

/// Row and column.
type Place = (usize, usize);

type Way = fn(ArrayView2<Place>, &(dyn Fn(&Place) + Sync));

const WAYS: [(&str, Way); 5] = [
    ("for x in &array", |array, visit| {
        array.iter().for_each(visit);
    }),
    ("Zip::from(&array).for_each(…)", |array, visit| {
        Zip::from(array).for_each(visit);
    }),
    ("Zip::from(&array).par_for_each(…)", |array, visit| {
        Zip::from(array).par_for_each(visit);
    }),
    ("array.axis_iter(Axis(0)).into_par_iter().for_each(…)", |array, visit| {
        let rows = array.axis_iter(Axis(0)).into_par_iter();
        rows.for_each(|row| row.iter().for_each(visit));
    }),
    ("array.axis_iter(Axis(1)).into_par_iter().for_each(…)", |array, visit| {
        let columns = array.axis_iter(Axis(1)).into_par_iter();
        columns.for_each(|column| column.iter().for_each(visit));
    }),
];

fn main() {
    for shape in [(4, 48), (1, 48)] {
        let array = ndarray::Array2::from_shape_fn(shape, |place| place);
        println!("an array of {} × {}", shape.0, shape.1);
        for (name, way) in WAYS {
            // The first thread waits a moment for a second: who comes late on a busy machine is seen all the same.
            let two = Rendezvous::forbid(2);
            let probe = Probe::with_rendezvous(two);
            let visit = |&place: &Place| probe.call(place, some_work);
            pool_of_two().install(|| way(array.view(), &visit));
            draw(name, shape, &probe.log());
        }
        println!();
    }
}

/// Long enough that both threads get their share.
fn some_work() {
    (0..200_000).for_each(|round| {
        black_box(round);
    });
}

fn draw(name: &str, (rows, columns): Place, log: &CallLog<Place>) {
    let by_rows = log.runs(|&(row, column)| row * columns + column);
    let by_columns = log.runs(|&(row, column)| column * rows + row);
    let pieces = by_rows.len().min(by_columns.len());
    let met = if log.met { "two threads at once" } else { "never two threads at once" };
    println!("\n  {name}\n    pieces: {pieces}, {met}");
    let mut letters: HashMap<ThreadId, char> = HashMap::new();
    let mut picture = vec![vec!['·'; columns]; rows];
    for visit in &log.calls {
        let next = ['A', 'B'][letters.len().min(1)];
        let (row, column) = visit.item;
        picture[row][column] = *letters.entry(visit.thread).or_insert(next);
    }
    for row in picture {
        println!("    {}", row.into_iter().collect::<String>());
    }
}
