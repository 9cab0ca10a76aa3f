//! `watch`: checks on every save, and shows the verdict in place.
//!
//! What a session does follows from what it hears (`session`), and what it looks like from what it knows (`view`).
//! Here the two meet the world: keys, saves and jobs come in through one channel, each from a separate thread, so that
//! none of them waits for another.

use std::panic;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use xtask_core::course::{Course, Lesson};
use xtask_core::process::CancelToken;
use xtask_core::ui::{self, Terminal};
use xtask_core::variant::Variant;

use super::{CHOICE, Exit, check, choose_lesson, hint, list};
use crate::cli::{Args, Command};

mod jobs;
mod keys;
mod picker;
mod saves;
mod session;
mod view;

use jobs::JobEvent;
use picker::Picker;
use saves::Saves;
use session::{Ask, Event, Page, Session, Work};

pub const COMMAND: Command = Command {
    name: "watch",
    about: "check on every save, and show it in place",
    lesson: Some(CHOICE),
    more: None,
    flags: &[],
};

/// From one picture to the next, if nothing happens: the seconds run on, and the terminal may have another size.
const BEAT: Duration = Duration::from_millis(250);

pub(super) fn run(args: &Args) -> Result<Exit> {
    let course = Arc::new(Course::here()?);
    let lesson = choose_lesson(&course, args)?.clone();
    let terminal = Terminal::take().with_context(|| {
        format!(
            "`watch` needs a terminal; cargo xtask check {} says the same once",
            lesson.number()
        )
    })?;
    let mut watch = Watch::begin(course, lesson, terminal)?;
    let last_words = loop {
        watch.paint();
        if let Some(last_words) = watch.next() {
            break last_words;
        }
    };
    drop(watch);
    ui::print(&last_words);
    Ok(Exit::Passed)
}

/// A session and the world around it.
struct Watch {
    terminal: Terminal,
    course: Arc<Course>,
    lesson: Lesson,
    session: Session,
    saves: Saves,
    /// Lives from a stop to the end of what was stopped.
    cancel: Option<CancelToken>,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
}

impl Watch {
    fn begin(course: Arc<Course>, lesson: Lesson, terminal: Terminal) -> Result<Self> {
        let (sender, receiver) = mpsc::channel();
        let typed = sender.clone();
        keys::listen(move |key| drop(typed.send(Event::Key(key))));
        let about = check::about(&course, &lesson, Variant::Exercise)?;
        Ok(Self {
            saves: saves(&lesson, &sender),
            session: Session::new(about, None),
            terminal,
            course,
            lesson,
            cancel: None,
            sender,
            receiver,
        })
    }

    fn paint(&mut self) {
        let (lines, furthest) = view::frame(&self.session, self.terminal.size(), Instant::now());
        self.session.scroll = self.session.scroll.min(furthest);
        self.terminal.paint(&lines);
    }

    /// Waits for what comes next, and does what follows from it; returns the last words when it is over.
    fn next(&mut self) -> Option<String> {
        let first = self.receiver.recv_timeout(BEAT);
        // All events that have come by now make one picture.
        let events: Vec<_> = first.into_iter().chain(self.receiver.try_iter()).collect();
        for event in events {
            if let Event::Job(JobEvent::Panicked(panic)) = event {
                panic::resume_unwind(panic);
            }
            if matches!(event, Event::Job(JobEvent::Ended(_))) {
                self.cancel = None;
            }
            for ask in self.session.handle(event, Instant::now()) {
                if ask == Ask::Leave {
                    CancelToken::cancel_for_good();
                    return Some(view::last_words(&self.session, ui::width()));
                }
                // What cannot be had, a chapter that is being replaced say, is not a reason to leave.
                if let Err(error) = self.grant(ask) {
                    self.session.turn_to(Page::Trouble(format!("{error:#}")));
                }
            }
        }
        None
    }

    fn grant(&mut self, ask: Ask) -> Result<()> {
        match ask {
            Ask::Start(job) => {
                let sender = self.sender.clone();
                let sender = move |event| drop(sender.send(Event::Job(event)));
                jobs::start(job, &self.course, &self.lesson, sender);
            }
            Ask::Stop => self.cancel = Some(CancelToken::cancel()),
            Ask::Hint => {
                let hints = self.lesson.hints()?;
                let shown = hint::one_more(&self.course, &self.lesson, &hints);
                let about = check::about(&self.course, &self.lesson, Variant::Exercise)?;
                self.session.show_hint(hints, shown, about);
            }
            Ask::Lessons => {
                let picker = Picker::new(list::rows(&self.course)?, self.lesson.number());
                self.session.turn_to(Page::Lessons(picker));
            }
            Ask::Go(number) => self.go(&number)?,
            Ask::GoOn => {
                let rows = list::rows(&self.course)?;
                match list::next_after(&rows, self.lesson.number()) {
                    Some(next) => self.go(&next.number)?,
                    None => {
                        let words = "every lesson has passed: well done; l goes back to any";
                        self.session.notice = Some(words.to_owned());
                    }
                }
            }
            Ask::Repaint => self.terminal.forget_painted(),
            Ask::Leave => {}
        }
        Ok(())
    }

    /// Turns to another lesson. What is done for this one is stopped.
    fn go(&mut self, number: &str) -> Result<()> {
        let lesson = self.course.lesson(number)?.clone();
        let about = check::about(&self.course, &lesson, Variant::Exercise)?;
        let before = self.session.work.take().map(|work| Work { stopping: true, ..work });
        if before.is_some() && self.cancel.is_none() {
            self.cancel = Some(CancelToken::cancel());
        }
        self.session = Session::new(about, before);
        self.saves = saves(&lesson, &self.sender);
        self.lesson = lesson;
        Ok(())
    }
}

fn saves(lesson: &Lesson, sender: &Sender<Event>) -> Saves {
    let (number, sender) = (lesson.number().to_owned(), sender.clone());
    Saves::watch(lesson, move |content| {
        let _ = sender.send(Event::Saved(number.clone(), content));
    })
}
