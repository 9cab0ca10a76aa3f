//! The settings that give an editor a separate build folder, so that a check never waits for it.

use std::fs;

use measure::protocol::Finding;
use xtask_core::course::Course;

const PART: &str = "editor";

/// Where each editor looks for the course's settings.
const SETTINGS: [(&str, &str); 3] = [
    ("VS Code", ".vscode/settings.json"),
    ("Zed", ".zed/settings.json"),
    ("Helix", ".helix/languages.toml"),
];

pub fn inspect(course: &Course) -> Finding {
    let set = |file| {
        fs::read_to_string(course.root().join(file)).is_ok_and(|text| text.contains("argetDir"))
    };
    let (set, unset): (Vec<_>, Vec<_>) = SETTINGS.iter().partition(|(_, file)| set(file));
    let names = |editors: Vec<&(&'static str, _)>| {
        editors.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    };
    if unset.is_empty() {
        return Finding::good(
            PART,
            format!(
                "{} build in a separate folder; another editor needs rust-analyzer.cargo.targetDir set to true",
                names(set)
            ),
        );
    }
    Finding::limited(
        PART,
        format!(
            "the settings of {} are not the course's: a check may wait for the editor",
            names(unset)
        ),
        "set rust-analyzer.cargo.targetDir to true there, or `git checkout -- .vscode .zed .helix`",
    )
}
