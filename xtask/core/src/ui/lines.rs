//! Any text as lines that fit a terminal.

use textwrap::{Options, WordSplitter};

/// A tab is as wide as this, wherever it stands.
const TAB: &str = "    ";

/// The text's lines, each cut into pieces of at most `columns` columns, with their colours but without anything else that
/// would move the cursor or talk to the terminal: some of it is what a student's code printed.
pub fn fitting(text: &str, columns: usize) -> Vec<String> {
    let options =
        Options::new(columns.max(1)).word_splitter(WordSplitter::NoHyphenation).break_words(true);
    let fit = |line| {
        let line = printable(line);
        let pieces = textwrap::wrap(&line, &options);
        pieces.into_iter().map(String::from).collect::<Vec<_>>()
    };
    text.lines().flat_map(fit).collect()
}

/// The line without control characters, and of the escape sequences only those that choose colours.
fn printable(line: &str) -> String {
    let mut printable = String::new();
    let mut rest = line.chars();
    while let Some(letter) = rest.next() {
        match letter {
            '\x1b' => printable += &colour(&mut rest),
            '\t' => printable += TAB,
            letter if letter.is_control() => {}
            letter => printable.push(letter),
        }
    }
    printable
}

/// Reads on to the end of an escape sequence; returns the sequence if it chooses colours.
fn colour(rest: &mut std::str::Chars) -> String {
    match rest.next() {
        Some('[') => {
            let mut sequence = "\x1b[".to_owned();
            for letter in rest {
                sequence.push(letter);
                if ('@'..='~').contains(&letter) {
                    break;
                }
            }
            if sequence.ends_with('m') {
                return sequence;
            }
        }
        // A title, a link, a picture: up to the terminator.
        Some(']' | 'P' | 'X' | '^' | '_') => {
            let mut before = ' ';
            for letter in rest {
                if letter == '\x07' || (before, letter) == ('\x1b', '\\') {
                    break;
                }
                before = letter;
            }
        }
        _ => {}
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let error = "\x1b[31merror\x1b[0m: mismatched types\n   --> exercises/02-chunked-integration/src/lib.rs:1:1\n\
                     aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nbreit: 宽宽宽宽宽宽宽宽宽宽";
        for columns in 1..70 {
            for line in fitting(error, columns) {
                assert!(
                    textwrap::core::display_width(&line) <= columns.max(2),
                    "{columns}: {line:?}"
                );
            }
        }
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        let lines = "  ✓ correct       2 of 2 checks hold\n\n      seen   a  b";
        assert_eq!(fitting(lines, 80).join("\n"), lines);
    }

    #[test]
    fn only_colours_reach_the_terminal() {
        for (printed, seen) in [
            ("\x1b[1;31mred\x1b[0m", "\x1b[1;31mred\x1b[0m"),
            ("a\x1b[2Jb\x1b[3;4Hc", "abc"),
            ("a\x1b]0;title\x07b\x1b]8;;x\x1b\\c", "abc"),
            ("a\rb\x08\x07c\x1b7", "abc"),
            ("a\tb", "a    b"),
            ("\x1b[", ""),
            ("\x1b", ""),
        ] {
            assert_eq!(printable(printed), seen, "{printed:?}");
        }
    }
}
