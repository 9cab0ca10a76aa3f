//! What a lesson is called, in all the places where its name stands.

use anyhow::{Result, ensure};

/// A number and a slug: `07` and `reproducible-sums`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    number: u32,
    slug: String,
}

impl Name {
    /// A slug is two words or more: so it is never a keyword, and hardly ever another package's name.
    pub fn new(number: u32, slug: &str) -> Result<Self> {
        let words: Vec<&str> = slug.split('-').collect();
        let is_word = |word: &&str| {
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            !word.is_empty() && word.bytes().all(plain)
        };
        let begins_with_a_letter = slug.starts_with(|first: char| first.is_ascii_lowercase());
        ensure!(
            words.len() > 1 && words.iter().all(is_word) && begins_with_a_letter,
            "`{slug}` is not a name for a lesson: it takes two words or more, of small letters a to z and digits, joined by \
             `-`, as in `reproducible-sums`"
        );
        Ok(Self { number, slug: slug.to_owned() })
    }

    /// `07`.
    pub fn number(&self) -> String {
        format!("{:02}", self.number)
    }

    /// `reproducible-sums`.
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// `07-reproducible-sums`.
    pub fn folder(&self) -> String {
        format!("{}-{}", self.number(), self.slug)
    }

    /// `reproducible_sums`: the name of the crate in code.
    pub fn in_code(&self) -> String {
        self.slug.replace('-', "_")
    }

    /// `Reproducible sums`.
    pub fn title(&self) -> String {
        let (first, rest) = self.slug.split_at(1);
        first.to_uppercase() + &rest.replace('-', " ")
    }

    /// The packages of the exercise, of the lesson and of the solution.
    pub fn packages(&self) -> [String; 3] {
        ["", "lesson-", "solution-"].map(|kind| format!("{kind}{}", self.slug))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_form_in_every_place() {
        let name = Name::new(7, "sums-of-2-kinds").unwrap();
        assert_eq!(name.folder(), "07-sums-of-2-kinds");
        assert_eq!(name.in_code(), "sums_of_2_kinds");
        assert_eq!(name.title(), "Sums of 2 kinds");
        assert_eq!(
            name.packages(),
            ["sums-of-2-kinds", "lesson-sums-of-2-kinds", "solution-sums-of-2-kinds"]
        );
    }

    #[test]
    fn a_wrong_slug_is_refused_with_an_example() {
        for slug in [
            "", "sums", "Sums-up", "sums--up", "-sums", "sums-", "2-sums", "sums up", "sums_up",
            "süms-up", "../x-y",
        ] {
            let error = Name::new(7, slug).unwrap_err().to_string();
            assert!(error.contains("as in `reproducible-sums`"), "{slug}: {error}");
        }
    }
}
