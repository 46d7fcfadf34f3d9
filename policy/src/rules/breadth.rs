//! What rules about too wide grants have in common.

use super::iam::privilege_escalation::is_way;
use super::{Finding, Judgement, Rule, Subject};
use crate::iam::PolicyKind::Identity;
use crate::iam::catalogue::{Level, ManagedPolicy, managed_policy};
use crate::iam::grant::{self, Concern, Entry, Named, Reach, Width, list};
use crate::iam::{Purpose, replacement};

/// Why a statement on everything may reach less.
pub(super) const PICKS_LATER: &str = "whether this condition picks some resources is known only later";

/// Reports where a managed policy of AWS grants what `wide` says is too much.
pub(super) fn report_managed(
    rule: &'static Rule,
    wide: impl Fn(&grant::Managed) -> Option<&str>,
    subject: &Subject,
    judgement: &mut Judgement,
) {
    for attachment in subject.attachments.iter().filter(|attachment| attachment.purpose == Purpose::Grant) {
        if let Some((policy, comes_to)) = subject.managed(attachment)
            && let Some(what) = wide(comes_to)
        {
            let message = format!("the managed policy `{}` allows {what}, on every resource", policy.name);
            let finding = Finding::new(rule, attachment.span, attachment.address.as_str(), message);
            judgement.report(finding.instead(format!("attach {}", narrower(policy))));
        }
    }
}

/// What to attach instead of a managed policy: the one that AWS has for reading, or for less than that, under the same
/// name.
fn narrower(policy: &ManagedPolicy) -> String {
    const OWN: &str = "a policy of your own that names the actions and the ARNs";
    const WIDE: [&str; 7] =
        ["_FullAccess", "FullAccess", "FullAccess_v2", "PowerUser", "ReadWrite", "Administrator", "Admin"];
    // The same without reading every parameter (Systems Manager user guide, "Default Host Management Configuration").
    const OTHERWISE: [(&str, &str); 2] = [
        ("AmazonEC2RoleforSSM", "AmazonSSMManagedEC2InstanceDefaultPolicy"),
        ("AmazonSSMManagedInstanceCore", "AmazonSSMManagedEC2InstanceDefaultPolicy"),
    ];
    const NARROW: [&str; 5] = ["PullOnly", "_ReadOnlyAccess", "ReadOnlyAccess", "ReadOnly", "ReadOnlyPolicy"];
    let stems = WIDE.iter().filter_map(|suffix| policy.name.strip_suffix(suffix));
    let otherwise = OTHERWISE.iter().filter(|(wide, _)| *wide == policy.name);
    let mut names = stems
        .flat_map(|stem| NARROW.map(|suffix| format!("{stem}{suffix}")))
        .chain(otherwise.map(|(_, narrow)| (*narrow).to_owned()));
    match names.find_map(|name| managed_policy(&name)) {
        Some(narrower) => format!("`{}` if that is enough, else {OWN}", narrower.name),
        None => OWN.to_owned(),
    }
}

/// Reports the actions with these concerns that a statement allows on every resource, once a statement. Each text of
/// `Action` has one concern, the worst of its actions, so that one rule alone reports it.
pub(super) fn report_on_every_resource(
    rule: &'static Rule,
    concerns: &[Concern],
    what: &str,
    subject: &Subject,
    judgement: &mut Judgement,
) {
    for (policy, _, grant) in subject.grants(&[Identity]) {
        let concerned = grant.concerns().filter(|(_, concern)| concerns.contains(concern));
        let entries: Vec<(&Entry, Concern)> =
            concerned.filter(|(entry, concern)| !of_concern(entry, *concern).is_empty()).collect();
        let Some((first, _)) = entries.first() else {
            continue; // nothing of the kind is allowed
        };
        match &grant.reach {
            Reach::Some => {}
            Reach::Later(later) => {
                judgement.undecided(later.span, PICKS_LATER);
            }
            Reach::Every(_) => {
                let actions: Vec<Named> =
                    entries.iter().flat_map(|(entry, concern)| of_concern(entry, *concern)).collect();
                let message = format!("{} on every resource: {what}", list(&actions));
                let finding = Finding::new(rule, first.text.span(), &policy.address, message);
                let arns = replacement::of_every_resource(&actions, &policy.address, &subject.blocks);
                judgement.report(match arns {
                    Some(arns) => finding.instead(format!("{}: in `Resource`, {arns}", rule.remedy)),
                    None => finding,
                });
            }
        }
    }
}

/// The actions with a concern, but for those that are a way to more permissions by themselves: that is worse, and
/// reported as such.
fn of_concern(entry: &Entry, concern: Concern) -> Vec<Named> {
    entry.of_concern(concern).filter(|named| !is_way(&named.name())).copied().collect()
}

/// What comes of a statement that could name ARNs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Harm {
    /// It lists and describes.
    Describes,
    /// It does more.
    More,
}

/// Reports the statements of this harm that allow on everything what ARNs can limit, but for what is worse than that.
pub(super) fn report_missing_arns(
    rule: &'static Rule,
    harm: Harm,
    subject: &Subject,
    judgement: &mut Judgement,
) {
    for (policy, _, grant) in subject.grants(&[Identity]) {
        let limitable: Vec<&Entry> = grant.entries.iter().filter(|entry| could_have_arns(entry)).collect();
        let (Some(first), true) = (limitable.first(), harm_of(&limitable) == harm) else {
            continue; // another rule's, or nobody's
        };
        match &grant.reach {
            Reach::Some => {}
            Reach::Later(later) => {
                judgement.undecided(later.span, PICKS_LATER);
            }
            Reach::Every(every) => {
                let all = every.literal().map_or_else(|| "this ARN".to_owned(), |text| format!("`{text}`"));
                let named = match limitable.len().saturating_sub(1) {
                    0 => format!("`{}`", first.text.as_str()),
                    more => format!("`{}` and {more} more", first.text.as_str()),
                };
                let message = format!("{all} reaches every resource, yet {named} can be limited to ARNs");
                let finding = Finding::new(rule, every.span(), &policy.address, message);
                let actions: Vec<Named> =
                    limitable.iter().flat_map(|entry| &entry.actions).copied().collect();
                let arns = replacement::of_every_resource(&actions, &policy.address, &subject.blocks);
                judgement.report(match arns {
                    Some(arns) => finding.instead(format!("in `Resource`, {arns}; {OTHERS}")),
                    None => finding,
                });
            }
        }
    }
}

const OTHERS: &str = "put actions that have no resource level in a statement of their own";

fn could_have_arns(entry: &Entry) -> bool {
    matches!(entry.width, Width::Pattern | Width::One) && entry.concern().is_none() && entry.is_limitable()
}

fn harm_of(entries: &[&Entry]) -> Harm {
    let mut actions = entries.iter().flat_map(|entry| &entry.actions);
    let describes = |named: &Named| {
        let is_reading = named.action.level.is_none_or(|level| level <= Level::Read);
        is_reading && named.begins_with(&["Describe", "List"])
    };
    if actions.all(describes) { Harm::Describes } else { Harm::More }
}
