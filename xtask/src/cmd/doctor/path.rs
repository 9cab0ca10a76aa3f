//! Where the course lies.

use std::path::Path;

use measure::protocol::Finding;
use xtask_core::course::Course;

use super::disk::Disk;

const PART: &str = "folder";

/// Of a path on Windows, where 260 characters are the most for a file, and cargo's build folder needs more than half.
const LONGEST_ON_WINDOWS: usize = 100;

/// Folders with such names are copied to a server by some program as soon as they change.
const SYNCHRONISED: [&str; 6] =
    ["OneDrive", "Dropbox", "Google Drive", "Mobile Documents", "Nextcloud", "pCloud"];

pub fn inspect(course: &Course, disk: Option<&Disk>) -> Finding {
    conclude(course.root(), disk.map(|disk| &*disk.source), cfg!(windows))
}

/// A path that is not UTF-8 does not get this far: the course cannot be opened without a readable path.
fn conclude(root: &Path, source: Option<&str>, on_windows: bool) -> Finding {
    let shown = root.display().to_string();
    let parts: Vec<_> = root.iter().map(|part| part.to_string_lossy()).collect();
    let synchronised = |part: &&str| parts.iter().any(|name| name.starts_with(part));
    if let Some(by) = SYNCHRONISED.iter().copied().find(synchronised) {
        return Finding::limited(
            PART,
            format!(
                "{shown} is synchronised ({by}): everything that is built would be uploaded, and locked meanwhile"
            ),
            "move the course to a folder that is not",
        );
    }
    if source.is_some_and(is_elsewhere) {
        return Finding::limited(
            PART,
            format!(
                "{shown} lies on another machine's disk ({}): building takes much longer there",
                source.unwrap_or_default()
            ),
            "clone the course to a disk of this machine (in WSL: below /home, not /mnt)",
        );
    }
    if on_windows && shown.len() > LONGEST_ON_WINDOWS {
        return Finding::limited(
            PART,
            format!("{shown} is long: files below it may have paths that Windows does not take"),
            "move the course up, to C:\\many-hands for instance",
        );
    }
    Finding::good(PART, shown)
}

/// `server:/home`, `//server/share`, and in WSL `C:\`.
fn is_elsewhere(source: &str) -> bool {
    source.starts_with("//") || source.contains(":/") || source.contains(":\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_folder_on_a_disk_of_its_own_is_good_and_what_will_hinder_is_said() {
        let long = &format!("/home/{}", "deep/".repeat(40));
        let elsewhere = "another machine's disk";
        let synchronised = "Limited: /Users/ann/OneDrive - School/mh is synchronised (OneDrive): \
                            everything that is built would be uploaded, and locked meanwhile";
        for (root, source, on_windows, words) in [
            ("/home/ann/many hands", Some("/dev/sda1"), false, "Good: /home/ann/many hands"),
            ("/home/ann/x", None, false, "Good: /home/ann/x"),
            (long, None, false, "Good: "),
            (long, None, true, "Limited: "),
            ("/Users/ann/OneDrive - School/mh", None, false, synchronised),
            ("/mnt/c/mh", Some("server:/home"), false, elsewhere),
            ("/mnt/c/mh", Some("//server/share"), false, elsewhere),
            ("/mnt/c/mh", Some("C:\\"), false, elsewhere),
        ] {
            let finding = conclude(Path::new(root), source, on_windows);
            let said = format!("{:?}: {}", finding.state, finding.seen);
            assert!(said.contains(words), "`{words}` is not said in `{said}`");
        }
    }
}
