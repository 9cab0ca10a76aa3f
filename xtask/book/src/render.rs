//! Pages to HTML, by mdBook.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_core::book::{Book, BookItem, Chapter};
use mdbook_core::config::{Config, HtmlConfig, Search, SearchChapterSettings};
use mdbook_html::HtmlHandlebars;
use mdbook_renderer::{RenderContext, Renderer};
use xtask_core::files::write;

use crate::contents::Part;

/// The files that replace mdBook's own, and what is added to them.
const THEME: [(&str, &str); 7] = [
    ("theme/css/variables.css", include_str!("../theme/variables.css")),
    ("theme/fonts/fonts.css", include_str!("../theme/fonts.css")),
    // Which of the three is used, mdBook's script decides by the name of a theme: here there is one.
    ("theme/highlight.css", include_str!("../theme/highlight.css")),
    ("theme/tomorrow-night.css", include_str!("../theme/highlight.css")),
    ("theme/ayu-highlight.css", include_str!("../theme/highlight.css")),
    ("book.css", include_str!("../theme/book.css")),
    ("reading.js", include_str!("../theme/reading.js")),
];

/// Lays out what mdBook must find on disk: the theme, and the pictures of the course at `root`, which it copies.
pub fn lay_out(
    workshop: &Path,
    root: &Path,
    pictures: &BTreeSet<String>,
    stylesheet: &str,
) -> Result<()> {
    for (name, text) in THEME.into_iter().chain([("pictures.css", stylesheet)]) {
        write(&workshop.join(name), text)?;
    }
    let beside = workshop.join("src");
    let _ = fs::remove_dir_all(&beside);
    fs::create_dir_all(&beside)
        .with_context(|| format!("`{}` cannot be made", beside.display()))?;
    for picture in pictures {
        // One that is not there is for the check of the links to find.
        if let Ok(bytes) = fs::read(root.join(picture)) {
            write(&beside.join(picture), &bytes)?;
        }
    }
    Ok(())
}

/// Writes the book into a folder, and removes what else lay there.
pub fn render(parts: &[Part], folder: &Path, workshop: &Path) -> Result<()> {
    let config = config(parts)?;
    let context = RenderContext::new(workshop, book(parts), config, folder);
    HtmlHandlebars::new()
        .render(&context)
        .with_context(|| format!("mdBook cannot write the book to `{}`", folder.display()))
}

fn book(parts: &[Part]) -> Book {
    let mut items = Vec::new();
    for part in parts.iter().filter(|part| !part.pages.is_empty()) {
        if !part.title.is_empty() {
            items.push(BookItem::PartTitle(part.title.to_owned()));
        }
        let pages = part.pages.iter().map(|page| {
            let path = format!("{}.md", page.name);
            Chapter::new(&page.title, page.markdown.clone(), path, Vec::new())
        });
        items.extend(pages.map(BookItem::Chapter));
    }
    Book::new_with_items(items)
}

fn config(parts: &[Part]) -> Result<Config> {
    let mut search = Search::default();
    for page in parts.iter().filter(|part| !part.searched).flat_map(|part| &part.pages) {
        let mut settings = SearchChapterSettings::default();
        settings.enable = Some(false);
        search.chapter.insert(format!("{}.md", page.name), settings);
    }
    let mut html = HtmlConfig::default();
    html.additional_css = ["book.css", "pictures.css"].map(PathBuf::from).to_vec();
    html.additional_js = vec![PathBuf::from("reading.js")];
    // The text is as its author wrote it, and as rustdoc shows it.
    html.smart_punctuation = false;
    html.definition_lists = false;
    html.playground.runnable = false;
    html.no_section_label = true;
    html.search = Some(search);
    // The book is not served, so a request never misses an address.
    html.input_404 = Some(String::new());

    let mut config = Config::default();
    config.book.title = Some("Many Hands".to_owned());
    config.book.description = Some("Data parallelism in Rust, learnt by measuring".to_owned());
    config.book.language = Some("en".to_owned());
    config.set("output.html", html)?;
    Ok(config)
}
