//! The mutation operators: the mistakes of this field, as changes of the syntax tree.
//!
//! An operator need not know the types: what does not compile is not a mutant. The names that it adds begin with `mutant_`.

mod bodies;
mod calls;
mod chains;
mod errors;
mod indices;
mod order;
mod parallelism;
mod reductions;
mod values;

use super::edit::Edit;
use super::syntax::Site;

/// A kind of mistake.
pub struct Operator {
    pub name: &'static str,
    /// What it does to the model, as a sentence without its subject.
    pub sentence: &'static str,
    /// Its mutants at a place of the model, each as edits that belong together.
    pub mutations: fn(Site) -> Vec<Vec<Edit>>,
}

/// Every operator.
pub fn all() -> impl Iterator<Item = &'static Operator> {
    let by_topic = [
        indices::OPERATORS,
        chains::OPERATORS,
        order::OPERATORS,
        values::OPERATORS,
        reductions::OPERATORS,
        calls::OPERATORS,
        bodies::OPERATORS,
        parallelism::OPERATORS,
        errors::OPERATORS,
    ];
    by_topic.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::generate;
    use super::*;

    /// What an operator makes of a function's body, for the tests of the operators. In it `f` is a kernel.
    pub fn mutants_of(name: &str, body: &str) -> Vec<String> {
        let (before, after) = ("fn m(f: impl Fn(f64) -> f64) { ", " }");
        let mutants = generate(&format!("{before}{body}{after}")).unwrap();
        let of_operator =
            mutants.into_iter().filter(|mutant| mutant.operator.starts_with(&format!("{name}: ")));
        let bodies = of_operator.map(|mutant| {
            let begun = mutant.source.strip_prefix(before.trim_end());
            let body = begun.and_then(|begun| begun.strip_suffix(after.trim_start()));
            body.expect("the function stays").trim().to_owned()
        });
        bodies.collect()
    }

    #[test]
    fn an_operator_has_a_name_of_its_own() {
        let names: BTreeSet<_> = all().map(|operator| operator.name).collect();
        assert_eq!(names.len(), all().count());
    }
}
