//! A copy of the course for tests that play a student: the runner is started in it, as a student would start it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The lesson that the tests play with.
pub const LESSON: &str = "02-chunked-integration";

/// A copy whose exercise of [`LESSON`] is the skeleton, whatever the original's holds.
///
/// The tests of this package run one at a time, so they share one copy and what is built in it.
pub struct CourseCopy {
    pub root: PathBuf,
}

/// What the runner answered.
#[derive(Debug)]
pub struct Answer {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl CourseCopy {
    pub fn fresh() -> Self {
        let original = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("the package is inside the course");
        // The spaces are on purpose: every test runs in a path that has some.
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("a course copy");
        for part in [
            "Cargo.toml",
            "Cargo.lock",
            ".cargo",
            "lessons",
            "exercises",
            "solutions",
            "xtask",
        ] {
            mirror(&original.join(part), &root.join(part));
        }
        for left_by_tests in ["target/many-hands", "saved", ".git"] {
            let _ = fs::remove_dir_all(root.join(left_by_tests));
        }
        for kind in ["lessons", "exercises", "solutions"] {
            for lesson in fs::read_dir(root.join(kind)).unwrap() {
                let lesson = lesson.unwrap();
                if !original.join(kind).join(lesson.file_name()).exists() {
                    fs::remove_dir_all(lesson.path()).unwrap();
                }
            }
        }
        let copy = Self { root };
        let skeleton = copy.xtask(&["skeleton", LESSON]);
        assert_eq!(skeleton.status, Some(0), "{skeleton:?}");
        fs::remove_dir_all(copy.src()).unwrap();
        fs::create_dir(copy.src()).unwrap();
        copy.write_code(&skeleton.stdout);
        copy
    }

    pub fn exercise(&self) -> PathBuf {
        self.root.join("exercises").join(LESSON)
    }

    pub fn src(&self) -> PathBuf {
        self.exercise().join("src")
    }

    /// What a student saves in the exercise.
    pub fn write_code(&self, code: &str) {
        fs::write(self.src().join("lib.rs"), code).unwrap();
    }

    /// What the exercise holds before anybody edits it.
    pub fn skeleton(&self) -> String {
        self.xtask(&["skeleton", LESSON]).stdout
    }

    /// The model solution as the student's own code.
    pub fn model(&self) -> String {
        fs::read_to_string(self.root.join("solutions").join(LESSON).join("src/lib.rs")).unwrap()
    }

    /// Saves code that is the model's, but for the body of `chunk_ranges`.
    pub fn write_chunk_ranges(&self, body: &str) {
        fs::write(self.exercise().join("src/model.rs"), self.model()).unwrap();
        self.write_code(&format!(
            "mod model;\n\
             pub use model::{{integrate, integrate_range}};\n\
             use std::{{num::NonZeroUsize, ops::Range}};\n\n\
             pub fn chunk_ranges(n: usize, chunks: NonZeroUsize) -> Vec<Range<usize>> {{\n    {body}\n}}\n"
        ));
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(arguments).current_dir(&self.root);
        // The build folder is the copy's own, and the course is found from the folder, as in a student's shell.
        command
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CARGO_MANIFEST_DIR");
        command
    }

    pub fn xtask(&self, arguments: &[&str]) -> Answer {
        answer(&mut self.command(arguments))
    }

    /// Runs it behind file systems of its own, which a shell script mounts; `None` if the kernel lets no ordinary user do
    /// that.
    #[cfg(target_os = "linux")]
    pub fn xtask_behind(&self, mounts: &str, arguments: &[&str]) -> Option<Answer> {
        let allowed = Command::new("unshare")
            .args(["-rm", "true"])
            .status()
            .is_ok_and(|status| status.success());
        if !allowed {
            println!("not provoked: this kernel lets no ordinary user mount anything");
            return None;
        }
        let script = format!("{mounts} && exec \"$@\"");
        let mut behind = Command::new("unshare");
        behind
            .args(["-rm", "sh", "-c", &script, "sh"])
            .arg(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(&self.root)
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CARGO_MANIFEST_DIR");
        Some(answer(&mut behind))
    }
}

pub fn answer(command: &mut Command) -> Answer {
    Answer::of(command.output().unwrap())
}

/// Starts the runner, waits until what it runs writes a line into the pipe, and interrupts it: that line, and the answer.
#[cfg(unix)]
pub fn interrupted_at(pipe: &Path, command: &mut Command) -> (String, Answer) {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut pipe = BufReader::new(fs::File::open(pipe).unwrap());
    pipe.read_line(&mut line).unwrap();
    let interrupt = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(interrupt.unwrap().success());
    (line, Answer::of(child.wait_with_output().unwrap()))
}

/// A named pipe in the copy's build folder.
#[cfg(unix)]
pub fn pipe(course: &CourseCopy, name: &str) -> PathBuf {
    let pipe = course.root.join("target").join(name);
    let _ = fs::remove_file(&pipe);
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    pipe
}

impl Answer {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            status: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    #[track_caller]
    pub fn assert(&self, status: i32, words: &[&str]) {
        let all = [self.stdout.as_str(), &self.stderr].concat();
        let flowing = all.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in words {
            assert!(flowing.contains(words), "`{words}` is not said in:\n{all}");
        }
        assert_eq!(self.status, Some(status), "{all}");
    }
}

/// Makes `to` the same as `from`, and leaves what is the same already untouched, so that it is not built again.
fn mirror(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            mirror(&entry.path(), &to.join(entry.file_name()));
        }
    } else if fs::read(from).ok() != fs::read(to).ok() {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
}
