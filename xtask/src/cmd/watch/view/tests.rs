use std::time::Duration;

use xtask_core::progress::LessonState;
use xtask_core::verdict::{FailureKind, Verdict};

use super::*;
use crate::cmd::list::tests::rows;
use crate::cmd::watch::session::Work;
use crate::cmd::watch::session::tests::{about, pass};

fn session() -> Session {
    Session::new(about("02"), None)
}

fn with_findings(verdict: Verdict) -> Session {
    let mut session = session();
    session.found = Some(Found { verdict, timed: None, outdated: false });
    session
}

fn working(job: Job, step: &str) -> Option<Work> {
    Some(Work { job, begun: Instant::now(), step: step.to_owned(), stopping: false })
}

fn failure() -> Verdict {
    use xtask_core::verdict::{Failure, Test, TierResult};
    let test = Test::at("correct::chunks_cover_every_sample_once").unwrap();
    Verdict::Tiers(vec![TierResult {
        tier: Tier::Correct,
        tests: 2,
        failures: vec![Failure {
            test: test.clone(),
            kind: FailureKind::Unexpected {
                seen: "n = 10, chunks = 3: sample 9 is never evaluated".to_owned(),
                expected: "every sample from 0 to 9, once".to_owned(),
            },
            place: Some("exercises/02-chunked-integration/tests/check.rs:42".to_owned()),
        }],
        printed: vec![(test, "n = 10\n".repeat(9))],
    }])
}

/// The picture two seconds from now, without its styles and with the empty lines in its middle taken out.
fn picture(session: &Session, size: (usize, usize)) -> String {
    let (lines, _) = frame(session, size, Instant::now() + Duration::from_secs(2));
    assert_eq!(lines.len(), size.1, "the picture fills the terminal");
    let plain: Vec<_> = lines
        .iter()
        .map(|line| anstream::adapter::strip_str(line).to_string())
        .map(|line| line.trim_end().to_owned())
        .collect();
    for line in &plain {
        assert!(line.chars().count() <= size.0, "too wide: {line}");
    }
    let mut picture = plain.join("\n");
    while picture.contains("\n\n\n") {
        picture = picture.replace("\n\n\n", "\n\n");
    }
    picture
}

#[test]
fn what_does_not_fit_can_be_scrolled_to() {
    let mut session = with_findings(failure());
    insta::assert_snapshot!(picture(&session, (60, 16)), @"
    Lesson 02: A few large tasks
    exercises/02-chunked-integration/src/lib.rs

      ✗ correct       1 of 2 checks hold
      – concurrent    when correct holds
      – speed         when concurrent holds

    chunks cover every sample once
      seen      n = 10, chunks = 3: sample 9 is never evaluated
      expected  every sample from 0 to 9, once
      at
    exercises/02-chunked-integration/tests/check.rs:42
      ↓ 14 more lines (the arrows scroll)

    ✗ not yet correct, waiting for your next save
    r again  h hint  n next  l list  t trace  ? help  q quit
    ");
    session.scroll = usize::MAX;
    insta::assert_snapshot!(picture(&session, (60, 16)), @"
      │ n = 10
      │ n = 10
      │ n = 10
      │ n = 10
      │ n = 10
      │ n = 10
      │ n = 10
      │ n = 10
      │ n = 10

      next      edit the file above, and save it
      stuck?    h shows hint 1 of 3, the concept
      ↑ 14 more lines

    ✗ not yet correct, waiting for your next save
    r again  h hint  n next  l list  t trace  ? help  q quit
    ");
}

#[test]
fn a_pass_says_what_to_look_at_before_moving_on() {
    let mut session = with_findings(pass());
    session.work = working(Job::Check, "timing");
    insta::assert_snapshot!(picture(&session, (60, 24)), @"
    Lesson 02: A few large tasks
    exercises/02-chunked-integration/src/lib.rs

      ✓ correct       0 of 0 checks hold
      ✓ concurrent    0 of 0 checks hold
      – speed

    before you move on
      compare   cargo xtask diff 02 shows the model beside yours
      look      t traces a run: who did what, when
      predict   how far does it scale? cargo xtask sweep 02
                and in Python? cargo xtask peers 02
      next      n goes on, when you are ready

    passed; the speed tier: timing, 2 s
    r again  h hint  n next  l list  t trace  ? help  q quit
    ");
}

#[test]
fn the_old_verdict_stays_without_its_colours_while_the_new_one_is_made() {
    let mut session = with_findings(failure());
    session.found.as_mut().unwrap().outdated = true;
    session.work = working(Job::Check, "compiling chunked-integration");
    let (lines, _) = frame(&session, (80, 40), Instant::now());
    assert!(!lines.concat().contains(&BAD.to_string()));
    assert!(picture(&session, (80, 40)).contains("✗ correct"));
    assert!(picture(&session, (80, 40)).contains("compiling chunked-integration, 2 s"));
}

#[test]
fn a_verdict_on_other_code_is_not_said_of_code_that_could_not_be_checked() {
    let mut session = with_findings(failure());
    session.turn_to(Page::Trouble("the disk is full".to_owned()));
    assert!(picture(&session, (60, 20)).contains("✗ not yet correct, waiting"));
    session.found.as_mut().unwrap().outdated = true;
    let picture = picture(&session, (60, 20));
    assert!(picture.contains("waiting for your next save"), "{picture}");
    assert!(!picture.contains("not yet correct"), "{picture}");
}

#[test]
fn the_list_shows_the_lesson_that_is_pointed_at_in_any_terminal() {
    let rows = rows(&[LessonState::NotStarted; 40]);
    for at in 0..40 {
        let number = rows[at].number.clone();
        let mut session = session();
        session.page = Page::Lessons(Picker::new(rows.clone(), &number));
        let picture = picture(&session, (60, 10));
        assert!(picture.contains(&format!("> ○ {number}")), "{picture}");
    }
}

#[test]
fn every_key_is_explained() {
    let mut session = session();
    session.page = Page::Keys;
    insta::assert_snapshot!(picture(&session, (80, 30)), @"
    Keys

      r         checks again, also when nothing was saved
      h         shows the next hint
      n         goes on to the next lesson, after a pass
      l         lists the lessons, to choose one
      t         traces a run of your code: who did what, when
      ?         explains the keys
      q         leaves; so does Ctrl-C
      esc       goes back to the verdict
      ↑ ↓       scroll; so do page up, page down and space

    A save is seen by its content, on any drive. A save during a check stops it and
    checks what is there now. Your code is not touched.

    esc verdict  r again  h hint  n next  l list  t trace  ? help  q quit
    ");
}

#[test]
fn any_size_has_a_picture() {
    for verdict in [failure(), pass(), Verdict::NotStarted] {
        let session = with_findings(verdict);
        for size in [(1, 1), (2, 40), (10, 3), (200, 5), (30, 8)] {
            let (lines, _) = frame(&session, size, Instant::now());
            assert_eq!(lines.len(), size.1, "{size:?}");
        }
    }
}
