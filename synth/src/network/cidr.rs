//! Ranges of addresses, as AWS accepts them.

use std::net::IpAddr;

use ipnet::IpNet;
use synth_core::{Known, Problem, Scope, Value};

/// A range of addresses without bits behind its prefix, or what to write instead. EC2 would drop those bits, and every
/// plan would then want to put them back.
pub(super) fn range(text: &str) -> Result<IpNet, String> {
    match (text.parse::<IpNet>(), text.parse::<IpAddr>()) {
        (Ok(range), _) if range.trunc() == range => Ok(range),
        (Ok(range), _) => Err(format!("write `{}`", range.trunc())),
        (Err(_), Ok(address)) => Err(format!("for this one address, write `{}`", IpNet::from(address))),
        _ => Err("write an address and the length of its prefix, such as `10.0.0.0/16`".to_owned()),
    }
}

/// Refuses what is no range. The provider judges one that comes later, when it is planned.
pub(super) fn check(scope: &mut Scope<'_>, property: &str, range_of: &Value<String>) {
    if let Known::Is(text) = range_of.known()
        && let Err(help) = range(text)
    {
        scope.refuse(
            Problem::new(format!("`{text}` is no range of addresses"))
                .at(property)
                .help(help)
                .source("Amazon EC2 API Reference, \"AuthorizeSecurityGroupIngress\": CidrIp"),
        );
    }
}
