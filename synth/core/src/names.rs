//! Terraform names for elements: legal, readable, and different for different paths.
//!
//! An id of letters, digits and single inner `_` or `-` is kept; ids of nested constructs are joined by `__`;
//! any other character becomes `___HEX_`. What is kept has no two underscores in a row, so the joined name
//! can be read back: two paths never share a name.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::id::{Id, NodeId};
use crate::layout::Layout;
use crate::problem::Problem;
use crate::tree::{Content, Tree};

/// The names of all elements and constructs, by node.
#[derive(Debug)]
pub(crate) struct Names<'t>(Vec<Cow<'t, str>>);

impl Names<'_> {
    pub(crate) fn of(&self, node: NodeId) -> &str {
        self.0.get(node.index as usize).map_or("", |name| name)
    }
}

/// Names every element.
pub(crate) fn assign(tree: &Tree) -> Names<'_> {
    // A construct's own name is the prefix of its children's; parents come before their children.
    let mut names: Vec<Cow<'_, str>> = Vec::with_capacity(tree.nodes.len());
    for (_, node) in tree.iter() {
        let prefix = names.get(node.parent.index as usize).map_or("", |name| name);
        let name = match (&node.content, &node.id) {
            (Content::Root | Content::Stack, _) => Cow::Borrowed(""),
            (_, Id::This) => Cow::Owned(prefix.to_owned()),
            (_, Id::Exact(name)) => Cow::Borrowed(name.as_str()),
            (_, Id::Named(id)) if prefix.is_empty() => encode(id, Position::First),
            (_, Id::Named(id)) => Cow::Owned(format!("{prefix}__{}", encode(id, Position::Inner))),
        };
        names.push(name);
    }
    Names(names)
}

/// The name of a provider configuration beside the default one.
pub(crate) fn alias(id: &str) -> String {
    encode(id, Position::First).into_owned()
}

/// Reports empty ids, and constructs or elements that share a name.
pub(crate) fn check(tree: &Tree, names: &Names<'_>, layouts: &[Layout<'_>], problems: &mut Vec<Problem>) {
    let mut groups: Vec<(NodeId, &str, NodeId)> = Vec::new();
    for (id, node) in tree.iter() {
        if matches!(&node.id, Id::Named(name) if name.is_empty()) {
            let problem = Problem::new("an id is empty").help("give it a name that says what it is for");
            problems.push(Problem { origin: node.origin.clone(), path: tree.path(id), ..problem });
        }
        match (&node.content, &node.id) {
            (Content::Stack, Id::Named(name)) => groups.push((node.parent, name, id)),
            (Content::Construct { .. }, _) => groups.push((node.parent, names.of(id), id)),
            _ => {}
        }
    }
    groups.sort();
    for pair in groups.windows(2) {
        if let [(parent, name, first), (other, same, second)] = pair
            && (parent, name) == (other, same)
        {
            let what = if *parent == NodeId::ROOT { "stack" } else { "construct" };
            problems.extend(shared(tree, what, *first, *second));
        }
    }
    for group in layouts.iter().flat_map(|layout| &layout.groups) {
        let what = if group.label.is_empty() { group.kind.block() } else { group.label };
        for pair in group.elements.windows(2) {
            if let [(name, first, _), (same, second, _)] = pair
                && name == same
            {
                problems.extend(shared(tree, what, *first, *second));
            }
        }
    }
}

fn shared(tree: &Tree, what: &str, first: NodeId, second: NodeId) -> Option<Problem> {
    let (first, path) = (tree.node(first)?, tree.path(second));
    let problem = Problem::new(format!("there are two of `{what}` named `{path}`"))
        .related("the first one", first.origin.clone())
        .help("give one of them another id");
    Some(Problem { origin: tree.node(second)?.origin.clone(), path, ..problem })
}

/// Whether an id begins the name: a name must begin with a letter or `_`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    First,
    Inner,
}

fn encode(id: &str, position: Position) -> Cow<'_, str> {
    if is_kept(id, position) {
        return Cow::Borrowed(id);
    }
    let mut name = String::with_capacity(id.len() + 8);
    let mut before: Option<char> = None;
    let mut characters = id.chars().peekable();
    while let Some(character) = characters.next() {
        if stays(before, character, characters.peek().copied(), position) {
            name.push(character);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(name, "___{:x}_", u32::from(character));
        }
        before = Some(character);
    }
    Cow::Owned(name)
}

/// Whether every character of an id stays.
fn is_kept(id: &str, position: Position) -> bool {
    let mut before = None;
    let mut bytes = id.bytes().map(char::from).peekable();
    while let Some(character) = bytes.next() {
        if !stays(before, character, bytes.peek().copied(), position) {
            return false;
        }
        before = Some(character);
    }
    true
}

/// Whether a character stays as it is, between those beside it.
fn stays(before: Option<char>, character: char, after: Option<char>, position: Position) -> bool {
    let is_word = |other: Option<char>| other.is_some_and(|other| other.is_ascii_alphanumeric());
    match character {
        'a'..='z' | 'A'..='Z' => true,
        '0'..='9' | '-' => before.is_some() || position == Position::Inner,
        '_' => is_word(before) && is_word(after),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn joined(path: &[String]) -> String {
        let ids = path
            .iter()
            .enumerate()
            .map(|(position, id)| encode(id, if position == 0 { Position::First } else { Position::Inner }));
        ids.collect::<Vec<_>>().join("__")
    }

    fn is_legal(name: &str) -> bool {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    }

    #[test]
    fn usual_ids_are_kept() {
        for id in ["github_token", "github-token", "logs", "Api2", "a-b_c"] {
            assert_eq!(encode(id, Position::First), id);
        }
    }

    #[test]
    fn unusual_ids_become_legal() {
        assert_eq!(encode("a.b", Position::First), "a___2e_b");
        assert_eq!(encode("1abc", Position::First), "___31_abc");
        assert_eq!(encode("é", Position::First), "___e9_");
        assert_eq!(encode("a b", Position::First), "a___20_b");
    }

    /// Ids made of what could confuse: separators, digits, hex letters, escapes of other ids.
    fn id() -> impl Strategy<Value = String> {
        prop_oneof![
            "[a-b_0-1.-]{1,6}",
            "\\PC{1,4}",
            Just("__".to_owned()),
            Just("___2e_".to_owned()),
            Just("a__b".to_owned()),
            Just("_".to_owned()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn any_id_tree_gets_distinct_legal_names(
            paths in prop::collection::btree_set(prop::collection::vec(id(), 1..4), 2..40)
        ) {
            let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for path in paths {
                let name = joined(&path);
                prop_assert!(is_legal(&name), "{path:?} became `{name}`");
                if let Some(other) = names.insert(name.clone(), path.clone()) {
                    prop_assert!(false, "{path:?} and {other:?} both became `{name}`");
                }
            }
        }
    }
}
