//! Whether the course can be written to: built, and edited.

use std::fs;
use std::io;
use std::path::Path;

use measure::protocol::Finding;
use xtask_core::course::Course;

const PART: &str = "writing";

pub fn inspect(course: &Course) -> Finding {
    let built = course.root().join("target/many-hands");
    let try_to_build = probe(&built).err().map(|error| (built, error));
    let mut codes = course.lessons().iter().map(|lesson| lesson.exercise().join("src/lib.rs"));
    let problem = try_to_build
        .or_else(|| codes.find_map(|code| can_be_edited(&code).err().map(|error| (code, error))));
    match problem {
        None => Finding::good(PART, "the exercises and target/ can be written"),
        Some((path, error)) => Finding::bad(
            PART,
            format!("`{}` cannot be written: {error}", path.display()),
            "clone the course to a folder of your own, or make this one yours",
        ),
    }
}

/// Writes a file into a folder, and removes it.
fn probe(folder: &Path) -> io::Result<()> {
    let file = folder.join(format!("doctor-{}", std::process::id()));
    fs::create_dir_all(folder)?;
    fs::write(&file, "written")?;
    fs::remove_file(&file)
}

/// Opens a file for writing, and writes nothing. One that is not there is not this part's concern.
fn can_be_edited(code: &Path) -> io::Result<()> {
    match fs::OpenOptions::new().append(true).open(code) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
