//! What is read of one submission: a page for the student, which shows no unseen case, and a page for the instructor,
//! which shows everything.

use std::path::PathBuf;

pub mod folder;
pub mod markdown;
mod pages;

use crate::record::Record;

/// Two pages with the files they belong into, below the folder of the results: `feedback/ann/02-chunked-integration.md`
/// is the student's, `instructor/ann/02-chunked-integration.md` the instructor's. `folder` is the student's, of
/// [`folder::folders`]; `class` is the folder that is graded, as it was typed.
pub fn pages(record: &Record, folder: &str, class: &str) -> [(PathBuf, String); 2] {
    let lesson = record.lesson.as_deref().unwrap_or("no-lesson");
    let file = format!("{}.md", folder::component(lesson));
    let place = |view: &str| [view, folder, &file].iter().collect();
    [
        (place("feedback"), pages::student(&students_view(record))),
        (place("instructor"), pages::instructor(record, class)),
    ]
}

/// The record without what a student may not know: the unseen cases, of which only the claims are left, and what could
/// tell of them (the output, since it may print what it was asked; the seed; what the instructor should look at).
pub fn students_view(record: &Record) -> Record {
    let mut view = Record::new(
        &record.student,
        record.lesson.as_deref(),
        record.outcome,
        &record.reason,
    );
    view.errors = record.errors.clone();
    view.failed_claims = record.failed_claims.clone();
    for complaint in view
        .failed_claims
        .iter_mut()
        .filter(|complaint| complaint.unseen)
    {
        complaint.seen.clear();
        complaint.expected.clear();
    }
    view.compiling_s = record.compiling_s;
    view.testing_s = record.testing_s;
    view
}

#[cfg(test)]
mod tests;
