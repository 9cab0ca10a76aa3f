//! Words that no solution of a lesson needs: a tripwire in front of the wall, which is the sandbox.

use proc_macro2::{TokenStream, TokenTree};

use crate::intake::SourceFile;

/// `unsafe` in all its forms, and assembler at the level of a module, which needs no `unsafe`.
const FORBIDDEN: [&str; 2] = ["unsafe", "global_asm"];

/// The first of the forbidden words that the code has as a token, and not in a comment or a text.
///
/// Rustc's own lint cannot be forbidden altogether: macros of well-kept libraries, like `ndarray::s!`, allow it for what they
/// do themselves. What is no sequence of Rust's tokens has no such word: the compiler will say more.
pub fn find(files: &[SourceFile]) -> Option<&'static str> {
    files
        .iter()
        .find_map(|file| in_tokens(file.text.parse().ok()?))
}

fn in_tokens(code: TokenStream) -> Option<&'static str> {
    // What is open, the innermost last. Recursion could be made to overflow the stack.
    let mut open = vec![code.into_iter()];
    while let Some(inside) = open.last_mut() {
        match inside.next() {
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(TokenTree::Ident(name)) => {
                let forbidden = FORBIDDEN.into_iter().find(|word| name == word);
                if forbidden.is_some() {
                    return forbidden;
                }
            }
            Some(_) => {}
            None => drop(open.pop()),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find_in(code: &str) -> Option<&'static str> {
        find(&[SourceFile::root(code.to_owned())])
    }

    #[test]
    fn forbidden_words_are_found_wherever_they_are_code() {
        assert_eq!(find_in("fn f() { unsafe { g() } }"), Some("unsafe"));
        assert_eq!(
            find_in("macro_rules! m { () => { [(unsafe)] } }"),
            Some("unsafe")
        );
        assert_eq!(find_in("#[unsafe(no_mangle)] fn f() {}"), Some("unsafe"));
        assert_eq!(find_in("std::arch::global_asm!(\"\");"), Some("global_asm"));
    }

    #[test]
    fn words_in_comments_texts_and_longer_names_are_not_code() {
        assert_eq!(
            find_in("// unsafe\nfn f() { \"unsafe\"; let not_unsafe = 1; }"),
            None
        );
        assert_eq!(find_in("fn f( {"), None);
    }

    #[test]
    fn depth_is_no_danger() {
        let deep = format!("{}unsafe{}", "(".repeat(50_000), ")".repeat(50_000));
        assert_eq!(find_in(&deep), Some("unsafe"));
    }
}
