//! Other orders: of items, operands, arguments, fields, and of the arms of a match.

use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{BinOp, Expr};

use super::super::edit::Edit;
use super::super::syntax::Site;
use super::Operator;
use super::indices::is_source;

pub const OPERATORS: &[Operator] = &[
    Operator {
        name: "reversed order",
        sentence: "goes through a sequence from its end, or through its results",
        mutations: reverse,
    },
    Operator {
        name: "swapped operands",
        sentence: "swaps the operands of an operation that does not commute, or the ends of a range",
        mutations: swap_operands,
    },
    Operator {
        name: "swapped neighbours",
        sentence: "swaps two arguments, elements of a tuple, fields, or results of a match",
        mutations: swap_neighbours,
    },
];

fn reverse(site: Site) -> Vec<Vec<Edit>> {
    let Some(call) = site.method_call() else { return Vec::new() };
    let mut mutants = Vec::new();
    if is_source(site) {
        mutants.push(site.append(call, ".rev()"));
    }
    if call.method == "collect" || call.method == "flatten" || call.method == "flat_map" {
        mutants.push(site.append(&call.receiver, ".rev()"));
    }
    mutants
}

fn swap_operands(site: Site) -> Vec<Vec<Edit>> {
    match site.expr() {
        Some(Expr::Binary(operation)) => {
            let commutes = matches!(
                operation.op,
                BinOp::Add(_)
                    | BinOp::Mul(_)
                    | BinOp::And(_)
                    | BinOp::Or(_)
                    | BinOp::Eq(_)
                    | BinOp::Ne(_)
            );
            match commutes {
                true => Vec::new(),
                false => vec![swap(site, &*operation.left, &*operation.right)],
            }
        }
        Some(Expr::Range(range)) => match (&range.start, &range.end) {
            (Some(start), Some(end)) => vec![swap(site, &**start, &**end)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn swap_neighbours(site: Site) -> Vec<Vec<Edit>> {
    match site.expr() {
        Some(Expr::Call(call)) => neighbours(site, &call.args),
        Some(Expr::MethodCall(call)) => neighbours(site, &call.args),
        Some(Expr::Tuple(tuple)) => neighbours(site, &tuple.elems),
        Some(Expr::Struct(fields)) => {
            let values: Vec<&Expr> = fields.fields.iter().map(|field| &field.expr).collect();
            // `Point { x, y }` has no values of its own.
            let is_short = fields.fields.iter().any(|field| field.colon_token.is_none());
            if is_short { Vec::new() } else { pairs(site, &values) }
        }
        Some(Expr::Match(choice)) => {
            let results: Vec<&Expr> = choice.arms.iter().map(|arm| &*arm.body).collect();
            pairs(site, &results)
        }
        _ => Vec::new(),
    }
}

fn neighbours<P>(site: Site, list: &Punctuated<Expr, P>) -> Vec<Vec<Edit>> {
    pairs(site, &list.iter().collect::<Vec<_>>())
}

fn pairs(site: Site, list: &[&Expr]) -> Vec<Vec<Edit>> {
    list.windows(2).map(|pair| swap(site, pair[0], pair[1])).collect()
}

fn swap(site: Site, one: &impl Spanned, other: &impl Spanned) -> Vec<Edit> {
    [site.replace(one, site.text(other)), site.replace(other, site.text(one))].concat()
}

#[cfg(test)]
mod tests {
    use super::super::tests::mutants_of;

    #[test]
    fn a_sequence_and_its_results_are_reversed() {
        assert_eq!(
            mutants_of("reversed order", "xs.iter().map(f).collect()"),
            ["xs.iter().map(f).rev().collect()", "xs.iter().rev().map(f).collect()"]
        );
    }

    #[test]
    fn operands_are_swapped_where_that_matters() {
        let of = |body| mutants_of("swapped operands", body);
        assert_eq!(of("(b - a) / n"), ["n / (b - a)", "(a - b) / n"]);
        assert_eq!(of("a + b == c * d"), [""; 0]);
        assert_eq!(of("g(a + 1..b)"), ["g(b..a + 1)"]);
    }

    #[test]
    fn neighbours_are_swapped() {
        let of = |body| mutants_of("swapped neighbours", body);
        assert_eq!(of("g(a, b, c)"), ["g(b, a, c)", "g(a, c, b)"]);
        assert_eq!(of("x.g((i, j))"), ["x.g((j, i))"]);
        assert_eq!(of("S { low: a, high: b }"), ["S { low: b, high: a }"]);
        assert_eq!(
            of("match x { Ok(_) => a, Err(_) => b }"),
            ["match x { Ok(_) => b, Err(_) => a }"]
        );
    }
}
