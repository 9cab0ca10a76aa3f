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

    #[test]
    fn an_untouched_exercise_is_known_by_its_words() {
        assert_eq!(standing_of(&skeleton(NEW)), Standing::Current);
        assert_eq!(standing_of(&skeleton(OLD)), Standing::Unbegun);
        assert_eq!(standing_of(&skeleton(OLDEST)), Standing::Unbegun);
        assert_eq!(standing_of(&(skeleton(OLDEST) + "// hm\n")), outdated_since(OLDEST));
    }

    fn outdated_since(contract: &str) -> Standing {
        let [then, now] = [contract, NEW].map(skeleton);
        Standing::Outdated { then, now }
    }

    #[test]
    fn from_which_version_a_code_has_grown_is_told_by_the_contract_in_it() {
        assert_eq!(standing_of(&write_code(NEW)), Standing::Own);
        assert_eq!(standing_of(&write_code(OLD)), outdated_since(OLD));
        assert_eq!(standing_of(&write_code(OLDEST)), outdated_since(OLDEST));
        // Code with the new line is not outdated.
        assert_eq!(standing_of(&write_code(OLD).replace(OLD, NEW)), Standing::Own);
    }

    #[test]
    fn where_one_cannot_tell_the_newest_version_is_taken() {
        assert_eq!(standing_of("fn twice() {}\n"), Standing::Own);
    }

    #[test]
    fn a_stub_that_reads_otherwise_is_no_other_contract() {
        let reworded = model(NEW).replace("todo!(\"", "todo!(\"please: ");
        let stands = standing(Some(&write_code(NEW)), &model(NEW), &[reworded]).unwrap();
        assert_eq!(stands, Standing::Own);
    }

    #[test]
    fn marks_of_a_merge_are_named_with_their_line() {
        let code = "fn a() {}\n<<<<<<< HEAD\nfn b() {}\n=======\nfn c() {}\n>>>>>>> new\n";
        assert_eq!(standing_of(code), Standing::Conflicting { line: 2 });
        assert_eq!(standing_of("// <<<<<<< no mark\n"), Standing::Own);
    }

    #[test]
    fn no_code_is_missing() {
        assert_eq!(standing(None, &model(NEW), &[]).unwrap(), Standing::Missing);
    }
}
