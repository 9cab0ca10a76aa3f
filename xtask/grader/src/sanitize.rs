//! Text that submissions bring along, made fit to be shown on a terminal or in a page.
//!
//! What is no plain text (control characters, marks that turn the direction of writing, invisible characters) is shown
//! as an escape like `\u{202e}`, so that nothing can be hidden behind it. Colours alone vanish.

use std::ffi::OsStr;

use unicode_width::UnicodeWidthStr;

use crate::digest;

/// Stands where something was cut off. A name that has it is escaped, so that a cut name is never another's whole name.
const CUT: char = '…';
/// Columns of a name: a table has room for more than the name.
const NAME_WIDTH: usize = 40;
/// What is shown of a name that is cut, before the digest that tells it from others.
const NAME_BEGINNING: usize = NAME_WIDTH - 1 - 16;

/// The name of a file or folder. Different names are shown differently: what is no plain text is escaped, backslashes
/// too, and a name that is too long ends with 64 bits of its SHA-256.
pub fn name(name: &OsStr) -> String {
    let whole = escaped_name(name);
    if fits(&whole, NAME_WIDTH) {
        return whole;
    }
    let digest = digest::number(name.as_encoded_bytes());
    format!("{}{CUT}{digest:016x}", beginning(&whole, NAME_BEGINNING))
}

/// Whether the name is plain text, which needs no escape and no cut.
pub fn is_plain(name: &str) -> bool {
    self::name(OsStr::new(name)) == name
}

fn escaped_name(name: &OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        shown += &printable(chunk.valid(), |_| None);
        for byte in chunk.invalid() {
            shown += &format!("\\x{byte:02X}");
        }
    }
    // At an end they could not be seen.
    let within = shown.trim_start_matches(' ');
    let before = "\\u{20}".repeat(shown.len() - within.len());
    let trimmed = within.trim_end_matches(' ');
    let after = "\\u{20}".repeat(within.len() - trimmed.len());
    format!("{before}{trimmed}{after}").replace(CUT, "\\u{2026}")
}

/// Text in one line: every run of white space is one space.
pub fn line(text: &str) -> String {
    // Colours first: one that stands alone has white space on both sides.
    let text = without_colours(text);
    let words: Vec<_> = text.split_whitespace().collect();
    printable(&words.join(" "), |escape| (escape == '\\').then_some('\\'))
}

/// Text in lines, each as it is but for what is no plain text. Tabs stay.
pub fn block(text: &str) -> String {
    let lines = text.lines().map(|line| {
        printable(&without_colours(line), |escape| match escape {
            '\\' => Some('\\'),
            't' => Some('\t'),
            _ => None,
        })
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Text of at most this many columns.
pub fn truncate(text: &str, width: usize) -> String {
    if fits(text, width) {
        return text.to_owned();
    }
    format!("{}{CUT}", beginning(text, width.saturating_sub(1)))
}

/// A character may take no column, and many of them must not take all the room there is.
fn fits(text: &str, width: usize) -> bool {
    text.width() <= width && text.chars().count() <= 2 * width
}

/// The columns of a text are not the sum of its letters': a selector after one may make it wider.
fn beginning(text: &str, width: usize) -> &str {
    let ends = text
        .char_indices()
        .map(|(at, letter)| at + letter.len_utf8());
    let fitting = ends
        .take(2 * width)
        .take_while(|&end| text[..end].width() <= width);
    &text[..fitting.last().unwrap_or_default()]
}

/// What `str::escape_debug` makes of a text, with quotes as they are. `plain` says what else stays: it is asked with
/// the letter behind the backslash.
fn printable(text: &str, plain: impl Fn(char) -> Option<char>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.escape_debug();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            shown.push(letter);
            continue;
        }
        // No escape is a backslash alone.
        let escape = letters.next().unwrap_or_default();
        match escape {
            '\'' | '"' => shown.push(escape),
            _ => match plain(escape) {
                Some(letter) => shown.push(letter),
                None => shown.extend(['\\', escape]),
            },
        }
    }
    shown
}

/// The text without ECMA-48 control sequences (`ESC [ … letter`): colours, and moves of the cursor.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let parameters = part
            .bytes()
            .take_while(|byte| (0x20..0x40).contains(byte))
            .count();
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

    fn shown(text: &str) -> String {
        name(OsStr::new(text))
    }

    #[test]
    fn a_plain_name_is_shown_as_it_is() {
        for plain in [
            "ann",
            "Ann Lee",
            "O'Brien",
            "josé",
            "jose\u{301}",
            "李雷",
            "a-b_c.d",
        ] {
            assert_eq!(shown(plain), plain);
            assert!(is_plain(plain));
        }
    }

    #[test]
    fn what_cannot_be_seen_in_a_name_is_escaped() {
        insta::assert_snapshot!(shown("a\u{1b}[31m\r\nb"), @r"a\u{1b}[31m\r\nb");
        insta::assert_snapshot!(shown("ann\u{202e}bob"), @r"ann\u{202e}bob");
        insta::assert_snapshot!(shown("a\u{200b}nn"), @r"a\u{200b}nn");
        insta::assert_snapshot!(shown(" ann "), @r"\u{20}ann\u{20}");
        insta::assert_snapshot!(shown("a\\u{20}"), @r"a\\u{20}");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_are_shown_by_number() {
        use std::os::unix::ffi::OsStrExt;
        assert_eq!(name(OsStr::from_bytes(b"a\xffb\xc3")), "a\\xFFb\\xC3");
    }

    #[test]
    fn a_long_name_is_cut_and_told_from_others_of_its_beginning() {
        let (one, two) = (shown(&"a".repeat(200)), shown(&"a".repeat(201)));
        assert_ne!(one, two);
        for cut in [
            &one,
            &two,
            &shown(&"李".repeat(80)),
            &shown(&"a\u{301}".repeat(80)),
        ] {
            assert!(cut.width() <= NAME_WIDTH && cut.contains(CUT), "{cut}");
        }
        assert_eq!(
            shown(&one).matches(CUT).count(),
            1,
            "the name of a folder is not taken for a cut one: {}",
            shown(&one)
        );
        assert_ne!(shown(&one), one);
    }

    #[test]
    fn different_names_are_shown_differently() {
        let letters = [
            "a", "\\", "x", "F", "u{20}", " ", "'", "\"", "\u{301}", "\n", "n", "\u{202e}", "…",
            "\u{1b}[m",
        ];
        let mut random = fastrand::Rng::with_seed(1);
        let mut names = BTreeMap::new();
        for _ in 0..20_000 {
            let length = random.usize(1..6);
            let name: String = (0..length)
                .map(|_| letters[random.usize(..letters.len())])
                .collect();
            let other = names.insert(shown(&name), name.clone());
            assert!(other.is_none_or(|other| other == name), "{name:?}");
        }
    }

    #[test]
    fn colours_vanish_and_other_escapes_are_shown() {
        assert_eq!(
            line("\u{1b}[1;31merror\u{1b}[0m: it's \"C:\\n\""),
            "error: it's \"C:\\n\""
        );
        assert_eq!(line("a\u{1b}]0;title\u{7}b"), "a\\u{1b}]0;title\\u{7}b");
        assert_eq!(line("the end \u{1b}[12"), "the end \\u{1b}[12");
    }

    #[test]
    fn a_line_is_one_line_and_a_block_keeps_its_own() {
        assert_eq!(line(" one\n\ttwo\u{2028}three "), "one two three");
        assert_eq!(line(" a \u{1b}[0m b\u{1b}[m "), "a b");
        assert_eq!(block("one\r\n\ttwo\rthree\n"), "one\n\ttwo\\rthree");
    }

    #[test]
    fn a_cut_text_has_the_columns_it_may_have() {
        assert_eq!(truncate("seen: 3", 7), "seen: 3");
        assert_eq!(truncate("seen: 34", 7), "seen: …");
        assert_eq!(truncate("李雷李雷", 6), "李雷…");
        // As pictures, two columns each.
        assert_eq!(truncate(&"☀\u{fe0f}".repeat(4), 6).width(), 6);
        assert_eq!(truncate(&"\u{301}".repeat(1000), 4).chars().count(), 7);
    }
}
