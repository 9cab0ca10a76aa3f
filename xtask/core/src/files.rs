//! Files and folders, with errors that name them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The text of a file.
pub fn read_text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("`{}` cannot be read", file.display()))
}

/// The paths of what lies in a folder, in any order.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .with_context(|| format!("`{}` cannot be read", folder.display()))
}

/// The paths of all files in a folder and in its folders, in any order.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let (below, here): (Vec<_>, Vec<_>) =
            entries(&folder)?.into_iter().partition(|path| path.is_dir());
        folders.extend(below);
        files.extend(here);
    }
    Ok(files)
}

/// Writes a file, and makes the folders that it lies in.
pub fn write(file: &Path, contents: impl AsRef<[u8]>) -> Result<()> {
    fs::create_dir_all(file.parent().unwrap_or(file))
        .and_then(|()| fs::write(file, contents))
        .with_context(|| format!("`{}` cannot be written", file.display()))
}

/// Removes a folder with all that is in it, if there is one.
pub fn remove_folder(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("`{}` cannot be removed", folder.display()))
}

/// Copies a file, or a folder with all that is in it, into a folder.
pub fn copy_into(from: &Path, folder: &Path) -> Result<()> {
    copy(from, &folder.join(from.file_name().unwrap_or_default()))
}

/// Copies a file, or a folder with all that is in it. An empty folder is left out.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_file() {
        return entries(from)?.iter().try_for_each(|inside| copy_into(inside, to));
    }
    fs::create_dir_all(to.parent().unwrap_or(to))
        .and_then(|()| fs::copy(from, to))
        .with_context(|| format!("`{}` cannot be copied to `{}`", from.display(), to.display()))?;
    Ok(())
}
