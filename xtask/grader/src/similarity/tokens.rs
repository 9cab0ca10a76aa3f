//! Code as tokens, without the differences that formatting makes.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The maximal number of tokens in an import. Without it, code with many `use` but no semicolon would take the square of its
/// length.
const LONGEST_IMPORT: usize = 1000;

/// The tokens of the code, with delimiters, but without what rustfmt may add, remove or move: doc comments, which it may wrap,
/// trailing commas, the braces around a single expression, and the order of imports.
///
/// Two other changes of rustfmt make a difference: doubled parentheses, and separate `derive` attributes.
pub fn normalize(code: TokenStream) -> Vec<String> {
    sort_imports(&remove_trailing_commas_and_docs(flatten(code)))
}

const NOTHING: &[&str] = &[];

fn flatten(code: TokenStream) -> Vec<String> {
    let mut tokens = Vec::new();
    // The open groups, the innermost last. On hostile code, recursion could overflow the stack.
    let mut open = vec![(code.into_iter(), NOTHING)];
    while let Some((inside, closing)) = open.last_mut() {
        match inside.next() {
            Some(TokenTree::Group(group)) => {
                let (opening, inside, closing) = parts(&group, &tokens);
                tokens.extend(opening.map(str::to_owned));
                open.push((inside.into_iter(), closing));
            }
            Some(token) => tokens.push(token.to_string()),
            None => {
                tokens.extend(closing.iter().map(|token| (*token).to_owned()));
                open.pop();
            }
        }
    }
    tokens
}

/// What stands at the beginning of a group, inside, and at its end. Each match arm ends with a comma here, even after a block; and
/// the braces around the only expression of a closure or an arm are left out, since rustfmt adds and removes them by the length
/// of the line.
fn parts(
    group: &Group,
    before: &[String],
) -> (Option<&'static str>, TokenStream, &'static [&'static str]) {
    let is_arm = matches!(before, [.., one, two] if one == "=" && two == ">");
    let is_closure = matches!(before, [.., bar] if bar == "|");
    let (opening, closing): (_, &[_]) = match group.delimiter() {
        Delimiter::Parenthesis => (Some("("), &[")"]),
        Delimiter::Bracket => (Some("["), &["]"]),
        // Only macros make groups without delimiters.
        Delimiter::None => (None, NOTHING),
        Delimiter::Brace if is_arm || is_closure => match only_expression(group) {
            Some(expression) => return (None, expression, if is_arm { &[","] } else { NOTHING }),
            None if is_arm => (Some("{"), &["}", ","]),
            None => (Some("{"), &["}"]),
        },
        Delimiter::Brace => (Some("{"), &["}"]),
    };
    (opening, group.stream(), closing)
}

/// The only expression of a block, if it has no statement. rustfmt ends a `return` with a semicolon where it adds braces.
fn only_expression(block: &Group) -> Option<TokenStream> {
    let is_semicolon =
        |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';');
    let is_jump = |token: &TokenTree| {
        let TokenTree::Ident(word) = token else { return false };
        ["return", "break", "continue"].iter().any(|jump| word == jump)
    };
    let mut tokens: Vec<TokenTree> = block.stream().into_iter().collect();
    if tokens.first().is_some_and(is_jump) && tokens.last().is_some_and(is_semicolon) {
        tokens.pop();
    }
    let is_one = !tokens.is_empty() && !tokens.iter().any(is_semicolon);
    is_one.then(|| tokens.into_iter().collect())
}

fn remove_trailing_commas_and_docs(tokens: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if matches!(&*token, ")" | "]" | "}" | ">" | "{" | ";" | ",") {
            let ends = kept.last().is_some_and(|last| last == ",");
            kept.truncate(kept.len() - usize::from(ends));
        }
        kept.push(token);
        // To a lexer, `/// Words` is `#[doc = " Words"]`.
        if let [before @ .., open, doc, equals, _, close] = &kept[..] {
            let words = [open, doc, equals, close].map(String::as_str);
            if words == ["[", "doc", "=", "]"] {
                let signs =
                    before.iter().rev().take_while(|sign| ["#", "!"].contains(&sign.as_str()));
                kept.truncate(before.len() - signs.count().min(2));
            }
        }
    }
    kept
}

/// Sorts the names in each run of imports and module declarations, so that their order and grouping makes no difference.
fn sort_imports(tokens: &[String]) -> Vec<String> {
    let mut ordered = Vec::with_capacity(tokens.len());
    let mut words: Vec<String> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let length = import_length(&tokens[at..]);
        let begins = at == 0 || matches!(&*tokens[at - 1], ";" | "{" | "}" | "]");
        if length > 0 && begins {
            let import = tokens[at..at + length].iter();
            let names = import.filter(|word| !["{", "}", ","].contains(&word.as_str()));
            words.extend(names.cloned());
            at += length;
        } else {
            words.sort();
            ordered.append(&mut words);
            ordered.push(tokens[at].clone());
            at += 1;
        }
    }
    words.sort();
    ordered.append(&mut words);
    ordered
}

/// The number of tokens of the import or module declaration at the beginning, or 0.
fn import_length(tokens: &[String]) -> usize {
    let public = usize::from(tokens[0] == "pub");
    let end = match tokens.get(public).map(String::as_str) {
        Some("use") => tokens.iter().take(LONGEST_IMPORT).position(|token| token == ";"),
        Some("mod") if tokens.get(public + 2).is_some_and(|token| token == ";") => Some(public + 2),
        _ => None,
    };
    end.map_or(0, |end| end + 1)
}
