//! Untrusted text inside Markdown, shown as it is and never interpreted.

use crate::sanitize;

/// A code block, with fences that nothing in the text can close.
pub fn code_block(text: &str, language: &str) -> String {
    let text = sanitize::block(text);
    let fence = "`".repeat((longest_run(&text) + 1).max(3));
    format!("{fence}{language}\n{text}\n{fence}\n")
}

/// A code span within a line, with backticks that nothing in the text can close.
pub fn code_span(text: &str) -> String {
    let text = sanitize::line(text);
    let ticks = "`".repeat(longest_run(&text) + 1);
    // Markdown strips one space on each side, if there is one on both.
    let space =
        if text.is_empty() || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    /// The texts of all code in the document.
    ///
    /// # Panics
    ///
    /// The document has anything but code.
    fn only_code(markdown: &str) -> Vec<String> {
        let mut code = Vec::new();
        for event in Parser::new_ext(markdown, Options::all()) {
            match event {
                Event::Code(text) => code.push(text.into_string()),
                Event::Start(Tag::CodeBlock(_)) => code.push(String::new()),
                Event::Text(text) => code.last_mut().expect("in code").push_str(&text),
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                other => panic!("{other:?} in {markdown}"),
            }
        }
        code
    }

    #[test]
    fn no_text_ends_its_code_block() {
        for text in [
            "plain",
            "```\n# Passed\n```",
            "``````text\n<script>",
            "~~~\n[link](https://example.org)",
            "    ```\n\t````",
            "a\r\n```\r\nb",
            "a\r```\rb",
            "a\u{2028}```\u{85}```",
            "",
            "\n\n```",
        ] {
            let code = only_code(&code_block(text, "text"));
            assert_eq!(code, [sanitize::block(text) + "\n"], "{text:?}");
        }
    }

    #[test]
    fn no_text_ends_its_code_span() {
        for text in [
            "plain",
            "`",
            "``a``",
            "a`b``c",
            "<b> [l](h) *e*",
            "a\\`b",
            "two\n\n# lines",
            "$x$ |x|",
            "` `",
        ] {
            let code = only_code(&code_span(text));
            assert_eq!(code, [sanitize::line(text)], "{text:?}");
        }
    }

    #[test]
    fn a_random_text_makes_one_block_and_one_span() {
        let letters = [
            "`", "``", "\n", "\r", " ", "~~~", "#", "a", "\\", "<b>", "|", "$", "-", "\t",
            "\u{1b}[m",
        ];
        let mut random = fastrand::Rng::with_seed(3);
        for _ in 0..20_000 {
            let text: String =
                (0..random.usize(0..12)).map(|_| letters[random.usize(..letters.len())]).collect();
            let block = only_code(&code_block(&text, "text"));
            assert_eq!(block, [sanitize::block(&text) + "\n"], "{text:?}");
            assert_eq!(only_code(&code_span(&text)).len(), 1, "{text:?}");
        }
    }
}
