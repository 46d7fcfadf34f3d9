//! How each service is spoken to: what a call is encoded as, and what its answer means.

use serde_json::{Map, Value};

use super::xml;

/// How a service wants to be spoken to (its service model's `protocol` and what belongs to it).
#[derive(Clone, Copy, Debug)]
pub(super) enum Protocol {
    /// `awsJson1_0` and `awsJson1_1`: the operation is a header, `TARGET.Operation`.
    Json { version: &'static str, target: &'static str },
    /// `awsQuery`: the operation is a form field; the answer is XML.
    Query { version: &'static str },
}

/// Service, signing name and protocol: botocore's `service-2.json`, `metadata`.
const SERVICES: &[(&str, &str, Protocol)] = &[
    ("apprunner", "apprunner", Protocol::Json { version: "1.0", target: "AppRunner" }),
    ("cloudwatch", "monitoring", Protocol::Query { version: "2010-08-01" }),
    ("iam", "iam", Protocol::Query { version: "2010-05-08" }),
    ("logs", "logs", Protocol::Json { version: "1.1", target: "Logs_20140328" }),
    ("secretsmanager", "secretsmanager", Protocol::Json { version: "1.1", target: "secretsmanager" }),
    ("sts", "sts", Protocol::Query { version: "2011-06-15" }),
];

/// The signing name and the protocol of a service.
pub(super) fn of(service: &str) -> Option<(&'static str, Protocol)> {
    let found = SERVICES.iter().find(|(name, ..)| *name == service)?;
    Some((found.1, found.2))
}

impl Protocol {
    /// The headers and the body of a call.
    pub(super) fn encode(self, operation: &str, input: &Value) -> (Vec<(String, String)>, String) {
        let header = |name: &str, value: String| (name.to_owned(), value);
        match self {
            Protocol::Json { version, target } => (
                vec![
                    header("content-type", format!("application/x-amz-json-{version}")),
                    header("x-amz-target", format!("{target}.{operation}")),
                ],
                input.to_string(),
            ),
            Protocol::Query { version } => (
                vec![header("content-type", "application/x-www-form-urlencoded; charset=utf-8".to_owned())],
                form(operation, version, input.as_object()),
            ),
        }
    }

    /// The answer as a value.
    pub(super) fn decode(self, text: &str) -> Result<Value, String> {
        match self {
            Protocol::Json { .. } if text.is_empty() => Ok(Value::Null),
            Protocol::Json { .. } => {
                serde_json::from_str(text).map_err(|error| format!("the answer is not JSON: {error}"))
            }
            Protocol::Query { .. } => xml::read(text),
        }
    }
}

/// Lists of texts are written `Name.member.1`, as far as the calls here need the encoding.
fn form(operation: &str, version: &str, input: Option<&Map<String, Value>>) -> String {
    let mut fields =
        vec![("Action".to_owned(), operation.to_owned()), ("Version".to_owned(), version.to_owned())];
    for (name, value) in input.into_iter().flatten() {
        match value {
            Value::Array(items) => fields.extend(
                items.iter().enumerate().map(|(at, item)| (format!("{name}.member.{}", at + 1), plain(item))),
            ),
            other => fields.push((name.clone(), plain(other))),
        }
    }
    let encoded = fields.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value)));
    encoded.collect::<Vec<_>>().join("&")
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Everything but the unreserved characters (RFC 3986, section 2.3).
fn percent(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_form_holds_lists_by_number_and_escapes_everything_else() {
        let input = json!({ "AlarmNames": ["a b", "ü&="], "MaxRecords": 5 });
        assert_eq!(
            form("DescribeAlarms", "2010-08-01", input.as_object()),
            "Action=DescribeAlarms&Version=2010-08-01&AlarmNames.member.1=a%20b&AlarmNames.member.2=%C3%BC%26%3D\
             &MaxRecords=5"
        );
    }

    /// Slow and plain: every `%XX` is a byte, every other character itself.
    fn decoded(text: &str) -> String {
        let mut pieces = text.split('%');
        let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
        for piece in pieces {
            bytes.push(u8::from_str_radix(&piece[..2], 16).unwrap());
            bytes.extend(piece[2..].bytes());
        }
        String::from_utf8(bytes).unwrap()
    }

    proptest! {
        #[test]
        fn percent_encoding_keeps_any_text_in_harmless_characters(text in ".*") {
            let encoded = percent(&text);
            prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
            prop_assert_eq!(decoded(&encoded), text);
        }
    }
}
