//! The way through a body to every leaf of it, also to those behind encodings.

use super::layers::{self, Decoded, Layer};
use super::names;
use crate::json;
use crate::known::Later;
use crate::node::{Member, Node, Value};
use crate::source::Span;
use crate::text::Text;

/// So many encodings are taken off one after the other: base64 of gzip of JSON with a URL in it are four.
const MAX_LAYERS: usize = 6;

/// So many bytes behind encodings are looked at in one block: one string of the largest size that may be
/// unpacked, and everything that an ordinary block holds.
const MAX_DECODED: usize = 8_000_000;

/// Visits every leaf of a body with the keys that lead to it and the key that names it, also inside of
/// JSON in strings where something in it is known only later.
pub fn places(body: &Node, name: &str, visit: &mut impl FnMut(&[String], &str, &Node)) {
    let mut visit = |place: &Place| visit(place.path, place.name, place.node);
    Walk::new(Encodings::Json, &mut visit).through(body, name);
}

/// Which encodings are taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encodings {
    /// JSON only: its parts are parts of the configuration, with names and references.
    Json,
    /// All.
    All,
}

/// The keys that lead to where a walk is. Those it has left are kept, to be written over.
#[derive(Default)]
struct Path {
    all: Vec<String>,
    depth: usize,
}

impl Path {
    fn keys(&self) -> &[String] {
        self.all.get(..self.depth).unwrap_or_default()
    }

    fn push(&mut self, key: &str) {
        match self.all.get_mut(self.depth) {
            Some(old) => {
                old.clear();
                old.push_str(key);
            }
            None => self.all.push(key.to_owned()),
        }
        self.depth = self.depth.saturating_add(1);
    }

    fn pop(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }
}

/// A leaf and where it is.
pub(super) struct Place<'p> {
    /// The keys that lead to it.
    pub(super) path: &'p [String],
    /// The key that names it.
    pub(super) name: &'p str,
    /// The encodings it is behind.
    pub(super) layers: &'p [Layer],
    /// The leaf.
    pub(super) node: &'p Node,
}

/// A walk through a body and everything encoded in it.
pub(super) struct Walk<'v, V> {
    path: Path,
    encodings: Encodings,
    layers: Vec<Layer>,
    decoded: usize,
    unread: Vec<Later>,
    /// Below `dynamic`, where the next key is the name of a block.
    in_dynamic_label: bool,
    /// Below the name of a dynamic block.
    in_dynamic: bool,
    visit: &'v mut V,
}

impl<'v, V: FnMut(&Place)> Walk<'v, V> {
    pub(super) fn new(encodings: Encodings, visit: &'v mut V) -> Walk<'v, V> {
        Walk {
            path: Path::default(),
            encodings,
            layers: Vec::new(),
            decoded: 0,
            unread: Vec::new(),
            in_dynamic_label: false,
            in_dynamic: false,
            visit,
        }
    }

    /// Visits every leaf below a node; gives what was too large to look into.
    pub(super) fn through(mut self, node: &Node, name: &str) -> Vec<Later> {
        self.node(node, name);
        self.unread
    }

    fn visit(&mut self, node: &Node, name: &str) {
        (self.visit)(&Place { path: self.path.keys(), name, layers: &self.layers, node });
    }

    fn node(&mut self, node: &Node, name: &str) {
        match &node.value {
            Value::Object(members) => self.object(node, members, name),
            Value::List(nodes) => {
                nodes.iter().for_each(|node| self.node(node, name));
                if self.encodings == Encodings::All
                    && let Some(line) = command_line(nodes, name, node.span)
                {
                    self.visit(&Node::text(line), name);
                }
            }
            Value::Text(text) => {
                self.visit(node, name);
                self.decode(text, name);
                text.holes().for_each(|hole| self.node(hole, name));
            }
            Value::Template(parts) => {
                self.visit(node, name);
                let text = joined(parts, node.span);
                match as_json(&text) {
                    Some(json) => self.behind(&[Layer::Json], &json, name),
                    None => text.holes().for_each(|hole| self.node(hole, name)),
                }
            }
            // A digest or a length does not show what it was made of.
            Value::Call(call) if is_digest(&call.name) => {}
            Value::Conditional(either) => {
                self.node(&either.then, name);
                self.node(&either.otherwise, name);
            }
            _ => {
                self.visit(node, name);
                node.children().for_each(|child| self.node(child, name));
            }
        }
    }

    fn object(&mut self, node: &Node, members: &[Member], outer: &str) {
        let is_value = |member: &Member| {
            member.name().is_some_and(|key| key.eq_ignore_ascii_case("value") || key == "values")
        };
        let pair = if members.iter().any(is_value) { pair_name(node) } else { None };
        let holds_secrets = names::holds_secrets(outer);
        for member in members {
            let key = member.name().unwrap_or_default();
            // The content of a dynamic block stands where the block itself would.
            let hidden = key == "dynamic" || (key == "content" && self.in_dynamic);
            if !hidden {
                self.path.push(key);
            }
            let outside = std::mem::replace(&mut self.in_dynamic, self.in_dynamic_label);
            let outside_label = std::mem::replace(&mut self.in_dynamic_label, key == "dynamic");
            let name = match &pair {
                Some(pair) if is_value(member) => pair,
                _ if holds_secrets && !names::is_about(key) => outer,
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

    /// Looks behind the encodings of a text.
    fn decode(&mut self, text: &Text, name: &str) {
        if self.encodings == Encodings::Json && text.holes().next().is_none() {
            return;
        }
        if let Some(node) = as_json(text) {
            return self.behind(&[Layer::Json], &node, name);
        }
        if self.encodings == Encodings::Json {
            return;
        }
        for found in layers::decode(text) {
            match found {
                Decoded::Text(layers, text) => self.behind(layers, &Node::text(text), name),
                Decoded::TooLarge(span) => self.too_large(span),
            }
        }
    }

    fn behind(&mut self, layers: &[Layer], node: &Node, name: &str) {
        self.decoded = self.decoded.saturating_add(node.as_text().map_or(0, |text| text.as_str().len()));
        if self.layers.len() >= MAX_LAYERS || self.decoded > MAX_DECODED {
            return self.too_large(node.span);
        }
        let outside = self.layers.len();
        self.layers.extend(layers);
        self.node(node, name);
        self.layers.truncate(outside);
    }

    /// Says once a place that not everything was looked behind.
    fn too_large(&mut self, span: Span) {
        if self.encodings == Encodings::All && self.unread.last().is_none_or(|last| !last.span.overlaps(span))
        {
            self.unread
                .push(Later { span, why: "what is encoded here is too large or too deep to unpack".into() });
        }
    }
}

/// What lists of arguments are called.
const COMMANDS: [&str; 7] = ["command", "commands", "cmd", "args", "arguments", "entrypoint", "inline"];

/// The line that a list of arguments is: `["mysql", "-psecret"]` is a command as much as `mysql -psecret`.
fn command_line(nodes: &[Node], name: &str, span: Span) -> Option<Text> {
    if nodes.len() < 2 || !COMMANDS.iter().any(|command| command.eq_ignore_ascii_case(name)) {
        return None;
    }
    let mut line = Text::empty(span);
    for node in nodes {
        if !line.as_str().is_empty() {
            line.push(
                if name == "inline" || name == "commands" { "\n" } else { " " },
                node.span.ending_at(node.span.start()),
            );
        }
        match &node.value {
            Value::Text(text) => line.append(text),
            _ => line.push_hole(node.clone()),
        }
    }
    Some(line)
}

/// The text that the parts of a template make, with holes for all that is no text yet.
fn joined(parts: &[Node], span: Span) -> Text {
    let mut made = Text::empty(span);
    for part in parts {
        match &part.value {
            Value::Text(text) => made.append(text),
            _ => made.push_hole(part.clone()),
        }
    }
    made
}

/// `{"name": "GH_TOKEN", "value": "…"}` in any case, and the header that a rule of a load balancer asks for; one of the types that are references has no
/// secret value (CodeBuild API, `EnvironmentVariable`).
fn pair_name(node: &Node) -> Option<String> {
    let of = |name: &str| {
        let mut members = node.members().iter();
        let member =
            members.find(|member| member.name().is_some_and(|key| key.eq_ignore_ascii_case(name)))?;
        member.value.literal().map(str::to_owned)
    };
    // What has `name` and `values` is a filter: its name is that of an attribute of AWS.
    let name = match node.member("values") {
        Some(_) => of("http_header_name")?,
        None => of("name").or_else(|| of("key"))?,
    };
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
