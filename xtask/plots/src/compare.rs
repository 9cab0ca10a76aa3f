//! Several submissions beside the model: how fast, how sound, how large, and where they differ.

use std::time::Duration;

use anyhow::Result;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

use crate::Pictures;
use crate::axis::Axis;
use crate::document::{Interval, interval, list, number, text};
use crate::dot::Dot;
use crate::figure::{Block, Figure, Format, chart, height_of_rows};
use crate::ink::{Area, font, letters};
use crate::key::Mark;
use crate::markup::{Column, escaped, table};
use crate::numbers::{self, NONE, bytes, count, plain, time};
use crate::page;
use crate::palette::{Role, line};

/// Sources are anybody's; a difference that takes longer to find is shown as whatever was found.
const PATIENCE: Duration = Duration::from_secs(2);

pub fn pictures(document: &Value) -> Result<Pictures> {
    let subjects = list(document, "subjects");
    let mut body = String::new();
    if !subjects.is_empty() {
        body += "<h2>The subjects</h2>\n";
        body += &subjects_table(subjects);
    }
    for (index, name) in list(document, "workloads").iter().enumerate() {
        let workload = Workload::read(subjects, index, name);
        body += &format!("<h2>{}</h2>\n", escaped(workload.name));
        let figure = Figure {
            label: workload.label(),
            blocks: workload.blocks(),
        };
        body += &page::figure(&figure, &format!("workload-{index}"), CAPTION)?;
        body += &workload.table();
    }
    if let [model, others @ ..] = subjects {
        if !others.is_empty() {
            body += "<h2>Differences to the model’s source</h2>\n";
        }
        body.extend(others.iter().map(|subject| difference(model, subject)));
    }
    Ok(Pictures {
        page: page::page(document, "compared", &body),
        svgs: Vec::new(),
    })
}

const CAPTION: &str = "How many times as fast as the model: to the right of 1 is faster. A point is the median of the \
                       rounds, its whisker the 95 % interval; the axis is logarithmic.";

fn subjects_table(subjects: &[Value]) -> String {
    let tier = |tier: &Value| {
        let tests = number(tier, "tests");
        let passed = tests.zip(number(tier, "failures"));
        let passed = passed.map(|(tests, failures)| tests - failures);
        format!(
            "{} {} of {}",
            text(tier, "tier"),
            count(passed),
            count(tests)
        )
    };
    let rows = subjects.iter().map(|subject| {
        let tiers: Vec<String> = list(subject, "tiers").iter().map(tier).collect();
        vec![
            named(subject).to_owned(),
            dashed(&text(subject, "verdict").replace('-', " ")),
            dashed(&tiers.join(", ")),
            count(number(subject, "lines")),
            dashed(text(subject, "seen")),
        ]
    });
    let heads = [
        Column::Words("subject"),
        Column::Words("verdict"),
        Column::Words("checks passed"),
        Column::Number("lines of code"),
        Column::Words("the first failure"),
    ];
    table("checks and size", &heads, rows)
}

fn named(subject: &Value) -> &str {
    dashed_str(text(subject, "name"))
}

fn dashed(words: &str) -> String {
    dashed_str(words).to_owned()
}

fn dashed_str(words: &str) -> &str {
    if words.is_empty() { NONE } else { words }
}

struct Workload<'a> {
    name: &'a str,
    /// The subjects with what was measured of them: null, if it could not be run.
    rows: Vec<(&'a str, &'a Value)>,
}

impl<'a> Workload<'a> {
    fn read(subjects: &'a [Value], index: usize, name: &'a Value) -> Self {
        Workload {
            name: name.as_str().unwrap_or("a workload without a name"),
            rows: subjects
                .iter()
                .map(|subject| (named(subject), &subject["workloads"][index]))
                .collect(),
        }
    }

    fn label(&self) -> String {
        let rows = self.rows.iter().map(|(name, measured)| {
            let to_model = interval(measured, "to_model").map(|to_model| to_model.median);
            format!("{name} {}", plain(to_model))
        });
        let rows: Vec<String> = rows.collect();
        format!(
            "{}: times as fast as the model. {}",
            self.name,
            rows.join(", ")
        )
    }

    fn table(&self) -> String {
        let rows = self.rows.iter().map(|(name, measured)| {
            vec![
                (*name).to_owned(),
                time(number(measured, "time_s")),
                numbers::interval(interval(measured, "to_model")),
                dashed(text(measured, "decision")),
                numbers::interval(interval(measured, "to_serial")),
                dashed(text(measured, "paid")),
                count(number(measured, "threads")),
                count(number(measured, "allocations")),
                bytes(number(measured, "allocated_bytes")),
                bytes(number(measured, "peak_bytes")),
            ]
        });
        let heads = [
            Column::Words("subject"),
            Column::Number("time"),
            Column::Number("times as fast as the model"),
            Column::Words("so it is"),
            Column::Number("times as fast as the serial baseline"),
            Column::Words("so it is"),
            Column::Number("threads"),
            Column::Number("allocations"),
            Column::Number("allocated"),
            Column::Number("peak memory"),
        ];
        table("medians, with the 95 % intervals of ratios", &heads, rows)
    }

    fn blocks(&self) -> Vec<Block<'_>> {
        let undecided = |(_, measured): &(&str, &Value)| text(measured, "decision") == UNDECIDED;
        let mut key = vec![(Mark::Dot(Role::Measured), "median and interval".to_owned())];
        if self.rows.iter().any(undecided) {
            key.push((Mark::Hollow(Role::Measured), UNDECIDED.to_owned()));
        }
        key.push((Mark::Line(Role::Ideal), "1 = the model".to_owned()));
        vec![
            Block::Key(key),
            Block::chart(height_of_rows(self.rows.len(), 26.0), |area, format| {
                self.draw(area, format)
            }),
        ]
    }

    fn draw(&self, area: &Area, format: Format) -> Result<()> {
        let size = format.letters();
        let room = letters(format.pick(120.0, 300.0), size);
        let names = self.rows.iter().map(|(name, _)| ending(name, room));
        let measured = self
            .rows
            .iter()
            .map(|(_, measured)| interval(measured, "to_model"));
        let measured: Vec<Option<Interval>> = measured
            .map(|measured| measured.filter(|it| it.low() > 0.0))
            .collect();
        let known = || measured.iter().flatten();
        let low = known().map(Interval::low).fold(0.5, f64::min) / 1.1;
        let high = known().map(Interval::high).fold(2.0, f64::max) * 1.1;
        let across = Axis::logarithmic("times as fast as the model", low..high);
        let plot = chart(area, format, across, Axis::rows(names.collect()))?;

        let rows = self.rows.len() as f64;
        plot.draw(&line(vec![(1.0, 0.0), (1.0, rows)], Role::Ideal, 1.5))?;
        for (row, measured) in measured.iter().enumerate() {
            let y = row as f64 + 0.5;
            let Some(Interval { median, ends }) = *measured else {
                let left = font(size, Role::Soft).pos(Pos::new(HPos::Left, VPos::Center));
                plot.draw(&Text::new("\u{a0} could not be run", (low, y), left))?;
                continue;
            };
            plot.draw(&line(vec![(low, y), (high, y)], Role::Grid, 1.0))?;
            let ends = ends.map(|(low, high)| ((low, y), (high, y)));
            let undecided = text(self.rows[row].1, "decision") == UNDECIDED;
            plot.draw(&Dot::new((median, y), ends, Role::Measured).hollow(undecided))?;
        }
        Ok(())
    }
}

const UNDECIDED: &str = "cannot tell";

/// A path's end tells more than its beginning.
fn ending(name: &str, letters: usize) -> String {
    let surplus = name.chars().count().saturating_sub(letters);
    match surplus {
        0 => name.to_owned(),
        _ => ['…']
            .into_iter()
            .chain(name.chars().skip(surplus + 1))
            .collect(),
    }
}

/// What of a subject's source is not the model's.
fn difference(model: &Value, subject: &Value) -> String {
    let (old, new) = (model["source"].as_str(), subject["source"].as_str());
    let (summary, body) = match old.zip(new) {
        None => ("a source is missing".to_owned(), String::new()),
        Some((old, new)) if old == new => ("the same text".to_owned(), String::new()),
        Some((old, new)) => {
            let difference = TextDiff::configure().timeout(PATIENCE).diff_lines(old, new);
            let lines = |tag| {
                let changes = difference.iter_all_changes();
                changes.filter(|change| change.tag() == tag).count()
            };
            let (added, removed) = (lines(ChangeTag::Insert), lines(ChangeTag::Delete));
            (
                format!("+{added} −{removed} lines"),
                format!("<pre><code>{}</code></pre>\n", hunks(&difference)),
            )
        }
    };
    let summary = format!("{}, {}: {summary}", named(subject), text(subject, "code"));
    format!(
        "<details><summary>{}</summary>\n{body}</details>\n",
        escaped(&summary)
    )
}

fn hunks<'a>(difference: &TextDiff<'a, 'a, 'a, str>) -> String {
    let mut html = String::new();
    for hunk in difference.unified_diff().context_radius(3).iter_hunks() {
        html += &format!("<b>{}</b>", escaped(&hunk.header().to_string()));
        for change in hunk.iter_changes() {
            let (sign, tag) = match change.tag() {
                ChangeTag::Equal => (' ', "span"),
                ChangeTag::Delete => ('-', "del"),
                ChangeTag::Insert => ('+', "ins"),
            };
            let line = escaped(change.value().trim_end_matches(['\n', '\r']));
            html += &format!("<{tag}>{sign} {line}\n</{tag}>");
        }
    }
    html
}
