//! A figure: headings, a key and charts, one above the other, drawn for a narrow page, for a wide one, or to stand alone.

use std::borrow::Cow;

use anyhow::Result;
use plotters::prelude::*;

use crate::axis::Axis;
use crate::ink::{self, Area, Ink, bold, font, letters, point, px, text_width};
use crate::key::{self, Mark};
use crate::markup::escape;
use crate::palette::{Role, stylesheet};

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

pub struct Figure<'a> {
    /// The text for readers who do not see the picture.
    pub label: String,
    pub blocks: Vec<Block<'a>>,
}

pub enum Block<'a> {
    Heading(String),
    Note(String),
    Key(Vec<(Mark, String)>),
    /// Its height in pixels, narrow and wide.
    Chart([f64; 2], Draw<'a>),
}

type Draw<'a> = Box<dyn Fn(&Area, Format) -> Result<()> + 'a>;

pub type Plot<'a> = DrawingArea<Ink<'a>, Cartesian2d<Axis, Axis>>;

/// The pixels left free around a block.
pub const MARGIN: f64 = 6.0;

impl Figure<'_> {
    /// For a page, which has the stylesheet.
    pub fn inline(&self, format: Format, id: &str) -> Result<String> {
        let (inside, height) = self.inside(format, id)?;
        Ok(format!(
            "<svg class=\"{}\" viewBox=\"0 0 {} {height}\" role=\"img\" aria-label=\"{}\">{inside}</svg>\n",
            if format == Format::Narrow { "narrow" } else { "wide" },
            format.width(),
            escape(&self.label),
        ))
    }

    /// For a separate file.
    pub fn alone(&self) -> Result<String> {
        let (inside, height) = self.inside(Format::Wide, "comb")?;
        let width = Format::Wide.width();
        let label = escape(&self.label);
        Ok(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"paper\" style=\"background:currentColor\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-label=\"{label}\"><title>{label}</title><style>{}</style>\
             <rect class=\"paper\" width=\"{width}\" height=\"{height}\" fill=\"currentColor\"/>{inside}</svg>\n",
            stylesheet(),
        ))
    }

    fn inside(&self, format: Format, comb: &str) -> Result<(String, f64)> {
        let heights: Vec<f64> = self.blocks.iter().map(|block| block.height(format)).collect();
        let height: f64 = heights.iter().sum();
        let mut svg = ink::comb(comb);
        {
            let mut rest = Ink::new(&mut svg, (format.width(), height), comb).into_drawing_area();
            for (block, height) in self.blocks.iter().zip(heights) {
                let (area, below) = rest.split_vertically(px(height));
                block.draw(&area, format)?;
                rest = below;
            }
        }
        Ok((svg, height))
    }
}

impl<'a> Block<'a> {
    pub fn chart(height: [f64; 2], draw: impl Fn(&Area, Format) -> Result<()> + 'a) -> Self {
        Block::Chart(height, Box::new(draw))
    }

    fn height(&self, format: Format) -> f64 {
        let line = format.letters() * LINE;
        match self {
            Block::Heading(words) => {
                wrap(words, format, LARGER).len() as f64 * line * LARGER + MARGIN
            }
            Block::Note(words) => wrap(words, format, 1.0).len() as f64 * line + MARGIN,
            Block::Key(entries) => key::rows(entries, format) as f64 * line + MARGIN,
            Block::Chart([narrow, wide], _) => format.pick(*narrow, *wide),
        }
    }

    fn draw(&self, area: &Area, format: Format) -> Result<()> {
        match self {
            Block::Heading(words) => paragraph(area, words, format, LARGER, Role::Ink)?,
            Block::Note(words) => paragraph(area, words, format, 1.0, Role::Soft)?,
            Block::Key(entries) => key::draw(area, entries, format)?,
            Block::Chart(_, draw) => draw(area, format)?,
        }
        Ok(())
    }
}

/// From line to line, in terms of the letters' size.
pub const LINE: f64 = 1.5;

/// A heading's letters in terms of a note's.
const LARGER: f64 = 1.2;

fn wrap(words: &str, format: Format, larger: f64) -> Vec<Cow<'_, str>> {
    textwrap::wrap(words, letters(format.width() - 2.0 * MARGIN, format.letters() * larger))
}

fn paragraph(area: &Area, words: &str, format: Format, larger: f64, role: Role) -> Result<()> {
    let size = format.letters() * larger;
    let style = if larger > 1.0 { bold(size, role) } else { font(size, role) };
    for (row, words) in wrap(words, format, larger).iter().enumerate() {
        let y = MARGIN / 2.0 + row as f64 * size * LINE;
        area.draw_text(words, &style, point(MARGIN, y))?;
    }
    Ok(())
}

/// Axes with their ticks, labels and grid, and the area between them to draw on.
pub fn chart<'a>(area: &Area<'a>, format: Format, x: Axis, y: Axis) -> Result<Plot<'a>> {
    let size = format.letters();
    let widest = y.labels().map(|label| text_width(&label, size)).fold(0.0, f64::max);
    let name = if y.name.is_empty() { 0.0 } else { size * 1.5 };
    let (across, up, rows) = (x.name.clone(), y.name.clone(), y.has_rows());
    let mut chart = ChartBuilder::on(area)
        .margin(px(8.0))
        .margin_right(px(14.0))
        .x_label_area_size(px(size * 3.2))
        .y_label_area_size(px(widest + name + 12.0))
        .build_cartesian_2d(x, y)?;
    let mut mesh = chart.configure_mesh();
    if rows {
        mesh.disable_y_mesh();
    }
    mesh.label_style(font(size, Role::Ink))
        .axis_style(Role::Soft.line(1.0))
        .bold_line_style(Role::Grid.line(1.0))
        .light_line_style(TRANSPARENT)
        .set_all_tick_mark_size(px(4.0))
        .x_desc(across)
        .y_desc(up)
        .draw()?;
    Ok(chart.plotting_area().clone())
}

/// What a chart of rows is high, narrow and wide: the rows, and the axis below.
pub fn height_of_rows(rows: usize, row: f64) -> [f64; 2] {
    [Format::Narrow, Format::Wide]
        .map(|format| row * rows.max(1) as f64 + format.letters() * 3.2 + 16.0)
}
