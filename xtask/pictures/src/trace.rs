//! Who did what, when: a lane a thread, a bar a piece.

use anyhow::Result;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::*;
use plotters_backend::{BackendCoord, DrawingErrorKind};
use serde_json::Value;

use crate::Pictures;
use crate::axis::Axis;
use crate::document::{list, number, text};
use crate::figure::{Block, Chart, Figure, Format, Mark, dress};
use crate::ink::{Area, Ink, Look, Role, px, text_width};
use crate::markup::{Column, escaped, table};
use crate::numbers::{
    NONE, count, percent, plain, short_count, significant, tick, time, time_unit,
};
use crate::page;

pub fn pictures(document: &Value) -> Result<Pictures> {
    let mut body = String::new();
    let mut svgs = Vec::new();
    for (index, value) in list(document, "traces").iter().enumerate() {
        let trace = Trace::read(value);
        body += &format!("<h2>{}</h2>\n", escaped(trace.workload));
        let figure = |blocks| Figure {
            label: trace.label(),
            blocks,
        };
        body += &page::figure(&figure(trace.blocks()), &format!("trace-{index}"), CAPTION)?;
        body += &trace.words();
        body += &trace.tables();
        let words: Vec<&str> = list(value, "words")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let mut alone = page::heading(document, trace.workload, &words.join(" "));
        alone.extend(trace.blocks());
        svgs.push(figure(alone).alone()?);
    }
    Ok(Pictures {
        page: page::page(document, "who did what, when", &body),
        svgs,
    })
}

const CAPTION: &str = "A lane a thread, a bar a piece; an empty lane is a thread that waits. Point at a bar for its items.";

struct Trace<'a> {
    value: &'a Value,
    workload: &'a str,
    unit: &'a str,
    lanes: Vec<Lane<'a>>,
    wall: f64,
}

struct Lane<'a> {
    name: &'a str,
    bars: Vec<Bar>,
}

struct Bar {
    items: (Option<f64>, Option<f64>),
    start: f64,
    end: f64,
    pieces: f64,
    busy: Option<f64>,
}

impl<'a> Trace<'a> {
    fn read(value: &'a Value) -> Self {
        let bar = |bar: &Value| {
            Some(Bar {
                items: (number(bar, "from"), number(bar, "to")),
                start: number(bar, "start_s")?.max(0.0),
                end: number(bar, "end_s")?,
                pieces: number(bar, "pieces").unwrap_or(1.0),
                busy: number(bar, "busy_s"),
            })
        };
        let lanes: Vec<Lane> = list(value, "lanes")
            .iter()
            .map(|lane| Lane {
                name: text(lane, "name"),
                bars: list(lane, "bars").iter().filter_map(bar).collect(),
            })
            .collect();
        let last = lanes.iter().flat_map(|lane| &lane.bars).map(|bar| bar.end);
        let wall = last.fold(number(value, "wall_s").unwrap_or(0.0), f64::max);
        Trace {
            value,
            workload: match text(value, "workload") {
                "" => "a workload without a name",
                name => name,
            },
            unit: match text(value, "unit") {
                "" => "items",
                unit => unit,
            },
            lanes,
            // An axis has a length.
            wall: if wall > 0.0 { wall } else { 1e-3 },
        }
    }

    fn label(&self) -> String {
        format!(
            "{}: {} pieces on {} threads in {}, of which {} idle",
            self.workload,
            count(number(self.value, "pieces")),
            self.lanes.len(),
            time(number(self.value, "wall_s")),
            percent(number(self.value, "idle"))
        )
    }

    fn words(&self) -> String {
        let words = list(self.value, "words").iter().filter_map(Value::as_str);
        let words: String = words
            .map(|word| format!("<li>{}</li>\n", escaped(word)))
            .collect();
        match words.as_str() {
            "" => words,
            _ => format!("<ul>\n{words}</ul>\n"),
        }
    }

    fn tables(&self) -> String {
        let (value, seconds) = (self.value, |key| time(number(self.value, key)));
        let facts = [
            ("pieces", count(number(value, "pieces"))),
            ("longest", seconds("longest_s")),
            ("mean", seconds("mean_s")),
            ("shortest", seconds("shortest_s")),
            (
                "imbalance: the busiest thread’s work to the mean",
                plain(number(value, "imbalance")),
            ),
            (
                "idle: the share of the threads’ time in which no piece ran",
                percent(number(value, "idle")),
            ),
            ("from start to end", seconds("wall_s")),
            ("the same, not traced", seconds("untraced_s")),
            (
                "overhead of tracing",
                number(value, "overhead")
                    .map_or(NONE.to_owned(), |times| format!("{}×", significant(times))),
            ),
        ];
        let facts = facts.map(|(name, figure)| vec![name.to_owned(), figure]);
        let lanes = list(value, "lanes").iter().map(|lane| {
            vec![
                text(lane, "name").to_owned(),
                count(number(lane, "pieces")),
                count(number(lane, "items")),
                time(number(lane, "busy_s")),
                percent(number(lane, "share")),
            ]
        });
        let heads = ["thread", "pieces", self.unit, "at work", "of all work"].map(Column::Number);
        table("the pieces", &[], facts) + &table("the threads", &heads, lanes)
    }

    fn blocks(&self) -> Vec<Block<'_>> {
        let bars = || self.lanes.iter().flat_map(|lane| &lane.bars);
        let mut key = Vec::new();
        if bars().any(|bar| bar.pieces <= 1.0) {
            key.push((Mark::Pieces, format!("pieces, with their {}", self.unit)));
        }
        if bars().any(|bar| bar.pieces > 1.0) {
            let words = "many short pieces: as high as the share of time at work";
            key.push((Mark::Comb, words.to_owned()));
        }
        key.push((Mark::Shade(Role::Lane), "idle".to_owned()));
        let height = |format: Format| {
            let lane = if self.lanes.len() > 4 { 30.0 } else { 50.0 };
            lane * self.lanes.len().max(1) as f64 + format.letters() * 3.2 + 16.0
        };
        vec![
            Block::Key(key),
            Block::Chart(Chart {
                height: Box::new(height),
                draw: Box::new(|area, format| self.draw(area, format)),
            }),
        ]
    }

    fn draw(&self, area: &Area, format: Format) -> Result<()> {
        let (per_second, unit) = time_unit(self.wall);
        let (wall, lanes) = (self.wall * per_second, self.lanes.len() as f64);
        let names = self
            .lanes
            .iter()
            .map(|lane| text_width(&shortened(lane.name, NAME), format.letters()));
        let names = names.fold(0.0, f64::max) + 12.0;
        let middles = (0..self.lanes.len())
            .map(|lane| lane as f64 + 0.5)
            .collect();
        let mut chart = ChartBuilder::on(area)
            .margin(px(8.0))
            .margin_right(px(14.0))
            .x_label_area_size(px(format.letters() * 3.2))
            .y_label_area_size(px(names))
            .build_cartesian_2d(0.0..wall, Axis::linear(lanes.max(1.0)..0.0, middles))?;
        let plot = chart.plotting_area().clone();
        for lane in 0..self.lanes.len() {
            let (top, bottom) = edges(lane);
            let background = Rectangle::new([(0.0, top), (wall, bottom)], Role::Lane.filled());
            plot.draw(&background)?;
        }
        let mut mesh = chart.configure_mesh();
        dress(&mut mesh, format);
        mesh.disable_y_mesh()
            .x_labels(format.pick(5.0, 10.0) as usize)
            .x_label_formatter(&tick)
            .x_desc(format!("time in {unit}"))
            .y_label_formatter(&|middle| {
                let lane = self.lanes.get(middle.floor() as usize);
                lane.map_or(String::new(), |lane| shortened(lane.name, NAME))
            })
            .draw()?;
        for (number, lane) in self.lanes.iter().enumerate() {
            let (top, bottom) = edges(number);
            for (index, bar) in lane.bars.iter().enumerate() {
                plot.draw(&Drawn {
                    corners: [
                        (bar.start * per_second, top),
                        (bar.end * per_second, bottom),
                    ],
                    look: bar.look(index, format),
                    title: bar.title(self.unit),
                })?;
            }
        }
        Ok(())
    }
}

/// The letters of a lane's name that are shown.
const NAME: usize = 14;

fn shortened(name: &str, letters: usize) -> String {
    match name.char_indices().nth(letters) {
        None => name.to_owned(),
        Some(_) => name.chars().take(letters - 1).chain(['…']).collect(),
    }
}

/// The upper and the lower edge of a lane's bars, of which lanes are 1 apart.
fn edges(lane: usize) -> (f64, f64) {
    (lane as f64 + 0.12, lane as f64 + 0.88)
}

impl Bar {
    fn range(&self, worded: impl Fn(Option<f64>) -> String) -> String {
        match self.items {
            (None, _) | (_, None) => String::new(),
            (from, to) => format!("{}–{}", worded(from), worded(to)),
        }
    }

    /// The share of a merged bar's time in which a piece ran.
    fn share(&self) -> f64 {
        let length = self.end - self.start;
        match self.busy {
            Some(busy) if length > 0.0 => (busy / length).clamp(0.0, 1.0),
            _ => 1.0,
        }
    }

    fn title(&self, unit: &str) -> String {
        let length = time(Some(self.end - self.start));
        let range = self.range(count);
        if self.pieces > 1.0 {
            let (pieces, share) = (count(Some(self.pieces)), percent(Some(self.share())));
            format!("{pieces} pieces, {unit} {range}: {length}, {share} of it at work")
        } else {
            format!("{unit} {range}: {length}")
        }
    }

    fn look(&self, index: usize, format: Format) -> Look {
        if self.pieces > 1.0 {
            return Look::Merged { busy: self.share() };
        }
        Look::Piece {
            odd: index % 2 == 1,
            letters: [
                self.range(count),
                self.range(|item| item.map_or(String::new(), short_count)),
            ],
            size: format.letters(),
        }
    }
}

/// A bar in its place, as an element of plotters.
struct Drawn {
    corners: [(f64, f64); 2],
    look: Look,
    title: String,
}

impl<'a> PointCollection<'a, (f64, f64)> for &'a Drawn {
    type Point = &'a (f64, f64);
    type IntoIter = std::slice::Iter<'a, (f64, f64)>;

    fn point_iter(self) -> Self::IntoIter {
        self.corners.iter()
    }
}

impl Drawable<Ink<'_>> for Drawn {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut corners: I,
        ink: &mut Ink<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<std::convert::Infallible>> {
        if let (Some(from), Some(to)) = (corners.next(), corners.next()) {
            ink.bar(from, to, &self.look, &self.title);
        }
        Ok(())
    }
}
