//! Draws what `cargo xtask sweep`, `trace` and `compare` keep.
//!
//! ```text
//! main      one file's name in, the pictures beside it
//! document  reads what was measured; what is missing is a number that could not be had
//! sweep, simulation, trace, compare   a kind of document, as figures and tables
//! figure    headings, keys and charts, one above the other, for a narrow and for a wide page
//! axis      which ticks an axis has
//! dot       a median with its interval
//! ink       the backend of plotters: SVG whose colours follow the page's scheme
//! page      HTML around figures; markup escapes, numbers words numbers
//! ```

mod axis;
mod compare;
mod document;
mod dot;
mod figure;
mod ink;
mod markup;
mod numbers;
mod page;
mod simulation;
mod sweep;
mod trace;

use anyhow::Result;
use serde_json::Value;

use document::Kind;

/// One document, drawn.
pub struct Pictures {
    /// A page with every figure and the figures in numbers.
    pub page: String,
    /// Pictures that stand alone, in the order of the document.
    pub svgs: Vec<String>,
}

/// Draws a document of any kind.
pub fn draw(document: &Value) -> Result<Pictures> {
    match document::kind(document)? {
        Kind::Sweep => sweep::pictures(document),
        Kind::Trace => trace::pictures(document),
        Kind::Compare => compare::pictures(document),
    }
}
