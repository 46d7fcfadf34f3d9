//! Every literal string of a configuration with the names that lead to it, also inside JSON in a
//! string and base64.

use base64::Engine as _;

use crate::json;
use crate::node::{Member, Node, Value};
use crate::terraform::{Block, Kind};
use crate::text::Text;

/// A literal string in its place.
#[derive(Clone, Debug)]
pub struct Literal {
    /// The index of its block among the configuration's blocks.
    pub block: usize,
    /// The keys that lead to it from the body of the block.
    pub path: Vec<String>,
    /// The key that names it: the last of the path, or its sibling `name`.
    pub name: String,
    /// The string.
    pub text: Text,
}

/// Decoding goes no deeper than this: JSON in base64 in JSON.
const MAX_DECODING: usize = 3;

/// Collects the literals of all blocks.
#[must_use]
pub fn literals(blocks: &[Block]) -> Vec<Literal> {
    let mut found = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let mut visit = |path: &[String], name: &str, node: &Node| {
            if let Value::Text(text) = &node.value {
                found.push(Literal {
                    block: index,
                    path: path.to_vec(),
                    name: name.to_owned(),
                    text: text.clone(),
                });
            }
        };
        // The name of what is a value itself is the name of that value.
        let name = match block.kind {
            Kind::Local | Kind::Value | Kind::Other => block.name(),
            _ => "",
        };
        places(&block.body, name, &mut visit);
    }
    found
}

/// Visits every leaf of a body with the keys that lead to it and the key that names it.
pub fn places(body: &Node, name: &str, visit: &mut impl FnMut(&[String], &str, &Node)) {
    let mut walk = Walk { path: Vec::new(), decoding: 0, in_dynamic_label: false, in_dynamic: false, visit };
    walk.node(body, name);
}

struct Walk<'v, V> {
    path: Vec<String>,
    decoding: usize,
    /// Below `dynamic`, where the next key is the name of a block.
    in_dynamic_label: bool,
    /// Below the name of a dynamic block.
    in_dynamic: bool,
    visit: &'v mut V,
}

impl<V: FnMut(&[String], &str, &Node)> Walk<'_, V> {
    fn node(&mut self, node: &Node, name: &str) {
        match &node.value {
            Value::Object(members) => self.object(node, members),
            Value::List(nodes) => nodes.iter().for_each(|node| self.node(node, name)),
            Value::Text(text) => {
                (self.visit)(&self.path, name, node);
                self.decoded(text, name);
                text.holes().for_each(|hole| self.node(hole, name));
            }
            // A digest or a length does not show what it was made of.
            Value::Call(call) if is_digest(&call.name) => {}
            Value::Conditional(either) => {
                self.node(&either.then, name);
                self.node(&either.otherwise, name);
            }
            _ => {
                (self.visit)(&self.path, name, node);
                node.children().into_iter().for_each(|child| self.node(child, name));
            }
        }
    }

    fn object(&mut self, node: &Node, members: &[Member]) {
        let pair = pair_name(node);
        for member in members {
            let key = member.name().unwrap_or_default();
            // The content of a dynamic block stands where the block itself would.
            let hidden = key == "dynamic" || (key == "content" && self.in_dynamic);
            if !hidden {
                self.path.push(key.to_owned());
            }
            let outside = std::mem::replace(&mut self.in_dynamic, self.in_dynamic_label);
            let outside_label = std::mem::replace(&mut self.in_dynamic_label, key == "dynamic");
            let name = match &pair {
                Some(pair) if key.eq_ignore_ascii_case("value") => pair,
                _ => key,
            };
            self.node(&member.value, name);
            self.in_dynamic = outside;
            self.in_dynamic_label = outside_label;
            if !hidden {
                self.path.pop();
            }
        }
    }

    fn decoded(&mut self, text: &Text, name: &str) {
        if self.decoding >= MAX_DECODING {
            return;
        }
        self.decoding = self.decoding.saturating_add(1);
        if let Some(node) = as_json(text) {
            self.node(&node, name);
        } else if let Some(decoded) = as_base64(text) {
            self.node(&Node::text(decoded), name);
        }
        self.decoding = self.decoding.saturating_sub(1);
    }
}

/// `{"name": "GH_TOKEN", "value": "…"}` in any case; one of the types that are references has no
/// secret value (CodeBuild API, `EnvironmentVariable`).
fn pair_name(node: &Node) -> Option<String> {
    let of = |name: &str| {
        let mut members = node.members().iter();
        let member =
            members.find(|member| member.name().is_some_and(|key| key.eq_ignore_ascii_case(name)))?;
        member.value.literal().map(str::to_owned)
    };
    let name = of("name").or_else(|| of("key"))?;
    match of("type").as_deref() {
        Some("PARAMETER_STORE" | "SECRETS_MANAGER") => Some(String::new()),
        _ => Some(name),
    }
}

fn is_digest(function: &str) -> bool {
    matches!(
        function,
        "base64sha256"
            | "base64sha512"
            | "bcrypt"
            | "can"
            | "filebase64sha256"
            | "filemd5"
            | "length"
            | "md5"
            | "sha1"
            | "sha256"
            | "sha512"
    )
}

fn as_json(text: &Text) -> Option<Node> {
    let start = text.as_str().trim_start();
    if !start.starts_with(['{', '[']) {
        return None;
    }
    let node = json::read(text).ok()?;
    matches!(node.value, Value::Object(_) | Value::List(_)).then_some(node)
}

/// Base64 of printable text; its bytes are all those of the encoded string.
fn as_base64(text: &Text) -> Option<Text> {
    let encoded = text.literal()?.trim();
    let is_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    if encoded.len() < 16 || encoded.len() % 4 != 0 || !encoded.bytes().all(is_alphabet) {
        return None;
    }
    let bytes = base64::engine::general_purpose::STANDARD.decode(encoded).ok()?;
    let decoded = String::from_utf8(bytes).ok()?;
    let is_printable = |character: char| !character.is_control() || character.is_whitespace();
    decoded.chars().all(is_printable).then(|| Text::new(decoded, text.span()))
}
