//! How one text differs from another, line by line.

use anstyle::Style;

use super::{BAD, FAINT, GOOD, apply_style};

/// Lines that are the same, shown on either side of those that are not.
const CONTEXT: usize = 3;

/// The lines of both texts, where they differ: `-` before one of the first text, `+` before one of the second. Empty, if
/// they do not differ.
pub fn difference(first: &str, second: &str, width: usize) -> String {
    let (first, second) = (lines(first), lines(second));
    let compared = diff::slice(&first, &second);
    let differs: Vec<bool> =
        compared.iter().map(|line| !matches!(line, diff::Result::Both(..))).collect();
    let left_out = apply_style(FAINT, "  …") + "\n";
    let mut text = String::new();
    let mut shown_up_to = 0;
    for (number, line) in compared.iter().enumerate() {
        let near = number.saturating_sub(CONTEXT)..differs.len().min(number + CONTEXT + 1);
        if !differs[near].contains(&true) {
            continue;
        }
        if number > shown_up_to {
            text += &left_out;
        }
        shown_up_to = number + 1;
        text += &match line {
            diff::Result::Left(line) => row("-", Some(BAD), line, width),
            diff::Result::Right(line) => row("+", Some(GOOD), line, width),
            diff::Result::Both(line, _) => row(" ", None, line, width),
        };
    }
    if !text.is_empty() && shown_up_to < compared.len() {
        text += &left_out;
    }
    text
}

/// The lines without line endings and without trailing spaces, which do not count as a difference.
fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).collect()
}

/// One line behind its sign. What is too long goes on below, further in than it began; a word is never broken.
fn row(sign: &str, style: Option<Style>, line: &str, width: usize) -> String {
    let code = line.trim_start();
    let indent = &line[..line.len() - code.len()];
    let further_in = format!("{indent}    ");
    let options = super::screen::wrapping(width.saturating_sub(2))
        .initial_indent(indent)
        .subsequent_indent(&further_in);
    let rows = textwrap::wrap(code, options);
    rows.iter()
        .map(|row| {
            let row = format!("{sign} {row}");
            let row = row.trim_end();
            match style {
                Some(style) => apply_style(style, row) + "\n",
                None => format!("{row}\n"),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(first: &str, second: &str, width: usize) -> String {
        anstream::adapter::strip_str(&difference(first, second, width)).to_string()
    }

    fn numbered_lines(numbers: std::ops::RangeInclusive<u32>) -> String {
        numbers.map(|number| format!("line {number}\n")).collect()
    }

    #[test]
    fn only_what_differs_is_shown_with_what_stands_around_it() {
        let first = numbered_lines(1..=20);
        let second = first.replace("line 9\n", "line nine\n") + "line 21\n";
        insta::assert_snapshot!(plain(&first, &second, 80), @"
          …
          line 6
          line 7
          line 8
        - line 9
        + line nine
          line 10
          line 11
          line 12
          …
          line 18
          line 19
          line 20
        + line 21
        ");
    }

    #[test]
    fn what_differs_in_its_line_endings_alone_does_not_differ() {
        assert_eq!(plain("a\r\nb  \r\n", "a\nb\n", 80), "");
    }

    #[test]
    fn a_long_line_goes_on_below_further_in() {
        let long = "    let area = integrate_range(&integrand, a, dx, range.clone());\n";
        insta::assert_snapshot!(plain("", long, 40), @"
        +     let area =
        +         integrate_range(&integrand, a,
        +         dx, range.clone());
        ");
        let one_word = "    ThreadPoolBuilder::new().num_threads(threads.get()).build()\n";
        assert_eq!(plain("", one_word, 40), format!("+ {one_word}"));
    }
}
