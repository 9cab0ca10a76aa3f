//! From what lies in a student's folder to what is taken of it: pure, since every name in it may be hostile.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::entry::{Entry, Kind, enters, is_hidden};
use super::limits;
use super::refusal::{Refusal, shown};
use crate::sanitize;

/// The lessons to look for, by folder name.
#[derive(Clone, Copy, Debug)]
pub struct Lessons<'a> {
    /// All of the course: `02-chunked-integration`.
    pub known: &'a [&'a str],
    /// The one that is asked for. Then code without a lesson's name around it counts as this lesson's.
    pub only: Option<&'a str>,
}

/// What was found in a student's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// By lesson, each once.
    pub submissions: Vec<PlannedSubmission>,
    /// Folders that are called like a lesson but are none of this course, fit to be shown.
    pub unknown: Vec<String>,
}

/// One lesson's submission, before anything of it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedSubmission {
    pub lesson: String,
    pub files: Result<Files, Refusal>,
}

/// What is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The folder of `lib.rs`, from the student's folder on.
    pub root: PathBuf,
    /// From there on, sorted: `lib.rs`, `chunks/mod.rs`. All of them UTF-8.
    pub code: Vec<PathBuf>,
    /// What else lies there, fit to be shown; it is not taken.
    pub ignored: Vec<String>,
}

/// What to take of these entries, which come from one student's folder, in any order.
///
/// A submission is a folder called as the lesson, with its code in `src`, or, if there is no `src`, beside its
/// `lib.rs`.
///
/// # Errors
///
/// There is nothing to take, or to refuse, for any of the lessons.
pub fn plan(entries: &[Entry], lessons: Lessons) -> Result<Plan, Refusal> {
    let entries: BTreeMap<&Path, &Kind> = entries
        .iter()
        .map(|entry| (entry.path.as_path(), &entry.kind))
        .collect();
    let mut of_lesson = BTreeMap::<&str, Vec<&Path>>::new();
    let mut unknown = Vec::new();
    let mut unnumbered = Vec::new();
    for place in places(&entries) {
        let name = place.file_name().and_then(OsStr::to_str);
        let lesson = lessons.known.iter().find(|known| name == Some(known));
        match lesson {
            Some(lesson) => of_lesson.entry(lesson).or_default().push(place),
            None if name.is_some_and(is_numbered) => unknown.push(shown(place)),
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
        return Err(nothing(&entries, &unnumbered, unknown, lessons.only));
    }
    let submissions = of_lesson
        .into_iter()
        .map(|(lesson, places)| PlannedSubmission {
            lesson: lesson.to_owned(),
            files: match places[..] {
                [one, other, ..] => Err(Refusal::Twice(shown(one), shown(other))),
                _ => files(places[0], &entries),
            },
        });
    Ok(Plan {
        submissions: submissions.collect(),
        unknown,
    })
}

/// The folders that may be submissions: with code in them, or called like a lesson.
fn places<'a>(entries: &BTreeMap<&'a Path, &Kind>) -> BTreeSet<&'a Path> {
    let mut places = BTreeSet::new();
    for (path, kind) in entries {
        let (Some(name), Some(around)) = (path.file_name(), path.parent()) else {
            continue;
        };
        // What cannot be looked into may be called like a lesson all the same.
        let is_seen = around.as_os_str().is_empty() || enters(around);
        if !is_seen || around.iter().any(|name| name == "src") {
            continue;
        }
        if name == "src" || name == "lib.rs" {
            places.insert(around);
        } else if name.to_str().is_some_and(is_numbered) && **kind != Kind::File {
            places.insert(path);
        }
    }
    // Archives are unpacked into folders of their name: `02-chunked-integration/02-chunked-integration/src`.
    let wraps_another = |place: &&Path| {
        let has_code = ["src", "lib.rs"]
            .iter()
            .any(|code| entries.contains_key(place.join(code).as_path()));
        !has_code && places.contains(place.join(place.file_name().unwrap_or_default()).as_path())
    };
    places
        .iter()
        .copied()
        .filter(|place| !wraps_another(place))
        .collect()
}

/// `NN-slug`, as lessons are called.
fn is_numbered(name: &str) -> bool {
    name.split_once('-').is_some_and(|(number, slug)| {
        number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit()) && !slug.is_empty()
    })
}

/// What to read of one place.
fn files(place: &Path, entries: &BTreeMap<&Path, &Kind>) -> Result<Files, Refusal> {
    if let Some(kind) = entries.get(place) {
        looked_into(place, kind)?;
    }
    let src = place.join("src");
    let (root, flat) = match entries.get(src.as_path()) {
        Some(kind) => {
            looked_into(&src, kind)?;
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
        looked_into(path, kind)?;
        match kind {
            Kind::File if !is_code => ignored.push(shown(within)),
            Kind::File if !within.iter().all(is_fit) => {
                return Err(Refusal::UnfitName(shown(path)));
            }
            Kind::File => code.push(within.to_path_buf()),
            _ if !flat && !enters(path) => return Err(Refusal::TooDeep(shown(path))),
            _ => {}
        }
    }
    if !code.iter().any(|file| file == Path::new("lib.rs")) {
        return Err(Refusal::NoCode(shown(place)));
    }
    if code.len() > limits::FILES {
        return Err(Refusal::TooManyFiles);
    }
    Ok(Files {
        root,
        code,
        ignored,
    })
}

fn looked_into(path: &Path, kind: &Kind) -> Result<(), Refusal> {
    match kind {
        Kind::Folder | Kind::File => Ok(()),
        Kind::Link => Err(Refusal::Link(shown(path))),
        Kind::Special => Err(Refusal::Special(shown(path))),
        Kind::Unreadable(why) => Err(Refusal::Unreadable(shown(path), why.clone())),
    }
}

/// Whether a part of a source file's path can be handed to rustc, and shown in its words.
fn is_fit(name: &OsStr) -> bool {
    name.to_str().is_some_and(sanitize::is_plain)
}

/// Why there is nothing to take.
fn nothing(
    entries: &BTreeMap<&Path, &Kind>,
    unnumbered: &[&Path],
    unknown: Vec<String>,
    only: Option<&str>,
) -> Refusal {
    if let Some(place) = unnumbered.first() {
        let src = place.join("src");
        let is_src = entries.contains_key(src.as_path());
        let code = if is_src { src } else { place.join("lib.rs") };
        return Refusal::Unnumbered(shown(&code));
    }
    let mut visible = entries
        .iter()
        .filter(|(path, _)| !path.iter().any(is_hidden))
        .peekable();
    if visible.peek().is_none() {
        return Refusal::Empty;
    }
    visible
        .find_map(|(path, kind)| looked_into(path, kind).err())
        .or(only.map(|only| Refusal::NotHandedIn(only.to_owned())))
        .or(unknown.into_iter().next().map(Refusal::UnknownLesson))
        .unwrap_or(Refusal::NoLesson)
}

#[cfg(test)]
mod tests;
