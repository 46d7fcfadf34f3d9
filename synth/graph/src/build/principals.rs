//! Whom a statement names as its principals.

use std::collections::BTreeSet;

use policy::iam::{Issuer, Principal, Statement, trusted};
use policy::node::{Node, Value};
use policy::text::Text;

use super::home::Homes;
use super::index::{At, Index, Scope};
use super::outside;
use crate::architecture::Architecture;

/// The address of GitHub's identity provider (GitHub documentation, "Configuring OpenID Connect in Amazon Web Services").
const GITHUB: &str = "token.actions.githubusercontent.com";

/// The boxes of those whom a statement lets in. A service acts for a resource where a condition says for which; the account
/// itself stands for whoever its own policies let in, and is nobody.
pub(super) fn of(
    drawn: &mut Architecture,
    index: &Index<'_>,
    homes: &Homes<'_, '_>,
    carrier: At,
    statement: &Statement,
) -> BTreeSet<String> {
    let scope = index.scope(carrier);
    let sources = sources(index, homes, &scope, statement);
    let mut found = BTreeSet::new();
    for principal in statement.principal.known().into_iter().flatten() {
        match principal.kind.as_str() {
            "Service" if !sources.is_empty() => found.extend(sources.iter().cloned()),
            "Service" => {
                found.insert(service(drawn, &shown(&principal.id)));
            }
            "Federated" => {
                found.insert(provider(drawn, index, carrier.stack, statement, principal));
            }
            _ => found.extend(accounts(drawn, index, homes, &scope, statement, principal)),
        }
    }
    found
}

/// A service of AWS that acts by itself.
pub(super) fn service(drawn: &mut Architecture, principal: &str) -> String {
    outside::actor(drawn, principal, "AWS service")
}

/// A text with what is known only later as `…`.
pub(super) fn shown(text: &Text) -> String {
    let mut shown = String::new();
    for (at, character) in text.as_str().char_indices() {
        match text.hole(at) {
            Some(Node { value: Value::Reference(reference), .. }) if text.only_hole().is_some() => {
                shown.push_str(&reference.to_string());
            }
            Some(_) => shown.push('…'),
            None => shown.push(character),
        }
    }
    shown
}

/// The resources for which a service may act (IAM user guide, "The confused deputy problem").
fn sources(
    index: &Index<'_>,
    homes: &Homes<'_, '_>,
    scope: &Scope,
    statement: &Statement,
) -> BTreeSet<String> {
    let values = statement.conditions_on("aws:SourceArn").flat_map(|condition| &condition.values);
    let named = values.flat_map(|text| index.in_text(scope, text).blocks);
    named.flat_map(|at| homes.of_block(at)).collect()
}

fn provider(
    drawn: &mut Architecture,
    index: &Index<'_>,
    stack: usize,
    statement: &Statement,
    principal: &Principal,
) -> String {
    let blocks = index.stacks.get(stack).map_or(&[][..], |stack| stack.blocks.as_slice());
    let trusted = trusted(statement, blocks);
    let address = trusted.iter().find_map(|trusted| trusted.address.clone());
    match address.as_deref() {
        Some(GITHUB) => outside::github(drawn),
        Some(address) => {
            let name = Issuer::of(address).map_or(address, |issuer| issuer.name);
            outside::actor(drawn, name, "identity provider")
        }
        None => outside::actor(drawn, &shown(&principal.id), "identity provider"),
    }
}

/// The subjects that a statement trusts, of whichever provider.
pub(super) fn subjects(statement: &Statement) -> Vec<String> {
    let conditions = statement.condition.known().into_iter().flatten();
    let of_subject = conditions.filter(|condition| condition.key.ends_with(":sub"));
    of_subject.flat_map(|condition| &condition.values).map(shown).collect()
}

/// Whether conditions let in nobody but the account itself, whose own policies then decide (IAM user guide, "AWS global condition
/// context keys"; AWS KMS developer guide, "kms:CallerAccount").
fn is_of_own_account(index: &Index<'_>, scope: &Scope, statement: &Statement) -> bool {
    let keys = ["aws:PrincipalAccount", "kms:CallerAccount", "aws:SourceAccount"];
    let conditions = keys.iter().flat_map(|key| statement.conditions_on(key));
    let mut demanding = conditions.filter(|condition| condition.demands());
    demanding.any(|condition| {
        condition.values.iter().all(|text| {
            let named = index.in_text(scope, text);
            named.blocks.iter().any(|at| index.type_name(*at) == "aws_caller_identity")
        })
    })
}

fn accounts(
    drawn: &mut Architecture,
    index: &Index<'_>,
    homes: &Homes<'_, '_>,
    scope: &Scope,
    statement: &Statement,
    principal: &Principal,
) -> BTreeSet<String> {
    let named = index.in_text(scope, &principal.id);
    let (own, others): (BTreeSet<At>, BTreeSet<At>) =
        named.blocks.into_iter().partition(|at| index.type_name(*at) == "aws_caller_identity");
    let mut found: BTreeSet<String> = others.into_iter().flat_map(|at| homes.of_block(at)).collect();
    if !own.is_empty() || !found.is_empty() {
        return found;
    }
    let written = shown(&principal.id);
    if written == "*" && is_of_own_account(index, scope, statement) {
        return found;
    }
    let account = written.split(':').nth(4).unwrap_or(&written);
    if written == "*" {
        found.insert(if statement.is_unconditional() {
            outside::internet(drawn)
        } else {
            outside::actor(drawn, "anybody", "under conditions")
        });
    } else if let Some(value) = named.given.first() {
        found.insert(outside::given(drawn, value, "principal"));
    } else {
        let kind = if written.contains(":root") || account == written { "AWS account" } else { "principal" };
        let name = if kind == "AWS account" { account } else { &written };
        found.insert(outside::actor(drawn, name, kind));
    }
    found
}
