//! What plotters draws on: SVG in which a colour is a class, so that a page's light or dark scheme decides how it looks.
//!
//! plotters computes in whole units; a unit is a tenth of a pixel, so that marks lie where the axis says and the picture
//! can be enlarged.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, FontTransform, IntoFont, TextStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::markup::escaped;

pub type Area<'a> = DrawingArea<Ink<'a>, Shift>;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Units a pixel.
const SCALE: f64 = 10.0;

/// The width of a letter in terms of the font's size: that of a wide sans-serif, so that what fits by this fits.
const LETTER: f64 = 0.58;

pub fn px(pixels: f64) -> i32 {
    (pixels * SCALE).round() as i32
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

/// What a mark means. plotters takes it for a colour; the stylesheet knows what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Ink,
    Soft,
    Grid,
    Paper,
    Measured,
    Ideal,
    Capacity,
    Beyond,
    Knee,
    Simulated,
    Limit,
    Lane,
    Even,
    Odd,
    Many,
    Letters,
}

/// A role's class and its colours on a light and on a dark page: Okabe and Ito's, darkened or lightened until a thin line
/// stands out from the page. Marks that could be confused differ in shape, dash or shade as well.
const PALETTE: [(Role, &str, &str, &str); 16] = [
    (Role::Ink, "ink", "#1a1a1a", "#ececec"),
    (Role::Soft, "soft", "#5a5a5a", "#ababab"),
    (Role::Grid, "grid", "#dedede", "#3c3f44"),
    (Role::Paper, "paper", "#ffffff", "#17191c"),
    (Role::Measured, "measured", "#0072b2", "#56b4e9"),
    (Role::Ideal, "ideal", "#4a4a4a", "#c8c8c8"),
    (Role::Capacity, "capacity", "#b87700", "#e69f00"),
    (Role::Beyond, "beyond", "#ededed", "#26292e"),
    (Role::Knee, "knee", "#d55e00", "#ff8a3d"),
    (Role::Simulated, "simulated", "#00795a", "#35c79c"),
    (Role::Limit, "limit", "#a3487f", "#e49ac4"),
    (Role::Lane, "lane", "#efefef", "#2a2d32"),
    (Role::Even, "even", "#56b4e9", "#0072b2"),
    (Role::Odd, "odd", "#a9daf5", "#004f7d"),
    (Role::Many, "many", "#b35900", "#f0a24b"),
    (Role::Letters, "letters", "#0b1a24", "#ffffff"),
];

/// The look of every picture. Paper is light, whatever the screen is.
pub fn stylesheet() -> String {
    let mut sheet = String::from(
        "svg text{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"DejaVu Sans\",sans-serif}\
         .ideal{stroke-dasharray:6 4}.limit{stroke-dasharray:12 4 2 4}",
    );
    for (_, class, light, _) in PALETTE {
        let _ = write!(sheet, ".{class}{{color:{light}}}");
    }
    sheet.push_str("@media screen and (prefers-color-scheme:dark){");
    for (_, class, _, dark) in PALETTE {
        let _ = write!(sheet, ".{class}{{color:{dark}}}");
    }
    sheet + "}"
}

impl Color for Role {
    /// The role's number in place of a red.
    fn to_backend_color(&self) -> BackendColor {
        BackendColor {
            alpha: 1.0,
            rgb: (*self as u8, 0, 0),
        }
    }
}

fn class(color: BackendColor) -> &'static str {
    PALETTE
        .iter()
        .find(|(role, ..)| *role as u8 == color.rgb.0)
        .map_or("ink", |(_, class, ..)| class)
}

/// A plotters backend that appends SVG elements to a text.
pub struct Ink<'a> {
    svg: &'a mut String,
    size: (u32, u32),
    /// The id of the pattern for merged pieces: a page holds several pictures.
    comb: &'a str,
}

impl<'a> Ink<'a> {
    pub fn on(svg: &'a mut String, (width, height): (f64, f64), comb: &'a str) -> Self {
        Ink {
            svg,
            size: (px(width) as u32, px(height) as u32),
            comb,
        }
    }

    /// One piece of work, or many merged into one bar, of which only the share at work is combed.
    pub fn bar(&mut self, from: BackendCoord, to: BackendCoord, look: &Look, title: &str) {
        let (x, y) = (pixels(from.0), pixels(from.1));
        // A piece too short to be seen is still drawn.
        let (width, height) = (pixels(to.0 - from.0).max(0.3), pixels(to.1 - from.1));
        let _ = write!(self.svg, "<g><title>{}</title>", escaped(title));
        match look {
            Look::Piece { odd, letters, size } => {
                let shade = class(if *odd { Role::Odd } else { Role::Even }.to_backend_color());
                // A border wider than its piece would hide it.
                let border = if width > 3.0 { 0.8 } else { 0.0 };
                let _ = write!(
                    self.svg,
                    "<rect class=\"piece {shade}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
                     fill=\"currentColor\"/>",
                );
                if border > 0.0 {
                    let _ = write!(
                        self.svg,
                        "<path class=\"ink\" d=\"M{x} {y}h{width}v{height}h-{width}z\" fill=\"none\" \
                         stroke=\"currentColor\" stroke-width=\"{border}\"/>",
                    );
                }
                let fits = |letters: &&String| text_width(letters, *size) + 6.0 < width;
                if let Some(letters) = letters.iter().find(fits) {
                    let (middle, base) = (x + width / 2.0, y + height / 2.0);
                    let _ = write!(
                        self.svg,
                        "<text class=\"letters\" x=\"{middle:.1}\" y=\"{base:.1}\" dy=\"0.35em\" text-anchor=\"middle\" \
                         font-size=\"{size}\" fill=\"currentColor\">{}</text>",
                        escaped(letters),
                    );
                }
            }
            Look::Merged { busy } => {
                let at_work = (height * busy.clamp(0.0, 1.0) * 10.0).round() / 10.0;
                let top = y + height - at_work;
                let _ = write!(
                    self.svg,
                    "<rect class=\"merged many\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
                     fill=\"currentColor\" opacity=\"0.15\"/>\
                     <rect x=\"{x}\" y=\"{top:.1}\" width=\"{width}\" height=\"{at_work}\" fill=\"url(#{})\"/>",
                    self.comb,
                );
            }
        }
        self.svg.push_str("</g>");
    }
}

/// How a bar of a trace looks.
pub enum Look {
    Piece {
        odd: bool,
        /// What to write on it: the first that fits.
        letters: [String; 2],
        size: f64,
    },
    Merged {
        busy: f64,
    },
}

/// The pattern that stands for pieces too short to be drawn one by one.
pub fn comb(id: &str) -> String {
    format!(
        "<defs><pattern id=\"{id}\" width=\"3\" height=\"3\" patternUnits=\"userSpaceOnUse\">\
         <rect class=\"many\" width=\"1.6\" height=\"3\" fill=\"currentColor\"/></pattern></defs>"
    )
}

fn pixels(units: i32) -> f64 {
    f64::from(units) / SCALE
}

/// The attributes of an outline or of a filled shape.
fn painted<S: BackendStyle>(style: &S, fill: bool) -> String {
    let class = class(style.color());
    let paint = if fill {
        "fill=\"currentColor\"".to_owned()
    } else {
        let width = f64::from(style.stroke_width()) / SCALE;
        format!("fill=\"none\" stroke=\"currentColor\" stroke-width=\"{width}\"")
    };
    match style.color().alpha {
        1.0 => format!("class=\"{class}\" {paint}"),
        alpha => format!("class=\"{class}\" {paint} opacity=\"{alpha}\""),
    }
}

impl DrawingBackend for Ink<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let _ = write!(
            self.svg,
            "<rect {} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            painted(style, fill),
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
    ) -> Drawn {
        if style.color().alpha > 0.0 {
            let _ = write!(
                self.svg,
                "<polyline {} points=\"{}\"/>",
                painted(style, false),
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
    ) -> Drawn {
        let _ = write!(
            self.svg,
            "<circle {} cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            painted(style, fill),
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
    ) -> Drawn {
        let _ = write!(
            self.svg,
            "<polygon {} points=\"{}\"/>",
            painted(style, true),
            points(vertices)
        );
        Ok(())
    }

    fn draw_text<TStyle: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &TStyle,
        (x, y): BackendCoord,
    ) -> Drawn {
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
            plotters::style::FontStyle::Bold => " font-weight=\"bold\"",
            _ => "",
        };
        let _ = write!(
            self.svg,
            "<text class=\"{}\" x=\"{x}\" y=\"{y}\" dy=\"{drop}\" text-anchor=\"{anchor}\" font-size=\"{}\"{weight}{turn} \
             fill=\"currentColor\">{}</text>",
            class(style.color()),
            style.size() / SCALE,
            escaped(text),
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
