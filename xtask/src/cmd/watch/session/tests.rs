use xtask_core::progress::LessonState;

use super::*;
use crate::cmd::list::tests::rows;

pub fn about(number: &str) -> About {
    About {
        number: number.to_owned(),
        title: "A few large tasks".to_owned(),
        code: "exercises/02-chunked-integration/src/lib.rs".to_owned(),
        chapter: "lessons/02-chunked-integration/README.md".to_owned(),
        hint: Some("1 of 3, the concept".to_owned()),
        next: Some("03".to_owned()),
        own: true,
    }
}

/// A session on lesson 02, and all that it has asked for.
struct Played {
    session: Session,
    asked: Vec<Ask>,
}

fn fresh() -> Played {
    Played { session: Session::new(about("02"), None), asked: Vec::new() }
}

impl Played {
    fn hears(mut self, event: Event) -> Self {
        self.asked.extend(self.session.handle(event, Instant::now()));
        self
    }

    fn saves(self, content: u64) -> Self {
        self.hears(Event::Saved("02".to_owned(), Some(content)))
    }

    fn types(self, keys: &str) -> Self {
        keys.chars().fold(self, |played, key| played.hears(Event::Key(Some(Key::Char(key)))))
    }

    fn hears_of_job(self, event: JobEvent) -> Self {
        self.hears(Event::Job(event))
    }

    fn gets_verdict(self, verdict: Verdict) -> Self {
        self.hears_of_job(JobEvent::Verdict(verdict, about("02")))
    }

    /// The code that is checked does not compile.
    fn fails(self) -> Self {
        self.gets_verdict(compile_error()).ends_job()
    }

    fn ends_job(self) -> Self {
        self.hears_of_job(JobEvent::Ended(None))
    }

    /// What was asked for since the last time.
    #[track_caller]
    fn asks(mut self, expected: &[Ask]) -> Self {
        assert_eq!(std::mem::take(&mut self.asked), expected);
        self
    }
}

const CHECK: Ask = Ask::Start(Job::Check);
const TRACE: Ask = Ask::Start(Job::Trace);

/// What has no tests has none that fail: enough of a pass for a session.
pub fn pass() -> Verdict {
    let verdict = Verdict::of(&[], &[]);
    assert!(verdict.has_passed());
    verdict
}

fn compile_error() -> Verdict {
    Verdict::DidNotCompile { errors: Vec::new() }
}

#[test]
fn each_save_is_checked_once() {
    fresh()
        .saves(1)
        .asks(&[CHECK])
        .hears_of_job(JobEvent::Began(Some(1)))
        .fails()
        .saves(1)
        .asks(&[])
        .saves(2)
        .asks(&[CHECK]);
}

#[test]
fn a_save_during_a_check_stops_it_and_is_checked_when_it_has_ended() {
    fresh()
        .saves(1)
        .asks(&[CHECK])
        .saves(2)
        .asks(&[Ask::Stop])
        .saves(3)
        .asks(&[])
        .ends_job()
        .asks(&[CHECK])
        .ends_job()
        .asks(&[]);
}

#[test]
fn what_a_stopped_check_still_says_does_not_count() {
    let played = fresh()
        .saves(1)
        .saves(2)
        .gets_verdict(pass())
        .hears_of_job(JobEvent::Ended(Some("killed".to_owned())));
    assert!(played.session.found.is_none());
    assert!(matches!(played.session.page, Page::Verdict));
}

#[test]
fn code_that_the_check_saw_before_the_look_at_the_files_is_not_checked_twice() {
    fresh().saves(1).hears_of_job(JobEvent::Began(Some(2))).asks(&[CHECK]).saves(2).asks(&[]);
}

#[test]
fn again_checks_what_was_checked_before() {
    fresh()
        .saves(1)
        .fails()
        .asks(&[CHECK])
        .types("r")
        .asks(&[CHECK])
        .types("rr")
        .asks(&[Ask::Stop])
        .ends_job()
        .asks(&[CHECK]);
}

#[test]
fn the_verdict_stays_to_be_read_while_the_next_is_made() {
    let played = fresh().saves(1).fails().saves(2);
    assert!(played.session.is_outdated());
    let played = played.gets_verdict(compile_error());
    assert!(!played.session.is_outdated());
}

#[test]
fn a_save_turns_from_a_hint_to_the_verdict_and_a_verdict_does_not() {
    let hint = || Page::Hints { all: Vec::new(), shown: 0..0 };
    let mut played = fresh().saves(1);
    played.session.turn_to(hint());
    let played = played.fails();
    assert!(matches!(played.session.page, Page::Hints { .. }));
    let played = played.saves(2);
    assert!(matches!(played.session.page, Page::Verdict));
}

#[test]
fn next_waits_for_a_pass() {
    let played = fresh().saves(1).gets_verdict(compile_error()).asks(&[CHECK]).types("n");
    assert!(played.session.notice.is_some());
    played
        .asks(&[])
        .ends_job()
        .saves(2)
        .gets_verdict(pass())
        .asks(&[CHECK])
        .types("n")
        .asks(&[Ask::GoOn]);
}

#[test]
fn a_trace_comes_after_the_check_and_only_of_code_that_runs() {
    fresh()
        .saves(1)
        .types("t")
        .gets_verdict(pass())
        .asks(&[CHECK])
        .ends_job()
        .asks(&[TRACE])
        .ends_job()
        .types("t")
        .asks(&[TRACE])
        .ends_job();
    let played = fresh().saves(1).types("t").fails();
    assert!(played.session.notice.is_some());
    played.asks(&[CHECK]);
}

#[test]
fn a_save_goes_before_a_trace() {
    fresh()
        .saves(1)
        .gets_verdict(pass())
        .ends_job()
        .types("t")
        .asks(&[CHECK, TRACE])
        .saves(2)
        .asks(&[Ask::Stop])
        .ends_job()
        .asks(&[CHECK]);
}

#[test]
fn what_could_not_be_done_is_told_with_its_reason() {
    let played =
        fresh().saves(1).hears_of_job(JobEvent::Ended(Some("the disk is full".to_owned())));
    assert!(matches!(&played.session.page, Page::Trouble(words) if words == "the disk is full"));
    assert!(played.session.work.is_none());
}

#[test]
fn a_session_that_follows_another_waits_for_the_end_of_its_check() {
    let before = fresh().saves(1).session.work.map(|work| Work { stopping: true, ..work });
    let played = Played { session: Session::new(about("03"), before), asked: Vec::new() };
    let played = played.saves(2).gets_verdict(pass()).asks(&[]);
    assert!(played.session.found.is_none(), "that was of lesson 02");
    played.hears(Event::Saved("03".to_owned(), Some(3))).asks(&[]).ends_job().asks(&[CHECK]);
}

#[test]
fn every_key_works_whatever_is_being_done() {
    let quiet = || fresh().saves(1).fails();
    let busy = || fresh().saves(1);
    for played in [quiet, busy] {
        let asks = |key: char| {
            let played = played().asks(&[CHECK]).types(&key.to_string());
            (played.asked, played.session.page)
        };
        assert_eq!(asks('q').0, [Ask::Leave]);
        assert_eq!(asks('h').0, [Ask::Hint]);
        assert_eq!(asks('l').0, [Ask::Lessons]);
        assert_eq!(asks('\x0c').0, [Ask::Repaint]);
        assert!(matches!(asks('?').1, Page::Keys));
    }
}

#[test]
fn the_end_of_the_keyboard_is_the_end() {
    fresh().hears(Event::Key(None)).asks(&[Ask::Leave]);
}

#[test]
fn a_lesson_is_chosen_from_the_list() {
    let list = || {
        let mut played = fresh();
        let rows = rows(&[LessonState::NotStarted; 3]);
        played.session.turn_to(Page::Lessons(Picker::new(rows, "02")));
        played
    };
    let enter = || Event::Key(Some(Key::Enter));
    list().hears(Event::Key(Some(Key::Down))).hears(enter()).asks(&[Ask::Go("03".to_owned())]);
    list().types("1").hears(enter()).asks(&[Ask::Go("01".to_owned())]);
    let back = list().hears(Event::Key(Some(Key::Escape))).asks(&[]);
    assert!(matches!(back.session.page, Page::Verdict));
}
