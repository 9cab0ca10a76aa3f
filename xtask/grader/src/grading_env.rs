//! What every submission of a lesson is built and judged with: prepared once, before the first of them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use xtask_core::course::Lesson;
use xtask_core::files;
use xtask_core::process::{self, Limits, Output, Termination};
use xtask_core::test_binary;
use xtask_core::variant::Variant;
use xtask_core::verdict::Tier;

use crate::confine;
use crate::diagnostics::Diagnostics;
use crate::exam::LessonTest;
use crate::intake::SourceFile;
use crate::libraries::Libraries;
use crate::oracle::Oracle;
use crate::sandbox::{Job, Policy, Sandbox, Toolchain, VisiblePath};
use crate::similarity;
use crate::stop_reason::StopReason;

/// Some hundred times what a right submission needs.
const FOR_COMPILING: Limits = Limits { deadline: Duration::from_secs(60), output: 4 << 20 };

/// What a lesson's submissions are graded with.
#[derive(Clone)]
pub struct GradingEnv<'a> {
    pub lesson: Lesson,
    pub sandbox: &'a Sandbox,
    toolchain: &'a Toolchain,
    libraries: Libraries,
    /// Of this run alone: another grader may be at work. It goes when the environment goes.
    folder: Arc<TempDir>,
    /// The model's program, which judges.
    pub oracle: Arc<Oracle>,
    /// The tests that a submission has to pass, by tier.
    pub tests: Vec<LessonTest>,
    /// The fingerprint of the skeleton's tokens.
    skeleton: String,
    /// What the model used for the work of each claim that has to overlap; known when it has passed.
    pub models_cpu_ns: OnceLock<Vec<u64>>,
}

/// The result of compiling a submission.
#[derive(Debug)]
pub enum Compiled {
    /// The test program.
    Ready(PathBuf),
    Broken(Diagnostics),
    Stopped(StopReason),
}

impl<'a> GradingEnv<'a> {
    /// Builds the libraries and the oracle of a lesson, in a new folder within `folder`.
    ///
    /// # Errors
    ///
    /// The course's own code does not build, or the folder cannot be written.
    pub fn prepare(
        lesson: &Lesson,
        sandbox: &'a Sandbox,
        toolchain: &'a Toolchain,
        folder: &Path,
    ) -> Result<Self> {
        let folder = fs::create_dir_all(folder)
            .and_then(|()| TempDir::with_prefix_in(format!("{}-", lesson.name()), folder))
            .with_context(|| format!("no folder can be made in `{}`", folder.display()))?;
        let mut env = Self {
            libraries: Libraries::build(lesson, folder.path().join("libraries"))?,
            lesson: lesson.clone(),
            sandbox,
            toolchain,
            oracle: Arc::default(),
            folder: Arc::new(folder),
            tests: Vec::new(),
            skeleton: similarity::token_fingerprint(&[SourceFile::root(lesson.skeleton()?)])
                .unwrap_or_default(),
            models_cpu_ns: OnceLock::new(),
        };
        let model = env.model()?;
        let program = match env.compile(&[SourceFile::root(model)], "model")? {
            Compiled::Ready(program) => program,
            Compiled::Broken(diagnostics) => bail!(
                "the model of lesson {} does not compile as a submission does:\n{}",
                lesson.name(),
                diagnostics.errors.join("\n")
            ),
            Compiled::Stopped(stop) => {
                bail!("compiling the model of lesson {}: {stop}", lesson.name())
            }
        };
        let oracle = env.folder.path().join("oracle");
        // Not copied: a process that another thread starts meanwhile would hold the copy open for writing, and a file that is
        // open for writing cannot be started.
        let of_the_model = env.place("model").join(MADE).join(INCREMENTAL);
        fs::rename(&program, &oracle)
            .and_then(|()| fs::rename(of_the_model, env.folder.path().join(INCREMENTAL)))
            .with_context(|| format!("`{}` cannot be written", oracle.display()))?;
        let package = Variant::Solution.package(lesson);
        let tests = test_binary::list_tests(oracle.clone(), &package, lesson)?.tests;
        env.oracle = Arc::new(Oracle::new(oracle));
        for test in tests.into_iter().filter(|test| test.tier != Tier::Speed) {
            let claim = env.oracle.describe(&test)?;
            env.tests.push(LessonTest { test, claim });
        }
        Ok(env)
    }

    /// Whether a submission is the skeleton still, however it is formatted.
    pub fn is_skeleton(&self, files: &[SourceFile]) -> bool {
        similarity::token_fingerprint(files).is_some_and(|of_files| of_files == self.skeleton)
    }

    /// The text of the model.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn model(&self) -> Result<String> {
        let file = self.lesson.solution().join("src/lib.rs");
        fs::read_to_string(&file)
            .with_context(|| format!("`{}` cannot be read", self.lesson.display_path(&file)))
    }

    /// This environment with another sandbox to run programs in.
    pub fn run_in<'b>(&self, sandbox: &'b Sandbox) -> GradingEnv<'b>
    where
        'a: 'b,
    {
        GradingEnv { sandbox, ..self.clone() }
    }

    /// Compiles a submission and links it with the lesson's checks, in the sandbox. `place` is the name of a folder that nothing
    /// else uses meanwhile.
    ///
    /// # Errors
    ///
    /// The compiler cannot be started, the files not be written, or the course's side of the program does not compile.
    pub fn compile(&self, files: &[SourceFile], place: &str) -> Result<Compiled> {
        self.compile_with(files, place, "-Awarnings")
    }

    /// Compiles as [`GradingEnv::compile`] does, but treats a warning as an error.
    ///
    /// # Errors
    ///
    /// As [`GradingEnv::compile`].
    pub fn compile_without_warnings(&self, files: &[SourceFile], place: &str) -> Result<Compiled> {
        self.compile_with(files, place, "-Dwarnings")
    }

    fn compile_with(&self, files: &[SourceFile], place: &str, lint: &str) -> Result<Compiled> {
        let place = self.place(place);
        files::remove_folder(&place)?;
        let code = VisiblePath::new(place.join("code"), "/submission");
        for SourceFile { path, text } in files {
            files::write(&code.host.join("src").join(path), text)?;
        }
        let made = VisiblePath::new(place.join(MADE), "/made");
        fs::create_dir_all(&made.host)
            .with_context(|| format!("`{}` cannot be made", made.host.display()))?;
        let (kept, incremental) =
            (self.folder.path().join(INCREMENTAL), made.host.join(INCREMENTAL));
        if kept.exists() {
            files::copy(&kept, &incremental)?;
        }
        self.sandbox.make_writable(&made.host)?;
        let jobs = [self.code(code, made.clone(), lint), self.checks(made.clone())];
        let compiled = self.toolchain.permits.with(|| {
            for job in &jobs {
                if let Some(compiled) = self.rustc(job)? {
                    return Ok(compiled);
                }
            }
            Ok(Compiled::Ready(made.host.join(PROGRAM)))
        });
        // The model's is kept, and this is a copy.
        if kept.exists() {
            files::remove_folder(&incremental)?;
        }
        compiled
    }

    /// The folder of a submission that is compiled.
    fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join("submissions").join(name)
    }

    /// The submission alone, as a library.
    fn code(&self, code: VisiblePath, made: VisiblePath, lint: &str) -> Job {
        let mut arguments = self.arguments(&self.libraries.of_code, &made);
        let name = ["--crate-type", "rlib", "--crate-name", &self.libraries.crate_name];
        // After the forbidden words, a second barrier: it denies what macros may still do, unless they allow it themselves.
        let safe = ["-D", "unsafe_code", lint];
        let root = ["src/lib.rs"];
        let words = name.iter().chain(&safe).chain(&root);
        arguments.extend(words.map(OsString::from));
        let folder = self.sandbox.path_inside(&code).to_owned();
        self.compiler(folder, arguments, vec![code], made)
    }

    /// The test program: the lesson's checks, linked with the submission.
    ///
    /// Most of them are compiled for the model already, which takes three quarters of the time (1.8 s, and 0.6 s for a model with
    /// another function; lesson 04, rustc 1.95 on a core of a shared x86-64 Linux machine, 2026-11-28). No submission reads what
    /// another one left.
    fn checks(&self, made: VisiblePath) -> Job {
        let checks = self.lesson.checks();
        let tests = VisiblePath::new(checks.parent().unwrap_or(&checks), "/course/tests");
        let mut arguments = self.arguments(&self.libraries.of_checks, &made);
        arguments.extend(["--test", "--crate-name", PROGRAM, "-Awarnings"].map(OsString::from));
        let mut incremental = OsString::from("-Cincremental=");
        incremental.push(self.sandbox.path_inside(&made).join(INCREMENTAL));
        arguments.push(incremental);
        let name = &self.libraries.crate_name;
        arguments.extend(self.external(name, &made, &format!("lib{name}.rlib")));
        let folder = self.sandbox.path_inside(&tests).to_owned();
        arguments.push(folder.join("check.rs").into());
        self.compiler(folder, arguments, vec![tests], made)
    }

    fn visible_libraries(&self) -> VisiblePath {
        VisiblePath::new(&self.libraries.folder, "/libraries")
    }

    fn arguments(&self, libraries: &[(String, String)], made: &VisiblePath) -> Vec<OsString> {
        let shown = self.visible_libraries();
        let mut folder = OsString::from("-Ldependency=");
        folder.push(self.sandbox.path_inside(&shown));
        let how = [
            "--edition",
            &self.libraries.edition,
            "--error-format=json",
            "-Copt-level=0",
            "-Cdebug-assertions=on",
            "-Cdebuginfo=0",
            "-Cembed-bitcode=no",
            "--out-dir",
        ];
        let mut arguments: Vec<_> = how.map(OsString::from).into();
        arguments.extend([self.sandbox.path_inside(made).into(), folder]);
        for (name, file) in libraries {
            arguments.extend(self.external(name, &shown, file));
        }
        arguments
    }

    /// Where a crate is found: a file in a folder that is shown.
    fn external(&self, name: &str, shown: &VisiblePath, file: &str) -> [OsString; 2] {
        let mut place = OsString::from(format!("{name}="));
        place.push(self.sandbox.path_inside(shown).join(file));
        ["--extern".into(), place]
    }

    fn compiler(
        &self,
        folder: PathBuf,
        args: Vec<OsString>,
        mut readable: Vec<VisiblePath>,
        made: VisiblePath,
    ) -> Job {
        readable.push(self.visible_libraries());
        readable.extend(self.toolchain.visible_paths());
        Job {
            program: self.sandbox.path_inside(&self.toolchain.rustc).to_owned(),
            args,
            env: Toolchain::env(self.sandbox),
            folder,
            readable,
            writable: Some(made),
            proc: true,
            limits: confine::ResourceLimits::COMPILE,
            policy: Policy::COMPILE,
        }
    }

    /// What a submission may ask the system for, in this lesson.
    pub fn policy(&self) -> Policy {
        if self.libraries.starts_processes { Policy::RUN_WITH_PROCESSES } else { Policy::RUN }
    }

    /// What runs a compiled submission.
    pub fn job(&self, program: &Path, arguments: &[&str], policy: Policy) -> Job {
        let program = VisiblePath::new(program, "/submission/program");
        let seen = self.sandbox.path_inside(&program).to_owned();
        Job {
            args: arguments.iter().map(OsString::from).collect(),
            env: vec![
                ("RUST_BACKTRACE".into(), "0".into()),
                // Each further arena of glibc's allocator takes 64 MiB of the address space, used or not.
                ("MALLOC_ARENA_MAX".into(), "1".into()),
            ],
            folder: seen.parent().unwrap_or(&seen).to_owned(),
            program: seen,
            readable: vec![program],
            writable: None,
            proc: false,
            limits: confine::ResourceLimits::RUN,
            policy,
        }
    }

    /// Runs a job to its end.
    ///
    /// # Errors
    ///
    /// It cannot be started.
    pub fn run(&self, job: &Job, limits: Limits) -> Result<Output> {
        let ran = process::run(&mut self.sandbox.command(job), limits, |_| ())?;
        let termination = self.sandbox.termination(ran.termination);
        Ok(Output {
            termination: termination.with_context(|| ran.stderr.trim().to_owned())?,
            ..ran
        })
    }

    /// Runs one step of the compiler; `None` if it did what it should.
    fn rustc(&self, job: &Job) -> Result<Option<Compiled>> {
        let ran = self.run(job, FOR_COMPILING)?;
        let diagnostics = Diagnostics::parse(&ran.stderr);
        Ok(match ran.termination {
            Termination::Exit(0) => None,
            Termination::Exit(1) if !diagnostics.errors.is_empty() => {
                Some(Compiled::Broken(diagnostics))
            }
            // No code makes rustc do this.
            Termination::Exit(status) if status != COMPILER_PANICKED => {
                bail!("the compiler ended with status {status} and said: {}", ran.stderr.trim())
            }
            termination => Some(Compiled::Stopped(StopReason::of(termination, &ran.stderr))),
        })
    }
}

/// The exit status of rustc after an internal error.
const COMPILER_PANICKED: i32 = 101;
/// The folder in which the compiler writes.
const MADE: &str = "made";
/// What the compiler keeps for the next time.
const INCREMENTAL: &str = "incremental";
/// What the compiler makes.
const PROGRAM: &str = "program";
