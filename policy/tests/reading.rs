//! Reading JSON: the same language as serde_json's, and every byte keeps its place.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use policy::json::{self, MAX_DEPTH};
use policy::node::{Node, Value};
use policy::source::Sources;
use policy::text::Text;
use proptest::prelude::*;

fn read(source: &str) -> (Result<Node, json::Error>, Sources) {
    let mut sources = Sources::default();
    let id = sources.add("t", source);
    let text = Text::new(source, sources.whole(id));
    (json::read(&text), sources)
}

/// The same value in serde_json's terms; of a repeated key the last counts in both.
fn plain(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(digits) => serde_json::from_str(digits).unwrap(),
        Value::Text(text) => text.as_str().into(),
        Value::List(nodes) => nodes.iter().map(plain).collect(),
        Value::Object(members) => {
            members.iter().map(|member| (member.name().unwrap().to_owned(), plain(&member.value))).collect()
        }
        other => unreachable!("not JSON: {other:?}"),
    }
}

fn expected(source: &str) -> &'static str {
    read(source).0.unwrap_err().expected
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn what_serde_writes_is_read_back(value in any_json(), pretty in any::<bool>()) {
        let source = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        prop_assert_eq!(plain(&read(&source.unwrap()).0.unwrap()), value);
    }

    #[test]
    fn the_same_texts_are_json_as_for_serde(source in r#"[\[\]{}:,"\\utrfn 0-9eE.+\-a-c\n]{0,24}"#) {
        let ours = read(&source).0;
        match serde_json::from_str::<serde_json::Value>(&source) {
            Ok(value) => prop_assert_eq!(plain(&ours.unwrap()), value),
            // serde_json has no number beyond f64 and no lone surrogate; Go's reader has both.
            Err(error) if error.to_string().contains("out of range") || source.contains("\\u") => {}
            Err(_) => prop_assert!(ours.is_err(), "{source:?}"),
        }
    }

    #[test]
    fn any_text_is_read_or_refused(source in any::<String>()) {
        let (read, sources) = read(&source);
        if let Err(error) = read {
            prop_assert!(sources.position(error.span).line >= 1);
        }
    }

    #[test]
    fn every_character_of_a_string_keeps_its_bytes(string in any::<String>()) {
        let source = serde_json::to_string(&string).unwrap();
        let (node, sources) = read(&source);
        let node = node.unwrap();
        let text = node.as_text().unwrap();
        for (at, character) in text.as_str().char_indices() {
            let written = sources.written(text.span_of(at..at + character.len_utf8()));
            let alone: String = serde_json::from_str(&format!("\"{written}\"")).unwrap();
            prop_assert_eq!(alone, character.to_string());
        }
    }
}

#[test]
fn repeated_keys_are_kept() {
    let node = read(r#"{"a": 1, "a": 2}"#).0.unwrap();
    assert_eq!(node.members().len(), 2);
}

#[test]
fn json_in_a_string_in_json_points_into_the_file() {
    let source = r#"{"p": "{\"a\": \"\\u0041b\"}"}"#;
    let (outer, sources) = read(source);
    let outer = outer.unwrap();
    let inner = json::read(outer.members()[0].value.as_text().unwrap()).unwrap();
    let value = inner.members()[0].value.as_text().unwrap();
    assert_eq!(value.as_str(), "Ab");
    assert_eq!(sources.written(value.span_of(0..1)), r"\\u0041");
    assert_eq!(sources.written(value.span_of(1..2)), "b");
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read(&nested(MAX_DEPTH)).0.is_ok());
    assert_eq!(expected(&nested(MAX_DEPTH + 1)), "at most 128 nested arrays and objects");
    assert_eq!(expected(&"[".repeat(1_000_000)), "at most 128 nested arrays and objects");
}

#[test]
fn errors_say_what_was_expected_and_where() {
    let (result, sources) = read("{\n  \"a\": 1\n  \"b\": 2}");
    let error = result.unwrap_err();
    assert_eq!(error.expected, "`,` or `}`");
    assert_eq!(sources.position(error.span).line, 3);
}

#[test]
fn a_byte_order_mark_and_nothing_are_refused() {
    assert_eq!(expected("\u{feff}{}"), "a JSON value");
    assert_eq!(expected(""), "a JSON value");
}

/// A string as it is written between quotes in Terraform's language.
fn hcl(string: &str) -> String {
    let mut written = String::new();
    for character in string.chars() {
        match character {
            '"' | '\\' => written.extend(['\\', character]),
            '\n' => written.push_str("\\n"),
            control if control.is_control() => written.push_str(&format!("\\u{:04x}", control as u32)),
            other => written.push(other),
        }
    }
    written.replace("${", "$${").replace("%{", "%%{")
}

proptest! {
    #[test]
    fn any_string_comes_back_through_an_expression(string in any::<String>(), odd in r#"[${}%"\\\n~a]{0,12}"#) {
        for string in [string, odd] {
            let expression = format!("${{jsonencode({{a = \"{}\"}})}}", hcl(&string));
            let source = serde_json::to_string(&expression).unwrap();
            let (node, sources) = read(&source);
            let node = policy::expression::read(&node.unwrap());
            let Value::Call(call) = &node.value else {
                return Err(TestCaseError::fail(format!("{source}: {node:?}")));
            };
            let text = call.arguments[0].members()[0].value.as_text().unwrap();
            prop_assert_eq!(text.literal(), Some(string.as_str()), "{}", source);
            // Every character points at bytes that say it.
            for (at, character) in text.as_str().char_indices() {
                let written = sources.written(text.span_of(at..at + character.len_utf8()));
                prop_assert!(!character.is_alphanumeric() || written.contains(character), "{character} at {written}");
            }
        }
    }
}
