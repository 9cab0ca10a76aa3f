//! Text that is wrapped to a width.

use std::fmt::Write as _;

use textwrap::{Options, WordSplitter};

use super::super::{BOLD, apply_style};

/// The column at which what is said of a label begins.
pub(super) const LABEL: usize = 12;

/// `label  text`, wrapped, with the text's own lines kept and all of them aligned.
pub fn label_lines(label: &str, text: &str, width: usize) -> String {
    let label = format!("  {} ", apply_style(BOLD, &format!("{label:<9}")));
    let indent = " ".repeat(LABEL);
    let options = wrapping(width).initial_indent(&indent).subsequent_indent(&indent);
    let first = fill(text, options);
    format!("{label}{}\n", first.trim_start())
}

/// Text beside a sign or a name that takes up `indent` columns; its own lines are kept, and all of them aligned.
pub(super) fn alongside(text: &str, indent: usize, width: usize) -> String {
    let options = wrapping(width.saturating_sub(indent));
    fill(text, options).replace('\n', &format!("\n{:indent$}", ""))
}

/// Lines of at most this width, broken at spaces only.
pub fn wrapping(width: usize) -> Options<'static> {
    Options::new(width).word_splitter(WordSplitter::NoHyphenation).break_words(false)
}

/// A paragraph, wrapped.
pub fn wrap(text: &str, width: usize) -> String {
    fill(text, wrapping(width))
}

/// Wrapped so that a path and a command stay whole, to be copied.
fn fill(text: &str, options: Options) -> String {
    textwrap::fill(&with_whole_commands(text), options).replace(UNBROKEN, " ")
}

/// A space at which no line is broken.
const UNBROKEN: char = '\u{a0}';

/// The text with unbroken spaces in `cargo xtask COMMAND 02 --flag`.
fn with_whole_commands(text: &str) -> String {
    let mut parts = text.split("cargo xtask ");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for rest in parts {
        whole += &format!("cargo{UNBROKEN}xtask{UNBROKEN}");
        let mut words = rest.split(' ');
        whole += words.next().unwrap_or_default();
        let mut within = true;
        for word in words {
            within &= word.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-');
            whole.push(if within { UNBROKEN } else { ' ' });
            whole += word;
        }
    }
    whole
}

/// Markdown with its paragraphs and list items wrapped anew; what stands between fences stays as it is.
pub fn prose(text: &str, width: usize) -> String {
    let mut screen = String::new();
    let mut paragraph = String::new();
    let mut fenced = false;
    for line in text.lines().chain([""]) {
        let item = item_marker(line);
        let ends_paragraph = fenced || line.is_empty() || item > 0 || line.starts_with("```");
        if ends_paragraph && !paragraph.is_empty() {
            let indent = " ".repeat(item_marker(&paragraph));
            let words = fill(&paragraph, wrapping(width).subsequent_indent(&indent));
            let _ = writeln!(screen, "{words}");
            paragraph.clear();
        }
        if fenced || line.is_empty() || line.starts_with("```") {
            fenced ^= line.starts_with("```");
            let _ = writeln!(screen, "{line}");
        } else {
            let space = if paragraph.is_empty() { "" } else { " " };
            paragraph += space;
            paragraph += line.trim_start();
        }
    }
    screen.trim_end().to_owned()
}

/// The length of `- ` or `1. ` at the beginning of a list item; 0 for other lines.
fn item_marker(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match &line[digits..] {
        rest if digits > 0 && rest.starts_with(". ") => digits + 2,
        rest if digits == 0 && rest.starts_with("- ") => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_stays_whole_whatever_the_width() {
        let words =
            "it is right; cargo xtask watch 02 --solution says more, and so does cargo xtask help";
        for width in 40..80 {
            let wrapped = wrap(words, width);
            for command in ["cargo xtask watch 02 --solution", "cargo xtask help"] {
                assert!(wrapped.contains(command), "{wrapped}");
            }
            assert_eq!(wrapped.replace('\n', " "), words);
        }
    }
}
