//! A terminal with a user: reads what a program paints, and types keys.

use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::process::{Command, ExitStatus};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{Termios, tcgetattr};
use nix::unistd::Pid;
use pty_process::Size;
use pty_process::blocking::{self, Pty};

/// Everything takes less, also on a machine that builds other things.
const LIMIT: Duration = Duration::from_secs(300);

pub struct Terminal {
    pty: Arc<Pty>,
    /// The program's end, so that its settings can be read when the program has gone.
    line: OwnedFd,
    settings_before: Termios,
    picture: Arc<Picture>,
    pub pid: u32,
    ended: Receiver<ExitStatus>,
}

/// What the terminal shows.
struct Picture {
    painted: Mutex<Painted>,
    changed: Condvar,
}

struct Painted {
    screen: vt100::Parser,
    /// All that was ever written.
    bytes: Vec<u8>,
}

impl Terminal {
    /// Starts a program in a terminal of this many columns and rows.
    pub fn start(program: &Command, (columns, rows): (u16, u16)) -> Self {
        let (pty, pts) = blocking::open().unwrap();
        pty.resize(Size::new(rows, columns)).unwrap();
        let line = pts.as_fd().try_clone_to_owned().unwrap();
        let settings_before = tcgetattr(&line).unwrap();
        let mut child = started_as(program).spawn(pts).unwrap();
        let (tell, ended) = mpsc::channel();
        let pid = child.id();
        thread::spawn(move || tell.send(child.wait().unwrap()));

        let (rows, columns) = (rows.try_into().unwrap(), columns.try_into().unwrap());
        let picture = Arc::new(Picture {
            painted: Mutex::new(Painted {
                screen: vt100::Parser::new(rows, columns, 1000),
                bytes: Vec::new(),
            }),
            changed: Condvar::new(),
        });
        let pty = Arc::new(pty);
        let (source, sink) = (Arc::clone(&pty), Arc::clone(&picture));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = (&*source).read(&mut bytes) {
                let mut painted = sink.painted.lock().unwrap();
                painted.screen.process(&bytes[..read]);
                painted.bytes.extend(&bytes[..read]);
                sink.changed.notify_all();
            }
        });
        Self { pty, line, settings_before, picture, pid, ended }
    }

    pub fn types(&self, keys: &str) {
        (&*self.pty).write_all(keys.as_bytes()).unwrap();
    }

    pub fn resize(&self, (columns, rows): (u16, u16)) {
        // First what reads the painting, then the painter.
        let mut painted = self.picture.painted.lock().unwrap();
        let size = (rows.try_into().unwrap(), columns.try_into().unwrap());
        painted.screen.screen_mut().set_size(size.0, size.1);
        self.pty.resize(Size::new(rows, columns)).unwrap();
    }

    /// Waits until all of these words are on the screen.
    #[track_caller]
    pub fn shows(&self, words: &[&str]) {
        self.comes_to(&format!("{words:?}"), |screen| {
            let flowing = flowing(&screen.contents());
            words.iter().all(|words| flowing.contains(words))
        });
    }

    /// Waits until the screen is so.
    #[track_caller]
    fn comes_to(&self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let begun = Instant::now();
        let mut painted = self.picture.painted.lock().unwrap();
        while !is_so(painted.screen.screen()) {
            let left = LIMIT.saturating_sub(begun.elapsed());
            let contents = painted.screen.screen().contents();
            assert!(!left.is_zero(), "never came to {what}:\n{contents}");
            painted = self.picture.changed.wait_timeout(painted, left).unwrap().0;
        }
    }

    /// All that was ever written to the terminal.
    pub fn output(&self) -> String {
        let painted = self.picture.painted.lock().unwrap();
        String::from_utf8_lossy(&painted.bytes).into_owned()
    }

    /// Waits for the end of the program; its status.
    #[track_caller]
    pub fn ends(&self) -> ExitStatus {
        let ended = self.ended.recv_timeout(LIMIT);
        let contents = || self.picture.painted.lock().unwrap().screen.screen().contents();
        ended.unwrap_or_else(|_| panic!("it does not end:\n{}", contents()))
    }

    /// Whether the terminal is as the program found it.
    #[track_caller]
    pub fn is_given_back(&self) {
        self.comes_to("the usual screen with a cursor", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor()
        });
        assert_eq!(tcgetattr(&self.line).unwrap(), self.settings_before);
    }
}

impl Drop for Terminal {
    /// Waits for the end of the program: the next test may change what it watches.
    fn drop(&mut self) {
        if self.ended.try_recv() == Err(TryRecvError::Empty) {
            let pid = Pid::from_raw(self.pid.try_into().unwrap());
            let _ = kill(pid, Signal::SIGTERM);
            let _ = self.ended.recv_timeout(LIMIT);
        }
    }
}

/// The same program, to be started in a terminal that shows colours.
fn started_as(program: &Command) -> blocking::Command {
    let mut command = blocking::Command::new(program.get_program())
        .args(program.get_args())
        .env("TERM", "xterm-256color");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command = command.env_remove(name);
    }
    for (name, value) in program.get_envs() {
        command = match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    match program.get_current_dir() {
        Some(folder) => command.current_dir(folder),
        None => command,
    }
}

fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
