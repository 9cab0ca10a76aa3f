//! Taking in submissions: hostile folders to values. No link is followed, nothing is read without a limit, and what is
//! not taken is a refusal in plain words for that submission alone.
//!
//! A class is a folder with one folder a student. In a student's folder any number of lessons may lie, each in a folder
//! called as the lesson with its code in `src`: right there, in `exercises` of a clone of the course, or a few folders
//! deeper, as classroom tools leave it. Memory holds the names of all students, and the code of the one that is looked
//! at.

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

use entry::Kind;
use plan::{Lessons, Plan, PlannedSubmission};
use refusal::{Refusal, shown};

use crate::record::{Outcome, Record};
use crate::{digest, sanitize};

/// A folder of students' folders.
#[derive(Debug)]
pub struct Class {
    folder: Dir,
    /// By name, each once.
    pub students: Vec<Student>,
    /// Files beside the students' folders, fit to be shown.
    pub left_out: Vec<String>,
}

/// A student's folder, into which nobody has looked.
#[derive(Clone, Debug)]
pub struct Student {
    /// As it is shown, and as `--student` takes it: [`sanitize::name`].
    pub name: String,
    folder: OsString,
    kind: Kind,
}

/// What a student handed in for one lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    pub student: String,
    /// `02-chunked-integration`.
    pub lesson: String,
    /// By path; `lib.rs` is among them.
    pub files: Vec<SourceFile>,
    /// Files that lie beside the code and are not taken, fit to be shown.
    pub ignored: Vec<String>,
    /// Of the files' paths and contents.
    pub fingerprint: String,
}

/// A file of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Below `src`, with forward slashes: `chunks/mod.rs`. Plain text, without `.` and `..`.
    pub path: String,
    pub text: String,
}

impl SourceFile {
    /// The root of a submission.
    pub fn root(text: String) -> Self {
        let path = "lib.rs".to_owned();
        Self { path, text }
    }

    /// The model, for submissions that build on it.
    pub fn model(text: String) -> Self {
        let path = "model.rs".to_owned();
        Self { path, text }
    }
}

impl Class {
    /// The students of a folder. A link in the place of this folder itself is followed: the instructor named it.
    ///
    /// # Errors
    ///
    /// The folder cannot be read, holds no folder, or seems to be one student's.
    pub fn open(path: &Path, lessons: Lessons) -> Result<Self> {
        let shown_path = path.display();
        let (folder, entries) = Dir::open_ambient_dir(path, ambient_authority())
            .and_then(|folder| folder.entries().map(|entries| (folder, entries)))
            .with_context(|| {
                format!("`{shown_path}` cannot be read; it is to be a folder of students' folders")
            })?;
        let mut students = Vec::new();
        let mut left_out = Vec::new();
        for entry in entries {
            let entry = entry.with_context(|| format!("`{shown_path}` cannot be read"))?;
            let folder = entry.file_name();
            let name = sanitize::name(&folder);
            let kind = walk::kind(&entry);
            if kind == Kind::Folder && (name == "exercises" || lessons.known.contains(&&*name)) {
                bail!(
                    "`{shown_path}` seems to be one student's folder, since `{name}` lies in it; \
                     give the folder around it, and `--student` to grade this one alone"
                );
            }
            match kind {
                _ if name.starts_with('.') || name == "__MACOSX" => {}
                Kind::File => left_out.push(name),
                _ => students.push(Student { name, folder, kind }),
            }
        }
        ensure!(
            !students.is_empty(),
            "`{shown_path}` holds no folder; each student's submission is to be a folder in it"
        );
        students.sort_by(|one, other| one.name.cmp(&other.name));
        left_out.sort();
        Ok(Self {
            folder,
            students,
            left_out,
        })
    }

    /// What lies in a student's folder; no file of it has been read yet.
    ///
    /// # Errors
    ///
    /// Nothing can be taken from the folder, for any of the lessons.
    pub fn found(&self, student: &Student, lessons: Lessons) -> Result<Plan, Refusal> {
        plan::plan(&walk::entries(&self.opened(student)?)?, lessons)
    }

    /// Reads one submission.
    ///
    /// # Errors
    ///
    /// It was refused before, or a file of it is not what it seemed, too large, unreadable or not UTF-8.
    pub fn read(
        &self,
        student: &Student,
        planned: &PlannedSubmission,
    ) -> Result<Submission, Refusal> {
        let taken = planned.files.as_ref().map_err(Clone::clone)?;
        let folder = self.opened(student)?;
        let mut files = Vec::new();
        let mut total = 0;
        for path in &taken.code {
            let text = walk::text(&folder, &taken.root.join(path))?;
            total += text.len() as u64;
            if total > limits::TOTAL_BYTES {
                return Err(Refusal::TooLargeTogether);
            }
            files.push(SourceFile {
                path: shown(path),
                text,
            });
        }
        let parts = files
            .iter()
            .flat_map(|file| [file.path.as_bytes(), file.text.as_bytes()]);
        Ok(Submission {
            student: student.name.clone(),
            lesson: planned.lesson.clone(),
            fingerprint: digest::hex(parts),
            ignored: taken.ignored.clone(),
            files,
        })
    }

    fn opened(&self, student: &Student) -> Result<Dir, Refusal> {
        match &student.kind {
            Kind::Link => return Err(Refusal::Link(student.name.clone())),
            Kind::Special => return Err(Refusal::Special(student.name.clone())),
            _ => {}
        }
        self.folder
            .open_dir_nofollow(&student.folder)
            .map_err(|error| Refusal::Unreadable(student.name.clone(), error.kind().to_string()))
    }
}

impl Student {
    /// The record of a submission that is not taken in; without a lesson, of all that the student handed in.
    pub fn refused(&self, lesson: Option<&str>, refusal: &Refusal) -> Record {
        Record::new(&self.name, lesson, Outcome::Refused, &refusal.to_string())
    }
}

#[cfg(all(test, unix))]
mod tests;
