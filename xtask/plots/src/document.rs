//! What the pictures need of a document. What could not be had is a number that is not there.

use measure::protocol::Header;

use crate::numbers::count_text;

/// A median, and the ends of its 95 % interval where they are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub median: f64,
    pub ends: Option<(f64, f64)>,
}

impl Interval {
    pub fn high(&self) -> f64 {
        self.ends.map_or(self.median, |(_, high)| high)
    }

    pub fn low(&self) -> f64 {
        self.ends.map_or(self.median, |(low, _)| low)
    }
}

/// What can be drawn of an interval.
pub fn interval(interval: measure::Interval) -> Option<Interval> {
    Some(Interval {
        median: number(interval.median)?,
        ends: number(interval.low).zip(number(interval.high)),
    })
}

/// Beyond it no measurement lies, and no axis has ticks.
const ABSURD: f64 = 1e15;

/// A number that can be drawn.
pub fn number(number: f64) -> Option<f64> {
    // NaN is not less than anything.
    (number.abs() < ABSURD).then_some(number)
}

/// A count as a number that can be drawn.
pub fn count_of(count: usize) -> Option<f64> {
    number(count as f64)
}

/// Where the figures come from: the machine, the command, the rounds and the day.
pub fn birthplace(header: &Header, rounds: Option<usize>) -> Vec<String> {
    let machine = &header.machine;
    let cores = count_text(machine.cores_offered as f64, "core");
    let machine = [cores.as_str(), machine.cpu.as_deref().unwrap_or_default(), &machine.system];
    let machine = machine.into_iter().filter(|part| !part.is_empty());
    [
        machine.collect::<Vec<_>>().join(", "),
        header.command.clone(),
        rounds.map_or(String::new(), |rounds| count_text(rounds as f64, "round")),
        header.date.clone(),
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect()
}
