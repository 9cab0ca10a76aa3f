//! The command line: which commands there are is the caller's to say, so every wrong line can be tested without running anything.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::num::NonZeroUsize;

use anyhow::{Result, anyhow, bail};
use lexopt::Arg;

/// A command of the runner, as the command line and the help pages know it.
#[derive(Debug)]
pub struct Verb {
    pub name: &'static str,
    pub about: &'static str,
    /// What happens without a lesson, for the help page; `None` if the verb takes no lesson.
    pub lesson: Option<&'static str>,
    /// What may stand behind the lesson, for the help page; `None` if nothing may.
    pub more: Option<&'static str>,
    /// The options, without their dashes, each with what it does. `size N` is one with a value.
    pub flags: &'static [(&'static str, &'static str)],
}

/// What an empty command line and `--help` ask for.
pub const HELP: Verb = Verb {
    name: "help",
    about: "what there is; `help VERB` says more",
    lesson: Some("every verb"),
    more: None,
    flags: &[],
};

/// One command line, understood: a verb, and what it is to act on.
#[derive(Debug)]
pub struct Call {
    pub verb: &'static Verb,
    /// As it was typed: `02`, `2`, `chunked-integration` or a beginning of it.
    pub lesson: Option<String>,
    /// What stands behind the lesson, for a verb that takes more.
    pub more: Vec<String>,
    options: Vec<(String, Option<String>)>,
}

impl Call {
    /// Whether `--name` was given. Only options that the verb declares get this far.
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
    ///
    /// # Errors
    ///
    /// One of them is not a whole number, or is 0.
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

/// Parses a command line (without the program's name) for one of these verbs or [`HELP`].
///
/// # Errors
///
/// An unknown verb, an unknown flag or one argument too many: each names what was typed and what there is.
pub fn parse(
    verbs: &[&'static Verb],
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<Call> {
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
                let value = if takes_a_value(verbs, &name) {
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
    let verb = words.next();
    if verb.is_none() || options.iter().any(|(option, _)| option == "help") {
        return Ok(Call {
            verb: &HELP,
            lesson: verb,
            more: Vec::new(),
            options: Vec::new(),
        });
    }
    let verb = verb.unwrap_or_default();
    let verb = find(verbs, &verb).ok_or_else(|| {
        let names: Vec<_> = verbs.iter().map(|verb| verb.name).collect();
        anyhow!(
            "there is no `cargo xtask {verb}`; there are: {}",
            names.join(", ")
        )
    })?;

    for (option, _) in &options {
        if !verb.flags.iter().any(|(flag, _)| name_of(flag) == option) {
            bail!(
                "`{}` takes no `--{option}`; `cargo xtask help {}` lists what it takes",
                verb.name,
                verb.name
            );
        }
    }
    let lesson = verb.lesson.and_then(|_| words.next());
    let more: Vec<String> = words.collect();
    if let Some(extra) = more.first().filter(|_| verb.more.is_none()) {
        bail!(
            "`{}` has no use for `{extra}`; `cargo xtask help {}` says what it takes",
            verb.name,
            verb.name
        );
    }
    Ok(Call {
        verb,
        lesson,
        more,
        options,
    })
}

fn readable(word: OsString) -> Result<String> {
    word.into_string()
        .map_err(|word| anyhow!("`{}` is not readable as UTF-8", word.to_string_lossy()))
}

/// The name in `size N`: what stands behind it in a verb's table stands for the value.
pub fn name_of(flag: &str) -> &str {
    flag.split(' ').next().unwrap_or(flag)
}

/// Whether one of the verbs declares `--name` with a value. It then takes one wherever it stands.
fn takes_a_value(verbs: &[&Verb], name: &str) -> bool {
    let flags = verbs.iter().flat_map(|verb| verb.flags);
    flags
        .into_iter()
        .any(|(flag, _)| name_of(flag) == name && flag.contains(' '))
}

/// The verb of that name.
pub fn find(verbs: &[&'static Verb], name: &str) -> Option<&'static Verb> {
    verbs.iter().copied().find(|verb| verb.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHECK: Verb = Verb {
        name: "check",
        about: "",
        lesson: Some("the first"),
        more: None,
        flags: &[("json", ""), ("solution", "")],
    };
    const LIST: Verb = Verb {
        name: "list",
        lesson: None,
        flags: &[("json", "")],
        ..CHECK
    };
    const COMPARE: Verb = Verb {
        name: "compare",
        more: Some("PATH"),
        flags: &[("threads LIST", ""), ("size N", "")],
        ..CHECK
    };

    fn parsed(line: &str) -> Result<Call> {
        let words = line.split_whitespace().map(OsString::from);
        parse(&[&CHECK, &LIST, &COMPARE, &HELP], words)
    }

    fn refusal(line: &str) -> String {
        parsed(line)
            .expect_err("this line is to be refused")
            .to_string()
    }

    #[test]
    fn a_verb_takes_a_lesson_and_flags_in_any_order() {
        for line in ["check 02 --json", "check --json 02"] {
            let call = parsed(line).unwrap();
            assert_eq!(
                (call.verb.name, call.lesson.as_deref()),
                ("check", Some("02"))
            );
            assert!(call.has("json") && !call.has("solution"));
        }
    }

    #[test]
    fn counts_are_sorted_and_each_stands_once() {
        let call = parsed("compare 02 --threads 4,1,2,1 --size 1_000").unwrap();
        let threads: Vec<usize> = call
            .counts("threads")
            .unwrap()
            .unwrap()
            .iter()
            .map(|count| count.get())
            .collect();
        assert_eq!(threads, [1, 2, 4]);
        assert_eq!(
            call.count("size").unwrap().map(NonZeroUsize::get),
            Some(1000)
        );
        assert_eq!(parsed("compare --size=5").unwrap().value("size"), Some("5"));
    }

    #[test]
    fn what_is_no_count_is_shown() {
        let refused = |line: &str| {
            parsed(line)
                .unwrap()
                .counts("threads")
                .unwrap_err()
                .to_string()
        };
        insta::assert_snapshot!(refused("compare --threads 0"), @"`--threads` takes whole numbers from 1 on, like 8 or 1_000, and not `0`");
        insta::assert_snapshot!(refused("compare --threads 1,two"), @"`--threads` takes whole numbers from 1 on, like 8 or 1_000, and not `two`");
        insta::assert_snapshot!(refusal("compare --threads"), @"missing argument for option '--threads'");
    }

    #[test]
    fn a_verb_may_take_more_than_a_lesson() {
        assert_eq!(parsed("compare 02 a b").unwrap().more, ["a", "b"]);
    }

    #[test]
    fn no_verb_and_a_question_for_help_both_get_help() {
        assert_eq!(parsed("").unwrap().verb.name, "help");
        assert_eq!(
            parsed("check --help").unwrap().lesson.as_deref(),
            Some("check")
        );
        assert_eq!(parsed("-h").unwrap().verb.name, "help");
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
