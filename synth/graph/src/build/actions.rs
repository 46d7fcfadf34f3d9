//! What stands on an arrow of what somebody may do: few actions by their names, more of them summarised.

use std::collections::{BTreeMap, BTreeSet};

use policy::iam::Statement;
use policy::iam::catalogue::Level;
use policy::iam::grant::Grant;
use policy::known::Known;
use policy::text::Text;

/// So many actions of a service are named one by one.
const NAMED: usize = 2;

/// What a statement allows.
pub(super) struct Said {
    /// In a few words, one for each service.
    pub(super) labels: BTreeSet<String>,
    /// In full.
    pub(super) details: BTreeSet<String>,
}

/// What a statement that allows says.
pub(super) fn of(statement: &Statement) -> Said {
    let mut said = Said { labels: BTreeSet::new(), details: BTreeSet::new() };
    if let Known::Is(entries) = &statement.not_action {
        let names: Vec<&str> = entries.texts.iter().map(Text::as_str).collect();
        said.labels.insert("every action but some".to_owned());
        said.details.insert(format!("every action but {}", names.join(", ")));
        return said;
    }
    if let Known::Later(later) = &statement.action {
        said.labels.insert("some actions".to_owned());
        said.details.insert(format!("actions: {}", later.why));
        return said;
    }
    let mut services: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for text in statement.actions().map(Text::as_str) {
        let service = text.split_once(':').map_or(text, |(service, _)| service);
        services.entry(service).or_default().insert(text);
    }
    let levels = levels(statement);
    for (service, actions) in services {
        said.details.extend(actions.iter().map(|action| (*action).to_owned()));
        if actions.len() <= NAMED {
            said.labels.extend(actions.into_iter().map(str::to_owned));
        } else {
            let words = levels.get(service).map(|words| words.iter().copied().collect::<Vec<_>>().join(", "));
            let words = words.filter(|words| !words.is_empty()).unwrap_or_else(|| "actions".to_owned());
            said.labels.insert(format!("{service}: {words} ({} actions)", actions.len()));
        }
    }
    said
}

/// What the actions of each service do, in words.
fn levels(statement: &Statement) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for named in Grant::of(statement).entries.iter().flat_map(|entry| &entry.actions) {
        let word = match named.action.level {
            Some(Level::List | Level::Read) => "read",
            Some(Level::Tag | Level::Write) => "write",
            Some(Level::Permissions) => "permissions",
            None => continue, // nobody says what it does
        };
        found.entry(named.service.prefix).or_default().insert(word);
    }
    found
}
