//! What is accepted in a configuration, in the plan of it: a plan has no comments.

use std::collections::BTreeMap;

use super::value;
use crate::report::{Accepted, Report, Via};
use crate::rules::Finding;
use crate::source::Sources;

/// What was accepted in a configuration, by the rule, the address without the keys of instances, and the value.
#[derive(Debug, Default)]
pub struct Alike(BTreeMap<(&'static str, String, String), (Via, String)>);

impl Alike {
    /// What a report accepts. Whatever has no address could be anywhere in a plan: it is left out.
    #[must_use]
    pub fn of(report: &Report, sources: &Sources) -> Alike {
        let named = report.accepted.iter().filter(|accepted| !accepted.finding.address.is_empty());
        let alike =
            named.map(|accepted| (key(&accepted.finding, sources), (accepted.via, accepted.reason.clone())));
        Alike(alike.collect())
    }

    /// Moves the findings that are alike to what is accepted.
    pub fn accept(&self, report: &mut Report, sources: &Sources) {
        for finding in std::mem::take(&mut report.findings) {
            match self.0.get(&key(&finding, sources)) {
                Some((via, reason)) => {
                    report.accepted.push(Accepted { finding, via: *via, reason: reason.clone() });
                }
                None => report.findings.push(finding),
            }
        }
    }
}

fn key(finding: &Finding, sources: &Sources) -> (&'static str, String, String) {
    (finding.rule.id, without_keys(&finding.address), value(finding, sources))
}

/// An address as the configuration has it: `module.a["x"].aws_b.c[0]` is one of `module.a.aws_b.c`. Keys are quoted as
/// strings of Terraform's language are ("Resource Address Syntax").
fn without_keys(address: &str) -> String {
    let (mut plain, mut characters) = (String::new(), address.chars());
    while let Some(character) = characters.next() {
        if character != '[' {
            plain.push(character);
            continue;
        }
        let mut is_quoted = false;
        while let Some(character) = characters.next() {
            match character {
                '"' => is_quoted = !is_quoted,
                '\\' if is_quoted => drop(characters.next()),
                ']' if !is_quoted => break,
                _ => {}
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_instances_are_left_out() {
        for (address, plain) in [
            ("aws_a.b", "aws_a.b"),
            ("aws_a.b[0]", "aws_a.b"),
            (r#"module.m["x"].aws_a.b["y"]"#, "module.m.aws_a.b"),
            (r#"aws_a.b["]"].c"#, "aws_a.b.c"),
            (r#"aws_a.b["\"]"].c"#, "aws_a.b.c"),
            (r#"aws_a.b["open"#, "aws_a.b"),
            ("", ""),
        ] {
            assert_eq!(without_keys(address), plain, "{address}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_the_key_is_it_is_left_out(key in "\\PC{0,8}") {
            let quoted = key.replace('\\', "\\\\").replace('"', "\\\"");
            proptest::prop_assert_eq!(without_keys(&format!("a.b[\"{quoted}\"].c")), "a.b.c");
        }
    }
}
