//! Speed-up over a number of threads or over another count, with what the machine could do beside it.

use anyhow::Result;
use measure::protocol::{self, SweepDocument, SweepStep, SweptOver};
use plotters::prelude::*;

use crate::Pictures;
use crate::axis::{Axis, space_out};
use crate::document::{Interval, count_of, interval, number};
use crate::dot::Dot;
use crate::figure::{Block, Figure, Format, chart};
use crate::ink::{Area, px, text_width};
use crate::key::{BAND, Mark};
use crate::markup::{Column, escape, table};
use crate::numbers::{self, count, count_text, percent, plain, significant, time};
use crate::page;
use crate::palette::{Role, line};
use crate::simulation::Simulation;

pub fn pictures(document: &SweepDocument) -> Result<Pictures> {
    let mut body = String::new();
    let mut svgs = Vec::new();
    let (header, rounds) = (&document.header, Some(document.rounds));
    for (index, value) in document.sweeps.iter().enumerate() {
        let sweep = Sweep::new(value, header.machine.cores_offered);
        body += &format!("<h2>{}</h2>\n", escape(sweep.workload));
        let measured = Figure { label: sweep.label(), blocks: sweep.blocks() };
        body += &page::figure(&measured, &format!("sweep-{index}"), &sweep.caption())?;
        body += &sweep.table();

        let simulation = value.simulation.as_ref().and_then(Simulation::new);
        let mut alone = page::heading(header, rounds, sweep.workload, &sweep.caption());
        alone.extend(sweep.blocks());
        if let Some(simulation) = &simulation {
            let simulated = Figure { label: simulation.label(), blocks: simulation.blocks() };
            let id = format!("simulation-{index}");
            body += &page::figure(&simulated, &id, &simulation.caption())?;
            alone.extend(simulation.blocks());
        }
        let alone = Figure { label: sweep.label(), blocks: alone };
        svgs.push(alone.alone()?);
    }
    Ok(Pictures {
        page: page::page(header, rounds, "speed-up", Some(&header.subject), &body),
        svgs,
    })
}

/// Of a chart, narrow and wide.
const HEIGHT: [f64; 2] = [280.0, 380.0];

struct Step {
    value: f64,
    speed_up: Option<Interval>,
    beyond_cores: bool,
}

struct Sweep<'a> {
    value: &'a protocol::Sweep,
    workload: &'a str,
    over: &'a str,
    baseline: &'a str,
    /// In ascending order; a step at 0 has no place on the axis and is only in the table.
    steps: Vec<Step>,
    capacity: Option<Interval>,
    cores: f64,
}

impl<'a> Sweep<'a> {
    fn new(value: &'a protocol::Sweep, cores: usize) -> Self {
        let step = |step: &SweepStep| {
            Some(Step {
                value: count_of(step.value).filter(|value| *value > 0.0)?,
                speed_up: interval(step.speed_up),
                beyond_cores: step.beyond_cores,
            })
        };
        let mut steps: Vec<Step> = value.steps.iter().filter_map(step).collect();
        steps.sort_by(|one, other| one.value.total_cmp(&other.value));
        Sweep {
            value,
            workload: &value.workload,
            over: value.over.unit(),
            baseline: &value.baseline,
            steps,
            capacity: value.capacity.and_then(interval),
            cores: cores as f64,
        }
    }

    fn by_threads(&self) -> bool {
        self.value.over == SweptOver::Threads
    }

    fn label(&self) -> String {
        let median = |step: &Step| plain(step.speed_up.map(|speed_up| speed_up.median));
        let points = self
            .steps
            .iter()
            .map(|step| format!("{} at {}", median(step), count(Some(step.value))));
        format!(
            "{}: speed-up over {} by {}. {}",
            self.workload,
            self.baseline,
            self.over,
            points.collect::<Vec<_>>().join(", ")
        )
    }

    fn caption(&self) -> String {
        let threads = self.value.threads.filter(|_| !self.by_threads());
        let threads =
            threads.map(|threads| format!(", on {}", count_text(threads as f64, "thread")));
        format!(
            "Speed-up: how many times as fast as {}{}. A point is the median of the rounds, its whisker the 95 % interval.",
            self.baseline,
            threads.unwrap_or_default()
        )
    }

    fn table(&self) -> String {
        let heads = [
            Column::Number(self.over),
            Column::Number("time"),
            Column::Number(self.baseline),
            Column::Number("speed-up"),
            Column::Number("efficiency"),
            Column::Number("Karp–Flatt"),
            Column::Words("remark"),
        ];
        let rows = self.value.steps.iter().map(|step| {
            let mut remarks = Vec::new();
            if step.beyond_cores {
                remarks.push("more than cores");
            }
            if Some(step.value) == self.value.knee {
                remarks.push("the knee");
            }
            vec![
                count(count_of(step.value)),
                time(number(step.time_s)),
                time(number(step.serial_s)),
                numbers::interval(interval(step.speed_up)),
                percent(step.efficiency.and_then(number)),
                plain(step.karp_flatt.and_then(number)),
                remarks.join(", "),
            ]
        });
        table("medians, with the 95 % interval of the speed-up", &heads, rows)
    }

    fn knee(&self) -> Option<&Step> {
        let knee = count_of(self.value.knee?)?;
        self.steps.iter().find(|step| step.value == knee)
    }

    fn blocks(&self) -> Vec<Block<'_>> {
        if self.steps.iter().all(|step| step.speed_up.is_none()) {
            return vec![Block::Note("Nothing had been measured yet.".to_owned())];
        }
        let mut key = vec![(Mark::Dot(Role::Measured), "median and interval".to_owned())];
        let reference = match self.by_threads() {
            true => "ideal: a core for each thread".to_owned(),
            false => format!("1 = {}", self.baseline),
        };
        key.push((Mark::Line(Role::Ideal), reference));
        if let Some(capacity) = self.capacity {
            let words = format!("the machine’s capacity: {}×", significant(capacity.median));
            key.push((Mark::Band(Role::Capacity), words));
        }
        if let Some(knee) = self.knee() {
            let words =
                format!("knee: {}", count_text(knee.value, self.over.trim_end_matches('s')));
            key.push((Mark::Ring(Role::Knee), words));
        }
        if self.start_beyond_cores().is_some() {
            let words = format!("more threads than the {}", count_text(self.cores, "core"));
            key.push((Mark::Shade(Role::Beyond), words));
        }
        vec![Block::Key(key), Block::chart(HEIGHT, |area, format| self.draw(area, format))]
    }

    /// The ends of the axis: the first and the last step, with some room beside them.
    fn ends(&self) -> (f64, f64) {
        let (first, last) = match self.steps.as_slice() {
            [first, .., last] => (first.value, last.value),
            [only] => (only.value, only.value),
            [] => (1.0, 1.0),
        };
        if self.by_threads() {
            let room = f64::max(0.4, (last - first) * 0.05);
            (first - room, last + room)
        } else {
            let room = f64::max(1.5, (last / first).powf(0.05));
            (first / room, last * room)
        }
    }

    /// Where the axis passes from as many threads as cores to more.
    fn start_beyond_cores(&self) -> Option<f64> {
        let first = self.steps.iter().position(|step| step.beyond_cores)?;
        let beyond = self.steps[first].value;
        let within = first.checked_sub(1).map(|last| self.steps[last].value);
        Some(within.map_or(self.ends().0, |within| (within + beyond) / 2.0))
    }

    /// The speed-up on one thread: what perfect sharing multiplies.
    fn alone(&self) -> f64 {
        self.value.alone.and_then(number).unwrap_or(1.0)
    }

    /// What perfect sharing gives: with more threads than cores, no more than with as many.
    fn ideal(&self, threads: f64) -> f64 {
        if self.by_threads() { self.alone() * threads.min(self.cores) } else { 1.0 }
    }

    fn axis(&self, format: Format) -> Axis {
        let (low, high) = self.ends();
        if !self.by_threads() {
            return Axis::logarithmic(self.over, low..high);
        }
        let threads = self.steps.iter().map(|step| step.value).collect();
        let gap = (high - low) * 26.0 / format.width();
        Axis::linear(self.over, low..high, 0).with_ticks(space_out(threads, gap))
    }

    fn draw(&self, area: &Area, format: Format) -> Result<()> {
        let (low, high) = self.ends();
        let measured = self.steps.iter().filter_map(|step| Some((step.value, step.speed_up?)));
        let measured: Vec<(f64, Interval)> = measured.collect();
        let highest = measured.iter().map(|(_, speed_up)| speed_up.high());
        let top = highest
            .chain(self.capacity.map(|capacity| self.alone() * capacity.high()))
            .fold(self.ideal(high), f64::max)
            * 1.08;
        let name = format!("speed-up (1 = {})", self.baseline);
        let fits = text_width(&name, format.letters()) < format.pick(HEIGHT[0], HEIGHT[1]) * 0.8;
        let name = if fits { &name } else { "speed-up" };
        let plot = chart(area, format, self.axis(format), Axis::linear(name, 0.0..top, 6))?;

        if let Some(from) = self.start_beyond_cores() {
            let shade = [(from, 0.0), (high, top)];
            plot.draw(&Rectangle::new(shade, Role::Beyond.mix(0.7).filled()))?;
        }
        if let Some(capacity) = self.capacity {
            let alone = self.alone();
            let band = [(low, alone * capacity.low()), (high, alone * capacity.high())];
            plot.draw(&Rectangle::new(band, Role::Capacity.mix(BAND).filled()))?;
            let middle = [low, high].map(|x| (x, alone * capacity.median));
            plot.draw(&line(middle.to_vec(), Role::Capacity, 1.5))?;
        }
        let bend = Some(self.cores).filter(|cores| (low..high).contains(cores));
        let ideal = [Some(low.max(0.0)), bend, Some(high)];
        let ideal = ideal.into_iter().flatten().map(|threads| (threads, self.ideal(threads)));
        plot.draw(&line(ideal.collect(), Role::Ideal, 1.5))?;
        let medians = measured.iter().map(|(x, speed_up)| (*x, speed_up.median));
        plot.draw(&line(medians.collect(), Role::Measured, 2.0))?;
        for (x, speed_up) in measured {
            let ends = speed_up.ends.map(|(low, high)| ((x, low), (x, high)));
            plot.draw(&Dot::new((x, speed_up.median), ends, Role::Measured))?;
            if self.knee().is_some_and(|knee| knee.value == x) {
                let ring = Circle::new((x, speed_up.median), px(10.0), Role::Knee.line(2.5));
                plot.draw(&ring)?;
            }
        }
        Ok(())
    }
}
