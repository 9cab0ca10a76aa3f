//! The files and folders that are visible in the sandbox, as values and as arguments of bubblewrap.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::VisiblePath;

/// One visible file or folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mount {
    Readable(VisiblePath),
    Writable(VisiblePath),
    /// A device of this machine, at its own path.
    Device(PathBuf),
    /// A symbolic link.
    Link {
        to: PathBuf,
        at: PathBuf,
    },
    /// An empty folder in memory, with a maximal size.
    Scratch {
        at: PathBuf,
        bytes: u64,
    },
    /// `/proc`, with the processes inside.
    Processes,
}

impl Mount {
    pub(super) fn at(&self) -> &Path {
        match self {
            Self::Readable(shown) | Self::Writable(shown) => &shown.inside,
            Self::Device(at) | Self::Link { at, .. } | Self::Scratch { at, .. } => at,
            Self::Processes => Path::new("/proc"),
        }
    }

    pub(super) fn is_scratch(&self) -> bool {
        matches!(self, Self::Scratch { .. })
    }

    /// The same mount for a second layer, which finds the file where the first layer shows it.
    pub(super) fn in_second_layer(self) -> Self {
        let again = |path: VisiblePath| VisiblePath::new(path.inside.clone(), path.inside);
        match self {
            Self::Readable(path) => Self::Readable(again(path)),
            Self::Writable(path) => Self::Writable(again(path)),
            other => other,
        }
    }

    fn args(&self) -> Vec<OsString> {
        let option = |words: [&Path; 3]| words.map(|word| word.as_os_str().to_owned()).to_vec();
        let bind = |name, path: &VisiblePath| option([Path::new(name), &path.host, &path.inside]);
        match self {
            Self::Readable(path) => bind("--ro-bind", path),
            Self::Writable(path) => bind("--bind", path),
            Self::Device(device) => option([Path::new("--dev-bind"), device, device]),
            Self::Link { to, at } => option([Path::new("--symlink"), to, at]),
            Self::Scratch { at, bytes } => {
                let size = ["--size".into(), bytes.to_string().into()];
                let tmpfs = ["--tmpfs".into(), at.into()];
                size.into_iter().chain(tmpfs).collect()
            }
            Self::Processes => {
                ["--proc", "/proc", "--remount-ro", "/proc"].map(OsString::from).to_vec()
            }
        }
    }
}

/// Bubblewrap's arguments for these mounts, in this order, and for the folders above them: bubblewrap would create those
/// without access for other users.
pub(super) fn args(mounts: &[Mount]) -> Vec<OsString> {
    let mut made = BTreeSet::from([PathBuf::from("/")]);
    let mut args = Vec::new();
    for mount in mounts {
        let mut folders: Vec<_> = mount.at().ancestors().skip(1).collect();
        folders.reverse();
        for folder in folders {
            if made.insert(folder.to_owned()) {
                args.extend(["--dir".into(), folder.into()]);
            }
        }
        made.insert(mount.at().to_owned());
        args.extend(mount.args());
    }
    args
}

/// The folders in which systems keep shared libraries.
const LIBRARIES: [&str; 8] =
    ["/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libx32", "/lib", "/lib32", "/lib64", "/libx32"];

/// The devices that a program may need; no terminal and no disk.
const DEVICES: [&str; 4] = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];

/// The mounts that every program needs.
pub(super) fn base() -> Vec<Mount> {
    let mut base: Vec<_> =
        LIBRARIES.iter().filter_map(|path| mount_in_place(Path::new(path))).collect();
    base.extend(mount_in_place(Path::new("/etc/ld.so.cache")));
    base.extend(DEVICES.map(|device| Mount::Device(device.into())));
    base
}

/// The mount that shows a file or folder at its own path, and a link as a link; `None` if there is nothing at that path.
fn mount_in_place(path: &Path) -> Option<Mount> {
    let is_link = fs::symlink_metadata(path).ok()?.is_symlink();
    Some(if is_link {
        Mount::Link { to: fs::read_link(path).ok()?, at: path.to_owned() }
    } else {
        Mount::Readable(VisiblePath::new(path, path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(mounts: &[Mount]) -> String {
        args(mounts).join(" ".as_ref()).into_string().unwrap()
    }

    #[test]
    fn a_folder_above_a_mount_is_created_once() {
        let mount = |inside| Mount::Readable(VisiblePath::new("/home/me/x", inside));
        assert_eq!(
            words(&[mount("/a/b/c"), mount("/a/b/d"), mount("/a/e")]),
            "--dir /a --dir /a/b --ro-bind /home/me/x /a/b/c --ro-bind /home/me/x /a/b/d --ro-bind /home/me/x /a/e"
        );
    }

    #[test]
    fn each_mount_has_its_option() {
        let mounts = [
            Mount::Device("/dev/null".into()),
            Mount::Link { to: "usr/lib".into(), at: "/lib".into() },
            Mount::Scratch { at: "/tmp".into(), bytes: 5 },
            Mount::Writable(VisiblePath::new("/home/me/out", "/tmp/out")),
        ];
        assert_eq!(
            words(&mounts),
            "--dir /dev --dev-bind /dev/null /dev/null --symlink usr/lib /lib --size 5 --tmpfs /tmp --bind /home/me/out /tmp/out"
        );
    }
}
