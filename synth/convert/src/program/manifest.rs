//! The manifest of a program.

/// A package that is named as the stack.
pub(super) fn manifest(stack: &str, features: &[String]) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let name: String = stack
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' })
        .collect();
    let name =
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("stack-{name}") };
    let features: Vec<String> = features.iter().map(|feature| format!("{feature:?}")).collect();
    format!(
        "[package]
name = \"{name}\"
version = \"0.1.0\"
edition = \"2024\"
publish = false

[dependencies]
synth = {{ version = \"{version}\", default-features = false }}
synth-aws = {{ version = \"{version}\", features = [{}] }}
synth-core = \"{version}\"
",
        features.join(", ")
    )
}
