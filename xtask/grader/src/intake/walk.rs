//! Looking into a student's folder, and reading from it, without following a link: the thin shell under `plan`.
//!
//! Each folder on the way is opened from the one around it, and it is the opened file that is asked what it is. So
//! nothing that is swapped in the meantime leads anywhere else.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::fs::{Dir, DirEntry, OpenOptions};

use super::entry::{Entry, Kind, enters};
use super::limits;
use super::refusal::{Refusal, shown};

/// All that is looked at in a student's folder, in no order.
///
/// # Errors
///
/// The folder itself cannot be read, or there is too much in it. What cannot be read inside is an entry that says so.
pub fn entries(student: &Dir) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::new();
    listed(student, Path::new(""), &mut entries)?
        .map_err(|error| unreadable(Path::new(""), &error))?;
    let mut next = 0;
    while next < entries.len() {
        let Entry { path, kind } = &entries[next];
        if *kind == Kind::Folder && enters(path) {
            let path = path.clone();
            if let Err(error) = listed(student, &path, &mut entries)? {
                entries[next].kind = Kind::Unreadable(error.kind().to_string());
            }
        }
        next += 1;
    }
    Ok(entries)
}

/// Adds what lies in one folder, unless that is too much.
fn listed(student: &Dir, path: &Path, entries: &mut Vec<Entry>) -> Result<io::Result<()>, Refusal> {
    let inside = match folder(student, path).and_then(|folder| folder.entries()) {
        Ok(inside) => inside,
        Err(error) => return Ok(Err(error)),
    };
    for entry in inside {
        if entries.len() == limits::ENTRIES {
            return Err(Refusal::TooManyEntries);
        }
        match entry {
            Ok(entry) => entries.push(Entry {
                path: path.join(entry.file_name()),
                kind: kind(&entry),
            }),
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(()))
}

/// What an entry of a folder is; a link is a link, whatever it points to.
pub fn kind(entry: &DirEntry) -> Kind {
    match entry.file_type() {
        Ok(kind) if kind.is_symlink() => Kind::Link,
        Ok(kind) if kind.is_dir() => Kind::Folder,
        Ok(kind) if kind.is_file() => Kind::File,
        Ok(_) => Kind::Special,
        Err(error) => Kind::Unreadable(error.kind().to_string()),
    }
}

/// The text of one file, which lies at this path in the student's folder.
///
/// # Errors
///
/// It is a link, no regular file, too large, unreadable or not UTF-8, at the moment when it is read.
pub fn text(student: &Dir, path: &Path) -> Result<String, Refusal> {
    let around = path.parent().unwrap_or(Path::new(""));
    let around = folder(student, around).map_err(|error| unreadable(path, &error))?;
    let name = Path::new(path.file_name().unwrap_or_default());
    // Not waiting: a pipe that nobody writes to would be waited for forever.
    let mut options = OpenOptions::new();
    options.read(true).follow(FollowSymlinks::No).nonblock(true);
    let file = around.open_with(name, &options).map_err(|error| {
        let found = around.symlink_metadata(name);
        if found.is_ok_and(|found| found.is_symlink()) {
            Refusal::Link(shown(path))
        } else {
            unreadable(path, &error)
        }
    })?;
    let found = file.metadata().map_err(|error| unreadable(path, &error))?;
    if !found.is_file() {
        return Err(Refusal::Special(shown(path)));
    }
    let mut bytes = Vec::new();
    // The size that the system tells may be that of a moment ago.
    if found.len() <= limits::FILE_BYTES {
        file.take(limits::FILE_BYTES + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| unreadable(path, &error))?;
    }
    if found.len().max(bytes.len() as u64) > limits::FILE_BYTES {
        return Err(Refusal::TooLarge(shown(path)));
    }
    String::from_utf8(bytes).map_err(|_| Refusal::NotUtf8(shown(path)))
}

fn folder(student: &Dir, path: &Path) -> io::Result<Dir> {
    path.iter().try_fold(student.try_clone()?, |folder, name| {
        folder.open_dir_nofollow(PathBuf::from(name))
    })
}

fn unreadable(path: &Path, error: &io::Error) -> Refusal {
    Refusal::Unreadable(shown(path), error.kind().to_string())
}
