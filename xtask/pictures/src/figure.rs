//! A figure: headings, a key and charts, one above the other, drawn for a narrow page, for a wide one, or to stand alone.

use anyhow::Result;
use plotters::chart::MeshStyle;
use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::prelude::*;

use crate::dot::Dot;
use crate::ink::{self, Area, Ink, Role, font, letters, px, text_width};
use crate::markup::escaped;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Narrow,
    Wide,
}

impl Format {
    /// Pixels: what a telephone shows, and what a page's column is wide.
    pub fn width(self) -> f64 {
        self.pick(340.0, 880.0)
    }

    pub fn pick(self, narrow: f64, wide: f64) -> f64 {
        match self {
            Format::Narrow => narrow,
            Format::Wide => wide,
        }
    }

    /// The size of letters, in pixels: at least 11 wherever the format is shown.
    pub fn letters(self) -> f64 {
        self.pick(12.0, 14.0)
    }
}

/// What a key shows before its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Line(Role),
    Band(Role),
    Shade(Role),
    Dot(Role),
    Hollow(Role),
    Ring(Role),
    /// More threads than cores.
    Beyond,
    Pieces,
    Comb,
}

pub struct Figure<'a> {
    /// What somebody who does not see it is told.
    pub label: String,
    pub blocks: Vec<Block<'a>>,
}

pub enum Block<'a> {
    Heading(String),
    Note(String),
    Key(Vec<(Mark, String)>),
    Chart(Chart<'a>),
}

type Draw<'a> = Box<dyn Fn(&Area, Format) -> Result<()> + 'a>;

pub struct Chart<'a> {
    /// Its height in pixels.
    pub height: Box<dyn Fn(Format) -> f64 + 'a>,
    pub draw: Draw<'a>,
}

/// The pixels left free around a block.
const MARGIN: f64 = 6.0;

/// The pixels that a key's mark takes.
const SWATCH: f64 = 30.0;

impl Figure<'_> {
    /// For a page, which has the stylesheet.
    pub fn inline(&self, format: Format, id: &str) -> Result<String> {
        let (inside, height) = self.inside(format, id)?;
        Ok(format!(
            "<svg class=\"{}\" viewBox=\"0 0 {} {height}\" role=\"img\" aria-label=\"{}\">{inside}</svg>\n",
            if format == Format::Narrow {
                "narrow"
            } else {
                "wide"
            },
            format.width(),
            escaped(&self.label),
        ))
    }

    /// A file of its own.
    pub fn alone(&self) -> Result<String> {
        let (inside, height) = self.inside(Format::Wide, "comb")?;
        let width = Format::Wide.width();
        let label = escaped(&self.label);
        Ok(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"paper\" style=\"background:currentColor\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-label=\"{label}\"><title>{label}</title><style>{}</style>\
             <rect class=\"paper\" width=\"{width}\" height=\"{height}\" fill=\"currentColor\"/>{inside}</svg>\n",
            ink::stylesheet(),
        ))
    }

    fn inside(&self, format: Format, comb: &str) -> Result<(String, f64)> {
        let heights: Vec<f64> = self
            .blocks
            .iter()
            .map(|block| block.height(format))
            .collect();
        let height: f64 = heights.iter().sum();
        let mut svg = ink::comb(comb);
        {
            let mut rest = Ink::on(&mut svg, (format.width(), height), comb).into_drawing_area();
            for (block, height) in self.blocks.iter().zip(heights) {
                let (area, below) = rest.split_vertically(px(height));
                block.draw(&area, format)?;
                rest = below;
            }
        }
        Ok((svg, height))
    }
}

impl Block<'_> {
    fn height(&self, format: Format) -> f64 {
        let line = format.letters() * 1.5;
        match self {
            Block::Heading(words) => {
                wrapped(words, format, 2.0).len() as f64 * (line + 3.0) + MARGIN
            }
            Block::Note(words) => wrapped(words, format, 0.0).len() as f64 * line + MARGIN,
            Block::Key(entries) => {
                let rows = placed(entries, format)
                    .last()
                    .map_or(0, |last| last.row + 1);
                rows as f64 * line + MARGIN
            }
            Block::Chart(chart) => (chart.height)(format),
        }
    }

    fn draw(&self, area: &Area, format: Format) -> Result<()> {
        let size = format.letters();
        let line = size * 1.5;
        match self {
            Block::Heading(words) => {
                let font = ("sans-serif", f64::from(px(size + 2.0)), FontStyle::Bold).into_font();
                for (row, words) in wrapped(words, format, 2.0).iter().enumerate() {
                    let y = MARGIN + row as f64 * (line + 3.0);
                    area.draw_text(words, &font.clone().color(&Role::Ink), at(MARGIN, y))?;
                }
            }
            Block::Note(words) => {
                for (row, words) in wrapped(words, format, 0.0).iter().enumerate() {
                    let y = MARGIN / 2.0 + row as f64 * line;
                    area.draw_text(words, &font(size, Role::Soft), at(MARGIN, y))?;
                }
            }
            Block::Key(entries) => {
                for entry in placed(entries, format) {
                    let y = MARGIN / 2.0 + (entry.row as f64 + 0.5) * line;
                    if let Some(mark) = entry.mark {
                        swatch(area, mark, entry.x, y)?;
                    }
                    let middle = font(size, Role::Ink).pos(CENTRE_LEFT);
                    area.draw_text(&entry.words, &middle, at(entry.x + SWATCH, y))?;
                }
            }
            Block::Chart(chart) => (chart.draw)(area, format)?,
        }
        Ok(())
    }
}

const CENTRE_LEFT: plotters::style::text_anchor::Pos = plotters::style::text_anchor::Pos {
    h_pos: plotters::style::text_anchor::HPos::Left,
    v_pos: plotters::style::text_anchor::VPos::Center,
};

fn at(x: f64, y: f64) -> (i32, i32) {
    (px(x), px(y))
}

fn wrapped(words: &str, format: Format, larger: f64) -> Vec<String> {
    let room = letters(format.width() - 2.0 * MARGIN, format.letters() + larger);
    textwrap::wrap(words, room)
        .into_iter()
        .map(|line| line.into_owned())
        .collect()
}

/// A line of a key, in its place. A line that continues the one above has no mark.
struct Placed {
    row: usize,
    x: f64,
    mark: Option<Mark>,
    words: String,
}

/// As many entries in a row as fit; one that is longer than a row is wrapped.
fn placed(entries: &[(Mark, String)], format: Format) -> Vec<Placed> {
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
    let line = |role: Role, width: f64| {
        PathElement::new(
            vec![at(left, y), at(right, y)],
            role.stroke_width(px(width) as u32),
        )
    };
    let block = |from: f64, to: f64| [at(from, y - 6.0), at(to, y + 6.0)];
    match mark {
        Mark::Line(role) => area.draw(&line(role, 2.0))?,
        Mark::Band(role) => {
            area.draw(&Rectangle::new(block(left, right), role.mix(BAND).filled()))?;
            area.draw(&line(role, 1.5))?;
        }
        Mark::Shade(role) => area.draw(&Rectangle::new(block(left, right), role.filled()))?,
        Mark::Beyond => area.draw(&Rectangle::new(block(left, right), Role::Beyond.filled()))?,
        Mark::Dot(role) => {
            let ends = (at(middle, y - 7.0), at(middle, y + 7.0));
            area.draw(&Dot::new(at(middle, y), Some(ends), role))?;
        }
        Mark::Hollow(role) => area.draw(&Dot::new(at(middle, y), None, role).hollow(true))?,
        Mark::Ring(role) => area.draw(&Circle::new(
            at(middle, y),
            px(6.5),
            role.stroke_width(px(2.0) as u32),
        ))?,
        Mark::Pieces => {
            for (role, from, to) in [(Role::Even, left, middle), (Role::Odd, middle, right)] {
                area.draw(&Rectangle::new(block(from, to), role.filled()))?;
                let border = Role::Ink.stroke_width(px(0.8) as u32);
                area.draw(&Rectangle::new(block(from, to), border))?;
            }
        }
        Mark::Comb => {
            let back = Role::Many.mix(0.15).filled();
            area.draw(&Rectangle::new(block(left, right), back))?;
            for tooth in 0..7 {
                let from = left + 3.0 * f64::from(tooth);
                let tooth = [at(from, y - 2.0), at(from + 1.6, y + 6.0)];
                area.draw(&Rectangle::new(tooth, Role::Many.filled()))?;
            }
        }
    }
    Ok(())
}

/// The opacity of an interval drawn as a band.
pub const BAND: f64 = 0.28;

/// Ticks, labels, axes and grid, the same in every chart.
pub fn dress<'a, 'b, X, Y>(mesh: &mut MeshStyle<'_, 'b, X, Y, Ink<'a>>, format: Format)
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    mesh.label_style(font(format.letters(), Role::Ink))
        .axis_desc_style(font(format.letters(), Role::Ink))
        .axis_style(Role::Soft.stroke_width(px(1.0) as u32))
        .bold_line_style(Role::Grid.stroke_width(px(1.0) as u32))
        .light_line_style(TRANSPARENT)
        .set_all_tick_mark_size(px(4.0));
}
