//! XML answers as JSON values: elements become objects, what is repeated arrays, everything else text.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};
use serde_json::{Map, Value};

/// Reads an answer `<XResponse><XResult>…`: the result's content, or the response's where there is no result.
pub(super) fn read(text: &str) -> Result<Value, String> {
    let document = Document::parse(text).map_err(|error| format!("the answer is not XML: {error}"))?;
    let root = document.root_element();
    let result = elements(root).find(|node| node.tag_name().name().ends_with("Result"));
    Ok(value(result.unwrap_or(root)))
}

fn elements<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(Node::is_element)
}

fn value(node: Node<'_, '_>) -> Value {
    let mut children = node.children().filter(Node::is_element).peekable();
    if children.peek().is_none() {
        return Value::String(node.text().unwrap_or_default().to_owned());
    }
    let mut members: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for child in children {
        members.entry(child.tag_name().name()).or_default().push(value(child));
    }
    if let (1, Some((&("member" | "item"), items))) = (members.len(), members.first_key_value()) {
        return Value::Array(items.clone());
    }
    let members = members.into_iter().map(|(name, mut values)| {
        let only = if values.len() == 1 { values.pop() } else { None };
        (name.to_owned(), only.unwrap_or(Value::Array(values)))
    });
    Value::Object(members.collect::<Map<_, _>>())
}

/// The items of a list: an array, or what stands in an element of its own name, once or more often.
pub(super) fn items(list: Value) -> Option<Vec<Value>> {
    match list {
        Value::Array(items) => Some(items),
        // XML has no empty lists: an empty element, or none.
        Value::Null => Some(Vec::new()),
        Value::String(text) if text.trim().is_empty() => Some(Vec::new()),
        Value::Object(named) if named.len() == 1 => match named.into_iter().next()?.1 {
            Value::Array(items) => Some(items),
            one => Some(vec![one]),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_result_becomes_an_object_with_lists() {
        let text = r#"<?xml version="1.0"?><ListRolesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
            <ListRolesResult><IsTruncated>false</IsTruncated><Roles><member><RoleName>a&amp;b</RoleName></member>
            <member><RoleName>c</RoleName></member></Roles></ListRolesResult></ListRolesResponse>"#;
        assert_eq!(
            read(text).unwrap(),
            json!({ "IsTruncated": "false", "Roles": [{ "RoleName": "a&b" }, { "RoleName": "c" }] })
        );
    }

    #[test]
    fn an_error_and_an_empty_list_are_read() {
        let text = "<ErrorResponse><Error><Code>NoSuchEntity</Code></Error></ErrorResponse>";
        assert_eq!(read(text).unwrap(), json!({ "Error": { "Code": "NoSuchEntity" } }));
        assert_eq!(read("<R><RResult><Roles/></RResult></R>").unwrap(), json!({ "Roles": "" }));
    }

    #[test]
    fn a_list_of_named_elements_has_one_item_or_more() {
        for (text, expected) in [
            ("<R><As/></R>", json!([])),
            ("<R><As><A><B>1</B></A></As></R>", json!([{ "B": "1" }])),
            ("<R><As><A>1</A><A>2</A></As></R>", json!(["1", "2"])),
        ] {
            let list = read(text).unwrap()["As"].take();
            assert_eq!(items(list).map(Value::Array), Some(expected), "{text}");
        }
        assert_eq!(items(json!({ "A": 1, "B": 2 })), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            prop_assert!(read(&text).is_ok() || !text.starts_with("<a/>"));
        }
    }
}
