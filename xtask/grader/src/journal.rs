//! A file with a JSON line for each record, appended as soon as the record exists, so that an interrupted run can continue.
//!
//! The file is a cache: an unreadable line, as after a crash or of another version, is ignored, and its submission graded
//! again. No line is ever removed; of several records of one submission the last counts.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::record::{Outcome, Record};

/// The version of a line. It increases when a line changes its meaning; lines of other versions are ignored.
const SCHEMA: u32 = 1;

/// The maximal length of a line in bytes: see [`Record::truncate`], of which JSON may encode a byte as six.
const LINE_BYTES: u64 = 1024 * 1024;

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    schema: u32,
    /// The fingerprint of the course that graded it.
    pub course: String,
    pub record: Record,
}

/// An open journal, for appending.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

/// The records that were in a journal when it was opened.
#[derive(Debug, Default)]
pub struct PriorRecords {
    /// By student and lesson.
    lines: BTreeMap<(String, Option<String>), Line>,
}

/// Opens or creates a journal, and reads its records.
///
/// # Errors
///
/// The file cannot be created, read or written.
pub fn open(path: &Path) -> Result<(Journal, PriorRecords)> {
    let open = || -> io::Result<(File, PriorRecords)> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        let prior = read(BufReader::new(&file))?;
        // The next line must not continue one that is incomplete after a crash.
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            let mut last = [0];
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                file.write_all(b"\n")?;
            }
        }
        Ok((file, prior))
    };
    let (file, prior) = open().with_context(|| {
        format!("the journal `{}` cannot be read and written; is its folder yours?", path.display())
    })?;
    let path = path.to_owned();
    Ok((Journal { path, file }, prior))
}

impl Journal {
    /// Appends a record, [truncated](Record::truncate), in one write, so that lines of other processes do not mix with it.
    ///
    /// # Errors
    ///
    /// The file cannot be written, as on a full disk.
    pub fn append(&mut self, course: &str, record: Record) -> Result<()> {
        let line = Line { schema: SCHEMA, course: course.to_owned(), record: record.truncate() };
        let mut text = serde_json::to_string(&line)?;
        text.push('\n');
        self.file.write_all(text.as_bytes()).with_context(|| {
            format!(
                "the journal `{}` cannot be written; its records so far are safe",
                self.path.display()
            )
        })
    }
}

impl PriorRecords {
    /// The record with these fingerprints of course and submission, unless the grader failed.
    pub fn reusable(
        &self,
        course: &str,
        student: &str,
        lesson: &str,
        fingerprint: &str,
    ) -> Option<&Record> {
        let line = self.lines.get(&(student.to_owned(), Some(lesson.to_owned())))?;
        let same = line.course == course && line.record.fingerprint.as_deref() == Some(fingerprint);
        (same && line.record.outcome != Outcome::NotGraded).then_some(&line.record)
    }
}

/// Reads all records. Skips lines that are too long without holding them in memory.
fn read(mut journal: impl BufRead) -> io::Result<PriorRecords> {
    let mut prior = PriorRecords::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        if journal.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line)? == 0 {
            return Ok(prior);
        }
        let whole = line.ends_with(b"\n") || (line.len() as u64) < LINE_BYTES;
        if !whole {
            journal.skip_until(b'\n')?;
        }
        if let Some(line) = parse(&line).filter(|_| whole) {
            let key = (line.record.student.clone(), line.record.lesson.clone());
            prior.lines.insert(key, line);
        }
    }
}

/// Parses a line of this version.
pub fn parse(line: &[u8]) -> Option<Line> {
    let line: Line = serde_json::from_slice(line).ok()?;
    (line.schema == SCHEMA).then_some(line)
}

#[cfg(test)]
mod tests;
