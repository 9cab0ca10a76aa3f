//! The results of one run of `grade`, from which all tables and pages are made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::record::{Outcome, Record};
use crate::shard::Shard;
use crate::similarity::{self, SameCode};

/// The results of a run. They hold every record, each of about 60 KiB at most and usually 1 KiB.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// The fingerprint of the course that graded. Results of different courses cannot be compared.
    pub course: String,
    /// The part of the class that was graded, if not all of it.
    pub shard: Option<Shard>,
    /// Sentences on what confined the submissions.
    pub confinement: Vec<String>,
    /// Sentences on what else the instructor should know.
    pub notes: Vec<String>,
    /// The token fingerprint of each lesson's model solution.
    pub models: BTreeMap<String, String>,
    /// Sorted by student and lesson.
    pub records: Vec<Record>,
}

impl Results {
    /// Sorts the records by student and lesson.
    pub fn sort(&mut self) {
        self.records.sort_by(|one, other| {
            (&one.student, &one.lesson).cmp(&(&other.student, &other.lesson))
        });
    }

    /// The number of records of each outcome that occurs, in the order of [`Outcome`].
    pub fn counts(&self) -> BTreeMap<Outcome, usize> {
        let mut counts = BTreeMap::new();
        for record in &self.records {
            *counts.entry(record.outcome).or_default() += 1;
        }
        counts
    }

    /// The groups of students with the same code.
    pub fn alike(&self) -> Vec<SameCode> {
        similarity::same_code_groups(&self.records, &self.models)
    }
}
