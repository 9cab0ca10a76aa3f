//! A piece of work, or many short ones merged into one bar, as an element of plotters.

use std::convert::Infallible;

use measure::protocol;
use plotters::element::{Drawable, PointCollection};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

use crate::document::number;
use crate::ink::{Ink, font, px, text_width};
use crate::numbers::{count, percent, short_count, time};
use crate::palette::Role;

/// Pixels: a piece too short to be seen is still drawn.
const NARROWEST: f64 = 0.6;

/// Pixels: a border as wide as its piece would hide it.
const WORTH_A_BORDER: f64 = 3.0;

pub struct Bar {
    pub start: f64,
    pub end: f64,
    items: (usize, usize),
    pieces: usize,
    busy: Option<f64>,
}

impl Bar {
    /// None, if it has no place in time.
    pub fn new(bar: &protocol::Bar) -> Option<Self> {
        Some(Bar {
            start: number(bar.start_s)?.max(0.0),
            end: number(bar.end_s)?,
            items: (bar.from, bar.to),
            pieces: bar.pieces,
            busy: number(bar.busy_s),
        })
    }

    pub fn is_merged(&self) -> bool {
        self.pieces > 1
    }

    /// The share of a merged bar's time in which a piece ran.
    fn share(&self) -> f64 {
        let length = self.end - self.start;
        match self.busy {
            Some(busy) if length > 0.0 => (busy / length).clamp(0.0, 1.0),
            _ => 1.0,
        }
    }

    fn range(&self, worded: impl Fn(f64) -> String) -> String {
        let [from, to] = [self.items.0, self.items.1].map(|item| worded(item as f64));
        format!("{from}–{to}")
    }

    pub fn title(&self, unit: &str) -> String {
        let length = time(Some(self.end - self.start));
        let range = self.range(|item| count(Some(item)));
        if self.is_merged() {
            let (pieces, share) = (count(Some(self.pieces as f64)), percent(Some(self.share())));
            format!("{pieces} pieces, {unit} {range}: {length}, {share} of it at work")
        } else {
            format!("{unit} {range}: {length}")
        }
    }
}

/// A bar in its place.
pub struct Drawn<'a> {
    pub bar: &'a Bar,
    pub corners: [(f64, f64); 2],
    pub title: String,
    /// Of the letters, in pixels.
    pub size: f64,
    /// Neighbours differ in it.
    pub odd: bool,
}

impl<'a> PointCollection<'a, (f64, f64)> for &'a Drawn<'_> {
    type Point = &'a (f64, f64);
    type IntoIter = std::slice::Iter<'a, (f64, f64)>;

    fn point_iter(self) -> Self::IntoIter {
        self.corners.iter()
    }
}

impl Drawable<Ink<'_>> for Drawn<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        corners: I,
        ink: &mut Ink<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let corners: Vec<BackendCoord> = corners.collect();
        let (from, to) = (corners[0], corners[1]);
        let to = (to.0.max(from.0 + px(NARROWEST)), to.1);
        ink.open(&self.title);
        if self.bar.is_merged() {
            let at_work = f64::from(to.1 - from.1) * self.bar.share();
            ink.draw_rect(from, to, &Role::Many.mix(0.15), true)?;
            ink.draw_rect(
                (from.0, to.1 - at_work.round() as i32),
                to,
                &Role::Comb.to_rgba(),
                true,
            )?;
        } else {
            let shade = if self.odd { Role::Odd } else { Role::Even };
            ink.draw_rect(from, to, &shade.to_rgba(), true)?;
            if to.0 - from.0 > px(WORTH_A_BORDER) {
                ink.draw_rect(from, to, &Role::Letters.line(0.8), false)?;
            }
            let exact = self.bar.range(|item| count(Some(item)));
            let short = self.bar.range(short_count);
            let fits = |words: &&String| px(text_width(words, self.size) + 6.0) < to.0 - from.0;
            if let Some(words) = [&exact, &short].into_iter().find(fits) {
                let style =
                    font(self.size, Role::Letters).pos(Pos::new(HPos::Center, VPos::Center));
                ink.draw_text(words, &style, ((from.0 + to.0) / 2, (from.1 + to.1) / 2))?;
            }
        }
        ink.close();
        Ok(())
    }
}
