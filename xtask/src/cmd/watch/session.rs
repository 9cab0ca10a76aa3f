//! What a session knows, and how it responds to events: pure, so that every order of events can be tested.

use std::ops::Range;
use std::time::Instant;

use measure::protocol::{SpeedRecord, TraceDocument};
use xtask_core::course::Hint;
use xtask_core::ui::screen::About;
use xtask_core::verdict::Verdict;

use super::jobs::{Job, JobEvent};
use super::keys::Key;
use super::picker::{Picked, Picker};

/// The session on one lesson.
#[derive(Debug)]
pub struct Session {
    pub about: About,
    /// What was found last.
    pub found: Option<Found>,
    pub work: Option<Work>,
    pub page: Page,
    /// The first line of the page that is shown.
    pub scroll: usize,
    /// What is said until the next key.
    pub notice: Option<String>,
    /// What is done after the work at hand.
    then: Option<Job>,
    /// The fingerprint of the code that was checked last, or is being checked.
    checked: Option<Option<u64>>,
}

#[derive(Debug)]
pub struct Found {
    pub verdict: Verdict,
    /// What the speed tier measured; `None` until it is through.
    pub timed: Option<Vec<SpeedRecord>>,
    /// Whether the code is being checked again.
    pub outdated: bool,
}

/// A job that is running.
#[derive(Debug)]
pub struct Work {
    pub job: Job,
    pub begun: Instant,
    pub step: String,
    /// What it finds does not count any more; its end is waited for.
    pub stopping: bool,
}

/// What the screen shows.
#[derive(Debug)]
pub enum Page {
    Verdict,
    Hints { all: Vec<Hint>, shown: Range<usize> },
    Lessons(Picker),
    Trace(TraceDocument),
    Trouble(String),
    Keys,
}

/// What is heard.
#[derive(Debug)]
pub enum Event {
    /// `None`: the keyboard has ended.
    Key(Option<Key>),
    /// A lesson, by its number, has other code now; `None` is none that can be read.
    Saved(String, Option<u64>),
    Job(JobEvent),
}

/// What the session asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Ask {
    Start(Job),
    /// Ends the job that is running.
    Stop,
    /// One hint more: then [`Session::show_hint`].
    Hint,
    /// The lessons to choose from: then [`Session::page`].
    Lessons,
    /// Another lesson, by its number, in a new session.
    Go(String),
    /// The next lesson to go on with: the same.
    GoOn,
    /// All of the screen anew.
    Repaint,
    Leave,
}

/// Lines that are scrolled at once.
const PAGE: usize = 10;

impl Session {
    /// A session that waits to hear of the code, and perhaps for the end of a job of the session before it.
    pub fn new(about: About, before: Option<Work>) -> Self {
        Self {
            about,
            found: None,
            work: before,
            page: Page::Verdict,
            scroll: 0,
            notice: None,
            then: None,
            checked: None,
        }
    }

    pub fn handle(&mut self, event: Event, now: Instant) -> Vec<Ask> {
        match event {
            Event::Key(None) => vec![Ask::Leave],
            Event::Key(Some(key)) => {
                self.notice = None;
                self.key(key, now)
            }
            Event::Saved(lesson, content) => {
                if lesson != self.about.number || self.checked == Some(content) {
                    return Vec::new();
                }
                self.checked = Some(content);
                self.check(now)
            }
            Event::Job(event) => self.handle_job(event, now),
        }
    }

    /// Whether the code that is there, as far as is known, has passed.
    pub fn has_passed(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.verdict.has_passed())
    }

    /// Whether what was found is of code that is being checked again.
    pub fn is_outdated(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.outdated)
    }

    pub fn turn_to(&mut self, page: Page) {
        self.page = page;
        self.scroll = 0;
    }

    pub fn show_hint(&mut self, all: Vec<Hint>, shown: Range<usize>, about: About) {
        self.about = about;
        self.turn_to(Page::Hints { all, shown });
    }

    fn key(&mut self, key: Key, now: Instant) -> Vec<Ask> {
        if let Page::Lessons(picker) = &mut self.page {
            match picker.key(key) {
                Picked::Lesson(number) => return vec![Ask::Go(number)],
                Picked::Moved => return Vec::new(),
                Picked::Nothing => {}
            }
        }
        match key {
            Key::Char('q' | '\x04') => return vec![Ask::Leave],
            Key::Char('\x0c') => return vec![Ask::Repaint],
            Key::Char('r') => {
                self.turn_to(Page::Verdict);
                return self.check(now);
            }
            Key::Char('h') => return vec![Ask::Hint],
            Key::Char('l') if matches!(self.page, Page::Lessons(_)) => self.turn_to(Page::Verdict),
            Key::Char('l') => return vec![Ask::Lessons],
            Key::Char('n') if self.has_passed() => return vec![Ask::GoOn],
            Key::Char('n') => {
                self.notice =
                    Some("this lesson has not passed yet; l goes to any other".to_owned());
            }
            Key::Char('t') => return self.trace(now),
            Key::Char('?') if !matches!(self.page, Page::Keys) => self.turn_to(Page::Keys),
            Key::Char('?') | Key::Escape => self.turn_to(Page::Verdict),
            Key::Up | Key::Char('k') => self.scroll = self.scroll.saturating_sub(1),
            Key::Down | Key::Char('j') => self.scroll += 1,
            Key::PageUp => self.scroll = self.scroll.saturating_sub(PAGE),
            Key::PageDown | Key::Char(' ') => self.scroll += PAGE,
            Key::Home => self.scroll = 0,
            Key::End => self.scroll = usize::MAX - PAGE,
            Key::Enter | Key::Char(_) => {}
        }
        Vec::new()
    }

    /// Checks the code that is there now: at once, or as soon as what is running has been stopped.
    fn check(&mut self, now: Instant) -> Vec<Ask> {
        if !matches!(self.page, Page::Lessons(_)) {
            self.turn_to(Page::Verdict);
        }
        if let Some(found) = &mut self.found {
            found.outdated = true;
        }
        let Some(work) = &mut self.work else {
            return self.start(Job::Check, now);
        };
        self.then = Some(Job::Check);
        if work.stopping {
            return Vec::new();
        }
        work.stopping = true;
        vec![Ask::Stop]
    }

    /// Traces the code that is there now: at once, or after the check that is running.
    fn trace(&mut self, now: Instant) -> Vec<Ask> {
        match &self.work {
            None if self.can_run() => return self.start(Job::Trace, now),
            None => self.notice = Some("there is nothing to trace yet".to_owned()),
            Some(Work { job: Job::Trace, .. }) => {}
            Some(_) => self.then = self.then.or(Some(Job::Trace)),
        }
        Vec::new()
    }

    /// Whether there is code to run.
    fn can_run(&self) -> bool {
        self.found.as_ref().is_some_and(|found| matches!(found.verdict, Verdict::Tiers(_)))
    }

    fn start(&mut self, job: Job, now: Instant) -> Vec<Ask> {
        self.work = Some(Work { job, begun: now, step: String::new(), stopping: false });
        vec![Ask::Start(job)]
    }

    fn handle_job(&mut self, event: JobEvent, now: Instant) -> Vec<Ask> {
        let Some(work) = &mut self.work else {
            return Vec::new();
        };
        match event {
            JobEvent::Ended(trouble) => {
                let stopped = work.stopping;
                self.work = None;
                if let Some(trouble) = trouble.filter(|_| !stopped) {
                    self.turn_to(Page::Trouble(trouble));
                }
                return match self.then.take() {
                    Some(Job::Check) => self.start(Job::Check, now),
                    Some(Job::Trace) => self.trace(now),
                    None => Vec::new(),
                };
            }
            JobEvent::Step(step) => work.step = step,
            _ if work.stopping => {}
            JobEvent::Began(content) => self.checked = Some(content),
            JobEvent::Verdict(verdict, about) => {
                self.about = about;
                self.notice = None;
                self.found = Some(Found { verdict, timed: None, outdated: false });
                self.scroll = 0;
            }
            JobEvent::Timed(timed) => {
                if let Some(found) = &mut self.found {
                    found.timed = Some(timed);
                }
            }
            JobEvent::Traced(document) => self.turn_to(Page::Trace(document)),
            JobEvent::Panicked(_) => return vec![Ask::Leave],
        }
        Vec::new()
    }
}

#[cfg(test)]
pub mod tests;
