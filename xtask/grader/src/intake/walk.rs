//! Lists a student's folder and reads its files, without following links: the thin shell under `plan`.
//!
//! Each folder is opened relative to the one around it, and the type of a file is checked after it was opened. So replacing
//! a file or folder in the meantime leads nowhere else.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::fs::{Dir, DirEntry, OpenOptions};

use super::entry::{Entry, EntryKind, is_searched};
use super::limits;
use super::refusal::{Refusal, display_path};

/// Lists the entries of a student's folder and the searched folders below it, in no particular order. A folder that cannot
/// be read is an [`EntryKind::Unreadable`].
///
/// # Errors
///
/// The student's folder itself cannot be read, or there are more than [`limits::ENTRIES`] entries.
pub fn entries(student: &Dir) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::new();
    list_into(student, Path::new(""), &mut entries)?
        .map_err(|error| unreadable(Path::new(""), &error))?;
    let mut next = 0;
    while next < entries.len() {
        let Entry { path, kind } = &entries[next];
        if *kind == EntryKind::Folder && is_searched(path) {
            let path = path.clone();
            if let Err(error) = list_into(student, &path, &mut entries)? {
                entries[next].kind = EntryKind::Unreadable(error.kind().to_string());
            }
        }
        next += 1;
    }
    Ok(entries)
}

/// Adds the entries of one folder.
fn list_into(
    student: &Dir,
    path: &Path,
    entries: &mut Vec<Entry>,
) -> Result<io::Result<()>, Refusal> {
    let inside = match folder(student, path).and_then(|folder| folder.entries()) {
        Ok(inside) => inside,
        Err(error) => return Ok(Err(error)),
    };
    for entry in inside {
        if entries.len() == limits::ENTRIES {
            return Err(Refusal::TooManyEntries);
        }
        match entry {
            Ok(entry) => {
                entries.push(Entry { path: path.join(entry.file_name()), kind: kind(&entry) })
            }
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(()))
}

/// The kind of an entry; a link is a link, whatever it points to.
pub fn kind(entry: &DirEntry) -> EntryKind {
    match entry.file_type() {
        Ok(kind) if kind.is_symlink() => EntryKind::Link,
        Ok(kind) if kind.is_dir() => EntryKind::Folder,
        Ok(kind) if kind.is_file() => EntryKind::File,
        Ok(_) => EntryKind::Special,
        Err(error) => EntryKind::Unreadable(error.kind().to_string()),
    }
}

/// Reads a file, given its path relative to the student's folder.
///
/// # Errors
///
/// The file is a link or another special file, too large, unreadable or not UTF-8.
pub fn read_text(student: &Dir, path: &Path) -> Result<String, Refusal> {
    let around = path.parent().unwrap_or(Path::new(""));
    let around = folder(student, around).map_err(|error| unreadable(path, &error))?;
    let name = Path::new(path.file_name().unwrap_or_default());
    // Without `nonblock`, opening a pipe would wait for a writer.
    let mut options = OpenOptions::new();
    options.read(true).follow(FollowSymlinks::No).nonblock(true);
    let file = around.open_with(name, &options).map_err(|error| {
        let found = around.symlink_metadata(name);
        if found.is_ok_and(|found| found.is_symlink()) {
            Refusal::Link(display_path(path))
        } else {
            unreadable(path, &error)
        }
    })?;
    let found = file.metadata().map_err(|error| unreadable(path, &error))?;
    if !found.is_file() {
        return Err(Refusal::Special(display_path(path)));
    }
    let mut bytes = Vec::new();
    // The file may have grown since.
    if found.len() <= limits::FILE_BYTES {
        file.take(limits::FILE_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(path, &error))?;
    }
    if found.len().max(bytes.len() as u64) > limits::FILE_BYTES {
        return Err(Refusal::TooLarge(display_path(path)));
    }
    String::from_utf8(bytes).map_err(|_| Refusal::NotUtf8(display_path(path)))
}

fn folder(student: &Dir, path: &Path) -> io::Result<Dir> {
    path.iter().try_fold(student.try_clone()?, |folder, name| {
        folder.open_dir_nofollow(PathBuf::from(name))
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Refusal {
    Refusal::Unreadable(display_path(path), error.kind().to_string())
}
