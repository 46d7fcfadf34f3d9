//! What a statement that allows comes to: its actions one by one, and whether anything limits what they reach.

mod concern;
mod limit;
mod managed;
mod tally;

use super::catalogue::{Action, Level, Scope, Service, service, services};
use super::pattern;
use super::policy::Statement;
use crate::known::{Known, Later};
use crate::text::Text;

pub use concern::Concern;
pub use managed::Managed;
pub use tally::{list, tally};

/// What a statement allows.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The texts of its `Action`, but for those that another one covers.
    pub entries: Vec<Entry>,
    /// Which resources it reaches.
    pub reach: Reach,
}

/// Which resources a statement reaches.
#[derive(Clone, Debug)]
pub enum Reach {
    /// Those that it names, or that a condition picks.
    Some,
    /// All there are: it says so here.
    Every(Text),
    /// All there are, unless the condition that is known only later picks some.
    Later(Later),
}

/// One text of `Action`.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The text.
    pub text: Text,
    /// How much it is.
    pub width: Width,
    /// The actions it stands for; none for every action of every service.
    pub actions: Vec<Named>,
}

/// How much a text of `Action` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// Every action of every service.
    EveryAction,
    /// Every action of one service.
    WholeService,
    /// Those that a pattern matches.
    Pattern,
    /// One action.
    One,
    /// What nobody knows, or what is known only later.
    Unknown,
}

/// Actions that their guides allow on `*` in every example, and limit by conditions, although the Service Authorization Reference
/// has a resource for some requests (Amazon CloudWatch user guide, "Using condition keys to limit access to CloudWatch namespaces").
const EVERYWHERE: &[(&str, &str)] = &[("cloudwatch", "PutMetricData")];

/// An action with its service.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The service.
    pub service: &'static Service,
    /// The action.
    pub action: &'static Action,
}

impl Grant {
    /// What a statement comes to.
    #[must_use]
    pub fn of(statement: &Statement) -> Grant {
        let mut entries: Vec<Entry> = statement.actions().map(Entry::of).collect();
        let widest: Vec<Entry> = entries.iter().filter(|entry| entry.is_whole()).cloned().collect();
        entries.retain(|entry| !widest.iter().any(|wider| wider.covers(entry)));
        Grant { entries, reach: reach(statement) }
    }

    /// The worst that each text allows besides everything of a service, with the text.
    pub fn concerns(&self) -> impl Iterator<Item = (&Entry, Concern)> {
        self.entries.iter().filter_map(|entry| Some((entry, entry.concern()?)))
    }
}

fn reach(statement: &Statement) -> Reach {
    let Some(every) = statement.resources().find(|text| is_everything(text)) else {
        return Reach::Some;
    };
    match picks_resources(statement) {
        Err(later) => Reach::Later(later.clone()),
        Ok(true) => Reach::Some,
        Ok(false) => Reach::Every(every.clone()),
    }
}

/// Whether conditions pick the resources that a statement reaches.
///
/// # Errors
///
/// Where that is known only later.
pub fn picks_resources(statement: &Statement) -> Result<bool, &Later> {
    match &statement.condition {
        Known::Later(later) => Err(later),
        Known::Is(conditions) => Ok(conditions.iter().any(limit::picks_resources)),
        Known::Absent => Ok(false),
    }
}

/// Whether a text of `Resource` matches the ARNs of every service in every account.
#[must_use]
pub fn is_everything(text: &Text) -> bool {
    // Names that nobody has, in the partition that the text names, which may be known only later.
    let sample = |partition: &str| format!("arn:{partition}:\u{1}:\u{1}:\u{1}:\u{1}");
    let text = text.as_str();
    let own = text.split(':').nth(1).unwrap_or("aws");
    pattern::is_wild(text) && ["aws", own].iter().any(|partition| pattern::matches(text, &sample(partition)))
}

impl Entry {
    fn of(text: &Text) -> Entry {
        let (width, actions) = text.literal().map_or((Width::Unknown, Vec::new()), meaning);
        Entry { text: text.clone(), width, actions }
    }

    /// The worst that one of its actions does; nothing for every action of a service or of all, which is
    /// worse than any.
    #[must_use]
    pub fn concern(&self) -> Option<Concern> {
        if self.is_whole() {
            return None;
        }
        self.actions.iter().filter_map(Named::concern).max()
    }

    /// Whether it is every action, of all services or of one.
    fn is_whole(&self) -> bool {
        matches!(self.width, Width::EveryAction | Width::WholeService)
    }

    /// Whether it is wider than another text, and allows all that this one does.
    fn covers(&self, other: &Entry) -> bool {
        match (self.width, other.width) {
            (Width::EveryAction, width) => width != Width::EveryAction,
            (Width::WholeService, Width::Pattern | Width::One) => {
                let service = self.actions.first().map(|named| named.service.prefix);
                other.actions.iter().all(|named| Some(named.service.prefix) == service)
            }
            _ => false,
        }
    }

    /// The actions with a concern.
    pub fn of_concern(&self, concern: Concern) -> impl Iterator<Item = &Named> {
        self.actions.iter().filter(move |named| named.concern() == Some(concern))
    }

    /// Whether ARNs can limit it: an action with a resource level; of a pattern, most of its actions, so that
    /// `s3:Get*` is not excused by the few of them that need `*`.
    #[must_use]
    pub fn is_limitable(&self) -> bool {
        let limited = self.actions.iter().filter(|named| named.is_limitable()).count();
        limited > self.actions.len() / 2
    }
}

impl Named {
    /// The full name, such as `s3:GetObject`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}:{}", self.service.prefix, self.action.name)
    }

    /// What is bad about allowing it on everything, if more than that it is everything.
    #[must_use]
    pub fn concern(&self) -> Option<Concern> {
        concern::of(self)
    }

    /// Whether an ARN can limit it.
    #[must_use]
    pub fn is_limitable(&self) -> bool {
        self.action.scope() == Scope::Resource
            && !EVERYWHERE.contains(&(self.service.prefix, self.action.name))
    }

    /// Whether its name begins with one of these verbs. Names that only CloudFormation's linter knows are in small
    /// letters.
    #[must_use]
    pub fn begins_with(&self, verbs: &[&str]) -> bool {
        let start = |verb: &&str| {
            self.action.name.get(..verb.len()).is_some_and(|own| own.eq_ignore_ascii_case(verb))
        };
        verbs.iter().any(start)
    }

    /// Whether it changes something.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.action.level >= Some(Level::Write)
    }
}

fn meaning(text: &str) -> (Width, Vec<Named>) {
    let Some((prefix, name)) = text.split_once(':') else {
        // IAM takes no other text without a colon.
        let width = if is_open(text) { Width::EveryAction } else { Width::Unknown };
        return (width, Vec::new());
    };
    if is_open(prefix) && is_open(name) {
        return (Width::EveryAction, Vec::new());
    }
    let matching = |service: &'static Service| {
        let actions = service.actions.iter().filter(|action| pattern::matches(name, action.name));
        actions.map(move |action| Named { service, action })
    };
    if pattern::is_wild(prefix) {
        let of_prefix = services().filter(|service| pattern::matches(prefix, service.prefix));
        return (Width::Pattern, of_prefix.flat_map(matching).collect());
    }
    let Some(service) = service(prefix) else {
        return (if is_open(name) { Width::WholeService } else { Width::Unknown }, Vec::new());
    };
    let actions: Vec<Named> = matching(service).collect();
    let width = match (pattern::is_wild(name), actions.len()) {
        (true, count) if count == service.actions.len() => Width::WholeService,
        (_, 0) => Width::Unknown,
        (true, _) => Width::Pattern,
        (false, _) => Width::One,
    };
    (width, actions)
}

/// Whether a pattern matches every name there is: each has a letter, and `q` has no more.
fn is_open(pattern: &str) -> bool {
    let others = pattern.chars().filter(|character| *character != '*').collect::<String>();
    pattern.contains('*') && matches!(others.as_str(), "" | "?")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn width(text: &str) -> Width {
        meaning(text).0
    }

    #[test]
    fn every_spelling_of_everything_is_everything() {
        for text in ["*", "**", "*:*", "*:?*", "?*:**"] {
            assert_eq!(width(text), Width::EveryAction, "{text}");
        }
    }

    #[test]
    fn every_spelling_of_a_whole_service_is_one() {
        for text in ["s3:*", "S3:**", "s3:?*", "s3:*?", "frobnicate:*"] {
            assert_eq!(width(text), Width::WholeService, "{text}");
        }
    }

    #[test]
    fn what_is_less_is_not_whole() {
        assert_eq!(width("s3:Get*"), Width::Pattern);
        assert_eq!(width("*:Get*"), Width::Pattern);
        assert_eq!(width("s3:GetObject"), Width::One);
        // The only action of its service.
        assert_eq!(width("rds-db:connect"), Width::One);
        for text in ["s3", "s3:Frobnicate", "s3:Frobnicate*", "frobnicate:Do", "", ":"] {
            assert_eq!(width(text), Width::Unknown, "{text}");
        }
    }
}
