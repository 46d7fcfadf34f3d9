//! On which resources a permission is needed: the ARNs of what an action acts on, as narrow as a document says.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Name, Names};
use super::operations;
use super::place::Place;
use super::table::{Entry, Permission, Reach};
use crate::iam::catalogue::{Action, Level, Target, service};
use crate::terraform::Block;

/// An action that acts on more types than these acts on whatever there is: of such types only its own and the required
/// ones count.
const MANY_TYPES: usize = 20;

/// Classic load balancers share this prefix with the newer ones, and where an action has the same name in both the data
/// has that of the classic ones only.
const SHARED: &str = "elasticloadbalancing";

/// Names that forms of ARNs give to parts of many types: what one type's is says nothing about another's.
const ANYBODYS: [&str; 5] = ["Arn", "Id", "Name", "ResourceId", "Token"];

/// A block's resource, as ARNs name it.
pub(super) struct Subject<'s> {
    entry: &'s Entry,
    place: &'s Place,
    /// What stands for the variable parts of the ARN.
    parts: BTreeMap<String, BTreeSet<String>>,
}

impl<'s> Subject<'s> {
    pub(super) fn of(block: &Block, entry: &'s Entry, names: &Names<'_>, place: &'s Place) -> Subject<'s> {
        let templates = operations::templates(entry, block);
        let parts = if templates.len() > 1 { Parts::Several } else { Parts::One };
        let parts = templates.into_iter().map(|(variable, template)| {
            let filled = template.split('|').map(|one| match names.template(one, block) {
                Name::Written(name) | Name::Whole(name) => in_arn(&name, parts),
                Name::Absent | Name::Open => "*".to_owned(),
            });
            (variable, filled.collect())
        });
        Subject { entry, place, parts: parts.collect() }
    }

    /// The ARNs of the resource itself.
    pub(super) fn own(&self) -> BTreeSet<String> {
        let service = service(self.entry.service);
        let forms = self.entry.kinds.iter().filter_map(|kind| service?.resource_type(kind));
        forms.flat_map(|form| self.filled(form.arn, Reach::Named)).collect()
    }

    /// The ARNs that a permission is needed for.
    pub(super) fn resources(&self, permission: &Permission) -> BTreeSet<String> {
        let everything = || BTreeSet::from(["*".to_owned()]);
        let Some((prefix, name)) = permission.action.split_once(':') else {
            return everything();
        };
        let Some(service) = service(prefix) else {
            return everything();
        };
        let Some(action) = service.action(name).filter(|action| !action.targets.is_empty()) else {
            return everything();
        };
        let is_own = prefix == self.entry.service;
        let reach = if is_own { permission.reach } else { Reach::Every };
        let forms = self.chosen(action, is_own, permission).into_iter();
        let forms = forms.filter_map(|kind| Some(service.resource_type(kind)?.arn));
        let found: BTreeSet<String> = forms.flat_map(|form| self.filled(form, reach)).collect();
        if found.is_empty() { everything() } else { found }
    }

    /// What an action acts on here: the block's own type and what every request needs; in a request that creates or
    /// changes, also whatever it may name besides.
    fn chosen<'a>(&'a self, action: &'a Action, is_own: bool, permission: &Permission) -> Vec<&'a str> {
        let kinds = || self.entry.kinds.iter().map(String::as_str);
        let is_kind = |target: &&Target| is_own && kinds().any(|kind| kind == target.resource_type);
        let is_tagging = operations::is_tagging(&permission.action);
        if is_own && self.entry.service == SHARED && !action.targets.iter().any(|target| is_kind(&target)) {
            return kinds().collect();
        }
        let changes = permission.operation.changes()
            && !is_tagging
            && !matches!(action.level, Some(Level::Read | Level::List))
            && action.targets.len() <= MANY_TYPES;
        let is_chosen = |target: &&Target| changes || target.required || is_kind(target);
        let chosen: Vec<&str> =
            action.targets.iter().filter(is_chosen).map(|target| target.resource_type).collect();
        if chosen.is_empty() {
            action.targets.iter().map(|target| target.resource_type).collect()
        } else {
            chosen
        }
    }

    /// The ARNs of a form; a part of several names gives several.
    fn filled(&self, form: &str, reach: Reach) -> BTreeSet<String> {
        let mut arns = BTreeSet::from([String::new()]);
        let mut rest = form;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((variable, after)) = after.split_once('}') else { break };
            let parts = self.part(variable, reach);
            let all = arns.iter().flat_map(|arn| parts.iter().map(move |part| joined(arn, before, part)));
            arns = all.collect();
            rest = after;
        }
        // The linter of CloudFormation writes the end of some forms as a regular expression.
        arns.into_iter().map(|arn| tidy(&(arn + &rest.replace(".*", "*")))).collect()
    }

    fn part(&self, variable: &str, reach: Reach) -> BTreeSet<String> {
        let is_own = self.own_variable(variable) || !ANYBODYS.contains(&variable);
        match (self.place.part(variable), reach) {
            (Some(part), _) => [part.to_owned()].into(),
            (None, Reach::Named) if is_own && self.parts.contains_key(variable) => {
                self.parts.get(variable).cloned().unwrap_or_default()
            }
            _ => ["*".to_owned()].into(),
        }
    }

    /// Whether the form of the block's own kind has no variable part but one: then the name is that of this one.
    fn own_variable(&self, variable: &str) -> bool {
        self.parts.len() == 1 && self.parts.contains_key(variable) && self.entry.kinds.len() == 1
    }
}

/// A part of an ARN after what is there already: a path has one slash before it.
fn joined(arn: &str, before: &str, part: &str) -> String {
    let start = format!("{arn}{before}");
    let part = if start.ends_with('/') { part.trim_start_matches('/') } else { part };
    start + part
}

/// One `*` says as much as several.
fn tidy(arn: &str) -> String {
    let mut arn = arn.to_owned();
    while arn.contains("**") {
        arn = arn.replace("**", "*");
    }
    arn
}

/// How many parts of an ARN vary.
#[derive(Clone, Copy)]
enum Parts {
    One,
    Several,
}

/// A name as it stands in an ARN: of an ARN or an address in the web the part that names.
fn in_arn(name: &str, parts: Parts) -> String {
    if let Some(rest) = name.strip_prefix("https://") {
        // The address of a queue ends with its name; an identity provider is called by its address.
        let is_queue = rest.starts_with("sqs.") || rest.contains(".queue.");
        return if is_queue { last(rest, '/') } else { rest.to_owned() };
    }
    let Some(resource) = name.strip_prefix("arn:").and_then(|arn| arn.splitn(5, ':').nth(4)) else {
        return name.to_owned();
    };
    let named = resource.split_once(['/', ':']).map_or(resource, |(_, named)| named);
    // `loadbalancer/app/NAME/ID`
    let kinds = ["app/", "gwy/", "net/"];
    let named = kinds.iter().find_map(|kind| named.strip_prefix(kind)).unwrap_or(named);
    match parts {
        Parts::One => named.to_owned(),
        Parts::Several => named.split('/').next().unwrap_or(named).to_owned(),
    }
}

fn last(text: &str, separator: char) -> String {
    text.rsplit(separator).next().unwrap_or(text).to_owned()
}
