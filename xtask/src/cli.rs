//! Arguments to a call: pure, so that every wrong command line can be tested without running anything.

use std::ffi::OsString;

use anyhow::{Result, anyhow, bail};
use lexopt::Arg;

use crate::cmd::{VERBS, Verb, help};

/// One command line, understood: a verb, and what it is to act on.
#[derive(Debug)]
pub struct Call {
    pub verb: &'static Verb,
    /// As it was typed: `02`, `2`, `chunked-integration` or a beginning of it.
    pub lesson: Option<String>,
    flags: Vec<String>,
}

impl Call {
    /// Whether `--name` was given. Only flags that the verb declares get this far.
    pub fn has(&self, name: &str) -> bool {
        self.flags.iter().any(|flag| flag == name)
    }
}

/// Understands a command line (without the program's name).
///
/// # Errors
///
/// An unknown verb, an unknown flag or one argument too many: each names what was typed and what there is.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Call> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut words: Vec<String> = Vec::new();
    let mut flags: Vec<String> = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') => flags.push("help".into()),
            Arg::Short(letter) => {
                bail!("there is no `-{letter}`; `cargo xtask help` lists what there is")
            }
            Arg::Long(name) => flags.push(name.into()),
            Arg::Value(word) => words.push(word.into_string().map_err(|word| {
                anyhow!("`{}` is not readable as UTF-8", word.to_string_lossy())
            })?),
        }
    }

    let mut words = words.into_iter();
    let verb = words.next();
    if verb.is_none() || flags.iter().any(|flag| flag == "help") {
        return Ok(Call {
            verb: &help::VERB,
            lesson: verb,
            flags: Vec::new(),
        });
    }
    let verb = verb.unwrap_or_default();
    let verb = find(&verb).ok_or_else(|| {
        let names: Vec<_> = VERBS.iter().map(|verb| verb.name).collect();
        anyhow!(
            "there is no `cargo xtask {verb}`; there are: {}",
            names.join(", ")
        )
    })?;

    for flag in &flags {
        if !verb.flags.iter().any(|(name, _)| name == flag) {
            bail!(
                "`{}` takes no `--{flag}`; `cargo xtask help {}` lists what it takes",
                verb.name,
                verb.name
            );
        }
    }
    let lesson = words.next();
    if let Some(extra) = lesson
        .iter()
        .filter(|_| verb.lesson.is_none())
        .chain(&words.next())
        .next()
    {
        bail!(
            "`{}` has no use for `{extra}`; `cargo xtask help {}` says what it takes",
            verb.name,
            verb.name
        );
    }
    Ok(Call {
        verb,
        lesson,
        flags,
    })
}

/// The verb of that name.
pub fn find(name: &str) -> Option<&'static Verb> {
    VERBS.iter().copied().find(|verb| verb.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Call> {
        parse(line.split_whitespace().map(OsString::from))
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
        insta::assert_snapshot!(refusal("chekc 02"), @"there is no `cargo xtask chekc`; there are: check, list, hint, solution, skeleton, peers, verify, help");
        insta::assert_snapshot!(refusal("check 02 03"), @"`check` has no use for `03`; `cargo xtask help check` says what it takes");
        insta::assert_snapshot!(refusal("list 02"), @"`list` has no use for `02`; `cargo xtask help list` says what it takes");
        insta::assert_snapshot!(refusal("list --solution"), @"`list` takes no `--solution`; `cargo xtask help list` lists what it takes");
        insta::assert_snapshot!(refusal("check -x"), @"there is no `-x`; `cargo xtask help` lists what there is");
    }
}
