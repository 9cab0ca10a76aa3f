//! A simulated machine of two cores on which the whole procedure is run thousands of times, to count how often it errs.

use std::f64::consts::TAU;
use std::fmt::Write;

use fastrand::Rng;

use super::Decision;
use super::rounds::{Arm, Timing, decide, race};

/// What goes on beside the comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Scenario {
    /// Each run differs by 2 %.
    Quiet,
    /// Each run differs by 20 %.
    Noise,
    /// The machine's speed swings by 30 % up and down, within the comparison.
    Drift,
    /// Every sixth run is interrupted for as long as itself, on average.
    Spikes,
    /// Another program keeps one of the two cores busy.
    BusyNeighbour,
    /// Another program does that at times: it comes and goes every hundredth of a second, every second, or anything between.
    NeighbourComesAndGoes,
}

const SCENARIOS: [Scenario; 6] = [
    Scenario::Quiet,
    Scenario::Noise,
    Scenario::Drift,
    Scenario::Spikes,
    Scenario::BusyNeighbour,
    Scenario::NeighbourComesAndGoes,
];

/// What the subject would gain on a quiet machine: serial code posing as parallel, with and without a loss; a middling
/// gain; nearly all that two cores give.
const TRUE_RATIOS: [f64; 4] = [0.8, 1.0, 1.5, 1.9];

/// What two cores give to work that is parallel throughout.
const TWO_CORES: f64 = 1.95;

/// In seconds: the serial baseline, and the control on one thread, on a quiet machine.
const SERIAL: f64 = 0.02;

struct Machine {
    scenario: Scenario,
    true_ratio: f64,
    rng: Rng,
    /// Seconds since the comparison began.
    now: f64,
    neighbour: bool,
    /// When the neighbour comes or goes next.
    until: f64,
    /// In seconds: how long it stays, and stays away, on average.
    visit: f64,
    /// Where in its swing a drifting machine is at first.
    phase: f64,
}

impl Machine {
    fn new(scenario: Scenario, true_ratio: f64, seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let visit = 10_f64.powf(-2.0 * rng.f64());
        let (neighbour, until) = match scenario {
            Scenario::BusyNeighbour => (true, f64::INFINITY),
            Scenario::NeighbourComesAndGoes => (rng.bool(), visit * exponential(&mut rng)),
            _ => (false, f64::INFINITY),
        };
        let phase = rng.f64() * TAU;
        Self { scenario, true_ratio, rng, now: 0.0, neighbour, until, visit, phase }
    }

    fn time(&mut self, arm: Arm) -> Timing {
        let began = self.now;
        // By Amdahl's law: the share that is parallel, so that two cores give the true ratio.
        let (work, parallel) = match arm {
            Arm::Serial | Arm::ControlOne => (SERIAL, 0.0),
            Arm::ControlAll => (SERIAL, 1.0),
            Arm::Subject if self.true_ratio <= 1.0 => (SERIAL / self.true_ratio, 0.0),
            Arm::Subject => (SERIAL, (1.0 - 1.0 / self.true_ratio) / (1.0 - 1.0 / TWO_CORES)),
        };
        let work = work * self.disturbance();
        // With a neighbour, serial work is moved about now and then; parallel work has a core and what is left of the
        // other, from nothing (two equal shares, one of which waits) to a fair third of three threads' time.
        let beside_neighbour = (0.85 + 0.15 * self.rng.f64(), 0.5 + 0.17 * self.rng.f64());
        self.spend(work * (1.0 - parallel), beside_neighbour.0);
        self.spend(work * parallel / TWO_CORES, beside_neighbour.1);
        Timing { seconds: self.now - began, cores: None }
    }

    fn disturbance(&mut self) -> f64 {
        let of_every_machine = (0.02 * gaussian(&mut self.rng)).exp();
        let of_this_one = match self.scenario {
            Scenario::Noise => (0.2 * gaussian(&mut self.rng)).exp(),
            Scenario::Spikes if self.rng.u8(..6) == 0 => 1.0 + exponential(&mut self.rng),
            Scenario::Drift => 1.0 + 0.3 * (TAU * self.now + self.phase).sin(),
            _ => 1.0,
        };
        of_every_machine * of_this_one
    }

    /// Lets this many seconds' work pass, slowed while the neighbour is there.
    fn spend(&mut self, mut work: f64, beside_neighbour: f64) {
        loop {
            let speed = if self.neighbour { beside_neighbour } else { 1.0 };
            let done_at = self.now + work / speed;
            if done_at <= self.until {
                self.now = done_at;
                return;
            }
            work -= (self.until - self.now) * speed;
            self.now = self.until;
            self.neighbour = !self.neighbour;
            self.until += self.visit * exponential(&mut self.rng);
        }
    }
}

/// Of mean 1.
fn exponential(rng: &mut Rng) -> f64 {
    -(1.0 - rng.f64()).ln()
}

/// Of mean 0 and deviation 1, by Box and Muller.
fn gaussian(rng: &mut Rng) -> f64 {
    (2.0 * exponential(rng)).sqrt() * (TAU * rng.f64()).cos()
}

/// How the comparisons of one scenario and one true ratio ended, each as a share of all.
struct Rates {
    faster: f64,
    not_faster: f64,
    rounds: f64,
}

const RUNS: u64 = 2000;

fn rates(scenario: Scenario, true_ratio: f64) -> Rates {
    let (mut faster, mut not_faster, mut rounds) = (0, 0, 0);
    for seed in 0..RUNS {
        let mut machine = Machine::new(scenario, true_ratio, seed);
        let seen = race(&mut Rng::with_seed(seed), |arm| machine.time(arm));
        rounds += seen.len();
        match decide(&seen) {
            Decision::Faster => faster += 1,
            Decision::NotFaster => not_faster += 1,
            Decision::CannotJudge(_) => {}
        }
    }
    let share = |count: usize| count as f64 / RUNS as f64;
    Rates { faster: share(faster), not_faster: share(not_faster), rounds: share(rounds) }
}

#[test]
fn in_no_scenario_is_more_than_one_judgement_in_a_hundred_wrong() {
    let mut table = String::new();
    let mut faults = String::new();
    for scenario in SCENARIOS {
        for true_ratio in TRUE_RATIOS {
            let Rates { faster, not_faster, rounds } = rates(scenario, true_ratio);
            let case = format!("{scenario:?} {true_ratio}");
            writeln!(
                table,
                "{case:27} faster {:6.2} %  not faster {:6.2} %  {rounds:4.1} rounds",
                100.0 * faster,
                100.0 * not_faster
            )
            .unwrap();
            let wrong = if true_ratio <= 1.0 { faster } else { not_faster };
            if wrong > 0.01 {
                writeln!(faults, "{case}: {wrong}").unwrap();
            }
            let right = if true_ratio <= 1.0 { not_faster } else { faster };
            if scenario == Scenario::Quiet && right < 0.95 {
                writeln!(faults, "{case}: only {right} right").unwrap();
            }
        }
    }
    println!("{table}");
    assert!(faults.is_empty(), "{faults}");
}
