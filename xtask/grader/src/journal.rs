//! What a stopped batch goes on from: a file to which each record is appended as soon as it is there, a line of JSON
//! each.
//!
//! The file is a cache. What is unreadable in it (a line torn by a crash, another version's, garbage) counts as not
//! there, and is graded again. Nothing is ever taken out of it; of several records of one submission the last counts.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::record::{Outcome, Record};

/// Raised when a line changes its meaning: older lines then count as not there.
const SCHEMA: u32 = 1;

/// Longer lines are no records: see [`Record::truncate`], and JSON may take six bytes for one.
const LINE_BYTES: u64 = 1024 * 1024;

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    schema: u32,
    /// The fingerprint of the course that graded it.
    pub course: String,
    pub record: Record,
}

/// The file, to which records are appended.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

/// What a journal held when it was opened.
#[derive(Debug, Default)]
pub struct PriorRecords {
    lines: BTreeMap<(String, Option<String>), Line>,
    /// Lines that are no records of this version.
    pub unreadable: usize,
}

/// Opens a journal, or begins one, and reads what it holds.
///
/// # Errors
///
/// The file cannot be made, read or written.
pub fn open(path: &Path) -> Result<(Journal, PriorRecords)> {
    let opened = || -> io::Result<(File, PriorRecords)> {
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)?;
        let kept = read(BufReader::new(&file))?;
        // After a torn line, the next one is to begin on its own.
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            let mut last = [0];
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                file.write_all(b"\n")?;
            }
        }
        Ok((file, kept))
    };
    let (file, kept) = opened().with_context(|| {
        format!(
            "the journal `{}` cannot be read and written; is its folder yours?",
            path.display()
        )
    })?;
    Ok((
        Journal {
            path: path.to_owned(),
            file,
        },
        kept,
    ))
}

impl Journal {
    /// Appends a record, [bounded](Record::truncate), in one piece: what other processes append at the same time lies
    /// before or after it.
    ///
    /// # Errors
    ///
    /// The file cannot be written, as on a full disk.
    pub fn append(&mut self, course: &str, record: Record) -> Result<()> {
        let line = Line {
            schema: SCHEMA,
            course: course.to_owned(),
            record: record.truncate(),
        };
        let mut text = serde_json::to_string(&line)?;
        text.push('\n');
        self.file.write_all(text.as_bytes()).with_context(|| {
            format!(
                "the journal `{}` cannot be written; what it holds so far is kept",
                self.path.display()
            )
        })
    }
}

impl PriorRecords {
    /// The last record of each submission.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.lines.values().map(|line| &line.record)
    }

    /// The record of this very submission, if this very course graded it and nothing got in its way.
    pub fn reusable(
        &self,
        course: &str,
        student: &str,
        lesson: &str,
        fingerprint: &str,
    ) -> Option<&Record> {
        let line = self
            .lines
            .get(&(student.to_owned(), Some(lesson.to_owned())))?;
        let same = line.course == course && line.record.fingerprint.as_deref() == Some(fingerprint);
        (same && line.record.outcome != Outcome::NotGraded).then_some(&line.record)
    }
}

/// All lines, of which none is held in memory if it is longer than a record.
fn read(mut journal: impl BufRead) -> io::Result<PriorRecords> {
    let mut kept = PriorRecords::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        if journal
            .by_ref()
            .take(LINE_BYTES)
            .read_until(b'\n', &mut line)?
            == 0
        {
            return Ok(kept);
        }
        let whole = line.ends_with(b"\n") || (line.len() as u64) < LINE_BYTES;
        if !whole {
            journal.skip_until(b'\n')?;
        }
        match parse(&line).filter(|_| whole) {
            Some(line) => {
                let record = &line.record;
                kept.lines
                    .insert((record.student.clone(), record.lesson.clone()), line);
            }
            None => kept.unreadable += 1,
        }
    }
}

/// The record on a line, if it is one of this version.
pub fn parse(line: &[u8]) -> Option<Line> {
    let line: Line = serde_json::from_slice(line).ok()?;
    (line.schema == SCHEMA).then_some(line)
}

#[cfg(test)]
mod tests;
