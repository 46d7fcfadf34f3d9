//! The functions of Terraform that change strings or pick from lists: by them secrets are taken apart and
//! put together again.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::node::{Node, Value};
use crate::source::Span;
use crate::text::Text;

/// The result of a call whose arguments are known whole, or nothing if it is not computed.
pub(super) fn call(name: &str, arguments: &[Node], span: Span) -> Option<Node> {
    let text = |made: String| Some(Node::text(Text::new(made, span)));
    match (name, arguments) {
        ("lower", [value]) => text(value.literal()?.to_lowercase()),
        ("upper", [value]) => text(value.literal()?.to_uppercase()),
        ("strrev", [value]) => text(value.literal()?.chars().rev().collect()),
        ("trim", [value, cut]) => {
            let cut = cut.literal()?;
            text(value.literal()?.trim_matches(|character| cut.contains(character)).to_owned())
        }
        ("trimprefix", [value, start]) => {
            let value = value.literal()?;
            text(value.strip_prefix(start.literal()?).unwrap_or(value).to_owned())
        }
        ("trimsuffix", [value, end]) => {
            let value = value.literal()?;
            text(value.strip_suffix(end.literal()?).unwrap_or(value).to_owned())
        }
        ("replace", [value, old, new]) => {
            let old = old.literal()?;
            // Between slashes stands a regular expression.
            let is_expression = old.len() > 1 && old.starts_with('/') && old.ends_with('/');
            text(value.literal().filter(|_| !old.is_empty() && !is_expression)?.replace(old, new.literal()?))
        }
        ("substr", [value, offset, length]) => {
            text(part(value.literal()?, number(offset)?, number(length)?)?)
        }
        ("textdecodebase64", [value, encoding]) if encoding.literal()?.eq_ignore_ascii_case("utf-8") => {
            text(String::from_utf8(STANDARD.decode(value.literal()?).ok()?).ok()?)
        }
        ("basename", [path]) => text(path.literal()?.trim_end_matches('/').rsplit('/').next()?.to_owned()),
        ("dirname", [path]) => text(path.literal()?.rsplit_once('/')?.0.to_owned()),
        ("split", [separator, value]) => {
            let (separator, value) = (separator.literal().filter(|it| !it.is_empty())?, value.literal()?);
            let parts = value.split(separator).map(|part| Node::text(Text::new(part, span)));
            Some(Node::new(span, Value::List(parts.collect())))
        }
        ("reverse", [Node { value: Value::List(nodes), .. }]) => {
            Some(Node::new(span, Value::List(nodes.iter().rev().cloned().collect())))
        }
        ("element", [Node { value: Value::List(nodes), .. }, index]) => {
            let index = usize::try_from(number(index)?).ok()?.checked_rem(nodes.len())?;
            nodes.get(index).cloned()
        }
        ("coalesce", values) => values
            .iter()
            .find(|value| !matches!(value.value, Value::Null) && value.literal() != Some(""))
            .filter(|value| !value.is_later())
            .cloned(),
        ("lookup", [map, key, otherwise @ ..]) => looked_up(map, key.literal()?, otherwise.first()),
        _ => None,
    }
}

/// The value of a key, or what stands for it where the map has no such key.
fn looked_up(map: &Node, key: &str, otherwise: Option<&Node>) -> Option<Node> {
    let is_known =
        matches!(map.value, Value::Object(_)) && map.members().iter().all(|member| member.name().is_some());
    match map.member(key) {
        Some(member) => Some(member.value.clone()),
        None => otherwise.filter(|_| is_known).cloned(),
    }
}

/// What an encoding call comes to as a part of a string. As a whole value it stays a call: its argument says
/// more than its text.
pub(super) fn encoded(node: &Node) -> Option<Text> {
    let Value::Call(call) = &node.value else {
        return None;
    };
    let [argument] = call.arguments.as_slice() else {
        return None;
    };
    let value = argument.literal()?;
    let made = match call.name.trim_start_matches("core::") {
        "base64encode" => STANDARD.encode(value),
        "urlencode" => value.bytes().map(percent).collect(),
        _ => return None,
    };
    Some(Text::new(made, node.span))
}

/// RFC 3986, section 2.3: these stand for themselves.
fn percent(byte: u8) -> String {
    match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

/// Terraform counts from the end where the offset is negative, and to the end where the length is −1.
fn part(value: &str, offset: i64, length: i64) -> Option<String> {
    let count = i64::try_from(value.chars().count()).ok()?;
    let start = if offset < 0 { count.checked_add(offset)? } else { offset };
    let end = if length < 0 { count } else { start.checked_add(length)?.min(count) };
    let characters = value.chars().skip(usize::try_from(start).ok()?);
    Some(characters.take(usize::try_from(end.checked_sub(start)?).ok()?).collect())
}

/// The whole number that a value is.
pub(super) fn number(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Number(digits) => digits.parse().ok(),
        _ => None,
    }
}
