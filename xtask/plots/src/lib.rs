//! Draws what `cargo xtask sweep`, `trace` and `compare` keep.
//!
//! ```text
//! main      one file's name in, the pictures beside it
//! document  what the pictures need of what was measured
//! sweep, simulation, trace, compare   what is measured, as figures and tables
//! figure    headings, a key and charts, one above the other, for a narrow and for a wide page
//! key, axis, dot, bar   the parts of a figure, as plotters draws them
//! ink       the backend of plotters: SVG in which a colour is a class
//! palette   what marks mean, and how that looks on light and on dark
//! page      HTML around figures; markup escapes, numbers words numbers
//! ```

mod axis;
mod bar;
mod compare;
mod document;
mod dot;
mod figure;
mod ink;
mod key;
mod markup;
mod numbers;
mod page;
mod palette;
mod simulation;
mod sweep;
mod trace;

use anyhow::{Result, bail};
use measure::protocol::{Document, DocumentError};
use serde_json::Value;

/// One document, drawn.
pub struct Pictures {
    /// A page with every figure and the figures in numbers.
    pub page: String,
    /// Pictures that stand alone, in the order of the document.
    pub svgs: Vec<String>,
}

/// Draws a document of any kind.
///
/// # Errors
///
/// There are no pictures of such a document, or it cannot be read.
pub fn draw(document: &Value) -> Result<Pictures> {
    match Document::from_json(document) {
        Ok(Document::Sweep(document)) => sweep::pictures(&document),
        Ok(Document::Trace(document)) => trace::pictures(&document),
        Ok(Document::Compare(document)) => compare::pictures(&document),
        Ok(Document::Bench(_) | Document::Peers(_)) => bail!(
            "nothing is drawn of it; give a document of `cargo xtask sweep`, `trace` or `compare`"
        ),
        Err(error @ DocumentError::NotOne(_)) => {
            bail!("{error}; give a document of `cargo xtask sweep`, `trace` or `compare`")
        }
        Err(error) => bail!("{error}; measure again with this course's `cargo xtask`"),
    }
}
