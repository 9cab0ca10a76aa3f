//! Several submissions beside the model: how fast, how sound, how large, and where they differ.

use std::time::Duration;

use anyhow::Result;
use measure::protocol::{
    CompareDocument, ComparedSubject, ComparedTier, MeasuredSubject, Standing,
};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use similar::{ChangeTag, TextDiff};

use crate::Pictures;
use crate::axis::Axis;
use crate::document::{Interval, count_of, interval, number};
use crate::dot::Dot;
use crate::figure::{Block, Figure, Format, chart, height_of_rows};
use crate::ink::{Area, font, letters};
use crate::key::Mark;
use crate::markup::{Column, escape, table};
use crate::numbers::{self, NONE, bytes, count, plain, time};
use crate::page;
use crate::palette::{Role, line};

/// Sources are anybody's; a difference that takes longer to find is shown as whatever was found.
const PATIENCE: Duration = Duration::from_secs(2);

pub fn pictures(document: &CompareDocument) -> Result<Pictures> {
    let subjects = document.subjects.as_slice();
    let mut body = String::new();
    if !subjects.is_empty() {
        body += "<h2>The subjects</h2>\n";
        body += &subjects_table(subjects);
    }
    for (index, name) in document.workloads.iter().enumerate() {
        let workload = Workload::new(subjects, index, name);
        body += &format!("<h2>{}</h2>\n", escape(workload.name));
        let figure = Figure { label: workload.label(), blocks: workload.blocks() };
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
        page: page::page(&document.header, Some(document.rounds), "compared", None, &body),
        svgs: Vec::new(),
    })
}

const CAPTION: &str = "How many times as fast as the model: to the right of 1 is faster. A point is the median of the \
                       rounds, its whisker the 95 % interval; the axis is logarithmic.";

fn subjects_table(subjects: &[ComparedSubject]) -> String {
    let tier = |tier: &ComparedTier| {
        let passed = tier.tests.saturating_sub(tier.failures);
        format!(
            "{} {} of {}",
            tier.tier.word(),
            count(count_of(passed)),
            count(count_of(tier.tests))
        )
    };
    let rows = subjects.iter().map(|subject| {
        let tiers: Vec<String> = subject.tiers.iter().map(tier).collect();
        vec![
            subject.name.clone(),
            subject.verdict.word().replace('-', " "),
            dash(&tiers.join(", ")),
            count(count_of(subject.lines)),
            dash(subject.seen.as_deref().unwrap_or_default()),
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

fn dash(words: &str) -> String {
    if words.is_empty() { NONE } else { words }.to_owned()
}

struct Workload<'a> {
    name: &'a str,
    /// The subjects with what was measured of them: None, if it could not be run.
    rows: Vec<(&'a str, Option<&'a MeasuredSubject>)>,
}

/// How many times as fast as the model.
fn to_model(measured: Option<&MeasuredSubject>) -> Option<Interval> {
    measured?.to_model.and_then(interval)
}

fn is_undecided(measured: Option<&MeasuredSubject>) -> bool {
    measured.is_some_and(|measured| measured.decision == Standing::CannotTell)
}

impl<'a> Workload<'a> {
    fn new(subjects: &'a [ComparedSubject], index: usize, name: &'a str) -> Self {
        let measured = |subject: &'a ComparedSubject| subject.workloads.get(index)?.as_ref();
        Workload {
            name,
            rows: subjects
                .iter()
                .map(|subject| (subject.name.as_str(), measured(subject)))
                .collect(),
        }
    }

    fn label(&self) -> String {
        let rows = self.rows.iter().map(|(name, measured)| {
            let to_model = to_model(*measured).map(|to_model| to_model.median);
            format!("{name} {}", plain(to_model))
        });
        let rows: Vec<String> = rows.collect();
        format!("{}: times as fast as the model. {}", self.name, rows.join(", "))
    }

    fn table(&self) -> String {
        let rows = self.rows.iter().map(|(name, measured)| {
            let word = |of: fn(&MeasuredSubject) -> &'static str| measured.map_or(NONE, of);
            let count_of = |of: fn(&MeasuredSubject) -> Option<usize>| {
                measured.and_then(of).and_then(count_of)
            };
            vec![
                (*name).to_owned(),
                time(measured.and_then(|measured| number(measured.time_s))),
                numbers::interval(to_model(*measured)),
                word(|measured| measured.decision.word()).to_owned(),
                numbers::interval(
                    measured.and_then(|measured| measured.to_serial.and_then(interval)),
                ),
                word(|measured| measured.paid.word()).to_owned(),
                count(count_of(|measured| measured.threads)),
                count(count_of(|measured| measured.allocations)),
                bytes(count_of(|measured| measured.allocated_bytes)),
                bytes(count_of(|measured| measured.peak_bytes)),
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
        let mut key = vec![(Mark::Dot(Role::Measured), "median and interval".to_owned())];
        if self.rows.iter().any(|(_, measured)| is_undecided(*measured)) {
            let word = Standing::CannotTell.word();
            key.push((Mark::Hollow(Role::Measured), word.to_owned()));
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
        let measured = self.rows.iter().map(|(_, measured)| to_model(*measured));
        let measured: Vec<Option<Interval>> =
            measured.map(|measured| measured.filter(|it| it.low() > 0.0)).collect();
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
            let undecided = is_undecided(self.rows[row].1);
            plot.draw(&Dot::new((median, y), ends, Role::Measured).hollow(undecided))?;
        }
        Ok(())
    }
}

/// A path's end tells more than its beginning.
fn ending(name: &str, letters: usize) -> String {
    let surplus = name.chars().count().saturating_sub(letters);
    match surplus {
        0 => name.to_owned(),
        _ => ['…'].into_iter().chain(name.chars().skip(surplus + 1)).collect(),
    }
}

/// What of a subject's source is not the model's.
fn difference(model: &ComparedSubject, subject: &ComparedSubject) -> String {
    let (old, new) = (model.source.as_str(), subject.source.as_str());
    let (summary, body) = match old == new {
        true => ("the same text".to_owned(), String::new()),
        false => {
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
    let summary = format!("{}, {}: {summary}", subject.name, subject.code);
    format!("<details><summary>{}</summary>\n{body}</details>\n", escape(&summary))
}

fn hunks<'a>(difference: &TextDiff<'a, 'a, 'a, str>) -> String {
    let mut html = String::new();
    for hunk in difference.unified_diff().context_radius(3).iter_hunks() {
        html += &format!("<b>{}</b>", escape(&hunk.header().to_string()));
        for change in hunk.iter_changes() {
            let (sign, tag) = match change.tag() {
                ChangeTag::Equal => (' ', "span"),
                ChangeTag::Delete => ('-', "del"),
                ChangeTag::Insert => ('+', "ins"),
            };
            let line = escape(change.value().trim_end_matches(['\n', '\r']));
            html += &format!("<{tag}>{sign} {line}\n</{tag}>");
        }
    }
    html
}
