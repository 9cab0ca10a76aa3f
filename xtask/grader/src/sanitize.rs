//! Makes untrusted text safe to show on a terminal or in a page.
//!
//! Control characters, marks that change the direction of writing and invisible characters become escapes like `\u{202e}`, so
//! that they can hide nothing. Only colours are removed.

use std::ffi::OsStr;

use unicode_width::UnicodeWidthStr;

use crate::digest;

/// Marks a truncated text. It is escaped in a name, so that a truncated name is never the whole name of another file.
const CUT: char = '…';
/// The width of a name in columns, so that a table has room for more than the name.
const NAME_WIDTH: usize = 40;
/// The columns that remain of a truncated name, before its digest of 16 digits.
const NAME_BEGINNING: usize = NAME_WIDTH - 1 - 16;

/// The name of a file or folder, with escapes for what is not plain text, and for backslashes. A name that is too long is
/// truncated, and ends with 64 bits of its SHA-256. Different names remain different.
pub fn name(name: &OsStr) -> String {
    let whole = escape_name(name);
    if fits(&whole, NAME_WIDTH) {
        return whole;
    }
    let digest = digest::number(name.as_encoded_bytes());
    format!("{}{CUT}{digest:016x}", columns(&whole, NAME_BEGINNING))
}

/// Whether [`name`] leaves the name as it is.
pub fn is_plain(name: &str) -> bool {
    self::name(OsStr::new(name)) == name
}

fn escape_name(name: &OsStr) -> String {
    let mut text = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        text += &escape(chunk.valid(), |_| None);
        for byte in chunk.invalid() {
            text += &format!("\\x{byte:02X}");
        }
    }
    // Spaces at an end are invisible.
    let within = text.trim_start_matches(' ');
    let before = "\\u{20}".repeat(text.len() - within.len());
    let trimmed = within.trim_end_matches(' ');
    let after = "\\u{20}".repeat(within.len() - trimmed.len());
    format!("{before}{trimmed}{after}").replace(CUT, "\\u{2026}")
}

/// A text in one line: every run of white space becomes one space.
pub fn line(text: &str) -> String {
    // Colours go first: one between two spaces would leave both.
    let text = remove_colours(text);
    let words: Vec<_> = text.split_whitespace().collect();
    escape(&words.join(" "), |code| (code == '\\').then_some('\\'))
}

/// A text in several lines, with tabs.
pub fn block(text: &str) -> String {
    let lines = text.lines().map(|line| {
        escape(&remove_colours(line), |code| match code {
            '\\' => Some('\\'),
            't' => Some('\t'),
            _ => None,
        })
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The text, truncated to this many columns.
pub fn truncate(text: &str, width: usize) -> String {
    if fits(text, width) {
        return text.to_owned();
    }
    format!("{}{CUT}", columns(text, width.saturating_sub(1)))
}

/// The beginning of a text, of at most this many bytes.
pub fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev();
    let end = end.into_iter().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or_default()]
}

/// Whether a text fits this many columns. The number of characters is limited too, since one may take no column.
fn fits(text: &str, width: usize) -> bool {
    text.width() <= width && text.chars().count() <= 2 * width
}

/// The beginning of a text, of at most this many columns. They are not the sum over its characters: a variation selector
/// makes the one before it wider.
fn columns(text: &str, width: usize) -> &str {
    let ends = text.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let fitting = ends.take(2 * width).take_while(|&end| text[..end].width() <= width);
    &text[..fitting.last().unwrap_or_default()]
}

/// The text as `str::escape_debug` escapes it, but with plain quotes. `plain` returns the character for an escape that
/// should stay plain, given the one after its backslash.
fn escape(text: &str, plain: impl Fn(char) -> Option<char>) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut letters = text.escape_debug();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            escaped.push(letter);
            continue;
        }
        // Another character follows every backslash.
        let code = letters.next().unwrap_or_default();
        match code {
            '\'' | '"' => escaped.push(code),
            _ => match plain(code) {
                Some(letter) => escaped.push(letter),
                None => escaped.extend(['\\', code]),
            },
        }
    }
    escaped
}

/// The text without ECMA-48 control sequences (`ESC [ … letter`), which colour it or move the cursor.
fn remove_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let parameters = part.bytes().take_while(|byte| (0x20..0x40).contains(byte)).count();
        match part.as_bytes().get(parameters) {
            Some(0x40..0x7f) => plain += &part[parameters + 1..],
            _ => {
                plain += "\u{1b}[";
                plain += part;
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn sanitize(text: &str) -> String {
        name(OsStr::new(text))
    }

    #[test]
    fn a_plain_name_does_not_change() {
        for plain in ["ann", "Ann Lee", "O'Brien", "josé", "jose\u{301}", "李雷", "a-b_c.d"] {
            assert_eq!(sanitize(plain), plain);
            assert!(is_plain(plain));
        }
    }

    #[test]
    fn invisible_parts_of_a_name_are_escaped() {
        insta::assert_snapshot!(sanitize("a\u{1b}[31m\r\nb"), @r"a\u{1b}[31m\r\nb");
        insta::assert_snapshot!(sanitize("ann\u{202e}bob"), @r"ann\u{202e}bob");
        insta::assert_snapshot!(sanitize("a\u{200b}nn"), @r"a\u{200b}nn");
        insta::assert_snapshot!(sanitize(" ann "), @r"\u{20}ann\u{20}");
        insta::assert_snapshot!(sanitize("a\\u{20}"), @r"a\\u{20}");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_not_utf_8_are_escaped() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(name(OsStr::from_bytes(b"a\xffb\xc3")), "a\\xFFb\\xC3");
    }

    #[test]
    fn a_long_name_is_truncated_and_differs_from_others_with_its_beginning() {
        let (one, two) = (sanitize(&"a".repeat(200)), sanitize(&"a".repeat(201)));
        assert_ne!(one, two);
        for cut in [&one, &two, &sanitize(&"李".repeat(80)), &sanitize(&"a\u{301}".repeat(80))] {
            assert!(cut.width() <= NAME_WIDTH && cut.contains(CUT), "{cut}");
        }
        // A folder that is named like a truncated name.
        let again = sanitize(&one);
        assert!(again != one && again.matches(CUT).count() == 1, "{again}");
    }

    #[test]
    fn different_names_remain_different() {
        let letters = [
            "a", "\\", "x", "F", "u{20}", " ", "'", "\"", "\u{301}", "\n", "n", "\u{202e}", "…",
            "\u{1b}[m",
        ];
        let mut random = fastrand::Rng::with_seed(1);
        let mut names = BTreeMap::new();
        for _ in 0..20_000 {
            let length = random.usize(1..6);
            let name: String =
                (0..length).map(|_| letters[random.usize(..letters.len())]).collect();
            let other = names.insert(sanitize(&name), name.clone());
            assert!(other.is_none_or(|other| other == name), "{name:?}");
        }
    }

    #[test]
    fn colours_are_removed_and_other_sequences_escaped() {
        assert_eq!(line("\u{1b}[1;31merror\u{1b}[0m: it's \"C:\\n\""), "error: it's \"C:\\n\"");
        assert_eq!(line("a\u{1b}]0;title\u{7}b"), "a\\u{1b}]0;title\\u{7}b");
        assert_eq!(line("the end \u{1b}[12"), "the end \\u{1b}[12");
    }

    #[test]
    fn a_line_is_one_line_and_a_block_keeps_its_lines() {
        assert_eq!(line(" one\n\ttwo\u{2028}three "), "one two three");
        assert_eq!(line(" a \u{1b}[0m b\u{1b}[m "), "a b");
        assert_eq!(block("one\r\n\ttwo\rthree\n"), "one\n\ttwo\\rthree");
    }

    #[test]
    fn a_truncated_text_has_at_most_this_many_columns() {
        assert_eq!(truncate("seen: 3", 7), "seen: 3");
        assert_eq!(truncate("seen: 34", 7), "seen: …");
        assert_eq!(truncate("李雷李雷", 6), "李雷…");
        // With the selector, each of them takes two columns.
        assert_eq!(truncate(&"☀\u{fe0f}".repeat(4), 6).width(), 6);
        assert_eq!(truncate(&"\u{301}".repeat(1000), 4).chars().count(), 7);
    }
}
