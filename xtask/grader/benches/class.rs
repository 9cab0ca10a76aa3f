//! Measures what grading costs: in `xtask/tools`, `cargo bench -p grader --bench class -- 300` grades a class of 300
//! submissions of lesson 02, the known ones repeatedly, and prints the time for each submission after the first, and the
//! grader's own memory.
//!
//! A submission that hangs takes as long as the limits allow. The bench counts those that do.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use grader::corpus::Corpus;
use grader::export;
use grader::table::json;
use measure::protocol::Json;
use measure::protocol::request::{ForGrader, Grade};

const LESSON: &str = "02-chunked-integration";

fn main() -> Result<(), Box<dyn Error>> {
    let students = std::env::args().find_map(|word| word.parse().ok());
    for students in students.map_or(vec![30, 60], |students: usize| vec![students]) {
        measure(students)?;
    }
    Ok(())
}

fn measure(students: usize) -> Result<(), Box<dyn Error>> {
    let course = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).ok_or("no course")?;
    let solution = course.join("solutions").join(LESSON);
    let folder = tempfile::tempdir()?;
    let known = Corpus::read(&solution)?.submissions;
    for (number, known) in known.iter().cycle().take(students).enumerate() {
        let source = folder.path().join(format!("class/student-{number}/{LESSON}/src"));
        fs::create_dir_all(&source)?;
        fs::write(source.join("lib.rs"), &known.source)?;
    }

    let started = Instant::now();
    let mut grade = Command::new(env!("CARGO_BIN_EXE_grader"));
    let request = ForGrader::Grade(Grade {
        class: folder.path().join("class").display().to_string(),
        ..Grade::default()
    });
    grade.arg(request.to_json().to_string()).current_dir(course);
    let running = grade.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let journal = folder.path().join("class-graded/journal.jsonl");
    let (first, peak_kib) = watch(running, &journal)?;
    let all = started.elapsed();
    let after_the_first = all - first.duration_since(started);
    let results = fs::read_to_string(folder.path().join("class-graded").join(export::DOCUMENT))?;
    let records = json::parse(&results)?.records;
    let limit_s = 9.0;
    let at_the_limit = records.iter().filter(|record| record.testing_s > limit_s).count();
    println!(
        "{students} submissions in {:.0} s: {:.2} s each after the first, {at_the_limit} of them ran into a time limit; \
         the grader itself took {:.1} MiB at most",
        all.as_secs_f64(),
        after_the_first.as_secs_f64() / students.saturating_sub(1).max(1) as f64,
        peak_kib as f64 / 1024.0
    );
    Ok(())
}

/// Waits for the grader. Returns when the first submission was graded, and the peak memory of the process in KiB, or 0 where
/// the system does not tell.
fn watch(mut running: Child, journal: &Path) -> Result<(Instant, u64), Box<dyn Error>> {
    let (mut first, mut most) = (None, 0);
    while running.try_wait()?.is_none() {
        if first.is_none() && fs::metadata(journal).is_ok_and(|file| file.len() > 0) {
            first = Some(Instant::now());
        }
        let status = fs::read_to_string(format!("/proc/{}/status", running.id()));
        let peak = status.ok().and_then(|status| {
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.to_owned();
            line.split_whitespace().next()?.parse().ok()
        });
        most = most.max(peak.unwrap_or(0));
        thread::sleep(Duration::from_millis(50));
    }
    Ok((first.ok_or("nothing was graded")?, most))
}
