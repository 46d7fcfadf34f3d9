//! Objects whose large members are left where they are until somebody asks for them: of a plan nobody asks for most.

use super::Error;
use super::reader::{Left, Reader};
use crate::node::{Node, Opacity, Value};
use crate::text::Text;

/// Reads an object, of whose members these are left; anything else is read whole.
///
/// # Errors
///
/// If the text is not JSON, or is nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH).
pub(crate) fn outline(text: &Text, left: &'static [&'static str]) -> Result<Node, Error> {
    Reader::leaving(text, Left { members: left, depth: 1 }).document()
}

/// The text of a value that was left; nothing of one that was read.
pub(crate) fn left(node: &Node) -> Option<&Text> {
    match &node.value {
        Value::Opaque(opaque) if opaque.why == Opacity::Left => opaque.parts.first()?.as_text(),
        _ => None,
    }
}

/// The elements of a list one after the other, of whose members these are left.
pub(crate) fn elements<'t>(
    list: &'t Text,
    left: &'static [&'static str],
) -> impl Iterator<Item = Result<Node, Error>> + 't {
    let mut reader = Reader::leaving(list, Left { members: left, depth: 2 });
    std::iter::from_fn(move || reader.next_element().transpose())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json;
    use crate::source::Sources;

    const LEFT: &[&str] = &["a"];

    /// The same with everything read that was left.
    fn whole(outline: &Node) -> Node {
        outline.replaced(&mut |node| left(node).map(|text| json::read(text).unwrap()))
    }

    proptest! {
        #[test]
        fn what_was_left_is_what_would_have_been_read(
            written in r#"[ ]?([\[{]("[ab]" ?: ?)?([1x]|true|"\\n?"|\{"a":\[1,\{"a":"b"\}\]\}|\[\])?(, ?"[ab]":("é"|-1|null))?[\]}]?){0,2}"#,
        ) {
            let mut sources = Sources::default();
            let id = sources.add("t", written);
            let text = sources.text(id);
            let read = |node: Result<Node, Error>| node.map(|node| format!("{node:?}"));
            prop_assert_eq!(read(outline(&text, LEFT).map(|node| whole(&node))), read(json::read(&text)));
        }
    }

    #[test]
    fn elements_are_those_of_the_list() {
        for written in ["[]", " [ ]", r#"[{"a": [1, {"a": 2}], "b": {"a": 3}}, 4 , "a"]"#] {
            let mut sources = Sources::default();
            let id = sources.add("t", written);
            let text = sources.text(id);
            let read: Vec<Node> = elements(&text, LEFT).map(|node| whole(&node.unwrap())).collect();
            let Value::List(expected) = json::read(&text).unwrap().value else { panic!("{written}") };
            assert_eq!(format!("{read:?}"), format!("{:?}", expected.as_slice()));
        }
    }

    #[test]
    fn only_members_of_the_object_itself_are_left() {
        let mut sources = Sources::default();
        let id = sources.add("t", r#"{"b": {"a": 1}, "a": {"a": 2}}"#);
        let read = outline(&sources.text(id), LEFT).unwrap();
        let member = |name: &str| &read.member(name).unwrap().value;
        assert!(left(member("b")).is_none() && member("b").member("a").is_some());
        assert_eq!(left(member("a")).map(Text::as_str), Some(r#"{"a": 2}"#));
    }
}
