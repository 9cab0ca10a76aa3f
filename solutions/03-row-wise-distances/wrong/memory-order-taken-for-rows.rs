// rejected: transposed: from point 0 to point
//! Takes the numbers in the order of the memory, whatever the layout.

mod model;
pub use model::{distances_by_pair, distances_by_row};

use ndarray::{ArrayView2, ArrayViewMut1};

pub fn row_of_distances(points: ArrayView2<f64>, i: usize, mut row: ArrayViewMut1<f64>) {
    let d = points.ncols();
    let all = points.as_slice_memory_order().unwrap();
    for (j, place) in row.iter_mut().enumerate() {
        let (here, there) = (&all[i * d..(i + 1) * d], &all[j * d..(j + 1) * d]);
        let squares = here.iter().zip(there).map(|(x, y)| (x - y) * (x - y));
        *place = squares.sum::<f64>().sqrt();
    }
}
