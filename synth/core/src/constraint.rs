//! Type constraints as Terraform writes them ("Type Constraints"), where an author gives one as text.

/// Why a text is no type constraint: what reads after the argument's name.
pub(crate) fn mistake(constraint: &str) -> Option<String> {
    let mut reader = Reader { rest: constraint, depth: 0 };
    let read = reader.constraint().and_then(|()| match reader.rest.trim() {
        "" => Ok(()),
        rest => Err(format!("has `{rest}` behind its end")),
    });
    read.err().map(|why| format!("is `{constraint}`, which {why}"))
}

/// Deeper types are refused: no document has them, and each level takes room on the call stack.
const DEEPEST: u32 = 64;

const TYPES: &str =
    "Terraform has string, number, bool, any, list(…), set(…), map(…), object({…}) and tuple([…])";

struct Reader<'c> {
    rest: &'c str,
    depth: u32,
}

impl Reader<'_> {
    fn constraint(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("is deeper than {DEEPEST} levels"));
        }
        let word = self.word();
        match word.as_str() {
            "string" | "number" | "bool" | "any" => {}
            "list" | "set" | "map" => {
                self.sign('(')?;
                self.constraint()?;
                self.sign(')')?;
            }
            "tuple" => {
                self.sign('(')?;
                self.sign('[')?;
                while !self.has(']') {
                    self.constraint()?;
                    if !self.has(',') {
                        self.sign(']')?;
                        break;
                    }
                }
                self.sign(')')?;
            }
            "object" => {
                self.sign('(')?;
                self.sign('{')?;
                while !self.has('}') {
                    self.attribute()?;
                    // A line's end separates attributes as a comma does.
                    self.has(',');
                }
                self.sign(')')?;
            }
            "" => return Err(self.expected("a type")),
            "int" | "integer" | "float" | "double" => {
                return Err(format!("names no type `{word}`: every number is a `number`"));
            }
            "str" | "text" => return Err(format!("names no type `{word}`: text is a `string`")),
            "boolean" => return Err("names no type `boolean`: it is `bool`".to_owned()),
            word => return Err(format!("names no type `{word}`: {TYPES}")),
        }
        self.depth -= 1;
        Ok(())
    }

    fn attribute(&mut self) -> Result<(), String> {
        if self.word().is_empty() {
            return Err(self.expected("the name of an attribute"));
        }
        if !self.has(':') {
            self.sign('=')?;
        }
        let before = self.rest;
        if self.word() != "optional" {
            self.rest = before;
            return self.constraint();
        }
        self.sign('(')?;
        self.constraint()?;
        if self.has(',') {
            self.default();
        }
        self.sign(')')
    }

    /// A default may be any literal: it ends before the parenthesis that is not its own.
    fn default(&mut self) {
        let (mut open, mut quoted, mut escaped) = (0_u32, false, false);
        for (at, letter) in self.rest.char_indices() {
            match letter {
                _ if escaped => escaped = false,
                '\\' if quoted => escaped = true,
                '"' => quoted = !quoted,
                '(' | '[' | '{' if !quoted => open += 1,
                ')' if open == 0 && !quoted => {
                    self.rest = self.rest.get(at..).unwrap_or_default();
                    return;
                }
                ')' | ']' | '}' if !quoted => open = open.saturating_sub(1),
                _ => {}
            }
        }
        self.rest = "";
    }

    /// Passes over space and comments ("Comments", HCL native syntax specification).
    fn space(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            let rest = self.rest;
            self.rest = if rest.starts_with('#') || rest.starts_with("//") {
                rest.split_once('\n').map_or("", |(_, rest)| rest)
            } else if let Some(comment) = rest.strip_prefix("/*") {
                comment.split_once("*/").map_or("", |(_, rest)| rest)
            } else {
                return;
            };
        }
    }

    fn word(&mut self) -> String {
        self.space();
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
        let end = self.rest.find(|letter| !is_part(letter)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.to_owned()
    }

    fn has(&mut self, sign: char) -> bool {
        self.space();
        match self.rest.strip_prefix(sign) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sign(&mut self, sign: char) -> Result<(), String> {
        if self.has(sign) { Ok(()) } else { Err(self.expected(&format!("`{sign}`"))) }
    }

    fn expected(&self, what: &str) -> String {
        match self.rest.chars().next() {
            Some(found) => format!("has `{found}` where {what} is expected"),
            None => format!("ends where {what} is expected"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn terraforms_types_are_accepted() {
        for constraint in [
            "string",
            " map( any ) ",
            "list(object({a=string, b = optional(number, 3), c: optional(bool)}))",
            "object({\n  a = string # one\n  // two\n  b = set(number) /* three */\n})",
            "object({})",
            "tuple([])",
            "tuple([string, number,])",
            "object({a = optional(map(string), {\"}\" = \")\\\"\"}), b = string})",
        ] {
            assert_eq!(mistake(constraint), None, "{constraint}");
        }
    }

    #[test]
    fn anything_else_is_refused_with_the_reason() {
        for (constraint, why) in [
            ("int", "is `int`, which names no type `int`: every number is a `number`"),
            ("list", "is `list`, which ends where `(` is expected"),
            ("", "is ``, which ends where a type is expected"),
            ("${string}", "is `${string}`, which has `$` where a type is expected"),
            ("list(string", "is `list(string`, which ends where `)` is expected"),
            ("string)", "is `string)`, which has `)` behind its end"),
            ("object({a})", "is `object({a})`, which has `}` where `=` is expected"),
            ("optional(string)", "is `optional(string)`, which names no type `optional`: Terraform has "),
        ] {
            let said = mistake(constraint).unwrap_or_default();
            assert!(said.starts_with(why), "{said}");
        }
    }

    #[test]
    fn a_type_without_end_is_refused() {
        assert!(
            mistake(&"list(".repeat(100_000)).is_some_and(|said| said.ends_with("deeper than 64 levels"))
        );
    }

    proptest! {
        #[test]
        fn any_text_is_judged(text in "(string|number|any|list|object|optional|[(){}\\[\\],=:\"# \n\\\\]|\\PC){0,16}") {
            let _ = mistake(&text);
        }
    }
}
