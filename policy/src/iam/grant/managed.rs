//! What one of AWS's managed policies comes to.

use std::collections::BTreeSet;

use super::{Concern, Entry, Grant, Named, Reach, Width, list};
use crate::iam::catalogue::{Level, ManagedPolicy};
use crate::iam::policy::{PolicyKind, Statement};
use crate::iam::read;
use crate::known::Known;
use crate::node::Node;
use crate::source::Span;
use crate::text::Text;

/// How much a managed policy allows on every resource.
#[derive(Clone, Debug)]
pub enum Managed {
    /// All of a service or more, permissions or credentials: in words.
    Administers(String),
    /// Data to read, or much to change: in words.
    Reaches(String),
    /// Nothing that is worth a word.
    Little,
}

/// The words of a policy are few, though it says much.
const IDEAS: usize = 3;

/// Whoever may change or delete so many kinds of things administers them. Policies for one agent or plugin, such as
/// `AmazonEKS_CNI_Policy`, have fewer.
const MANY: usize = 5;

/// Write actions that replace what others rely on, by the first words of their names.
const CHANGING: &[&str] =
    &["BatchDelete", "Delete", "Deregister", "Modify", "Reset", "Revoke", "Stop", "Terminate", "Update"];

/// Write actions of which one is enough: they replace data, code or secrets.
const REPLACING: &[&str] = &[
    "dynamodb:PutItem",
    "ecr:PutImage",
    "lambda:UpdateFunctionCode",
    "s3:PutObject",
    "secretsmanager:PutSecretValue",
    "ssm:PutParameter",
];

impl Managed {
    /// Judges a policy by its document. `span` is where it is attached.
    #[must_use]
    pub fn of(policy: &ManagedPolicy, span: Span) -> Managed {
        let document = Node::text(Text::new(policy.document, span));
        let read = read::policy(&document, PolicyKind::Identity, String::new(), &mut Vec::new());
        let statements = read.map(|policy| policy.statements).unwrap_or_default();
        let allowing: Vec<&Statement> = statements.iter().filter(|statement| statement.allows()).collect();
        let grants: Vec<Grant> = allowing.iter().map(|statement| Grant::of(statement)).collect();
        let wide: Vec<&Entry> = grants
            .iter()
            .filter(|grant| matches!(grant.reach, Reach::Every(_)))
            .flat_map(|grant| &grant.entries)
            .collect();
        let administered = [everything(&allowing, &wide), services(&wide), administered(&wide)];
        let administered: Vec<String> = administered.into_iter().flatten().collect();
        // AWS prescribes these for roles of its services, which change what they are there to change.
        let is_of_service = policy.path.contains("service-role/");
        match administered.as_slice() {
            [] => {}
            _ if is_of_service => return Managed::Reaches(words(&administered)),
            _ => return Managed::Administers(words(&administered)),
        }
        let changed = if is_of_service { None } else { changed(&wide) };
        let reached: Vec<String> = reached(&wide).into_iter().chain(changed).collect();
        if reached.is_empty() { Managed::Little } else { Managed::Reaches(words(&reached)) }
    }
}

fn words(ideas: &[String]) -> String {
    ideas.iter().take(IDEAS).cloned().collect::<Vec<_>>().join("; ")
}

fn everything(statements: &[&Statement], wide: &[&Entry]) -> Option<String> {
    if wide.iter().any(|entry| entry.width == Width::EveryAction) {
        return Some("every action of every service".to_owned());
    }
    let negated = statements.iter().find_map(|statement| match &statement.not_action {
        Known::Is(entries) => Some(entries),
        Known::Absent | Known::Later(_) => None,
    })?;
    let but: Vec<String> = negated.texts.iter().map(|text| format!("`{}`", text.as_str())).collect();
    Some(format!("every action of every service but {}", but.join(", ")))
}

fn services(wide: &[&Entry]) -> Option<String> {
    let whole = wide.iter().filter(|entry| entry.width == Width::WholeService);
    let mut prefixes: Vec<&str> =
        whole.filter_map(|entry| Some(entry.text.as_str().split_once(':')?.0)).collect();
    prefixes.sort_unstable();
    prefixes.dedup();
    let shown: Vec<String> = prefixes.iter().take(IDEAS).map(|prefix| format!("`{prefix}`")).collect();
    match prefixes.len().saturating_sub(IDEAS) {
        _ if prefixes.is_empty() => None,
        0 => Some(format!("every action of {}", shown.join(", "))),
        left => Some(format!("every action of {} and {left} more services", shown.join(", "))),
    }
}

fn administered(wide: &[&Entry]) -> Option<String> {
    let of = |concern| actions(wide, |named| named.concern() == Some(concern) && !is_reading(named));
    let (credentials, permissions) = (of(Concern::Credentials), of(Concern::Permissions));
    let said = [("to have credentials by", credentials), ("to change permissions by", permissions)];
    let said: Vec<String> = said
        .iter()
        .filter(|(_, actions)| !actions.is_empty())
        .map(|(what, actions)| format!("{what} {}", list(actions)))
        .collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// Those that only read belong to the policies for reading.
fn is_reading(named: &Named) -> bool {
    named.action.level < Some(Level::Write)
}

fn reached(wide: &[&Entry]) -> Option<String> {
    let reading = actions(wide, |named| match named.concern() {
        Some(Concern::Secrets | Concern::Decryption | Concern::Data) => true,
        Some(Concern::Credentials) => is_reading(named),
        _ => false,
    });
    (!reading.is_empty()).then(|| format!("to read data by {}", list(&reading)))
}

fn changed(wide: &[&Entry]) -> Option<String> {
    let is_changing = |named: &Named| named.writes() && named.is_limitable() && named.begins_with(CHANGING);
    let changing = actions(wide, |named| is_changing(named) || REPLACING.contains(&named.name().as_str()));
    let is_much =
        changing.len() >= MANY || changing.iter().any(|named| REPLACING.contains(&named.name().as_str()));
    is_much.then(|| format!("to change or delete by {}", list(&changing)))
}

/// The actions of texts that are no whole service, once each.
fn actions(wide: &[&Entry], wanted: impl Fn(&Named) -> bool) -> Vec<Named> {
    let partial = wide.iter().filter(|entry| matches!(entry.width, Width::Pattern | Width::One));
    let mut found: Vec<Named> = Vec::new();
    let mut names = BTreeSet::new();
    for named in partial.flat_map(|entry| &entry.actions).filter(|named| wanted(named)) {
        if names.insert((named.service.prefix, named.action.name)) {
            found.push(*named);
        }
    }
    found
}
