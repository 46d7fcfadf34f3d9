//! What things of App Runner may be called.

use synth_core::{Known, Problem, Scope, Value};

/// Names of App Runner have 4 to some number of characters (AWS App Runner API Reference, "CreateService",
/// "CreateAutoScalingConfiguration", "CreateConnection").
pub(super) fn check(
    scope: &mut Scope<'_>,
    property: &str,
    whose: &str,
    name: &Value<String>,
    least: usize,
    most: usize,
) {
    let Known::Is(name) = name.known() else { return };
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let fits = (least..=most).contains(&name.len());
    if !fits || !name.chars().all(legal) || !name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        scope.refuse(
            Problem::new(format!("`{name}` cannot be {whose} name"))
                .at(property)
                .help(format!("write {least} to {most} letters, digits, `-` or `_`, beginning with a letter or digit"))
                .source("AWS App Runner API Reference, \"CreateService\", \"CreateAutoScalingConfiguration\", \"CreateConnection\""),
        );
    }
}
