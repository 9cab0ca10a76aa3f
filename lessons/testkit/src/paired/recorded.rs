//! Rounds that were measured on a real machine, and the decisions on them.
//!
//! Each file under `recorded/` begins with its birthplace: the machine, the command and the date.

use super::rounds::{INTERIM_LOOKS, Round, decide};
use super::{Decision, Reason};

fn rounds_in(csv: &str) -> Vec<Round> {
    csv.lines().filter(|line| !line.starts_with('#')).map(round).collect()
}

fn round(line: &str) -> Round {
    let seconds: Vec<f64> =
        line.split(',').map(|field| field.parse().expect("a number of seconds")).collect();
    let [serial, control_one, control_all, subject] = seconds[..] else {
        panic!("four arms, not `{line}`")
    };
    Round { serial, control_one, control_all, subject, subject_cores: None }
}

/// The decision at each look that these rounds reach.
fn decisions(csv: &str) -> Vec<Decision> {
    let rounds = rounds_in(csv);
    INTERIM_LOOKS
        .into_iter()
        .filter(|&look| look <= rounds.len())
        .map(|look| decide(&rounds[..look]))
        .collect()
}

#[test]
fn on_a_quiet_machine_parallel_code_is_faster_at_the_first_look() {
    assert_eq!(decisions(include_str!("recorded/quiet-parallel.csv")), [Decision::Faster]);
}

#[test]
fn on_a_quiet_machine_serial_code_is_not_faster_at_the_first_look() {
    assert_eq!(decisions(include_str!("recorded/quiet-serial.csv")), [Decision::NotFaster]);
}

#[test]
fn beside_a_busy_neighbour_nothing_is_said_of_either() {
    for csv in
        [include_str!("recorded/busy-parallel.csv"), include_str!("recorded/busy-serial.csv")]
    {
        let decisions = decisions(csv);
        assert_eq!(decisions.len(), INTERIM_LOOKS.len(), "all looks are taken");
        assert!(
            decisions
                .iter()
                .all(|decision| matches!(decision, Decision::CannotJudge(Reason::Busy { .. }))),
            "{decisions:?}"
        );
    }
}
