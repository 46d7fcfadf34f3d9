//! What parameters may be called, and what environment variables are made of their names.

use synth_core::{Known, Problem, Scope, Value, functions};

use crate::limit::{self, Preconditions};

const PAGE: &str = "AWS Systems Manager API Reference, \"PutParameter\": Name";
/// Levels of a hierarchy (the same page).
const DEEPEST: usize = 15;
/// Characters of a name, of the 1011 there are for the ARN it becomes a part of: what is left with the longest region
/// (the same page).
const LONGEST: usize = 900;
const IN_WORDS: &str =
    "letters, digits, `.`, `_` and `-`, with `/` before each level, not beginning with `aws` or `ssm`";

/// The levels of a name, for Terraform.
const LEVELS: &str = "^(/[a-zA-Z0-9._-]+){1,15}$|^[a-zA-Z0-9._-]+$";
/// How no name begins, for Terraform.
const RESERVED: &str = "(?i)^/?(aws|ssm)";

/// Refuses a name that is written out and cannot be used; one that comes later gets a condition.
pub(super) fn check(name: &Value<String>, property: &str, scope: &mut Scope<'_>) -> Preconditions {
    let Known::Is(name) = name.known() else {
        return Preconditions::only_if(limit::is_judged_later(scope, name), || {
            let condition = functions::matches(LEVELS, name)
                .and(functions::matches(RESERVED, name).negated())
                .and(functions::length(name).at_most(LONGEST));
            (condition, format!("Accepted as a parameter's name: {IN_WORDS}."))
        });
    };
    refuse(name, property, scope);
    Preconditions::default()
}

/// Refuses a name that cannot be used.
pub(super) fn refuse(name: &str, property: &str, scope: &mut Scope<'_>) {
    if let Some(fault) = fault(name) {
        scope.refuse(Problem::new(fault).at(property).help(format!("write {IN_WORDS}")).source(PAGE));
    }
}

/// What is wrong with a name; nothing where it can be used.
fn fault(name: &str) -> Option<String> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    let levels: Vec<&str> = name.split('/').skip(usize::from(name.starts_with('/'))).collect();
    let reserved = |level: &&str| {
        let start = level.get(..3).map(str::to_ascii_lowercase);
        matches!(start.as_deref(), Some("aws" | "ssm"))
    };
    if !name.chars().all(legal) || levels.contains(&"") || name.len() > LONGEST {
        Some(format!("`{name}` cannot be a parameter's name"))
    } else if levels.len() > DEEPEST {
        Some(format!("`{name}` has {} levels, and a parameter has at most {DEEPEST}", levels.len()))
    } else if levels.len() > 1 && !name.starts_with('/') {
        Some(format!("`{name}` has levels, and does not begin with `/`"))
    } else if levels.first().is_some_and(reserved) {
        Some(format!("`{name}` begins with a word that is AWS's own"))
    } else {
        None
    }
}

/// The environment variable of a parameter: `backend-server-url` is `BACKEND_SERVER_URL`.
pub(super) fn variable(parameter: &str) -> String {
    parameter.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    #[test]
    fn names_become_environment_variables() {
        assert_eq!(variable("backend-server-url"), "BACKEND_SERVER_URL");
        assert_eq!(variable("database/host.name"), "DATABASE_HOST_NAME");
    }

    proptest! {
        #[test]
        fn what_synth_accepts_is_what_terraforms_patterns_accept(
            name in "/?(aws|AWS|Ssm|shop)?[a-z0-9._ -]{0,4}(/[a-z._-]{0,2}){0,17}|[a-z]{899,901}"
        ) {
            let is = |pattern: &str| Regex::new(pattern).unwrap().is_match(&name);
            let accepted = is(LEVELS) && !is(RESERVED) && name.len() <= LONGEST;
            prop_assert_eq!(fault(&name).is_none(), accepted, "{}", name);
        }

        #[test]
        fn any_name_becomes_letters_digits_and_underscores(name in "\\PC{0,16}") {
            let variable = variable(&name);
            prop_assert!(variable.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'));
            prop_assert_eq!(variable.chars().count(), name.chars().count());
        }
    }
}
