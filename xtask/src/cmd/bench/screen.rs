//! What criterion has found, in the terminal.

use std::fmt::Write as _;

use measure::protocol::{BenchDocument, BenchedWorkload};
use measure::{Interval, time};
use xtask_core::ui::screen::wrap;
use xtask_core::ui::{BOLD, FAINT, OPEN, apply_style};

/// A table for each workload.
pub fn screen(document: &BenchDocument, width: usize) -> String {
    let mut page = String::new();
    for group in &document.groups {
        page += &of_group(group, document.against.as_deref(), width);
    }
    for missing in &document.missing {
        let words = wrap(&format!("not measured, {missing}"), width - 4).replace('\n', "\n    ");
        let _ = writeln!(page, "  {} {words}", apply_style(OPEN, "○"));
    }
    let method = "medians by criterion, one arm after the other; `cargo xtask compare` and `sweep` time them in turn, \
                  which is safer on a busy machine";
    page + &format!("{}\n\n", apply_style(FAINT, &wrap(method, width)))
}

fn of_group(group: &BenchedWorkload, against: Option<&str>, width: usize) -> String {
    let mut page = format!("{}\n", apply_style(BOLD, &wrap(&group.workload, width)));
    let change = against.map_or(String::new(), |name| format!("  since {name}"));
    let heads = format!(
        "  {:<15}  {:>8}  {:>20}  {:>8}  {:>12}{change}",
        "", "median", "95 % interval", "× serial", "items a s"
    );
    let _ = writeln!(page, "{}", apply_style(FAINT, &heads));
    let serial = group.serial_s();
    for arm in &group.arms {
        let median = arm.median_s;
        let end = |end: Option<f64>| time(end.unwrap_or(f64::NAN));
        let interval = format!("{} to {}", end(arm.low_s), end(arm.high_s));
        let _ = writeln!(
            page,
            "  {:<15}  {:>8}  {interval:>20}  {:>8}  {:>12}{}",
            arm.name.word(),
            time(median),
            serial.map_or("–".to_owned(), |serial| format!("{:.2}", serial / median)),
            rate(group.items as f64 / median),
            arm.change.map_or(String::new(), since),
        );
    }
    page + "\n"
}

/// Items a second: `2.33 billion`.
fn rate(items: f64) -> String {
    match items {
        items if items >= 1e9 => format!("{:.2} billion", items * 1e-9),
        items if items >= 1e6 => format!("{:.1} million", items * 1e-6),
        items => format!("{items:.0}"),
    }
}

fn since(change: Interval) -> String {
    let judged = if change.low > 0.0 || change.high < 0.0 { "" } else { " (noise)" };
    format!("  {:+.0} %{judged}", 100.0 * change.median)
}

#[cfg(test)]
mod tests {
    use measure::protocol::{BenchArm, BenchArmName};

    use super::super::super::sweep::screen::tests::header;
    use super::*;

    #[test]
    fn each_arm_is_a_line_with_its_ratio() {
        let arm = |name, median_s, [low, median, high]: [f64; 3]| BenchArm {
            name,
            median_s,
            low_s: Some(0.98 * median_s),
            high_s: Some(1.02 * median_s),
            change: Some(Interval { low, median, high }),
        };
        let document = BenchDocument {
            header: header(),
            against: Some("before".to_owned()),
            missing: vec!["yours: it does not compile".to_owned()],
            groups: vec![BenchedWorkload {
                workload: "integral of x² − x: 10,000,000 samples in 64 chunks".to_owned(),
                items: 10_000_000,
                arms: vec![
                    arm(BenchArmName::Serial, 0.0085, [-0.01, 0.01, 0.03]),
                    arm(BenchArmName::Model, 0.0043, [-0.25, -0.2, -0.15]),
                ],
            }],
        };
        let page = anstream::adapter::strip_str(&screen(&document, 80)).to_string();
        insta::assert_snapshot!(page, @"
        integral of x² − x: 10,000,000 samples in 64 chunks
                             median         95 % interval  × serial     items a s  since before
          serial baseline   8.50 ms    8.33 ms to 8.67 ms      1.00  1.18 billion  +1 % (noise)
          the model         4.30 ms    4.21 ms to 4.39 ms      1.98  2.33 billion  -20 %

          ○ not measured, yours: it does not compile
        medians by criterion, one arm after the other; `cargo xtask compare` and `sweep`
        time them in turn, which is safer on a busy machine
        ");
    }
}
