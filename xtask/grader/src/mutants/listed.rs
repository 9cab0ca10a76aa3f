//! A lesson's list of equivalent mutants: those that break no sentence of the contract, each with the reason.
//!
//! ```text
//! // all others were rejected: 3f2a…
//!
//! // equivalent: the sum of no areas is 0 as well
//! @@ fn integrate
//! -if n == 0 {
//! +if false {
//! ```
//!
//! Comments may stand above the first entry, and more lines of a reason below its first. The fingerprint is that of the model and
//! its claims for which no other mutant survived.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use xtask_core::files;

use super::change::Change;

/// The file in a folder `solutions/NN-slug`.
pub const FILE: &str = "equivalent-mutants.diff";

const FINGERPRINT: &str = "// all others were rejected: ";
const ENTRY: &str = "// equivalent: ";

/// The list, and the text that it was read from.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    text: String,
    pub equivalent: Vec<Change>,
}

impl Listed {
    /// Reads the list of a lesson; without a file it is empty.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or an entry has no reason or no change.
    pub fn read(solution: &Path) -> Result<Self> {
        let file = solution.join(FILE);
        if !file.exists() {
            return Ok(Self::default());
        }
        let text = fs::read_to_string(&file)
            .with_context(|| format!("`{}` cannot be read", file.display()))?;
        Self::parse(text).with_context(|| format!("`{}`", file.display()))
    }

    /// Parses the text of a list.
    ///
    /// # Errors
    ///
    /// An entry has no reason or no change.
    pub fn parse(text: String) -> Result<Self> {
        let begin = format!("\n{ENTRY}");
        let mut entries = text.split(&begin);
        let above = entries.next().unwrap_or_default();
        ensure!(
            !above.lines().any(|line| line.starts_with("@@")),
            "a change has no reason: write a line `{ENTRY}WHY` above it"
        );
        let equivalent = entries.map(|entry| {
            let (reason, rest) = entry.split_once('\n').unwrap_or((entry, ""));
            let lines: Vec<&str> =
                rest.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            let change = Change::parse(&lines.join("\n"));
            ensure!(!reason.trim().is_empty(), "an entry has no reason behind `{ENTRY}`");
            ensure!(change.text().starts_with("@@"), "`{reason}` has no change below it");
            Ok(change)
        });
        let equivalent = equivalent.collect::<Result<_>>()?;
        Ok(Self { equivalent, text })
    }

    /// The fingerprint for which no other mutant survived.
    pub fn fingerprint(&self) -> Option<&str> {
        self.text.lines().find_map(|line| line.strip_prefix(FINGERPRINT)).map(str::trim)
    }

    /// Writes the list with a fingerprint, and all else as it was.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn write(&self, solution: &Path, fingerprint: &str) -> Result<()> {
        files::write(&solution.join(FILE), self.with_fingerprint(fingerprint))
    }

    fn with_fingerprint(&self, fingerprint: &str) -> String {
        let mut text = format!("{FINGERPRINT}{fingerprint}\n");
        let rest = self.text.lines().filter(|line| !line.starts_with(FINGERPRINT));
        text.extend(rest.map(|line| format!("{line}\n")));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "\
// all others were rejected: 01ab
// See AUTHORS.md.

// equivalent: the sum of no areas is 0
// as well
@@ fn integrate
-if n == 0 {
+if false {

// equivalent: `a` is never used
@@
-const A: u8 = 1;
";

    fn parse(text: &str) -> Result<Listed> {
        Listed::parse(text.to_owned())
    }

    #[test]
    fn a_list_has_a_fingerprint_and_changes_with_their_reasons() {
        let listed = parse(LIST).unwrap();
        let expected = ["@@ fn integrate\n-if n == 0 {\n+if false {\n", "@@\n-const A: u8 = 1;\n"];
        assert_eq!(listed.equivalent, expected.map(Change::parse));
        assert_eq!(listed.fingerprint(), Some("01ab"));
    }

    #[test]
    fn a_new_fingerprint_changes_no_entry() {
        let new = parse(LIST).unwrap().with_fingerprint("02cd");
        assert_eq!(new, LIST.replace("01ab", "02cd"));
        let first = Listed::default().with_fingerprint("02cd");
        assert_eq!(parse(&first).unwrap().fingerprint(), Some("02cd"));
    }

    #[test]
    fn a_change_without_a_reason_and_a_reason_without_a_change_are_refused() {
        let refusal = |text: &str| parse(text).unwrap_err().to_string();
        let without_reason = "// A comment.\n@@ fn f\n-a\n";
        assert_eq!(
            refusal(without_reason),
            "a change has no reason: write a line `// equivalent: WHY` above it"
        );
        assert_eq!(refusal("\n// equivalent: so\n"), "`so` has no change below it");
        assert_eq!(
            refusal("\n// equivalent: \n@@\n-a\n"),
            "an entry has no reason behind `// equivalent: `"
        );
    }
}
