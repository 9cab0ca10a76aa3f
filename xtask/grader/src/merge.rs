//! The results of many machines as one.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};

use crate::record::{Outcome, Record};
use crate::results::Results;

/// The results of one machine, and what they are called: the folder they came from.
#[derive(Clone, Debug)]
pub struct Part {
    pub name: String,
    pub results: Results,
}

/// All parts as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    pub results: Results,
    /// What is missing, and what contradicts itself, a line each; they are among the notes of the results too.
    pub faults: Vec<String>,
}

/// Joins parts, the later ones later. Of two records of one submission the later counts, unless it is an accident of
/// the grader's; of two different submissions of one student for one lesson the first counts, and a fault names both.
///
/// # Errors
///
/// There is no part, or the parts are of different courses or of different divisions of the class.
pub fn merge(parts: Vec<Part>) -> Result<Merged> {
    let first = parts
        .first()
        .context("there are no results to merge; name the folders that `grade` wrote")?;
    for part in &parts {
        ensure!(
            part.results.course == first.results.course,
            "`{}` was graded by the course {} and `{}` by the course {}; \
             grade both with one version of the course, then merge them",
            first.name,
            short(&first.results.course),
            part.name,
            short(&part.results.course),
        );
    }
    let mut faults: Vec<String> = missing(&parts)?.into_iter().collect();
    let mut results = Results {
        course: first.results.course.clone(),
        shard: None,
        confinement: attributed(&parts, |results| &results.confinement),
        notes: attributed(&parts, |results| &results.notes),
        models: BTreeMap::new(),
        records: Vec::new(),
    };
    let mut records = BTreeMap::<(String, Option<String>), (String, Record)>::new();
    for Part {
        name,
        results: part,
    } in parts
    {
        results.models.extend(part.models);
        for record in part.records {
            let key = (record.student.clone(), record.lesson.clone());
            match records.get(&key) {
                Some((other, kept)) if kept.fingerprint != record.fingerprint => faults.push(format!(
                    "{} handed in two submissions for {}, one in `{other}`, which counts, and another in `{name}`, which does not",
                    record.student,
                    record.lesson.as_deref().unwrap_or("no lesson"),
                )),
                Some((_, kept)) if record.outcome == Outcome::NotGraded && kept.outcome != Outcome::NotGraded => {}
                _ => {
                    records.insert(key, (name.clone(), record));
                }
            }
        }
    }
    results.records = records.into_values().map(|(_, record)| record).collect();
    results.notes.extend(faults.iter().cloned());
    Ok(Merged { results, faults })
}

/// A sentence about the shards that nobody brought.
fn missing(parts: &[Part]) -> Result<Option<String>> {
    let mut shards = parts
        .iter()
        .filter_map(|part| Some((part, part.results.shard?)));
    let Some((first, one)) = shards.next() else {
        return Ok(None);
    };
    let mut there = BTreeSet::from([one.number()]);
    for (part, shard) in shards {
        ensure!(
            shard.of() == one.of(),
            "`{}` is shard {one} and `{}` is shard {shard}; merge shards of one division",
            first.name,
            part.name,
        );
        there.insert(shard.number());
    }
    let missing: Vec<_> = (1..=one.of())
        .filter(|number| !there.contains(number))
        .map(|number| number.to_string())
        .collect();
    Ok(match &missing[..] {
        [] => None,
        [only] => Some(format!("shard {only} of {} is missing", one.of())),
        [most @ .., last] => Some(format!(
            "shards {} and {last} of {} are missing",
            most.join(", "),
            one.of()
        )),
    })
}

/// The lines of all parts, each once; one that not all of them have says which do.
fn attributed(parts: &[Part], lines: impl Fn(&Results) -> &Vec<String>) -> Vec<String> {
    let mut from = Vec::<(&str, Vec<&str>)>::new();
    for part in parts {
        for line in lines(&part.results) {
            match from.iter_mut().find(|(known, _)| known == line) {
                Some((_, names)) if names.contains(&&*part.name) => {}
                Some((_, names)) => names.push(&part.name),
                None => from.push((line, vec![&part.name])),
            }
        }
    }
    let attributed = from.into_iter().map(|(line, names)| {
        if names.len() == parts.len() {
            line.to_owned()
        } else {
            format!("{}: {line}", names.join(", "))
        }
    });
    attributed.collect()
}

/// The beginning of a fingerprint: enough for people to tell two apart.
fn short(fingerprint: &str) -> String {
    fingerprint.chars().take(12).collect()
}

#[cfg(test)]
mod tests;
