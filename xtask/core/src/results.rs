//! What measurements leave behind: documents under `target/`, and the pictures made of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;
use measure::protocol::{Header, Json, Kind, Machine, SCHEMA};

use crate::cargo;
use crate::course::{Course, Lesson};
use crate::files;
use crate::ui::Working;

/// What every document of a measurement begins with. `command` repeats the measurement, which came to its end if it is
/// `complete`.
pub fn header(
    kind: Kind,
    lesson: &Lesson,
    subject: &str,
    command: &str,
    complete: bool,
) -> Result<Header> {
    Ok(Header {
        schema: SCHEMA,
        kind,
        lesson: lesson.name().to_owned(),
        title: lesson.title()?,
        subject: subject.to_owned(),
        command: command.to_owned(),
        date: date(SystemTime::now()),
        machine: machine(),
        complete,
    })
}

/// The day by the calendar of Greenwich: `2026-11-22`.
fn date(now: SystemTime) -> String {
    let mut stamp = humantime::format_rfc3339_seconds(now).to_string();
    stamp.truncate("2026-11-22".len());
    stamp
}

fn machine() -> Machine {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    Machine {
        cores_offered: cores,
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        cpu: cpu(&cpuinfo).map(str::to_owned),
    }
}

fn cpu(cpuinfo: &str) -> Option<&str> {
    let line = cpuinfo.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim())
}

/// Where the results of one command on one lesson lie: `target/many-hands/results/sweep-02`, without the ending.
pub fn place(course: &Course, command: &str, lesson: &Lesson) -> PathBuf {
    let name = format!("{command}-{}", lesson.number());
    course.root().join("target/many-hands/results").join(name)
}

/// Keeps the document, draws the pictures of it if asked to, and tells which files there are now. That the pictures cannot
/// be drawn is a sentence in the place of their names: the figures are there all the same.
pub fn keep_and_draw(
    course: &Course,
    lesson: &Lesson,
    place: &Path,
    document: &impl Json,
    draw: bool,
) -> Result<Vec<String>> {
    let file = place.with_extension("json");
    files::write(&file, format!("{:#}\n", document.to_json()))?;
    let mut kept = vec![lesson.display_path(&file)];
    if draw {
        let working = Working::start("drawing");
        let pictures = cargo::run_package(course, "plots", &file, |step| working.now(step));
        match pictures {
            Ok(files) => {
                kept.extend(files.lines().map(|file| lesson.display_path(Path::new(file))))
            }
            Err(error) => kept.push(format!("no pictures: {error:#}")),
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_date_is_the_day_alone() {
        let day = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_348_800);
        assert_eq!(date(day), "2026-11-22");
    }

    #[test]
    fn the_cpu_is_named_where_the_system_tells() {
        assert_eq!(cpu("processor\t: 0\nmodel name\t: AMD EPYC 7B13\n"), Some("AMD EPYC 7B13"));
        assert_eq!(cpu(""), None);
    }
}
