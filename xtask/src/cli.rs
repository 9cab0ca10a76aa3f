//! The command line: which commands there are is the caller's to say, so every wrong line can be tested without running anything.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::num::NonZeroUsize;

use anyhow::{Result, anyhow, bail};
use lexopt::Arg;

/// A command of the runner, as the command line and the help pages know it.
#[derive(Debug)]
pub struct Command {
    pub name: &'static str,
    pub about: &'static str,
    /// What happens without a lesson, for the help page; `None` if the command takes no lesson.
    pub lesson: Option<&'static str>,
    /// What may stand behind the lesson, for the help page; `None` if nothing may.
    pub more: Option<&'static str>,
    /// The options, without their dashes, each with what it does. `size N` is one with a value.
    pub flags: &'static [(&'static str, &'static str)],
}

/// What an empty command line and `--help` ask for.
pub const HELP: Command = Command {
    name: "help",
    about: "what there is; `help COMMAND` says more",
    lesson: Some("every command"),
    more: None,
    flags: &[],
};

/// A parsed command line: a command, and its arguments.
#[derive(Debug)]
pub struct Args {
    pub command: &'static Command,
    /// As it was typed: `02`, `2`, `chunked-integration` or a beginning of it.
    pub lesson: Option<String>,
    /// What stands behind the lesson, for a command that takes more.
    pub more: Vec<String>,
    options: Vec<(String, Option<String>)>,
}

impl Args {
    /// Whether `--name` was given. Only options that the command declares get this far.
    pub fn has(&self, name: &str) -> bool {
        self.options.iter().any(|(option, _)| option == name)
    }

    /// What was given with `--name`.
    pub fn value(&self, name: &str) -> Option<&str> {
        let given = self.options.iter().find(|(option, _)| option == name)?;
        given.1.as_deref()
    }

    /// The count given with `--name`.
    ///
    /// # Errors
    ///
    /// It is not a whole number, or is 0.
    pub fn count(&self, name: &str) -> Result<Option<NonZeroUsize>> {
        self.value(name).map(|text| count(name, text)).transpose()
    }

    /// The counts given with `--name`, separated by commas, in ascending order, each once.
    pub fn counts(&self, name: &str) -> Result<Option<Vec<NonZeroUsize>>> {
        let Some(text) = self.value(name) else {
            return Ok(None);
        };
        let counts: Result<BTreeSet<_>> = text.split(',').map(|text| count(name, text)).collect();
        Ok(Some(counts?.into_iter().collect()))
    }
}

/// `1000`, `1,000` in a single number is not taken, `1_000` is.
fn count(name: &str, text: &str) -> Result<NonZeroUsize> {
    let digits = text.trim().replace('_', "");
    digits.parse().map_err(|_| {
        anyhow!("`--{name}` takes whole numbers from 1 on, like 8 or 1_000, and not `{text}`")
    })
}

/// Parses a command line (without the program's name) for one of these commands or [`HELP`].
///
/// # Errors
///
/// An unknown command, an unknown flag or one argument too many: each names what was typed and what there is.
pub fn parse(
    commands: &[&'static Command],
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Args> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut words: Vec<String> = Vec::new();
    let mut options: Vec<(String, Option<String>)> = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') => options.push(("help".into(), None)),
            Arg::Short(letter) => {
                bail!("there is no `-{letter}`; `cargo xtask help` lists what there is")
            }
            Arg::Long(name) => {
                let name = name.to_owned();
                let value = if takes_a_value(commands, &name) {
                    Some(readable(parser.value()?)?)
                } else {
                    None
                };
                options.push((name, value));
            }
            Arg::Value(word) => words.push(readable(word)?),
        }
    }

    let mut words = words.into_iter();
    let command = words.next();
    if command.is_none() || options.iter().any(|(option, _)| option == "help") {
        return Ok(Args { command: &HELP, lesson: command, more: Vec::new(), options: Vec::new() });
    }
    let command = command.unwrap_or_default();
    let command = find(commands, &command).ok_or_else(|| {
        let names: Vec<_> = commands.iter().map(|command| command.name).collect();
        anyhow!("there is no `cargo xtask {command}`; there are: {}", names.join(", "))
    })?;

    let name = command.name;
    for (option, _) in &options {
        if !command.flags.iter().any(|(flag, _)| name_of(flag) == option) {
            bail!("`{name}` takes no `--{option}`; `cargo xtask help {name}` lists what it takes");
        }
    }
    let lesson = command.lesson.and_then(|_| words.next());
    let more: Vec<String> = words.collect();
    if let Some(extra) = more.first().filter(|_| command.more.is_none()) {
        bail!("`{name}` has no use for `{extra}`; `cargo xtask help {name}` says what it takes");
    }
    Ok(Args { command, lesson, more, options })
}

fn readable(word: OsString) -> Result<String> {
    word.into_string()
        .map_err(|word| anyhow!("`{}` is not readable as UTF-8", word.to_string_lossy()))
}

/// The name in `size N`: what stands behind it in a command's table stands for the value.
pub fn name_of(flag: &str) -> &str {
    flag.split(' ').next().unwrap_or(flag)
}

/// Whether one of the commands declares `--name` with a value. It then takes one wherever it stands.
fn takes_a_value(commands: &[&Command], name: &str) -> bool {
    let flags = commands.iter().flat_map(|command| command.flags);
    flags.into_iter().any(|(flag, _)| name_of(flag) == name && flag.contains(' '))
}

pub fn find(commands: &[&'static Command], name: &str) -> Option<&'static Command> {
    commands.iter().copied().find(|command| command.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECK: Command = Command {
        name: "check",
        about: "",
        lesson: Some("the first"),
        more: None,
        flags: &[("json", ""), ("solution", "")],
    };
    const LIST: Command = Command { name: "list", lesson: None, flags: &[("json", "")], ..CHECK };
    const COMPARE: Command = Command {
        name: "compare",
        more: Some("PATH"),
        flags: &[("threads LIST", ""), ("size N", "")],
        ..CHECK
    };

    fn parse_line(line: &str) -> Result<Args> {
        let words = line.split_whitespace().map(OsString::from);
        parse(&[&CHECK, &LIST, &COMPARE, &HELP], words)
    }

    fn refusal(line: &str) -> String {
        parse_line(line).expect_err("the line is refused").to_string()
    }

    #[test]
    fn a_command_takes_a_lesson_and_flags_in_any_order() {
        for line in ["check 02 --json", "check --json 02"] {
            let args = parse_line(line).unwrap();
            assert_eq!((args.command.name, args.lesson.as_deref()), ("check", Some("02")));
            assert!(args.has("json") && !args.has("solution"));
        }
    }

    #[test]
    fn counts_are_sorted_and_each_stands_once() {
        let args = parse_line("compare 02 --threads 4,1,2,1 --size 1_000").unwrap();
        let threads: Vec<usize> =
            args.counts("threads").unwrap().unwrap().iter().map(|count| count.get()).collect();
        assert_eq!(threads, [1, 2, 4]);
        assert_eq!(args.count("size").unwrap().map(NonZeroUsize::get), Some(1000));
        assert_eq!(parse_line("compare --size=5").unwrap().value("size"), Some("5"));
    }

    #[test]
    fn what_is_not_a_count_is_shown() {
        let refused =
            |line: &str| parse_line(line).unwrap().counts("threads").unwrap_err().to_string();
        insta::assert_snapshot!(refused("compare --threads 0"), @"`--threads` takes whole numbers from 1 on, like 8 or 1_000, and not `0`");
        insta::assert_snapshot!(refused("compare --threads 1,two"), @"`--threads` takes whole numbers from 1 on, like 8 or 1_000, and not `two`");
        insta::assert_snapshot!(refusal("compare --threads"), @"missing argument for option '--threads'");
    }

    #[test]
    fn a_command_may_take_more_than_a_lesson() {
        assert_eq!(parse_line("compare 02 a b").unwrap().more, ["a", "b"]);
    }

    #[test]
    fn no_command_and_a_question_for_help_both_get_help() {
        assert_eq!(parse_line("").unwrap().command.name, "help");
        assert_eq!(parse_line("check --help").unwrap().lesson.as_deref(), Some("check"));
        assert_eq!(parse_line("-h").unwrap().command.name, "help");
    }

    #[test]
    fn a_wrong_line_is_answered_with_what_there_is() {
        insta::assert_snapshot!(refusal("chekc 02"), @"there is no `cargo xtask chekc`; there are: check, list, compare, help");
        insta::assert_snapshot!(refusal("check 02 03"), @"`check` has no use for `03`; `cargo xtask help check` says what it takes");
        insta::assert_snapshot!(refusal("list 02"), @"`list` has no use for `02`; `cargo xtask help list` says what it takes");
        insta::assert_snapshot!(refusal("list --solution"), @"`list` takes no `--solution`; `cargo xtask help list` lists what it takes");
        insta::assert_snapshot!(refusal("check -x"), @"there is no `-x`; `cargo xtask help` lists what there is");
    }
}
