//! The reader: one function per production of the grammar.

use super::{Error, MAX_DEPTH, string};
use crate::node::{Member, Node, Opacity, Shared, Value};
use crate::text::Text;

pub(super) struct Reader<'t> {
    text: &'t Text,
    bytes: &'t [u8],
    at: usize,
    depth: usize,
    /// The members of the objects that are being read, and the elements of the arrays: each list is made when it is known
    /// how long it is.
    members: Vec<Member>,
    nodes: Vec<Node>,
    left: Left,
    /// Whether something is made of what is read.
    makes: bool,
}

/// Members of these names are left where they are, in objects that are so deep.
pub(super) struct Left {
    pub(super) members: &'static [&'static str],
    pub(super) depth: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t Text) -> Reader<'t> {
        Reader::leaving(text, Left { members: &[], depth: 0 })
    }

    pub(super) fn leaving(text: &'t Text, left: Left) -> Reader<'t> {
        let bytes = text.as_str().as_bytes();
        Reader { text, bytes, at: 0, depth: 0, members: Vec::new(), nodes: Vec::new(), left, makes: true }
    }

    /// The next element of a list that is the whole document.
    pub(super) fn next_element(&mut self) -> Result<Option<Node>, Error> {
        if self.depth == 0 {
            self.skip_space();
            self.expect(b'[', "a list")?;
            self.depth = 1;
            if self.closes(b']') {
                return Ok(None);
            }
        } else if self.closes(b']') || self.peek().is_none() {
            return Ok(None);
        } else {
            self.expect(b',', "`,` or `]`")?;
        }
        self.value().map(Some)
    }

    pub(super) fn document(mut self) -> Result<Node, Error> {
        let node = self.value()?;
        self.skip_space();
        match self.peek() {
            None => Ok(node),
            Some(_) => Err(self.error("the end of the document")),
        }
    }

    fn value(&mut self) -> Result<Node, Error> {
        self.skip_space();
        let start = self.at;
        if let Some(node) = self.text.hole(start) {
            self.at = start.saturating_add(crate::text::HOLE.len_utf8());
            return Ok(node.clone());
        }
        let value = match self.peek() {
            Some(b'"') => return self.string().map(Node::text),
            Some(b'{') => self.nested(Reader::object)?,
            Some(b'[') => self.nested(Reader::array)?,
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(b't') => self.word("true", Value::Bool(true))?,
            Some(b'f') => self.word("false", Value::Bool(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return Err(self.error("a JSON value")),
        };
        Ok(Node::new(self.text.span_of(start..self.at), value))
    }

    fn nested(&mut self, read: fn(&mut Reader<'t>) -> Result<Value, Error>) -> Result<Value, Error> {
        if self.depth == MAX_DEPTH {
            return Err(self.error("at most 128 nested arrays and objects"));
        }
        self.depth = self.depth.saturating_add(1);
        self.step();
        let value = read(self)?;
        self.depth = self.depth.saturating_sub(1);
        Ok(value)
    }

    fn object(&mut self) -> Result<Value, Error> {
        let first = self.members.len();
        if self.closes(b'}') {
            return Ok(Value::Object(Shared::default()));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.error("a key in double quotes"));
            }
            let key = Node::text(self.string()?);
            self.skip_space();
            self.expect(b':', "`:`")?;
            let value = if self.is_left(&key) { self.left()? } else { self.value()? };
            if self.makes {
                self.members.push(Member { key, value });
            }
            if self.closes(b'}') {
                return Ok(Value::Object(Shared::of_rest(&mut self.members, first)));
            }
            self.expect(b',', "`,` or `}`")?;
        }
    }

    fn is_left(&self, key: &Node) -> bool {
        self.depth == self.left.depth && key.literal().is_some_and(|key| self.left.members.contains(&key))
    }

    /// Goes over a value, which must be one, and makes nothing of it but its text.
    fn left(&mut self) -> Result<Node, Error> {
        self.skip_space();
        let start = self.at;
        let makes = std::mem::replace(&mut self.makes, false);
        self.value()?;
        self.makes = makes;
        let text = self.text.slice(start..self.at);
        Ok(Node::new(text.span(), Value::opaque(Opacity::Left, vec![Node::text(text)])))
    }

    fn array(&mut self) -> Result<Value, Error> {
        let first = self.nodes.len();
        if self.closes(b']') {
            return Ok(Value::List(Shared::default()));
        }
        loop {
            let node = self.value()?;
            if self.makes {
                self.nodes.push(node);
            }
            if self.closes(b']') {
                return Ok(Value::List(Shared::of_rest(&mut self.nodes, first)));
            }
            self.expect(b',', "`,` or `]`")?;
        }
    }

    fn string(&mut self) -> Result<Text, Error> {
        let (text, end) = string::read(self.text, self.at)?;
        self.at = end;
        Ok(text)
    }

    fn number(&mut self) -> Result<Value, Error> {
        let start = self.at;
        self.skip_if(b'-');
        if !self.skip_if(b'0') && self.skip_digits() == 0 {
            return Err(self.error("a digit"));
        }
        if self.skip_if(b'.') && self.skip_digits() == 0 {
            return Err(self.error("a digit"));
        }
        if self.skip_if(b'e') || self.skip_if(b'E') {
            let _sign = self.skip_if(b'+') || self.skip_if(b'-');
            if self.skip_digits() == 0 {
                return Err(self.error("a digit"));
            }
        }
        if !self.makes {
            return Ok(Value::Null);
        }
        Ok(Value::Number(self.text.as_str().get(start..self.at).unwrap_or_default().into()))
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, Error> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.error("a JSON value"));
        }
        self.at = self.at.saturating_add(word.len());
        Ok(value)
    }

    fn closes(&mut self, bracket: u8) -> bool {
        self.skip_space();
        self.skip_if(bracket)
    }

    fn expect(&mut self, byte: u8, expected: &'static str) -> Result<(), Error> {
        if self.skip_if(byte) { Ok(()) } else { Err(self.error(expected)) }
    }

    fn skip_if(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.step();
        }
        found
    }

    fn skip_digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.step();
        }
        self.at.saturating_sub(start)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.step();
        }
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn error(&self, expected: &'static str) -> Error {
        Error { span: self.text.span_of(self.at..self.at.saturating_add(1)), expected }
    }
}
