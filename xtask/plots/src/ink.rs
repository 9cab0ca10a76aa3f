//! What plotters draws on: SVG in which a colour is a class, so that a page's light or dark scheme decides how it looks.
//!
//! plotters computes in whole units; a unit is a tenth of a pixel, so that marks lie where the axis says and the picture
//! can be enlarged.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{FontStyle, FontTransform, IntoFont, TextStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::markup::escape;
use crate::palette::{Role, class};

pub type Area<'a> = DrawingArea<Ink<'a>, Shift>;

type DrawResult = Result<(), DrawingErrorKind<Infallible>>;

/// Units a pixel.
const SCALE: f64 = 10.0;

/// The width of a letter in terms of the font's size: that of a wide sans-serif, so that what fits by this fits.
const LETTER: f64 = 0.58;

pub fn px(pixels: f64) -> i32 {
    (pixels * SCALE).round() as i32
}

/// A place, in pixels.
pub fn point(x: f64, y: f64) -> (i32, i32) {
    (px(x), px(y))
}

/// The pixels that a text of this size takes, at most.
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * LETTER
}

/// How many letters of this size fit.
pub fn letters(pixels: f64, size: f64) -> usize {
    (pixels / (size * LETTER)).max(1.0) as usize
}

pub fn font<'a>(size: f64, role: Role) -> TextStyle<'a> {
    ("sans-serif", size * SCALE).into_font().color(&role)
}

pub fn bold<'a>(size: f64, role: Role) -> TextStyle<'a> {
    ("sans-serif", size * SCALE, FontStyle::Bold).into_font().color(&role)
}

/// A plotters backend that appends SVG elements to a text.
pub struct Ink<'a> {
    svg: &'a mut String,
    size: (u32, u32),
    /// The id of the pattern for merged pieces: a page holds several pictures.
    comb: &'a str,
}

impl<'a> Ink<'a> {
    pub fn new(svg: &'a mut String, (width, height): (f64, f64), comb: &'a str) -> Self {
        Ink { svg, size: (px(width) as u32, px(height) as u32), comb }
    }

    /// What is drawn until [`Ink::close`] has this title.
    pub fn open(&mut self, title: &str) {
        let _ = write!(self.svg, "<g><title>{}</title>", escape(title));
    }

    pub fn close(&mut self) {
        self.svg.push_str("</g>");
    }

    /// The attributes of an outline or of a filled shape.
    fn paint<S: BackendStyle>(&self, style: &S, fill: bool) -> String {
        let class = class(style.color());
        let paint = match fill {
            true if class == "comb" => format!("fill=\"url(#{})\"", self.comb),
            true => "fill=\"currentColor\"".to_owned(),
            false => {
                let width = pixels(style.stroke_width() as i32);
                format!("fill=\"none\" stroke=\"currentColor\" stroke-width=\"{width}\"")
            }
        };
        match style.color().alpha {
            1.0 => format!("class=\"{class}\" {paint}"),
            alpha => format!("class=\"{class}\" {paint} opacity=\"{alpha}\""),
        }
    }
}

/// The pattern that stands for pieces too short to be drawn one by one.
pub fn comb(id: &str) -> String {
    format!(
        "<defs><pattern id=\"{id}\" width=\"3\" height=\"3\" patternUnits=\"userSpaceOnUse\">\
         <rect class=\"comb\" width=\"1.6\" height=\"3\" fill=\"currentColor\"/></pattern></defs>"
    )
}

fn pixels(units: i32) -> f64 {
    f64::from(units) / SCALE
}

impl DrawingBackend for Ink<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> DrawResult {
        Ok(())
    }

    fn present(&mut self) -> DrawResult {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> DrawResult {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> DrawResult {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> DrawResult {
        let _ = write!(
            self.svg,
            "<rect {} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            self.paint(style, fill),
            pixels(upper_left.0),
            pixels(upper_left.1),
            pixels(bottom_right.0 - upper_left.0),
            pixels(bottom_right.1 - upper_left.1),
        );
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> DrawResult {
        if style.color().alpha > 0.0 {
            let _ = write!(
                self.svg,
                "<polyline {} points=\"{}\"/>",
                self.paint(style, false),
                points(path)
            );
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> DrawResult {
        let _ = write!(
            self.svg,
            "<circle {} cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            self.paint(style, fill),
            pixels(center.0),
            pixels(center.1),
            f64::from(radius) / SCALE,
        );
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> DrawResult {
        let _ = write!(
            self.svg,
            "<polygon {} points=\"{}\"/>",
            self.paint(style, true),
            points(vertices)
        );
        Ok(())
    }

    fn draw_text<TStyle: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &TStyle,
        (x, y): BackendCoord,
    ) -> DrawResult {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let drop = match style.anchor().v_pos {
            VPos::Top => "0.8em",
            VPos::Center => "0.35em",
            VPos::Bottom => "-0.2em",
        };
        let (x, y) = (pixels(x), pixels(y));
        let turn = match style.transform() {
            FontTransform::None => String::new(),
            FontTransform::Rotate90 => format!(" transform=\"rotate(90 {x} {y})\""),
            FontTransform::Rotate180 => format!(" transform=\"rotate(180 {x} {y})\""),
            FontTransform::Rotate270 => format!(" transform=\"rotate(270 {x} {y})\""),
        };
        let weight = match style.style() {
            FontStyle::Bold => " font-weight=\"bold\"",
            _ => "",
        };
        let _ = write!(
            self.svg,
            "<text class=\"{}\" x=\"{x}\" y=\"{y}\" dy=\"{drop}\" text-anchor=\"{anchor}\" font-size=\"{}\"{weight}{turn} \
             fill=\"currentColor\">{}</text>",
            class(style.color()),
            style.size() / SCALE,
            escape(text),
        );
        Ok(())
    }
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut points = String::new();
    for (x, y) in path {
        let _ = write!(points, "{},{} ", pixels(x), pixels(y));
    }
    points.truncate(points.trim_end().len());
    points
}
