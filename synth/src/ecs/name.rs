//! What things of ECS may be called.

use synth_core::{Known, Problem, Scope, Value};

/// Names of clusters, services, task definitions and containers. The provider, or ECS, judges one that comes later.
pub(super) fn check_name(scope: &mut Scope<'_>, whose: &str, name: &Value<String>) {
    let Known::Is(name) = name.known() else { return };
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !(1..=255).contains(&name.len()) || !name.chars().all(legal) {
        scope.refuse(
            Problem::new(format!("`{name}` cannot be {whose} name"))
                .at("/name")
                .help("write 1 to 255 letters, digits, `-` or `_`")
                .source("Amazon ECS API Reference, \"CreateCluster\", \"CreateService\", \"RegisterTaskDefinition\""),
        );
    }
}
