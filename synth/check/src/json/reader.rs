//! The reader: one function per production of the grammar.

use std::borrow::Cow;

use super::{Malformed, Member, Node, Value, string};

/// Deeper nesting is refused. The deepest block of hashicorp/aws 5.100.0 takes 61 levels.
const MAX_DEPTH: u32 = 256;

/// Reads one JSON value and nothing after it; its places count from `first`.
pub(crate) fn read(text: &str, first: u32) -> Result<Node<'_>, Malformed> {
    let end = u32::try_from(text.len()).ok().and_then(|length| first.checked_add(length));
    if end.is_none() {
        return Err(Malformed { at: first, expected: "documents of less than 4 GiB" });
    }
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, first, depth: 0 };
    let node = reader.value()?;
    reader.skip_space();
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(reader.expected("the end of the document")),
    }
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    first: u32,
    depth: u32,
}

impl<'t> Reader<'t> {
    fn value(&mut self) -> Result<Node<'t>, Malformed> {
        self.skip_space();
        let start = self.place();
        let value = match self.peek() {
            Some(b'"') => Value::Text(self.string()?),
            Some(b'{') => self.nested(Reader::object)?,
            Some(b'[') => self.nested(Reader::array)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return Err(self.expected("a JSON value")),
        };
        Ok(Node { start, value })
    }

    fn nested(
        &mut self,
        read: fn(&mut Reader<'t>) -> Result<Value<'t>, Malformed>,
    ) -> Result<Value<'t>, Malformed> {
        if self.depth == MAX_DEPTH {
            return Err(self.expected("at most 256 nested arrays and objects"));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value<'t>, Malformed> {
        let mut members = Vec::new();
        if self.takes(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.expected("a key in double quotes"));
            }
            let start = self.place();
            let key = self.string()?;
            if !self.takes(b':') {
                return Err(self.expected("`:`"));
            }
            members.push(Member { start, key, value: self.value()? });
            if self.takes(b'}') {
                return Ok(Value::Object(members));
            }
            if !self.takes(b',') {
                return Err(self.expected("`,` or `}`"));
            }
        }
    }

    fn array(&mut self) -> Result<Value<'t>, Malformed> {
        let mut nodes = Vec::new();
        if self.takes(b']') {
            return Ok(Value::List(nodes));
        }
        loop {
            nodes.push(self.value()?);
            if self.takes(b']') {
                return Ok(Value::List(nodes));
            }
            if !self.takes(b',') {
                return Err(self.expected("`,` or `]`"));
            }
        }
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Malformed> {
        let (text, end) = string::read(self.text, self.at)
            .map_err(|malformed| Malformed { at: self.first + malformed.at, ..malformed })?;
        self.at = end;
        Ok(text)
    }

    fn number(&mut self) -> Result<Value<'t>, Malformed> {
        let start = self.at;
        self.skip_if(|byte| byte == b'-');
        if !self.skip_if(|byte| byte == b'0') {
            self.digits()?;
        }
        if self.skip_if(|byte| byte == b'.') {
            self.digits()?;
        }
        if self.skip_if(|byte| matches!(byte, b'e' | b'E')) {
            self.skip_if(|byte| matches!(byte, b'+' | b'-'));
            self.digits()?;
        }
        Ok(Value::Number(self.text.get(start..self.at).unwrap_or_default()))
    }

    fn digits(&mut self) -> Result<(), Malformed> {
        if !self.skip_if(|byte| byte.is_ascii_digit()) {
            return Err(self.expected("a digit"));
        }
        while self.skip_if(|byte| byte.is_ascii_digit()) {}
        Ok(())
    }

    fn word(&mut self, word: &str, value: Value<'t>) -> Result<Value<'t>, Malformed> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.expected("a JSON value"));
        }
        self.at += word.len();
        Ok(value)
    }

    /// Skips spaces, then that byte, if it is there.
    fn takes(&mut self, byte: u8) -> bool {
        self.skip_space();
        self.skip_if(|next| next == byte)
    }

    fn skip_space(&mut self) {
        while self.skip_if(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')) {}
    }

    fn skip_if(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let found = self.peek().is_some_and(wanted);
        self.at += usize::from(found);
        found
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn expected(&self, expected: &'static str) -> Malformed {
        Malformed { at: self.place(), expected }
    }

    fn place(&self) -> u32 {
        self.first + offset(self.at)
    }
}

/// A position in a document, which is shorter than 4 GiB.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same value as serde_json has it, repeated keys decided for the last.
    fn model(node: &Node<'_>) -> serde_json::Value {
        match &node.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(digits) => serde_json::from_str(digits).unwrap(),
            Value::Text(text) => text.as_ref().into(),
            Value::List(nodes) => nodes.iter().map(model).collect(),
            Value::Object(members) => {
                members.iter().map(|member| (member.key.to_string(), model(&member.value))).collect()
            }
        }
    }

    fn agrees(text: &str) -> Result<(), TestCaseError> {
        match (read(text, 0), serde_json::from_str::<serde_json::Value>(text)) {
            (Ok(node), Ok(value)) => prop_assert_eq!(model(&node), value),
            (Err(_), Err(_)) => {}
            (ours, theirs) => prop_assert!(false, "{:?}: {:?}, {:?}", text, ours, theirs),
        }
        Ok(())
    }

    fn values() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(serde_json::Value::from),
            any::<i64>().prop_map(serde_json::Value::from),
            "\\PC{0,6}".prop_map(serde_json::Value::from),
            "[\\x00-\\x7f]{0,6}".prop_map(serde_json::Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
                prop::collection::btree_map("\\PC{0,3}", inner, 0..4)
                    .prop_map(|map| map.into_iter().collect::<serde_json::Value>()),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_document_reads_as_serde_json_reads_it(value in values()) {
            agrees(&value.to_string())?;
            agrees(&format!("{value:#}"))?;
        }

        #[test]
        fn a_damaged_document_is_refused_where_serde_json_refuses_it(
            value in values(),
            at in any::<prop::sample::Index>(),
            // Without `e`: serde_json refuses numbers beyond an f64, which Terraform keeps.
            with in "[\\[\\]{}:,\"0-9.+\\\\ntfu -]?",
        ) {
            let mut text: Vec<char> = value.to_string().chars().collect();
            let at = at.index(text.len());
            text.splice(at..=at, with.chars());
            agrees(&text.into_iter().collect::<String>())?;
        }
    }

    #[test]
    fn repeated_keys_are_kept_in_order() {
        let node = read(r#"{"a":1,"a":2}"#, 0).unwrap();
        let Value::Object(members) = node.value else { panic!("an object") };
        let starts: Vec<u32> = members.iter().map(|member| member.start).collect();
        assert_eq!(starts, [1, 7]);
    }

    #[test]
    fn places_count_from_the_first() {
        assert_eq!(read(" 1", 40).unwrap().start, 41);
        assert_eq!(read("[\"\\x\"]", 40).unwrap_err().at, 42);
        assert_eq!(read("1", u32::MAX).unwrap_err().at, u32::MAX);
    }

    #[test]
    fn nesting_without_end_is_refused() {
        assert_eq!(read(&"[".repeat(100_000), 0).unwrap_err().at, MAX_DEPTH);
    }

    #[test]
    fn an_empty_document_is_refused_at_its_start() {
        assert_eq!(read("", 0).unwrap_err(), Malformed { at: 0, expected: "a JSON value" });
    }
}
