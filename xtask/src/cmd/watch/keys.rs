//! What is typed, as keys.

use std::io::{Read, stdin};
use std::thread;

/// A key that was struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Char(char),
    Enter,
    Escape,
    Up,
    Down,
    PageUp,
    PageDown,
    Home,
    End,
}

/// Tells of every key from now on; of `None` when no more can come.
pub fn listen(tell: impl Fn(Option<Key>) + Send + 'static) {
    // A thread that waits for a key cannot be ended: it ends with the program.
    thread::spawn(move || {
        let mut bytes = [0; 256];
        while let Ok(read @ 1..) = stdin().lock().read(&mut bytes) {
            for key in keys(&String::from_utf8_lossy(&bytes[..read])) {
                tell(Some(key));
            }
        }
        tell(None);
    });
}

/// The keys of what arrived in one go. A key with a sequence arrives as a whole.
fn keys(typed: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = typed;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        if letter == '\x1b' {
            let sequence = sequence(rest);
            rest = &rest[sequence.len()..];
            keys.extend(key_of(sequence));
        } else {
            keys.push(match letter {
                '\n' | '\r' => Key::Enter,
                letter => Key::Char(letter),
            });
        }
    }
    keys
}

/// What belongs to the escape before it: `[A`, `[5~`, `OH`; nothing, if the key was Escape.
fn sequence(rest: &str) -> &str {
    let end = match rest.chars().next() {
        Some('[') => rest[1..].find(|letter| ('@'..='~').contains(&letter)),
        Some('O') => rest[1..].chars().next().map(|_| 0),
        _ => return "",
    };
    end.and_then(|end| rest.get(..end + 2)).unwrap_or(rest)
}

/// The key that sends this sequence; `None` if it means nothing here.
fn key_of(sequence: &str) -> Option<Key> {
    Some(match sequence {
        "" => Key::Escape,
        "[A" | "OA" => Key::Up,
        "[B" | "OB" => Key::Down,
        "[5~" => Key::PageUp,
        "[6~" => Key::PageDown,
        "[H" | "OH" | "[1~" => Key::Home,
        "[F" | "OF" | "[4~" => Key::End,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_one_key_and_the_rest_is_letters() {
        for (typed, expected) in [
            ("rq", &[Key::Char('r'), Key::Char('q')][..]),
            ("\x1b", &[Key::Escape]),
            ("\x1b[A\x1bOBj", &[Key::Up, Key::Down, Key::Char('j')]),
            ("\x1b[5~\x1b[6~", &[Key::PageUp, Key::PageDown]),
            ("\x1b[1~\x1b[F\n", &[Key::Home, Key::End, Key::Enter]),
        ] {
            assert_eq!(keys(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn an_unknown_sequence_is_no_key_and_takes_no_letter_with_it() {
        for typed in ["\x1b[1;5Cq", "\x1b[200~q", "\x1bOPq", "\x1b[<0;1;1Mq"] {
            assert_eq!(keys(typed), [Key::Char('q')], "{typed:?}");
        }
        for cut_off in ["\x1b[", "\x1b[1", "\x1bO", "\x1bOé"] {
            assert_eq!(keys(cut_off), [], "{cut_off:?}");
        }
    }
}
