//! A copy of the course for tests that play a student: the runner is started in it, as a student would start it.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{LazyLock, Mutex, PoisonError};

use measure::protocol::Json;
use measure::protocol::request::{ForGrader, Verify};

/// The lesson that the tests play with.
pub const LESSON: &str = "02-chunked-integration";

/// A copy of the course. Its exercise of [`LESSON`] is the skeleton at first, whatever the original's holds.
pub struct CourseCopy {
    pub root: PathBuf,
    /// The copy's place among those that the next test may take.
    number: Option<usize>,
}

/// What the runner printed, and its exit status.
#[derive(Debug)]
pub struct Output {
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// The folder below which this program was built.
pub fn target_folder() -> &'static Path {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let program = env::current_exe().expect("the system tells the path of this program");
        // TARGET/debug/deps/PROGRAM
        let folder = program.ancestors().nth(3).expect("cargo has built it");
        folder.to_owned()
    });
    &FOLDER
}

/// Builds a program of the course itself; its path.
fn build_program(workspace: &str, package: &str) -> PathBuf {
    let status = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--quiet", "--package", package, "--target-dir"])
        .arg(target_folder())
        .current_dir(original().join(workspace))
        .status();
    assert!(status.unwrap().success(), "`{package}` is not built");
    let name = format!("{package}{}", env::consts::EXE_SUFFIX);
    target_folder().join("debug").join(name)
}

/// The program under test.
static RUNNER: LazyLock<PathBuf> = LazyLock::new(|| build_program(".", "xtask"));

fn original() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("the package is inside the course")
}

/// The copy in which all that checks and measures [`LESSON`] is built once. All others begin as copies of this one, with what is
/// built.
static SEED: LazyLock<CourseCopy> = LazyLock::new(|| {
    let seed = CourseCopy::lay_out("a course copy to begin with");
    seed.write_code(&seed.model());
    for options in [&["check", "02"][..], &["check", "02", "--solution"]] {
        seed.xtask(options).assert(0, &["✓ concurrent"]);
    }
    seed.xtask(&["sweep", "02", "--solution", "--quick", "--size", "1000"]).assert(0, &[]);
    seed
});

/// Numbers of the copies that no test uses now.
static FREE: Mutex<Vec<usize>> = Mutex::new(Vec::new());
static COPIES: Mutex<usize> = Mutex::new(0);

impl CourseCopy {
    /// A copy that no other test uses meanwhile.
    pub fn fresh() -> Self {
        let free = FREE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let number = free.unwrap_or_else(|| {
            let mut copies = COPIES.lock().unwrap_or_else(PoisonError::into_inner);
            *copies += 1;
            *copies
        });
        let mut copy = Self::with_name(&format!("a course copy {number}"));
        copy.number = Some(number);
        copy
    }

    /// The copy of this name, for tests that share it.
    pub fn with_name(name: &str) -> Self {
        let seed = &SEED.root;
        let root = folder_of(name);
        let same = |file| fs::read(seed.join(file)).ok() == fs::read(root.join(file)).ok();
        if !same("Cargo.lock") || !same("Cargo.toml") {
            let _ = fs::remove_dir_all(&root);
            copy_with_times(seed, &root);
        }
        Self::lay_out(name)
    }

    fn lay_out(name: &str) -> Self {
        let root = folder_of(name);
        for part in
            ["Cargo.toml", "Cargo.lock", ".cargo", "lessons", "exercises", "solutions", "xtask"]
        {
            mirror(&original().join(part), &root.join(part));
        }
        for left_by_tests in ["target/many-hands", "saved", ".git"] {
            let _ = fs::remove_dir_all(root.join(left_by_tests));
        }
        for kind in ["lessons", "exercises", "solutions"] {
            for lesson in fs::read_dir(root.join(kind)).unwrap() {
                let lesson = lesson.unwrap();
                if !original().join(kind).join(lesson.file_name()).exists() {
                    fs::remove_dir_all(lesson.path()).unwrap();
                }
            }
        }
        let copy = Self { root, number: None };
        let skeleton = copy.xtask(&["skeleton", LESSON]);
        assert_eq!(skeleton.status, Some(0), "{skeleton:?}");
        fs::remove_dir_all(copy.src()).unwrap();
        fs::create_dir(copy.src()).unwrap();
        copy.write_code(&skeleton.stdout);
        copy
    }

    /// The names of the lessons' folders, in order.
    pub fn lessons(&self) -> Vec<String> {
        let folders = fs::read_dir(self.root.join("exercises")).unwrap();
        let mut names: Vec<_> =
            folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub fn exercise(&self) -> PathBuf {
        self.root.join("exercises").join(LESSON)
    }

    pub fn solution(&self) -> PathBuf {
        self.root.join("solutions").join(LESSON)
    }

    pub fn src(&self) -> PathBuf {
        self.exercise().join("src")
    }

    /// What a student saves in the exercise.
    pub fn write_code(&self, code: &str) {
        fs::write(self.src().join("lib.rs"), code).unwrap();
    }

    /// What the exercise holds before a student edits it.
    pub fn skeleton(&self) -> String {
        self.xtask(&["skeleton", LESSON]).stdout
    }

    /// The model solution as the student's own code.
    pub fn model(&self) -> String {
        fs::read_to_string(self.solution().join("src/lib.rs")).unwrap()
    }

    /// The model solution with `new` in the place of `old`, which it has once.
    pub fn model_with(&self, old: &str, new: &str) -> String {
        let model = self.model();
        assert_eq!(model.matches(old).count(), 1, "{old}");
        model.replace(old, new)
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

    /// Saves code that tells its process's number through a pipe as soon as it runs, and then hangs.
    pub fn write_hanging_code(&self, pipe: &Path) {
        self.write_chunk_ranges(&format!(
            "std::fs::write({pipe:?}, format!(\"{{}}\\n\", std::process::id())).unwrap();\n    \
             loop {{ std::thread::park(); drop((n, chunks)) }}"
        ));
    }

    /// The runner, to be started in the copy.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&*RUNNER);
        command.args(arguments);
        self.enter(&mut command);
        command
    }

    /// Verifies a lesson, or some of its submissions, as `verify` does; but the grader is built once, not in the copy.
    pub fn verify(&self, lesson: &str, submissions: &[&str]) -> Output {
        self.start_verify(lesson, submissions, Verify::default())
    }

    /// Judges the mutants of a lesson's model whose operators or changes contain one of the pieces.
    pub fn verify_mutants(&self, lesson: &str, pieces: &[&str]) -> Output {
        let mutants = Verify { mutants: true, ..Verify::default() };
        self.start_verify(lesson, pieces, mutants)
    }

    fn start_verify(&self, lesson: &str, submissions: &[&str], how: Verify) -> Output {
        let request = ForGrader::Verify(Verify {
            lesson: Some(lesson.to_owned()),
            submissions: submissions.iter().map(|&name| name.to_owned()).collect(),
            ..how
        });
        let mut grader = Command::new(build_program("xtask/tools", "grader"));
        grader.arg(request.to_json().to_string());
        self.enter(&mut grader);
        Output::of(&mut grader)
    }

    /// The build folder is the copy's own, and the course is found from the folder, as in a student's shell.
    fn enter(&self, command: &mut Command) {
        command
            .current_dir(&self.root)
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CARGO_MANIFEST_DIR");
    }

    pub fn xtask(&self, arguments: &[&str]) -> Output {
        Output::of(&mut self.command(arguments))
    }

    /// Runs it behind separate file systems, which a shell script mounts; `None` if the kernel lets no ordinary user do
    /// that.
    #[cfg(target_os = "linux")]
    pub fn xtask_behind(&self, mounts: &str, arguments: &[&str]) -> Option<Output> {
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
        behind.args(["-rm", "sh", "-c", &script, "sh"]);
        behind.arg(&*RUNNER).args(arguments);
        self.enter(&mut behind);
        Some(Output::of(&mut behind))
    }
}

impl Drop for CourseCopy {
    /// The next test may take it.
    fn drop(&mut self) {
        if let Some(number) = self.number {
            FREE.lock().unwrap_or_else(PoisonError::into_inner).push(number);
        }
    }
}

/// Starts the runner, waits until what it runs writes a line into the pipe, and interrupts it: that line, and the output.
#[cfg(unix)]
pub fn interrupt_at(pipe: &Path, command: &mut Command) -> (String, Output) {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    let mut pipe = BufReader::new(File::open(pipe).unwrap());
    pipe.read_line(&mut line).unwrap();
    let interrupt = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupt.unwrap().success());
    (line, Output::from(child.wait_with_output().unwrap()))
}

/// Writes a shell script that can be run at once.
///
/// Another process writes it: a file that this one has open for writing cannot be run, nor while a child that another test is
/// just starting has inherited it.
#[cfg(unix)]
pub fn write_script(path: &Path, script: &str) {
    let written = Command::new("sh")
        .args(["-c", "printf %s \"$2\" >\"$1\" && chmod +x \"$1\"", "sh"])
        .arg(path)
        .arg(script)
        .status();
    assert!(written.unwrap().success());
}

/// Creates a named pipe in the copy's build folder.
#[cfg(unix)]
pub fn create_pipe(course: &CourseCopy, name: &str) -> PathBuf {
    let pipe = course.root.join("target").join(name);
    let _ = fs::remove_file(&pipe);
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    pipe
}

impl From<std::process::Output> for Output {
    fn from(output: std::process::Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            status: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

impl Output {
    /// Runs a command to its end.
    pub fn of(command: &mut Command) -> Self {
        Self::from(command.output().unwrap())
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

fn folder_of(name: &str) -> PathBuf {
    // The spaces are on purpose: every test runs in a path that has some.
    target_folder().join("tmp").join(name)
}

/// Makes `to` the same as `from`, and leaves what is the same already untouched, so that it is not built again.
fn mirror(from: &Path, to: &Path) {
    for_each_file(from, to, &|from, to| {
        if fs::read(from).ok() != fs::read(to).ok() {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(from, to).unwrap();
        }
    });
}

/// Copies a folder with the times of its files, by which cargo knows what is built.
fn copy_with_times(from: &Path, to: &Path) {
    for_each_file(from, to, &|from, to| {
        fs::copy(from, to).unwrap();
        let modified = fs::metadata(from).unwrap().modified().unwrap();
        let file = File::options().write(true).open(to).unwrap();
        file.set_modified(modified).unwrap();
    });
}

/// Makes the folders of `from` in `to`, and calls `copy` with each file and its place there.
fn for_each_file(from: &Path, to: &Path, copy: &impl Fn(&Path, &Path)) {
    if !from.is_dir() {
        return copy(from, to);
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        for_each_file(&entry.path(), &to.join(entry.file_name()), copy);
    }
}
