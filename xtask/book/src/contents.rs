//! The pages of the book, made from what lies in the course's folders.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use xtask_core::course::Course;

use crate::chapter::chapter;
use crate::help::help;
use crate::lesson::Parts;
use crate::listing::{Listing, block_of_code};
use crate::measure::Measured;
use crate::places::Places;
use crate::text::{adapt, linked_files, pictures};

/// One page, as Markdown.
#[derive(Debug)]
pub struct Page {
    /// The file's name, without the ending.
    pub name: String,
    /// What the table of contents calls it.
    pub title: String,
    pub markdown: String,
}

/// Pages under one heading in the table of contents.
#[derive(Debug)]
pub struct Part {
    pub title: &'static str,
    pub pages: Vec<Page>,
    /// Whether the search finds what stands there.
    pub searched: bool,
}

/// The book before it is HTML.
#[derive(Debug)]
pub struct Contents {
    pub parts: Vec<Part>,
    /// Files of the course, each shown from the same path below the book's folder.
    pub pictures: BTreeSet<String>,
}

const COURSE: &str = "README.md";

/// Everything in the book, in order. What is not a lesson's, and is linked to, is a page at the end.
pub fn contents(course: &Course, measured: &Measured) -> Result<Contents> {
    let lessons = course.lessons().iter();
    let lessons: Vec<Parts> =
        lessons.map(|lesson| Parts::read(course.root(), lesson)).collect::<Result<_>>()?;
    let introduction = Listing::read(course.root(), COURSE)?;

    let mut places = Places::default();
    places.put(COURSE, "index.html");
    for parts in &lessons {
        parts.put(&mut places);
    }
    let texts = lessons.iter().map(|parts| &parts.chapter);
    let others = others(course.root(), texts.chain([&introduction]), &mut places)?;
    let texts = lessons.iter().map(|parts| &parts.chapter);
    let texts = texts.chain([&introduction]).chain(&others);
    let pictures: BTreeSet<String> = texts
        .filter(|text| is_text(text))
        .flat_map(|text| pictures(&text.code, &text.file))
        .collect();
    for picture in &pictures {
        places.put(picture, picture);
    }

    let chapters = lessons.iter().map(|parts| Page {
        name: parts.page().to_owned(),
        title: parts.name(),
        markdown: chapter(parts, &places, measured.figures_of(parts.lesson)),
    });
    let helps = lessons.iter().map(|parts| Page {
        name: parts.help_page(),
        title: format!("Help with {}", parts.lesson.number()),
        markdown: help(parts, &places),
    });
    let others = others.iter().map(|other| Page {
        name: other.page(),
        title: title(other),
        markdown: other_page(other, &places),
    });
    let part = |title, pages| Part { title, pages, searched: true };
    let introduction = Page {
        name: "index".to_owned(),
        title: "Introduction".to_owned(),
        markdown: adapt(&introduction.code, COURSE, &places),
    };
    let parts = vec![
        part("", vec![introduction]),
        part("The lessons", chapters.collect()),
        Part { searched: false, ..part("Hints and model solutions", helps.collect()) },
        part("The course itself", others.collect()),
    ];
    Ok(Contents { parts, pictures })
}

/// Files that are on no page yet, and that links in the texts lead to, or links in them; each gets a separate place.
fn others<'a>(
    root: &Path,
    texts: impl Iterator<Item = &'a Listing>,
    places: &mut Places,
) -> Result<Vec<Listing>> {
    let links = |text: &Listing| linked_files(&text.code, &text.file);
    let mut wanted: BTreeSet<String> = texts.flat_map(links).collect();
    let mut others = Vec::new();
    while let Some(file) = wanted.pop_first() {
        // A link to no file is for the check of the links to find.
        if places.get(&file).is_some() || !root.join(&file).is_file() {
            continue;
        }
        let other = Listing::read(root, &file)?;
        places.put(&file, &format!("{}.html", other.page()));
        if is_text(&other) {
            wanted.extend(links(&other));
        }
        others.push(other);
    }
    Ok(others)
}

fn is_text(listing: &Listing) -> bool {
    listing.file.ends_with(".md")
}

/// What the first heading of a text says, else the name of the file.
fn title(listing: &Listing) -> String {
    let heading = listing.code.lines().find_map(|line| line.strip_prefix("# "));
    let heading = heading.filter(|_| is_text(listing));
    heading.unwrap_or(&listing.file).trim().to_owned()
}

fn other_page(listing: &Listing, places: &Places) -> String {
    if is_text(listing) {
        return adapt(&listing.code, &listing.file, places);
    }
    let code = block_of_code(listing.language(), &listing.code);
    format!("# `{}`\n\n{code}", listing.file)
}
