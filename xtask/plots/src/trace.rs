//! Who did what, when: a lane a thread, a bar a piece.

use anyhow::Result;
use plotters::prelude::*;
use serde_json::Value;

use crate::Pictures;
use crate::axis::Axis;
use crate::bar::{Bar, Drawn};
use crate::document::{list, number, text};
use crate::figure::{Block, Figure, Format, chart, height_of_rows};
use crate::ink::Area;
use crate::key::Mark;
use crate::markup::{Column, escaped, table};
use crate::numbers::{NONE, count, percent, plain, significant, time, time_unit};
use crate::page;
use crate::palette::Role;

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

impl<'a> Trace<'a> {
    fn read(value: &'a Value) -> Self {
        let lanes: Vec<Lane> = list(value, "lanes")
            .iter()
            .map(|lane| Lane {
                name: text(lane, "name"),
                bars: list(lane, "bars").iter().filter_map(Bar::read).collect(),
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
        if bars().any(|bar| !bar.merged()) {
            key.push((Mark::Pieces, format!("pieces, with their {}", self.unit)));
        }
        if bars().any(|bar| bar.merged()) {
            let words = "many short pieces: as high as the share of time at work";
            key.push((Mark::Comb, words.to_owned()));
        }
        key.push((Mark::Shade(Role::Lane), "idle".to_owned()));
        let lane = if self.lanes.len() > 4 { 30.0 } else { 50.0 };
        let height = height_of_rows(self.lanes.len(), lane);
        vec![
            Block::Key(key),
            Block::chart(height, |area, format| self.draw(area, format)),
        ]
    }

    fn draw(&self, area: &Area, format: Format) -> Result<()> {
        let (per_second, unit) = time_unit(self.wall);
        let wall = self.wall * per_second;
        let names = self.lanes.iter().map(|lane| shortened(lane.name, NAME));
        let ticks = format.pick(5.0, 10.0) as usize;
        let across = Axis::linear(format!("time in {unit}"), 0.0..wall, ticks);
        let plot = chart(area, format, across, Axis::rows(names.collect()))?;
        for (number, lane) in self.lanes.iter().enumerate() {
            let (top, bottom) = (number as f64 + 0.12, number as f64 + 0.88);
            plot.draw(&Rectangle::new(
                [(0.0, top), (wall, bottom)],
                Role::Lane.filled(),
            ))?;
            for (index, bar) in lane.bars.iter().enumerate() {
                let [start, end] = [bar.start, bar.end].map(|time| time * per_second);
                plot.draw(&Drawn {
                    corners: [(start, top), (end, bottom)],
                    title: bar.title(self.unit),
                    size: format.letters(),
                    odd: index % 2 == 1,
                    bar,
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
