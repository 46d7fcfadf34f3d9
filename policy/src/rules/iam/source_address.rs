//! Addresses that `aws:SourceIp` never has, and networks that are written wider than they read.

use std::net::IpAddr;

use crate::access::{Comparison, Network, Operator};
use crate::rules::{Bad, Finding, Judgement, Rule, Severity, Subject};

pub(crate) static RULE: Rule = Rule {
    id: "IAM022",
    name: "ineffective-address",
    summary: "a condition on addresses names private ones for `aws:SourceIp`, or one inside of a network for the network",
    rationale: "`aws:SourceIp` is the public address of a request; from a VPC endpoint it is absent. A private range never \
                matches, and `NotIpAddress` of one always does. Bits behind the prefix of a network are ignored, so that the \
                range is wider than it reads.",
    remedy: "write public ranges; `aws:VpcSourceIp` has the private address of a request through a VPC endpoint",
    sources: &[
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    ],
    severity: Severity::Warning,
    good: &[
        r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"NotIpAddress\": {\"aws:SourceIp\": [\"203.0.113.0/24\", \"0.0.0.0/0\", \"198.51.100.7\", \"2001:db8::/32\"]}, \"IpAddress\": {\"aws:VpcSourceIp\": \"10.0.0.0/8\"}}}}"}}}}"#,
    ],
    bad: &[Bad {
        document: r#"{"resource": {"aws_iam_policy": {"p": {"policy": "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": {\"NotIpAddress\": {\"aws:SourceIp\": [\"10.0.0.0/8\", \"203.0.113.7/24\", \"fd00::/8\", \"192.168.1.1\"]}}}}"}}}}"#,
        at: &[r#"\"10.0.0.0/8\""#, r#"\"203.0.113.7/24\""#, r#"\"fd00::/8\""#, r#"\"192.168.1.1\""#],
    }],
    check,
};

fn check(subject: &Subject, judgement: &mut Judgement) {
    for (policy, _, condition) in subject.conditions() {
        let compares = Operator::named(&condition.operator)
            .is_some_and(|operator| operator.comparison == Comparison::Address);
        if !compares {
            continue;
        }
        let is_source = condition.key.eq_ignore_ascii_case("aws:SourceIp");
        for value in &condition.values {
            // What is no network is another rule's.
            let Some((written, network)) =
                value.literal().and_then(|text| Some((text, Network::read(text)?)))
            else {
                continue;
            };
            let (what, instead) = if is_source && is_private(network.first) && is_private(network.last) {
                let what = format!("`{written}` is private, and `aws:SourceIp` is a public address");
                (what, "write a public range, or compare `aws:VpcSourceIp`".to_owned())
            } else if let Some(meant) = network_of(written, network) {
                (
                    format!("`{written}` is the whole network `{meant}`"),
                    format!("write `{meant}`, or the one address"),
                )
            } else {
                continue;
            };
            judgement.report(Finding::new(&RULE, value.span(), &policy.address, what).instead(instead));
        }
    }
}

/// Addresses that are not routed on the internet.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_loopback() || address.is_link_local(),
        IpAddr::V6(address) => {
            address.is_unique_local() || address.is_loopback() || address.is_unicast_link_local()
        }
    }
}

/// The network with its own address, where another was written.
fn network_of(written: &str, network: Network) -> Option<String> {
    let (address, prefix) = written.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    (address != network.first).then(|| format!("{}/{prefix}", network.first))
}
