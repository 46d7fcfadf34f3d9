//! A configuration of a provider, as far as it tells which process may be given it.
//!
//! hashicorp/aws 5.100.0 makes everything anew with each `Configure` (`internal/conns/config.go`) but two things: the
//! HTTP client, which stays as the first configuration made it (`AWSClient.HTTPClient`), and the S3 client for
//! directory buckets, once it was used (`AWSClient.S3ExpressClient`).

use std::sync::LazyLock;

use bytes::Bytes;
use prost::Message;
use regex::bytes::Regex;
use rmpv::Value;
use sha2::{Digest, Sha256};

use crate::wire::{self, ConfigureRequest, DynamicValue};

/// A fingerprint of a `Configure` request. No secret can be read back from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Configuration {
    whole: Fingerprint,
    /// Of what the HTTP client is made of; none if no other configuration may follow.
    transport: Option<Fingerprint>,
}

type Fingerprint = [u8; 32];

/// The arguments that the HTTP client is made of (`internal/conns/config.go`, `awsbase.Config`).
const TRANSPORT: [&str; 4] = ["http_proxy", "https_proxy", "insecure", "no_proxy"];

/// With this one the second configuration of a process fails: it cannot be added to an HTTP client that is there
/// (hashicorp/aws-sdk-go-base, `CustomCABundle`).
const NEVER_AGAIN: &str = "custom_ca_bundle";

impl Configuration {
    /// The configuration in the body of a call.
    pub(crate) fn of(body: &Bytes) -> Configuration {
        Configuration { whole: Sha256::digest(body).into(), transport: transport(body) }
    }

    /// Whether nothing is left of `former` in a process that is configured with this one.
    pub(crate) fn replaces(&self, former: &Configuration) -> bool {
        self.transport.is_some() && self.transport == former.transport
    }
}

fn transport(body: &Bytes) -> Option<Fingerprint> {
    let request = ConfigureRequest::decode(wire::message(body.clone()).ok()?).ok()?;
    let config = DynamicValue::decode(request.config).ok()?.msgpack;
    let mut input = config.as_ref();
    let Ok(Value::Map(arguments)) = rmpv::decode::read_value(&mut input) else { return None };
    let mut written = Vec::new();
    for (name, value) in arguments {
        match name.as_str()? {
            NEVER_AGAIN if !is_absent(&value) => return None,
            name if TRANSPORT.contains(&name) => {
                rmpv::encode::write_value(&mut written, &Value::Array(vec![name.into(), value])).ok()?;
            }
            _ => {}
        }
    }
    Some(Sha256::digest(&written).into())
}

fn is_absent(value: &Value) -> bool {
    value.is_nil() || value.as_str() == Some("")
}

/// Whether a call may be about directory buckets: their names end so ("Directory bucket naming rules"), and the types
/// that are about all of them are called so.
pub(crate) fn is_kept_for(call: &[u8]) -> bool {
    DIRECTORY_BUCKET.is_match(call)
}

#[expect(
    clippy::unwrap_used,
    reason = "the pattern is a constant, and every test that makes a call compiles it"
)]
static DIRECTORY_BUCKET: LazyLock<Regex> = LazyLock::new(|| Regex::new("--x-s3|directory_bucket").unwrap());

#[cfg(test)]
mod tests {
    use super::*;

    fn configuration(arguments: &[(&str, Value)]) -> Configuration {
        let map = arguments.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        let mut msgpack = Vec::new();
        rmpv::encode::write_value(&mut msgpack, &Value::Map(map)).unwrap();
        let config = DynamicValue { msgpack: msgpack.into() }.encode_to_vec().into();
        Configuration::of(&wire::framed(&ConfigureRequest { config }.encode_to_vec()))
    }

    #[test]
    fn accounts_and_regions_replace_each_other() {
        let of = |key: &str, region: &str| {
            configuration(&[
                ("access_key", key.into()),
                ("custom_ca_bundle", Value::Nil),
                ("region", region.into()),
            ])
        };
        let (one, other) = (of("000000000001", "us-east-1"), of("000000000002", "us-west-2"));
        assert_ne!(one, other);
        assert!(one.replaces(&other) && other.replaces(&one) && one.replaces(&one));
    }

    #[test]
    fn what_the_http_client_is_made_of_stays() {
        let plain = configuration(&[("insecure", Value::Nil)]);
        let different = [
            configuration(&[("insecure", true.into())]),
            configuration(&[("http_proxy", "http://127.0.0.1:9".into())]),
            configuration(&[("https_proxy", "http://127.0.0.1:9".into())]),
            configuration(&[("no_proxy", "localhost".into())]),
        ];
        for (number, one) in different.iter().enumerate() {
            assert!(!one.replaces(&plain) && !plain.replaces(one), "{number}");
            for other in &different[number + 1..] {
                assert!(!one.replaces(other) && !other.replaces(one), "{number}");
            }
            assert!(one.replaces(one), "{number}");
        }
    }

    #[test]
    fn nothing_follows_a_bundle_of_certificates_or_what_cannot_be_read() {
        let bundle = configuration(&[("custom_ca_bundle", "ca.pem".into())]);
        let unread = Configuration::of(&Bytes::from_static(b"?"));
        let unknown = configuration(&[("custom_ca_bundle", Value::Ext(0, vec![0]))]);
        for one in [bundle, unread, unknown] {
            assert!(!one.replaces(&one));
        }
    }

    #[test]
    fn calls_about_directory_buckets_are_recognized() {
        for call in [&b"\x0a\x16files--use1-az4--x-s3\x12"[..], b"aws_s3_directory_buckets"] {
            assert!(is_kept_for(call));
        }
        for call in [&b""[..], b"files-x-s3", b"aws_s3_bucket", b"directory_buckets"[..9].into()] {
            assert!(!is_kept_for(call));
        }
    }
}
