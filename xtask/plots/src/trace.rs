//! Who did what, when: a lane a thread, a bar a piece.

use anyhow::Result;
use measure::protocol::{self, TraceDocument};
use plotters::prelude::*;

use crate::Pictures;
use crate::axis::Axis;
use crate::bar::{Bar, Drawn};
use crate::document::{count_of, number};
use crate::figure::{Block, Figure, Format, chart, height_of_rows};
use crate::ink::Area;
use crate::key::Mark;
use crate::markup::{Column, escape, table};
use crate::numbers::{NONE, count, percent, plain, significant, time, time_unit};
use crate::page;
use crate::palette::Role;

pub fn pictures(document: &TraceDocument) -> Result<Pictures> {
    let mut body = String::new();
    let mut svgs = Vec::new();
    let header = &document.header;
    for (index, value) in document.traces.iter().enumerate() {
        let trace = Trace::new(value);
        body += &format!("<h2>{}</h2>\n", escape(trace.workload));
        let figure = |blocks| Figure { label: trace.label(), blocks };
        body += &page::figure(&figure(trace.blocks()), &format!("trace-{index}"), CAPTION)?;
        body += &trace.words();
        body += &trace.tables();
        let mut alone = page::heading(header, None, trace.workload, &value.words.join(" "));
        alone.extend(trace.blocks());
        svgs.push(figure(alone).alone()?);
    }
    Ok(Pictures {
        page: page::page(header, None, "who did what, when", Some(&header.subject), &body),
        svgs,
    })
}

const CAPTION: &str = "A lane a thread, a bar a piece; an empty lane is a thread that waits. Point at a bar for its items.";

struct Trace<'a> {
    value: &'a protocol::Trace,
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
    fn new(value: &'a protocol::Trace) -> Self {
        let lane = |lane: &'a protocol::Lane| Lane {
            name: &lane.name,
            bars: lane.bars.iter().filter_map(Bar::new).collect(),
        };
        let lanes: Vec<Lane> = value.run.lanes.iter().map(lane).collect();
        let last = lanes.iter().flat_map(|lane| &lane.bars).map(|bar| bar.end);
        let wall = last.fold(number(value.run.wall_s).unwrap_or(0.0), f64::max);
        Trace {
            value,
            workload: &value.workload,
            unit: &value.run.unit,
            lanes,
            // An axis has a length.
            wall: if wall > 0.0 { wall } else { 1e-3 },
        }
    }

    fn label(&self) -> String {
        format!(
            "{}: {} pieces on {} threads in {}, of which {} idle",
            self.workload,
            count(count_of(self.value.run.pieces)),
            self.lanes.len(),
            time(number(self.value.run.wall_s)),
            percent(number(self.value.run.idle))
        )
    }

    fn words(&self) -> String {
        let words = self.value.words.iter();
        let words: String = words.map(|word| format!("<li>{}</li>\n", escape(word))).collect();
        match words.as_str() {
            "" => words,
            _ => format!("<ul>\n{words}</ul>\n"),
        }
    }

    fn tables(&self) -> String {
        let run = &self.value.run;
        let seconds = |seconds| time(number(seconds));
        let facts = [
            ("pieces", count(count_of(run.pieces))),
            ("longest", seconds(run.longest_s)),
            ("mean", seconds(run.mean_s)),
            ("shortest", seconds(run.shortest_s)),
            ("imbalance: the busiest thread’s work to the mean", plain(number(run.imbalance))),
            (
                "idle: the share of the threads’ time in which no piece ran",
                percent(number(run.idle)),
            ),
            ("from start to end", seconds(run.wall_s)),
            ("the same, not traced", seconds(run.untraced_s)),
            (
                "overhead of tracing",
                number(self.value.overhead)
                    .map_or(NONE.to_owned(), |times| format!("{}×", significant(times))),
            ),
        ];
        let facts = facts.map(|(name, figure)| vec![name.to_owned(), figure]);
        let lanes = run.lanes.iter().map(|lane| {
            vec![
                lane.name.clone(),
                count(count_of(lane.pieces)),
                count(count_of(lane.items)),
                time(number(lane.busy_s)),
                percent(number(lane.share)),
            ]
        });
        let heads = ["thread", "pieces", self.unit, "at work", "of all work"].map(Column::Number);
        table("the pieces", &[], facts) + &table("the threads", &heads, lanes)
    }

    fn blocks(&self) -> Vec<Block<'_>> {
        let bars = || self.lanes.iter().flat_map(|lane| &lane.bars);
        let mut key = Vec::new();
        if bars().any(|bar| !bar.is_merged()) {
            key.push((Mark::Pieces, format!("pieces, with their {}", self.unit)));
        }
        if bars().any(|bar| bar.is_merged()) {
            let words = "many short pieces: as high as the share of time at work";
            key.push((Mark::Comb, words.to_owned()));
        }
        key.push((Mark::Shade(Role::Lane), "idle".to_owned()));
        let lane = if self.lanes.len() > 4 { 30.0 } else { 50.0 };
        let height = height_of_rows(self.lanes.len(), lane);
        vec![Block::Key(key), Block::chart(height, |area, format| self.draw(area, format))]
    }

    fn draw(&self, area: &Area, format: Format) -> Result<()> {
        let (per_second, unit) = time_unit(self.wall);
        let wall = self.wall * per_second;
        let names = self.lanes.iter().map(|lane| shorten(lane.name, NAME));
        let ticks = format.pick(5.0, 10.0) as usize;
        let across = Axis::linear(format!("time in {unit}"), 0.0..wall, ticks);
        let plot = chart(area, format, across, Axis::rows(names.collect()))?;
        for (number, lane) in self.lanes.iter().enumerate() {
            let (top, bottom) = (number as f64 + 0.12, number as f64 + 0.88);
            plot.draw(&Rectangle::new([(0.0, top), (wall, bottom)], Role::Lane.filled()))?;
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

fn shorten(name: &str, letters: usize) -> String {
    match name.char_indices().nth(letters) {
        None => name.to_owned(),
        Some(_) => name.chars().take(letters - 1).chain(['…']).collect(),
    }
}
