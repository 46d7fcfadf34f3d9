//! Terraform's words as Rust's.

/// Words that cannot name a function or field: Rust's keywords, strict and reserved ("Keywords", The Rust
/// Reference), and the functions that every builder or handle has already.
const TAKEN: &[&str] = &[
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "self",
    "Self",
    "static",
    "struct",
    "super",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "new",
    "build",
    "draft_mut",
    "depends_on",
    "provider",
    "provider_as",
    "lifecycle",
    "precondition",
    "postcondition",
    "argument",
    "clone",
    "into",
    "from",
    "node",
    "configure",
    "configure_at",
    "configure_as",
];

/// A function's name: the attribute's own, with `_` behind it where Rust or the builder needs the word.
pub(crate) fn snake(name: &str) -> String {
    let mut word: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if word.starts_with(|c: char| c.is_ascii_digit()) || word.is_empty() {
        word.insert(0, '_');
    }
    if TAKEN.contains(&word.as_str()) || word == "_" {
        word.push('_');
    }
    word
}

/// A type's name: the words of a Terraform name, each begun with a capital.
pub(crate) fn camel(name: &str) -> String {
    let mut word = String::new();
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        let mut letters = part.chars();
        word.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        word.push_str(letters.as_str());
    }
    if word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit()) {
        word.insert(0, 'N');
    }
    if word == "Self" {
        word.push('_');
    }
    word
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keywords_and_builder_functions_get_an_underscore() {
        assert_eq!(snake("type"), "type_");
        assert_eq!(snake("self"), "self_");
        assert_eq!(snake("lifecycle"), "lifecycle_");
        assert_eq!(snake("kms-key"), "kms_key");
        assert_eq!(snake("3d"), "_3d");
    }

    #[test]
    fn types_are_camel_case() {
        assert_eq!(camel("auto_scaling_configuration_version"), "AutoScalingConfigurationVersion");
        assert_eq!(camel("self"), "Self_");
        assert_eq!(camel("2fa"), "N2fa");
    }

    proptest! {
        #[test]
        fn any_name_gives_a_rust_word(name in "\\PC{0,12}") {
            for word in [snake(&name), camel(&name)] {
                prop_assert!(word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
                prop_assert!(word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && word != "_");
            }
        }
    }
}
