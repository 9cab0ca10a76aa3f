//! `watch`, in a real terminal: saves come in, keys are struck, and everything that can go wrong does.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use e2e::Terminal;
use e2e::{CourseCopy, LESSON, create_pipe};

const USUAL: (u16, u16) = (100, 40);

fn watch(course: &CourseCopy) -> Terminal {
    Terminal::start(&course.command(&["watch", "02"]), USUAL)
}

/// What a verdict ends with, once nothing is running any more.
const WAITING: &str = "waiting for your next save";

/// Saves code that hangs; the pipe through which it tells its process's number.
fn write_hanging_code(course: &CourseCopy) -> PathBuf {
    let pipe = create_pipe(course, "watch pipe");
    course.write_hanging_code(&pipe);
    pipe
}

/// Waits until that code runs; its process's number.
fn process_at(pipe: &Path) -> String {
    loop {
        let mut number = String::new();
        let mut pipe = BufReader::new(File::open(pipe).unwrap());
        pipe.read_line(&mut number).unwrap();
        // One that is ended while it writes says nothing.
        if let Some(number) = number.strip_suffix('\n') {
            return number.to_owned();
        }
    }
}

#[track_caller]
fn assert_gone(process: &str) {
    let listed = Command::new("ps").args(["-o", "stat=,args=", "-p", process]).output();
    let state = String::from_utf8(listed.unwrap().stdout).unwrap();
    // One that has ended may still be on the list, until the system has struck it off.
    let state = state.trim();
    assert!(state.is_empty() || state.starts_with('Z'), "process {process} lives on: {state}");
}

#[test]
fn saves_are_checked_and_a_pass_waits_for_the_reader() {
    let course = CourseCopy::fresh();
    let terminal = watch(&course);
    terminal.shows(&["Lesson 02", "not started", "open exercises/02", WAITING]);

    course.write_chunk_ranges("vec![0..n; chunks.get()]");
    terminal.shows(&["✗ correct", "seen", "edit the file above, and save it"]);
    terminal.types("n");
    terminal.shows(&["this lesson has not passed yet"]);

    // As many editors save: all at once, in the place of the old file.
    let new = course.exercise().join("src/lib.rs.new");
    fs::write(&new, course.model()).unwrap();
    fs::rename(&new, course.exercise().join("src/lib.rs")).unwrap();
    terminal.shows(&["✓ correct", "✓ concurrent", "before you move on"]);
    terminal.shows(&["95 % interval", "✓ passed", WAITING]);
    course.xtask(&["list"]).assert(0, &["✓ 02", "done"]);

    terminal.types("t");
    terminal.shows(&["the share of the work"]);
    terminal.types("n");
    terminal.shows(&["Lesson 03", "not started"]);

    terminal.types("q");
    assert_eq!(terminal.ends().code(), Some(0));
    terminal.is_given_back();
    terminal.shows(&["cargo xtask watch 03"]);
}

#[test]
fn a_save_is_seen_by_its_content_whatever_its_time() {
    let course = CourseCopy::fresh();
    course.write_chunk_ranges("vec![0..n; chunks.get()]");
    let terminal = watch(&course);
    terminal.shows(&["✗ correct", WAITING]);
    let code = course.exercise().join("src/lib.rs");
    let before = fs::metadata(&code).unwrap().modified().unwrap();
    course.write_code("fn");
    let file = File::options().write(true).open(&code).unwrap();
    file.set_modified(before).unwrap();
    terminal.shows(&["it does not compile", WAITING]);
}

#[test]
fn code_that_hangs_keeps_no_key_and_no_save_waiting() {
    let course = CourseCopy::fresh();
    let pipe = write_hanging_code(&course);
    let terminal = watch(&course);
    let first = process_at(&pipe);
    terminal.types("h");
    terminal.shows(&["Hint 1 of 3", "running the checks"]);
    terminal.types("h");
    terminal.shows(&["Hint 2 of 3"]);
    terminal.types("?");
    terminal.shows(&["explains the keys"]);
    terminal.types("l");
    terminal.shows(&["Which lesson?", "> … 02", "in work"]);
    terminal.types("\x1b");

    // A save is what the student wants to hear about, not what was there before.
    course.write_code("fn");
    terminal.shows(&["it does not compile", WAITING]);
    assert_gone(&first);

    let pipe = write_hanging_code(&course);
    let second = process_at(&pipe);
    terminal.types("q");
    assert_eq!(terminal.ends().code(), Some(0));
    terminal.is_given_back();
    assert_gone(&second);
}

#[test]
fn what_cannot_be_shown_is_said_and_the_session_goes_on() {
    let course = CourseCopy::fresh();
    let terminal = watch(&course);
    terminal.shows(&["not started", WAITING]);
    // As while a new version of the course is being fetched.
    let hints = course.root.join("lessons").join(LESSON).join("hints.md");
    let away = hints.with_extension("away");
    fs::rename(&hints, &away).unwrap();
    terminal.types("h");
    terminal.shows(&["error:", "hints.md", WAITING]);
    fs::rename(&away, &hints).unwrap();
    terminal.types("h");
    terminal.shows(&["Hint 1 of 3"]);
    terminal.types("q");
    assert_eq!(terminal.ends().code(), Some(0));
}

#[test]
fn another_lesson_is_chosen_from_the_list_whatever_runs() {
    let course = CourseCopy::fresh();
    let pipe = write_hanging_code(&course);
    let terminal = watch(&course);
    let process = process_at(&pipe);
    terminal.types("l");
    terminal.shows(&["Which lesson?"]);
    terminal.types("3\n");
    terminal.shows(&["Lesson 03", "not started", WAITING]);
    assert_gone(&process);
    terminal.types("l");
    terminal.shows(&["> ○ 03"]);
    terminal.types("k\n");
    terminal.shows(&["Lesson 02", "checking what you saved"]);
    terminal.types("q");
    terminal.ends();
}

#[test]
fn a_narrow_terminal_shows_every_word() {
    let course = CourseCopy::fresh();
    course.write_chunk_ranges("vec![0..n; chunks.get()]");
    let terminal = watch(&course);
    terminal.shows(&["✗ correct", WAITING, "q quit"]);
    terminal.resize((60, 20));
    terminal.shows(&["↓", "more lines", WAITING, "q quit"]);
    terminal.types("\x1b[B\x1b[6~\x1b[F");
    terminal.shows(&["↑", "stuck? h shows hint 1 of 3, the concept", "q quit"]);
    terminal.resize((30, 8));
    terminal.shows(&["r again", "q quit"]);
    terminal.resize(USUAL);
    terminal.shows(&["Lesson 02", "✗ correct", "stuck?", "q quit"]);
}

#[test]
fn without_colour_there_is_none() {
    let course = CourseCopy::fresh();
    course.write_code("fn");
    let mut command = course.command(&["watch", "02"]);
    let terminal = Terminal::start(command.env("NO_COLOR", "1"), USUAL);
    terminal.shows(&["it does not compile", "error", WAITING]);
    terminal.types("q");
    terminal.ends();
    terminal.is_given_back();
    for sequence in terminal.output().split("\x1b[").skip(1) {
        let end = sequence.find(|letter| ('@'..='~').contains(&letter));
        let sequence = &sequence[..=end.unwrap()];
        assert!(!sequence.ends_with('m') || sequence == "0m", "a style: {sequence:?}");
    }
}

#[test]
fn an_interrupt_and_a_request_to_terminate_give_the_terminal_back() {
    let course = CourseCopy::fresh();
    let by_key = |terminal: &Terminal| terminal.types("\x03");
    let by_signal = |terminal: &Terminal| {
        let sent = Command::new("kill").args(["-TERM", &terminal.pid.to_string()]).status();
        assert!(sent.unwrap().success());
    };
    for end in [by_key as fn(&Terminal), by_signal] {
        let pipe = write_hanging_code(&course);
        let terminal = watch(&course);
        let process = process_at(&pipe);
        end(&terminal);
        assert_eq!(terminal.ends().code(), Some(130));
        terminal.is_given_back();
        terminal.shows(&["nothing is lost"]);
        assert_gone(&process);
    }
}

#[test]
fn what_stops_a_program_or_its_output_is_a_key_like_any_other() {
    let course = CourseCopy::fresh();
    let terminal = watch(&course);
    terminal.shows(&[WAITING]);
    // Ctrl-Z, Ctrl-S, Ctrl-\.
    terminal.types("\x1a\x13\x1c?");
    terminal.shows(&["explains the keys"]);
    terminal.types("q");
    assert_eq!(terminal.ends().code(), Some(0));
    terminal.is_given_back();
}

#[test]
fn a_panic_gives_the_terminal_back_and_can_be_read() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let claim = "watching::a_program_that_takes_the_terminal_and_panics";
    command.args(["--ignored", "--exact", claim, "--nocapture"]);
    let terminal = Terminal::start(&command, USUAL);
    assert_eq!(terminal.ends().code(), Some(101));
    terminal.is_given_back();
    terminal.shows(&["a mistake, on purpose"]);
    assert!(terminal.output().contains("\x1b[?1049h"), "it was taken");
}

#[test]
#[ignore = "no test by itself: the one above starts it in a terminal"]
fn a_program_that_takes_the_terminal_and_panics() {
    let _terminal = xtask_core::ui::Terminal::take().unwrap();
    panic!("a mistake, on purpose");
}

#[test]
fn an_empty_command_line_watches_in_a_terminal_and_helps_elsewhere() {
    let course = CourseCopy::fresh();
    let terminal = Terminal::start(&course.command(&[]), USUAL);
    terminal.shows(&["Lesson 01", WAITING]);
    terminal.types("q");
    terminal.ends();
    course.xtask(&[]).assert(0, &["cargo xtask watch", "Start with"]);
}

#[test]
fn what_cannot_be_redrawn_is_refused_with_what_to_do_instead() {
    let course = CourseCopy::fresh();
    let refusal = ["`watch` needs a terminal; cargo xtask check 02"];
    course.xtask(&["watch", "02"]).assert(2, &refusal);
    let mut dumb = course.command(&["watch", "02"]);
    let terminal = Terminal::start(dumb.env("TERM", "dumb"), USUAL);
    assert_eq!(terminal.ends().code(), Some(2));
    terminal.shows(&refusal);
}

#[test]
fn a_mistake_of_the_machine_is_told_and_the_next_save_goes_on() {
    let course = CourseCopy::fresh();
    let code = course.exercise().join("src/lib.rs");
    let terminal = watch(&course);
    terminal.shows(&["not started", WAITING]);
    fs::remove_file(&code).unwrap();
    terminal.shows(&["error:", "cargo xtask reset 02", WAITING]);
    course.write_code("fn");
    terminal.shows(&["it does not compile", WAITING]);
}
