//! What parameters may be called, and what environment variables are made of their names.

use synth_core::{Known, Problem, Scope, Value};

const PAGE: &str = "AWS Systems Manager API Reference, \"PutParameter\": Name";
/// Levels of a hierarchy (the same page).
const DEEPEST: usize = 15;
/// Characters of a name, of the 1011 there are for the ARN it becomes a part of: what is left with the longest region
/// (the same page).
const LONGEST: usize = 900;

pub(super) fn check(name: &Value<String>, property: &str, scope: &mut Scope<'_>) {
    let Known::Is(name) = name.known() else { return };
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    let levels: Vec<&str> = name.split('/').skip(usize::from(name.starts_with('/'))).collect();
    let reserved = |level: &&str| {
        let start = level.get(..3).map(str::to_ascii_lowercase);
        matches!(start.as_deref(), Some("aws" | "ssm"))
    };
    let message = if !name.chars().all(legal) || levels.contains(&"") || name.len() > LONGEST {
        format!("`{name}` cannot be a parameter's name")
    } else if levels.len() > DEEPEST {
        format!("`{name}` has {} levels, and a parameter has at most {DEEPEST}", levels.len())
    } else if levels.len() > 1 && !name.starts_with('/') {
        format!("`{name}` has levels, and does not begin with `/`")
    } else if levels.first().is_some_and(reserved) {
        format!("`{name}` begins with a word that is AWS's own")
    } else {
        return;
    };
    scope.refuse(
        Problem::new(message)
            .at(property)
            .help("write letters, digits, `.`, `_` and `-`, with `/` before each level, not beginning with `aws` or `ssm`")
            .source(PAGE),
    );
}

/// The environment variable of a parameter: `backend-server-url` is `BACKEND_SERVER_URL`.
pub(super) fn variable(parameter: &str) -> String {
    parameter.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::variable;

    #[test]
    fn names_become_environment_variables() {
        assert_eq!(variable("backend-server-url"), "BACKEND_SERVER_URL");
        assert_eq!(variable("database/host.name"), "DATABASE_HOST_NAME");
    }

    proptest! {
        #[test]
        fn any_name_becomes_letters_digits_and_underscores(name in "\\PC{0,16}") {
            let variable = variable(&name);
            prop_assert!(variable.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'));
            prop_assert_eq!(variable.chars().count(), name.chars().count());
        }
    }
}
