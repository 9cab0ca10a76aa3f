//! The table for spreadsheets. Every cell is quoted, and none is a formula.

use anyhow::Result;
use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::record::{Outcome, Record};
use crate::results::Results;
use crate::sanitize;

const COLUMNS: [&str; 10] = [
    "student",
    "lesson",
    "outcome",
    "passed",
    "reason",
    "flags",
    "claims",
    "seed",
    "compiling_s",
    "testing_s",
];

/// The table by RFC 4180, in UTF-8, with a line for each student and lesson. ` | ` separates flags, and failed claims.
///
/// # Errors
///
/// Never in practice, since it is written to memory.
pub fn csv(results: &Results) -> Result<String> {
    let mut table = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    table.write_record(COLUMNS)?;
    for record in &results.records {
        table.write_record(cells(record).iter().map(|cell| escape_formulas(cell)))?;
    }
    Ok(String::from_utf8(table.into_inner()?)?)
}

fn cells(record: &Record) -> [String; COLUMNS.len()] {
    let claims = record.failed_claims.iter().map(|failed| &*failed.claim);
    let claims: Vec<_> = claims.collect();
    [
        record.student.clone(),
        record.lesson.clone().unwrap_or_default(),
        record.outcome.id(),
        u8::from(record.outcome == Outcome::Passed).to_string(),
        sanitize::line(&record.reason),
        sanitize::line(&record.flags.join(" | ")),
        sanitize::line(&claims.join(" | ")),
        record.seed.map(|seed| seed.to_string()).unwrap_or_default(),
        format!("{:.3}", record.compiling_s),
        format!("{:.3}", record.testing_s),
    ]
}

/// The cell with an apostrophe before each character at which a spreadsheet could begin a formula
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
///
/// A formula may begin the cell, after spaces and quotes. It may also follow a semicolon, a tab or a line break: in locales
/// with a decimal comma, spreadsheets split cells there, even between quotes.
pub fn escape_formulas(cell: &str) -> String {
    let mut escaped = String::new();
    // The number of bytes of the cell that have been copied.
    let mut copied = 0;
    let mut at_beginning = true;
    for (at, letter) in cell.char_indices() {
        if at_beginning && begins_a_formula(letter) {
            escaped += &cell[copied..at];
            escaped.push('\'');
            copied = at;
        }
        at_beginning = match letter {
            ';' | '\t' | '\r' | '\n' => true,
            '"' => at_beginning,
            _ => at_beginning && (letter.is_whitespace() || is_invisible(letter)),
        };
    }
    escaped + &cell[copied..]
}

/// The characters of OWASP's list, with their full-width forms, which some spreadsheets treat alike, and the minus sign.
fn begins_a_formula(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−')
}

/// Whether a program that reads the file may drop the character silently.
fn is_invisible(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::example;

    #[test]
    fn a_formula_gets_an_apostrophe() {
        for formula in
            ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠SUM", "=cmd|' /C calc'!A0"]
        {
            assert_eq!(escape_formulas(formula), format!("'{formula}"));
            for before in [" ", "\"", "\u{a0}", "\u{feff}", "\t", "\r", "\n", "words; ", "words;\""]
            {
                assert_eq!(
                    escape_formulas(&format!("{before}{formula}")),
                    format!("{before}'{formula}")
                );
            }
        }
    }

    #[test]
    fn a_cell_that_is_harmless_or_escaped_does_not_change() {
        let escaped = ["'=1", "'=1;'=2", "\"'=\"", "'-;'-;'-"];
        let plain =
            ["", "ann", "ann-lee", "1.250", "x = 1, y = -1", "a@b.example", "n = 10; not 9"];
        for harmless in escaped.into_iter().chain(plain) {
            assert_eq!(escape_formulas(harmless), harmless);
        }
    }

    #[test]
    fn hostile_text_does_not_change_the_shape_of_the_table() {
        let results = example::results();
        let text = csv(&results).unwrap();
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), results.records.len());
        for (row, record) in rows.iter().zip(&results.records) {
            assert_eq!((&row[0], &row[2]), (&*record.student, &*record.outcome.id()));
        }
        // One line for each record, so that a reader without support for quotes sees the same rows.
        assert_eq!(text.split("\r\n").count(), results.records.len() + 2);
        assert!(!text.replace("\r\n", "").contains(|letter: char| letter.is_control()));
        insta::assert_snapshot!(text.replace('\r', ""), @r#"
        "student","lesson","outcome","passed","reason","flags","claims","seed","compiling_s","testing_s"
        "ann","02-chunked-integration","passed","1","","","","8675309","1.000","0.250"
        "bob","02-chunked-integration","wrong-on-unseen","0","right on the course's checks, wrong on unseen cases","it printed while it was asked","the result agrees with the serial sum | no range is empty","8675309","1.000","0.250"
        "eve","02-chunked-integration","did-not-compile","0","'=1+1 \0 \u{202e} ``` ]]></testcase>&""'<b>; '@SUM(A1)|\u{ffff}","'=1+1 \0 \u{202e} ``` ]]></testcase>&""'<b>; '@SUM(A1)|\u{ffff}","a claim","","1.000","0.250"
        "zoe","01-refactor-to-map","not-graded","0","the disk is full","","","","1.000","0.250"
        "zoe","02-chunked-integration","not-started","0","the skeleton, unchanged","","","","1.000","0.250"
        "李雷","","refused","0","`李雷` is a link, and links are not followed: hand in what it points to","","","","0.000","0.000"
        "#);
    }
}
