//! The same points in memory in several ways, for the checks.

use std::fmt::{self, Display, Formatter};

use ndarray::{Array2, ArrayView2, s};

/// How points lie in memory. Only the first is in standard layout, unless there are too few points to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One point after the other.
    Standard,
    /// One measurement of all points after the other.
    Transposed,
    /// With another number after each measurement.
    EverySecondColumn,
    /// With another point after each point.
    EverySecondRow,
    /// From the last measurement of the last point to the first.
    Reversed,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 5] = [
        Self::Standard,
        Self::Transposed,
        Self::EverySecondColumn,
        Self::EverySecondRow,
        Self::Reversed,
    ];

    /// Calls `f` with a view of `points` that lie in memory in this way.
    pub fn with_view<R>(self, points: &Array2<f64>, f: impl FnOnce(ArrayView2<f64>) -> R) -> R {
        let (n, d) = points.dim();
        let among_others = |rows, columns| {
            let mut memory = Array2::from_elem((rows * n, columns * d), OUTSIDE_THE_VIEW);
            let places = s![..;rows as isize, ..;columns as isize];
            memory.slice_mut(places).assign(points);
            memory
        };
        match self {
            Self::Standard => f(points.view()),
            Self::Transposed => f(points.t().as_standard_layout().t()),
            Self::EverySecondColumn => f(among_others(1, 2).slice(s![.., ..;2])),
            Self::EverySecondRow => f(among_others(2, 1).slice(s![..;2, ..])),
            Self::Reversed => {
                let backwards = points.slice(s![..;-1, ..;-1]);
                f(backwards.as_standard_layout().slice(s![..;-1, ..;-1]))
            }
        }
    }
}

impl Display for Layout {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Standard => "standard layout",
            Self::Transposed => "transposed",
            Self::EverySecondColumn => "every second column",
            Self::EverySecondRow => "every second row",
            Self::Reversed => "reversed",
        })
    }
}

/// Stands between the measurements of a view.
const OUTSIDE_THE_VIEW: f64 = 1e9;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random_points;

    #[test]
    fn every_view_shows_the_same_points_and_only_one_is_in_standard_layout() {
        let points = random_points(3, 4);
        for layout in Layout::ALL {
            layout.with_view(&points, |view| {
                let standard = view.is_standard_layout();
                assert_eq!(view, points, "{layout}");
                assert_eq!(standard, layout == Layout::Standard, "{layout}");
            });
        }
    }
}
