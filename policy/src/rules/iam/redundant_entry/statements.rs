//! Statements that another one of their policy says already.

use std::collections::BTreeMap;

use super::{action_covers, resource_covers};
use crate::iam::{Effect, Entries, Statement};
use crate::known::Known;
use crate::text::Text;

/// Of longer policies only so many statements are compared with each other: the 10,240 characters that AWS takes at most for a role
/// (IAM user guide, "IAM and AWS STS quotas") have room for about as many that name an action and a resource.
const MOST: usize = 100;

/// Reports the statements that say what another one says, or a part of it.
pub(super) fn repeated(statements: &[Statement], report: &mut impl FnMut(&Text, String)) {
    let mut report = |repeated: usize, what: String| {
        if let Some(statement) = statements.get(repeated) {
            report(&Text::empty(statement.span.opening()), what);
        }
    };
    let mut same: BTreeMap<String, usize> = BTreeMap::new();
    let mut alike: BTreeMap<String, Vec<(usize, &Statement)>> = BTreeMap::new();
    for (number, statement) in statements.iter().enumerate() {
        let Some(rest) = rest_of(statement) else {
            continue; // what it says is known only later
        };
        let said = grant_of(statement).map(|grant| format!("{rest}\u{1}{grant}"));
        match said.and_then(|said| same.insert(said, number)) {
            Some(first) => {
                report(number, format!("statement {} says what statement {} says", number + 1, first + 1))
            }
            None => alike.entry(rest).or_default().push((number, statement)),
        }
    }
    for alike in alike.values().map(|alike| alike.get(..MOST).unwrap_or(alike)) {
        for (number, statement) in alike {
            let within = alike.iter().find(|(other, wider)| {
                other != number
                    && wider.span != statement.span
                    && !is_too_wide(wider)
                    && covers(wider, statement)
                    && (other < number || !covers(statement, wider))
            });
            if let Some((wider, _)) = within {
                report(
                    *number,
                    format!("all of statement {} is in statement {} already", number + 1, wider + 1),
                );
            }
        }
    }
}

/// Whether a statement allows something of everything: what stays when that is narrowed are the statements beside it.
fn is_too_wide(statement: &Statement) -> bool {
    let mut resources = statement.resource.known().into_iter().flat_map(|resources| &resources.texts);
    statement.effect.known() == Some(&Effect::Allow) && resources.any(|text| text.as_str() == "*")
}

/// Whether a statement, where all but actions and resources is alike, says all that another one says.
fn covers(wider: &Statement, narrower: &Statement) -> bool {
    let is_within = |wider: &Known<Entries>, narrower: &Known<Entries>, covers: fn(&str, &str) -> bool| {
        let (Some(wider), Some(narrower)) = (wider.known(), narrower.known()) else {
            return matches!((wider, narrower), (Known::Absent, Known::Absent));
        };
        let wider = wider.texts.iter().filter_map(Text::literal);
        let is_in =
            |text: &Text| text.literal().is_some_and(|text| wider.clone().any(|wider| covers(wider, text)));
        !narrower.texts.is_empty() && narrower.texts.iter().all(is_in)
    };
    let is_plain = |statement: &Statement| {
        matches!((&statement.not_action, &statement.not_resource), (Known::Absent, Known::Absent))
    };
    is_plain(wider)
        && is_plain(narrower)
        && is_within(&wider.action, &narrower.action, action_covers)
        && is_within(&wider.resource, &narrower.resource, resource_covers)
}

/// The actions and resources of a statement, whatever the order; nothing if one is known only later.
fn grant_of(statement: &Statement) -> Option<String> {
    let entries = |entries: &Known<Entries>| match entries {
        Known::Is(entries) => {
            let texts = entries.texts.iter().map(|text| text.literal().map(str::to_owned));
            sorted(texts.collect::<Option<Vec<String>>>()?)
        }
        Known::Absent => Some(String::new()),
        Known::Later(_) => None,
    };
    let all = [&statement.action, &statement.not_action, &statement.resource, &statement.not_resource];
    let all: Option<Vec<String>> = all.into_iter().map(entries).collect();
    Some(all?.join("\u{1}"))
}

/// All else that it says but its `Sid`.
fn rest_of(statement: &Statement) -> Option<String> {
    let mut parts = vec![format!("{:?}", statement.effect.known()?)];
    for principals in [&statement.principal, &statement.not_principal] {
        let named = match principals {
            Known::Is(principals) => {
                let named = principals.iter().map(|one| Some(format!("{} {}", one.kind, one.id.literal()?)));
                sorted(named.collect::<Option<Vec<String>>>()?)?
            }
            Known::Absent => String::new(),
            Known::Later(_) => return None,
        };
        parts.push(named);
    }
    let conditions = match &statement.condition {
        Known::Is(conditions) => {
            let tests = conditions.iter().map(|condition| {
                let values = condition.values.iter().map(|value| value.literal().map(str::to_owned));
                let values = sorted(values.collect::<Option<Vec<String>>>()?)?;
                Some(format!("{} {} {values}", condition.operator, condition.key))
            });
            sorted(tests.collect::<Option<Vec<String>>>()?)?
        }
        Known::Absent => String::new(),
        Known::Later(_) => return None,
    };
    parts.push(conditions);
    Some(parts.join("\u{1}"))
}

fn sorted(mut texts: Vec<String>) -> Option<String> {
    texts.sort();
    Some(texts.join("\u{2}"))
}
