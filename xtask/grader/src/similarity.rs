//! Which submissions are the same code, however it is formatted: an observation, without a judgement.
//!
//! What is compared is the code's tokens, from a lexer that calls nothing recursively: the code is hostile, and nothing
//! confines what reads it here.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use crate::digest;
use crate::intake::SourceFile;
use crate::record::{Outcome, Record};

mod tokens;

/// Students whose code for one lesson is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameCode {
    pub lesson: String,
    /// By name; at least one, and at least two where the model is not among them.
    pub students: Vec<String>,
    /// Whether the model solution is the same code too.
    pub model: bool,
}

/// The likeness of a submission: equal for those that rustfmt makes equal, comments aside. `None` if a file is no
/// sequence of Rust's tokens: rustfmt could not format it either.
pub fn token_fingerprint(files: &[SourceFile]) -> Option<String> {
    let mut parts = Vec::new();
    for file in files {
        parts.push(file.path.clone());
        // No token has a line break in it but a string literal, which has its quotes around.
        parts.push(tokens::of(file.text.parse().ok()?).join("\n"));
    }
    Some(digest::hex(parts.iter().map(String::as_bytes)))
}

/// Who handed in the same code, by lesson. Skeletons are left out. `models` has the likeness of each lesson's model
/// solution.
pub fn same_code_groups(records: &[Record], models: &BTreeMap<String, String>) -> Vec<SameCode> {
    let mut groups = BTreeMap::<(&str, &str), Vec<&str>>::new();
    for record in records {
        let started = record.outcome != Outcome::NotStarted;
        if let (true, Some(lesson), Some(likeness)) =
            (started, &record.lesson, &record.token_fingerprint)
        {
            groups
                .entry((lesson, likeness))
                .or_default()
                .push(&record.student);
        }
    }
    let alike = groups
        .into_iter()
        .map(|((lesson, likeness), mut students)| {
            students.sort_unstable();
            SameCode {
                lesson: lesson.to_owned(),
                students: students.into_iter().map(str::to_owned).collect(),
                model: models.get(lesson).is_some_and(|model| model == likeness),
            }
        });
    let mut alike: Vec<_> = alike
        .filter(|alike| alike.model || alike.students.len() > 1)
        .collect();
    alike.sort_by(|one, other| (&one.lesson, &one.students).cmp(&(&other.lesson, &other.students)));
    alike
}

/// `02-chunked-integration: the same code after formatting: ann, bob`.
impl Display for SameCode {
    fn fmt(&self, words: &mut fmt::Formatter) -> fmt::Result {
        let model = if self.model {
            ", the model solution"
        } else {
            ""
        };
        write!(
            words,
            "{}: the same code after formatting: {}{model}",
            self.lesson,
            self.students.join(", ")
        )
    }
}

#[cfg(test)]
mod tests;
