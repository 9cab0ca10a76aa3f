//! A child that is asked one thing after another, and answers each.

use std::io::Write;
use std::process::{ChildStdin, Command};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use measure::protocol::{Json, from_text, names};

use super::children::{Running, kill};
use super::{Termination, read, termination_of};

/// A running child on the other end of a conversation; ended when it is dropped.
pub struct JsonChild {
    child: Running,
    name: String,
    requests: Option<ChildStdin>,
    heard: Receiver<Heard>,
    ended: Receiver<Termination>,
    stderr: Option<JoinHandle<Vec<u8>>>,
}

enum Heard {
    Answer(String),
    Flood,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// It did not come in time.
    Late,
    /// The child has ended, or will not say anything any more; its last words are those on standard error.
    Ended { termination: Termination, last_words: String },
    /// It printed more than it may.
    Flood,
}

/// After the last answer a program has so long to end.
const TO_END: Duration = Duration::from_secs(5);

impl JsonChild {
    /// Starts a program that answers JSON documents. `name` is what messages call it.
    pub fn start(command: &mut Command, name: &str) -> Result<Self> {
        Self::start_with_limit(command, name, usize::MAX)
    }

    /// Like [`Self::start`], for a program that may print at most `output` bytes on each of its outputs.
    pub fn start_with_limit(command: &mut Command, name: &str, output: usize) -> Result<Self> {
        let child = Running::start_listening(command)?;
        let requests = child.0.take_stdin();
        let stdout = child.0.take_stdout().context("standard output is not piped")?;
        let stderr = child.0.take_stderr().context("standard error is not piped")?;
        // The receiver is gone once the conversation is over.
        let (tell, heard) = mpsc::channel();
        let tell_of_flood = tell.clone();
        let stderr = thread::spawn(move || {
            read(stderr, output, |_| (), || drop(tell_of_flood.send(Heard::Flood)))
        });
        thread::spawn(move || {
            let answer = |line: &str| {
                // The rest of the output is ignored, and so is a line without its end.
                let marked = line.split_once(names::MARK);
                if let Some(answer) = marked.and_then(|(_, rest)| rest.strip_suffix('\n')) {
                    let _ = tell.send(Heard::Answer(answer.to_owned()));
                }
            };
            read(stdout, output, answer, || drop(tell.send(Heard::Flood)))
        });
        let (tell, ended) = mpsc::channel();
        let waited_for = Arc::clone(&child.0);
        thread::spawn(move || waited_for.wait().map(|status| tell.send(termination_of(status))));
        Ok(Self { child, name: name.to_owned(), requests, heard, ended, stderr: Some(stderr) })
    }

    /// The child's process id.
    pub fn pid(&self) -> u32 {
        self.child.0.id()
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    ///
    /// The child ends or does not answer within `limit`; the message has its last words.
    pub fn ask<A: Json>(&mut self, request: &impl Json, limit: Duration) -> Result<A> {
        let name = &self.name.clone();
        match self.ask_for_text(request, limit) {
            Ok(answer) => from_text(&answer).with_context(|| format!("{name} answered {answer}")),
            Err(NoAnswer::Late) => bail!("{name} did not answer within {} s", limit.as_secs()),
            Err(NoAnswer::Flood) => bail!("{name} printed without an end"),
            Err(NoAnswer::Ended { last_words, .. }) => bail!("{name} ended early:\n{last_words}"),
        }
    }

    /// Asks, and waits for whatever stands behind the mark in the next line that has one.
    pub fn ask_for_text(
        &mut self,
        request: &impl Json,
        limit: Duration,
    ) -> Result<String, NoAnswer> {
        // If the child has ended, the answer is missing too, and that error has its last words.
        let _ = self.say(request);
        match self.heard.recv_timeout(limit) {
            Ok(Heard::Answer(answer)) => Ok(answer),
            Ok(Heard::Flood) => Err(NoAnswer::Flood),
            Err(RecvTimeoutError::Timeout) => Err(NoAnswer::Late),
            Err(RecvTimeoutError::Disconnected) => {
                let (termination, last_words) = self.end();
                Err(NoAnswer::Ended { termination, last_words })
            }
        }
    }

    /// Says that nothing more will be asked, and waits for the child to end by itself: how it did, whether it said anything
    /// more behind a mark, and its words on standard error.
    pub fn close(mut self) -> (Termination, bool, String) {
        let (termination, last_words) = self.end();
        // All that held its output open has been ended.
        match self.heard.recv_timeout(TO_END) {
            Ok(Heard::Answer(_)) => (termination, true, last_words),
            Ok(Heard::Flood) => (Termination::Flood, false, last_words),
            Err(_) => (termination, false, last_words),
        }
    }

    /// The end of the child: by itself where it can, by force where it does not.
    fn end(&mut self) -> (Termination, String) {
        self.requests = None;
        let ended = self.ended.recv_timeout(TO_END);
        kill(&self.child.0);
        let words = self.stderr.take().and_then(|stderr| stderr.join().ok());
        let words = String::from_utf8_lossy(&words.unwrap_or_default()).into_owned();
        (ended.unwrap_or(Termination::Deadline), words)
    }

    /// Answers what the child asks until it ends: a conversation the other way round.
    ///
    /// # Errors
    ///
    /// What it asks cannot be answered, or it ends with another status than 0; the message has its last words.
    pub fn answer<Q: Json, A: Json>(
        mut self,
        mut answer: impl FnMut(Q) -> Result<A>,
    ) -> Result<()> {
        while let Ok(Heard::Answer(asked)) = self.heard.recv() {
            let asked =
                from_text(&asked).with_context(|| format!("{} asked {asked}", self.name))?;
            let answer = answer(asked)?;
            // If it does not listen any more, its end will tell.
            let _ = self.say(&answer);
        }
        let (termination, last_words) = self.end();
        if termination != Termination::Exit(0) {
            bail!("{} did not come to its end:\n{last_words}", self.name);
        }
        Ok(())
    }

    /// Says something that is not answered.
    pub fn say(&mut self, what: &impl Json) -> Result<()> {
        let requests = self.requests.as_mut().context("the conversation is over")?;
        writeln!(requests, "{}", what.to_json())
            .and_then(|()| requests.flush())
            .with_context(|| format!("{} does not listen", self.name))
    }
}

impl Drop for JsonChild {
    fn drop(&mut self) {
        kill(&self.child.0);
        let _ = self.child.0.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn shell(script: &str) -> JsonChild {
        JsonChild::start(Command::new("sh").args(["-c", script]), "the shell").unwrap()
    }

    const LIMIT: Duration = Duration::from_secs(60);

    #[test]
    fn each_request_gets_the_answer_behind_the_mark() {
        let mut echo =
            shell("while read -r line; do echo 'noise'; echo \"noise MANY_HANDS $line\"; done");
        for request in [json!({ "a": 1 }), json!([2])] {
            assert_eq!(echo.ask::<Value>(&request, LIMIT).unwrap(), request);
        }
    }

    #[test]
    fn a_child_that_ends_is_quoted() {
        let error =
            shell("echo 'no module' >&2; exit 1").ask::<Value>(&json!(1), LIMIT).unwrap_err();
        assert_eq!(error.to_string(), "the shell ended early:\nno module\n");
    }

    #[test]
    fn a_child_may_ask_until_it_ends() {
        let ask = "read -r first; for n in 1 2; do echo \"MANY_HANDS $n\"; read -r line; test \"$line\" = $((n + first)) || exit 1; done";
        let mut child = shell(ask);
        child.say(&json!(10)).unwrap();
        let more = |asked: u64| Ok(asked + 10);
        child.answer(more).unwrap();

        let mut child = shell(ask);
        child.say(&json!(10)).unwrap();
        let error = child.answer(|asked: u64| Ok(asked)).unwrap_err();
        assert_eq!(error.to_string(), "the shell did not come to its end:\n");
    }

    #[test]
    fn a_flood_is_no_answer_also_where_the_limit_cuts_one() {
        for script in ["yes", "printf 'MANY_HANDS %02000d' 1"] {
            let mut command = Command::new("sh");
            let flood = JsonChild::start_with_limit(command.args(["-c", script]), "sh", 1000);
            let silence = flood.unwrap().ask_for_text(&json!(1), LIMIT).unwrap_err();
            assert_eq!(silence, NoAnswer::Flood, "{script}");
        }
    }

    #[test]
    fn a_closed_conversation_tells_how_the_child_ended_and_whether_it_had_more_to_say() {
        let end = |script| shell(script).close();
        assert_eq!(end("cat > /dev/null"), (Termination::Exit(0), false, String::new()));
        let (termination, said_more, words) =
            end("cat > /dev/null; echo MANY_HANDS 1; echo no >&2; exit 3");
        assert_eq!((termination, said_more, &*words), (Termination::Exit(3), true, "no\n"));
    }

    #[test]
    fn a_flood_after_the_last_answer_is_not_another_answer() {
        let script = "cat > /dev/null; printf '%02000d' 1 >&2";
        let mut command = Command::new("sh");
        let flood = JsonChild::start_with_limit(command.args(["-c", script]), "sh", 1000).unwrap();
        let (termination, said_more, _) = flood.close();
        assert_eq!((termination, said_more), (Termination::Flood, false));
    }

    #[test]
    fn a_child_that_does_not_answer_is_named() {
        let error = shell("cat > /dev/null")
            .ask::<Value>(&json!(1), Duration::from_millis(20))
            .unwrap_err();
        assert_eq!(error.to_string(), "the shell did not answer within 0 s");
    }
}
