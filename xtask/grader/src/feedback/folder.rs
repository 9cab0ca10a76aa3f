//! Names of folders for students, valid on every system.

use std::collections::BTreeMap;

use crate::{digest, sanitize};

/// The longest name of a folder in bytes; systems allow 255.
const LONGEST: usize = 100;
/// The bytes that remain of a longer name, before its digest.
const BEGINNING: usize = 60;
/// Names that Windows reserves for devices, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The name of each student's folder. They differ even where upper and lower case are the same.
pub fn folders<'a>(students: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, String> {
    let mut folders: BTreeMap<_, _> =
        students.into_iter().map(|student| (student, component(student))).collect();
    let mut sharing = BTreeMap::<String, usize>::new();
    for folder in folders.values() {
        *sharing.entry(folder.to_lowercase()).or_default() += 1;
    }
    for (student, folder) in &mut folders {
        if sharing[&folder.to_lowercase()] > 1 {
            *folder += &suffix(student);
        }
    }
    folders
}

/// A name that every file system accepts as one part of a path. Keeps letters, digits, `-`, `_`, `.` and spaces, and encodes
/// the bytes of other characters as `%2F`. Different names remain different.
pub fn component(name: &str) -> String {
    let mut component = String::new();
    let last = name.chars().count().saturating_sub(1);
    for (at, letter) in name.chars().enumerate() {
        let kept = match letter {
            // At an end they make a hidden file, an option, an invisible space, or a dot that Windows drops.
            '.' | ' ' => at != 0 && at != last,
            '-' => at != 0,
            '_' => true,
            _ => letter.is_alphanumeric() && !(at == 0 && is_device(name)),
        };
        if kept {
            component.push(letter);
        } else {
            let mut bytes = [0; 4];
            let bytes = letter.encode_utf8(&mut bytes).bytes();
            component.extend(bytes.map(|byte| format!("%{byte:02X}")));
        }
    }
    if component.len() > LONGEST {
        component.truncate(sanitize::beginning(&component, BEGINNING).len());
        component += &suffix(name);
    }
    if component.is_empty() { "%".to_owned() } else { component }
}

/// A suffix that makes a name unique. It begins with `~`, which [`component`] encodes everywhere else.
fn suffix(name: &str) -> String {
    format!("~{:016x}", digest::number(name.as_bytes()))
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    DEVICES.contains(&&*stem) || numbered.is_some_and(|number| number.chars().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_name_is_the_name_of_its_folder() {
        for name in ["ann", "Ann Lee_123_assignsubmission_file", "josé", "李雷", "a.b-c"] {
            assert_eq!(component(name), name);
        }
    }

    #[test]
    fn no_name_leads_to_another_folder() {
        for (name, folder) in [
            ("..", "%2E%2E"),
            (".", "%2E"),
            ("", "%"),
            ("../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd"),
            ("a\\b:c", "a%5Cb%3Ac"),
            ("-rf", "%2Drf"),
            (".git", "%2Egit"),
            ("ann. ", "ann.%20"),
            ("con", "%63on"),
            ("COM1.txt", "%43OM1.txt"),
            ("a\u{0}\n\u{202e}", "a%00%0A%E2%80%AE"),
            ("50%", "50%25"),
        ] {
            assert_eq!(component(name), folder, "{name:?}");
        }
    }

    #[test]
    fn random_names_have_plain_folders_that_differ_in_any_case() {
        let letters = [
            "a", "A", ".", "/", "\\", "~", "%", "2", "E", " ", "é", "É", "con", "-", "\u{301}", "…",
        ];
        let mut random = fastrand::Rng::with_seed(4);
        let names: Vec<String> = (0..5000)
            .map(|_| {
                (0..random.usize(1..8)).map(|_| letters[random.usize(..letters.len())]).collect()
            })
            .chain(["%", "\u{301}"].map(|letter| letter.repeat(200)))
            .collect();
        let folders = folders(names.iter().map(String::as_str));
        let mut seen = BTreeMap::new();
        for (name, folder) in &folders {
            let path = std::path::Path::new(folder);
            assert!(
                path.components().eq([std::path::Component::Normal(folder.as_ref())]),
                "{folder}"
            );
            assert!(
                !folder.ends_with(['.', ' ']) && !is_device(folder) && folder.len() < 128,
                "{folder}"
            );
            assert!(!folder.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|']), "{folder}");
            let other = seen.insert(folder.to_lowercase(), name);
            assert_eq!(other, None, "{name:?} has the folder of another: {folder}");
        }
    }

    #[test]
    fn names_that_differ_in_case_alone_have_folders_that_differ_in_more() {
        let folders = folders(["Ann", "ann", "bob"]);
        assert_eq!(folders["bob"], "bob");
        assert!(
            folders["ann"].starts_with("ann~") && folders["Ann"].starts_with("Ann~"),
            "{folders:?}"
        );
    }
}
