//! `help`: what there is, and what each command takes.

use std::fmt::Write as _;

use anyhow::{Result, anyhow};
use xtask_core::ui;

use super::{Exit, commands};
use crate::cli::{self, Args, Command};

pub(super) fn run(args: &Args) -> Result<Exit> {
    let page = match &args.lesson {
        Some(name) => of_one(cli::find(&commands(), name).ok_or_else(|| {
            anyhow!("there is no command `{name}`; `cargo xtask help` lists them")
        })?),
        None => overview(),
    };
    ui::print(&page);
    Ok(Exit::Passed)
}

fn overview() -> String {
    let mut page = "Many Hands: data parallelism in Rust, learnt by measuring\n\n".to_owned();
    for command in commands() {
        let _ = writeln!(page, "  cargo xtask {:<20} {}", usage(command, None), command.about);
    }
    page + "\nLESSON is a number (`02`, `2`), a name or the beginning of one (`chunked`).\n\
            Start with `cargo xtask`, in a terminal.\n"
}

fn of_one(command: &Command) -> String {
    let mut page = format!("cargo xtask {}\n\n{}\n", usage(command, command.more), command.about);
    if let Some(without) = command.lesson {
        let _ = write!(page, "\nwithout {}: {without}\n", argument(command));
    }
    if !command.flags.is_empty() {
        page.push('\n');
    }
    let widest = command.flags.iter().map(|(flag, _)| flag.len()).max();
    let widest = widest.unwrap_or(0).max(12);
    for (flag, about) in command.flags {
        let _ = writeln!(page, "  --{flag:<widest$} {about}");
    }
    page
}

fn usage(command: &Command, more: Option<&str>) -> String {
    let wanted = |more: Option<&str>| more.map_or_else(String::new, |more| format!(" {more}"));
    let more = more.map(|more| format!(" [{more}]"));
    match command.lesson {
        Some(_) if needs_one(command) => format!("{} {}", command.name, argument(command)),
        Some(_) => format!("{} [{}]{}", command.name, argument(command), more.unwrap_or_default()),
        None => format!("{}{}", command.name, wanted(command.more)),
    }
}

/// Whether the command refuses to choose by itself.
fn needs_one(command: &Command) -> bool {
    ["reset", "new"].contains(&command.name)
}

fn argument(command: &Command) -> &'static str {
    match command.name {
        "help" => "COMMAND",
        "new" => "SLUG",
        _ => "LESSON",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_overview_fits_a_terminal_of_80_columns() {
        insta::assert_snapshot!(overview(), @"
        Many Hands: data parallelism in Rust, learnt by measuring

          cargo xtask check [LESSON]       check your code: correct? concurrent? faster?
          cargo xtask watch [LESSON]       check on every save, and show it in place
          cargo xtask list                 the lessons, and how far you are
          cargo xtask hint [LESSON]        the next of a lesson's hints
          cargo xtask solution [LESSON]    the way to the model solution
          cargo xtask diff [LESSON]        your code beside the model's
          cargo xtask skeleton [LESSON]    print an exercise as it was at the start
          cargo xtask reset LESSON         start an exercise anew; yours is saved
          cargo xtask update [LESSON]      after a `git pull`: what is new for you?
          cargo xtask doctor               is this machine ready, and what is missing?
          cargo xtask trace [LESSON]       who did what, when: a picture of a run
          cargo xtask sweep [LESSON]       speed-up over threads, tasks, size
          cargo xtask bench [LESSON]       criterion: serial, yours, the model
          cargo xtask peers [LESSON]       the model beside Python, numpy and numba
          cargo xtask book                 the lessons as a book, for a browser
          cargo xtask compare [LESSON]     for instructors: subjects side by side
          cargo xtask grade DIR            for instructors: grade a class, in a sandbox
          cargo xtask merge DIR…           for instructors: join graded shards
          cargo xtask verify [LESSON]      for authors: does the course check out?
          cargo xtask new SLUG             for authors: a new lesson, from a template
          cargo xtask help [COMMAND]       what there is; `help COMMAND` says more

        LESSON is a number (`02`, `2`), a name or the beginning of one (`chunked`).
        Start with `cargo xtask`, in a terminal.
        ");
        assert!(overview().lines().all(|line| line.chars().count() <= 80));
    }

    #[test]
    fn the_page_of_a_command_says_what_it_takes() {
        insta::assert_snapshot!(of_one(&super::super::check::COMMAND), @"
        cargo xtask check [LESSON]

        check your code: correct? concurrent? faster?

        without LESSON: the lesson whose folder you stand in, else the first that has not passed

          --solution     check the model solution instead
          --json         print one JSON document, for programs
        ");
    }
}
