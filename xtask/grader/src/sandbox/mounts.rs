//! What can be seen inside, as values, and as bubblewrap's arguments.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::VisiblePath;

/// One thing that can be seen inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mount {
    Readable(VisiblePath),
    Writable(VisiblePath),
    /// The same device as here.
    Device(PathBuf),
    /// A symbolic link.
    Link {
        to: PathBuf,
        at: PathBuf,
    },
    /// An empty folder in memory, of limited size.
    Scratch {
        at: PathBuf,
        bytes: u64,
    },
    /// The processes inside, at `/proc`.
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

    /// The same thing, seen once more from where it has been made visible already.
    pub(super) fn seen_from_inside(self) -> Self {
        let again = |shown: VisiblePath| VisiblePath::new(shown.inside.clone(), shown.inside);
        match self {
            Self::Readable(shown) => Self::Readable(again(shown)),
            Self::Writable(shown) => Self::Writable(again(shown)),
            other => other,
        }
    }

    fn args(&self) -> Vec<OsString> {
        let words = |words: [&Path; 3]| words.map(|word| word.as_os_str().to_owned()).to_vec();
        let bind = |how, shown: &VisiblePath| words([Path::new(how), &shown.host, &shown.inside]);
        match self {
            Self::Readable(shown) => bind("--ro-bind", shown),
            Self::Writable(shown) => bind("--bind", shown),
            Self::Device(device) => words([Path::new("--dev-bind"), device, device]),
            Self::Link { to, at } => words([Path::new("--symlink"), to, at]),
            Self::Scratch { at, bytes } => {
                let size = ["--size".into(), bytes.to_string().into()];
                let tmpfs = ["--tmpfs".into(), at.into()];
                size.into_iter().chain(tmpfs).collect()
            }
            Self::Processes => ["--proc", "/proc", "--remount-ro", "/proc"]
                .map(OsString::from)
                .to_vec(),
        }
    }
}

/// Bubblewrap's arguments for these things, in this order, with the folders in which they lie.
///
/// Those are named too, since bubblewrap closes to all other users what it makes unasked.
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

/// Where systems keep the shared libraries that nearly every program needs.
const LIBRARIES: [&str; 8] = [
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/libx32",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
];

/// Without them no random numbers, and nowhere to throw things away. No terminal, no disk.
const DEVICES: [&str; 4] = ["/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"];

/// What every program needs to see.
pub(super) fn base() -> Vec<Mount> {
    let mut base: Vec<_> = LIBRARIES
        .iter()
        .filter_map(|path| as_it_is(Path::new(path)))
        .collect();
    base.extend(as_it_is(Path::new("/etc/ld.so.cache")));
    base.extend(DEVICES.map(|device| Mount::Device(device.into())));
    base
}

/// A folder or a file shown where it is, a link as a link; nothing where there is nothing.
fn as_it_is(path: &Path) -> Option<Mount> {
    let is_link = fs::symlink_metadata(path).ok()?.is_symlink();
    Some(if is_link {
        Mount::Link {
            to: fs::read_link(path).ok()?,
            at: path.to_owned(),
        }
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
    fn a_folder_above_what_is_shown_is_made_once_and_open_to_all() {
        let shown = |inside| Mount::Readable(VisiblePath::new("/home/me/x", inside));
        assert_eq!(
            words(&[shown("/a/b/c"), shown("/a/b/d"), shown("/a/e")]),
            "--dir /a --dir /a/b --ro-bind /home/me/x /a/b/c --ro-bind /home/me/x /a/b/d --ro-bind /home/me/x /a/e"
        );
    }

    #[test]
    fn each_thing_has_its_words() {
        let mounts = [
            Mount::Device("/dev/null".into()),
            Mount::Link {
                to: "usr/lib".into(),
                at: "/lib".into(),
            },
            Mount::Scratch {
                at: "/tmp".into(),
                bytes: 5,
            },
            Mount::Writable(VisiblePath::new("/home/me/out", "/tmp/out")),
        ];
        assert_eq!(
            words(&mounts),
            "--dir /dev --dev-bind /dev/null /dev/null --symlink usr/lib /lib --size 5 --tmpfs /tmp --bind /home/me/out /tmp/out"
        );
    }

    #[test]
    fn in_the_second_layer_things_come_from_where_the_first_put_them() {
        let shown = Mount::Readable(VisiblePath::new("/root/secret/x", "/x"));
        assert_eq!(words(&[shown.seen_from_inside()]), "--ro-bind /x /x");
    }
}
