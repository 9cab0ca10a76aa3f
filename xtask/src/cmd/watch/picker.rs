//! The list of lessons, to choose from.

use super::keys::Key;
use crate::cmd::list::LessonRow;

/// The lessons, and the one that is pointed at.
#[derive(Debug)]
pub struct Picker {
    pub rows: Vec<LessonRow>,
    pub at: usize,
    /// The digits that were typed last: `1` may be the beginning of `12`.
    typed: String,
}

/// What a key did.
#[derive(Debug, PartialEq, Eq)]
pub enum Picked {
    /// The lesson of this number is chosen.
    Lesson(String),
    Moved,
    /// The key means nothing to the list.
    Nothing,
}

impl Picker {
    /// A list that points at the lesson of this number.
    pub fn new(rows: Vec<LessonRow>, number: &str) -> Self {
        let at = rows.iter().position(|row| row.number == number);
        Self { rows, at: at.unwrap_or(0), typed: String::new() }
    }

    pub fn key(&mut self, key: Key) -> Picked {
        let last = self.rows.len().saturating_sub(1);
        match key {
            Key::Char(digit @ '0'..='9') => self.type_digit(digit),
            Key::Up | Key::Char('k') => self.at = self.at.saturating_sub(1),
            Key::Down | Key::Char('j') => self.at = (self.at + 1).min(last),
            Key::Home | Key::PageUp => self.at = 0,
            Key::End | Key::PageDown => self.at = last,
            Key::Enter => {
                return match self.rows.get(self.at) {
                    Some(row) => Picked::Lesson(row.number.clone()),
                    None => Picked::Nothing,
                };
            }
            Key::Char(_) | Key::Escape => return Picked::Nothing,
        }
        Picked::Moved
    }

    /// Points at the lesson whose number has been typed, as far as there is one.
    fn type_digit(&mut self, digit: char) {
        self.typed.push(digit);
        let lesson = |typed: &str| {
            let number: u32 = typed.parse().ok()?;
            self.rows.iter().position(|row| row.number.parse() == Ok(number))
        };
        let alone = digit.to_string();
        if let Some(at) = lesson(&self.typed) {
            self.at = at;
        } else {
            self.at = lesson(&alone).unwrap_or(self.at);
            self.typed = alone;
        }
    }
}

#[cfg(test)]
mod tests {
    use xtask_core::progress::LessonState;

    use super::*;
    use crate::cmd::list::tests::rows;

    fn picker() -> Picker {
        Picker::new(rows(&[LessonState::NotStarted; 12]), "02")
    }

    /// The number that is pointed at after these keys.
    fn number_after(keys: &[Key]) -> String {
        let mut picker = picker();
        for key in keys {
            assert_eq!(picker.key(*key), Picked::Moved, "{key:?}");
        }
        picker.rows[picker.at].number.clone()
    }

    #[test]
    fn arrows_move_within_the_list() {
        assert_eq!(number_after(&[]), "02");
        assert_eq!(number_after(&[Key::Down, Key::Down, Key::Up]), "03");
        assert_eq!(number_after(&[Key::Up, Key::Up, Key::Up]), "01");
        assert_eq!(number_after(&[Key::End, Key::Down]), "12");
    }

    #[test]
    fn a_number_is_typed_digit_by_digit() {
        let typed = |digits: &str| number_after(&digits.chars().map(Key::Char).collect::<Vec<_>>());
        for (digits, lesson) in
            [("3", "03"), ("03", "03"), ("12", "12"), ("123", "03"), ("0", "02")]
        {
            assert_eq!(typed(digits), lesson, "{digits}");
        }
    }

    #[test]
    fn enter_chooses_and_other_keys_are_not_the_lists() {
        assert_eq!(picker().key(Key::Enter), Picked::Lesson("02".to_owned()));
        for key in [Key::Char('q'), Key::Escape] {
            assert_eq!(picker().key(key), Picked::Nothing);
        }
    }
}
