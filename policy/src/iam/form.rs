//! What is wrong in the form of a policy: element names and the types of their values (IAM user guide, "Grammar of the
//! IAM JSON policy language").
//!
//! What an element says is for rules. A value that is known only later has the right type.

use std::collections::BTreeSet;

use command_line::nearest;

use super::policy::Flaw;
use crate::node::{Member, Node, Value};
use crate::source::Span;

/// What is said of a policy whose list of statements is empty: all of it is known.
pub(crate) const EMPTY: &str = "this policy has no statement";

/// The elements of a policy.
const POLICY: &[&str] = &["Version", "Id", "Statement"];

/// The elements of a statement.
const STATEMENT: &[&str] = &[
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// The kinds of principals.
const PRINCIPALS: &[&str] = &["AWS", "Service", "Federated", "CanonicalUser"];

/// What is wrong in the form of a policy document.
pub(super) fn flaws(document: &Node) -> Vec<Flaw> {
    let mut form = Form { flaws: Vec::new() };
    form.names(document, POLICY, "a policy");
    for name in ["Version", "Id"] {
        if let Some(member) = element(document, name) {
            form.text(&member.value, &format!("`{name}` is a string"));
        }
    }
    match element(document, "Statement").map(|member| &member.value) {
        None => form.add(
            document.opening(),
            "this policy has no `Statement`",
            "add a `Statement` with a list of statements",
        ),
        Some(node @ Node { value: Value::List(nodes), .. }) if nodes.is_empty() => {
            form.add(node.opening(), EMPTY, "add a statement, or leave the policy out");
        }
        Some(Node { value: Value::List(nodes), .. }) => nodes.iter().for_each(|node| form.statement(node)),
        Some(node) => form.statement(node),
    }
    form.flaws
}

/// IAM reads the names of elements without case.
pub(super) fn element<'n>(node: &'n Node, name: &str) -> Option<&'n Member> {
    let named = |member: &&Member| member.name().is_some_and(|key| key.eq_ignore_ascii_case(name));
    node.members().iter().rev().find(named)
}

struct Form {
    flaws: Vec<Flaw>,
}

impl Form {
    fn add(&mut self, span: Span, what: impl Into<String>, instead: impl Into<String>) {
        self.flaws.push(Flaw { span, what: what.into(), instead: instead.into() });
    }

    /// Unknown and repeated names.
    fn names(&mut self, node: &Node, known: &[&'static str], whose: &str) {
        let mut seen = BTreeSet::new();
        for member in node.members() {
            let Some(name) = member.name() else {
                continue; // the reader says that it is known only later
            };
            if !seen.insert(name.to_ascii_lowercase()) {
                let instead = format!("keep one `{name}`, with everything that belongs in it");
                self.add(member.key.span, format!("`{name}` is repeated: only the last one counts"), instead);
            }
            if !known.iter().any(|element| element.eq_ignore_ascii_case(name)) {
                let instead = match nearest(name, known.iter().copied()) {
                    Some(element) => format!("did you mean `{element}`?"),
                    None => format!("{whose} has {}", listed(known)),
                };
                self.add(member.key.span, format!("`{name}` is no element of {whose}"), instead);
            }
        }
    }

    fn statement(&mut self, node: &Node) {
        if node.may_be_later() {
            return;
        }
        if !matches!(node.value, Value::Object(_)) {
            self.add(
                node.span,
                "a statement is an object",
                "write `{\"Effect\": …, \"Action\": …, \"Resource\": …}`",
            );
            return;
        }
        self.names(node, STATEMENT, "a statement");
        self.effect(node);
        for member in node.members() {
            match member.name().map(str::to_ascii_lowercase).as_deref() {
                Some("sid") => self.text(&member.value, "`Sid` is a string"),
                Some("action" | "notaction" | "resource" | "notresource") => self.texts(member),
                Some("principal" | "notprincipal") => self.principal(member),
                Some("condition") => self.condition(&member.value),
                _ => {} // judged by its name
            }
        }
    }

    fn effect(&mut self, node: &Node) {
        const INSTEAD: &str = "write `\"Effect\": \"Allow\"` or `\"Effect\": \"Deny\"`";
        let Some(member) = element(node, "Effect") else {
            self.add(node.opening(), "this statement has no `Effect`", INSTEAD);
            return;
        };
        match member.value.literal() {
            Some("Allow" | "Deny") => {}
            Some(other) => {
                let instead = match nearest(other, ["Allow", "Deny"]) {
                    Some(effect) => format!("did you mean `{effect}`?"),
                    None => INSTEAD.to_owned(),
                };
                self.add(
                    member.value.span,
                    format!("`{other}` is no effect: it is `Allow` or `Deny`"),
                    instead,
                );
            }
            None => self.text(&member.value, "`Effect` is a string"),
        }
    }

    /// Anything but a string is wrong, for the reason `what`.
    fn text(&mut self, node: &Node, what: &str) {
        if !matches!(node.value, Value::Text(_)) && !node.may_be_later() {
            self.add(node.span, what, "write a string in quotes");
        }
    }

    /// A string or a list of strings.
    fn texts(&mut self, member: &Member) {
        let name = member.name().unwrap_or_default();
        match &member.value.value {
            Value::List(nodes) => {
                let what = format!("an entry of `{name}` is a string");
                nodes.iter().for_each(|node| self.text(node, &what));
            }
            Value::Text(_) => {}
            _ if member.value.may_be_later() => {}
            _ => {
                let what = format!("`{name}` is a string or a list of strings");
                self.add(member.value.span, what, "write a string, or a list of strings");
            }
        }
    }

    fn principal(&mut self, member: &Member) {
        let name = member.name().unwrap_or_default();
        match &member.value.value {
            Value::Object(members) => {
                for kind in members {
                    let Some(written) = kind.name() else {
                        continue; // the reader says that it is known only later
                    };
                    if !PRINCIPALS.contains(&written) {
                        let instead = match nearest(written, PRINCIPALS.iter().copied()) {
                            Some(known) => format!("did you mean `{known}`?"),
                            None => format!("a principal is {}", listed(PRINCIPALS)),
                        };
                        self.add(kind.key.span, format!("`{written}` is no kind of principal"), instead);
                    }
                    self.texts(kind);
                }
            }
            Value::Text(text) if text.literal() == Some("*") || text.literal().is_none() => {}
            _ if member.value.may_be_later() => {}
            _ => {
                let what = format!("`{name}` is `\"*\"` or an object of kinds of principals");
                self.add(
                    member.value.span,
                    what,
                    "write `{\"AWS\": \"…\"}`, `{\"Service\": \"…\"}` or `{\"Federated\": \"…\"}`",
                );
            }
        }
    }

    /// Operators with keys with values.
    fn condition(&mut self, node: &Node) {
        if !self.object(node, "`Condition` is an object of operators") {
            return;
        }
        for operator in node.members() {
            if !self.object(&operator.value, "an operator of a condition holds an object of keys and values")
            {
                continue;
            }
            let mut seen = BTreeSet::new();
            for test in operator.value.members() {
                if let Some(key) = test.name()
                    && !seen.insert(key.to_ascii_lowercase())
                {
                    let what =
                        format!("`{key}` is repeated under one operator, in whatever case: only one counts");
                    self.add(test.key.span, what, format!("keep one `{key}` with all values in a list"));
                }
                self.values(&test.value);
            }
        }
    }

    fn object(&mut self, node: &Node, what: &str) -> bool {
        let is_object = matches!(node.value, Value::Object(_));
        if !is_object && !node.may_be_later() {
            self.add(
                node.span,
                what,
                "write `\"Condition\": {\"StringEquals\": {\"aws:SourceAccount\": \"…\"}}`",
            );
        }
        is_object
    }

    fn values(&mut self, node: &Node) {
        match &node.value {
            Value::List(nodes) => {
                for node in
                    nodes.iter().filter(|node| matches!(node.value, Value::List(_) | Value::Object(_)))
                {
                    self.add(
                        node.span,
                        "a value of a condition is a string",
                        "write a string, or a list of strings",
                    );
                }
            }
            Value::Object(_) => {
                self.add(
                    node.span,
                    "a value of a condition is a string",
                    "write a string, or a list of strings",
                );
            }
            _ => {}
        }
    }
}

/// `` `a`, `b` and `c` ``.
fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
