//! What criterion has found, from the files that it leaves behind.

use std::fs;
use std::path::{Path, PathBuf};

use measure::Interval;
use measure::protocol::{BenchArm, BenchArmName, Benchmark, Estimate, Estimates};

use super::read;

/// An arm of the document, in seconds; `None` if it has not been timed. `changed` asks for the change against the
/// baseline as well, as a ratio of the medians less 1.
pub fn of_arm(folder: &Path, group: &str, name: BenchArmName, changed: bool) -> Option<BenchArm> {
    let place = places(folder).into_iter().find(|place| {
        read::<Benchmark>(&place.join("new/benchmark.json")).is_some_and(|benchmark| {
            benchmark.group_id == group && benchmark.function_id.as_deref() == Some(name.word())
        })
    })?;
    let median = |file: &str| Some(interval(read::<Estimates>(&place.join(file))?.median));
    let seconds = |nanoseconds: f64| nanoseconds * 1e-9;
    let Interval { low, median: middle, high } = median("new/estimates.json")?;
    Some(BenchArm {
        name,
        median_s: seconds(middle),
        low_s: Some(seconds(low)),
        high_s: Some(seconds(high)),
        change: changed.then(|| median("change/estimates.json")).flatten(),
    })
}

fn interval(estimate: Estimate) -> Interval {
    Interval {
        low: estimate.confidence_interval.lower_bound,
        median: estimate.point_estimate,
        high: estimate.confidence_interval.upper_bound,
    }
}

/// The baselines that were kept, by name.
pub fn baselines(folder: &Path) -> Vec<String> {
    let of_place = |place: PathBuf| subfolders(&place);
    let names = places(folder).into_iter().flat_map(of_place).filter_map(|kept| {
        let name = kept.file_name()?.to_str()?.to_owned();
        let is_baseline =
            kept.join("estimates.json").is_file() && !["new", "base", "change"].contains(&&*name);
        is_baseline.then_some(name)
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.dedup();
    names
}

/// Where each arm's figures lie: a folder a group, and in it a folder an arm.
fn places(folder: &Path) -> Vec<PathBuf> {
    subfolders(folder).iter().flat_map(|group| subfolders(group)).collect()
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// As criterion 0.7 leaves it.
    fn left_behind() -> PathBuf {
        let folder = std::env::temp_dir().join(format!("many-hands-bench-{}", std::process::id()));
        let arm = folder.join("a sum_ 10 numbers/the model");
        let estimates = json!({ "median": { "point_estimate": 4.3e6, "confidence_interval": { "lower_bound": 4.2e6, "upper_bound": 4.5e6 } } });
        let change = json!({ "median": { "point_estimate": -0.1, "confidence_interval": { "lower_bound": -0.2, "upper_bound": 0.0 } } });
        for (file, content) in [
            (
                "new/benchmark.json",
                json!({ "group_id": "a sum: 10 numbers", "function_id": "the model" }),
            ),
            ("new/estimates.json", estimates.clone()),
            ("before/estimates.json", estimates),
            ("change/estimates.json", change),
        ] {
            let file = arm.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, content.to_string()).unwrap();
        }
        folder
    }

    #[test]
    fn an_arm_is_found_by_its_names_and_kept_baselines_are_listed_once() {
        let folder = left_behind();
        let of_arm = |name| of_arm(&folder, "a sum: 10 numbers", name, true);
        let (arm, other) = (of_arm(BenchArmName::Model).unwrap(), of_arm(BenchArmName::Yours));
        let names = baselines(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert!((arm.median_s - 4.3e-3).abs() < 1e-12, "{arm:?}");
        assert_eq!(arm.change.unwrap().low, -0.2);
        assert_eq!(other, None);
        assert_eq!(names, ["before"]);
        assert!(baselines(Path::new("no such folder")).is_empty());
    }
}
