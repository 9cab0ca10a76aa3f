//! What rustc says of a submission: one JSON document a line, on standard error.

use serde_json::Value;

/// Errors that are kept: the first ones tell, the rest mostly follow from them.
const MOST: usize = 10;
/// Bytes of one error that are kept.
const LONGEST: usize = 4096;

/// The errors in rustc's own words, first things first, without escape sequences.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    pub errors: Vec<String>,
}

impl Diagnostics {
    /// Understands what rustc printed; lines that are no diagnostics are left out.
    pub fn parse(stderr: &str) -> Self {
        let mut told = Self::default();
        for line in stderr.lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else {
                continue;
            };
            if message["level"] != "error" {
                continue;
            }
            let words = message["rendered"].as_str().unwrap_or_default().trim_end();
            let closing = words.starts_with("error: aborting due to");
            if !words.is_empty() && !closing && told.errors.len() < MOST {
                told.errors.push(cut(words).to_owned());
            }
        }
        told
    }

    /// The first line of the first error.
    pub fn headline(&self) -> &str {
        let first = self.errors.first().map_or("", String::as_str);
        first.lines().next().unwrap_or_default()
    }
}

fn cut(words: &str) -> &str {
    let mut end = words.len().min(LONGEST);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    &words[..end]
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
            error(
                "E0596",
                "error[E0596]: cannot borrow\n --> src/lib.rs:3:5\n",
            ),
            error("", "error: aborting due to 1 previous error\n"),
        ];
        let told = Diagnostics::parse(&lines.join("\n"));
        assert_eq!(told.headline(), "error[E0596]: cannot borrow");
        assert_eq!(told.errors.len(), 1);
    }

    #[test]
    fn endless_errors_are_cut() {
        let lines: String = (0..1000)
            .map(|_| error("E1", &"é".repeat(LONGEST)) + "\n")
            .collect();
        let told = Diagnostics::parse(&lines);
        assert_eq!(told.errors.len(), MOST);
        assert!(told.errors.iter().all(|error| error.len() <= LONGEST));
    }

    #[test]
    fn what_is_no_diagnostic_says_nothing() {
        for line in [
            "",
            "{",
            "[]",
            "null",
            "{\"level\":1}",
            "{\"level\":\"error\",\"rendered\":[]}",
        ] {
            assert_eq!(Diagnostics::parse(line), Diagnostics::default(), "{line}");
        }
    }
}
