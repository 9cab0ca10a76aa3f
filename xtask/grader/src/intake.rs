//! Reads submissions from hostile folders. It follows no link and reads nothing without a limit. A submission that cannot be
//! read is a [`Refusal`], which affects no other submission.
//!
//! A class is a folder with one folder for each student, which may hold any number of lessons. The code of a lesson is in
//! `src` in a folder with the lesson's name: at the top, in `exercises` of a clone of the course, or a few folders deeper, as
//! classroom tools leave it. Memory holds the names of all students, and the code of one.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use cap_fs_ext::DirExt;
use cap_std::ambient_authority;
use cap_std::fs::Dir;

pub mod entry;
mod limits;
pub mod plan;
pub mod refusal;
mod walk;

use entry::EntryKind;
use plan::{Lessons, Plan, PlannedSubmission};
use refusal::{Refusal, display_path};

use crate::record::{Outcome, Record};
use crate::{digest, sanitize};

/// A folder of students' folders.
#[derive(Debug)]
pub struct Class {
    folder: Dir,
    /// Sorted by name.
    pub students: Vec<Student>,
    /// The sanitized names of files next to the students' folders.
    pub left_out: Vec<String>,
}

/// A student's folder, not read yet.
#[derive(Clone, Debug)]
pub struct Student {
    /// The name of the folder by [`sanitize::name`], which `--student` takes.
    pub name: String,
    folder: OsString,
    kind: EntryKind,
}

/// A student's code for one lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Sorted by path; `lib.rs` is among them.
    pub files: Vec<SourceFile>,
    /// The sanitized paths of files that are not code.
    pub ignored: Vec<String>,
    /// The fingerprint of the files' paths and contents.
    pub fingerprint: String,
}

/// A file of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to `src`, with forward slashes: `chunks/mod.rs`. Plain text, without `.` and `..`.
    pub path: String,
    pub text: String,
}

impl SourceFile {
    /// The root of a submission, `lib.rs`.
    pub fn root(text: String) -> Self {
        Self { path: "lib.rs".to_owned(), text }
    }
}

impl Class {
    /// Lists the students of a folder. The folder itself may be a link, since the instructor named it.
    ///
    /// # Errors
    ///
    /// The folder cannot be read, contains no folder, or seems to be one student's.
    pub fn open(path: &Path, lessons: Lessons) -> Result<Self> {
        let shown_path = path.display();
        let (folder, entries) = Dir::open_ambient_dir(path, ambient_authority())
            .and_then(|folder| folder.entries().map(|entries| (folder, entries)))
            .with_context(|| {
                format!("`{shown_path}` cannot be read; name a folder of students' folders")
            })?;
        let mut students = Vec::new();
        let mut left_out = Vec::new();
        for entry in entries {
            let entry = entry.with_context(|| format!("`{shown_path}` cannot be read"))?;
            let folder = entry.file_name();
            let name = sanitize::name(&folder);
            let kind = walk::kind(&entry);
            if kind == EntryKind::Folder && (name == "exercises" || lessons.known.contains(&&*name))
            {
                bail!(
                    "`{shown_path}` seems to be one student's folder, since `{name}` lies in it; \
                     give the folder around it, and `--student` to grade this one alone"
                );
            }
            match kind {
                _ if name.starts_with('.') || name == "__MACOSX" => {}
                EntryKind::File => left_out.push(name),
                _ => students.push(Student { name, folder, kind }),
            }
        }
        ensure!(
            !students.is_empty(),
            "`{shown_path}` contains no folder; it needs a folder for each student"
        );
        students.sort_by(|one, other| one.name.cmp(&other.name));
        left_out.sort();
        Ok(Self { folder, students, left_out })
    }

    /// Searches a student's folder for submissions, without reading their files.
    ///
    /// # Errors
    ///
    /// The folder holds nothing for any of the lessons.
    pub fn plan(&self, student: &Student, lessons: Lessons) -> Result<Plan, Refusal> {
        plan::plan(&walk::entries(&self.open_folder(student)?)?, lessons)
    }

    /// Reads one submission.
    ///
    /// # Errors
    ///
    /// The plan refused it, or one of its files has become a link or a pipe, or is too large, unreadable or not UTF-8.
    pub fn read(
        &self,
        student: &Student,
        planned: &PlannedSubmission,
    ) -> Result<Submission, Refusal> {
        let plan = planned.files.as_ref().map_err(Clone::clone)?;
        let folder = self.open_folder(student)?;
        let mut files = Vec::new();
        let mut total = 0;
        for path in &plan.code {
            let text = walk::read_text(&folder, &plan.root.join(path))?;
            total += text.len() as u64;
            if total > limits::TOTAL_BYTES {
                return Err(Refusal::TooLargeTogether);
            }
            files.push(SourceFile { path: display_path(path), text });
        }
        let parts = files.iter().flat_map(|file| [file.path.as_bytes(), file.text.as_bytes()]);
        Ok(Submission { fingerprint: digest::hex(parts), ignored: plan.ignored.clone(), files })
    }

    fn open_folder(&self, student: &Student) -> Result<Dir, Refusal> {
        plan::check_readable(Path::new(&student.folder), &student.kind)?;
        self.folder
            .open_dir_nofollow(&student.folder)
            .map_err(|error| Refusal::Unreadable(student.name.clone(), error.kind().to_string()))
    }
}

impl Student {
    /// The record of a refused submission, or of the student's whole folder without a lesson.
    pub fn refusal_record(&self, lesson: Option<&str>, refusal: &Refusal) -> Record {
        Record::new(&self.name, lesson, Outcome::Refused, &refusal.to_string())
    }
}

#[cfg(all(test, unix))]
mod tests;
