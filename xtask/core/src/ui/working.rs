//! What a user who waits reads: one line on standard error, and only when the work takes longer than a moment.

use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::{FAINT, apply_style, to_stderr, width};

/// Shorter work needs no words.
const MOMENT: Duration = Duration::from_millis(500);
/// How often the seconds are counted on.
const BEAT: Duration = Duration::from_secs(1);
/// How often progress gets a new line, where lines are not rewritten.
const SELDOM: Duration = Duration::from_secs(10);

/// Something is being done; dropped when it is over.
///
/// In a terminal it is one line that is rewritten, and wiped at the end. Elsewhere each new detail is a new line.
pub struct Working {
    tell: Option<Sender<Update>>,
    writer: Option<JoinHandle<()>>,
}

enum Update {
    /// Something else is being done.
    Step(String),
    /// More of the same is done.
    Progress(String),
}

impl Working {
    pub fn start(what: &str) -> Self {
        let (tell, told) = mpsc::channel::<Update>();
        let what = what.to_owned();
        let writer = thread::spawn(move || {
            let started = Instant::now();
            let in_place = stderr().is_terminal();
            let (mut detail, mut written) = (String::new(), String::new());
            let (mut wait, mut last) = (MOMENT, started);
            loop {
                match told.recv_timeout(wait) {
                    Ok(Update::Step(news)) => {
                        detail = news;
                        wait = MOMENT.saturating_sub(started.elapsed());
                        continue;
                    }
                    Ok(Update::Progress(news)) => {
                        detail = news;
                        let seldom = if in_place { MOMENT } else { SELDOM };
                        wait = seldom.saturating_sub(last.elapsed());
                        continue;
                    }
                    Err(RecvTimeoutError::Timeout) => wait = BEAT,
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                last = Instant::now();
                let detail = if detail.is_empty() { String::new() } else { format!(": {detail}") };
                let line = format!("{what}{detail}");
                if in_place {
                    let line = format!("{line} ({} s)", started.elapsed().as_secs());
                    // Spaces wipe the line, where an escape sequence would go the way of the colours.
                    let room = width() - 1;
                    to_stderr(&format!(
                        "\r{}",
                        apply_style(FAINT, &format!("{line:<room$.room$}"))
                    ));
                } else if line != written {
                    to_stderr(&format!("{line} …\n"));
                }
                written = line;
            }
            if in_place && !written.is_empty() {
                to_stderr(&format!("\r{:1$}\r", "", width() - 1));
            }
        });
        Self { tell: Some(tell), writer: Some(writer) }
    }

    /// Like [`Self::start`], for a screen with a place for what is being done: `say` is called with every detail.
    pub fn with_listener(mut say: impl FnMut(String) + Send + 'static) -> Self {
        let (tell, told) = mpsc::channel::<Update>();
        let writer = thread::spawn(move || {
            for Update::Step(detail) | Update::Progress(detail) in told {
                say(detail);
            }
        });
        Self { tell: Some(tell), writer: Some(writer) }
    }

    /// Shows the current step; nothing, if empty.
    pub fn now(&self, detail: &str) {
        if let Some(tell) = &self.tell {
            let _ = tell.send(Update::Step(detail.to_owned()));
        }
    }

    /// How far the work is: shown often where the line is rewritten, else now and then.
    pub fn progress(&self, detail: &str) {
        if let Some(tell) = &self.tell {
            let _ = tell.send(Update::Progress(detail.to_owned()));
        }
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        drop(self.tell.take());
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}
