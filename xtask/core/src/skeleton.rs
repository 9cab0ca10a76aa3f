//! The skeleton of an exercise, derived from its model solution, so that a contract is written once.
//!
//! In the solution's source
//!
//! - a line `// skeleton: REST` stands in the skeleton as `REST`;
//! - the lines from `// solution:` to `// end` stand in the solution only;
//! - every other line stands in both.

use anyhow::{Result, bail};

/// Derives the skeleton from the source of a solution.
///
/// Runs of blank lines, which left-out regions leave behind, become one.
///
/// # Errors
///
/// A region that is opened twice, closed unopened, or never closed, with its line.
pub fn derive(solution: &str) -> Result<String> {
    let mut skeleton = String::new();
    let mut opened: Option<usize> = None;
    for (line, number) in solution.lines().zip(1..) {
        let marker = line.trim_start();
        let indent = &line[..line.len() - marker.len()];
        let kept = match (marker, opened) {
            ("// solution:", None) => {
                opened = Some(number);
                continue;
            }
            ("// end", Some(_)) => {
                opened = None;
                continue;
            }
            ("// solution:", Some(first)) => {
                bail!("line {number} opens a solution region inside that of line {first}")
            }
            ("// end", None) => bail!("line {number} ends a solution region that was never opened"),
            (_, Some(_)) => continue,
            (_, None) => match marker.strip_prefix("// skeleton:") {
                Some(rest) => format!("{indent}{}", rest.strip_prefix(' ').unwrap_or(rest)),
                None => line.to_owned(),
            },
        };
        let kept = kept.trim_end();
        if !(kept.is_empty() && (skeleton.is_empty() || skeleton.ends_with("\n\n"))) {
            skeleton.push_str(kept);
            skeleton.push('\n');
        }
    }
    match opened {
        Some(first) => bail!("the solution region of line {first} never ends"),
        None => Ok(skeleton.trim_end().to_owned() + "\n"),
    }
}

/// The lines of a solution's source that stand in the skeleton too, as they are: the contract.
pub fn contract(solution: &str) -> Vec<&str> {
    let mut in_solution = false;
    let lines = solution.lines().filter(|line| {
        let line = line.trim_start();
        let was_in_solution = in_solution;
        match line {
            "// solution:" => in_solution = true,
            "// end" => in_solution = false,
            _ => {}
        }
        let is_blank_or_marker = line.is_empty() || line.starts_with("// skeleton:");
        !(in_solution || was_in_solution || is_blank_or_marker)
    });
    lines.collect()
}

/// A solution's source without the markers: what a reader is to see of it.
pub fn without_markers(solution: &str) -> String {
    let is_marker = |line: &&str| {
        let line = line.trim_start();
        ["// solution:", "// end"].contains(&line) || line.starts_with("// skeleton:")
    };
    let lines = solution.lines().filter(|line| !is_marker(line));
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLUTION: &str = "\
// skeleton: //! Your code.
// solution:
//! The model.
use std::cmp;
// end

/// Adds.
pub fn add(a: i32, b: i32) -> i32 {
    // skeleton: todo!(\"add {a} and {b}\")
    // solution:
    a + b
    // end
}

// solution:
fn helper() {}
// end
";

    #[test]
    fn marked_regions_leave_the_contract_and_a_stub() {
        insta::assert_snapshot!(derive(SOLUTION).unwrap(), @r#"
        //! Your code.

        /// Adds.
        pub fn add(a: i32, b: i32) -> i32 {
            todo!("add {a} and {b}")
        }
        "#);
    }

    #[test]
    fn the_contract_is_what_both_have() {
        let expected = ["/// Adds.", "pub fn add(a: i32, b: i32) -> i32 {", "}"];
        assert_eq!(contract(SOLUTION), expected);
    }

    #[test]
    fn without_its_markers_a_solution_is_plain_code() {
        insta::assert_snapshot!(without_markers(SOLUTION), @"
        //! The model.
        use std::cmp;

        /// Adds.
        pub fn add(a: i32, b: i32) -> i32 {
            a + b
        }

        fn helper() {}
        ");
    }

    #[test]
    fn markers_that_do_not_match_are_named_with_their_line() {
        let fault = |text| derive(text).unwrap_err().to_string();
        assert_eq!(fault("a\n// solution:\nb"), "the solution region of line 2 never ends");
        assert_eq!(fault("// end"), "line 1 ends a solution region that was never opened");
        assert_eq!(
            fault("// solution:\n  // solution:\n"),
            "line 2 opens a solution region inside that of line 1"
        );
    }
}
