//! What goes wrong around a call of a kernel: a closure that the function's caller hands it.

use syn::Expr;

use super::super::edit::Edit;
use super::super::syntax::Site;
use super::Operator;

pub const OPERATORS: &[Operator] = &[
    Operator {
        name: "called twice",
        sentence: "calls the kernel twice for the same item",
        mutations: |site| wrap(site, &["({ let _ = {call}; {call} })"]),
    },
    Operator {
        name: "panic swallowed",
        sentence: "takes a default for the result of a kernel that panics",
        mutations: |site| wrap(site, &["{catch}.unwrap_or_default()"]),
    },
    Operator {
        name: "panic replaced",
        sentence: "panics with another value than the kernel",
        mutations: |site| wrap(site, &["{catch}.unwrap_or_else(|_| panic!(\"a task panicked\"))"]),
    },
    Operator {
        name: "thread for each call",
        sentence: "calls the kernel on a thread that belongs to no pool",
        mutations: |site| {
            wrap(
                site,
                &["std::thread::scope(|mutant_scope| mutant_scope.spawn(|| {call}).join())\
                   .unwrap_or_else(|mutant_panic| std::panic::resume_unwind(mutant_panic))"],
            )
        },
    },
    Operator {
        name: "lock around a call",
        sentence: "calls the kernel with a lock held, one call at a time",
        mutations: lock,
    },
    Operator {
        name: "odd values hidden",
        sentence: "takes 0 for a result of the kernel that is NaN, infinite or negative",
        mutations: |site| {
            wrap(
                site,
                &[
                    "({ let mutant_result = {call}; if mutant_result.is_nan() { 0.0 } else { mutant_result } })",
                    "({ let mutant_result = {call}; if mutant_result.is_finite() { mutant_result } else { 0.0 } })",
                    "{call}.max(0.0)",
                ],
            )
        },
    },
    Operator {
        name: "result in single precision",
        sentence: "keeps 32 bits of what the kernel returns",
        mutations: |site| wrap(site, &["({call} as f32 as f64)"]),
    },
];

const CATCH: &str = "std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {call}))";

/// Replaces a call of a kernel, or a kernel that is handed on as a closure; `{call}` stands for the call in a replacement.
fn wrap(site: Site, replacements: &[&str]) -> Vec<Vec<Edit>> {
    let replacement =
        |pattern: &str, call: &str| pattern.replace("{catch}", CATCH).replace("{call}", call);
    // A function of the model's own may take a reference; for rayon a closure does, and tells its types.
    let (arguments, keeps_reference) = match site.expr() {
        Some(Expr::Call(call)) if site.is_kernel(&call.func) => {
            let text = site.text(call);
            let new = replacements.iter().map(|pattern| replacement(pattern, text));
            return new.map(|new| site.replace(call, new)).collect();
        }
        Some(Expr::Call(call)) => (&call.args, true),
        Some(Expr::MethodCall(call)) => (&call.args, false),
        _ => return Vec::new(),
    };
    let mut mutants = Vec::new();
    for kernel in arguments.iter().filter(|argument| site.is_kernel(argument)) {
        let (reference, name) = match kernel {
            Expr::Reference(reference) => ("&", site.text(&reference.expr)),
            kernel => ("", site.text(kernel)),
        };
        let reference = if keeps_reference { reference } else { "" };
        let of_one = ("|mutant_item|", format!("{name}(mutant_item.clone())"));
        let of_none = ("||", format!("{name}()"));
        for (arguments, call) in [of_one, of_none] {
            for pattern in replacements {
                let new = format!("{reference}{arguments} {}", replacement(pattern, &call));
                mutants.push(site.replace(kernel, new));
            }
        }
    }
    mutants
}

fn lock(site: Site) -> Vec<Vec<Edit>> {
    let Some(function) = site.function.filter(|_| site.is_in_parallel_function()) else {
        return Vec::new();
    };
    let held = "({ let _held = mutant_lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner); {call} })";
    let mut mutants = wrap(site, &[held]);
    for edits in &mut mutants {
        edits.push(Edit::insert(
            function.body.start,
            " let mutant_lock = std::sync::Mutex::new(());",
        ));
    }
    mutants
}

#[cfg(test)]
mod tests {
    use super::super::tests::mutants_of;

    #[test]
    fn a_kernel_is_called_twice_where_it_is_called_and_where_it_is_handed_on() {
        let of = |body| mutants_of("called twice", body);
        assert_eq!(of("1.0 + f(x)"), ["1.0 + ({ let _ = f(x); f(x) })"]);
        assert_eq!(
            of("xs.map(&f)"),
            [
                "xs.map(|mutant_item| ({ let _ = f(mutant_item.clone()); f(mutant_item.clone()) }))",
                "xs.map(|| ({ let _ = f(); f() }))",
            ]
        );
        assert_eq!(of("part(&f, f)")[3], "part(&f, || ({ let _ = f(); f() }))");
        // Only a kernel is watched by a claim.
        assert_eq!(of("g(x)"), [""; 0]);
    }

    #[test]
    fn a_panic_of_a_kernel_is_lost_or_replaced() {
        let caught = "std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(x)))";
        assert_eq!(
            mutants_of("panic swallowed", "-f(x)"),
            [format!("-{caught}.unwrap_or_default()")]
        );
        assert_eq!(
            mutants_of("panic replaced", "-f(x)"),
            [format!("-{caught}.unwrap_or_else(|_| panic!(\"a task panicked\"))")]
        );
    }

    #[test]
    fn a_kernel_is_called_on_another_thread() {
        assert_eq!(
            mutants_of("thread for each call", "-f(x)"),
            ["-std::thread::scope(|mutant_scope| mutant_scope.spawn(|| f(x)).join())\
             .unwrap_or_else(|mutant_panic| std::panic::resume_unwind(mutant_panic))"]
        );
    }

    #[test]
    fn a_lock_that_the_function_makes_is_held_during_a_call() {
        assert_eq!(
            mutants_of("lock around a call", "a.par_iter(); f(x)"),
            ["let mutant_lock = std::sync::Mutex::new(()); a.par_iter(); ({ let _held = \
             mutant_lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner); f(x) })"]
        );
    }

    #[test]
    fn a_result_is_hidden_or_loses_digits() {
        let hidden = mutants_of("odd values hidden", "f(x) * dx");
        assert_eq!(hidden.len(), 3);
        assert_eq!(hidden[2], "f(x).max(0.0) * dx");
        assert_eq!(
            hidden[0],
            "({ let mutant_result = f(x); if mutant_result.is_nan() { 0.0 } else { mutant_result } }) * dx"
        );
        assert_eq!(mutants_of("result in single precision", "f(x)"), ["(f(x) as f32 as f64)"]);
    }
}
