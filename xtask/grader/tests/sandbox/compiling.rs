//! Runs rustc and the linker in the sandbox, and a program that they compiled.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use grader::sandbox::{Job, Policy, ResourceLimits, Toolchain, VisiblePath};
use xtask_core::process::{Output, Termination};

use crate::attempt::{folder, job, run, sandbox};

fn toolchain() -> Toolchain {
    let rustc = Command::new("rustc").args(["--print", "sysroot"]).output();
    let sysroot = String::from_utf8(rustc.unwrap().stdout).unwrap();
    Toolchain::at(Path::new(sysroot.trim()))
}

/// Compiles code to `program` in the returned folder.
fn compile(name: &str, code: &str) -> (Output, PathBuf) {
    let (source, out) = (folder(&format!("{name}-source")), folder(name));
    fs::write(source.join("main.rs"), code).unwrap();
    sandbox().make_writable(&out).unwrap();
    let toolchain = toolchain();
    let source = VisiblePath::new(source, "/source");
    let target = VisiblePath::new(&out, "/out");
    let args = ["--edition=2024", "-C", "opt-level=1", "-o", "/out/program", "main.rs"];
    let compiler = Job {
        program: sandbox().path_inside(&toolchain.rustc).to_owned(),
        args: args.map(Into::into).into(),
        env: Toolchain::env(sandbox()),
        folder: sandbox().path_inside(&source).to_owned(),
        readable: toolchain.visible_paths().chain([source]).collect(),
        writable: Some(target),
        proc: true,
        limits: ResourceLimits::COMPILE,
        policy: Policy::COMPILE,
    };
    (run(&compiler), out)
}

#[test]
fn a_program_is_compiled_inside_and_its_threads_run_inside() {
    let (ran, out) = compile(
        "two-threads",
        r#"
        fn main() {
            let half = |from: u64| std::thread::spawn(move || (from..from + 50).sum::<u64>());
            let halves = [half(0), half(50)];
            let [low, high] = halves.map(|half| half.join().unwrap());
            println!("{} on {:?}", low + high, std::thread::available_parallelism().is_ok());
            println!("{:?}", std::env::current_exe());
            eprintln!("{:?}", std::fs::write("/tmp/x", "x").map_err(|error| error.kind()));
        }
        "#,
    );
    assert_eq!(sandbox().termination(ran.termination), Ok(Termination::Exit(0)), "{ran:?}");
    let program = VisiblePath::new(out.join("program"), "/program");
    let writes = Policy { writing: grader::sandbox::CallAction::Refuse, ..Policy::RUN };
    let ran = run(&Job {
        program: sandbox().path_inside(&program).to_owned(),
        readable: vec![program],
        policy: writes,
        ..job("nothing")
    });
    assert_eq!(
        (sandbox().termination(ran.termination), &*ran.stdout, &*ran.stderr),
        (Ok(Termination::Exit(0)), "4950 on true\nOk(\"/program\")\n", "Err(PermissionDenied)\n")
    );
}

#[test]
fn a_file_that_is_not_visible_cannot_be_included() {
    let own_source = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    for path in [own_source.to_str().unwrap(), "/etc/passwd", "/proc/self/environ"] {
        let (ran, _) = compile(
            "including",
            &format!("fn main() {{ print!(\"{{}}\", include_str!({path:?})) }}"),
        );
        assert_eq!(sandbox().termination(ran.termination), Ok(Termination::Exit(1)), "{ran:?}");
        assert!(ran.stderr.contains("couldn't read"), "{}", ran.stderr);
    }
}
