//! What goes wrong where results are gathered.

use syn::{BinOp, Expr};

use super::super::edit::Edit;
use super::super::syntax::Site;
use super::Operator;

pub const OPERATORS: &[Operator] = &[
    Operator {
        name: "odd values left out of a sum",
        sentence: "adds no NaN, or nothing that is not finite",
        mutations: skip_odd_terms,
    },
    Operator {
        name: "sum in single precision",
        sentence: "adds numbers of 32 bits",
        mutations: sum_in_f32,
    },
    Operator {
        name: "gathered first",
        sentence: "collects all items in a list before they are reduced or worked on",
        mutations: collect_first,
    },
];

const ODD: [&str; 2] = ["!{}.is_nan()", "{}.is_finite()"];

fn skip_odd_terms(site: Site) -> Vec<Vec<Edit>> {
    match site.expr() {
        Some(Expr::MethodCall(call)) if call.method == "sum" => ODD
            .map(|is_even| {
                let filter =
                    format!(".filter(|mutant_term| {})", is_even.replace("{}", "mutant_term"));
                site.append(&call.receiver, filter)
            })
            .into(),
        Some(Expr::Binary(addition)) if matches!(addition.op, BinOp::AddAssign(_)) => ODD
            .map(|is_even| {
                let (sum, term) = (site.text(&addition.left), site.text(&addition.right));
                let is_even = is_even.replace("{}", "mutant_term");
                let checked = format!(
                    "{{ let mutant_term = {term}; if {is_even} {{ {sum} += mutant_term; }} }}"
                );
                site.replace(addition, checked)
            })
            .into(),
        _ => Vec::new(),
    }
}

fn sum_in_f32(site: Site) -> Vec<Vec<Edit>> {
    match site.expr() {
        Some(Expr::MethodCall(call)) if call.method == "sum" => {
            let terms = site.text(&call.receiver);
            let sum =
                format!("({terms}.map(|mutant_term| mutant_term as f32).sum::<f32>() as f64)");
            vec![site.replace(call, sum)]
        }
        Some(Expr::Binary(addition)) if matches!(addition.op, BinOp::AddAssign(_)) => {
            let (sum, term) = (site.text(&addition.left), site.text(&addition.right));
            vec![site.replace(addition, format!("{sum} = ({sum} as f32 + ({term}) as f32) as f64"))]
        }
        _ => Vec::new(),
    }
}

fn collect_first(site: Site) -> Vec<Vec<Edit>> {
    let Some(call) = site.method_call() else { return Vec::new() };
    if !["sum", "fold", "reduce", "for_each"].iter().any(|end| call.method == end) {
        return Vec::new();
    }
    let again = ["into_iter", "into_par_iter"];
    again.map(|again| site.append(&call.receiver, format!(".collect::<Vec<_>>().{again}()"))).into()
}

#[cfg(test)]
mod tests {
    use super::super::tests::mutants_of;

    #[test]
    fn a_sum_passes_over_nan_and_infinities() {
        assert_eq!(
            mutants_of("odd values left out of a sum", "xs.map(f).sum()"),
            [
                "xs.map(f).filter(|mutant_term| !mutant_term.is_nan()).sum()",
                "xs.map(f).filter(|mutant_term| mutant_term.is_finite()).sum()",
            ]
        );
        assert_eq!(
            mutants_of("odd values left out of a sum", "s += a * b;")[1],
            "{ let mutant_term = a * b; if mutant_term.is_finite() { s += mutant_term; } };"
        );
    }

    #[test]
    fn a_sum_loses_half_of_its_digits() {
        let of = |body| mutants_of("sum in single precision", body);
        assert_eq!(
            of("xs.sum::<f64>() * dx"),
            ["(xs.map(|mutant_term| mutant_term as f32).sum::<f32>() as f64) * dx"]
        );
        assert_eq!(of("s += a * b;"), ["s = (s as f32 + (a * b) as f32) as f64;"]);
    }

    #[test]
    fn what_is_reduced_is_collected_first() {
        assert_eq!(
            mutants_of("gathered first", "xs.map(f).sum()"),
            [
                "xs.map(f).collect::<Vec<_>>().into_iter().sum()",
                "xs.map(f).collect::<Vec<_>>().into_par_iter().sum()",
            ]
        );
    }
}
