//! Mutants: a lesson's model with one small change each. A claim should reject every one of them that breaks the contract.
//!
//! [`generate`] applies the mutation operators of this course, which know the mistakes of parallel programs;
//! [`cargo_mutants`] asks a general mutation tester for its mutants. Neither builds anything.

pub mod cargo_mutants;
pub mod change;
mod edit;
pub mod listed;
mod operators;
mod syntax;

use std::collections::BTreeSet;

use anyhow::{Context, Result};

use crate::intake::SourceFile;
use crate::similarity;
use change::Change;
use operators::Operator;

/// The model with one change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The name of the operator, and what it did.
    pub operator: String,
    /// What it would be as `src/lib.rs`.
    pub source: String,
    pub change: Change,
}

/// The mutants that the operators make of a model, each once.
///
/// # Errors
///
/// The model is not Rust.
pub fn generate(model: &str) -> Result<Vec<Mutant>> {
    let operators: Vec<&Operator> = operators::all().collect();
    let mut mutants = Vec::new();
    syntax::visit_sites(model, |site| {
        for operator in &operators {
            let mutations = (operator.mutations)(site).into_iter();
            mutants.extend(mutations.map(|edits| {
                let source = edit::apply(model, edits);
                let operator = format!("{}: {}", operator.name, operator.sentence);
                Mutant { operator, change: Change::between(model, &source), source }
            }));
        }
    })
    .context("the model is not Rust")?;
    Ok(distinct(model, mutants))
}

/// The mutants without those whose code is the model's or that of a mutant before, apart from its formatting.
pub fn distinct(model: &str, mutants: Vec<Mutant>) -> Vec<Mutant> {
    let tokens = |text: &str| similarity::token_fingerprint(&[SourceFile::root(text.to_owned())]);
    let mut known = BTreeSet::from_iter(tokens(model));
    let mut mutants = mutants;
    // What is not even a sequence of tokens does not compile.
    mutants.retain(|mutant| tokens(&mutant.source).is_some_and(|tokens| known.insert(tokens)));
    mutants
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mutant_is_other_code_than_the_model_and_than_every_other() {
        let model = "fn least(n: usize) -> usize {\n    n.min(n)\n}\n";
        let changed = |source: &str| Mutant {
            operator: String::new(),
            source: source.to_owned(),
            change: Change::between(model, source),
        };
        let once = changed("fn least(n: usize) -> usize {\n    n.max(n)\n}\n");
        let mutants = vec![
            changed("fn least(n: usize) -> usize { n.min(n) }"),
            once.clone(),
            changed("fn least(n: usize) -> usize { n.max(n) } // again"),
            changed("fn least(n: usize) -> usize { n.max(n }"),
        ];
        assert_eq!(distinct(model, mutants), [once]);
    }

    #[test]
    fn a_model_that_is_not_rust_is_refused() {
        assert_eq!(generate("fn (").unwrap_err().to_string(), "the model is not Rust");
    }
}
