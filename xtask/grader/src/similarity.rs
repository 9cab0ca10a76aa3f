//! Finds submissions with the same code, whatever its formatting: an observation without a judgement.
//!
//! It compares tokens. The code is hostile, and is read outside of the sandbox, so nothing here is recursive.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use serde::Serialize;

use crate::digest;
use crate::intake::SourceFile;
use crate::record::{Outcome, Record};

mod tokens;

/// Students with the same code for one lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SameCode {
    pub lesson: String,
    /// Sorted; at least two, or at least one if the model has the same code.
    pub students: Vec<String>,
    /// Whether the model solution has the same code.
    pub model: bool,
}

/// The fingerprint of a submission's tokens: equal for submissions that rustfmt makes equal, apart from comments. `None` if a
/// file is not a sequence of Rust tokens, which rustfmt could not format either.
pub fn token_fingerprint(files: &[SourceFile]) -> Option<String> {
    let parts: Option<Vec<[String; 2]>> = files
        .iter()
        .map(|file| {
            // Only a string literal contains a line break, between its quotes.
            let tokens = tokens::normalize(file.text.parse().ok()?).join("\n");
            Some([file.path.clone(), tokens])
        })
        .collect();
    forget_places();
    Some(digest::hex(parts?.iter().flatten().map(String::as_bytes)))
}

/// The lexer keeps each text, so that a token can tell its place. Nothing asks for it once the tokens are gone.
pub fn forget_places() {
    proc_macro2::extra::invalidate_current_thread_spans();
}

/// The groups of students with the same code, by lesson, without skeletons. `models` holds the token fingerprint of each
/// lesson's model solution.
pub fn same_code_groups(records: &[Record], models: &BTreeMap<String, String>) -> Vec<SameCode> {
    let mut groups = BTreeMap::<(&str, &str), Vec<&str>>::new();
    for record in records {
        let started = record.outcome != Outcome::NotStarted;
        if let (true, Some(lesson), Some(fingerprint)) =
            (started, &record.lesson, &record.token_fingerprint)
        {
            let group = groups.entry((lesson, fingerprint)).or_default();
            group.push(&record.student);
        }
    }
    let groups = groups.into_iter().map(|((lesson, fingerprint), mut students)| {
        students.sort_unstable();
        SameCode {
            lesson: lesson.to_owned(),
            students: students.into_iter().map(str::to_owned).collect(),
            model: models.get(lesson).is_some_and(|model| model == fingerprint),
        }
    });
    let mut groups: Vec<_> =
        groups.filter(|group| group.model || group.students.len() > 1).collect();
    groups
        .sort_by(|one, other| (&one.lesson, &one.students).cmp(&(&other.lesson, &other.students)));
    groups
}

/// `02-chunked-integration: the same code after formatting: ann, bob`.
impl Display for SameCode {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let (lesson, students) = (&self.lesson, self.students.join(", "));
        let model = if self.model { ", the model solution" } else { "" };
        write!(f, "{lesson}: the same code after formatting: {students}{model}")
    }
}

#[cfg(test)]
mod tests;
