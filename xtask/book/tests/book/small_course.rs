//! A course of two lessons, with one of everything that a book must get right.

use std::fs;
use std::path::{Path, PathBuf};

use book::{Measured, Survey};
use xtask_core::course::Course;
use xtask_core::files::{entries, read_text};

const FILES: [(&str, &str); 18] = [
    (
        "README.md",
        "# Tiny\n\nTwo lessons.\n\n## Start\n\nSee the [map](ARCHITECTURE.md), `lessons/01-one/README.md` and \
         [rayon](https://docs.rs/rayon).\n",
    ),
    ("ARCHITECTURE.md", "# The map\n\nIts [licence](LICENSE).\n"),
    ("LICENSE", "Do as you like & < that.\n"),
    ("NOTES.md", "# Nobody links here\n"),
    ("xtask/Cargo.toml", ""),
    (
        "lessons/01-one/README.md",
        "# Lesson 01: First `things`\n\nThe sum is in [the source](src/lib.rs), made by [`sum`].\n\n\
         ```rust\n# use hidden_line as lesson;\nassert_eq!(2, 1 + 1);\n```\n\n\
         Run it, and then go on to [the next](../02-two/README.md#far).\n\n```sh\ncargo xtask sweep 01\n```\n\n\
         And that is what it prints.\n",
    ),
    (
        "lessons/01-one/hints.md",
        "## 1. The concept\n\nThink.\n\n## 2. The lines\n\n```rust\nlet onlyinahint = 1;\n```\n",
    ),
    ("lessons/01-one/src/lib.rs", "//! The `given` things.\n\npub fn given() {}\n"),
    ("lessons/01-one/examples/show.rs", "//! Shows `x < y`.\nfn main() {}\n"),
    ("lessons/01-one/examples/deep/mod.rs", "fn deep() {}\n"),
    ("exercises/01-one/src/lib.rs", "fn what_a_student_wrote() {}\n"),
    ("exercises/01-one/tests/check.rs", "#[test]\nfn one_is_one() {}\n"),
    (
        "solutions/01-one/src/lib.rs",
        "// solution:\n//! The model.\n//!\n//! # Why so\n//!\n//! Because of reasonsofthemodel.\n// end\n\n\
         /// One.\npub fn one() -> u32 {\n    // skeleton: todo!(\"one\")\n    // solution:\n    onlyinthemodel()\n    // end\n}\n",
    ),
    (
        "lessons/02-two/README.md",
        "# Lesson 02: Second\n\n![Two things](../../xtask/screens/two.svg)\n\n## Far\n\nThe end.\n",
    ),
    ("xtask/screens/two.svg", "<svg/>"),
    ("lessons/02-two/hints.md", "## 1. The concept\n\nThink.\n"),
    ("exercises/02-two/src/lib.rs", ""),
    ("solutions/02-two/src/lib.rs", "pub fn two() {}\n"),
];

/// A small course, and the folder of its book.
pub struct SmallCourse {
    pub root: PathBuf,
}

impl SmallCourse {
    /// In a separate folder, whose name has a space.
    pub fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("small course {name}"));
        let _ = fs::remove_dir_all(&root);
        let course = Self { root };
        for (file, text) in FILES {
            course.write(file, text);
        }
        course
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn course(&self) -> Course {
        Course::open(self.root.clone()).unwrap()
    }

    pub fn make(&self) -> Survey {
        self.make_with(&Measured::default())
    }

    pub fn make_with(&self, measured: &Measured) -> Survey {
        book::make(&self.course(), measured, &self.book()).unwrap()
    }

    pub fn book(&self) -> PathBuf {
        self.root.join("target/many-hands/book")
    }

    /// The main part of a page that was made.
    pub fn page(&self, name: &str) -> String {
        let html = fs::read_to_string(self.book().join(name)).unwrap();
        let (_, main) = html.split_once("<main>").unwrap();
        main.split_once("</main>").unwrap().0.to_owned()
    }

    /// All that the search knows.
    pub fn search_index(&self) -> String {
        let mut files = entries(&self.book()).unwrap().into_iter();
        let index = files.find(|path| path.to_string_lossy().contains("searchindex"));
        read_text(&index.unwrap()).unwrap()
    }
}
