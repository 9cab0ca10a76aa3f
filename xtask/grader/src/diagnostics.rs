//! The errors of rustc, which prints one JSON document a line on standard error.

use serde::Deserialize;

use crate::sanitize;

/// The number of errors that are kept; most others follow from the first ones.
const MAX_ERRORS: usize = 10;
/// The bytes of an error that are kept.
const MAX_BYTES: usize = 4096;

/// The errors as rustc renders them, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    pub errors: Vec<String>,
}

/// The fields of a message that are used.
#[derive(Deserialize)]
struct Message {
    level: String,
    rendered: String,
}

impl Diagnostics {
    /// Parses the standard error of rustc. Ignores lines that are not messages.
    pub fn parse(stderr: &str) -> Self {
        let messages = stderr.lines().filter_map(|line| serde_json::from_str::<Message>(line).ok());
        let errors = messages
            .filter(|message| message.level == "error")
            .map(|message| sanitize::beginning(message.rendered.trim_end(), MAX_BYTES).to_owned())
            .filter(|error| !error.is_empty() && !error.starts_with("error: aborting due to"));
        Self { errors: errors.take(MAX_ERRORS).collect() }
    }

    /// The first line of the first error.
    pub fn headline(&self) -> &str {
        let first = self.errors.first().map_or("", String::as_str);
        first.lines().next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn error(code: &str, words: &str) -> String {
        json!({ "level": "error", "code": { "code": code }, "rendered": words }).to_string()
    }

    #[test]
    fn errors_are_kept_in_order_and_the_closing_line_is_not() {
        let warning = json!({ "level": "warning", "rendered": "unused" }).to_string();
        let lines = [
            "linking with `cc`".to_owned(),
            warning,
            error("E0596", "error[E0596]: cannot borrow\n --> src/lib.rs:3:5\n"),
            error("", "error: aborting due to 1 previous error\n"),
        ];
        let diagnostics = Diagnostics::parse(&lines.join("\n"));
        assert_eq!(diagnostics.headline(), "error[E0596]: cannot borrow");
        assert_eq!(diagnostics.errors.len(), 1);
    }

    #[test]
    fn endless_errors_are_truncated() {
        let line = error("E1", &"é".repeat(MAX_BYTES)) + "\n";
        let errors = Diagnostics::parse(&line.repeat(1000)).errors;
        assert_eq!(errors.len(), MAX_ERRORS);
        assert!(errors.iter().all(|error| error.len() <= MAX_BYTES));
    }

    #[test]
    fn other_lines_are_ignored() {
        let wrong_types = r#"{"level":"error","rendered":[]}"#;
        for line in ["", "{", "[]", "null", r#"{"level":1}"#, wrong_types] {
            assert_eq!(Diagnostics::parse(line), Diagnostics::default(), "{line}");
        }
    }
}
