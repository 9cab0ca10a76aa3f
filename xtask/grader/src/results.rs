//! What one run of `grade` found: the value from which every table and page is made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::{Outcome, Record};
use crate::shard::Shard;
use crate::similarity::{self, SameCode};

/// All that is known at a run's end. It holds every record, each of some 60 KiB at most and 1 KiB as a rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// The fingerprint of the course that graded: results of different courses are not to be compared.
    pub course: String,
    /// Which part of the class was graded, if not all of it.
    pub shard: Option<Shard>,
    /// What confined the submissions and what did not, a line each.
    pub confinement: Vec<String>,
    /// What else the instructor should know, a line each.
    pub notes: Vec<String>,
    /// The likeness of each lesson's model solution.
    pub models: BTreeMap<String, String>,
    /// By student and lesson.
    pub records: Vec<Record>,
}

impl Results {
    /// Puts the records into the order that every table has.
    pub fn sort(&mut self) {
        self.records.sort_by(|one, other| {
            (&one.student, &one.lesson).cmp(&(&other.student, &other.lesson))
        });
    }

    /// How many records there are of each outcome that occurs, in the order of the legend.
    pub fn counts(&self) -> Vec<(Outcome, usize)> {
        let count = |outcome| {
            self.records
                .iter()
                .filter(|record| record.outcome == outcome)
                .count()
        };
        let counts = Outcome::ALL.map(|outcome| (outcome, count(outcome)));
        counts.into_iter().filter(|(_, count)| *count > 0).collect()
    }

    /// Who handed in the same code.
    pub fn alike(&self) -> Vec<SameCode> {
        similarity::same_code_groups(&self.records, &self.models)
    }
}
