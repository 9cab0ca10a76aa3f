//! What the doctor has found, for people.

use std::fmt::Write as _;

use measure::protocol::{DoctorDocument, Finding, FindingState};
use xtask_core::ui::screen::wrap;
use xtask_core::ui::{BAD, BOLD, GOOD, OPEN, apply_style};

/// The column at which what is said of a part begins.
const INDENT: usize = 18;

/// A line a part, and its remedy below.
pub fn screen(document: &DoctorDocument, width: usize) -> String {
    let mut screen = String::new();
    for purpose in &document.purposes {
        let _ = writeln!(screen, "{}", apply_style(BOLD, &purpose.purpose));
        for finding in &purpose.findings {
            screen += &line(finding, width);
        }
        screen += "\n";
    }
    let last = if document.ready {
        "ready: a student can work here. cargo xtask list shows where to begin"
    } else {
        "not ready: what is marked ✗ under “to work” has to be mended first"
    };
    screen + &wrap(last, width) + "\n"
}

fn line(finding: &Finding, width: usize) -> String {
    let sign = match finding.state {
        FindingState::Good => apply_style(GOOD, "✓"),
        FindingState::Limited => apply_style(OPEN, "–"),
        FindingState::Bad => apply_style(BAD, "✗"),
    };
    let indent = format!("\n{:INDENT$}", "");
    let text = |text: &str| wrap(text, width.saturating_sub(INDENT)).replace('\n', &indent);
    let mut line = format!("  {sign} {:<13} {}\n", finding.part, text(&finding.seen));
    if let Some(remedy) = &finding.remedy {
        let _ = writeln!(line, "{:INDENT$}{}", "", text(&format!("→ {remedy}")));
    }
    line
}

#[cfg(test)]
mod tests {
    use measure::protocol::{Purpose, SCHEMA};

    use super::*;

    fn document(ready: bool) -> DoctorDocument {
        let full = "0.3 GB free, and the checks alone need 1 GB";
        let room = "make room; `cargo clean` removes what was built, never your code";
        let findings = vec![
            Finding::good("toolchain", "rustc 1.85.0"),
            Finding::bad("disk space", full, room),
        ];
        let python = Finding::limited(
            "Python",
            "`python3` is there, its packages are not",
            "`cargo xtask peers 02 --setup`",
        );
        let purposes = [("to work", findings), ("to compare with Python", vec![python])];
        let purposes =
            purposes.map(|(name, findings)| Purpose { purpose: name.to_owned(), findings });
        DoctorDocument { schema: SCHEMA, ready, purposes: purposes.to_vec() }
    }

    #[test]
    fn each_part_is_a_line_with_its_remedy_below() {
        let plain = |ready| anstream::adapter::strip_str(&screen(&document(ready), 60)).to_string();
        insta::assert_snapshot!(plain(false), @"
        to work
          ✓ toolchain     rustc 1.85.0
          ✗ disk space    0.3 GB free, and the checks alone need 1
                          GB
                          → make room; `cargo clean` removes what
                          was built, never your code

        to compare with Python
          – Python        `python3` is there, its packages are not
                          → `cargo xtask peers 02 --setup`

        not ready: what is marked ✗ under “to work” has to be mended
        first
        ");
        assert!(plain(true).contains("ready: a student can work here"));
    }
}
