//! A median with its interval, as an element of plotters.

use plotters::element::{Drawable, PointCollection};
use plotters::style::Color;
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

use crate::ink::px;
use crate::palette::Role;

/// Pixels from a whisker to either end of its caps: more than a dot's radius, so that they are seen where the dot hides the
/// whisker.
const CAP: f64 = 7.0;

const RADIUS: f64 = 4.0;

pub struct Dot<Coord> {
    /// The median, and the ends of the interval where they are known.
    points: Vec<Coord>,
    role: Role,
    hollow: bool,
}

impl<Coord> Dot<Coord> {
    pub fn new(median: Coord, ends: Option<(Coord, Coord)>, role: Role) -> Self {
        let ends = ends.into_iter().flat_map(|(low, high)| [low, high]);
        Dot { points: std::iter::once(median).chain(ends).collect(), role, hollow: false }
    }

    pub fn hollow(self, hollow: bool) -> Self {
        Dot { hollow, ..self }
    }
}

impl<'a, Coord> PointCollection<'a, Coord> for &'a Dot<Coord> {
    type Point = &'a Coord;
    type IntoIter = std::slice::Iter<'a, Coord>;

    fn point_iter(self) -> Self::IntoIter {
        self.points.iter()
    }
}

impl<Coord, DB: DrawingBackend> Drawable<DB> for Dot<Coord> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        ink: &mut DB,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        let points: Vec<BackendCoord> = points.collect();
        let line = self.role.line(2.0);
        // An interval of no length, such as the model's to itself, has no direction.
        let ends = match points[..] {
            [_, low, high] if low != high => Some((low, high)),
            _ => None,
        };
        if let Some((low, high)) = ends {
            ink.draw_line(low, high, &line)?;
            let (x, y) = if low.0 == high.0 { (px(CAP), 0) } else { (0, px(CAP)) };
            for end in [low, high] {
                ink.draw_line((end.0 - x, end.1 - y), (end.0 + x, end.1 + y), &line)?;
            }
        }
        if self.hollow {
            ink.draw_circle(points[0], px(RADIUS) as u32, &Role::Paper.filled(), true)?;
            ink.draw_circle(points[0], px(RADIUS) as u32, &line, false)
        } else {
            ink.draw_circle(points[0], px(RADIUS) as u32, &line, true)
        }
    }
}
