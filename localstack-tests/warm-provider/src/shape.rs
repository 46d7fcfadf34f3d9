//! What a provider's validation of its configuration depends on.
//!
//! The AWS provider's `PrepareProviderConfig` checks every one of its 1,500 resource types each time: 2.6 s.
//! Configurations of one shape are told apart by nothing that it looks at, so one check serves them all.

use rmpv::Value;
use sha2::{Digest, Sha256};

/// The arguments of hashicorp/aws that its validation does not look into (`internal/provider/provider.go`: strings
/// and lists of strings without a `ValidateFunc`). `Configure` does, and that is never skipped.
const NOT_VALIDATED: [&str; 6] =
    ["access_key", "profile", "secret_key", "shared_config_files", "shared_credentials_files", "token"];

/// A fingerprint of a configuration: equal fingerprints validate alike. No secret can be read back from it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Shape(String);

impl Shape {
    /// The shape of a configuration in Terraform's MessagePack; of anything else, its bytes.
    pub(crate) fn of(configuration: &[u8]) -> Shape {
        let mut input = configuration;
        let mut written = Vec::new();
        match rmpv::decode::read_value(&mut input) {
            Ok(mut value @ Value::Map(_)) if input.is_empty() => {
                mask(&mut value);
                if rmpv::encode::write_value(&mut written, &value).is_err() {
                    written = configuration.to_vec();
                }
            }
            _ => written = configuration.to_vec(),
        }
        Shape(hex(&Sha256::digest(&written)))
    }

    /// As the name of a file.
    pub(crate) fn name(&self) -> &str {
        &self.0
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn mask(configuration: &mut Value) {
    let Value::Map(arguments) = configuration else { return };
    for (name, value) in arguments {
        if name.as_str().is_some_and(|name| NOT_VALIDATED.contains(&name)) {
            mask_strings(value, &|_| Some("given".to_owned()));
        } else {
            mask_strings(value, &without_port);
        }
    }
}

/// Replaces every string that is not empty; absent, empty and unknown values stay what they are.
fn mask_strings(value: &mut Value, replacement: &dyn Fn(&str) -> Option<String>) {
    match value {
        Value::String(text) => {
            if let Some(text) = text.as_str().filter(|text| !text.is_empty()).and_then(replacement) {
                *value = text.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mask_strings(item, replacement)),
        Value::Map(members) => {
            members.iter_mut().for_each(|(_, member)| mask_strings(member, replacement));
        }
        _ => {}
    }
}

/// An emulator listens on another port of the loopback interface each time.
fn without_port(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme))?;
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let (host, port) = authority.rsplit_once(':')?;
    let on_loopback = ["127.0.0.1", "localhost", "[::1]"].contains(&host);
    (on_loopback && port.parse::<u16>().is_ok()).then(|| format!("{scheme}://{host}:0{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(arguments: &[(&str, Value)]) -> Shape {
        let map = arguments.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        let mut written = Vec::new();
        rmpv::encode::write_value(&mut written, &Value::Map(map)).unwrap();
        Shape::of(&written)
    }

    #[test]
    fn credentials_and_ports_of_emulators_do_not_matter() {
        let of = |key: &str, port: u16| {
            let endpoint = format!("http://127.0.0.1:{port}/x").into();
            shape(&[
                ("access_key", key.into()),
                ("endpoints", Value::Array(vec![Value::Map(vec![("s3".into(), endpoint)])])),
            ])
        };
        assert_eq!(of("000000000007", 4566), of("000000000008", 39001));
    }

    #[test]
    fn everything_else_matters() {
        let unknown = Value::Ext(0, vec![0]);
        let configurations = [
            vec![],
            vec![("access_key", Value::Nil)],
            vec![("access_key", unknown)],
            vec![("access_key", "".into())],
            vec![("access_key", "a".into())],
            vec![("access_key", 7.into())],
            vec![("region", "us-east-1".into())],
            vec![("region", "us-east-2".into())],
            vec![("endpoint", "http://127.0.0.1:4566".into())],
            vec![("endpoint", "http://127.0.0.1:99999".into())],
            vec![("endpoint", "http://127.0.0.1:4566@evil".into())],
            vec![("endpoint", "ftp://127.0.0.1:4566".into())],
            vec![("endpoint", "http://127.0.0.2:4566".into())],
            vec![("endpoint", "http://127.0.0.2:4567".into())],
            vec![("assume_role", Value::Map(vec![("access_key".into(), "a".into())]))],
            vec![("assume_role", Value::Map(vec![("access_key".into(), "b".into())]))],
        ];
        let shapes: std::collections::BTreeSet<Shape> =
            configurations.iter().map(|arguments| shape(arguments)).collect();
        assert_eq!(shapes.len(), configurations.len());
    }

    #[test]
    fn a_shape_shows_no_secret() {
        assert!(!format!("{:?}", shape(&[("secret_key", "hunter2".into())])).contains("hunter2"));
    }

    proptest! {
        #[test]
        fn bytes_that_are_no_configuration_have_a_shape_of_their_own(mut one: Vec<u8>, mut other: Vec<u8>) {
            // MessagePack never begins with this byte ("Formats": never used).
            one.insert(0, 0xc1);
            other.insert(0, 0xc1);
            prop_assert_eq!(Shape::of(&one) == Shape::of(&other), one == other);
        }
    }
}
