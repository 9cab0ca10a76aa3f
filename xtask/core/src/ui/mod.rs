//! The one place that writes to the terminal.
//!
//! Screens ([`screen`]) and documents ([`json`]) are made as text first, so that they can be tested; here they are
//! printed. Colour is dropped where it is not wanted: not a terminal, `NO_COLOR`, `TERM=dumb`.

mod difference;
pub mod json;
pub mod lines;
pub mod screen;
pub mod terminal;
mod working;

pub use difference::difference;
pub use terminal::Terminal;
pub use working::Working;

use std::io::{IsTerminal, Write, stderr};

use anstyle::{AnsiColor, Style};

/// The width of text in a file or a pipe.
const USUAL_WIDTH: usize = 80;
/// Wider lines are hard to read.
const WIDEST: usize = 100;
/// Narrower ones would break inside words.
const NARROWEST: usize = 30;

pub const BOLD: Style = Style::new().bold();
pub const FAINT: Style = Style::new().dimmed();
pub const GOOD: Style = AnsiColor::Green.on_default();
pub const BAD: Style = AnsiColor::Red.on_default();
pub const OPEN: Style = AnsiColor::Yellow.on_default();

/// Text in a style, and back to plain.
pub fn apply_style(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// The width to wrap text at.
pub fn width() -> usize {
    legible(terminal_size::terminal_size().map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0)))
}

/// The width to wrap text at in a terminal of this many columns.
pub fn legible(columns: usize) -> usize {
    columns.clamp(NARROWEST, WIDEST)
}

/// Prints to standard output; ignores a closed pipe.
pub fn print(text: &str) {
    let mut out = anstream::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Prints why a command could not be done, with all its causes.
pub fn error(error: &anyhow::Error) {
    let causes: Vec<_> = error.chain().map(ToString::to_string).collect();
    to_stderr(&format!("{} {}\n", apply_style(BAD.bold(), "error:"), causes.join(":\n  ")));
}

/// Prints a note to standard error.
pub fn note(text: &str) {
    to_stderr(&format!("{text}\n"));
}

/// Gives the terminal back, and says that Ctrl-C has ended the program.
pub fn print_interrupted() {
    terminal::give_back();
    let line_begun = if stderr().is_terminal() { "\n" } else { "" };
    to_stderr(&format!(
        "{line_begun}interrupted; nothing is lost: your files are as you saved them\n"
    ));
}

fn to_stderr(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
