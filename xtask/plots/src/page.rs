//! A page that stands by itself: no script, nothing loaded from elsewhere, light or dark as its reader's screen is.

use std::fmt::Write as _;

use anyhow::Result;
use measure::protocol::Header;

use crate::document::birthplace;
use crate::figure::{Block, Figure, Format};
use crate::markup::escape;
use crate::palette::stylesheet;

const STYLE: &str = "\
:root{color-scheme:light dark;--paper:#fff;--ink:#1a1a1a;--soft:#5a5a5a;--rule:#d5d5d5;--new:#d6ebf9;--old:#fbe3cf}
@media screen and (prefers-color-scheme:dark){:root{--paper:#17191c;--ink:#ececec;--soft:#ababab;--rule:#44484e;\
--new:#12394f;--old:#54330f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:912px;padding:16px 10px 48px;background:var(--paper);color:var(--ink);\
font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"DejaVu Sans\",sans-serif}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.15rem;line-height:1.3;margin:2.5rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--rule)}
h3{font-size:1rem;margin:1.5rem 0 .25rem}
h1,h2,h3,p,li,summary,figcaption{overflow-wrap:anywhere}
.birthplace,figcaption,caption{color:var(--soft);font-size:.875rem}
.interrupted{border-left:4px solid #d55e00;padding-left:.75rem}
figure{margin:1rem 0}
svg{display:block;width:100%;height:auto}
.narrow{max-width:480px;margin:0 auto}
.wide{display:none}
@media (min-width:820px),print{.narrow{display:none}.wide{display:block}}
.scroll{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding-bottom:.25rem}
th,td{padding:.25rem .75rem .25rem 0;text-align:right;white-space:nowrap;border-bottom:1px solid var(--rule)}
thead th{white-space:normal;vertical-align:bottom}
th:first-child,.words{text-align:left}
.words{min-width:8rem}
td.words{white-space:normal}
tbody th{font-weight:normal;white-space:normal;min-width:4.5rem}
.birthplace span{display:inline-block}
summary{cursor:pointer;padding:.25rem 0}
pre{overflow-x:auto;margin:.5rem 0;padding:.5rem 0;border:1px solid var(--rule);\
font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,\"DejaVu Sans Mono\",monospace}
pre code{display:inline-block;min-width:100%;font:inherit}
pre code>*{display:block;padding:0 .5rem;text-decoration:none}
pre ins{background:var(--new)}pre del{background:var(--old)}pre b{color:var(--soft);font-weight:normal}
@media print{figure{break-inside:avoid}.scroll,pre{overflow:visible}pre{white-space:pre-wrap}@page{margin:12mm}}
";

/// The page of a document: its heading, where its figures come from, and a body that is already HTML. `measured` is whose code
/// was measured, if that is not shown in the body.
pub fn page(
    header: &Header,
    rounds: Option<usize>,
    topic: &str,
    measured: Option<&str>,
    body: &str,
) -> String {
    let number = header.lesson.split('-').next().unwrap_or_default();
    let title = format!("{number} {}: {topic}", header.title);
    let title = escape(title.trim());
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}{}\n</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        stylesheet()
    );
    let mut facts = birthplace(header, rounds);
    if let Some(subject) = measured.filter(|subject| !subject.is_empty()) {
        facts.insert(0, format!("measured: {subject}"));
    }
    let facts = facts.iter().map(|fact| format!("<span>{}</span>", escape(fact)));
    let facts: Vec<String> = facts.collect();
    let _ = writeln!(html, "<p class=\"birthplace\">{}</p>", facts.join(" · "));
    if !header.complete {
        html.push_str(
            "<p class=\"interrupted\"><strong>interrupted</strong>: this is what had been measured until then.</p>\n",
        );
    }
    html + body + "</main>\n</body>\n</html>\n"
}

/// A figure in both widths, of which the page shows one. `id` is unique on the page.
pub fn figure(figure: &Figure, id: &str, caption: &str) -> Result<String> {
    Ok(format!(
        "<figure>\n{}{}<figcaption>{}</figcaption>\n</figure>\n",
        figure.inline(Format::Narrow, &format!("{id}-narrow"))?,
        figure.inline(Format::Wide, &format!("{id}-wide"))?,
        escape(caption)
    ))
}

/// What stands above a picture that is sent around without its page.
pub fn heading<'a>(
    header: &Header,
    rounds: Option<usize>,
    workload: &str,
    caption: &str,
) -> Vec<Block<'a>> {
    let mut note = birthplace(header, rounds).join(" · ");
    if !header.complete {
        note.insert_str(0, "interrupted · ");
    }
    let notes = [note.as_str(), caption].map(str::to_owned);
    let notes = notes.into_iter().filter(|note| !note.is_empty()).map(Block::Note);
    std::iter::once(Block::Heading(workload.to_owned())).chain(notes).collect()
}
