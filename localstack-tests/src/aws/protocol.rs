//! How each service is spoken to: what a call is encoded as, and what its answer means.

use serde_json::Value;

use super::xml;

/// How a service wants to be spoken to (its service model's `protocol` and what belongs to it).
#[derive(Clone, Copy, Debug)]
pub(super) enum Protocol {
    /// `awsJson1_0` and `awsJson1_1`: the operation is a header, `TARGET.Operation`.
    Json { version: &'static str, target: &'static str },
    /// `awsQuery`: the operation is a form field; the answer is XML.
    Query { version: &'static str },
    /// `ec2Query`: the same, but lists are numbered without `member`.
    Ec2 { version: &'static str },
    /// `restXml`: the path is the operation; only reading is spoken here ([`super::Client::get`]).
    Rest,
    /// `restJson1`: the same, answered with JSON.
    RestJson,
}

const fn json(version: &'static str, target: &'static str) -> Protocol {
    Protocol::Json { version, target }
}

const fn query(version: &'static str) -> Protocol {
    Protocol::Query { version }
}

/// Service, signing name and protocol: botocore's `service-2.json`, `metadata`.
const SERVICES: &[(&str, &str, Protocol)] = &[
    ("acm", "acm", json("1.1", "CertificateManager")),
    ("application-autoscaling", "application-autoscaling", json("1.1", "AnyScaleFrontendService")),
    ("apprunner", "apprunner", json("1.0", "AppRunner")),
    ("autoscaling", "autoscaling", query("2011-01-01")),
    ("cloudfront", "cloudfront", Protocol::Rest),
    ("cloudwatch", "monitoring", query("2010-08-01")),
    ("dynamodb", "dynamodb", json("1.0", "DynamoDB_20120810")),
    ("ec2", "ec2", Protocol::Ec2 { version: "2016-11-15" }),
    ("ecr", "ecr", json("1.1", "AmazonEC2ContainerRegistry_V20150921")),
    ("ecs", "ecs", json("1.1", "AmazonEC2ContainerServiceV20141113")),
    ("efs", "elasticfilesystem", Protocol::RestJson),
    ("elasticache", "elasticache", query("2015-02-02")),
    ("elbv2", "elasticloadbalancing", query("2015-12-01")),
    ("iam", "iam", query("2010-05-08")),
    ("kms", "kms", json("1.1", "TrentService")),
    ("logs", "logs", json("1.1", "Logs_20140328")),
    ("rds", "rds", query("2014-10-31")),
    ("route53", "route53", Protocol::Rest),
    ("s3", "s3", Protocol::Rest),
    ("secretsmanager", "secretsmanager", json("1.1", "secretsmanager")),
    ("servicediscovery", "servicediscovery", json("1.1", "Route53AutoNaming_v20170314")),
    ("sns", "sns", query("2010-03-31")),
    ("ssm", "ssm", json("1.1", "AmazonSSM")),
    ("sts", "sts", query("2011-06-15")),
    ("wafv2", "wafv2", json("1.1", "AWSWAF_20190729")),
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
            Protocol::Query { version } => (form_type(), form(operation, version, input, ".member.")),
            Protocol::Ec2 { version } => (form_type(), form(operation, version, input, ".")),
            Protocol::Rest | Protocol::RestJson => (Vec::new(), String::new()),
        }
    }

    /// The answer as a value.
    pub(super) fn decode(self, text: &str) -> Result<Value, String> {
        match self {
            Protocol::Json { .. } | Protocol::RestJson if text.is_empty() => Ok(Value::Null),
            Protocol::Json { .. } | Protocol::RestJson => {
                serde_json::from_str(text).map_err(|error| format!("the answer is not JSON: {error}"))
            }
            // S3 answers with a policy as it was given: a document in JSON.
            Protocol::Rest if text.starts_with('{') => {
                serde_json::from_str(text).map_err(|error| format!("the answer is not JSON: {error}"))
            }
            Protocol::Query { .. } | Protocol::Ec2 { .. } | Protocol::Rest => xml::read(text),
        }
    }
}

fn form_type() -> Vec<(String, String)> {
    vec![("content-type".to_owned(), "application/x-www-form-urlencoded; charset=utf-8".to_owned())]
}

/// Lists of texts are written `Name.member.1`, or `Name.1`, as far as the calls here need the encoding.
fn form(operation: &str, version: &str, input: &Value, numbered: &str) -> String {
    let mut fields =
        vec![("Action".to_owned(), operation.to_owned()), ("Version".to_owned(), version.to_owned())];
    for (name, value) in input.as_object().into_iter().flatten() {
        match value {
            Value::Array(items) => fields.extend(
                items
                    .iter()
                    .enumerate()
                    .map(|(at, item)| (format!("{name}{numbered}{}", at + 1), plain(item))),
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
            form("DescribeAlarms", "2010-08-01", &input, ".member."),
            "Action=DescribeAlarms&Version=2010-08-01&AlarmNames.member.1=a%20b&AlarmNames.member.2=%C3%BC%26%3D\
             &MaxRecords=5"
        );
        let (_, ec2) =
            Protocol::Ec2 { version: "2016-11-15" }.encode("DescribeVpcs", &json!({ "VpcId": ["v"] }));
        assert_eq!(ec2, "Action=DescribeVpcs&Version=2016-11-15&VpcId.1=v");
    }

    #[test]
    fn what_is_at_a_path_is_read_in_the_language_of_its_service() {
        let expected = json!({ "FileSystems": "" });
        for (protocol, answer) in [
            (Protocol::RestJson, r#"{ "FileSystems": "" }"#),
            (Protocol::Rest, "<R><FileSystems></FileSystems></R>"),
        ] {
            assert_eq!(protocol.decode(answer), Ok(expected.clone()), "{protocol:?}");
        }
        assert_eq!(Protocol::Rest.decode(r#"{"Version": "x"}"#), Ok(json!({ "Version": "x" })));
        assert_eq!(Protocol::RestJson.decode(""), Ok(Value::Null));
        assert!(Protocol::RestJson.decode("<R/>").is_err());
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
