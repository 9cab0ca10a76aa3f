//! A text of the course as the book needs it: what rustdoc would do with it, and links that lead to places in the book.

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use crate::places::{Places, file_at};

/// The text with its links, and the code spans that name files, leading to where the book shows them; without the lines of
/// examples that rustdoc hides; and without links to items, which only rustdoc can follow.
pub fn adapt(markdown: &str, file: &str, places: &Places) -> String {
    let mut edits = Vec::new();
    let (mut in_heading, mut in_link) = (false, false);
    let (events, definitions) = events(markdown);
    for (dest, span) in definitions {
        let place = places.link_target(file, &dest);
        edits.extend(place.and_then(|place| swap(markdown, span, &dest, &place)));
    }
    for (event, range) in events {
        let source = &markdown[range.clone()];
        match event {
            Event::Start(Tag::Heading { .. }) => in_heading = true,
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::End(TagEnd::Link) => in_link = false,
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                in_link = true;
                edits.extend(match (link_type, places.link_target(file, &dest_url)) {
                    (LinkType::Inline, Some(place)) => swap(markdown, range, &dest_url, &place),
                    // Its definition is swapped.
                    (_, Some(_)) => None,
                    (_, None) => leads_to_an_item(link_type, &dest_url, source)
                        .then(|| (range, words_of_link(source).to_owned())),
                });
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                edits.extend(places.link_target(file, &dest_url).and_then(|place| {
                    let (at, new) = swap(markdown, range.clone(), &dest_url, &place)?;
                    let before = &markdown[range.start..at.start];
                    let picture = format!("{before}{new}{}", &markdown[at.end..range.end]);
                    // A link to the picture alone shows it large, also by keyboard and without a script.
                    let linked = format!("[{picture}]({place})");
                    Some((range, if in_link { picture } else { linked }))
                }));
            }
            Event::Code(name) if !in_heading && !in_link => {
                let place = places.place_of_name(file, &name);
                edits.extend(place.map(|place| (range, format!("[{source}]({place})"))));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if is_rust(&info) => {
                edits.push((range, shown_as_by_rustdoc(source)));
            }
            _ => {}
        }
    }
    apply_edits(markdown, edits)
}

/// The files of the course that the links in a text lead to, whether they exist or not.
pub fn linked_files(markdown: &str, file: &str) -> Vec<String> {
    files_at(markdown, file, |tag| match tag {
        Tag::Link { dest_url, .. } => Some(dest_url),
        _ => None,
    })
}

/// The files of the course that a text shows as pictures, whether they exist or not.
pub fn pictures(markdown: &str, file: &str) -> Vec<String> {
    files_at(markdown, file, |tag| match tag {
        Tag::Image { dest_url, .. } => Some(dest_url),
        _ => None,
    })
}

fn files_at(markdown: &str, file: &str, address: fn(Tag) -> Option<CowStr>) -> Vec<String> {
    let tags = events(markdown).0.into_iter().filter_map(|(event, _)| match event {
        Event::Start(tag) => address(tag),
        _ => None,
    });
    tags.filter_map(|address| file_at(file, &address)).collect()
}

/// The text with something inserted behind the first code block in which a line begins so; `None` if there is none.
pub fn with_output_of(command: &str, markdown: &str, output: &str) -> Option<String> {
    let end = code_blocks(markdown)
        .into_iter()
        .find(|(_, code)| code.lines().any(|line| line.trim() == command))
        .map(|(range, _)| range.end)?;
    let (before, after) = markdown.split_at(end);
    Some(format!("{}\n\n{output}\n{after}", before.trim_end()))
}

/// The code of every fenced block, in order, and where the block stands.
pub fn code_blocks(markdown: &str) -> Vec<(Range<usize>, String)> {
    let mut blocks: Vec<(Range<usize>, String)> = Vec::new();
    let mut inside = false;
    for (event, range) in events(markdown).0 {
        match (event, blocks.last_mut()) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))), _) => {
                blocks.push((range, String::new()));
                inside = true;
            }
            (Event::End(TagEnd::CodeBlock), _) => inside = false,
            (Event::Text(text), Some((_, code))) if inside => code.push_str(&text),
            _ => {}
        }
    }
    blocks
}

/// One line of Markdown as HTML, without the paragraph around it.
pub fn line_of_html(markdown: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, Parser::new(markdown));
    let html = html.trim();
    let inside = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inside.unwrap_or(html).to_owned()
}

type Placed<'a> = (Event<'a>, Range<usize>);

/// What a text holds and where; and its link definitions. What looks like a link without a definition counts as one.
fn events(markdown: &str) -> (Vec<Placed<'_>>, Vec<(String, Range<usize>)>) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let undefined = |_: BrokenLink| Some((CowStr::from(""), CowStr::from("")));
    let parser = Parser::new_with_broken_link_callback(markdown, options, Some(undefined));
    let definitions = parser.reference_definitions().iter();
    let definitions = definitions.map(|(_, link)| (link.dest.to_string(), link.span.clone()));
    let definitions = definitions.collect();
    (parser.into_offset_iter().collect(), definitions)
}

/// The last `from` within the range becomes `to`.
fn swap(
    markdown: &str,
    range: Range<usize>,
    from: &str,
    to: &str,
) -> Option<(Range<usize>, String)> {
    let start = range.start + markdown[range].rfind(from)?;
    Some((start..start + from.len(), to.to_owned()))
}

fn apply_edits(markdown: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let (mut text, mut copied) = (String::new(), 0);
    for (range, new) in edits {
        text.push_str(&markdown[copied..range.start]);
        text.push_str(&new);
        copied = range.end;
    }
    text + &markdown[copied..]
}

/// Whether this is one of rustdoc's links to items: ``[`sum`]``, `[adds](crate::sum)`.
fn leads_to_an_item(link_type: LinkType, dest: &str, source: &str) -> bool {
    use LinkType::{Autolink, CollapsedUnknown, Email, ReferenceUnknown, ShortcutUnknown};
    match link_type {
        // Without a definition, brackets are brackets, but for those around code.
        ShortcutUnknown | CollapsedUnknown | ReferenceUnknown => source.starts_with("[`"),
        Autolink | Email => false,
        _ => {
            let path = dest.split('@').next_back().unwrap_or_default();
            let path = path.trim_end_matches("()").trim_end_matches('!');
            let letters = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '_');
            path.split("::").all(|name| !name.is_empty() && letters(name))
        }
    }
}

/// What stands in the first brackets of a link.
fn words_of_link(source: &str) -> &str {
    let end = ["](", "]["].iter().filter_map(|ends| source.rfind(ends)).max();
    let end = end.or_else(|| source.rfind(']')).unwrap_or(source.len());
    source[..end].trim_start_matches('[')
}

/// Whether rustdoc takes a code block for Rust: by its name, or because only what it says of Rust stands there.
fn is_rust(info: &str) -> bool {
    const OF_RUST: [&str; 6] =
        ["rust", "should_panic", "no_run", "compile_fail", "standalone_crate", "test_harness"];
    let of_rust = |word: &str| {
        let number = word.strip_prefix("edition").or(word.strip_prefix('E'));
        OF_RUST.contains(&word)
            || word.starts_with("ignore")
            || number.is_some_and(|number| number.parse::<u32>().is_ok())
    };
    info.split([',', ' ']).filter(|word| !word.is_empty()).all(of_rust)
}

/// A block of Rust without the lines that rustdoc hides, called Rust.
fn shown_as_by_rustdoc(block: &str) -> String {
    let hidden = |line: &&str| {
        let line = line.trim();
        line == "#" || line.starts_with("# ")
    };
    let mut lines = block.lines();
    let fence = lines.next().unwrap_or_default();
    let ticks = fence.len() - fence.trim_start_matches(['`', '~']).len();
    let (ticks, info) = fence.split_at(ticks);
    let info = match info.trim() {
        "" => "rust".to_owned(),
        info if info.starts_with("rust") => info.to_owned(),
        info => format!("rust,{info}"),
    };
    let mut shown: Vec<&str> = lines.filter(|line| !hidden(line)).collect();
    while shown.first().is_some_and(|line| line.trim().is_empty()) {
        shown.remove(0);
    }
    let end = if block.ends_with('\n') { "\n" } else { "" };
    format!("{ticks}{info}\n{}{end}", shown.join("\n"))
}

#[cfg(test)]
mod tests;
