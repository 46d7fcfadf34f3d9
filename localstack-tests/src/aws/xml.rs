//! XML answers as JSON values: elements become objects, lists of `member` arrays, everything else text.

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
    let children: Vec<_> = children.collect();
    if children.iter().all(|child| child.tag_name().name() == "member") {
        return children.into_iter().map(value).collect();
    }
    let members = children.into_iter().map(|child| (child.tag_name().name().to_owned(), value(child)));
    Value::Object(members.collect::<Map<_, _>>())
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

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            prop_assert!(read(&text).is_ok() || !text.starts_with("<a/>"));
        }
    }
}
