//! A file of the course, shown as it is.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::text::line_of_html;

/// A file's path from the course's root, with forward slashes, and what it holds.
#[derive(Debug)]
pub struct Listing {
    pub file: String,
    pub code: String,
}

impl Listing {
    pub fn read(root: &Path, file: &str) -> Result<Self> {
        let code = fs::read_to_string(root.join(file))
            .with_context(|| format!("`{file}` cannot be read as text"))?;
        Ok(Self { file: file.to_owned(), code: code.replace("\r\n", "\n") })
    }

    /// What it is called on its lesson's page, the name of the lesson left out: `exercises-tests-check-rs`.
    pub fn id(&self) -> String {
        let parts = self.file.split('/');
        let is_lesson = |part: &&str| part.starts_with(|letter: char| letter.is_ascii_digit());
        let parts: Vec<&str> = parts.filter(|part| !is_lesson(part)).collect();
        in_a_word(&parts.join("/"))
    }

    /// The name of a separate page for a file, which no other file has: `solutions-01-refactor-to-map-variants-fold-rs`.
    pub fn page(&self) -> String {
        in_a_word(&self.file)
    }

    /// What it says of itself in its first line; empty if it says nothing.
    pub fn about(&self) -> &str {
        let first = self.code.lines().next().unwrap_or_default();
        let comment = first.strip_prefix("//! ").or_else(|| first.strip_prefix("\"\"\""));
        comment.unwrap_or_default().trim_end_matches("\"\"\"")
    }

    /// Its code, in sight.
    pub fn open(&self) -> String {
        format!("<div id=\"{}\"></div>\n\n{}", self.id(), self.block())
    }

    /// Its path and what it is about, with the code behind a click.
    pub fn fold(&self) -> String {
        let about = line_of_html(self.about());
        let lines = match self.code.lines().count() {
            1 => "1 line".to_owned(),
            lines => format!("{lines} lines"),
        };
        format!(
            "<details id=\"{}\" class=\"file\">\n<summary><code>{}</code> <small>{lines}</small> {about}</summary>\n\n{}\n</details>\n",
            self.id(),
            self.file,
            self.block()
        )
    }

    /// The language of its code, as Markdown calls it.
    pub fn language(&self) -> &'static str {
        match self.file.rsplit('.').next() {
            Some("rs") => "rust",
            Some("py") => "python",
            Some("toml") => "toml",
            _ => "text",
        }
    }

    fn block(&self) -> String {
        block_of_code(self.language(), &self.code)
    }
}

fn in_a_word(path: &str) -> String {
    path.replace(['/', '.', '_'], "-").to_lowercase()
}

/// A block of Markdown that shows exactly this code.
pub fn block_of_code(language: &str, code: &str) -> String {
    let runs = code.split(|letter| letter != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0).max(2) + 1);
    let code = code.trim_end();
    if language != "rust" {
        return format!("{fence}{language}\n{code}\n{fence}\n");
    }
    let lines: Vec<String> = code.lines().map(kept_by_mdbook).collect();
    format!("{fence}rust\n{}\n{fence}\n", lines.join("\n"))
}

/// A line of Rust that mdBook will show as this one: it hides lines that begin with `# ` and takes a `#` of `##` away.
fn kept_by_mdbook(line: &str) -> String {
    let begins = line.len() - line.trim_start().len();
    match line[begins..].strip_prefix('#') {
        Some(rest) if rest.is_empty() || rest.starts_with([' ', '#']) => {
            format!("{}##{rest}", &line[..begins])
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(file: &str, code: &str) -> Listing {
        Listing { file: file.to_owned(), code: code.to_owned() }
    }

    #[test]
    fn files_of_two_lessons_have_two_pages() {
        let page = |file| listing(file, "").page();
        assert_eq!(page("solutions/01-a/variants/fold.rs"), "solutions-01-a-variants-fold-rs");
        assert_eq!(page("solutions/02-b/variants/fold.rs"), "solutions-02-b-variants-fold-rs");
    }

    #[test]
    fn a_file_says_in_its_first_line_what_it_is_about() {
        assert_eq!(listing("a.rs", "//! Sums `x`.\n\nfn a() {}\n").about(), "Sums `x`.");
        assert_eq!(listing("a.py", "\"\"\"Sums.\"\"\"\n").about(), "Sums.");
        assert_eq!(listing("a.rs", "fn a() {}\n").about(), "");
    }

    #[test]
    fn a_folded_file_shows_its_path_and_what_it_is_about() {
        let shown = listing("lessons/01-a/src/lib.rs", "//! `a < b`.\nfn a() {}\n").fold();
        let expected = "<details id=\"lessons-src-lib-rs\" class=\"file\">\n\
            <summary><code>lessons/01-a/src/lib.rs</code> <small>2 lines</small> <code>a &lt; b</code>.</summary>\n\n\
            ```rust\n//! `a < b`.\nfn a() {}\n```\n\n</details>\n";
        assert_eq!(shown, expected);
    }

    #[test]
    fn no_line_of_a_listing_ends_or_escapes_its_block() {
        assert_eq!(block_of_code("text", "````\na"), "`````text\n````\na\n`````\n");
        assert_eq!(
            block_of_code("rust", "#[x]\n  # a\n## b\n#\n"),
            "```rust\n#[x]\n  ## a\n### b\n##\n```\n"
        );
    }
}
