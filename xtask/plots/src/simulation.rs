//! What more workers would make of the witnessed pieces: computed, not measured, and drawn apart.

use anyhow::Result;
use measure::protocol;

use crate::axis::Axis;
use crate::document::{count_of, number};
use crate::figure::{Block, Format, chart};
use crate::ink::Area;
use crate::key::Mark;
use crate::numbers::{count_text, plain, significant};
use crate::palette::{Role, line};

pub struct Simulation {
    tasks: Option<f64>,
    limit: Option<f64>,
    /// Workers and their speed-up.
    steps: Vec<(f64, f64)>,
}

/// The ticks of an axis of workers.
const WORKERS: [f64; 9] = [1.0, 8.0, 16.0, 24.0, 32.0, 40.0, 48.0, 56.0, 64.0];

impl Simulation {
    /// None, if nothing was simulated.
    pub fn new(simulation: &protocol::Simulation) -> Option<Self> {
        let step = |step: &protocol::SimulationStep| {
            Some((count_of(step.workers)?, step.speed_up.and_then(number)?))
        };
        let steps: Vec<(f64, f64)> = simulation.steps.iter().filter_map(step).collect();
        (!steps.is_empty()).then(|| Simulation {
            tasks: simulation.tasks.and_then(count_of),
            limit: simulation.limit.and_then(number),
            steps,
        })
    }

    pub fn label(&self) -> String {
        let last = self.steps.last().copied().unwrap_or_default();
        format!(
            "Simulation: {} gives a speed-up of {}; the split’s limit is {}",
            count_text(last.0, "worker"),
            significant(last.1),
            plain(self.limit)
        )
    }

    pub fn caption(&self) -> String {
        let tasks = self.tasks.map(|tasks| count_text(tasks, "task"));
        format!(
            "A simulation, not a measurement: the witnessed durations of {}, handed to 1 to {:.0} workers that never \
             disturb each other.",
            tasks.as_deref().unwrap_or("the tasks"),
            self.most_workers()
        )
    }

    fn most_workers(&self) -> f64 {
        self.steps.iter().fold(1.0, |most, step| most.max(step.0))
    }

    pub fn blocks(&self) -> Vec<Block<'_>> {
        let mut key = vec![
            (Mark::Line(Role::Simulated), "simulated".to_owned()),
            (Mark::Line(Role::Ideal), "ideal".to_owned()),
        ];
        if let Some(limit) = self.limit {
            let place = if limit > self.top() { ", above this picture" } else { "" };
            let words = format!("limit of this split: {}×{place}", significant(limit));
            key.push((Mark::Line(Role::Limit), words));
        }
        vec![
            Block::Heading("simulation".to_owned()),
            Block::Key(key),
            Block::chart([220.0, 260.0], |area, format| self.draw(area, format)),
        ]
    }

    /// The top of the axis: as high as perfect sharing, but not so high that the curve lies on the floor.
    fn top(&self) -> f64 {
        let best = self.steps.iter().fold(1.0, |best, step| step.1.max(best));
        f64::min(self.most_workers(), best * 1.6).max(best) * 1.05
    }

    fn draw(&self, area: &Area, format: Format) -> Result<()> {
        let (workers, top) = (self.most_workers(), self.top());
        let (right, most) = (workers * 1.03, workers.min(top));
        let ticks = WORKERS.into_iter().filter(|tick| *tick <= workers).collect();
        let across = Axis::linear("workers", 0.0..right, 0).with_ticks(ticks);
        let plot = chart(area, format, across, Axis::linear("simulated speed-up", 0.0..top, 5))?;
        plot.draw(&line(vec![(1.0, 1.0), (most, most)], Role::Ideal, 1.5))?;
        if let Some(limit) = self.limit.filter(|limit| *limit <= top) {
            plot.draw(&line(vec![(0.0, limit), (right, limit)], Role::Limit, 2.0))?;
        }
        plot.draw(&line(self.steps.clone(), Role::Simulated, 2.5))?;
        Ok(())
    }
}
