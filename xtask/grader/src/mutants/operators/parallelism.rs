//! How work is shared out: not at all, too coarsely, only in some sizes, to threads that are never waited for.

use syn::{Expr, Local, Stmt};

use super::super::edit::Edit;
use super::super::syntax::Site;
use super::Operator;

pub const OPERATORS: &[Operator] = &[
    Operator {
        name: "serial level",
        sentence: "has one thread do what was shared out",
        mutations: make_serial,
    },
    Operator {
        name: "few tasks",
        sentence: "cuts the work into two or four tasks, whatever the pool has",
        mutations: make_few_tasks,
    },
    Operator {
        name: "flat threshold",
        sentence: "shares the work out only below or only above a fixed size",
        mutations: set_threshold,
    },
    Operator {
        name: "joined at once",
        sentence: "joins each thread before it starts the next one",
        mutations: join_at_once,
    },
    Operator {
        name: "called outside",
        sentence: "calls the work here and not where it was to run",
        mutations: call_outside,
    },
    Operator {
        name: "never closed",
        sentence: "keeps what was to be closed or ended",
        mutations: leak,
    },
];

/// More than any contract of the course lets a thread do alone, and less than the claims try.
const THRESHOLD: &str = "10_000";

/// Whether rayon's iterators begin here.
fn begins_parallel(site: Site) -> bool {
    site.method_call().is_some_and(|call| {
        let name = call.method.to_string();
        name == "into_par_iter"
            || ["par_iter", "par_chunks", "par_bridge"].iter().any(|start| name.starts_with(start))
    })
}

/// Begins rayon's iterator with the smallest length of a task that an expression of its length `mutant_items.len()` gives.
fn with_least(site: Site, least: &str) -> Vec<Edit> {
    let Some(call) = site.expr() else { return Vec::new() };
    let items = site.text(call);
    site.replace(
        call,
        format!("{{ let mutant_items = {items}; let mutant_least = {least}; mutant_items.with_min_len(mutant_least) }}"),
    )
}

fn make_serial(site: Site) -> Vec<Vec<Edit>> {
    if let Some(Expr::Call(call)) = site.expr()
        && site.text(&call.func).ends_with("join")
        && let (Some(one), Some(other)) = (call.args.first(), call.args.get(1))
    {
        let serial = format!("(({})(), ({})())", site.text(one), site.text(other));
        return vec![site.replace(call, serial)];
    }
    let Some(call) = site.method_call() else { return Vec::new() };
    if begins_parallel(site) {
        return vec![site.append(call, ".with_min_len(usize::MAX)")];
    }
    // `Zip` of ndarray.
    match (&*call.method.to_string(), call.args.first(), call.args.get(1)) {
        ("par_for_each", ..) => vec![site.replace(&call.method, "for_each")],
        ("par_fold", Some(identity), Some(with)) => {
            let (zip, identity, with) =
                (site.text(&call.receiver), site.text(identity), site.text(with));
            vec![site.replace(call, format!("{zip}.fold(({identity})(), {with})"))]
        }
        _ => Vec::new(),
    }
}

fn make_few_tasks(site: Site) -> Vec<Vec<Edit>> {
    if !begins_parallel(site) {
        return Vec::new();
    }
    [2, 4].map(|tasks| with_least(site, &format!("mutant_items.len().div_ceil({tasks})"))).into()
}

fn set_threshold(site: Site) -> Vec<Vec<Edit>> {
    if begins_parallel(site) {
        return [">", "<"]
            .map(|above| {
                with_least(
                    site,
                    &format!(
                        "if mutant_items.len() {above} {THRESHOLD} {{ 1 }} else {{ usize::MAX }}"
                    ),
                )
            })
            .into();
    }
    let (Some(call), Some(serial)) = (site.method_call(), make_serial(site).pop()) else {
        return Vec::new();
    };
    if !call.method.to_string().starts_with("par_") {
        return Vec::new();
    }
    // Of the whole call or of the method's name: its text is that of the call with a variable for the receiver.
    let receiver = site.text(&call.receiver);
    let parallel = site.text(call).replacen(receiver, "mutant_zip", 1);
    let serial = match &serial[..] {
        [edit] if edit.text == "for_each" => parallel.replacen("par_for_each", "for_each", 1),
        [edit] => edit.text.replacen(receiver, "mutant_zip", 1),
        _ => return Vec::new(),
    };
    [">", "<"]
        .map(|above| {
            site.replace(
                call,
                format!(
                    "{{ let mutant_zip = {receiver}; if mutant_zip.size() {above} {THRESHOLD} {{ {parallel} }} else {{ {serial} }} }}"
                ),
            )
        })
        .into()
}

/// `let threads: Vec<_> = ITERATOR.collect();` without its `collect` starts a thread when it is asked for.
fn join_at_once(site: Site) -> Vec<Vec<Edit>> {
    let Some(Stmt::Local(Local { pat, init: Some(init), .. })) = site.statement() else {
        return Vec::new();
    };
    match (pat, &*init.expr) {
        (syn::Pat::Type(typed), Expr::MethodCall(call))
            if call.method == "collect" && site.text(&call.receiver).contains("spawn") =>
        {
            let name = site.text(&typed.pat);
            let started = site.text(&call.receiver);
            vec![[site.replace(pat, name), site.replace(call, started)].concat()]
        }
        _ => Vec::new(),
    }
}

fn call_outside(site: Site) -> Vec<Vec<Edit>> {
    let Some(call) = site.method_call() else { return Vec::new() };
    let Some(work) = call.args.first().filter(|_| call.args.len() == 1) else { return Vec::new() };
    let work = site.text(work);
    match &*call.method.to_string() {
        "install" => vec![site.replace(call, format!("({work})()"))],
        // Of lesson 06: the alarm clock of a process.
        "within" => vec![site.replace(call, format!("Ok::<_, TooLate>(({work})())"))],
        _ => Vec::new(),
    }
}

fn leak(site: Site) -> Vec<Vec<Edit>> {
    let forgotten = |expr: &Expr| {
        site.replace(expr, format!("std::mem::ManuallyDrop::new({})", site.text(expr)))
    };
    if let Some(call) = site.method_call()
        && call.method == "install"
        && !matches!(*call.receiver, Expr::Path(_))
    {
        return vec![forgotten(&call.receiver)];
    }
    if let Some(call) = site.method_call()
        && call.method == "clear"
    {
        let all = site.text(&call.receiver);
        return vec![site.replace(call, format!("std::mem::forget(std::mem::take(&mut {all}))"))];
    }
    match site.statement() {
        Some(Stmt::Local(Local { pat, init: Some(init), .. }))
            if site.text(pat).contains("pool") =>
        {
            vec![forgotten(&init.expr)]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::mutants_of;

    #[test]
    fn one_thread_does_what_was_shared_out() {
        let of = |body| mutants_of("serial level", body);
        assert_eq!(of("xs.par_iter().sum()"), ["xs.par_iter().with_min_len(usize::MAX).sum()"]);
        assert_eq!(of("rayon::join(|| a, || b)"), ["((|| a)(), (|| b)())"]);
        assert_eq!(of("zip.par_for_each(f)"), ["zip.for_each(f)"]);
        assert_eq!(of("zip.par_fold(|| 0.0, with, add)"), ["zip.fold((|| 0.0)(), with)"]);
        assert_eq!(of("xs.iter().sum()"), [""; 0]);
    }

    #[test]
    fn there_are_fewer_tasks_than_threads() {
        assert_eq!(mutants_of("few tasks", "xs.par_iter().sum()"), [2, 4].map(|tasks| {
            format!(
                "{{ let mutant_items = xs.par_iter(); let mutant_least = mutant_items.len().div_ceil({tasks}); \
                 mutant_items.with_min_len(mutant_least) }}.sum()"
            )
        }));
    }

    #[test]
    fn a_fixed_size_decides_whether_work_is_shared_out() {
        assert_eq!(
            mutants_of("flat threshold", "xs.par_iter().sum()")[0],
            "{ let mutant_items = xs.par_iter(); \
             let mutant_least = if mutant_items.len() > 10_000 { 1 } else { usize::MAX }; \
             mutant_items.with_min_len(mutant_least) }.sum()"
        );
        assert_eq!(
            mutants_of("flat threshold", "zip(a).par_for_each(f)")[1],
            "{ let mutant_zip = zip(a); if mutant_zip.size() < 10_000 { mutant_zip.par_for_each(f) } \
             else { mutant_zip.for_each(f) } }"
        );
        assert_eq!(
            mutants_of("flat threshold", "zip.par_fold(|| 0.0, with, add) * dx")[0],
            "{ let mutant_zip = zip; if mutant_zip.size() > 10_000 { mutant_zip.par_fold(|| 0.0, with, add) } \
             else { mutant_zip.fold((|| 0.0)(), with) } } * dx"
        );
    }

    #[test]
    fn threads_are_joined_one_by_one() {
        assert_eq!(
            mutants_of("joined at once", "let all: Vec<_> = xs.map(|x| s.spawn(x)).collect();"),
            ["let all = xs.map(|x| s.spawn(x));"]
        );
    }

    #[test]
    fn work_is_called_here() {
        assert_eq!(mutants_of("called outside", "pool.install(work)"), ["(work)()"]);
        assert_eq!(
            mutants_of("called outside", "self.alarm.within(|| a)"),
            ["Ok::<_, TooLate>((|| a)())"]
        );
    }

    #[test]
    fn a_pool_is_never_closed() {
        let of = |body| mutants_of("never closed", body);
        assert_eq!(of("new()?.install(g)"), ["std::mem::ManuallyDrop::new(new()?).install(g)"]);
        assert_eq!(
            of("let pools = start()?;"),
            ["let pools = std::mem::ManuallyDrop::new(start()?);"]
        );
        assert_eq!(of("let error = PoolError::new();"), [""; 0]);
        assert_eq!(of("self.all.clear();"), ["std::mem::forget(std::mem::take(&mut self.all));"]);
    }
}
