//! What the doctor has found, for people and for programs.

use std::fmt::Write as _;

use measure::protocol::{DoctorDocument, Findings, Part, SCHEMA};
use xtask_core::ui::screen::wrap;
use xtask_core::ui::{BAD, BOLD, GOOD, OPEN, apply_style};

use super::finding::{Finding, FindingState, Purpose};

/// The column at which what is said of a part begins.
const INDENT: usize = 18;

/// A line a part, and its remedy below.
pub fn screen(purposes: &[Purpose], ready: bool, width: usize) -> String {
    let mut screen = String::new();
    for purpose in purposes {
        let _ = writeln!(screen, "{}", apply_style(BOLD, purpose.name));
        for finding in &purpose.findings {
            screen += &line(finding, width);
        }
        screen += "\n";
    }
    let last = if ready {
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

/// The same as a document.
pub fn document(purposes: &[Purpose], ready: bool) -> DoctorDocument {
    let part = |finding: &Finding| Part {
        part: finding.part.to_owned(),
        state: finding.state,
        seen: finding.seen.clone(),
        remedy: finding.remedy.clone(),
    };
    let purposes = purposes.iter().map(|purpose| Findings {
        purpose: purpose.name.to_owned(),
        findings: purpose.findings.iter().map(part).collect(),
    });
    DoctorDocument { schema: SCHEMA, ready, purposes: purposes.collect() }
}

#[cfg(test)]
mod tests {
    use measure::protocol::Json;

    use super::*;

    fn purposes() -> [Purpose; 2] {
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
        [Purpose::new("to work", findings), Purpose::new("to compare with Python", vec![python])]
    }

    #[test]
    fn each_part_is_a_line_with_its_remedy_below() {
        let plain =
            |ready| anstream::adapter::strip_str(&screen(&purposes(), ready, 60)).to_string();
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

    #[test]
    fn programs_get_the_same() {
        insta::assert_snapshot!(format!("{:#}", document(&purposes(), false).to_json()), @r#"
        {
          "purposes": [
            {
              "findings": [
                {
                  "part": "toolchain",
                  "remedy": null,
                  "seen": "rustc 1.85.0",
                  "state": "good"
                },
                {
                  "part": "disk space",
                  "remedy": "make room; `cargo clean` removes what was built, never your code",
                  "seen": "0.3 GB free, and the checks alone need 1 GB",
                  "state": "bad"
                }
              ],
              "purpose": "to work"
            },
            {
              "findings": [
                {
                  "part": "Python",
                  "remedy": "`cargo xtask peers 02 --setup`",
                  "seen": "`python3` is there, its packages are not",
                  "state": "limited"
                }
              ],
              "purpose": "to compare with Python"
            }
          ],
          "ready": false,
          "schema": 1
        }
        "#);
    }
}
