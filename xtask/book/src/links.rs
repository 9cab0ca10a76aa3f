//! Which links of a built book lead nowhere.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use xtask_core::files::{files_below, read_text};

use crate::places::file_at;

/// What the links of a book lead to.
#[derive(Debug, Default)]
pub struct Survey {
    /// How many lead from page to page, or within one.
    pub inside: usize,
    /// Addresses elsewhere, for a reader to follow.
    pub outside: BTreeSet<String>,
    /// What is wrong, a sentence each.
    pub faults: Vec<String>,
}

/// Follows every link of every page in a folder, but fetches nothing from elsewhere.
pub fn survey(folder: &Path) -> Result<Survey> {
    let (mut pages, mut files) = (BTreeMap::new(), BTreeSet::new());
    for file in files_below(folder)? {
        let parts = file.strip_prefix(folder)?.iter().map(|part| part.to_string_lossy());
        let name = parts.collect::<Vec<_>>().join("/");
        if name.ends_with(".html") {
            pages.insert(name.clone(), page(&read_text(&file)?));
        }
        files.insert(name);
    }
    Ok(follow_links(&pages, &files))
}

/// What counts of a page.
#[derive(Debug, Default)]
struct LinkedPage {
    ids: Vec<String>,
    /// For the reader to follow.
    links: Vec<String>,
    /// What the page loads by itself.
    loads: Vec<String>,
}

fn follow_links(pages: &BTreeMap<String, LinkedPage>, files: &BTreeSet<String>) -> Survey {
    let mut survey = Survey::default();
    for (name, page) in pages {
        let mut seen = BTreeSet::new();
        let twice = page.ids.iter().filter(|id| !seen.insert(*id));
        let twice = twice.map(|id| format!("`{name}` has two places called `#{id}`"));
        survey.faults.extend(twice);
        for link in page.links.iter().chain(&page.loads) {
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let file = match path {
                "" => Some(name.clone()),
                path => file_at(name, path),
            };
            let Some(file) = file else {
                survey.outside.insert(link.clone());
                continue;
            };
            survey.inside += 1;
            let has_place = |page: &LinkedPage| page.ids.iter().any(|id| id == fragment);
            if !files.contains(&file) {
                let fault = format!("`{name}` links to `{link}`, and there is no such page");
                survey.faults.push(fault);
            } else if !fragment.is_empty() && !pages.get(&file).is_some_and(has_place) {
                let fault = format!("`{name}` links to `{link}`, and `{file}` has no such place");
                survey.faults.push(fault);
            }
        }
        let elsewhere = page.loads.iter().filter(|link| file_at(name, link).is_none());
        let elsewhere = elsewhere.map(|link| format!("`{name}` loads `{link}` from elsewhere"));
        survey.faults.extend(elsewhere);
    }
    survey
}

fn page(html: &str) -> LinkedPage {
    let tokenizer = Tokenizer::new(TokenReader::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // The reader never stops early: scripts are skipped.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct TokenReader(RefCell<LinkedPage>);

impl TokenSink for TokenReader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else {
            return TokenSinkResult::Continue;
        };
        if tag.kind != TagKind::StartTag {
            return TokenSinkResult::Continue;
        }
        let attribute = |name: &str| {
            let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
            found.map(|attribute| attribute.value.to_string())
        };
        let mut page = self.0.borrow_mut();
        page.ids.extend(attribute("id"));
        match &*tag.name {
            "a" => page.links.extend(attribute("href")),
            "link" => page.loads.extend(attribute("href")),
            _ => page.loads.extend(attribute("src")),
        }
        content_of(&tag)
    }
}

/// The text of a script or a stylesheet is not markup.
fn content_of(tag: &Tag) -> TokenSinkResult<()> {
    match &*tag.name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" => TokenSinkResult::RawData(RawKind::Rawtext),
        _ => TokenSinkResult::Continue,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(pages: &[(&str, &str)]) -> Survey {
        let files = ["a.png", "css/a.css"].into_iter().map(str::to_owned);
        let names = pages.iter().map(|(name, _)| (*name).to_owned());
        let files = files.chain(names).collect();
        let pages = pages.iter().map(|(name, html)| ((*name).to_owned(), page(html)));
        follow_links(&pages.collect(), &files)
    }

    #[test]
    fn links_to_pages_places_and_files_that_exist_are_fine() {
        let survey = survey(&[
            ("index.html", "<link href=css/a.css><a href='b.html#x'>b</a><img src=\"a.png\">"),
            ("b.html", "<h1 id=x>b</h1><a href='#x'>x</a><a href=index.html#>top</a>"),
        ]);
        assert_eq!((survey.inside, survey.faults), (5, vec![]));
    }

    #[test]
    fn a_link_that_leads_nowhere_is_named_with_its_page() {
        let survey = survey(&[
            ("a.html", "<a href=gone.html>1</a><a href=b.html#gone>2</a><a href=#gone>3</a>"),
            ("b.html", "<p id=x><p id=x>"),
        ]);
        let expected = [
            "`a.html` links to `gone.html`, and there is no such page",
            "`a.html` links to `b.html#gone`, and `b.html` has no such place",
            "`a.html` links to `#gone`, and `a.html` has no such place",
            "`b.html` has two places called `#x`",
        ];
        assert_eq!(survey.faults, expected);
    }

    #[test]
    fn a_reader_may_go_elsewhere_but_a_page_loads_nothing_from_there() {
        let survey = survey(&[(
            "a.html",
            "<a href='https://docs.rs/rayon'>rayon</a><script src='//cdn.example/x.js'></script>",
        )]);
        assert_eq!(survey.faults, ["`a.html` loads `//cdn.example/x.js` from elsewhere"]);
        assert!(survey.outside.contains("https://docs.rs/rayon"), "{survey:?}");
    }

    #[test]
    fn what_a_script_says_is_no_link() {
        let survey = survey(&[(
            "a.html",
            "<script>'<a href=gone.html>'</script><style>/*<a href=g>*/</style>",
        )]);
        assert_eq!((survey.inside, survey.faults), (0, vec![]));
    }
}
