//! Nothing that a student typed is ever lost: what an exercise's `src` holds is saved before anything takes its place.
//!
//! It is saved in `saved/NN-slug/TIME/src`, which git ignores and nothing ever overwrites or removes. A folder with a `src`
//! is what `compare`, `sweep` and `trace` take too.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail, ensure};

use crate::content;
use crate::course::{Course, Lesson};

/// The file of an exercise that the skeleton is for.
const CODE: &str = "lib.rs";

/// All files of a `src`, by their path in it, with their bytes as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources(BTreeMap<PathBuf, Vec<u8>>);

impl Sources {
    /// The files in this folder, and in its folders. A link to a file counts as that file, one to nowhere as nothing. No
    /// folder, no files.
    ///
    /// # Errors
    ///
    /// Something in it cannot be read, or is neither a file nor a folder but a link: what it leads to could not be saved.
    pub fn read(src: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        let mut folders = Vec::from_iter(src.exists().then(|| src.to_owned()));
        while let Some(folder) = folders.pop() {
            let unreadable = || format!("`{}` cannot be read", folder.display());
            for entry in fs::read_dir(&folder).with_context(unreadable)? {
                let path = entry.with_context(unreadable)?.path();
                let is = fs::metadata(&path);
                let leads_nowhere = |error: &io::Error| {
                    error.kind() == io::ErrorKind::NotFound && path.is_symlink()
                };
                if is.as_ref().is_err_and(leads_nowhere) {
                    continue;
                }
                let is = is.ok();
                if is.as_ref().is_some_and(fs::Metadata::is_file) {
                    let bytes = fs::read(&path)
                        .with_context(|| format!("`{}` cannot be read", path.display()))?;
                    files.insert(path.strip_prefix(src)?.to_owned(), bytes);
                } else if is.is_some_and(|is| is.is_dir()) && !path.is_symlink() {
                    folders.push(path);
                } else {
                    bail!(
                        "`{}` is neither a file nor a folder, so it cannot be saved; move it out of the exercise, then \
                         try again",
                        path.display()
                    );
                }
            }
        }
        Ok(Self(files))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What `lib.rs` holds, with the line endings of the course.
    pub fn code(&self) -> Option<String> {
        let code = String::from_utf8_lossy(self.0.get(Path::new(CODE))?);
        Some(code.replace("\r\n", "\n"))
    }

    /// The student's files other than `lib.rs`, in order, without those that an editor keeps there.
    pub fn others(&self) -> impl Iterator<Item = &Path> {
        let files = self.0.keys().map(PathBuf::as_path);
        files.filter(|file| *file != Path::new(CODE) && content::is_source(file))
    }

    /// Writes the files below a folder, through to the disk.
    fn write_below(&self, folder: &Path) -> io::Result<()> {
        for (path, bytes) in &self.0 {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            let mut file = fs::File::create(&path)?;
            file.write_all(bytes)?;
            file.sync_all()?;
        }
        Ok(())
    }
}

/// Saves the files of a lesson's exercise in a new folder, all or none, and returns that folder.
pub fn save(
    course: &Course,
    lesson: &Lesson,
    sources: &Sources,
    now: SystemTime,
) -> Result<PathBuf> {
    let folder = course.root().join("saved").join(lesson.name());
    let unfinished = folder.join(format!(".unfinished-{}", std::process::id()));
    // Left by a run that was cut short, which had not touched the exercise yet.
    let _ = fs::remove_dir_all(&unfinished);
    let saved = sources
        .write_below(&unfinished.join("src"))
        .and_then(|()| move_to_free_name(&unfinished, &folder, now));
    saved.map_err(|error| {
        let _ = fs::remove_dir_all(&unfinished);
        anyhow::Error::new(error).context(format!(
                "your code cannot be saved in `{}`, so nothing in `{}` was touched; make room there \
                 (`cargo clean` removes what was built, never your code), or see to it that you may write there",
                lesson.display_path(&folder),
                lesson.display_path(&lesson.exercise())
        ))
    })
}

/// Gives a complete folder the first name that is free.
fn move_to_free_name(unfinished: &Path, folder: &Path, now: SystemTime) -> io::Result<PathBuf> {
    let placed = names(now).find_map(|name| {
        let place = folder.join(name);
        if place.exists() {
            return None;
        }
        match fs::rename(unfinished, &place) {
            // Another process was faster: a folder that holds something is never replaced.
            Err(_) if place.exists() => None,
            renamed => Some(renamed.map(|()| place)),
        }
    });
    placed.unwrap_or_else(|| Err(io::ErrorKind::AlreadyExists.into()))
}

/// `2026-11-22T21-05-33Z`, in UTC, then the same with `-2`, `-3` and so on.
fn names(now: SystemTime) -> impl Iterator<Item = String> {
    let first = humantime::format_rfc3339_seconds(now).to_string().replace(':', "-");
    let more = first.clone();
    std::iter::once(first).chain((2..).map(move |number: u32| format!("{more}-{number}")))
}

/// Puts code in the place of the `lib.rs` in this folder, in one step. The other files stay as they are.
///
/// # Errors
///
/// It cannot be written, or the folder no longer holds what it held `before`; then nothing is touched.
pub fn replace(src: &Path, before: &Sources, code: &str) -> Result<()> {
    let new = PathBuf::from(format!(".{CODE}.new-{}", std::process::id()));
    let replaced = || -> Result<()> {
        let one = Sources(BTreeMap::from([(new.clone(), code.into())]));
        one.write_below(src)?;
        let mut now = Sources::read(src)?;
        now.0.remove(&new);
        ensure!(now == *before, "a file was saved there meanwhile; try again");
        Ok(fs::rename(src.join(&new), src.join(CODE))?)
    };
    replaced().map_err(|error| {
        let _ = fs::remove_file(src.join(&new));
        error.context(format!(
            "`{}` is as it was: nothing can be put in its place",
            src.join(CODE).display()
        ))
    })
}

/// Removes the student's files of this folder that are not `lib.rs`, if they still hold what is in `saved`.
pub fn remove_others(src: &Path, saved: &Sources) -> Result<()> {
    let now = Sources::read(src)?;
    for file in saved.others().filter(|file| now.0.get(*file) == saved.0.get(*file)) {
        let path = src.join(file);
        fs::remove_file(&path)
            .with_context(|| format!("`{}` cannot be removed", path.display()))?;
        // A folder that is not empty stays.
        let folders = file.ancestors().skip(1).filter(|folder| *folder != Path::new(""));
        folders.for_each(|folder| drop(fs::remove_dir(src.join(folder))));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_save_is_named_by_its_second_and_by_a_number_where_that_is_taken() {
        let now = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_795_381_533);
        let names: Vec<_> = names(now).take(3).collect();
        assert_eq!(
            names,
            ["2026-11-22T21-05-33Z", "2026-11-22T21-05-33Z-2", "2026-11-22T21-05-33Z-3"]
        );
    }
}
