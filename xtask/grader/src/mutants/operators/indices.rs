//! Items that are dropped, repeated, or taken for others.

use syn::{Expr, RangeLimits};

use super::super::edit::Edit;
use super::super::syntax::Site;
use super::Operator;

pub const OPERATORS: &[Operator] = &[
    Operator {
        name: "range end",
        sentence: "moves an end of a range by one, or bounds it by 16 bits",
        mutations: move_range_ends,
    },
    Operator {
        name: "drop items",
        sentence: "leaves out the first or the last item of a sequence",
        mutations: drop_items,
    },
    Operator {
        name: "repeat an item",
        sentence: "goes through the first item of a sequence once more",
        mutations: repeat_item,
    },
    Operator {
        name: "remainder",
        sentence: "leaves out what is shorter than a chunk, or rounds a number of chunks the other way",
        mutations: drop_remainder,
    },
    Operator {
        name: "narrow index",
        sentence: "converts a number through a type of fewer bits",
        mutations: narrow_index,
    },
    Operator {
        name: "another index",
        sentence: "takes item 0 instead of the one that is asked for",
        mutations: take_item_0,
    },
    Operator { name: "another axis", sentence: "takes columns for rows", mutations: swap_axes },
];

/// Methods that begin a sequence of items.
const SOURCES: [&str; 16] = [
    "iter",
    "iter_mut",
    "into_iter",
    "par_iter",
    "par_iter_mut",
    "into_par_iter",
    "rows",
    "rows_mut",
    "axis_iter",
    "axis_iter_mut",
    "axis_chunks_iter",
    "chunks",
    "chunks_exact",
    "par_chunks",
    "par_chunks_mut",
    "windows",
];

fn move_range_ends(site: Site) -> Vec<Vec<Edit>> {
    let Some(Expr::Range(range)) = site.expr() else { return Vec::new() };
    let (Some(start), Some(end)) = (&range.start, &range.end) else { return Vec::new() };
    let (from, to) = (site.text(start), site.text(end));
    let mut mutants = vec![
        site.replace(start, format!("{from} + 1")),
        site.replace(end, format!("({to}).saturating_sub(1)")),
        site.replace(end, format!("({to}) + 1")),
        site.replace(end, format!("({to}).min(65_536)")),
    ];
    if matches!(range.limits, RangeLimits::HalfOpen(_)) {
        mutants.push(site.replace(range, format!("{from}..={to}")));
    }
    mutants
}

/// Whether a sequence of items begins here.
pub fn is_source(site: Site) -> bool {
    site.method_call().is_some_and(|call| SOURCES.iter().any(|source| call.method == source))
}

fn drop_items(site: Site) -> Vec<Vec<Edit>> {
    let Some(call) = site.method_call().filter(|_| is_source(site)) else { return Vec::new() };
    vec![site.append(call, ".skip(1)"), site.append(call, ".rev().skip(1).rev()")]
}

fn repeat_item(site: Site) -> Vec<Vec<Edit>> {
    let Some(call) = site.method_call().filter(|_| is_source(site)) else { return Vec::new() };
    vec![site.append(call, format!(".chain({}.take(1))", site.text(call)))]
}

fn drop_remainder(site: Site) -> Vec<Vec<Edit>> {
    if let Some(Expr::Binary(division)) = site.expr()
        && matches!(division.op, syn::BinOp::Div(_))
    {
        let (items, chunk) = (site.text(&division.left), site.text(&division.right));
        return vec![site.replace(division, format!("({items}).div_ceil({chunk})"))];
    }
    let Some(call) = site.method_call() else { return Vec::new() };
    let renamed = |name: &str| site.replace(&call.method, name);
    match &*call.method.to_string() {
        "div_ceil" => {
            let (items, chunk) = (site.text(&call.receiver), call.args.first());
            let chunk = chunk.map_or("1", |chunk| site.text(chunk));
            vec![site.replace(call, format!("({items} / {chunk})"))]
        }
        "chunks" => vec![renamed("chunks_exact")],
        "chunks_mut" => vec![renamed("chunks_exact_mut")],
        "par_chunks" => vec![renamed("par_chunks_exact")],
        "par_chunks_mut" => vec![renamed("par_chunks_exact_mut")],
        "remainder" => vec![site.append(call, "[..0]")],
        _ => Vec::new(),
    }
}

fn narrow_index(site: Site) -> Vec<Vec<Edit>> {
    let Some(Expr::Cast(cast)) = site.expr() else { return Vec::new() };
    let number = site.text(&cast.expr);
    let narrow = ["u16", "u32", "i32", "f32"];
    narrow.map(|narrow| site.replace(&cast.expr, format!("{number} as {narrow}"))).into()
}

fn take_item_0(site: Site) -> Vec<Vec<Edit>> {
    let arguments = match site.expr() {
        Some(Expr::Call(call)) => &call.args,
        Some(Expr::MethodCall(call)) => &call.args,
        _ => return Vec::new(),
    };
    let is_variable = |argument: &&Expr| match argument {
        Expr::Path(path) => path.path.get_ident().is_some(),
        _ => false,
    };
    arguments.iter().filter(is_variable).map(|argument| site.replace(argument, "0")).collect()
}

fn swap_axes(site: Site) -> Vec<Vec<Edit>> {
    if let Some(Expr::Call(call)) = site.expr()
        && site.text(&call.func).ends_with("Axis")
    {
        let other = if site.text(call).ends_with("(0)") { "(1)" } else { "(0)" };
        return vec![site.replace(call, format!("{}{other}", site.text(&call.func)))];
    }
    let Some(call) = site.method_call() else { return Vec::new() };
    let pairs = [
        ("nrows", "ncols"),
        ("row", "column"),
        ("row_mut", "column_mut"),
        ("rows", "columns"),
        ("rows_mut", "columns_mut"),
    ];
    let others = pairs.iter().filter_map(|(one, other)| match () {
        () if call.method == one => Some(other),
        () if call.method == other => Some(one),
        () => None,
    });
    others.map(|other| site.replace(&call.method, *other)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::mutants_of;

    #[test]
    fn a_range_is_shorter_or_longer_by_one_or_bounded_by_16_bits() {
        assert_eq!(
            mutants_of("range end", "g(1..n)"),
            [
                "g(1 + 1..n)",
                "g(1..(n).saturating_sub(1))",
                "g(1..(n) + 1)",
                "g(1..(n).min(65_536))",
                "g(1..=n)",
            ]
        );
        assert_eq!(mutants_of("range end", "g(1..)"), [""; 0]);
    }

    #[test]
    fn a_sequence_loses_an_end_or_repeats_its_first_item() {
        assert_eq!(
            mutants_of("drop items", "xs.par_iter().map(f)"),
            ["xs.par_iter().skip(1).map(f)", "xs.par_iter().rev().skip(1).rev().map(f)"]
        );
        assert_eq!(
            mutants_of("repeat an item", "(0..n).into_par_iter().sum()"),
            ["(0..n).into_par_iter().chain((0..n).into_par_iter().take(1)).sum()"]
        );
    }

    #[test]
    fn a_remainder_is_left_out_or_counted_the_other_way() {
        let of = |body| mutants_of("remainder", body);
        assert_eq!(of("n / 4"), ["(n).div_ceil(4)"]);
        assert_eq!(of("n.div_ceil(k)"), ["(n / k)"]);
        assert_eq!(of("xs.chunks(4)"), ["xs.chunks_exact(4)"]);
        assert_eq!(of("g(xs.remainder())"), ["g(xs.remainder()[..0])"]);
    }

    #[test]
    fn a_converted_number_loses_bits() {
        assert_eq!(
            mutants_of("narrow index", "i as f64"),
            ["i as u16 as f64", "i as u32 as f64", "i as i32 as f64", "i as f32 as f64"]
        );
    }

    #[test]
    fn a_variable_that_is_an_argument_becomes_0() {
        assert_eq!(
            mutants_of("another index", "g(xs.row(i), j + 1, k)"),
            ["g(xs.row(i), j + 1, 0)", "g(xs.row(0), j + 1, k)"]
        );
    }

    #[test]
    fn rows_become_columns() {
        let of = |body| mutants_of("another axis", body);
        assert_eq!(of("xs.axis_iter(Axis(0))"), ["xs.axis_iter(Axis(1))"]);
        assert_eq!(of("xs.row(i)"), ["xs.column(i)"]);
        assert_eq!(of("xs.ncols()"), ["xs.nrows()"]);
    }
}
