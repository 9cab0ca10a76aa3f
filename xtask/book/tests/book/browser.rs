//! The book as Chromium shows it. These tests are asked for by `-- --include-ignored`, and fail where there is no Chromium.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use crate::this_course::BOOK;

const WITHOUT_CHROMIUM: &str = "no Chromium was found; `apt-get install chromium` brings it, \
                                or let the variable CHROMIUM name the program";

/// What Chromium makes of an address: the page, after its scripts have run.
fn dump_page(address: &str, more: &[&str]) -> String {
    let named = std::env::var("CHROMIUM").ok();
    let usual = ["chromium", "chromium-browser", "google-chrome"].map(str::to_owned);
    // Two browsers cannot share a profile.
    static PROFILES: AtomicUsize = AtomicUsize::new(0);
    let profile = format!("chromium-{}", PROFILES.fetch_add(1, Ordering::Relaxed));
    let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(profile);
    let mut programs = named.into_iter().chain(usual);
    let ran = programs.find_map(|program| {
        let mut command = Command::new(program);
        command
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update"])
            .args(["--disable-sync", "--disable-quic"])
            // One file may look into another's frame.
            .arg("--allow-file-access-from-files")
            // Virtual time: it runs on when nothing is left to load, so the tests do not wait for it.
            .args(["--virtual-time-budget=120000", "--dump-dom"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .args(more)
            .arg(address);
        command.output().ok()
    });
    let ran = ran.expect(WITHOUT_CHROMIUM);
    String::from_utf8(ran.stdout).unwrap()
}

/// How a reader has the book before them.
#[derive(Clone, Copy)]
struct Reader {
    width: u32,
    scripts: bool,
    prefers_dark: bool,
    paper: bool,
}

const TELEPHONE: Reader = Reader { width: 360, scripts: true, prefers_dark: false, paper: false };
const WIDE_AND_DARK: Reader =
    Reader { width: 1280, scripts: true, prefers_dark: true, paper: false };

/// What a reader meets on every page of the book.
fn looks(reader: Reader) -> Vec<Value> {
    let (folder, _) = &*BOOK;
    let pages = std::fs::read_dir(folder).unwrap();
    let pages = pages.map(|page| page.unwrap().path());
    let is_page = |path: &Path| {
        path.extension().is_some_and(|ending| ending == "html") && !path.ends_with("toc.html")
    };
    let pages = pages.filter(|path| is_page(path)).map(|path| format!("file://{}", path.display()));
    let pages: Vec<String> = pages.collect();
    let harness = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/book/browser/look.html");
    let address = format!(
        "file://{}?width={}&scripts={}&media={}&pages={}",
        harness.display(),
        reader.width,
        if reader.scripts { "on" } else { "off" },
        if reader.paper { "print" } else { "screen" },
        pages.join(",")
    );
    let scheme = u8::from(!reader.prefers_dark);
    let scheme = format!("--blink-settings=preferredColorScheme={scheme}");
    let dom = dump_page(&address, &[&scheme]);
    let (_, json) = dom.split_once("<pre id=\"seen\">").unwrap();
    let (json, _) = json.split_once("</pre>").unwrap();
    let json = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        .into_iter()
        .fold(json.to_owned(), |json, (from, to)| json.replace(from, to));
    let looks: Vec<Value> =
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(looks.len(), pages.len());
    looks
}

#[track_caller]
fn assert_readable(reader: Reader) {
    for look in looks(reader) {
        let none = |name: &str| look[name].as_array().is_some_and(Vec::is_empty);
        assert_eq!(look["scripts"], reader.scripts, "{look:#}");
        let dark = reader.prefers_dark && !reader.paper;
        assert_eq!(look["dark"], dark, "{look:#}");
        assert_eq!(look["wider"], false, "the page scrolls sideways: {look:#}");
        assert!(none("beyond"), "out of sight: {look:#}");
        assert!(none("faint"), "hard to read: {look:#}");
        assert!(none("out_of_reach"), "not for a keyboard: {look:#}");
        assert!(look["words"].as_u64().unwrap() > 100, "{look:#}");
        if reader.paper {
            assert!(none("machinery"), "of no use on paper: {look:#}");
        } else {
            let seen = &look["title_is_seen"];
            assert_eq!(seen, true, "something covers the text: {look:#}");
            assert_eq!(look["contents"], true, "no table of contents: {look:#}");
        }
    }
}

#[test]
#[ignore = "needs Chromium; CI runs it"]
fn every_page_is_readable_on_a_telephone() {
    assert_readable(TELEPHONE);
}

#[test]
#[ignore = "needs Chromium; CI runs it"]
fn every_page_is_readable_on_a_wide_dark_screen() {
    assert_readable(WIDE_AND_DARK);
}

#[test]
#[ignore = "needs Chromium; CI runs it"]
fn every_page_is_readable_without_scripts() {
    for reader in [TELEPHONE, WIDE_AND_DARK] {
        assert_readable(Reader { scripts: false, ..reader });
    }
}

#[test]
#[ignore = "needs Chromium; CI runs it"]
fn every_page_is_readable_on_paper_whatever_the_screen() {
    assert_readable(Reader {
        width: 718, // what margins leave of A4, at 96 pixels an inch
        paper: true,
        ..WIDE_AND_DARK
    });
}

#[test]
#[ignore = "needs Chromium; CI runs it"]
fn the_search_finds_what_the_chapters_say_and_not_what_the_hints_do() {
    let (folder, _) = &*BOOK;
    let found = |words: &str| {
        let page =
            dump_page(&format!("file://{}/index.html?search={words}", folder.display()), &[]);
        let results = page.split_once("<ul id=\"mdbook-searchresults\"").unwrap().1;
        results.split_once("</ul>").unwrap().0.to_owned()
    };
    assert!(found("Karp").contains("04-thread-control.html"));
    assert!(!found("Karp").contains("-help.html"));
    assert!(!found("nosuchwordatall").contains("<li"));
}
