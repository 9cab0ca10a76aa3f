//! How an exercise stands to the versions of its skeleton. Pure.

use std::collections::HashSet;

use anyhow::Result;
use xtask_core::skeleton;

/// Whose an exercise is, and of which version.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// Word for word the skeleton of this version.
    Current,
    /// Word for word the skeleton of an earlier one.
    Unbegun,
    /// The student's, and what the skeleton asks for has not changed since, as far as one can tell.
    Own,
    /// The student's, grown from the skeleton `then`, which is another one `now`.
    Outdated { then: String, now: String },
    /// Git has left its marks where two versions met; the first is in this line.
    Conflicting { line: usize },
    /// There is no code.
    Missing,
}

/// How `code` stands, given the source of the model of this version and of those before it, the newest first.
///
/// # Errors
///
/// The markers of this version's model do not match.
pub fn standing(code: Option<&str>, now: &str, earlier: &[String]) -> Result<Standing> {
    let Some(code) = code else {
        return Ok(Standing::Missing);
    };
    let skeleton = skeleton::derive(now)?;
    if code == skeleton {
        return Ok(Standing::Current);
    }
    let earlier: Vec<(&String, String)> =
        earlier.iter().filter_map(|model| Some((model, skeleton::derive(model).ok()?))).collect();
    if earlier.iter().any(|(_, skeleton)| skeleton == code) {
        return Ok(Standing::Unbegun);
    }
    if let Some(line) = conflict(code) {
        return Ok(Standing::Conflicting { line });
    }
    // Of the versions that fit best, the newest.
    let unmet_now = unmet(now, code);
    let grown_from = earlier
        .into_iter()
        .min_by_key(|(model, _)| unmet(model, code))
        .filter(|(model, then)| unmet(model, code) < unmet_now && *then != skeleton);
    Ok(match grown_from {
        Some((_, then)) => Standing::Outdated { then, now: skeleton },
        None => Standing::Own,
    })
}

/// How many lines of the contract, which stands in the model and in the skeleton, are not in the code.
///
/// A student writes between these lines, and so they tell from which skeleton the code has grown.
fn unmet(model: &str, code: &str) -> usize {
    let lines: HashSet<&str> = code.lines().map(str::trim).collect();
    let contract = skeleton::contract(model);
    let is_unmet = |line: &&str| !lines.contains(line.trim());
    contract.into_iter().filter(is_unmet).count()
}

/// The line of the first mark that git leaves where it cannot merge.
fn conflict(code: &str) -> Option<usize> {
    let begins = |marks: &str| code.lines().position(|line| line.starts_with(marks));
    let (ours, theirs) = (begins("<<<<<<< ")?, begins(">>>>>>> ")?);
    (ours < theirs).then_some(ours + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model whose contract is this line, and whose stub says so too.
    fn model(contract: &str) -> String {
        format!(
            "/// Twice the number.\n{contract}\npub fn twice(number: i32) -> i32 {{\n    \
             // skeleton: todo!(\"{contract}\")\n    // solution:\n    2 * number\n    // end\n}}\n"
        )
    }

    fn skeleton(contract: &str) -> String {
        skeleton::derive(&model(contract)).unwrap()
    }

    const OLDEST: &str = "/// Any number.";
    const OLD: &str = "/// 0 for 0.";
    const NEW: &str = "/// No overflow.";

    fn standing_of(code: &str) -> Standing {
        standing(Some(code), &model(NEW), &[NEW, OLD, OLDEST].map(model)).unwrap()
    }

    /// What a student makes of a skeleton.
    fn write_code(contract: &str) -> String {
        let stub = format!("todo!(\"{contract}\")");
        skeleton(contract).replace(&stub, "number + number")
    }

    fn outdated_since(contract: &str) -> Standing {
        let [then, now] = [contract, NEW].map(skeleton);
        Standing::Outdated { then, now }
    }

    #[test]
    fn an_exercise_stands_by_its_words_and_by_the_contract_in_it() {
        let merge = "fn a() {}\n<<<<<<< HEAD\nfn b() {}\n=======\nfn c() {}\n>>>>>>> new\n";
        for (claim, code, expected) in [
            ("a skeleton of this version", skeleton(NEW), Standing::Current),
            ("one of the version before", skeleton(OLD), Standing::Unbegun),
            ("one of the oldest version", skeleton(OLDEST), Standing::Unbegun),
            ("one with a word more", skeleton(OLDEST) + "// hm\n", outdated_since(OLDEST)),
            ("grown from this version", write_code(NEW), Standing::Own),
            ("grown from the one before", write_code(OLD), outdated_since(OLD)),
            ("grown from the oldest", write_code(OLDEST), outdated_since(OLDEST)),
            ("brought up to date by hand", write_code(OLD).replace(OLD, NEW), Standing::Own),
            ("grown from one cannot tell what", "fn twice() {}\n".to_owned(), Standing::Own),
            ("half merged", merge.to_owned(), Standing::Conflicting { line: 2 }),
            ("with what only looks like a mark", "// <<<<<<< no mark\n".to_owned(), Standing::Own),
        ] {
            assert_eq!(standing_of(&code), expected, "{claim}");
        }
        assert_eq!(standing(None, &model(NEW), &[]).unwrap(), Standing::Missing);
    }

    #[test]
    fn a_stub_that_reads_otherwise_is_no_other_contract() {
        let reworded = model(NEW).replace("todo!(\"", "todo!(\"please: ");
        let stands = standing(Some(&write_code(NEW)), &model(NEW), &[reworded]).unwrap();
        assert_eq!(stands, Standing::Own);
    }
}
