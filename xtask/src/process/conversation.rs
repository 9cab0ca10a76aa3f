//! A child that is asked one thing after another, and answers each.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, Command};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use measurements::wire;
use serde_json::Value;

use super::{Running, kill};

/// A running child on the other end of a conversation; ended when it is dropped.
pub struct Conversation {
    child: Running,
    name: String,
    requests: ChildStdin,
    answers: Receiver<String>,
    stderr: Option<JoinHandle<String>>,
}

impl Conversation {
    /// Starts a program that answers JSON documents. `name` is what messages call it.
    ///
    /// # Errors
    ///
    /// It cannot be started.
    pub fn with(command: &mut Command, name: &str) -> Result<Self> {
        let child = Running::start_listening(command)?;
        let requests = child
            .0
            .take_stdin()
            .context("standard input is not piped")?;
        let stdout = BufReader::new(
            child
                .0
                .take_stdout()
                .context("standard output is not piped")?,
        );
        let mut stderr = child
            .0
            .take_stderr()
            .context("standard error is not piped")?;
        let (tell, answers) = mpsc::channel();
        thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                // The rest of the output is nobody's business.
                if let Some((_, answer)) = line.split_once(wire::MARK) {
                    // Nobody listens any more when the conversation is over.
                    let _ = tell.send(answer.to_owned());
                }
            }
        });
        let stderr = thread::spawn(move || {
            let mut said = Vec::new();
            let _ = stderr.read_to_end(&mut said);
            String::from_utf8_lossy(&said).into_owned()
        });
        Ok(Self {
            child,
            name: name.to_owned(),
            requests,
            answers,
            stderr: Some(stderr),
        })
    }

    /// Asks, and waits for the answer.
    ///
    /// # Errors
    ///
    /// The child ends or does not answer within `limit`; the message has its last words.
    pub fn ask(&mut self, request: &Value, limit: Duration) -> Result<Value> {
        // If the child has gone, the answer will be missing too, and that is where its last words are told.
        let _ = writeln!(self.requests, "{request}").and_then(|()| self.requests.flush());
        match self.answers.recv_timeout(limit) {
            Ok(answer) => serde_json::from_str(&answer)
                .with_context(|| format!("{} answered {answer}", self.name)),
            Err(RecvTimeoutError::Timeout) => {
                bail!("{} did not answer within {} s", self.name, limit.as_secs())
            }
            Err(RecvTimeoutError::Disconnected) => {
                let last_words = self.last_words();
                bail!("{} ended early:\n{last_words}", self.name)
            }
        }
    }

    /// Answers what the child asks until it ends: a conversation the other way round.
    ///
    /// # Errors
    ///
    /// What it asks cannot be answered, or it ends with another status than 0; the message has its last words.
    pub fn answer(mut self, mut answer: impl FnMut(&Value) -> Result<Value>) -> Result<()> {
        while let Ok(asked) = self.answers.recv() {
            let asked = serde_json::from_str(&asked)
                .with_context(|| format!("{} asked {asked}", self.name))?;
            let answer = answer(&asked)?;
            let _ = writeln!(self.requests, "{answer}").and_then(|()| self.requests.flush());
        }
        if !self.child.0.wait()?.success() {
            let last_words = self.last_words();
            bail!("{} did not come to its end:\n{last_words}", self.name);
        }
        Ok(())
    }

    /// Says something that is not answered.
    ///
    /// # Errors
    ///
    /// The child does not listen any more.
    pub fn say(&mut self, what: &Value) -> Result<()> {
        writeln!(self.requests, "{what}")
            .and_then(|()| self.requests.flush())
            .with_context(|| format!("{} does not listen", self.name))
    }

    fn last_words(&mut self) -> String {
        kill(&self.child.0);
        self.stderr
            .take()
            .and_then(|stderr| stderr.join().ok())
            .unwrap_or_default()
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        kill(&self.child.0);
        let _ = self.child.0.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use serde_json::json;

    use super::*;

    fn conversation(script: &str) -> Conversation {
        Conversation::with(Command::new("sh").args(["-c", script]), "the shell").unwrap()
    }

    const LIMIT: Duration = Duration::from_secs(60);

    #[test]
    fn each_request_gets_the_answer_behind_the_mark() {
        let mut echo = conversation(
            "while read -r line; do echo 'noise'; echo \"noise MANY_HANDS $line\"; done",
        );
        for request in [json!({ "a": 1 }), json!([2])] {
            assert_eq!(echo.ask(&request, LIMIT).unwrap(), request);
        }
    }

    #[test]
    fn a_child_that_ends_is_quoted() {
        let error = conversation("echo 'no module' >&2; exit 1")
            .ask(&json!(1), LIMIT)
            .unwrap_err();
        assert_eq!(error.to_string(), "the shell ended early:\nno module\n");
    }

    #[test]
    fn a_child_may_ask_until_it_ends() {
        let ask = "read -r first; for n in 1 2; do echo \"MANY_HANDS $n\"; read -r line; test \"$line\" = $((n + first)) || exit 1; done";
        let mut child = conversation(ask);
        child.say(&json!(10)).unwrap();
        let more = |asked: &Value| Ok(json!(asked.as_u64().unwrap() + 10));
        child.answer(more).unwrap();

        let mut child = conversation(ask);
        child.say(&json!(10)).unwrap();
        let error = child.answer(|asked| Ok(asked.clone())).unwrap_err();
        assert_eq!(error.to_string(), "the shell did not come to its end:\n");
    }

    #[test]
    fn a_child_that_does_not_answer_is_named() {
        let error = conversation("cat > /dev/null")
            .ask(&json!(1), Duration::from_millis(20))
            .unwrap_err();
        assert_eq!(error.to_string(), "the shell did not answer within 0 s");
    }
}
