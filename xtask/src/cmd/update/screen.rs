//! What `update` has found, as text.

use std::fmt::Write as _;

use xtask_core::ui::screen::{label_lines, wrap};
use xtask_core::ui::{self, BAD, BOLD, FAINT, GOOD, OPEN, apply_style};

use super::standing::Standing;

pub struct Row {
    pub number: String,
    pub title: String,
    /// The file, as the reader is to see it.
    pub code: String,
    pub standing: Standing,
}

#[derive(Default)]
pub struct Notes {
    /// This many commits have been fetched, but not merged.
    pub not_merged: Option<u32>,
    /// Why no earlier version is known, if none is.
    pub no_history: Option<String>,
}

/// One line a lesson, then what needs more words.
pub fn screen(rows: &[Row], notes: &Notes, width: usize) -> String {
    let widest = rows.iter().map(|row| row.title.chars().count()).max();
    let widest = widest.unwrap_or(0);
    let mut screen = String::new();
    for row in rows {
        let (sign, words) = line(&row.standing);
        let title = &row.title;
        let _ = writeln!(
            screen,
            "  {sign} {}  {title:<widest$}  {}",
            row.number,
            apply_style(FAINT, words)
        );
    }
    for row in rows {
        screen += &more(row, width);
    }
    screen + &notes_text(rows, notes, width)
}

fn line(standing: &Standing) -> (String, &'static str) {
    match standing {
        Standing::Current => (apply_style(GOOD, "✓"), "not begun, as in this version"),
        Standing::Unbegun => (apply_style(GOOD, "✓"), "not begun, now as in this version"),
        Standing::Missing => (apply_style(GOOD, "✓"), "was missing, is there again"),
        Standing::Own => (apply_style(FAINT, "–"), "yours, left as it is"),
        Standing::Outdated { .. } => (apply_style(OPEN, "○"), "yours, left as it is; more below"),
        Standing::Conflicting { .. } => (apply_style(BAD, "✗"), "yours, left as it is; more below"),
    }
}

fn more(row: &Row, width: usize) -> String {
    let number = &row.number;
    match &row.standing {
        Standing::Outdated { then, now } => {
            let title = format!("Lesson {number}: its skeleton has changed since you began");
            let mut text = format!("\n{}\n\n", apply_style(BOLD, &title));
            text += &ui::difference(then, now, width);
            text += "\n";
            let check = format!("cargo xtask check {number} says whether your code still holds");
            text += &label_lines("next", &check, width);
            let edit = format!("write the new lines into {} where you want them", row.code);
            text += &label_lines("or", &edit, width);
            let reset = format!("cargo xtask reset {number} starts anew, and saves what you have");
            text + &label_lines("or", &reset, width)
        }
        Standing::Conflicting { line } => {
            let title = format!("Lesson {number}: git could not merge it");
            let seen = format!("{}:{line}", row.code);
            let next = "between <<<<<<< and ======= stand lines of one version, from there to >>>>>>> those of the \
                        other: keep what you want, and remove the marks";
            let title = apply_style(BOLD, &title);
            format!("\n{title}\n\n")
                + &label_lines("at", &seen, width)
                + &label_lines("next", next, width)
        }
        _ => String::new(),
    }
}

fn notes_text(rows: &[Row], notes: &Notes, width: usize) -> String {
    let mut text = String::new();
    if let Some(count) = notes.not_merged {
        let commits = if count == 1 { "1 commit is" } else { &format!("{count} commits are") };
        let words = format!(
            "{commits} fetched but not in your files yet. If `git pull` refuses because of what you have changed, this keeps \
             yours wherever both have changed a line:"
        );
        let _ = write!(
            text,
            "\n{}\n\n  git commit --all --message \"my work\"\n  \
             git pull --no-rebase --no-edit --strategy-option ours\n  cargo xtask update\n",
            wrap(&words, width)
        );
    }
    if let Some(why) = &notes.no_history {
        let words = format!(
            "Earlier skeletons are not known here ({why}), so every exercise that is not this version's skeleton counts as yours."
        );
        let _ = write!(text, "\n{}\n", wrap(&words, width));
    }
    let is_news = |row: &Row| !matches!(row.standing, Standing::Current | Standing::Own);
    if text.is_empty() && !rows.iter().any(is_news) {
        text += "\nevery exercise is of this version: nothing to do\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: &str, title: &str, standing: Standing) -> Row {
        Row {
            number: number.to_owned(),
            title: title.to_owned(),
            code: format!("exercises/{number}-a-lesson/src/lib.rs"),
            standing,
        }
    }

    fn plain(rows: &[Row], notes: &Notes) -> String {
        anstream::adapter::strip_str(&screen(rows, notes, 80)).to_string()
    }

    #[test]
    fn each_exercise_is_a_line_and_what_is_new_is_shown() {
        let outdated = Standing::Outdated {
            then: "/// Adds.\npub fn add() {}\n".to_owned(),
            now: "/// Adds, and never overflows.\npub fn add() {}\n".to_owned(),
        };
        let rows = [
            row("01", "Refactor to map", Standing::Current),
            row("02", "Chunked integration", outdated),
            row("03", "Row-wise distances", Standing::Unbegun),
            row("04", "Thread control", Standing::Own),
            row("05", "Array parallelism", Standing::Conflicting { line: 17 }),
        ];
        insta::assert_snapshot!(plain(&rows, &Notes::default()), @"
          ✓ 01  Refactor to map      not begun, as in this version
          ○ 02  Chunked integration  yours, left as it is; more below
          ✓ 03  Row-wise distances   not begun, now as in this version
          – 04  Thread control       yours, left as it is
          ✗ 05  Array parallelism    yours, left as it is; more below

        Lesson 02: its skeleton has changed since you began

        - /// Adds.
        + /// Adds, and never overflows.
          pub fn add() {}

          next      cargo xtask check 02 says whether your code still holds
          or        write the new lines into exercises/02-a-lesson/src/lib.rs where you
                    want them
          or        cargo xtask reset 02 starts anew, and saves what you have

        Lesson 05: git could not merge it

          at        exercises/05-a-lesson/src/lib.rs:17
          next      between <<<<<<< and ======= stand lines of one version, from there
                    to >>>>>>> those of the other: keep what you want, and remove the
                    marks
        ");
    }

    #[test]
    fn where_nothing_is_new_there_is_nothing_to_do() {
        let rows = [row("01", "Refactor to map", Standing::Own)];
        insta::assert_snapshot!(plain(&rows, &Notes::default()), @"
          – 01  Refactor to map  yours, left as it is

        every exercise is of this version: nothing to do
        ");
    }

    #[test]
    fn what_stands_in_the_way_is_said_with_the_way_on() {
        let notes =
            Notes { not_merged: Some(3), no_history: Some("not a git repository".to_owned()) };
        insta::assert_snapshot!(plain(&[], &notes), @r#"

        3 commits are fetched but not in your files yet. If `git pull` refuses because
        of what you have changed, this keeps yours wherever both have changed a line:

          git commit --all --message "my work"
          git pull --no-rebase --no-edit --strategy-option ours
          cargo xtask update

        Earlier skeletons are not known here (not a git repository), so every exercise
        that is not this version's skeleton counts as yours.
        "#);
    }
}
