//! A figure's key: marks with their words, as many in a row as fit.

use anyhow::Result;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::dot::Dot;
use crate::figure::{Format, LINE, MARGIN};
use crate::ink::{Area, font, letters, point, px, text_width};
use crate::palette::{Role, line};

/// What a key shows before its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Line(Role),
    Band(Role),
    Shade(Role),
    Dot(Role),
    Hollow(Role),
    Ring(Role),
    Pieces,
    Comb,
}

/// The pixels that a key's mark takes.
const SWATCH: f64 = 30.0;

/// The opacity of an interval drawn as a band.
pub const BAND: f64 = 0.28;

pub type Entry = (Mark, String);

pub fn rows(entries: &[Entry], format: Format) -> usize {
    place(entries, format).last().map_or(0, |last| last.row + 1)
}

pub fn draw(area: &Area, entries: &[Entry], format: Format) -> Result<()> {
    let size = format.letters();
    let style = font(size, Role::Ink).pos(Pos::new(HPos::Left, VPos::Center));
    for entry in place(entries, format) {
        let y = MARGIN / 2.0 + (entry.row as f64 + 0.5) * size * LINE;
        if let Some(mark) = entry.mark {
            swatch(area, mark, entry.x, y)?;
        }
        area.draw_text(&entry.words, &style, point(entry.x + SWATCH, y))?;
    }
    Ok(())
}

/// A line of a key, in its place. A line that continues the one above has no mark.
struct Placed {
    row: usize,
    x: f64,
    mark: Option<Mark>,
    words: String,
}

/// As many entries in a row as fit; one that is longer than a row is wrapped.
fn place(entries: &[Entry], format: Format) -> Vec<Placed> {
    let room = format.width() - 2.0 * MARGIN;
    let mut placed: Vec<Placed> = Vec::new();
    let (mut row, mut x) = (0, MARGIN);
    for (mark, words) in entries {
        let width = SWATCH + text_width(words, format.letters()) + 14.0;
        if x > MARGIN && x + width > room {
            (row, x) = (row + 1, MARGIN);
        }
        let lines = textwrap::wrap(words, letters(room - SWATCH, format.letters()));
        for (index, line) in lines.iter().enumerate() {
            placed.push(Placed {
                row: row + index,
                x,
                mark: (index == 0).then_some(*mark),
                words: line.to_string(),
            });
        }
        row += lines.len().saturating_sub(1);
        x += width;
    }
    placed
}

fn swatch(area: &Area, mark: Mark, x: f64, y: f64) -> Result<()> {
    let (left, right, middle) = (x, x + SWATCH - 8.0, x + (SWATCH - 8.0) / 2.0);
    let across = |role: Role, width: f64| line(vec![point(left, y), point(right, y)], role, width);
    let block = |from: f64, to: f64| [point(from, y - 6.0), point(to, y + 6.0)];
    match mark {
        Mark::Line(role) => area.draw(&across(role, 2.0))?,
        Mark::Band(role) => {
            area.draw(&Rectangle::new(block(left, right), role.mix(BAND).filled()))?;
            area.draw(&across(role, 1.5))?;
        }
        Mark::Shade(role) => area.draw(&Rectangle::new(block(left, right), role.filled()))?,
        Mark::Dot(role) => {
            let ends = (point(middle, y - 7.0), point(middle, y + 7.0));
            area.draw(&Dot::new(point(middle, y), Some(ends), role))?;
        }
        Mark::Hollow(role) => area.draw(&Dot::new(point(middle, y), None, role).hollow(true))?,
        Mark::Ring(role) => area.draw(&Circle::new(point(middle, y), px(6.5), role.line(2.0)))?,
        Mark::Pieces => {
            for (role, from, to) in [(Role::Even, left, middle), (Role::Odd, middle, right)] {
                area.draw(&Rectangle::new(block(from, to), role.filled()))?;
                area.draw(&Rectangle::new(block(from, to), Role::Letters.line(0.8)))?;
            }
        }
        Mark::Comb => {
            let back = Role::Many.mix(0.15).filled();
            area.draw(&Rectangle::new(block(left, right), back))?;
            for tooth in 0..7 {
                let from = left + 3.0 * f64::from(tooth);
                let tooth = [point(from, y - 2.0), point(from + 1.6, y + 6.0)];
                area.draw(&Rectangle::new(tooth, Role::Many.filled()))?;
            }
        }
    }
    Ok(())
}
