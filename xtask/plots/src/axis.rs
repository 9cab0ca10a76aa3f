//! An axis with its name and its ticks; plotters does the mapping.

use std::ops::Range;
use std::rc::Rc;

use plotters::coord::combinators::{IntoLogRange, LogCoord};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::coord::types::RangedCoordf64;

use crate::numbers::{short_count, tick};

#[derive(Clone)]
pub struct Axis {
    pub name: String,
    scale: Scale,
    ticks: Vec<f64>,
    labels: Labels,
}

#[derive(Clone)]
enum Scale {
    Linear(RangedCoordf64),
    Logarithmic(Rc<LogCoord<f64>>),
}

#[derive(Clone)]
enum Labels {
    Numbers,
    Counts,
    Names(Rc<[String]>),
}

impl Axis {
    /// With about this many ticks, at round numbers.
    pub fn linear(name: impl Into<String>, range: Range<f64>, ticks: usize) -> Self {
        let scale = RangedCoordf64::from(range);
        Axis {
            name: name.into(),
            ticks: scale.key_points(ticks),
            scale: Scale::Linear(scale),
            labels: Labels::Numbers,
        }
    }

    /// From a positive number to a larger one, with ticks at 1, 2 and 5 times the powers of ten, or at these alone where
    /// there are many.
    pub fn logarithmic(name: impl Into<String>, range: Range<f64>) -> Self {
        Axis {
            name: name.into(),
            ticks: decades(range.start, range.end),
            scale: Scale::Logarithmic(Rc::new(range.log_scale().into())),
            labels: Labels::Counts,
        }
    }

    /// A row of height 1 for each name, from the top.
    pub fn rows(names: Vec<String>) -> Self {
        Axis {
            name: String::new(),
            ticks: (0..names.len()).map(|row| row as f64 + 0.5).collect(),
            scale: Scale::Linear((names.len().max(1) as f64..0.0).into()),
            labels: Labels::Names(names.into()),
        }
    }

    pub fn with_ticks(self, ticks: Vec<f64>) -> Self {
        Axis { ticks, ..self }
    }

    pub fn has_rows(&self) -> bool {
        matches!(self.labels, Labels::Names(_))
    }

    pub fn labels(&self) -> impl Iterator<Item = String> {
        self.ticks.iter().map(|tick| self.format_ext(tick))
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        match &self.labels {
            Labels::Numbers => tick(*value),
            Labels::Counts => short_count(*value),
            Labels::Names(names) => names.get(*value as usize).cloned().unwrap_or_default(),
        }
    }
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        match &self.scale {
            Scale::Linear(scale) => scale.map(value, limit),
            Scale::Logarithmic(scale) => scale.map(value, limit),
        }
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() { Vec::new() } else { self.ticks.clone() }
    }

    fn range(&self) -> Range<f64> {
        match &self.scale {
            Scale::Linear(scale) => scale.range(),
            Scale::Logarithmic(scale) => scale.range(),
        }
    }
}

fn decades(low: f64, high: f64) -> Vec<f64> {
    let multiples: &[f64] = if high / low > 150.0 { &[1.0] } else { &[1.0, 2.0, 5.0] };
    let powers = low.log10().floor() as i32..=high.log10().ceil() as i32;
    powers
        .flat_map(|power| multiples.iter().map(move |multiple| format!("{multiple}e{power}")))
        .filter_map(|tick| tick.parse().ok())
        .filter(|tick| (low..=high).contains(tick))
        .collect()
}

/// Those of the ticks, in ascending order, that lie at least `gap` from the next one kept; the last is always kept.
pub fn space_out(ticks: Vec<f64>, gap: f64) -> Vec<f64> {
    let mut kept: Vec<f64> = Vec::new();
    for tick in ticks.into_iter().rev() {
        if kept.last().is_none_or(|next| next - tick >= gap) {
            kept.push(tick);
        }
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logarithmic_axis_has_round_ticks() {
        assert_eq!(Axis::logarithmic("", 0.09..6.0).ticks, [0.1, 0.2, 0.5, 1.0, 2.0, 5.0]);
        assert_eq!(Axis::logarithmic("", 0.5..5e4).ticks, [1.0, 10.0, 100.0, 1e3, 1e4]);
    }

    #[test]
    fn ticks_that_would_touch_are_left_out() {
        let threads = vec![1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
        assert_eq!(space_out(threads.clone(), 1.0), threads);
        assert_eq!(space_out(threads, 6.0), [2.0, 8.0, 16.0, 32.0, 64.0]);
    }
}
