//! Decides which files of a student's folder to read. It is pure, since every name may be hostile.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::entry::{Entry, EntryKind, is_hidden, is_searched};
use super::limits;
use super::refusal::{Refusal, display_path};
use crate::sanitize;

/// The lessons to search for, by the names of their folders.
#[derive(Clone, Copy, Debug)]
pub struct Lessons<'a> {
    /// All lessons of the course: `02-chunked-integration`.
    pub known: &'a [&'a str],
    /// The only lesson to grade, if any. Code in a folder without a lesson's name then belongs to this lesson.
    pub only: Option<&'a str>,
}

/// The submissions in a student's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Sorted by lesson, one for each.
    pub submissions: Vec<PlannedSubmission>,
    /// The sanitized paths of folders named like a lesson that this course does not have.
    pub unknown: Vec<String>,
}

/// The submission for one lesson, not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedSubmission {
    pub lesson: String,
    pub files: Result<SubmissionFiles, Refusal>,
}

/// The files of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionFiles {
    /// The folder of `lib.rs`, relative to the student's folder.
    pub root: PathBuf,
    /// Relative to `root`, sorted: `chunks/mod.rs`, `lib.rs`. All are UTF-8.
    pub code: Vec<PathBuf>,
    /// The sanitized paths of files that are not code.
    pub ignored: Vec<String>,
}

/// Finds the submissions among the entries of a student's folder, which may be in any order.
///
/// A submission is a folder with the name of a lesson. Its code is in `src`, or, without `src`, next to `lib.rs`.
///
/// # Errors
///
/// There is no submission, not even one to refuse, for any of the lessons.
pub fn plan(entries: &[Entry], lessons: Lessons) -> Result<Plan, Refusal> {
    let entries: BTreeMap<&Path, &EntryKind> =
        entries.iter().map(|entry| (entry.path.as_path(), &entry.kind)).collect();
    let mut of_lesson = BTreeMap::<&str, Vec<&Path>>::new();
    let mut unknown = Vec::new();
    let mut unnumbered = Vec::new();
    for place in candidate_folders(&entries) {
        let name = place.file_name().and_then(OsStr::to_str);
        let lesson = lessons.known.iter().find(|known| name == Some(known));
        match lesson {
            Some(lesson) => of_lesson.entry(lesson).or_default().push(place),
            None if name.is_some_and(is_numbered) => unknown.push(display_path(place)),
            None => unnumbered.push(place),
        }
    }
    if let Some(only) = lessons.only {
        of_lesson.retain(|lesson, _| *lesson == only);
        if of_lesson.is_empty() && !unnumbered.is_empty() {
            of_lesson.insert(only, std::mem::take(&mut unnumbered));
        }
    }
    if of_lesson.is_empty() {
        return Err(explain_empty_plan(&entries, &unnumbered, unknown, lessons.only));
    }
    let submissions = of_lesson.into_iter().map(|(lesson, places)| PlannedSubmission {
        lesson: lesson.to_owned(),
        files: match places[..] {
            [one, other, ..] => Err(Refusal::Twice(display_path(one), display_path(other))),
            _ => files(places[0], &entries),
        },
    });
    Ok(Plan { submissions: submissions.collect(), unknown })
}

/// The folders that may be submissions: those with code, and those named like a lesson.
fn candidate_folders<'a>(entries: &BTreeMap<&'a Path, &EntryKind>) -> BTreeSet<&'a Path> {
    let mut places = BTreeSet::new();
    for (path, kind) in entries {
        let (Some(name), Some(around)) = (path.file_name(), path.parent()) else {
            continue;
        };
        // An entry that cannot be searched may still have the name of a lesson.
        let is_listed = around.as_os_str().is_empty() || is_searched(around);
        if !is_listed || around.iter().any(|name| name == "src") {
            continue;
        }
        if name == "src" || name == "lib.rs" {
            places.insert(around);
        } else if name.to_str().is_some_and(is_numbered) && **kind != EntryKind::File {
            places.insert(path);
        }
    }
    // Tools unpack an archive into a folder of its name: `02-chunked-integration/02-chunked-integration/src`.
    let wraps_another = |place: &&Path| {
        let has_code =
            ["src", "lib.rs"].iter().any(|code| entries.contains_key(place.join(code).as_path()));
        !has_code && places.contains(place.join(place.file_name().unwrap_or_default()).as_path())
    };
    places.iter().copied().filter(|place| !wraps_another(place)).collect()
}

/// Whether the name is `NN-slug`, like a lesson's.
fn is_numbered(name: &str) -> bool {
    name.split_once('-').is_some_and(|(number, slug)| {
        number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit()) && !slug.is_empty()
    })
}

/// The files of one submission.
fn files(place: &Path, entries: &BTreeMap<&Path, &EntryKind>) -> Result<SubmissionFiles, Refusal> {
    if let Some(kind) = entries.get(place) {
        check_readable(place, kind)?;
    }
    let src = place.join("src");
    let (root, flat) = match entries.get(src.as_path()) {
        Some(kind) => {
            check_readable(&src, kind)?;
            (src, false)
        }
        None => (place.to_path_buf(), true),
    };
    let mut code = Vec::new();
    let mut ignored = Vec::new();
    for (path, kind) in entries {
        let Ok(within) = path.strip_prefix(&root) else {
            continue;
        };
        let is_code = path.extension().is_some_and(|extension| extension == "rs");
        let beside = flat && (within.iter().count() > 1 || !is_code);
        if beside || within.iter().next().is_none() || within.iter().any(is_hidden) {
            continue;
        }
        check_readable(path, kind)?;
        match kind {
            EntryKind::File if !is_code => ignored.push(display_path(within)),
            // Otherwise rustc cannot get the path, or show it in its messages.
            EntryKind::File
                if !within.iter().all(|name| name.to_str().is_some_and(sanitize::is_plain)) =>
            {
                return Err(Refusal::UnfitName(display_path(path)));
            }
            EntryKind::File => code.push(within.to_path_buf()),
            _ if !flat && !is_searched(path) => return Err(Refusal::TooDeep(display_path(path))),
            _ => {}
        }
    }
    if !code.iter().any(|file| file == Path::new("lib.rs")) {
        return Err(Refusal::NoCode(display_path(place)));
    }
    if code.len() > limits::FILES {
        return Err(Refusal::TooManyFiles);
    }
    Ok(SubmissionFiles { root, code, ignored })
}

/// Refuses an entry that is neither a file nor a folder, or cannot be read.
pub(super) fn check_readable(path: &Path, kind: &EntryKind) -> Result<(), Refusal> {
    match kind {
        EntryKind::Folder | EntryKind::File => Ok(()),
        EntryKind::Link => Err(Refusal::Link(display_path(path))),
        EntryKind::Special => Err(Refusal::Special(display_path(path))),
        EntryKind::Unreadable(why) => Err(Refusal::Unreadable(display_path(path), why.clone())),
    }
}

/// Why there is no submission.
fn explain_empty_plan(
    entries: &BTreeMap<&Path, &EntryKind>,
    unnumbered: &[&Path],
    unknown: Vec<String>,
    only: Option<&str>,
) -> Refusal {
    if let Some(place) = unnumbered.first() {
        let src = place.join("src");
        let is_src = entries.contains_key(src.as_path());
        let code = if is_src { src } else { place.join("lib.rs") };
        return Refusal::Unnumbered(display_path(&code));
    }
    let mut visible = entries.iter().filter(|(path, _)| !path.iter().any(is_hidden)).peekable();
    if visible.peek().is_none() {
        return Refusal::Empty;
    }
    visible
        .find_map(|(path, kind)| check_readable(path, kind).err())
        .or(only.map(|only| Refusal::NotHandedIn(only.to_owned())))
        .or(unknown.into_iter().next().map(Refusal::UnknownLesson))
        .unwrap_or(Refusal::NoLesson)
}

#[cfg(test)]
mod tests;
