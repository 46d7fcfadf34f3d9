//! What roles and users may be called.

use synth_core::{Known, Problem, Scope, Value};

/// Characters (IAM API Reference, "CreateRole": RoleName, and "CreateUser": UserName).
const LONGEST: usize = 64;

/// The provider judges a name that comes later.
pub(super) fn check(scope: &mut Scope<'_>, whose: &str, name: &Value<String>) {
    let Known::Is(name) = name.known() else { return };
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '=' | ',' | '.' | '@' | '-');
    if !(1..=LONGEST).contains(&name.len()) || !name.chars().all(legal) {
        scope.refuse(
            Problem::new(format!("`{name}` cannot be {whose} name"))
                .at("/name")
                .help(format!("write 1 to {LONGEST} letters, digits, or any of `_+=,.@-`"))
                .source("IAM API Reference, \"CreateRole\": RoleName, \"CreateUser\": UserName"),
        );
    }
}
