//! Joins the results of several machines.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};

use crate::record::{Outcome, Record};
use crate::results::Results;

/// The results of one machine, and the name of their folder.
#[derive(Clone, Debug)]
pub struct Part {
    pub name: String,
    pub results: Results,
}

/// The joined results.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    pub results: Results,
    /// Sentences on missing shards and on contradictions. The notes of the results hold them too.
    pub faults: Vec<String>,
}

/// Joins parts. Of two records of the same submission the later one counts, unless the grader failed there; of two different
/// submissions of one student for one lesson the first one counts, and a fault names both.
///
/// # Errors
///
/// There are no parts, or they are from different courses or different divisions of the class.
pub fn merge(parts: Vec<Part>) -> Result<Merged> {
    let first = parts
        .first()
        .context("there are no results to merge; name the folders that `grade` wrote")?;
    for part in &parts {
        ensure!(
            part.results.course == first.results.course,
            "`{}` was graded by the course {:.12} and `{}` by the course {:.12}; \
             grade both with one version of the course, then merge them",
            first.name,
            first.results.course,
            part.name,
            part.results.course,
        );
    }
    let mut faults: Vec<String> = missing(&parts)?.into_iter().collect();
    let mut results = Results {
        course: first.results.course.clone(),
        shard: None,
        confinement: join_lines(&parts, |results| &results.confinement),
        notes: join_lines(&parts, |results| &results.notes),
        models: BTreeMap::new(),
        records: Vec::new(),
    };
    let mut records = BTreeMap::<(String, Option<String>), (String, Record)>::new();
    for Part { name, results: part } in parts {
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

/// A sentence on the missing shards, if there are any.
fn missing(parts: &[Part]) -> Result<Option<String>> {
    let mut shards = parts.iter().filter_map(|part| Some((part, part.results.shard?)));
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
        [most @ .., last] => {
            Some(format!("shards {} and {last} of {} are missing", most.join(", "), one.of()))
        }
    })
}

/// The lines of all parts, each once. The names of its parts precede a line that is not in all of them.
fn join_lines(parts: &[Part], lines: impl Fn(&Results) -> &Vec<String>) -> Vec<String> {
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

#[cfg(test)]
mod tests;
