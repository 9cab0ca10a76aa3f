//! A session as a picture: pure, at any size.

use std::time::Instant;

use xtask_core::ui::lines::fitting;
use xtask_core::ui::screen::{self, label_lines};
use xtask_core::ui::terminal::KEYS_NEED_ENTER;
use xtask_core::ui::{BAD, BOLD, FAINT, GOOD, OPEN, apply_style, legible};
use xtask_core::verdict::Tier;

use super::jobs::Job;
use super::picker::Picker;
use super::session::{Found, Page, Session};
use crate::cmd::{hint, list, trace};

/// The keys, in the order of the footer: what to strike, its name there, and what it does.
const KEYS: &[(&str, &str, &str)] = &[
    ("r", "again", "checks again, also when nothing was saved"),
    ("h", "hint", "shows the next hint"),
    ("n", "next", "goes on to the next lesson, after a pass"),
    ("l", "list", "lists the lessons, to choose one"),
    ("t", "trace", "traces a run of your code: who did what, when"),
    ("?", "help", "explains the keys"),
    ("q", "quit", "leaves; so does Ctrl-C"),
];

/// The lines that fill a terminal of this size, and the furthest that its page can be scrolled.
pub fn frame(
    session: &Session,
    (columns, rows): (usize, usize),
    now: Instant,
) -> (Vec<String>, usize) {
    let page = fitting(&page(session, legible(columns)), columns);
    let keys = keys(&session.page, columns);
    // A line each: the distance from the page, what is being done, and how far it can be scrolled.
    let room = rows.saturating_sub(keys.len() + 3).max(1);
    let furthest = page.len().saturating_sub(room);
    let first = match &session.page {
        Page::Lessons(picker) => furthest.min((picker.at + HEAD_OF_LIST + 1).saturating_sub(room)),
        _ => session.scroll.min(furthest),
    };

    let mut lines: Vec<_> = page.iter().skip(first).take(room).cloned().collect();
    lines.resize(room, String::new());
    let below = page.len() - (first + room).min(page.len());
    let more = match (first, below) {
        (0, 0) => String::new(),
        (0, below) => format!("  ↓ {below} more lines (the arrows scroll)"),
        (above, 0) => format!("  ↑ {above} more lines"),
        (above, below) => format!("  ↑ {above} and ↓ {below} more lines"),
    };
    lines.push(apply_style(FAINT, &more));
    lines.push(String::new());
    let status = fitting(&status(session, now), columns);
    lines.push(status.into_iter().next().unwrap_or_default());
    lines.extend(keys);
    lines.truncate(rows);
    (lines, furthest)
}

/// What stays to be read when the terminal is given back: the verdict.
pub fn last_words(session: &Session, width: usize) -> String {
    let Some(found) = session.found.as_ref().filter(|found| !found.outdated) else {
        return String::new();
    };
    let on = format!("cargo xtask watch {}", session.about.number);
    screen::heading(&session.about)
        + &findings(session, found, width)
        + &label_lines("go on", &on, width)
}

fn page(session: &Session, width: usize) -> String {
    match &session.page {
        Page::Verdict => verdict(session, width),
        Page::Hints { all, shown } => hint::text(all, shown.clone(), width),
        Page::Lessons(picker) => lessons(picker),
        Page::Trace(document) => trace::screen(document, width),
        Page::Trouble(words) => {
            format!("{} {words}", apply_style(BAD.bold(), "error:"))
        }
        Page::Keys => help(width),
    }
}

fn verdict(session: &Session, width: usize) -> String {
    let heading = screen::heading(&session.about);
    let Some(found) = &session.found else {
        return heading;
    };
    let text = findings(session, found, width) + &ways_on(session, found, width);
    if found.outdated {
        // Still there to be read, but not as if it were news.
        let plain = anstream::adapter::strip_str(&text).to_string();
        let faint = plain.lines().map(|line| apply_style(FAINT, line));
        return heading + &faint.collect::<Vec<_>>().join("\n");
    }
    heading + &text
}

fn findings(session: &Session, found: &Found, width: usize) -> String {
    let text = screen::findings(&found.verdict, &session.about, width);
    text + &match &found.timed {
        Some(timed) => screen::speed(&found.verdict, timed, width),
        None if found.verdict.has_passed() => {
            format!("  {} {}\n\n", apply_style(FAINT, "–"), apply_style(BOLD, "speed"))
        }
        None => String::new(),
    }
}

/// What to do about a verdict, by keys.
fn ways_on(session: &Session, found: &Found, width: usize) -> String {
    let number = &session.about.number;
    if found.verdict.has_passed() {
        let title = format!("{}\n", apply_style(BOLD, "before you move on"));
        let model = screen::beside_the_model(number);
        let predict = format!(
            "how far does it scale? cargo xtask sweep {number}\nand in Python? cargo xtask peers {number}"
        );
        return title
            + &label_lines("compare", &model, width)
            + &label_lines("look", "t traces a run: who did what, when", width)
            + &label_lines("predict", &predict, width)
            + &label_lines("next", "n goes on, when you are ready", width);
    }
    let next = if found.verdict.is_not_started() {
        label_lines("then", "save it, as often as you like: it is checked", width)
    } else {
        label_lines("next", "edit the file above, and save it", width)
    };
    let hint = session.about.hint.as_ref();
    let stuck = hint.map(|hint| label_lines("stuck?", &format!("h shows hint {hint}"), width));
    next + &stuck.unwrap_or_default()
}

/// Lines above the first lesson.
const HEAD_OF_LIST: usize = 2;

fn lessons(picker: &Picker) -> String {
    format!(
        "{}\n\n{}\n{}",
        apply_style(BOLD, "Which lesson?"),
        list::table(&picker.rows, Some(picker.at)),
        list::bar(&picker.rows)
    )
}

fn help(width: usize) -> String {
    let mut page = format!("{}\n\n", apply_style(BOLD, "Keys"));
    for (key, _, does) in KEYS {
        page += &label_lines(key, does, width);
    }
    page += &label_lines("esc", "goes back to the verdict", width);
    page += &label_lines("↑ ↓", "scroll; so do page up, page down and space", width);
    let words = "A save is seen by its content, on any drive. A save during a check stops it and \
                 checks what is there now. Your code is not touched.";
    page + "\n" + &screen::wrap(words, width)
}

/// What is being done, or what was.
fn status(session: &Session, now: Instant) -> String {
    let Some(work) = &session.work else {
        return match &session.notice {
            Some(notice) => apply_style(OPEN, notice),
            None => idle(session),
        };
    };
    let what = match work.job {
        _ if work.stopping => "ending what runs",
        Job::Check if session.has_passed() && !session.is_outdated() => "passed; the speed tier",
        Job::Check => "checking what you saved",
        Job::Trace => "tracing",
    };
    let step = if work.step.is_empty() { String::new() } else { format!(": {}", work.step) };
    let seconds = now.duration_since(work.begun).as_secs();
    let words = match seconds {
        0 => format!("{what}{step} …"),
        seconds => format!("{what}{step}, {seconds} s"),
    };
    apply_style(OPEN, &words)
}

/// The verdict in a line, for pages that do not show it, and what is waited for.
fn idle(session: &Session) -> String {
    let waiting = "waiting for your next save";
    let found = match &session.found {
        None => return String::new(),
        // What there is now could not be checked.
        Some(found) if found.outdated => return apply_style(FAINT, waiting),
        Some(found) => found,
    };
    let (style, words) = if found.verdict.has_passed() {
        (GOOD, "✓ passed")
    } else if found.verdict.is_not_started() {
        (OPEN, "○ not started")
    } else if found.verdict.holds(Tier::Correct) {
        (OPEN, "… correct, not yet concurrent")
    } else {
        (BAD, "✗ not yet correct")
    };
    apply_style(style, words) + &apply_style(FAINT, &format!(", {waiting}"))
}

/// The footer: the keys that mean something on this page.
fn keys(page: &Page, columns: usize) -> Vec<String> {
    let choosing = [("↑↓", "or a number"), ("enter", "choose"), ("esc", "back"), ("q", "quit")];
    let usual = KEYS.iter().map(|(key, name, _)| (*key, *name));
    let keys: Vec<_> = match page {
        Page::Lessons(_) => choosing.to_vec(),
        Page::Verdict => usual.collect(),
        _ => [("esc", "verdict")].into_iter().chain(usual).collect(),
    };
    let key = |(key, name): &(&str, &str)| format!("{} {name}", apply_style(BOLD, key));
    let keys: Vec<_> = keys.iter().map(key).collect();
    let then = if KEYS_NEED_ENTER { "  then Enter" } else { "" };
    fitting(&(keys.join("  ") + then), columns)
}

#[cfg(test)]
mod tests;
