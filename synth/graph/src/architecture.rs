//! What is in a picture: boxes in frames, arrows between them, and what could not be decided.

use std::collections::{BTreeMap, BTreeSet};

use crate::kind::Category;

/// An architecture. Boxes and frames have ids of their own; everything is sorted by them.
#[derive(Clone, Debug, Default)]
pub struct Architecture {
    /// The frames.
    pub groups: BTreeMap<String, Group>,
    /// The boxes.
    pub nodes: BTreeMap<String, Node>,
    /// The arrows, each once for its ends and kind.
    pub arrows: BTreeMap<(String, String, Meaning), Arrow>,
    /// What could not be decided, for a reader.
    pub undecided: BTreeSet<String>,
    /// Data sources and ephemeral resources that stand for no part of the architecture.
    pub lookups: BTreeSet<String>,
}

/// A frame.
#[derive(Clone, Debug)]
pub struct Group {
    /// The frame around it.
    pub parent: Option<String>,
    /// What it groups by.
    pub kind: Grouping,
    /// Its title.
    pub title: String,
    /// What is said beside the title.
    pub note: String,
    /// The resources that it stands for, and those that are details of it.
    pub parts: BTreeSet<Part>,
}

/// What a frame groups by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grouping {
    /// One account, whom its owner trusts.
    Account,
    /// A provider that is not AWS.
    Provider,
    /// What is applied together.
    Stack,
    /// A VPC.
    Network,
    /// Subnets with the same way out.
    Subnets,
    /// A cluster of services.
    Cluster,
    /// Things of one kind.
    Kind,
}

impl Grouping {
    /// Its name, in styles.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Grouping::Account => "account",
            Grouping::Provider => "provider",
            Grouping::Stack => "stack",
            Grouping::Network => "network",
            Grouping::Subnets => "subnets",
            Grouping::Cluster => "cluster",
            Grouping::Kind => "kind",
        }
    }
}

/// A box.
#[derive(Clone, Debug)]
pub struct Node {
    /// The frame around it.
    pub group: Option<String>,
    /// What it is for.
    pub category: Category,
    /// What it is, such as `App Runner service`.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// What else is said in it, a line each.
    pub notes: Vec<String>,
    /// Whether it is there already: something that the stacks find, or are given.
    pub is_found: bool,
    /// The resources that it stands for, and those that are details of it.
    pub parts: BTreeSet<Part>,
    /// What else there is to say of it, for who asks.
    pub remarks: BTreeSet<String>,
}

/// A resource that a box or a frame stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The stack it is in; empty where there is one.
    pub stack: String,
    /// Its address there.
    pub address: String,
    /// What it is, such as `alarm`.
    pub kind: String,
}

/// What an arrow means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The first can open connections to the second.
    Reaches,
    /// The first is allowed actions on the second.
    May,
    /// The first may act as the second.
    Trusted,
    /// The first refers to the second.
    Uses,
}

impl Meaning {
    /// All of them, in the order of the legend.
    pub const ALL: [Meaning; 4] = [Meaning::Reaches, Meaning::May, Meaning::Trusted, Meaning::Uses];

    /// Its name, in styles.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Meaning::Reaches => "reaches",
            Meaning::May => "may",
            Meaning::Trusted => "trusted",
            Meaning::Uses => "uses",
        }
    }

    /// What the legend says.
    #[must_use]
    pub fn legend(self) -> &'static str {
        match self {
            Meaning::Reaches => "can reach (ports)",
            Meaning::May => "may (IAM actions)",
            Meaning::Trusted => "may act as",
            Meaning::Uses => "refers to",
        }
    }
}

/// An arrow.
#[derive(Clone, Debug, Default)]
pub struct Arrow {
    /// What stands on it, a line each.
    pub labels: BTreeSet<String>,
    /// All that it stands for, for who asks.
    pub details: BTreeSet<String>,
}

impl Architecture {
    /// Adds to the arrow between two ends, unless they are one.
    pub(crate) fn arrow(&mut self, from: &str, to: &str, meaning: Meaning, label: &str, detail: &str) {
        if from == to {
            return;
        }
        let arrow = self.arrows.entry((from.to_owned(), to.to_owned(), meaning)).or_default();
        if !label.is_empty() {
            arrow.labels.insert(label.to_owned());
        }
        if !detail.is_empty() {
            arrow.details.insert(detail.to_owned());
        }
    }

    /// The frames around a box or a frame, from the nearest outwards.
    pub(crate) fn around<'a>(&'a self, id: &str) -> Vec<&'a str> {
        let first = match self.nodes.get(id) {
            Some(node) => node.group.as_deref(),
            None => self.groups.get(id).and_then(|group| group.parent.as_deref()),
        };
        let mut found = Vec::new();
        let mut next = first;
        while let Some(group) = next {
            // A frame is never inside of itself; a mistake there must not be endless.
            if found.contains(&group) {
                break;
            }
            found.push(group);
            next = self.groups.get(group).and_then(|group| group.parent.as_deref());
        }
        found
    }

    /// The boxes in each frame, at any depth.
    pub(crate) fn inside(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut inside: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for id in self.nodes.keys() {
            for group in self.around(id) {
                inside.entry(group).or_default().insert(id);
            }
        }
        inside
    }

    /// A name for each frame and box that any language takes: ids may hold anything.
    pub(crate) fn numbered(&self) -> BTreeMap<&str, String> {
        let all = self.groups.keys().chain(self.nodes.keys()).enumerate();
        all.map(|(number, id)| (id.as_str(), format!("n{number}"))).collect()
    }

    /// Takes out the frames that nothing is in and that stand for nothing.
    pub(crate) fn prune(&mut self) {
        loop {
            let mut used: BTreeSet<String> =
                self.groups.values().filter_map(|group| group.parent.clone()).collect();
            used.extend(self.nodes.values().filter_map(|node| node.group.clone()));
            let before = self.groups.len();
            self.groups.retain(|id, group| used.contains(id) || !group.parts.is_empty());
            if self.groups.len() == before {
                return;
            }
        }
    }
}
