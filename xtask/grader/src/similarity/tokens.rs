//! Code as tokens, without what formatting changes.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Tokens of one import, at most: more are no import, but an attempt to have the whole file looked through for each.
const LONGEST_IMPORT: usize = 1000;

/// All tokens of the code, in order, delimiters among them, but for what rustfmt adds, takes away or moves as it sees
/// fit: doc comments (which it may wrap), commas at an end, the braces around a single expression, the order of
/// imports.
///
/// Two things that rustfmt changes as well are kept: doubled parentheses, and attributes to derive that stand apart.
pub fn of(code: TokenStream) -> Vec<String> {
    imports_in_order(&with_commas_between(flat(code)))
}

const NOTHING: &[&str] = &[];

fn flat(code: TokenStream) -> Vec<String> {
    let mut tokens = Vec::new();
    // What is open, the innermost last. Recursion could be made to overflow the stack.
    let mut open = vec![(code.into_iter(), NOTHING)];
    while let Some((inside, closing)) = open.last_mut() {
        match inside.next() {
            Some(TokenTree::Group(group)) => {
                let (opening, closing) = delimiters(&group, &tokens);
                tokens.extend(opening.map(str::to_owned));
                open.push((group.stream().into_iter(), closing));
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

/// What a group begins and ends with. A match arm ends with a comma, a block as well; and around the one expression of
/// a closure or an arm, rustfmt sets and takes away braces as the line's length has it.
fn delimiters(group: &Group, before: &[String]) -> (Option<&'static str>, &'static [&'static str]) {
    let is_arm = matches!(before, [.., one, two] if one == "=" && two == ">");
    let is_closure = matches!(before, [.., bar] if bar == "|");
    match group.delimiter() {
        Delimiter::Parenthesis => (Some("("), &[")"]),
        Delimiter::Bracket => (Some("["), &["]"]),
        // Only macros make groups without delimiters.
        Delimiter::None => (None, NOTHING),
        Delimiter::Brace if is_arm && is_one_expression(group) => (None, &[","]),
        Delimiter::Brace if is_arm => (Some("{"), &["}", ","]),
        Delimiter::Brace if is_closure && is_one_expression(group) => (None, NOTHING),
        Delimiter::Brace => (Some("{"), &["}"]),
    }
}

fn is_one_expression(block: &Group) -> bool {
    let mut tokens = block.stream().into_iter().peekable();
    let ends_statement =
        |token: TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';');
    tokens.peek().is_some() && !tokens.any(ends_statement)
}

/// Keeps the commas that part two things, and no doc comment.
fn with_commas_between(tokens: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(tokens.len());
    for token in tokens {
        if matches!(&*token, ")" | "]" | "}" | ">" | "{" | ";" | ",") {
            let ends = kept.last().is_some_and(|last| last == ",");
            kept.truncate(kept.len() - usize::from(ends));
        }
        kept.push(token);
        // `/// Words` is `#[doc = " Words"]` to a lexer.
        if let [before @ .., open, doc, equals, _, close] = &kept[..] {
            let words = [open, doc, equals, close].map(String::as_str);
            if words == ["[", "doc", "=", "]"] {
                let signs = before
                    .iter()
                    .rev()
                    .take_while(|sign| ["#", "!"].contains(&sign.as_str()));
                kept.truncate(before.len() - signs.count().min(2));
            }
        }
    }
    kept
}

/// Sorts the words of neighbouring imports and modules, so that their order and grouping says nothing.
fn imports_in_order(tokens: &[String]) -> Vec<String> {
    let mut ordered = Vec::with_capacity(tokens.len());
    let mut words: Vec<String> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let length = import(&tokens[at..]);
        let begins = at == 0 || matches!(&*tokens[at - 1], ";" | "{" | "}" | "]");
        if length > 0 && begins {
            let import = &tokens[at..at + length];
            words.extend(
                import
                    .iter()
                    .filter(|word| !["{", "}", ","].contains(&word.as_str()))
                    .cloned(),
            );
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

/// How many tokens an import or the declaration of a module has, if one begins here; else none.
fn import(tokens: &[String]) -> usize {
    let public = usize::from(tokens[0] == "pub");
    let end = match tokens.get(public).map(String::as_str) {
        Some("use") => tokens
            .iter()
            .take(LONGEST_IMPORT)
            .position(|token| token == ";"),
        Some("mod") if tokens.get(public + 2).is_some_and(|token| token == ";") => Some(public + 2),
        _ => None,
    };
    end.map_or(0, |end| end + 1)
}
