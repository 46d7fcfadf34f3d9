//! Services of AWS (Service Authorization Reference; the resource types that CloudFormation's
//! linter knows beyond it).

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use super::packed::{Packed, words};

static SERVICES: LazyLock<Packed<BTreeMap<&'static str, Lines>>> =
    LazyLock::new(|| Packed::of(include_bytes!("../../../data/services.packed"), split));

/// What an action does to what it acts on; the order is that of the harm it may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Lists resources.
    List,
    /// Reads their content.
    Read,
    /// Changes tags only.
    Tag,
    /// Creates, changes or deletes.
    Write,
    /// Changes who may do what.
    Permissions,
}

/// Whether an action can be limited to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// It can: an ARN belongs in `Resource`.
    Resource,
    /// It cannot: only `"*"` allows it.
    Any,
}

/// A service by the prefix of its actions.
#[derive(Debug, Default)]
pub struct Service {
    /// The prefix, such as `sqs`.
    pub prefix: &'static str,
    /// Its actions by name.
    pub actions: Vec<Action>,
    /// What they act on.
    pub resource_types: Vec<ResourceType>,
    /// The keys that conditions on them may test, those of all services (`aws:…`) left out where no
    /// action of this one has them.
    pub condition_keys: Vec<ConditionKey>,
}

/// One action of a service.
#[derive(Clone, Debug)]
pub struct Action {
    /// Its name without the service; in small letters where only CloudFormation's linter knows it.
    pub name: &'static str,
    /// What it does; nothing where only CloudFormation's linter knows the action.
    pub level: Option<Level>,
    /// What it acts on; nothing if it cannot be limited to resources.
    pub targets: Vec<Target>,
    /// The condition keys that it has whatever it acts on.
    pub condition_keys: Vec<&'static str>,
}

/// A resource type as one action acts on it.
#[derive(Clone, Debug)]
pub struct Target {
    /// The type's name.
    pub resource_type: &'static str,
    /// Whether the action needs one in every request.
    pub required: bool,
    /// The condition keys that the action has for this type.
    pub condition_keys: Vec<&'static str>,
}

/// A type of resource of a service.
#[derive(Clone, Debug)]
pub struct ResourceType {
    /// Its name, such as `queue`.
    pub name: &'static str,
    /// The form of its ARN, such as `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`.
    pub arn: &'static str,
    /// The condition keys that every request about it has.
    pub condition_keys: Vec<&'static str>,
}

/// A key that a condition may test.
#[derive(Clone, Debug)]
pub struct ConditionKey {
    /// Its name, such as `aws:RequestTag/${TagKey}`.
    pub name: &'static str,
    /// The type of its values as AWS names it, such as `ArrayOfString`.
    pub kind: &'static str,
}

impl Action {
    /// Whether it can be limited to a resource.
    #[must_use]
    pub fn scope(&self) -> Scope {
        if self.targets.is_empty() { Scope::Any } else { Scope::Resource }
    }
}

impl ConditionKey {
    /// Whether a key of a condition is this one: without case, a variable part being any text.
    #[must_use]
    pub fn is(&self, key: &str) -> bool {
        is_named(self.name, key)
    }

    /// Whether one request may have several values for it.
    #[must_use]
    pub fn is_list(&self) -> bool {
        self.kind.starts_with("ArrayOf")
    }
}

/// Whether a key is the one of a name, which may have a variable part: `${TagKey}`, `<key>` or `tag-key`.
#[must_use]
pub fn is_named(name: &str, key: &str) -> bool {
    let between = |open, close| {
        let (start, rest) = name.split_once(open)?;
        Some((start, rest.split_once(close).map_or("", |(_, end)| end)))
    };
    let variable = between("${", "}").or_else(|| between("<", ">")).or_else(|| name.split_once("tag-key"));
    let Some((start, end)) = variable else {
        return name.eq_ignore_ascii_case(key);
    };
    let Some(middle) = key.len().checked_sub(end.len()) else {
        return false;
    };
    let starts = key.get(..start.len()).is_some_and(|text| text.eq_ignore_ascii_case(start));
    starts && middle > start.len() && key.get(middle..).is_some_and(|text| text.eq_ignore_ascii_case(end))
}

impl Service {
    /// The action of that name, which has no case.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.name.eq_ignore_ascii_case(name))
    }

    /// The resource type of that name.
    #[must_use]
    pub fn resource_type(&self, name: &str) -> Option<&ResourceType> {
        self.resource_types.iter().find(|known| known.name == name)
    }

    /// The condition key that a key of a condition is.
    #[must_use]
    pub fn condition_key(&self, key: &str) -> Option<&ConditionKey> {
        self.condition_keys.iter().find(|known| known.is(key))
    }
}

/// The service whose actions have that prefix, which has no case.
#[must_use]
pub fn service(prefix: &str) -> Option<&'static Service> {
    let prefix = prefix.to_ascii_lowercase();
    Some(SERVICES.chunk(&prefix)?.get(prefix.as_str())?.service())
}

/// Every service.
pub fn services() -> impl Iterator<Item = &'static Service> {
    SERVICES.all().flat_map(BTreeMap::values).map(Lines::service)
}

/// The lines of a service, read when it is asked for: a chunk has up to twenty services.
struct Lines {
    prefix: &'static str,
    lines: &'static str,
    made: OnceLock<Service>,
}

impl Lines {
    fn service(&self) -> &Service {
        self.made.get_or_init(|| read(self.prefix, self.lines))
    }
}

/// `@` and its prefix begin a service.
fn split(text: &'static str) -> BTreeMap<&'static str, Lines> {
    let services = text.strip_prefix("@\t").into_iter().flat_map(|text| text.split("\n@\t"));
    let lines = services.map(|service| {
        let (prefix, lines) = service.split_once('\n').unwrap_or((service, ""));
        (prefix, Lines { prefix, lines, made: OnceLock::new() })
    });
    lines.collect()
}

/// One line each: `K` is a condition key, `R` a resource type, `A` an action.
fn read(prefix: &'static str, lines: &'static str) -> Service {
    let mut service = Service { prefix, ..Service::default() };
    for line in lines.lines() {
        let fields: Vec<&'static str> = line.split('\t').collect();
        match fields.as_slice() {
            ["K", name, kind] => service.condition_keys.push(ConditionKey { name, kind }),
            ["R", name, arn, keys] => {
                service.resource_types.push(ResourceType { name, arn, condition_keys: words(keys) });
            }
            ["A", name, level, keys, targets @ ..] => service.actions.push(Action {
                name,
                level: self::level(level),
                targets: targets.iter().map(|text| target(text)).collect(),
                condition_keys: words(keys),
            }),
            _ => {} // the generator writes no other line, which a test counts
        }
    }
    service
}

fn level(word: &str) -> Option<Level> {
    Some(match word {
        "list" => Level::List,
        "read" => Level::Read,
        "tag" => Level::Tag,
        "write" => Level::Write,
        "permissions" => Level::Permissions,
        _ => return None,
    })
}

/// `queue!|keys`, with the mark where it is required.
fn target(text: &'static str) -> Target {
    let mut parts = text.split('|');
    let name = parts.next().unwrap_or_default();
    let bare = name.strip_suffix('!');
    Target {
        resource_type: bare.unwrap_or(name),
        required: bare.is_some(),
        condition_keys: parts.next().map(words).unwrap_or_default(),
    }
}
