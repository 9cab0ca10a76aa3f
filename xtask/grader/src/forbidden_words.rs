//! Rejects code with words that no solution needs, before it is compiled. The defence proper is the sandbox.

use proc_macro2::{TokenStream, TokenTree};

use crate::intake::SourceFile;
use crate::similarity;

/// `unsafe` in all its forms; module-level assembly, which needs no `unsafe`; and what tells one build from another, since a
/// submission is built once here, and has to keep its contract in every build.
const FORBIDDEN: [&str; 3] = ["unsafe", "global_asm", "debug_assertions"];

/// Finds the first forbidden word that is a token of the code, outside of comments and strings.
///
/// `forbid(unsafe_code)` does not replace this, since macros of libraries, like `ndarray::s!`, must allow the lint for their own
/// code. Files that are not Rust tokens are skipped; the compiler reports them.
pub fn find(files: &[SourceFile]) -> Option<&'static str> {
    let found = files.iter().find_map(|file| in_tokens(file.text.parse().ok()?));
    similarity::forget_places();
    found
}

fn in_tokens(code: TokenStream) -> Option<&'static str> {
    // The open groups, the innermost last. On hostile code, recursion could overflow the stack.
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
        // On the stack, so many calls would overflow it.
        let deep = format!("{}unsafe{}", "(".repeat(50_000), ")".repeat(50_000));
        for (code, word) in [
            ("fn f() { unsafe { g() } }", Some("unsafe")),
            ("macro_rules! m { () => { [(unsafe)] } }", Some("unsafe")),
            ("#[unsafe(no_mangle)] fn f() {}", Some("unsafe")),
            ("std::arch::global_asm!(\"\");", Some("global_asm")),
            ("if cfg!(debug_assertions) { right() } else { fast() }", Some("debug_assertions")),
            (&deep, Some("unsafe")),
            ("// unsafe\nfn f() { \"unsafe\"; let not_unsafe = 1; }", None),
            ("fn f( {", None),
        ] {
            assert_eq!(find_in(code), word, "{code:.50}");
        }
    }
}
