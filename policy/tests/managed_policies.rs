//! What the rules on validity say of AWS's own policies, which are valid: services that are gone, and what nobody notices.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use policy::Sources;
use policy::iam::catalogue::managed_policies;
use policy::iam::{self, PolicyKind};
use policy::node::Node;
use policy::rules::{Judgement, RULES, Rule, Subject, Theme};
use policy::text::Text;

/// Each finding of the rules on validity: the rule, the policy, the message.
fn findings() -> Vec<(&'static str, &'static str, String)> {
    let rules: Vec<&Rule> = RULES.iter().copied().filter(|rule| rule.theme() == Theme::Validity).collect();
    let mut found = Vec::new();
    for managed in managed_policies() {
        let mut sources = Sources::default();
        let id = sources.add(managed.name, managed.document);
        let node = Node::text(Text::new(managed.document, sources.whole(id)));
        let mut subject = Subject::of(Vec::new(), &mut Vec::new());
        let address = managed.name.to_owned();
        let policy = iam::read(&node, PolicyKind::Identity, address, &mut Vec::new());
        subject.policies.extend(policy.map(Arc::new));
        for rule in &rules {
            let mut judgement = Judgement::default();
            (rule.check)(&subject, &mut judgement);
            judgement.settle();
            found.extend(
                judgement.findings.into_iter().map(|finding| (rule.id, managed.name, finding.message)),
            );
        }
    }
    found
}

#[test]
fn aws_writes_valid_policies() {
    let mut said: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (rule, name, message) in findings() {
        *said.entry((rule, name)).or_default() += 1;
        if std::env::var_os("SHOW").is_some() {
            println!("{rule}\t{name}\t{message}");
        }
    }
    let mut text = "# rule, policy of AWS, findings\n".to_owned();
    for ((rule, name), count) in said {
        writeln!(text, "{rule} {name} {count}").unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules/managed-policies.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(text, std::fs::read_to_string(path).unwrap(), "refresh with `just bless`");
}
