//! Which module a block is in, as Terraform writes it: `module.network["a"].module.subnets`.

use std::fmt;
use std::sync::Arc;

/// The calls that lead from the root module to a module; none for the root module.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ModulePath {
    /// Shared by every block of the module.
    calls: Arc<[ModuleCall]>,
}

/// One call: its name and which of its instances.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ModuleCall {
    name: String,
    /// `[0]`, `["a"]`, or empty.
    instance: String,
}

impl ModulePath {
    /// Whether it is the root module.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.calls.is_empty()
    }

    /// The module that a call in this one makes.
    #[must_use]
    pub fn child(&self, name: &str) -> ModulePath {
        let call = ModuleCall { name: name.to_owned(), instance: String::new() };
        ModulePath { calls: self.calls.iter().cloned().chain([call]).collect() }
    }

    /// The module that calls this one, and the name of the call; nothing for the root module.
    #[must_use]
    pub fn parent(&self) -> Option<(ModulePath, &str)> {
        let (last, calls) = self.calls.split_last()?;
        Some((ModulePath { calls: calls.into() }, last.name.as_str()))
    }

    /// The names of the calls, without instances.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.calls.iter().map(|call| call.name.as_str())
    }

    /// Reads the address of a module; nothing if it is not one.
    #[must_use]
    pub fn parse(address: &str) -> Option<ModulePath> {
        let mut calls = Vec::new();
        let mut rest = address;
        while !rest.is_empty() {
            rest = rest.strip_prefix("module.")?;
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(end)?;
            let (instance, after) = after.split_at_checked(instance_length(after)?)?;
            calls.push(ModuleCall { name: name.to_owned(), instance: instance.to_owned() });
            rest = match after.strip_prefix('.') {
                Some(next) if !next.is_empty() => next,
                None if after.is_empty() => after,
                _ => return None,
            };
        }
        Some(ModulePath { calls: calls.into() })
    }
}

/// How long the `[…]` is that the text begins with: a bracket inside a quoted key does not end it.
fn instance_length(text: &str) -> Option<usize> {
    if !text.starts_with('[') {
        return Some(0);
    }
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b']' if !quoted => return at.checked_add(1),
            _ => {}
        }
    }
    None
}

impl fmt::Display for ModulePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, call) in self.calls.iter().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            write!(f, "{dot}module.{}{}", call.name, call.instance)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_key_may_look_like_an_address() {
        let address = r#"module.a["x.module.y]\""].module.b[0]"#;
        let path = ModulePath::parse(address).unwrap();
        assert_eq!(path.to_string(), address);
        assert_eq!(path.names().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(path.parent().unwrap().1, "b");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["a", "module.a.", "module.a[0", "module.a[0]b", "module.a.b"] {
            assert_eq!(ModulePath::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_address_that_is_read_is_written_the_same(text in r#"(module|[a-z.\["\]\\]){0,12}"#) {
            if let Some(path) = ModulePath::parse(&text) {
                prop_assert_eq!(path.to_string(), text);
            }
        }
    }
}
