//! Steps that are left out: a call within a chain, a statement, a condition.

use syn::{Expr, Stmt};

use super::super::edit::Edit;
use super::super::syntax::Site;
use super::Operator;

pub const OPERATORS: &[Operator] = &[
    Operator {
        name: "step left out",
        sentence: "leaves out a call within a chain",
        mutations: drop_call,
    },
    Operator {
        name: "statement left out",
        sentence: "leaves out a statement: a wait, an end, a check, an effect",
        mutations: drop_statement,
    },
    Operator {
        name: "condition",
        sentence: "takes a condition for true or for false, or a loop for one step",
        mutations: decide_condition,
    },
];

/// Conversions, without which the code means the same or does not compile.
const CONVERSIONS: [&str; 9] = [
    "clone",
    "collect",
    "expect",
    "into_iter",
    "into_par_iter",
    "iter",
    "to_owned",
    "unwrap",
    "view",
];

fn drop_call(site: Site) -> Vec<Vec<Edit>> {
    let Some(call) = site.method_call() else { return Vec::new() };
    if CONVERSIONS.iter().any(|conversion| call.method == conversion) {
        return Vec::new();
    }
    vec![site.replace(call, site.text(&call.receiver))]
}

fn drop_statement(site: Site) -> Vec<Vec<Edit>> {
    match site.statement() {
        // An expression without a semicolon is a value, but for those that need none.
        Some(Stmt::Expr(expr, semicolon)) => {
            let is_block = matches!(
                expr,
                Expr::If(_) | Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) | Expr::Match(_)
            );
            let statement = site.statement().filter(|_| semicolon.is_some() || is_block);
            statement.map(|statement| site.replace(statement, "")).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn decide_condition(site: Site) -> Vec<Vec<Edit>> {
    match site.expr() {
        Some(Expr::If(choice)) if !matches!(*choice.cond, Expr::Let(_)) => {
            ["true", "false"].map(|fixed| site.replace(&choice.cond, fixed)).into()
        }
        Some(Expr::While(repeated)) => vec![site.replace(&repeated.while_token, "if")],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::mutants_of;

    #[test]
    fn a_chain_loses_one_step() {
        assert_eq!(
            mutants_of("step left out", "xs.iter().with_max_len(1).rev().collect()"),
            ["xs.iter().with_max_len(1).collect()", "xs.iter().rev().collect()"]
        );
    }

    #[test]
    fn a_statement_is_left_out_and_a_value_is_not() {
        assert_eq!(
            mutants_of("statement left out", "let a = 1; wait()?; if a == 1 { g(); } a"),
            [
                "let a = 1;  if a == 1 { g(); } a",
                "let a = 1; wait()?;  a",
                "let a = 1; wait()?; if a == 1 {  } a",
            ]
        );
    }

    #[test]
    fn a_condition_is_decided_beforehand_and_a_loop_ends_after_a_step() {
        assert_eq!(
            mutants_of("condition", "if n == 0 { 1 } else { 2 }"),
            ["if true { 1 } else { 2 }", "if false { 1 } else { 2 }",]
        );
        assert_eq!(
            mutants_of("condition", "while let Some(x) = next() { g(x); }"),
            ["if let Some(x) = next() { g(x); }"]
        );
    }
}
