//! Constants, identities, and functions of numbers that stand for others.

use syn::{Expr, Lit, Local, Pat, Stmt};

use super::super::edit::Edit;
use super::super::syntax::Site;
use super::Operator;

pub const OPERATORS: &[Operator] = &[
    Operator {
        name: "another constant",
        sentence: "takes another number: an identity that changes something, a limit that is off",
        mutations: change_literal,
    },
    Operator {
        name: "finite for infinite",
        sentence: "takes the largest finite number for infinity",
        mutations: bound_infinity,
    },
    Operator {
        name: "smallest for largest",
        sentence: "swaps minimum and maximum",
        mutations: swap_extremes,
    },
    Operator {
        name: "one thread more or fewer",
        sentence: "changes a number of threads, workers or chunks",
        mutations: change_count,
    },
    Operator {
        name: "kept from the first call",
        sentence: "keeps what the first call computes for all calls",
        mutations: keep_first,
    },
];

fn change_literal(site: Site) -> Vec<Vec<Edit>> {
    let Some(Expr::Lit(literal)) = site.expr() else { return Vec::new() };
    match &literal.lit {
        Lit::Int(number) => {
            let Ok(value) = number.base10_parse::<u64>() else { return Vec::new() };
            let suffix = number.suffix();
            let fewer = value.checked_sub(1);
            let others = fewer.into_iter().chain(value.checked_add(1));
            others.map(|other| site.replace(literal, format!("{other}{suffix}"))).collect()
        }
        Lit::Float(number) => {
            let Ok(value) = number.base10_parse::<f64>() else { return Vec::new() };
            let others = match value {
                0.0 => vec!["1.0".to_owned()],
                _ => vec![format!("{:?}", 2.0 * value), "0.0".to_owned()],
            };
            others.into_iter().map(|other| site.replace(literal, other)).collect()
        }
        Lit::Bool(value) => vec![site.replace(literal, (!value.value).to_string())],
        _ => Vec::new(),
    }
}

fn bound_infinity(site: Site) -> Vec<Vec<Edit>> {
    let Some(Expr::Path(path)) = site.expr() else { return Vec::new() };
    let text = site.text(path);
    let bounds = [("f64::INFINITY", "f64::MAX"), ("f64::NEG_INFINITY", "f64::MIN")];
    let bound = bounds.iter().find(|(infinity, _)| text == *infinity);
    bound.map(|(_, bound)| site.replace(path, *bound)).into_iter().collect()
}

fn swap_extremes(site: Site) -> Vec<Vec<Edit>> {
    let Some(call) = site.method_call() else { return Vec::new() };
    let pairs = [("min", "max"), ("min_by", "max_by"), ("min_by_key", "max_by_key")];
    let others = pairs.iter().filter_map(|(one, other)| match () {
        () if call.method == one => Some(other),
        () if call.method == other => Some(one),
        () => None,
    });
    others.map(|other| site.replace(&call.method, *other)).collect()
}

fn change_count(site: Site) -> Vec<Vec<Edit>> {
    let is_count = match site.expr() {
        Some(Expr::MethodCall(call)) => call.method == "get" && call.args.is_empty(),
        Some(Expr::Call(call)) => site.text(&call.func).ends_with("current_num_threads"),
        _ => false,
    };
    let Some(count) = site.expr().filter(|_| is_count) else { return Vec::new() };
    let text = site.text(count);
    // 128 is more than the cores of most machines, and fewer than the threads that a contract may ask for.
    ["({} + 1)", "({} - 1).max(1)", "{}.min(2)", "{}.min(128)"]
        .map(|other| site.replace(count, other.replace("{}", text)))
        .into()
}

fn keep_first(site: Site) -> Vec<Vec<Edit>> {
    let Some(Stmt::Local(Local { pat, init: Some(init), .. })) = site.statement() else {
        return Vec::new();
    };
    let types = match pat {
        Pat::Type(typed) => vec![site.text(&typed.ty)],
        Pat::Ident(name) if name.mutability.is_none() => vec!["f64", "usize"],
        _ => Vec::new(),
    };
    if matches!(*init.expr, Expr::Closure(_) | Expr::Lit(_)) {
        return Vec::new();
    }
    let value = site.text(&init.expr);
    let kept = types.into_iter().map(|ty| {
        format!(
            "{{ static MUTANT_KEPT: std::sync::OnceLock<{ty}> = std::sync::OnceLock::new(); \
             MUTANT_KEPT.get_or_init(|| {value}).clone() }}"
        )
    });
    kept.map(|kept| site.replace(&init.expr, kept)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::mutants_of;

    #[test]
    fn a_number_is_another() {
        let of = |body| mutants_of("another constant", body);
        assert_eq!(of("g(1)"), ["g(0)", "g(2)"]);
        assert_eq!(of("g(0usize)"), ["g(1usize)"]);
        assert_eq!(of("g(0.0)"), ["g(1.0)"]);
        assert_eq!(of("g(0.05)"), ["g(0.1)", "g(0.0)"]);
        assert_eq!(of("g(true)"), ["g(false)"]);
    }

    #[test]
    fn infinity_becomes_finite_and_a_minimum_a_maximum() {
        assert_eq!(mutants_of("finite for infinite", "g(f64::NEG_INFINITY)"), ["g(f64::MIN)"]);
        assert_eq!(mutants_of("smallest for largest", "a.min(b)"), ["a.max(b)"]);
    }

    #[test]
    fn a_number_of_threads_is_off_or_bounded() {
        assert_eq!(
            mutants_of("one thread more or fewer", "g(threads.get())"),
            [
                "g((threads.get() + 1))",
                "g((threads.get() - 1).max(1))",
                "g(threads.get().min(2))",
                "g(threads.get().min(128))",
            ]
        );
        assert_eq!(mutants_of("one thread more or fewer", "xs.get(0)"), [""; 0]);
    }

    #[test]
    fn the_value_of_the_first_call_is_kept() {
        let kept = |ty: &str| {
            format!(
                "let dx: u8 = {{ static MUTANT_KEPT: std::sync::OnceLock<{ty}> = std::sync::OnceLock::new(); \
                 MUTANT_KEPT.get_or_init(|| b - a).clone() }};"
            )
        };
        assert_eq!(mutants_of("kept from the first call", "let dx: u8 = b - a;"), [kept("u8")]);
        let untyped = ["f64", "usize"].map(|ty| kept(ty).replace("dx: u8", "dx"));
        assert_eq!(mutants_of("kept from the first call", "let dx = b - a;"), untyped);
        assert_eq!(mutants_of("kept from the first call", "let mut dx = b - a;"), [""; 0]);
    }
}
