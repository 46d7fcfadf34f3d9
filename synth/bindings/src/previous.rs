//! The names of blocks that a crate has already: types that are new in a provider do not take them away.

use std::collections::{BTreeMap, BTreeSet};

/// The block names of an earlier version of a crate; none where there is no earlier version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Previous {
    /// By file, and then by the part of it, which is a Rust module.
    blocks: BTreeMap<(String, &'static str), BTreeSet<String>>,
}

/// The parts of a file, in their order: resources stand first, in the file's own module.
const PARTS: [(&str, &str); 2] = [("pub mod data {", "data"), ("pub mod ephemeral {", "ephemeral")];

impl Previous {
    /// Reads the names from the files of a generated crate, given by path and text.
    pub fn of<P: Into<String>, T: AsRef<str>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut previous = Previous::default();
        for (path, text) in files {
            let path = path.into();
            let mut part = "";
            for line in text.as_ref().lines() {
                if let Some((_, begins)) = PARTS.iter().find(|(begin, _)| line == *begin) {
                    part = begins;
                }
                if let Some(name) = block(line) {
                    previous.blocks.entry((path.clone(), part)).or_default().insert(name.to_owned());
                }
            }
        }
        previous
    }

    /// Whether a module's part has a block of that name.
    pub(crate) fn has_block(&self, module: &str, part: &'static str, name: &str) -> bool {
        self.blocks.get(&(format!("src/{module}.rs"), part)).is_some_and(|names| names.contains(name))
    }
}

/// The block that a line of a generated file declares or gives another name.
fn block(line: &str) -> Option<&str> {
    let declared = line.strip_prefix("block! { ").or_else(|| line.strip_prefix("reference! { "));
    let alias = || line.strip_prefix("pub use self::").and_then(|rest| rest.split_once(" as "));
    let rest = declared.or_else(|| alias().map(|(_, alias)| alias))?;
    rest.split(|c: char| !c.is_ascii_alphanumeric()).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_each_part_of_a_file() {
        let text =
            "block! { AB (S0 x) }\npub use self::AB as CB;\n\npub mod data {\nreference! { DRef }\n}\n";
        let previous = Previous::of([("src/iam.rs", text)]);
        assert!(previous.has_block("iam", "", "AB") && previous.has_block("iam", "", "CB"));
        assert!(previous.has_block("iam", "data", "DRef"));
        assert!(!previous.has_block("iam", "data", "AB") && !previous.has_block("ec2", "", "AB"));
    }

    #[test]
    fn nothing_is_known_of_a_crate_that_was_not_there() {
        assert!(!Previous::default().has_block("iam", "", "AB"));
        assert_eq!(Previous::of([("src/iam.rs", "fn main() {}")]), Previous::default());
    }
}
