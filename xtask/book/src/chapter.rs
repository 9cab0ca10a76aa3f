//! A lesson's chapter: its text, with what this machine has measured beside the commands, and then its files.

use std::fmt::Write as _;

use crate::figures::Figure;
use crate::lesson::Parts;
use crate::listing::Listing;
use crate::places::Places;
use crate::text::{adapt, with_output_of};

pub fn chapter(parts: &Parts, places: &Places, figures: &[Figure]) -> String {
    let text = adapt(&parts.chapter.code, &parts.chapter.file, places);
    let mut page = with_figures(text, figures);
    let _ = write!(
        page,
        "\n\n<hr>\n\n{}\
         ### The checks {{#checks}}\n\n{}\
         ## The given code {{#given}}\n\n{}",
        exercise(parts),
        fold(&parts.checks),
        fold(&parts.given),
    );
    if !parts.experiments.is_empty() {
        let experiments = experiments(parts);
        let _ = write!(page, "## The experiments {{#experiments}}\n\n{experiments}");
    }
    let _ = write!(
        page,
        "## The model solution {{#model}}\n\n\
         One way to write it, why it is so, and what else would have worked: [the model]({}.html#model), when yours has passed.\n",
        parts.help_page()
    );
    page
}

/// A chapter's text with each figure behind its command, and those whose commands it does not give in a section at its end.
fn with_figures(mut text: String, figures: &[Figure]) -> String {
    let mut elsewhere = String::new();
    for figure in figures {
        match with_output_of(&figure.cell, &text, &figure.markdown) {
            Some(with_figure) => text = with_figure,
            None => elsewhere.push_str(&figure.markdown),
        }
    }
    if !elsewhere.is_empty() {
        let _ = write!(text, "\n\n## Measured on this machine\n\n{elsewhere}");
    }
    text
}

/// What to write, and where to find help.
fn exercise(parts: &Parts) -> String {
    let (number, hints, help) = (parts.lesson.number(), parts.hints.len(), parts.help_page());
    format!(
        "## The exercise {{#exercise}}\n\n\
         As it is at the start. Write in the file itself; `cargo xtask check {number}` judges what you saved.\n\n\
         **`{}`**\n\n{}\n\
         ### Hints {{#hints}}\n\n\
         Stuck? There are [{hints} hints]({help}.html), to be opened one at a time; `cargo xtask hint {number}` gives them too.\n\n",
        parts.skeleton.file,
        parts.skeleton.open(),
    )
}

fn fold(listings: &[Listing]) -> String {
    let listings = listings.iter();
    listings.map(|listing| listing.fold() + "\n").collect()
}

/// The experiments, each with the command that runs it.
fn experiments(parts: &Parts) -> String {
    let entries = parts.experiments.iter().map(|listing| {
        let command = command(parts, listing);
        let command = command.map(|command| format!("```sh\n{command}\n```\n\n"));
        listing.fold() + "\n" + &command.unwrap_or_default()
    });
    entries.collect()
}

/// The command that runs an experiment, as the chapter says it if it does; `None` for what is part of another.
fn command(parts: &Parts, listing: &Listing) -> Option<String> {
    let folder = parts.lesson.display_path(&parts.lesson.folder());
    let file = listing.file.strip_prefix(&folder)?;
    if file == "/peers.py" {
        return Some(format!("cargo xtask peers {}", parts.lesson.number()));
    }
    let name = file.strip_prefix("/examples/")?.strip_suffix(".rs")?;
    if name.contains('/') {
        return None;
    }
    let runs_it = format!("--example {name}");
    let mut lines = parts.chapter.code.lines().map(str::trim);
    let said = lines.find(|line| line.starts_with("cargo run") && line.ends_with(&runs_it));
    let usual = || format!("cargo run -p lesson-{} {runs_it}", parts.lesson.slug());
    Some(said.map_or_else(usual, str::to_owned))
}
