//! Where each file of the course is shown in the book.

use std::collections::BTreeMap;

/// Where files are shown. A file is a path from the course's root, with forward slashes; a place is what a link within the
/// book says, `02-chunked-integration.html#lessons-src-lib-rs`.
#[derive(Debug, Default)]
pub struct Places(BTreeMap<String, String>);

impl Places {
    pub fn put(&mut self, file: &str, place: &str) {
        self.0.insert(file.to_owned(), place.to_owned());
    }

    pub fn get(&self, file: &str) -> Option<&str> {
        self.0.get(file).map(String::as_str)
    }

    /// What a link in the text of `from` becomes; `None` if it leads to no file that the book shows.
    pub fn link_target(&self, from: &str, link: &str) -> Option<String> {
        let (path, fragment) = match link.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (link, None),
        };
        let place = self.get(&file_at(from, path)?)?;
        Some(match fragment {
            Some(fragment) if !place.contains('#') => format!("{place}#{fragment}"),
            _ => place.to_owned(),
        })
    }

    /// Where a file is shown that a text names, as paths are named there: from the root, or from the folder of the text.
    pub fn place_of_name(&self, from: &str, name: &str) -> Option<&str> {
        let beside = || self.get(&file_at(from, name)?);
        self.get(name).or_else(beside)
    }
}

/// The file that a link in the text of `from` leads to; `None` if it leads out of the course, or stays on the page.
pub fn file_at(from: &str, link: &str) -> Option<String> {
    let path = link.split('#').next().unwrap_or_default();
    let has_scheme = path.split('/').next().unwrap_or_default().contains(':');
    if path.is_empty() || path.starts_with('/') || has_scheme {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHAPTER: &str = "lessons/02-b/README.md";

    #[test]
    fn what_leads_out_of_the_course_or_nowhere_is_no_file() {
        for link in
            ["https://docs.rs/rayon", "mailto:a@b.c", "#here", "/etc/hosts", "../../../else"]
        {
            assert_eq!(file_at(CHAPTER, link), None, "{link}");
        }
    }

    #[test]
    fn a_fragment_is_kept_where_the_place_has_none_of_its_own() {
        let mut places = Places::default();
        places.put("lessons/01-a/README.md", "01-a.html");
        places.put("lessons/02-b/src/lib.rs", "02-b.html#lessons-src-lib-rs");
        let to = |link| places.link_target(CHAPTER, link);
        assert_eq!(to("../01-a/README.md#x").as_deref(), Some("01-a.html#x"));
        assert_eq!(to("src/lib.rs#L3").as_deref(), Some("02-b.html#lessons-src-lib-rs"));
        assert_eq!(to("src/no.rs"), None);
    }
}
