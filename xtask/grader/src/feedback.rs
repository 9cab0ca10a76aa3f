//! The pages of one submission: the student's, which shows no unseen case, and the instructor's, which shows everything.

use std::path::PathBuf;

pub mod folder;
pub mod markdown;
mod pages;

use crate::record::Record;

/// The student's and the instructor's page, each with its path below the folder of the results:
/// `feedback/ann/02-chunked-integration.md` and `instructor/ann/02-chunked-integration.md`.
///
/// `folder` is the student's, from [`folder::folders`]; `class` is the graded folder as the instructor typed it.
pub fn pages(record: &Record, folder: &str, class: &str) -> [(PathBuf, String); 2] {
    let lesson = record.lesson.as_deref().unwrap_or("no-lesson");
    let file = format!("{}.md", folder::component(lesson));
    let place = |view: &str| [view, folder, &file].iter().collect();
    [
        (place("feedback"), pages::student(&students_view(record))),
        (place("instructor"), pages::instructor(record, class)),
    ]
}

/// The record without what a student must not know: the unseen cases, of which only the claims remain, the seed
/// from which they follow, and the flags.
pub fn students_view(record: &Record) -> Record {
    let mut view =
        Record::new(&record.student, record.lesson.as_deref(), record.outcome, &record.reason);
    view.errors = record.errors.clone();
    view.failed_claims = record.failed_claims.clone();
    for failed in view.failed_claims.iter_mut().filter(|failed| failed.unseen) {
        failed.seen.clear();
        failed.expected.clear();
    }
    view.compiling_s = record.compiling_s;
    view.testing_s = record.testing_s;
    view
}

#[cfg(test)]
mod tests;
