use xtask_core::progress::State;

use super::*;
use crate::cmd::list::Row;

fn about(number: &str) -> About {
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
    Played {
        session: Session::on(about("02"), None),
        asked: Vec::new(),
    }
}

impl Played {
    fn hears(mut self, event: Event) -> Self {
        self.asked.extend(self.session.hears(event, Instant::now()));
        self
    }

    fn saved(self, content: u64) -> Self {
        self.hears(Event::Saved("02".to_owned(), Some(content)))
    }

    fn typed(self, keys: &str) -> Self {
        keys.chars().fold(self, |played, key| {
            played.hears(Event::Key(Some(Key::Char(key))))
        })
    }

    fn told(self, news: News) -> Self {
        self.hears(Event::Job(news))
    }

    fn judged(self, verdict: Verdict) -> Self {
        self.told(News::Judged(verdict, about("02")))
    }

    fn ended(self) -> Self {
        self.told(News::Ended(None))
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
fn passed() -> Verdict {
    let verdict = Verdict::of(&[], &[]);
    assert!(verdict.passed());
    verdict
}

fn broken() -> Verdict {
    Verdict::DidNotCompile { errors: Vec::new() }
}

#[test]
fn each_save_is_checked_once() {
    fresh()
        .saved(1)
        .asks(&[CHECK])
        .told(News::Began(Some(1)))
        .judged(broken())
        .ended()
        .saved(1)
        .asks(&[])
        .saved(2)
        .asks(&[CHECK]);
}

#[test]
fn a_save_during_a_check_stops_it_and_is_checked_when_it_has_ended() {
    fresh()
        .saved(1)
        .asks(&[CHECK])
        .saved(2)
        .asks(&[Ask::Stop])
        .saved(3)
        .asks(&[])
        .ended()
        .asks(&[CHECK])
        .ended()
        .asks(&[]);
}

#[test]
fn what_a_stopped_check_still_says_does_not_count() {
    let played = fresh()
        .saved(1)
        .saved(2)
        .judged(passed())
        .told(News::Ended(Some("killed".to_owned())));
    assert!(played.session.found.is_none());
    assert!(matches!(played.session.page, Page::Verdict));
}

#[test]
fn code_that_the_check_saw_before_the_look_at_the_files_is_not_checked_twice() {
    fresh()
        .saved(1)
        .told(News::Began(Some(2)))
        .asks(&[CHECK])
        .saved(2)
        .asks(&[]);
}

#[test]
fn again_checks_what_was_checked_before() {
    fresh()
        .saved(1)
        .judged(broken())
        .ended()
        .asks(&[CHECK])
        .typed("r")
        .asks(&[CHECK])
        .typed("rr")
        .asks(&[Ask::Stop])
        .ended()
        .asks(&[CHECK]);
}

#[test]
fn the_verdict_stays_to_be_read_while_the_next_is_made() {
    let played = fresh().saved(1).judged(broken()).ended().saved(2);
    assert!(played.session.is_outdated());
    let played = played.judged(broken());
    assert!(!played.session.is_outdated());
}

#[test]
fn a_save_turns_from_a_hint_to_the_verdict_and_a_verdict_does_not() {
    let hint = || Page::Hints {
        all: Vec::new(),
        shown: 0..0,
    };
    let mut played = fresh().saved(1);
    played.session.turn_to(hint());
    let played = played.judged(broken()).ended();
    assert!(matches!(played.session.page, Page::Hints { .. }));
    let played = played.saved(2);
    assert!(matches!(played.session.page, Page::Verdict));
}

#[test]
fn next_waits_for_a_pass() {
    let played = fresh().saved(1).judged(broken()).asks(&[CHECK]).typed("n");
    assert!(played.session.notice.is_some());
    played
        .asks(&[])
        .ended()
        .saved(2)
        .judged(passed())
        .asks(&[CHECK])
        .typed("n")
        .asks(&[Ask::GoOn]);
}

#[test]
fn a_trace_comes_after_the_check_and_only_of_code_that_runs() {
    fresh()
        .saved(1)
        .typed("t")
        .judged(passed())
        .asks(&[CHECK])
        .ended()
        .asks(&[TRACE])
        .ended()
        .typed("t")
        .asks(&[TRACE])
        .ended();
    let played = fresh().saved(1).typed("t").judged(broken()).ended();
    assert!(played.session.notice.is_some());
    played.asks(&[CHECK]);
}

#[test]
fn a_save_goes_before_a_trace() {
    fresh()
        .saved(1)
        .judged(passed())
        .ended()
        .typed("t")
        .asks(&[CHECK, TRACE])
        .saved(2)
        .asks(&[Ask::Stop])
        .ended()
        .asks(&[CHECK]);
}

#[test]
fn what_could_not_be_done_is_told_with_its_reason() {
    let played = fresh()
        .saved(1)
        .told(News::Ended(Some("the disk is full".to_owned())));
    assert!(matches!(&played.session.page, Page::Trouble(words) if words == "the disk is full"));
    assert!(played.session.work.is_none());
}

#[test]
fn a_session_that_follows_another_waits_for_the_end_of_its_check() {
    let before = fresh().saved(1).session.work.map(|work| Work {
        stopping: true,
        ..work
    });
    let played = Played {
        session: Session::on(about("03"), before),
        asked: Vec::new(),
    };
    let played = played.saved(2).judged(passed()).asks(&[]);
    assert!(played.session.found.is_none(), "that was of lesson 02");
    played
        .hears(Event::Saved("03".to_owned(), Some(3)))
        .asks(&[])
        .ended()
        .asks(&[CHECK]);
}

#[test]
fn every_key_works_whatever_is_being_done() {
    let quiet = || fresh().saved(1).judged(broken()).ended();
    let busy = || fresh().saved(1);
    for played in [quiet, busy] {
        let asks = |key: char| {
            let played = played().asks(&[CHECK]).typed(&key.to_string());
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
    let row = |number: &str| Row {
        number: number.to_owned(),
        slug: "slug".to_owned(),
        title: "Title".to_owned(),
        state: State::NotStarted,
    };
    let list = || {
        let mut played = fresh();
        let rows = ["01", "02", "03"].map(row).to_vec();
        played
            .session
            .turn_to(Page::Lessons(Picker::at(rows, "02")));
        played
    };
    let enter = || Event::Key(Some(Key::Enter));
    list()
        .hears(Event::Key(Some(Key::Down)))
        .hears(enter())
        .asks(&[Ask::Go("03".to_owned())]);
    list()
        .typed("1")
        .hears(enter())
        .asks(&[Ask::Go("01".to_owned())]);
    let back = list().hears(Event::Key(Some(Key::Escape))).asks(&[]);
    assert!(matches!(back.session.page, Page::Verdict));
}
