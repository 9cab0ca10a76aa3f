//! Errors that become panics, or are not told.

use syn::Expr;

use super::super::edit::Edit;
use super::super::syntax::Site;
use super::Operator;

pub const OPERATORS: &[Operator] = &[
    Operator {
        name: "error unwrapped",
        sentence: "panics where an error was to be returned",
        mutations: unwrap_error,
    },
    Operator {
        name: "panic hidden",
        sentence: "takes a default for the result of a thread that has panicked",
        mutations: hide_panic,
    },
];

fn unwrap_error(site: Site) -> Vec<Vec<Edit>> {
    let Some(Expr::Try(tried)) = site.expr() else { return Vec::new() };
    vec![site.replace(tried, format!("{}.unwrap()", site.text(&tried.expr)))]
}

fn hide_panic(site: Site) -> Vec<Vec<Edit>> {
    let Some(call) = site.method_call() else { return Vec::new() };
    let is_join = matches!(&*call.receiver, Expr::MethodCall(inner) if inner.method == "join");
    if !(is_join && (call.method == "unwrap" || call.method == "expect")) {
        return Vec::new();
    }
    let joined = site.text(&call.receiver);
    ["unwrap_or_default()", "unwrap_or(Ok(Vec::new()))"]
        .map(|default| site.replace(call, format!("{joined}.{default}")))
        .into()
}

#[cfg(test)]
mod tests {
    use super::super::tests::mutants_of;

    #[test]
    fn an_error_becomes_a_panic() {
        assert_eq!(mutants_of("error unwrapped", "g(start(n)?);"), ["g(start(n).unwrap());"]);
    }

    #[test]
    fn a_thread_that_panicked_has_a_default_result() {
        assert_eq!(
            mutants_of("panic hidden", "t.join().expect(\"no\")"),
            ["t.join().unwrap_or_default()", "t.join().unwrap_or(Ok(Vec::new()))",]
        );
        assert_eq!(mutants_of("panic hidden", "t.lock().expect(\"no\")"), [""; 0]);
    }
}
