//! The same points in views of every kind, for the checks.

use ndarray::{Array2, ArrayView2, s};

/// Calls `each` with a name and a view of `points`: transposed, strided and reversed ones, none in standard layout unless
/// there is only one measurement.
pub fn in_every_layout(points: &Array2<f64>, mut each: impl FnMut(&str, ArrayView2<f64>)) {
    let (n, d) = points.dim();

    let measurements_as_rows = points.t().as_standard_layout().into_owned();
    each("transposed", measurements_as_rows.t());

    let mut wide = Array2::from_elem((n, 2 * d), NEVER_TO_BE_SEEN);
    wide.slice_mut(s![.., ..;2]).assign(points);
    each("every second column", wide.slice(s![.., ..;2]));

    let mut high = Array2::from_elem((2 * n, d), NEVER_TO_BE_SEEN);
    high.slice_mut(s![..;2, ..]).assign(points);
    each("every second row", high.slice(s![..;2, ..]));

    let backwards = points.slice(s![..;-1, ..;-1]);
    let backwards = backwards.as_standard_layout().into_owned();
    each("reversed", backwards.slice(s![..;-1, ..;-1]));
}

/// Stands between the measurements of a view.
const NEVER_TO_BE_SEEN: f64 = 1e9;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random_points;

    #[test]
    fn every_view_shows_the_same_points_and_none_is_in_standard_layout() {
        let points = random_points(3, 4);
        let mut layouts = 0;
        in_every_layout(&points, |layout, view| {
            layouts += 1;
            assert_eq!(view, points, "{layout}");
            assert!(!view.is_standard_layout(), "{layout}");
        });
        assert_eq!(layouts, 4);
    }
}
