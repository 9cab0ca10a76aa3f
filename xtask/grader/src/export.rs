//! The files that a run writes.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::feedback::{self, folder};
use crate::results::Results;
use crate::table::{csv, json, junit};

/// The name of the JSON document, which `cargo xtask merge` reads.
pub const DOCUMENT: &str = "results.json";

/// Writes the tables, and the pages of every submission, into the folder `out`. `class` is the graded folder as the
/// instructor typed it.
///
/// # Errors
///
/// A file cannot be written.
pub fn write(results: &Results, out: &Path, class: &str) -> Result<()> {
    put(&out.join(DOCUMENT), &json::document(results)?)?;
    put(&out.join("results.csv"), &csv::csv(results)?)?;
    put(&out.join("junit.xml"), &junit::junit(results)?)?;
    let folders = folder::folders(results.records.iter().map(|record| &*record.student));
    for record in &results.records {
        for (path, text) in feedback::pages(record, &folders[&*record.student], class) {
            put(&out.join(path), &text)?;
        }
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))
        .and_then(|()| fs::write(path, text))
        .with_context(|| format!("`{}` cannot be written", path.display()))
}
